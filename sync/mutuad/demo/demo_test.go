package demo_test

import (
	"context"
	"encoding/json"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fiscalcode"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/place"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/seal"
)

// odd are the values of 0-9 and A-Z in odd places of a codice fiscale and of the coordinates that a CIN checks.
var odd = []int{1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23}

// check is the letter that belongs to a text.
func check(text string) byte {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	sum := 0
	for i := range len(text) {
		n := strings.IndexByte(digits, text[i])
		switch {
		case i%2 == 0:
			sum += odd[n]
		case n < 10:
			sum += n
		default:
			sum += n - 10
		}
	}
	return byte('A' + sum%26)
}

func TestTheHouseholdHasCorrectCheckCharacters(t *testing.T) {
	h := demo.Household()
	people := h.People()
	for _, a := range demo.Cast() {
		people = append(people, a.Person)
	}
	for _, p := range people {
		of := fiscalcode.Person{Surname: p.FamilyName, Name: p.GivenName, Born: p.DateOfBirth, Sex: fiscalcode.Sex(p.Sex), Place: place.Code(p.BirthPlace)}
		if found := fiscalcode.Examine(p.FiscalCode, of, civil.Date{Year: 2026, Month: 11, Day: 22}); found != nil || check(p.FiscalCode[:15]) != p.FiscalCode[15] {
			t.Errorf("codice fiscale %s: %+v", p.FiscalCode, found)
		}
	}
	if len(h.IBAN) != 27 || check(h.IBAN[5:]) != h.IBAN[4] {
		t.Errorf("CIN of %s", h.IBAN)
	}
	var digits strings.Builder
	for _, r := range h.IBAN[4:] + h.IBAN[:4] {
		if r >= 'A' {
			digits.WriteString(big.NewInt(int64(r - 'A' + 10)).String())
		} else {
			digits.WriteRune(r)
		}
	}
	n, ok := new(big.Int).SetString(digits.String(), 10)
	if !ok || new(big.Int).Mod(n, big.NewInt(97)).Int64() != 1 {
		t.Errorf("IBAN %s", h.IBAN)
	}
}

func TestSeedTellsTheMemberOfTheHouseholdAndOfCardsThatVerify(t *testing.T) {
	ctx := context.Background()
	a, err := archive.Open(ctx, t.TempDir(), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	for range 2 { // the second time changes nothing
		if err := demo.Seed(ctx, a); err != nil {
			t.Fatal(err)
		}
	}
	events, err := a.Store.Events(ctx, string(demo.Elena), 0, 10)
	if err != nil || len(events) != demo.Told || events[0].Kind != submission.EventHousehold || events[1].Kind != submission.EventCards {
		t.Fatalf("%+v, %v", events, err)
	}
	var h member.Household
	var cards []card.Card
	if err := json.Unmarshal(events[0].Body, &h); err != nil || h.Holder.FullName() != "Elena Marchetti" || len(h.Family) != 2 {
		t.Fatalf("%+v, %v", h, err)
	}
	if err := json.Unmarshal(events[1].Body, &cards); err != nil || len(cards) != 3 {
		t.Fatalf("%+v, %v", cards, err)
	}
	for i, c := range cards {
		code, err := seal.VerifyCard(a.Keys.Public(), c.Code)
		if err != nil || code.Number != c.Number || code.Person != string(h.People()[i].ID) || code.ValidTo != c.ValidTo {
			t.Errorf("%+v, %v", code, err)
		}
	}
}

func TestWhatEachHouseholdPaysIsWhatItsPlanAsks(t *testing.T) { // MEM-03, MEM-28
	plans, err := plan.LoadAll(assets.Plans())
	if err != nil {
		t.Fatal(err)
	}
	for _, mutualID := range []string{"aurora", "insieme", "coopsal", "cesarepozzo"} {
		t.Run(mutualID, func(t *testing.T) {
			ctx := context.Background()
			a, err := archive.Open(ctx, t.TempDir(), archive.Options{})
			if err != nil {
				t.Fatal(err)
			}
			defer a.Close()
			if err := demo.SeedMutual(ctx, a, mutualID); err != nil {
				t.Fatal(err)
			}
			h, err := a.Store.Household(ctx, string(demo.Elena))
			if err != nil {
				t.Fatal(err)
			}
			if h.Plan.ID == "" {
				if mutualID != "cesarepozzo" {
					t.Fatal("no plan")
				}
				return
			}
			edition := plans.On(h.Plan.ID, civil.Date{Year: 2026, Month: 11, Day: 1})
			if edition == nil || !slices.Contains(edition.Mutuals, mutualID) || edition.Name != h.Plan.Name {
				t.Fatalf("%s is no plan of %s", h.Plan.ID, mutualID)
			}
			asked := plan.FeeCase{Event: plan.Renews, Year: 2026, Way: h.Plan.Way}
			for _, c := range h.Plan.Covers {
				p, ok := h.Person(c.Person)
				if !ok || !slices.Contains(edition.Persons.Roles, plan.Role(c.Role)) {
					t.Fatalf("%+v", c)
				}
				asked.Category = c.Category
				asked.Persons = append(asked.Persons, plan.FeePerson{Role: plan.Role(c.Role), Birth: p.DateOfBirth})
			}
			fee, ok := edition.Fee(asked)
			var due money.Cents
			for _, d := range h.Plan.Dues {
				if d.Paid.IsZero() || d.Paid.After(d.On) {
					t.Errorf("%v was paid on %v", d.On, d.Paid)
				}
				if d.On.Year == 2026 {
					due += d.Cents
				}
			}
			if !ok || fee.Total != due {
				t.Fatalf("the plan asks %v (%v), the household pays %v", fee.Total, ok, due)
			}
		})
	}
}
