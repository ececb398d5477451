package mutual

import (
	"strings"
	"unicode"
)

// Vague reports whether a diagnosis is none in this mutual's eyes: one of its vague wordings and nothing else, whatever the
// case, spaces and punctuation (BPB-06, AMB-22). "controllo diabete" is a diagnosis; no text at all is not vague.
func (p Profile) Vague(diagnosis string) bool {
	said := onlyLetters(diagnosis)
	for _, vague := range p.Claims.VagueDiagnoses {
		if said != "" && said == onlyLetters(vague) {
			return true
		}
	}
	return false
}

func onlyLetters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}
