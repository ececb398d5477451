package reading

import (
	"slices"
	"strings"

	"github.com/sodale/sodale/app/money"
)

// totalLabels are the labels of what is to be paid, the surest first. A label must stand right before its amount: behind
// "Totale" anything else ("imponibile", "esami") makes another sum of it.
var totalLabels = [][]phrase{
	phrases("netto a|da pagare", "totale a|da pagare", "importo da pagare", "totale a vs|vostro|suo carico", "totale|importo dovuto", "totale netto a pagare"),
	phrases("totale documento|fattura|ricevuta|complessivo|pagato|generale|parcella|scontrino|ticket", "importo totale|pagato", "totale importo", "totale ticket|importo pagato|versato euro?", "totale fattura|documento a pagare"),
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

// total finds what the patient pays. From a picture it must show itself again: with two labels, or as the sum of others.
func (p *sheetReader) total(amounts []priced) money.Cents {
	ranks := make([][]money.Cents, len(totalLabels))
	labelled := map[money.Cents]int{}
	for _, a := range amounts {
		rank := p.rank(a)
		if rank < 0 || a.less {
			continue
		}
		if labelled[a.cents]++; !slices.Contains(ranks[rank], a.cents) {
			ranks[rank] = append(ranks[rank], a.cents)
		}
	}
	for i, values := range ranks {
		switch {
		case len(values) == 0:
			continue
		case len(values) > 1 || !agrees(values[0], ranks[i+1:], amounts):
			return 0
		case p.loose && labelled[values[0]] < 2 && !shown(values[0], amounts):
			return 0 // from a picture, once and unsupported
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

// headRank looks for the label right over an amount, as in ruled tables. The column "Totale" of a list of items is none.
func (p *sheetReader) headRank(a priced) int {
	r := &p.rows[a.row]
	rank := -1
	above(p.rows, a.row, r.words[a.at].x0, r.words[a.end-1].x1, func(h *row, c cell) bool {
		if words := withoutSigns(h.in(c)); r.y-h.y < 3*r.h && !p.holds(itemHeads, withoutAmount(h.words)) {
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

// withoutAmount drops "importo" and its like, which head a list as well as a single sum.
func withoutAmount(words []word) []word {
	return slices.DeleteFunc(slices.Clone(words), func(w word) bool { return w.low == "importo" || w.low == "importi" })
}

// withoutSigns drops signs of currency and marks from the end of a label.
func withoutSigns(words []word) []word {
	for len(words) > 0 && sign(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return words
}

// agrees reports whether a total can stand beside those of weaker labels: each is the same, or differs by an amount that
// is printed too (a tax that is withheld, a stamp).
func agrees(total money.Cents, weaker [][]money.Cents, amounts []priced) bool {
	for _, values := range weaker {
		for _, v := range values {
			if v != total && !slices.ContainsFunc(amounts, func(a priced) bool { return a.cents == max(v-total, total-v) }) {
				return false
			}
		}
	}
	return total > 0
}

// shown reports whether an amount is the sum of a run of others, or what is left of one when another is taken off; or
// stands on the paper twice, where no larger one is such a sum.
func shown(total money.Cents, amounts []priced) bool {
	if summed(total, amounts) {
		return true
	}
	times, larger := 0, false
	for _, a := range amounts {
		if a.cents == total {
			times++
		}
		larger = larger || a.cents > total && summed(a.cents, amounts)
	}
	return times > 1 && !larger
}

// longestRun is the most amounts that are added up to see whether they make the total.
const longestRun = 60

func summed(total money.Cents, amounts []priced) bool {
	for i, a := range amounts {
		if a.cents == 0 {
			continue
		}
		run := a.cents
		for _, b := range amounts[i+1 : min(i+longestRun, len(amounts))] {
			if b.less && a.cents-b.cents == total {
				return true
			}
			if run += b.cents; run == total && b.cents > 0 {
				return true
			}
		}
	}
	return false
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
