// Package card is *Tessera*: the membership card with its signed code, the cards of the family and the helpline
// (UX section 5, mock-up 06; CRD-01 to CRD-06). It needs no network: the code proves itself.
package card

import (
	"slices"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/member"
)

// model is the cards of a household and which one is shown.
type model struct {
	cards  []card.Card
	chosen int
}

// newModel orders the cards as the household lists its people. The holder's card is shown first.
func newModel(cards []card.Card, household member.Household) *model {
	order := map[string]int{}
	for i, p := range household.People() {
		order[p.FiscalCode] = i
	}
	sorted := slices.Clone(cards)
	slices.SortStableFunc(sorted, func(a, b card.Card) int { return order[a.FiscalCode] - order[b.FiscalCode] })
	return &model{cards: sorted}
}

// card returns the card that is shown, and false when there is none.
func (m *model) card() (card.Card, bool) {
	if m.chosen >= len(m.cards) {
		return card.Card{}, false
	}
	return m.cards[m.chosen], true
}

// choose shows the i-th card.
func (m *model) choose(i int) {
	if i >= 0 && i < len(m.cards) {
		m.chosen = i
	}
}

// keep shows the card of the same person as another model does, if it has one.
func (m *model) keep(old *model) {
	if old == nil {
		return
	}
	was, ok := old.card()
	if i := slices.IndexFunc(m.cards, func(c card.Card) bool { return c.FiscalCode == was.FiscalCode }); ok && i >= 0 {
		m.chosen = i
	}
}

// expired reports whether the last day of a card has passed.
func expired(c card.Card, today civil.Date) bool {
	return !c.ValidTo.IsZero() && c.ValidTo.Before(today)
}

// grouped writes a membership number in blocks of three, as it is read out on the telephone.
func grouped(number string) string {
	var b []byte
	for i := range len(number) {
		if i > 0 && (len(number)-i)%3 == 0 {
			b = append(b, ' ')
		}
		b = append(b, number[i])
	}
	return string(b)
}
