package refund_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/refund"
)

func day(y, m, d int) civil.Date { return civil.Date{Year: y, Month: 1, Day: 1}.AddDays((m-1)*30 + d) }

func doc(id string, person member.ID, amount money.Cents, on civil.Date) claim.ExpenseDocument {
	return claim.ExpenseDocument{ID: id, Type: claim.Invoice, Person: person, Amount: amount, IssuedOn: on, Number: "F-" + id, Provider: "Studio Bianconi"}
}

// family is two claims: one of two people paid in the following year, one refused.
func family() []claim.Claim {
	return []claim.Claim{
		{ID: "mixed", Documents: []claim.ExpenseDocument{doc("a", "elena", 10000, day(2025, 11, 3)), doc("b", "paolo", 5000, day(2025, 10, 2)), doc("c", "elena", 2000, day(2025, 3, 2))},
			Mutual: claim.Standing{State: claim.Paid, Number: "26-1", Granted: 9000, PaidOn: day(2026, 1, 20), Outcomes: []claim.Outcome{
				{Document: "a", State: claim.Approved, Granted: 8000, Own: 2000}, {Document: "b", State: claim.Approved, Granted: 1000}, {Document: "c", State: claim.Rejected}}}},
		{ID: "refused", Documents: []claim.ExpenseDocument{doc("d", "elena", 700, day(2026, 2, 2))}, Mutual: claim.Standing{State: claim.Rejected}},
		{ID: "open", Documents: []claim.ExpenseDocument{doc("e", "elena", 999, day(2026, 2, 2))}, Mutual: claim.Standing{State: claim.InReview}},
	}
}

func TestRefundsAreOfTheYearOfTheExpenseOrOfTheTransfer(t *testing.T) { // CRT-03
	for _, c := range []struct {
		basis refund.Basis
		year  int
		want  refund.Sums
	}{
		{refund.Competence, 2025, refund.Sums{Spent: 17000, Granted: 9000, Own: 8000}},
		{refund.Competence, 2026, refund.Sums{Spent: 700, Own: 700}},
		{refund.Payment, 2025, refund.Sums{}},
		{refund.Payment, 2026, refund.Sums{Spent: 15000, Granted: 9000, Own: 6000}},
	} {
		if got := refund.Of(family(), c.basis, c.year).Total; got != c.want {
			t.Errorf("%s %d: %+v, want %+v", c.basis, c.year, got, c.want)
		}
	}
	if got := refund.Years(family(), refund.Competence); !slices.Equal(got, []int{2026, 2025}) {
		t.Errorf("years of competence %v", got)
	}
	if got := refund.Years(family(), refund.Payment); !slices.Equal(got, []int{2026}) {
		t.Errorf("years of payment %v", got)
	}
}

func TestEachPersonHasTheirOwnLinesWithTheReferenceOfTheInvoice(t *testing.T) { // CRT-05, CRT-08
	s := refund.Of(family(), refund.Competence, 2025)
	if len(s.People) != 2 || s.People[0].ID != "elena" || s.People[1].ID != "paolo" {
		t.Fatalf("people %+v", s.People)
	}
	elena := s.People[0]
	if elena.Total != (refund.Sums{Spent: 12000, Granted: 8000, Own: 4000}) || len(elena.Lines) != 2 || elena.Lines[0].Document.Number != "F-c" || !elena.Lines[0].PaidOn.IsZero() {
		t.Errorf("elena %+v", elena)
	}
	if paolo := s.People[1].Lines[0]; paolo.Own != 4000 || paolo.Number != "26-1" || paolo.PaidOn != day(2026, 1, 20) {
		t.Errorf("paolo %+v", paolo)
	}
}

func TestAClaimThatWasDecidedAsAWholeIsOneLine(t *testing.T) { // CRT-05
	c := claim.Claim{ID: "whole", Documents: []claim.ExpenseDocument{doc("a", "elena", 10000, day(2026, 1, 3)), doc("b", "paolo", 5000, day(2026, 1, 4))},
		Mutual: claim.Standing{State: claim.Paid, Granted: 9000, PaidOn: day(2026, 3, 1)}}
	c.Documents[1].Cover = claim.Cover{Answer: claim.CoverPaid, Amount: 1000}
	s := refund.Of([]claim.Claim{c}, refund.Payment, 2026)
	if len(s.People) != 1 || s.People[0].ID != "" || !s.People[0].Lines[0].Whole || s.Total != (refund.Sums{Spent: 15000, Granted: 9000, Own: 5000}) {
		t.Errorf("got %+v", s)
	}
}

func TestNothingIsLostBetweenPeopleAndTotal(t *testing.T) { // CLM-25, CRT-05
	rapid.Check(t, func(t *rapid.T) {
		var claims []claim.Claim
		for i := range rapid.IntRange(0, 12).Draw(t, "claims") {
			c := claim.Claim{ID: claim.ID(rune('a' + i)), Mutual: claim.Standing{State: rapid.SampledFrom([]claim.State{claim.Paid, claim.Rejected, claim.InReview, claim.Merged}).Draw(t, "state"), PaidOn: day(2026, 1, 1+i)}}
			for j := range rapid.IntRange(0, 4).Draw(t, "documents") {
				d := doc(string(rune('A'+j)), rapid.SampledFrom([]member.ID{"elena", "paolo"}).Draw(t, "who"), money.Cents(rapid.IntRange(0, 99999).Draw(t, "amount")), day(2025+j%2, 2, j))
				granted := money.Cents(rapid.IntRange(0, int(d.Amount)).Draw(t, "granted"))
				c.Documents, c.Mutual.Outcomes = append(c.Documents, d), append(c.Mutual.Outcomes, claim.Outcome{Document: d.ID, Granted: granted, State: claim.Approved})
			}
			claims = append(claims, c)
		}
		for _, year := range refund.Years(claims, refund.Competence) {
			s := refund.Of(claims, refund.Competence, year)
			var people refund.Sums
			for _, p := range s.People {
				people = people.Plus(p.Total)
			}
			if people != s.Total || s.Total.Granted+s.Total.Own != s.Total.Spent {
				t.Fatalf("%d: people %+v, total %+v", year, people, s.Total)
			}
		}
	})
}
