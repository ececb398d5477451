package plan

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// fold returns a text in lower case, without accents, its words separated by single spaces.
func fold(text string) string {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn))), text)
	if err != nil {
		plain = text // never: the chain changes what it can
	}
	return strings.Join(strings.FieldsFunc(strings.ToLower(plain), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// holds reports whether a folded text has one of the words, each at the beginning of a word of the text. A word with several
// parts joined by "+" needs all of them, in any place.
func holds(folded string, words []Word) bool {
	return slices.ContainsFunc(words, func(w Word) bool {
		for part := range strings.SplitSeq(string(w), "+") {
			if !begins(folded, strings.TrimSpace(part)) {
				return false
			}
		}
		return true
	})
}

// begins reports whether a word of the text begins so; a "=" at the end asks for the whole word.
func begins(folded, word string) bool {
	word, whole := strings.CutSuffix(word, "=")
	for at := 0; ; {
		i := strings.Index(folded[at:], word)
		if i < 0 {
			return false
		}
		i += at
		end := i + len(word)
		if (i == 0 || folded[i-1] == ' ') && (!whole || end == len(folded) || folded[end] == ' ') {
			return true
		}
		at = i + 1
	}
}

// Weak reports whether a diagnosis says nothing that counts: only words like "controllo", or only pain where the plan asks for the
// illness (BPB-06, BEG-09, AMB-22, AMB-53).
func (d Diagnosis) Weak(text string) bool {
	folded := fold(text)
	for _, phrase := range d.Vague {
		folded = without(folded, string(phrase))
	}
	for _, phrase := range d.Symptoms {
		folded = without(folded, string(phrase))
	}
	for word := range strings.FieldsSeq(folded) {
		if len([]rune(word)) > 2 && !d.says(word) {
			return false
		}
	}
	return true
}

// says reports whether a word is one of those that say nothing.
func (d Diagnosis) says(word string) bool {
	is := func(w Word) bool { return begins(word, string(w)) }
	if slices.ContainsFunc(d.Illnesses, is) {
		return false
	}
	return slices.ContainsFunc(d.Qualifiers, is) || slices.ContainsFunc(d.Endings, func(w Word) bool { return strings.HasSuffix(word, string(w)) })
}

// without takes every word that begins so out of a folded text; a phrase of several words is taken out as it stands.
func without(folded, phrase string) string {
	if strings.Contains(phrase, " ") {
		return strings.ReplaceAll(folded, strings.TrimSuffix(phrase, "="), " ")
	}
	var rest []string
	for word := range strings.FieldsSeq(folded) {
		if !begins(word, phrase) {
			rest = append(rest, word)
		}
	}
	return strings.Join(rest, " ")
}
