package reading

import (
	"strings"
)

var (
	vatLabels     = phrases("piva|picf|pivacf|partitaiva|vat", "p|part|partita iva", "pi", "fini iva", "iva it")
	programLabels = phrases("software|gestionale|stampato|programma|prodotto|powered|generato")
	clientLabels  = phrases("cessionariocommittente|cessionario|committente|cliente|spettle|spett|gentle|egr|egregio|destinatario|intestatario|intestata|intestato|paziente|assistito|assistita|assistitoa|utente")
	issuerLabels  = phrases("cedenteprestatore|cedente|prestatore|fornitore|emittente|mittente")
	faintCodes    = strings.NewReplacer("O", "0", "o", "0", "I", "1", "l", "1", "S", "5", "B", "8")
)

// vat finds the provider's partita IVA: eleven digits that pass their check, with a label, not the client's and not that
// of the program which printed the paper. Two are none, unless one alone stands in the upper half.
func (p *sheetReader) vat() (string, int) {
	var all, high []string
	at := -1
	add := func(list []string, v string) []string {
		for _, have := range list {
			if have == v {
				return list
			}
		}
		return append(list, v)
	}
	for r := range p.rows {
		for i := range p.rows[r].words {
			v := p.vatAt(r, i)
			if v == "" {
				continue
			}
			all = add(all, v)
			if p.upper(r) {
				high = add(high, v)
			}
			if at < 0 {
				at = r
			}
		}
	}
	switch {
	case len(all) == 1:
		return all[0], at
	case len(high) == 1:
		return high[0], at
	}
	return "", -1
}

// vatAt reads a labelled partita IVA at a word.
func (p *sheetReader) vatAt(r, i int) string {
	row := &p.rows[r]
	v := eleven(row.words[i].text, p.loose)
	if v == "" || p.holds(programLabels, row.words) || p.zone(r, i) == zoneClient {
		return ""
	}
	if at := p.last(vatLabels, row.words[max(i-6, 0):i]); at < 0 || at > 3 {
		return ""
	}
	return v
}

// eleven returns the eleven digits of a word, with or without IT before them, when their check holds. In a loose reading
// letters that look like digits are taken for them.
func eleven(s string, loose bool) string {
	s = strings.TrimPrefix(strings.TrimPrefix(trim(s), "IT"), "it")
	if loose {
		s = faintCodes.Replace(s)
	}
	if len(s) != 11 || strings.Trim(s, "0123456789") != "" || s == "00000000000" || !luhn(s) {
		return ""
	}
	return s
}

// luhn reports whether the digits pass the check of the partita IVA (DM 23 December 1976): that of Luhn.
func luhn(digits string) bool {
	sum := 0
	for i := range len(digits) {
		n := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if n *= 2; n > 9 {
				n -= 9
			}
		}
		sum += n
	}
	return sum%10 == 0
}

// The parts of a paper that a place can lie in.
type zone int

const (
	zoneUnknown zone = iota
	zoneIssuer
	zoneClient
)

// zone says in whose block of the paper a word stands: that of the nearest heading over it in its column, with no wide
// gap between.
func (p *sheetReader) zone(r, i int) zone {
	own := &p.rows[r]
	block := own.cells[own.words[i].cell]
	if z := p.heading(own.in(block)); z != zoneUnknown {
		return z
	}
	x0, x1 := own.bounds(block)
	z, y := zoneUnknown, own.y
	above(p.rows, r, x0-6, x1, func(h *row, c cell) bool {
		if y-h.y > 3.2*h.h {
			return false
		}
		y = h.y
		z = p.heading(h.in(c))
		return z == zoneUnknown
	})
	return z
}

// heading says whose block a cell begins.
func (p *sheetReader) heading(words []word) zone {
	switch {
	case p.starts(issuerLabels, words) > 0:
		return zoneIssuer
	case p.starts(clientLabels, words) > 0:
		return zoneClient
	}
	return zoneUnknown
}
