package reading

import (
	"slices"
	"strings"

	"github.com/sodale/sodale/app/fiscalcode"
	"github.com/sodale/sodale/app/letters"
	"github.com/sodale/sodale/app/member"
)

// How far a misread code may be from that of a member, and how much farther from that of every other one. A letter that
// is often taken for another counts less than half.
const (
	nearEnough = 20
	clearly    = 15
	unlike     = 10
	lookAlike  = 4
)

// alike lists characters that OCR takes for each other.
var alike = map[[2]byte]bool{}

func init() {
	for _, pair := range []string{"0O", "0D", "0Q", "OQ", "OD", "1I", "1L", "IL", "1T", "IJ", "5S", "8B", "2Z", "6G", "4A", "7T", "3B", "PF", "CG", "UV", "HN", "MN", "RP", "EF", "9G", "71"} {
		alike[[2]byte{pair[0], pair[1]}], alike[[2]byte{pair[1], pair[0]}] = true, true
	}
}

// coded is a run of 14 to 18 letters and digits that may be a codice fiscale.
type coded struct {
	span
	text string
	code fiscalcode.Code // "" when its check letter is wrong
}

// codesOf lists what looks like a codice fiscale, in one word or in up to four.
func codesOf(rows []row) []coded {
	var all []coded
	for r := range rows {
		for i := 0; i < len(rows[r].words); i++ {
			joined := ""
			for n := 1; n <= 4 && i+n <= len(rows[r].words); n++ {
				w := rows[r].words[i+n-1]
				if n > 1 && w.cell != rows[r].words[i].cell {
					break
				}
				joined += strings.ToUpper(w.low)
				if c, ok := codeOf(joined); ok {
					c.span = span{r, i, i + n}
					all = append(all, c)
					i += n - 1
					break
				}
			}
		}
	}
	return all
}

// codeOf takes 15 to 17 letters and digits for a code when enough of them are of the right kind in their places.
func codeOf(s string) (coded, bool) {
	if len(s) > 17 {
		s = s[len(s)-16:] // a label printed into it
		code, err := fiscalcode.Parse(s)
		return coded{text: s, code: code}, err == nil
	}
	if len(s) < 15 {
		return coded{}, false
	}
	code, err := fiscalcode.Parse(s)
	if err == nil && !code.Provisional() {
		return coded{text: s, code: code}, true
	}
	const letterPlaces = "LLLLLLDDLDDLDDDL"
	right := 0
	for i := range min(len(s), 16) {
		if (s[i] < '0' || s[i] > '9') == (letterPlaces[i] == 'L') {
			right++
		}
	}
	return coded{text: s}, right >= 13
}

// codes lists the people's codes with a right check letter, each once.
func validCodes(all []coded) []fiscalcode.Code {
	var codes []fiscalcode.Code
	for _, c := range all {
		if c.code != "" && !slices.Contains(codes, c.code) {
			codes = append(codes, c.code)
		}
	}
	return codes
}

// patient finds whom of the household the paper is about, and whether it is about somebody else.
func (p *sheetReader) patient(codes []coded, vatRow int) (id member.ID, stranger bool) {
	found := map[member.ID]bool{}
	unread := false
	for _, c := range codes {
		switch near := p.nearest(c); {
		case near != "":
			found[near] = true
		case c.code == "" && !p.issuers(c, vatRow):
			unread = true
		case c.code != "" && !p.issuers(c, vatRow):
			stranger = true
		}
	}
	switch {
	case len(found) == 1:
		for one := range found {
			return one, false
		}
	case len(found) > 1:
		return p.labelled(codes), false
	}
	id = p.byName()
	if id != "" && stranger && p.namesake(id, codes) {
		id = ""
	}
	return id, stranger && id == "" && !unread
}

// namesake reports whether a code on the paper has the six letters of a person's name, and is another's.
func (p *sheetReader) namesake(id member.ID, codes []coded) bool {
	for _, person := range p.people {
		own, err := fiscalcode.Parse(person.FiscalCode)
		if person.ID != id || err != nil || len(own) < 6 {
			continue
		}
		return slices.ContainsFunc(codes, func(c coded) bool { return c.code != "" && c.code[:6] == own[:6] && !c.code.SameData(own) })
	}
	return false
}

// nearest returns the one of the household whose code this is, by distance where it was misread. A right code that is
// nobody's stays nobody's.
func (p *sheetReader) nearest(c coded) member.ID {
	best, second := 1000, 1000
	var id member.ID
	for _, person := range p.people {
		own, err := fiscalcode.Parse(person.FiscalCode)
		if err != nil {
			continue
		}
		if c.code != "" && c.code.SameData(own) {
			return person.ID
		}
		switch d := distance(c.text, string(own)); {
		case d < best:
			best, second, id = d, best, person.ID
		case d < second:
			second = d
		}
	}
	if c.code != "" || best > nearEnough || second-best < clearly {
		return ""
	}
	return id
}

// distance is how much two codes differ: unlike for each character put in, left out or changed, less for one that looks
// like the other.
func distance(a, b string) int {
	previous := make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j * unlike
	}
	for i := range len(a) {
		current := make([]int, len(b)+1)
		current[0] = (i + 1) * unlike
		for j := range len(b) {
			change := unlike
			switch {
			case a[i] == b[j]:
				change = 0
			case alike[[2]byte{a[i], b[j]}]:
				change = lookAlike
			}
			current[j+1] = min(previous[j]+change, previous[j+1]+unlike, current[j]+unlike)
		}
		previous = current
	}
	return previous[len(b)]
}

// issuers reports whether a code is that of the provider: beside or right under a partita IVA or the provider's name.
func (p *sheetReader) issuers(c coded, vatRow int) bool {
	switch p.zone(c.row, c.at) {
	case zoneClient:
		return false
	case zoneIssuer:
		return true
	}
	if vatRow < 0 || p.rows[vatRow].page != p.rows[c.row].page {
		return p.holds(vatLabels, p.rows[c.row].words)
	}
	gap := c.row - vatRow
	return gap >= -2 && gap <= 2 && overlap(&p.rows[vatRow], &p.rows[c.row], c.at)
}

// overlap reports whether the block of a row reaches over a word of another.
func overlap(a, b *row, at int) bool {
	for _, c := range a.cells {
		if x0, x1 := a.bounds(c); b.words[at].x0 < x1 && b.words[at].x1 > x0 {
			return true
		}
	}
	return false
}

// labelled returns the one of the household whose code stands in a row that names the patient.
func (p *sheetReader) labelled(codes []coded) member.ID {
	var id member.ID
	for _, c := range codes {
		near := p.nearest(c)
		if near == "" || !p.holds(patientLabels, p.rows[c.row].words) && (c.row == 0 || !p.holds(patientLabels, p.rows[c.row-1].words)) {
			continue
		}
		if id != "" && id != near {
			return ""
		}
		id = near
	}
	return id
}

var patientLabels = phrases("paziente|assistito|assistita|assistitoa|beneficiario|minore|figlio|figlia")

// byName returns the one of the household whose given and family name stand in one cell, when there is one only.
func (p *sheetReader) byName() member.ID {
	var id member.ID
	for r := range p.rows {
		for _, c := range p.rows[r].cells {
			words := letters.Words(text(p.rows[r].in(c)))
			for _, person := range p.people {
				if !named(words, person) || person.ID == id {
					continue
				}
				if id != "" {
					return ""
				}
				id = person.ID
			}
		}
	}
	return id
}

// named reports whether all words of a person's name are among the words.
func named(words []string, person member.Person) bool {
	given, family := letters.Words(person.GivenName), letters.Words(person.FamilyName)
	if len(given) == 0 || len(family) == 0 {
		return false
	}
	for _, w := range append(given, family...) {
		if !slices.Contains(words, w) {
			return false
		}
	}
	return true
}
