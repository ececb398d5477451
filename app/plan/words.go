package plan

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// fold returns a text in lower case, without accents, its words separated by single spaces.
func fold(text string) string {
	if !ascii(text) {
		text = norm.NFD.String(text) // accents come after their letters, as marks
	}
	folded := make([]byte, 0, len(text))
	gap := false
	for _, r := range text {
		switch r = unicode.ToLower(r); {
		case unicode.Is(unicode.Mn, r):
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			gap = len(folded) > 0
		default:
			if gap {
				folded, gap = append(folded, ' '), false
			}
			folded = utf8.AppendRune(folded, r)
		}
	}
	return string(folded)
}

func ascii(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// holds reports whether a folded text has one of the words, each at the beginning of a word of the text. A word with several
// parts joined by "+" needs all of them, in any place.
func holds(folded string, words []Word) bool {
	return slices.ContainsFunc(words, func(w Word) bool {
		for part := range strings.SplitSeq(string(w), "+") {
			if !begins(folded, part) {
				return false
			}
		}
		return true
	})
}

// begins reports whether a word of the text begins so; a "=" at the end asks for the whole word.
func begins(folded, word string) bool {
	word, whole := strings.CutSuffix(word, "=")
	for at := 0; at < len(folded); at++ {
		i := strings.Index(folded[at:], word)
		if i < 0 {
			return false
		}
		at += i
		end := at + len(word)
		if (at == 0 || folded[at-1] == ' ') && (!whole || end == len(folded) || folded[end] == ' ') {
			return true
		}
	}
	return false
}

// Weak reports whether a diagnosis says nothing that counts: only words like "controllo", or only pain where the plan asks for the
// illness (BPB-06, BEG-09, AMB-22, AMB-53).
func (d Diagnosis) Weak(text string) bool {
	folded := fold(text)
	for _, list := range [][]Word{d.Vague, d.Symptoms} {
		for _, phrase := range list {
			if strings.Contains(string(phrase), " ") {
				folded = strings.ReplaceAll(folded, strings.TrimSuffix(string(phrase), "="), " ")
			}
		}
	}
	for word := range strings.FieldsSeq(folded) {
		if utf8.RuneCountInString(word) > 2 && !d.idle(word) {
			return false
		}
	}
	return true
}

// idle reports whether a word is one of those that say nothing.
func (d Diagnosis) idle(word string) bool {
	is := func(w Word) bool {
		stem, whole := strings.CutSuffix(string(w), "=")
		return word == stem || !whole && strings.HasPrefix(word, stem)
	}
	if slices.ContainsFunc(d.Illnesses, is) {
		return false
	}
	return slices.ContainsFunc(d.Vague, is) || slices.ContainsFunc(d.Symptoms, is) || slices.ContainsFunc(d.Qualifiers, is) ||
		slices.ContainsFunc(d.Endings, func(w Word) bool { return strings.HasSuffix(word, string(w)) })
}
