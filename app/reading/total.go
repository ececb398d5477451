package reading

import (
	"slices"
	"strings"

	"github.com/sodale/sodale/app/money"
)

// totalLabels are the labels of what is to be paid, the surest first. A label must stand right before its amount: behind
// "Totale" anything else ("imponibile", "esami") makes another sum of it.
var totalLabels = [][]phrase{
	phrases("netto a|da pagare", "totale a|da pagare", "importo da pagare", "totale a vs|vostro|suo carico", "totale dovuto", "totale netto a pagare"),
	phrases("totale documento|fattura|ricevuta|complessivo|pagato|generale|parcella|scontrino|ticket", "importo totale|pagato", "totale importo", "totale fattura|documento a pagare"),
	phrases("totale", "tot"),
	phrases("la somma di", "pagato", "incassato"),
}

var (
	dutyLabels = phrases("bollo|bolli", "marca da? bollo")
	noDuty     = phrases("superiori|importi", "esente da? bollo")
)

// stampDuty is the only amount that the duty on a health invoice has had since 26 June 2013, and dutyFrom what an
// invoice must exceed to owe it (DPR 642/1972, tariff, art. 13; DL 43/2013 art. 7-bis).
const (
	stampDuty money.Cents = 200
	dutyFrom  money.Cents = 7747
)

// total finds what the patient pays.
func (p *sheetReader) total(amounts []priced) money.Cents {
	ranks := make([][]money.Cents, len(totalLabels))
	for _, a := range amounts {
		if rank := p.rank(a); rank >= 0 && !a.less && !slices.Contains(ranks[rank], a.cents) {
			ranks[rank] = append(ranks[rank], a.cents)
		}
	}
	for i, values := range ranks {
		switch {
		case len(values) == 0:
			continue
		case len(values) > 1 || !p.agrees(values[0], ranks[i+1:], amounts):
			return 0
		}
		return values[0]
	}
	return 0
}

// rank returns which of totalLabels an amount has, -1 for none.
func (p *sheetReader) rank(a priced) int {
	r := &p.rows[a.row]
	left := withoutSigns(leftOf(r, a.at))
	if len(left) > 0 {
		for i, labels := range totalLabels {
			if p.label(labels, left) {
				return i
			}
		}
		if left[len(left)-1].cell == r.words[a.at].cell {
			return -1
		}
	}
	return p.headRank(a)
}

// label reports whether words end with one of the labels, and nothing before it makes it another one.
func (p *sheetReader) label(labels []phrase, words []word) bool {
	for i := range words {
		if n := p.starts(labels, words[i:]); n > 0 && i+n == len(words) {
			return i == 0 || words[i-1].cell != words[i].cell || words[i-1].low == ""
		}
	}
	return false
}

// headRank looks for the label right over an amount, as in ruled tables.
func (p *sheetReader) headRank(a priced) int {
	r := &p.rows[a.row]
	rank := -1
	above(p.rows, a.row, r.words[a.at].x0, r.words[a.end-1].x1, func(h *row, c cell) bool {
		if words := withoutSigns(h.in(c)); r.y-h.y < 3*r.h {
			for i, labels := range totalLabels {
				if n := p.starts(labels, words); rank < 0 && n > 0 && n == len(words) {
					rank = i
				}
			}
		}
		return false
	})
	return rank
}

// withoutSigns drops signs of currency and marks from the end of a label.
func withoutSigns(words []word) []word {
	for len(words) > 0 && sign(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return words
}

// agrees reports whether a total can stand beside those of weaker labels: each is the same, or differs by an amount that
// is printed too (a tax that is withheld, a stamp). From a picture a total must show itself again: a second time, or as
// the sum of others.
func (p *sheetReader) agrees(total money.Cents, weaker [][]money.Cents, amounts []priced) bool {
	for _, values := range weaker {
		for _, v := range values {
			if v != total && !slices.ContainsFunc(amounts, func(a priced) bool { return a.cents == max(v-total, total-v) }) {
				return false
			}
		}
	}
	return total > 0 && (!p.loose || shown(total, amounts))
}

// shown reports whether an amount stands on the paper twice, or is the sum or the difference of two others or the sum of
// a run of others.
func shown(total money.Cents, amounts []priced) bool {
	times := 0
	for i, a := range amounts {
		if a.cents == total {
			times++
		}
		run := a.cents
		for j, b := range amounts[i+1:] {
			if run += b.cents; run == total || a.cents+b.cents == total || max(a.cents-b.cents, b.cents-a.cents) == total {
				return true
			}
			if j > 60 {
				break
			}
		}
	}
	return times > 1
}

// duty finds the stamp duty among the amounts.
func (p *sheetReader) duty(amounts []priced, total money.Cents) money.Cents {
	for _, a := range amounts {
		if a.cents != stampDuty || a.less || total != 0 && total <= dutyFrom {
			continue
		}
		r := &p.rows[a.row]
		left := leftOf(r, a.at)
		if p.holds(dutyLabels, left) && !p.holds(noDuty, left) || len(withoutSigns(left)) == 0 && p.dutyAbove(a) {
			return stampDuty
		}
	}
	return 0
}

func (p *sheetReader) dutyAbove(a priced) bool {
	r, found := &p.rows[a.row], false
	above(p.rows, a.row, r.words[a.at].x0, r.words[a.end-1].x1, func(h *row, c cell) bool {
		found = r.y-h.y < 3*r.h && p.holds(dutyLabels, h.in(c))
		return false
	})
	return found
}

// currency returns the currency of the amounts where it is not the euro.
func currencyOf(rows []row, amounts []priced) string {
	counts := map[string]int{}
	for _, a := range amounts {
		words := rows[a.row].words
		near := strings.ToUpper(text(words[max(a.at-1, 0):min(a.end+1, len(words))]))
		for mark, code := range map[string]string{"CHF": "CHF", "$": "USD", "USD": "USD", "£": "GBP", "GBP": "GBP", "€": "EUR", "EUR": "EUR"} {
			if strings.Contains(near, mark) {
				counts[code]++
				break
			}
		}
	}
	delete(counts, "EUR")
	if len(counts) != 1 {
		return ""
	}
	for code := range counts {
		return code
	}
	return ""
}
