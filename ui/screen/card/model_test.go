package card

import (
	"testing"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/member"
)

var home = member.Household{Holder: member.Person{ID: "e", FiscalCode: "E"}, Family: []member.Person{{ID: "p", FiscalCode: "P"}, {ID: "l", FiscalCode: "L"}}}

func TestTheHoldersCardComesFirstAndAChoiceIsKept(t *testing.T) {
	cards := []card.Card{{Name: "Luca", FiscalCode: "L"}, {Name: "Elena", FiscalCode: "E"}, {Name: "Paolo", FiscalCode: "P"}}
	m := newModel(cards, home)
	if c, ok := m.card(); !ok || c.Name != "Elena" {
		t.Fatalf("first is %+v", c)
	}
	m.choose(2)
	m.choose(9)
	if c, _ := m.card(); c.Name != "Luca" {
		t.Fatalf("chosen is %+v", c)
	}
	after := newModel(cards[:2], home)
	after.keep(m)
	if c, _ := after.card(); c.Name != "Luca" {
		t.Errorf("after an update %+v is shown", c)
	}
	if _, ok := newModel(nil, home).card(); ok {
		t.Error("no cards gave a card")
	}
}

func TestACardIsGoodOnItsLastDay(t *testing.T) {
	last := civil.Date{Year: 2026, Month: 12, Day: 31}
	if expired(card.Card{ValidTo: last}, last) || !expired(card.Card{ValidTo: last}, last.AddDays(1)) || expired(card.Card{}, last) {
		t.Error("wrong last day")
	}
}

func TestTheNumberIsReadInBlocks(t *testing.T) {
	for in, want := range map[string]string{"000000003423": "000 000 003 423", "": "", "12": "12", "1234": "1 234"} {
		if got := grouped(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}
