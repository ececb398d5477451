// Package letters reduces names to the 26 letters that registers are kept in, so that "D’Alò", "D'ALO'" and "dalo" can be
// compared. Two readings are in use for the letters that other languages add: Plain drops the mark (Ö is O), Spelled
// writes it out (Ö is OE), as the Italian registers do since the decree of 2 February 2009.
package letters

import (
	"strings"
	"unicode"
)

// Reading says how letters with marks are reduced.
type Reading int

// The readings.
const (
	Plain   Reading = iota // Ö is O, Å is A, Ø is O
	Spelled                // Ö is OE, Å is AA, Ø is OE
)

// marked lists letters with marks under the letters that they are reduced to in both readings.
var marked = map[string]string{
	"A": "ÀÁÂÃĀĂĄǍẠẢẤẦẨẪẬẮẰẲẴẶ", "C": "ÇĆĈĊČ", "D": "ĎĐ", "E": "ÈÉÊËĒĔĖĘĚẸẺẼẾỀỂỄỆ", "G": "ĜĞĠĢǦ", "H": "ĤĦ",
	"I": "ÌÍÎÏĨĪĬĮİIǏỈỊ", "J": "Ĵ", "K": "ĶǨ", "L": "ĹĻĽĿŁ", "N": "ÑŃŅŇ", "O": "ÒÓÔÕŌŎŐƠǑỌỎỐỒỔỖỘỚỜỞỠỢ", "R": "ŔŖŘ",
	"S": "ŚŜŞŠȘ", "T": "ŢŤŦȚ", "U": "ÙÚÛŨŪŬŮŰŲƯǓỤỦỨỪỬỮỰ", "W": "ŴẀẂẄ", "Y": "ÝŶŸỲỴỶỸ", "Z": "ŹŻŽ",
	"AE": "Æ", "OE": "Œ", "TH": "Þ", "DH": "Ð", "SS": "ẞß", "IJ": "Ĳ", "NG": "Ŋ",
}

// twofold lists the letters that the readings differ on.
var twofold = map[rune][2]string{'Ä': {"A", "AE"}, 'Ö': {"O", "OE"}, 'Ü': {"U", "UE"}, 'Å': {"A", "AA"}, 'Ø': {"O", "OE"}}

var reduced = reduce()

func reduce() map[rune]string {
	m := map[rune]string{}
	for plain, list := range marked {
		for _, r := range list {
			m[r] = plain
		}
	}
	return m
}

// Only returns the letters of s as A to Z, without anything between them: "D’Alò" is "DALO". Letters of other alphabets
// are left out.
func Only(s string, reading Reading) string {
	var b strings.Builder
	for _, r := range compose(s) {
		b.WriteString(letter(r, reading))
	}
	return b.String()
}

// Words returns the words of s in letters A to Z, plainly read. Whatever is no letter parts words, apart from marks that
// stand on the letter before them: "Sant’Agata de' Goti" is SANT, AGATA, DE, GOTI.
func Words(s string) []string {
	var words []string
	var b strings.Builder
	end := func() {
		if b.Len() > 0 {
			words = append(words, b.String())
			b.Reset()
		}
	}
	for _, r := range compose(s) {
		if l := letter(r, Plain); l != "" {
			b.WriteString(l)
		} else {
			end()
		}
	}
	end()
	return words
}

// letter returns what a rune is reduced to, "" when it is no letter of the Latin alphabet.
func letter(r rune, reading Reading) string {
	r = unicode.ToUpper(r)
	if 'A' <= r && r <= 'Z' {
		return string(r)
	}
	if both, ok := twofold[r]; ok {
		return both[reading]
	}
	return reduced[r]
}

// compose joins an umlaut or ring that is written as a mark of its own with its letter, and drops the other marks, so
// that both ways of writing a letter in Unicode reduce alike.
func compose(s string) string {
	var out []rune
	for _, r := range s {
		last := len(out) - 1
		switch {
		case !unicode.Is(unicode.Mn, r):
			out = append(out, r)
		case last >= 0 && r == '\u0308':
			out[last] = with(out[last], "AÄOÖUÜaäoöuü")
		case last >= 0 && r == '\u030a':
			out[last] = with(out[last], "AÅaå")
		}
	}
	return string(out)
}

// with returns the letter that follows r in pairs, or r.
func with(r rune, pairs string) rune {
	list := []rune(pairs)
	for i := 0; i < len(list); i += 2 {
		if list[i] == r {
			return list[i+1]
		}
	}
	return r
}
