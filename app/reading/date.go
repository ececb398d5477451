package reading

import (
	"strings"

	"github.com/sodale/sodale/app/civil"
)

// oldest is how many days before today a paper may have been issued: ten years.
const oldest = 3653

var (
	issueLabels = phrases("data|dt di? emissione|documento|doc|fattura|ricevuta|scontrino|parcella|quietanza|rilascio", "emessa|emesso il|in", "data di? emissione")
	plainLabels = phrases("in? data", "li", "addi")
	paidLabels  = phrases("data di? pagamento|incasso|versamento", "pagato|incassato|saldato|quietanzato il|in? data?")
	otherLabels = phrases("nato|nata|natoa|nati|nascita", "scadenza|scadenze|scad|entro|termine|valuta", "prestazione|prestazioni|prest|visita|esame|seduta|eseguita|eseguite|eseguito|effettuata|effettuate|erogata|erogazione",
		"ricovero|ingresso|dimissione|degenza", "dal|al|fino|sino", "garanzia|valido|valida|validita", "appuntamento|prenotazione|accettazione|prelievo|ritiro|referti|referto",
		"ordine|rif|riferimento|busta|ddt|preventivo|contratto|ricetta|impegnativa|prescrizione", "dm|dpr|dlgs|legge|decreto|aut|autorizzazione|iscritto|albo|stampato|stampa|consegna|inizio|fine")
	itemHeads = phrases("prestazione|prestazioni|descrizione|qta|quantita|importo|prezzo|prest")
)

// issuedOn finds the day that a paper was issued: the date with the best label. A day that is out of range, or two days
// with equal rights, are none.
func (p *sheetReader) issuedOn(dates []dated) civil.Date {
	best, score := civil.Date{}, 0
	tied := false
	for _, d := range dates {
		s := p.rightsOf(d)
		switch {
		case s > score:
			best, score, tied = d.on, s, false
		case s == score && s > 0 && d.on != best:
			tied = true
		}
	}
	if tied || score == 0 || p.today.Before(best) || best.Before(p.today.AddDays(-oldest)) {
		return civil.Date{}
	}
	return best
}

// rightsOf says how surely a date is the day of issue: 0 for not at all.
func (p *sheetReader) rightsOf(d dated) int {
	r := &p.rows[d.row]
	left := labelOf(r, d.at)
	if s, known := p.leftRights(r, d, left); known {
		return s
	}
	return p.headRights(d)
}

// leftOf lists the words before a value, back to the value before it and at most six.
func leftOf(r *row, at int) []word {
	first := at
	for first > 0 && at-first < 6 {
		w := r.words[first-1]
		if _, n := dateAt(r.words[first-1:]); n > 0 || cash.MatchString(strings.ToLower(trim(w.text))) {
			break
		}
		first--
	}
	return r.words[first:at]
}

// labelOf lists the words that a value may be labelled with at its left: those before it in its cell, else those of the
// cell before.
func labelOf(r *row, at int) []word {
	left := leftOf(r, at)
	if len(left) == 0 {
		return nil
	}
	for i, w := range left {
		if w.cell == left[len(left)-1].cell {
			return left[i:]
		}
	}
	return nil
}

func (p *sheetReader) leftRights(r *row, d dated, left []word) (score int, known bool) {
	if len(left) == 0 {
		return 0, false
	}
	nearest := left[len(left)-1]
	other := p.last(otherLabels, left)
	nearer := func(labels []phrase) bool {
		at := p.last(labels, left)
		return at >= 0 && at <= 2 && (other < 0 || at < other)
	}
	switch {
	case nearer(issueLabels), p.numbered(r, d):
		return 10, true
	case nearer(paidLabels):
		return 5, true
	case other >= 0:
		return 0, true
	case p.ends(plainLabels, left):
		return 8, true
	case strings.HasSuffix(nearest.text, ",") && nearest.cell == r.words[d.at].cell && town(left):
		return 9, true
	case nearest.low == "del":
		return 3 - min(2, len(left)-1), true
	case nearest.cell == r.words[d.at].cell:
		return 1, true
	}
	return 0, false
}

// numbered reports whether a date follows the paper's number: "Fattura n. 12 del 9 novembre 2026".
func (p *sheetReader) numbered(r *row, d dated) bool {
	before := r.words[:d.at]
	if len(before) == 0 || before[len(before)-1].low != "del" && before[len(before)-1].low != "data" && before[len(before)-1].low != "il" {
		return false
	}
	at := p.last(numberLabels, before)
	return at >= 1 && at <= 4 && !p.holds(wrongBefore, before)
}

// headRights judges a date with no label at its left by what stands over it.
func (p *sheetReader) headRights(d dated) int {
	r := &p.rows[d.row]
	score, seen := 0, 0
	above(p.rows, d.row, r.words[d.at].x0, r.words[d.end-1].x1, func(h *row, c cell) bool {
		words := h.in(c)
		if _, n := dateAt(words); n > 0 && len(words) == n {
			return seen < 40 // a column of dates
		}
		seen++
		switch {
		case r.y-h.y > 4.5*r.h && seen > 1 || len(words) > 4:
			return false
		case p.holds(otherLabels, words):
		case p.starts(issueLabels, words) > 0:
			score = 9
		case p.starts(plainLabels, words) > 0:
			if score = 7; p.holds(itemHeads, h.words) {
				score = 0
			}
		default:
			score = 1
		}
		return false
	})
	return score
}

// town reports whether the words before a date may be the name of a place: up to four, the first with a capital letter.
func town(left []word) bool {
	first := left[0].text[0]
	return len(left) <= 4 && 'A' <= first && first <= 'Z'
}
