package fiscalcode

import (
	"iter"
	"strings"

	"github.com/sodale/sodale/app/letters"
)

// omocodes are the letters that stand for 0 to 9 in a code of omocodia.
const omocodes = "LMNPQRSTUV"

// digitPlaces are where digits stand, from 0, in the order in which the registry replaces them.
var digitPlaces = [7]int{14, 13, 12, 10, 9, 7, 6}

// Plain returns the code with digits where omocodia wrote letters, and the check character that belongs to it. A plain or
// provisional code is returned as it is.
func (c Code) Plain() Code {
	if !c.speaks() || c.Replaced() == 0 {
		return c
	}
	first := plain(string(c))[:15]
	return Code(first + string(letters.Check(first)))
}

// Replaced returns how many of the seven digits are letters, 0 for a plain code.
func (c Code) Replaced() int {
	n := 0
	for _, i := range digitPlaces {
		if i < len(c) && c[i] >= 'A' {
			n++
		}
	}
	return n
}

// SameData reports whether two codes say the same of a person and differ at most by omocodia. They are then still codes
// of two different people, unless they are equal.
func (c Code) SameData(d Code) bool { return c.Plain() == d.Plain() }

// Variants yields the 127 codes that omocodia can make of the code's data, in no promised order; none of a provisional one.
func (c Code) Variants() iter.Seq[Code] {
	return func(yield func(Code) bool) {
		if !c.speaks() {
			return
		}
		base := string(c.Plain())
		for set := 1; set < 1<<len(digitPlaces); set++ {
			b := []byte(base[:15])
			for bit, i := range digitPlaces {
				if set&(1<<bit) != 0 {
					b[i] = omocodes[b[i]-'0']
				}
			}
			if !yield(Code(string(b) + string(letters.Check(string(b))))) {
				return
			}
		}
	}
}

// plain returns 16 characters with digits where digits belong. Their check character is left as it is.
func plain(s string) string {
	b := []byte(s)
	for _, i := range digitPlaces {
		if n := strings.IndexByte(omocodes, b[i]); n >= 0 {
			b[i] = byte('0' + n)
		}
	}
	return string(b)
}
