package claims

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold writes a text as it is compared in a search: lower case, without accents, apostrophes as spaces.
func fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range norm.NFD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == '\'' || r == '’' || r == '\u00a0':
			b.WriteByte(' ')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// Matches reports whether every word of a search occurs in a text; accents and case don't count.
func Matches(text, search string) bool {
	folded := fold(text)
	for _, w := range strings.Fields(fold(search)) {
		if !strings.Contains(folded, w) {
			return false
		}
	}
	return true
}
