package reading

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/sodale/sodale/app/fiscalcode"
)

var (
	numberLabels = phrases(
		"fattura|fatt|ricevuta|parcella|notula|quietanza|scontrino|documento|doc|bolletta sanitaria|fiscale|elettronica|semplificata|ticket|commerciale? n|nr|num|numero|no|nro",
		"n|nr|num|numero|no|nro fattura|fatt|ricevuta|parcella|quietanza|documento|doc|scontrino")
	// A title with the number right behind it: "Fattura 45/2026", "Ricevuta: 000123".
	titleLabels = phrases("fattura|ricevuta|parcella|quietanza|scontrino sanitaria|fiscale|elettronica?")
	shortLabels = phrases("n|nr|numero|num|no|nro")
	// What makes of a label the label of something else when it stands before it.
	wrongBefore = phrases("rif|riferimento|vs|art|albo|ricetta|identita|ordine|preventivo|accettazione|impegnativa|trasporto|busta|contratto|ddt|iscrizione|protocollo|credito")
	numeral     = regexp.MustCompile(`^[0-9A-Za-z][0-9A-Za-z/\\\-_.]*$`)
	prefix      = regexp.MustCompile(`^[A-Z]{1,4}$`)
	// letterAmongDigits is a letter that looks like a digit, beside one.
	letterAmongDigits = regexp.MustCompile(`\d[IOlSBZo]|[IOlo]\d`)
	suffix            = regexp.MustCompile(`^[/\-][0-9A-Za-z/\-]{1,6}$`)
)

// number finds the number of the paper: what stands behind or under a label that says so. Two labels with two numbers
// are none.
func (p *sheetReader) number() string {
	found, strong := "", false
	for r := range p.rows {
		for i := range p.rows[r].words {
			n, full := p.numberLabel(r, i)
			if n == 0 || strong && !full {
				continue
			}
			value := p.numberOf(r, i, i+n, full)
			switch {
			case value == "":
			case found == "" || full && !strong:
				found, strong = value, full
			case value != found && full == strong && full:
				return ""
			}
		}
	}
	return found
}

// numberLabel returns how many words a label takes that begins at a word, and whether it names the paper: a bare "N." or
// "Numero" must begin its cell and stand in the upper part, a bare "Fattura" be a title.
func (p *sheetReader) numberLabel(r, i int) (n int, full bool) {
	c := p.rows[r].cells[p.rows[r].words[i].cell]
	words := p.rows[r].words[:c.end]
	if p.holds(wrongBefore, words[max(i-2, c.first):i]) {
		return 0, false
	}
	if n = p.starts(numberLabels, words[i:]); n > 0 {
		return n, true
	}
	if n = p.starts(titleLabels, words[i:]); n > 0 && p.titled(r, i, i+n) {
		return n, true
	}
	if n = p.starts(shortLabels, words[i:]); n > 0 && c.first == i && p.upper(r) {
		return n, false
	}
	return 0, false
}

// titled reports whether a title begins its cell and a number ends it, or only its date follows.
func (p *sheetReader) titled(r, at, end int) bool {
	c := p.rows[r].cells[p.rows[r].words[at].cell]
	behind := p.rows[r].words[end:c.end]
	return c.first == at && len(behind) > 0 && p.numeral(behind[:1]) != "" && (len(behind) == 1 || behind[1].low == "del")
}

// upper reports whether a row lies in the upper part of the first page's writing.
func (p *sheetReader) upper(r int) bool {
	return p.rows[r].page == 0 && p.rows[r].y < p.top+(p.bottom-p.top)*0.62
}

// numberOf reads the value of a label that takes words[at:end]: behind it, else in the next cell, else under it. Behind a
// bare label nothing but the date may follow: "N. 5 sedute" counts something.
func (p *sheetReader) numberOf(r, at, end int, full bool) string {
	row := &p.rows[r]
	if end < len(row.words) {
		next := row.words[end]
		behind := row.words[end:row.cells[next.cell].end]
		if value := p.numeral(behind); value != "" {
			if full || len(behind) <= 2 || p.holds(dateLeads, behind[1:3]) {
				return value
			}
			return ""
		}
		if next.cell == row.words[end-1].cell {
			return ""
		}
	}
	return p.numberUnder(r, row.words[at].cell)
}

var dateLeads = phrases("del|data|il|in")

// numberUnder reads the cell under a label's cell: in one of the next two rows, close by, and nothing but a number.
func (p *sheetReader) numberUnder(r, c int) string {
	x0, x1 := p.rows[r].bounds(p.rows[r].cells[c])
	for i := r + 1; i < min(r+3, len(p.rows)) && p.rows[i].page == p.rows[r].page && p.rows[i].y-p.rows[r].y < 3.2*p.rows[r].h; i++ {
		for _, under := range p.rows[i].cells {
			if u0, u1 := p.rows[i].bounds(under); u0 < x1 && u1 > x0 {
				words := p.rows[i].in(under)
				if len(words) > 2 {
					return ""
				}
				return p.numeral(words)
			}
		}
	}
	return ""
}

// numeral reads a number at the start of words, "" when there is none: "318", "12/2026", "FE 12", "318 /A".
func (p *sheetReader) numeral(words []word) string {
	for len(words) > 0 && words[0].low == "" {
		words = words[1:]
	}
	if len(words) == 0 {
		return ""
	}
	value, rest := trim(words[0].text), words[1:]
	if prefix.MatchString(value) && len(rest) > 0 && strings.ContainsAny(rest[0].text[:1], "0123456789") {
		value, rest = value+" "+trim(rest[0].text), rest[1:]
	}
	if len(rest) > 0 && suffix.MatchString(rest[0].text) {
		value += rest[0].text
	}
	if _, n := dateAt(words); n > 0 || !p.plausible(value) {
		return ""
	}
	return value
}

// plausible refuses what is more surely something else than the number of a paper.
func (p *sheetReader) plausible(value string) bool {
	bare := strings.ReplaceAll(value, " ", "")
	_, coded := fiscalcode.Parse(bare)
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, bare)
	switch {
	case !numeral.MatchString(bare), digits == "", len(value) > MaxNumber, cash.MatchString(strings.ToLower(bare)), coded == nil:
		return false
	case len(bare) == len(digits) && (len(digits) > 10 || strings.Trim(digits, "0") == ""):
		return false
	}
	return p.yearFits(bare, digits)
}

// yearFits refuses a number with the year of another day in it, a bare year, and, from a picture, a run of digits that
// holds the year at one end, where a stroke was lost, and a letter that may be a digit.
func (p *sheetReader) yearFits(bare, digits string) bool {
	if p.issued.IsZero() {
		return true
	}
	year := strconv.Itoa(p.issued.Year)
	if bare == year {
		return false
	}
	for _, part := range strings.Split(bare, "/") {
		if len(part) == 4 && part != bare && part != year && "2010" <= part && part <= "2049" && !strings.Contains(bare, year) {
			return false
		}
	}
	if p.loose && letterAmongDigits.MatchString(bare) {
		return false
	}
	return !p.loose || bare != digits || len(digits) < 7 || !strings.HasPrefix(digits, year) && !strings.HasSuffix(digits, year)
}
