//go:build bench

package plan_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
)

// estimates is how many are made of each kind.
const estimates = 1_000_000

// byHand is one rule of Eticare as a person would write it in Go: half of a private visit, at most € 40, within € 250 and € 750 a year,
// two a year in a speciality.
func byHand(c *plan.Case) money.Cents {
	due := min((c.Expense.Amount+1)/2, 4000)
	var all, private money.Cents
	visits := 0
	for i := range c.History {
		h := &c.History[i]
		if h.Benefit != "specialist_visit" || h.Date.Year != c.Expense.On.Year {
			continue
		}
		all += h.Cents
		if h.Form == plan.Private || h.Form == plan.Intramoenia {
			private += h.Cents
			if h.Specialty == c.Expense.Specialty {
				visits++
			}
		}
	}
	if visits >= 2 {
		return 0
	}
	return max(0, min(due, 25000-private, 75000-all))
}

// tenYears is what was paid in ten years: two visits, four tickets and a scan a year.
func tenYears() []plan.Paid {
	var list []plan.Paid
	for year := range 10 {
		first := on("2016-01-10").AddMonths(12 * year)
		list = append(list, at("ortopedia", plan.Paid{Date: first, Benefit: "specialist_visit", Form: plan.Private, Cents: 3000}),
			at("cardiologia", plan.Paid{Date: first.AddDays(60), Benefit: "specialist_visit", Form: plan.Private, Cents: 4000}),
			plan.Paid{Date: first.AddDays(90), Benefit: "high_specialisation", Form: plan.Directly, Cents: 12000})
		for n := range 4 {
			list = append(list, plan.Paid{Date: first.AddDays(30 * n), Benefit: "ticket_diagnostics", Form: plan.Ticket, Cents: 3615})
		}
	}
	return list
}

// TestBenchAMillionEstimates measures a whole estimate, with every rule of the plan, against one rule written by hand.
func TestBenchAMillionEstimates(t *testing.T) {
	p := eticare(t)
	c := visit(history(tenYears()...))
	if want := byHand(c); p.Estimate(c).Refund != want || want != 3000 {
		t.Fatalf("%d by the plan, %d by hand", p.Estimate(c).Refund, want)
	}
	each := func(do func()) time.Duration {
		var took []time.Duration
		for range 3 {
			start := time.Now()
			for range estimates {
				do()
			}
			took = append(took, time.Since(start))
		}
		return slices.Min(took)
	}
	var sum money.Cents
	hand := each(func() { sum += byHand(c) })
	ours := each(func() { sum += p.Estimate(c).Refund })
	if sum != 6*estimates*3000 {
		t.Fatal(sum)
	}
	fmt.Printf("BENCH\ta million estimates, ten years of history\t%.0f\t-\t-\t%v each, one rule by hand %v\n", float64(ours)/float64(hand), ours/estimates, hand/estimates)
}
