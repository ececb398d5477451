package fiscalcode

import (
	"strings"

	"github.com/sodale/sodale/app/letters"
)

// surnameLetters returns the three letters of a surname: its consonants in order, then its vowels, then X.
func surnameLetters(surname string, reading letters.Reading) string {
	consonants, vowels := parted(letters.Only(surname, reading))
	return three(consonants + vowels)
}

// nameLetters returns the three letters of a given name, all of its names taken as one. Of four consonants or more the
// second is skipped.
func nameLetters(name string, reading letters.Reading) string {
	consonants, vowels := parted(letters.Only(name, reading))
	if len(consonants) > 3 {
		consonants = consonants[:1] + consonants[2:]
	}
	return three(consonants + vowels)
}

func three(s string) string { return (s + "XXX")[:3] }

// parted returns the consonants and the vowels of capital letters, each in order.
func parted(s string) (consonants, vowels string) {
	var c, v strings.Builder
	for i := range len(s) {
		if vowel(s[i]) {
			v.WriteByte(s[i])
		} else {
			c.WriteByte(s[i])
		}
	}
	return c.String(), v.String()
}

func vowel(b byte) bool { return strings.IndexByte("AEIOU", b) >= 0 }

// nameForm reports whether three letters can come from a name: consonants, then vowels, then the X of short names.
func nameForm(s string) bool {
	s = strings.TrimRight(s, "X")
	i := strings.IndexAny(s, "AEIOU")
	return i < 0 || strings.Trim(s[i:], "AEIOU") == ""
}
