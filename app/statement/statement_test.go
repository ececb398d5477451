package statement_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/statement"
)

func date(y, m, d int) civil.Date {
	return civil.Date{Year: y, Month: 1, Day: 1}.AddMonths(m - 1).AddDays(d - 1)
}

// couple is a household that pays 11,00 and 9,50 a month in two instalments.
func couple() member.Household {
	return member.Household{Holder: member.Person{ID: "elena", DateOfBirth: date(1967, 3, 14)}, Family: []member.Person{{ID: "paolo", DateOfBirth: date(1965, 9, 2)}},
		Plan: member.Plan{Covers: []member.Cover{{Person: "elena", Role: "titolare"}, {Person: "paolo", Role: "coniuge"}},
			Dues: []member.Due{{On: date(2025, 6, 30), Cents: 12300, Paid: date(2026, 1, 7)}, {On: date(2026, 1, 31), Cents: 12300, Paid: date(2026, 1, 20)},
				{On: date(2026, 6, 30), Cents: 12300}}}}
}

func fees(most money.Cents) *plan.Plan {
	return &plan.Plan{Tax: &plan.Tax{Percent: 19, Most: most}, Fees: &plan.Fees{Ways: []plan.PayWay{{ID: "bonifico"}},
		Monthly: []plan.Fee{{Role: plan.Holder, Cents: 1100}, {Role: plan.Spouse, Cents: 950}}}}
}

func spent() []claim.Claim {
	return []claim.Claim{{ID: "c", Documents: []claim.ExpenseDocument{{ID: "d", Person: "elena", Amount: 10000, IssuedOn: date(2024, 5, 2)}},
		Mutual: claim.Standing{State: claim.Paid, PaidOn: date(2026, 1, 2), Outcomes: []claim.Outcome{{Document: "d", State: claim.Approved, Granted: 8000}}}}}
}

func TestAYearHasWhatWasPaidInIt(t *testing.T) { // CRT-04, CRT-05, CRT-06, CRT-08
	s := statement.Of(couple(), spent(), fees(0), 2026)
	if s.Contributions != 24600 || len(s.Dues) != 2 || s.Counted != 24600 || s.Credit != 4674 || !s.Relief || s.Refunded() != 0 {
		t.Errorf("%+v", s)
	}
	if want := []statement.Part{{Person: "elena", Cents: 13200}, {Person: "paolo", Cents: 11400}}; !slices.Equal(s.Parts, want) {
		t.Errorf("parts %+v", s.Parts)
	}
	if s := statement.Of(couple(), spent(), fees(0), 2024); s.Deductible() != 2000 || s.Refunded() != 8000 || s.Contributions != 0 || s.Parts != nil {
		t.Errorf("2024: %+v", s) // CRT-08: what came back is not deducted
	}
	if got := statement.Years(couple(), spent()); !slices.Equal(got, []int{2026, 2024}) {
		t.Errorf("years %v", got)
	}
}

func TestTheLawCountsNoMoreThanItsCeiling(t *testing.T) { // CRT-07, AMB-46
	s := statement.Of(couple(), nil, fees(20000), 2026)
	if s.Counted != 20000 || s.Credit != 3800 {
		t.Errorf("%+v", s)
	}
}

func TestPartsThatDoNotAddUpAreLeftToTheMutual(t *testing.T) { // CRT-04
	h := couple()
	h.Plan.Dues[0].Cents++
	if s := statement.Of(h, nil, fees(0), 2026); s.Parts != nil {
		t.Errorf("%+v", s.Parts)
	}
	if s := statement.Of(couple(), nil, nil, 2026); s.Relief || s.Contributions != 24600 {
		t.Errorf("without the plan's rules: %+v", s)
	}
}

func TestPartsAlwaysAddUpToTheContributions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := couple()
		for i := range h.Plan.Dues {
			h.Plan.Dues[i].Cents = rapid.SampledFrom([]money.Cents{0, 6600, 12300, 24600}).Draw(t, "cents")
		}
		s := statement.Of(h, nil, fees(0), 2026)
		var sum money.Cents
		for _, p := range s.Parts {
			sum += p.Cents
		}
		if s.Parts != nil && sum != s.Contributions || s.Counted > s.Contributions || s.Credit > s.Counted {
			t.Fatalf("%+v", s)
		}
	})
}
