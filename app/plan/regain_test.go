package plan_test

import (
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/plan"
)

func TestRightsComeBackAfterPaying(t *testing.T) { // MEM-11
	date := func(y int, m time.Month, d int) civil.Date { return civil.Date{Year: y, Month: m, Day: d} }
	byDue := &plan.Plan{Arrears: &plan.Arrears{ByDue: &plan.ArrearsByDue{WaitDays: 30, LongMonths: 4, LongWait: 3}}}
	byMonth := &plan.Plan{Arrears: &plan.Arrears{ByMonth: &plan.ArrearsByMonth{Months: 2, CureMonths: 6}}}
	start := date(2020, 1, 1)
	owes := func(on civil.Date) plan.Insured { return plan.Insured{Start: start, Dues: []plan.Due{{On: on}}} }
	missed := plan.Insured{Start: start, Missed: []plan.Month{{Year: 2026, Month: 3}, {Year: 2026, Month: 4}}}
	for name, c := range map[string]struct {
		plan *plan.Plan
		who  plan.Insured
		paid civil.Date
		want civil.Date // zero = never
	}{
		"MEM-11 thirty days after paying":        {byDue, owes(date(2026, 1, 31)), date(2026, 3, 10), date(2026, 4, 10)},
		"MEM-12 three months when it was long":   {byDue, owes(date(2026, 1, 31)), date(2026, 6, 1), date(2026, 9, 2)},
		"MEM-13 the year is over":                {byDue, owes(date(2025, 6, 30)), date(2026, 1, 10), civil.Date{}},
		"nothing is overdue":                     {byDue, owes(date(2026, 6, 30)), date(2026, 3, 10), date(2026, 3, 10)},
		"MEM-33 at once, by the sixth month":     {byMonth, missed, date(2026, 9, 30), date(2026, 9, 30)},
		"MEM-34 after the sixth month":           {byMonth, missed, date(2026, 10, 1), civil.Date{}},
		"it has not begun":                       {byDue, plan.Insured{Start: date(2027, 1, 1)}, date(2026, 3, 10), civil.Date{}},
		"two are overdue: the longer wait rules": {byDue, plan.Insured{Start: start, Dues: []plan.Due{{On: date(2026, 1, 31)}, {On: date(2026, 6, 30)}}}, date(2026, 7, 15), date(2026, 10, 16)},
	} {
		got, ok := c.plan.Regained(c.who, c.paid)
		if got != c.want || ok == c.want.IsZero() {
			t.Errorf("%s: %v, %v; want %v", name, got, ok, c.want)
		}
	}
}
