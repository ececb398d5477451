package card

import (
	"image/color"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
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

func TestEveryModuleIsAWholeNumberOfPixels(t *testing.T) {
	q, err := newQR("SODALE1:" + strings.Repeat("A7", 60))
	if err != nil {
		t.Fatal(err)
	}
	n := len(q)
	for _, size := range []int{n, 3*n + 1, 188, 620} {
		picture, side := q.draw(size, size+7), size/n
		left, top := (size-side*n)/2, (size+7-side*n)/2
		for y := range size + 7 {
			for x := range size {
				mx, my := (x-left)/max(side, 1), (y-top)/max(side, 1)
				dark := side > 0 && x >= left && y >= top && mx < n && my < n && q[my][mx]
				if got := picture.At(x, y); got != map[bool]color.Color{true: color.Black, false: color.White}[dark] {
					t.Fatalf("size %d, pixel %d,%d is %v", size, x, y, got)
				}
			}
		}
	}
	if q[0][0] || q[3][n/2] || !q[4][4] {
		t.Error("the quiet zone is not four modules wide")
	}
}

func TestACodeThatIsTooLongIsSaid(t *testing.T) {
	if _, err := newQR(strings.Repeat("x", 5000)); fault.CodeOf(err) != CodeNoQR {
		t.Errorf("got %v", err)
	}
	if _, err := newQR(""); fault.CodeOf(err) != CodeNoQR {
		t.Errorf("an empty code gave %v", err)
	}
}

func TestTheNumberIsReadInBlocks(t *testing.T) {
	for in, want := range map[string]string{"000000003423": "000 000 003 423", "": "", "12": "12", "1234": "1 234"} {
		if got := grouped(in); got != want {
			t.Errorf("%q: %q", in, got)
		}
	}
}
