package plan_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
)

func person(role plan.Role, birth string) plan.FeePerson {
	p := plan.FeePerson{Role: role}
	if birth != "" {
		p.Birth = on(birth)
	}
	return p
}

// told writes a fee as one line: start–end, months, contributions + one-off, instalments with their days.
func told(a plan.FeeAnswer) string {
	text := fmt.Sprintf("%s–%s %d %d+%d:", a.Start, a.End, a.Months, a.Sum, a.OneOff)
	for _, i := range a.Instalments {
		text += fmt.Sprintf(" %d", i.Cents)
		if !i.Due.IsZero() {
			text += "@" + i.Due.String()
		}
	}
	return text
}

func TestContributionsAreThoseOfTheTables(t *testing.T) { // BPB-27, MEM-03 to MEM-09, MEM-18, MEM-19, MEM-22, MEM-26 to MEM-28, AMB-14 to AMB-16, AMB-45, AMB-77, MEM-04, MEM-05, MEM-07, MEM-08, MEM-17, MEM-27
	for _, c := range []struct {
		p    *plan.Plan
		fee  plan.FeeCase
		want string
	}{
		{base(t), plan.FeeCase{Event: plan.Joins, Way: "bonifico", Asked: on("2022-09-14"), Persons: []plan.FeePerson{person(plan.Holder, ""), person(plan.Child, "2005-01-01")}},
			"2022-10-01–2022-12-31 3 5325+2000: 7325"},
		{base(t), plan.FeeCase{Event: plan.Joins, Way: "SEPA", Asked: on("2022-12-05"), Persons: []plan.FeePerson{person(plan.Holder, ""), person(plan.Spouse, "")}},
			"2023-01-01–2023-12-31 12 24600+0: 6150 6150 6150 6150"},
		{base(t), plan.FeeCase{Event: plan.Joins, Way: "SEPA", Asked: on("2022-01-31"), Persons: []plan.FeePerson{person(plan.Holder, "")}},
			"2022-02-01–2022-12-31 11 12100+0: 12100"},
		{base(t), plan.FeeCase{Event: plan.Joins, Way: "bonifico", Asked: on("2022-12-31"), Persons: []plan.FeePerson{person(plan.Holder, "")}},
			"2023-01-01–2023-12-31 12 13200+1000: 14200"},
		{base(t), plan.FeeCase{Event: plan.Joins, Way: "bonifico", Asked: on("2022-09-14"), Persons: []plan.FeePerson{person(plan.Child, "2008-10-02"), person(plan.Minor, "2008-10-01"), person(plan.Newborn, "2022-09-01")}},
			"2022-10-01–2022-12-31 3 2325+2000: 4325"}, // 13 at the start, 14 at the start, free
		{base(t), plan.FeeCase{Event: plan.Renews, Way: "bonifico", Year: 2023, Instalments: 2, Persons: []plan.FeePerson{person(plan.Child, "")}},
			"2023-01-01–2023-12-31 12 8100+0: 4050@2023-01-31 4050@2023-06-30"},
		{base(t), plan.FeeCase{Event: plan.Renews, Way: "postale", Year: 2023, Persons: []plan.FeePerson{person(plan.Minor, "2009-01-02")}},
			"2023-01-01–2023-12-31 12 1200+0: 1200@2023-01-31"},
		{base(t), plan.FeeCase{Event: plan.Renews, Way: "SEPA", Year: 2023, Persons: []plan.FeePerson{person(plan.Holder, "")}},
			"2023-01-01–2023-12-31 12 13200+0: 3300 3300 3300 3300"},
		{base(t), plan.FeeCase{Event: plan.Survives, Way: "bonifico", Year: 2024, Persons: []plan.FeePerson{person(plan.Spouse, ""), person(plan.Child, "")}},
			"2024-01-01–2024-12-31 12 9750+0: 9750@2024-01-31"},
		{base(t), plan.FeeCase{Event: plan.Joins, Joining: plan.Marries, On: on("2022-05-14"), Way: "bonifico", Asked: on("2022-06-13"), Persons: []plan.FeePerson{person(plan.Spouse, "")}},
			"2022-07-01–2022-12-31 6 5700+1000: 6700"},
		{base(t), plan.FeeCase{Event: plan.Joins, Joining: plan.Marries, On: on("2022-05-14"), Way: "bonifico", Asked: on("2022-06-14"), Persons: []plan.FeePerson{person(plan.Spouse, "")}},
			"2023-01-01–2023-12-31 12 11400+1000: 12400"}, // told late
		{base(t), plan.FeeCase{Event: plan.Joins, Joining: plan.IsBorn, On: on("2022-05-10"), Way: "bonifico", Asked: on("2022-06-25"), Persons: []plan.FeePerson{person(plan.Newborn, "2022-05-10")}},
			"2023-01-01–2023-12-31 12 1200+0: 1200"}, // asked for late: a minor from the next year
		{eticare(t), plan.FeeCase{Event: plan.Joins, Asked: on("2025-12-10"), Category: "cliente", Persons: []plan.FeePerson{person(plan.Member, "")}},
			"2026-01-01–2026-12-31 12 28800+0: 2400 2400 2400 2400 2400 2400 2400 2400 2400 2400 2400 2400"},
	} {
		a, ok := c.p.Fee(c.fee)
		if !ok || told(a) != c.want {
			t.Errorf("%+v\n%s\nwant %s", c.fee, told(a), c.want)
		}
	}
	a, ok := eticare(t).Fee(plan.FeeCase{Event: plan.Joins, Asked: on("2025-08-22"), Category: "socio", Persons: []plan.FeePerson{person(plan.Member, "")}})
	if !ok || a.Months != 16 || a.FirstYear != 9200 || a.NextYear != 27600 || a.Total != 36800 || len(a.Instalments) != 16 || a.End != on("2026-12-31") {
		t.Errorf("%+v", a)
	}
	if _, ok := eticare(t).Fee(plan.FeeCase{Event: plan.Joins, Asked: on("2025-08-22"), Category: "socio", Persons: []plan.FeePerson{person(plan.Spouse, "")}}); ok {
		t.Error("a fee for somebody whom the plan does not cover")
	}
}

// Mod. E, cell by cell: the monthly fee times the months from the row to December (MEM-06).
func TestEveryCellOfModEIsReckoned(t *testing.T) { // MEM-06
	table := map[plan.Role][12]money.Cents{
		plan.Holder: {13200, 12100, 11000, 9900, 8800, 7700, 6600, 5500, 4400, 3300, 2200, 1100},
		plan.Spouse: {11400, 10450, 9500, 8550, 7600, 6650, 5700, 4750, 3800, 2850, 1900, 950},
		plan.Child:  {8100, 7425, 6750, 6075, 5400, 4725, 4050, 3375, 2700, 2025, 1350, 675},
		plan.Minor:  {1200, 1100, 1000, 900, 800, 700, 600, 500, 400, 300, 200, 100},
	}
	for role, row := range table {
		for month, want := range row {
			asked := civil.Date{Year: 2022, Month: 1, Day: 15}.AddMonths(month - 1)
			if a, ok := base(t).Fee(plan.FeeCase{Event: plan.Joins, Way: "SEPA", Asked: asked, Persons: []plan.FeePerson{{Role: role}}}); !ok || a.Sum != want {
				t.Errorf("%s from month %d: %d, want %d", role, month+1, a.Sum, want)
			}
		}
	}
}

func TestInstalmentsAddUpToTheTotal(t *testing.T) {
	all := []*plan.Plan{base(t), eticare(t)}
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(all).Draw(t, "plan")
		c := plan.FeeCase{Event: rapid.SampledFrom([]plan.FeeEvent{plan.Joins, plan.Renews, plan.Survives}).Draw(t, "event"), Year: 2026, Category: "socio",
			Asked: on("2024-01-01").AddDays(rapid.IntRange(0, 800).Draw(t, "asked")), Instalments: rapid.SampledFrom([]int{0, 1, 2, 4}).Draw(t, "instalments")}
		c.Way = rapid.SampledFrom(p.Fees.Ways).Draw(t, "way").ID
		for range rapid.IntRange(1, 5).Draw(t, "persons") {
			c.Persons = append(c.Persons, plan.FeePerson{Role: rapid.SampledFrom(p.Fees.Monthly).Draw(t, "fee").Role})
		}
		a, ok := p.Fee(c)
		if !ok {
			t.Fatal("no fee")
		}
		var sum money.Cents
		for _, i := range a.Instalments {
			if i.Cents < 0 || i.Cents > a.Instalments[0].Cents {
				t.Fatalf("%+v", a.Instalments)
			}
			sum += i.Cents
		}
		if sum != a.Total || a.Total != a.Sum+a.OneOff || a.Start.After(a.End) || !a.Start.After(c.Asked) && c.Event == plan.Joins {
			t.Fatalf("%+v", a)
		}
	})
}

func TestTaxRelief(t *testing.T) { // CRT-06, CRT-07, AMB-24, AMB-46
	for _, c := range []struct {
		tax          *plan.Tax
		paid         money.Cents
		base, credit money.Cents
	}{{eticare(t).Tax, 18400, 18400, 3496}, {eticare(t).Tax, 130000, 130000, 24700}, {eticare(t).Tax, 200000, 130000, 24700}, {base(t).Tax, 200000, 200000, 38000}, {base(t).Tax, 50, 50, 10}} {
		if got, credit := c.tax.Relief(c.paid); got != c.base || credit != c.credit {
			t.Errorf("of %d: %d, %d", c.paid, got, credit)
		}
	}
}

func TestTermsEndOnTheirDay(t *testing.T) { // BPB-28, BEE-30, BKG-14, CLM-42, CLM-44, MEM-14, MEM-29, ENR-18, H24-18, AMB-02, AMB-03, AMB-21, AMB-43, AMB-44, AMB-50
	for _, c := range []struct{ plan, term, from, last string }{
		{"PIANO_BASE_2019", "claim", "2022-03-01", "2022-05-30"}, {"PIANO_BASE_2019", "payment", "2022-03-01", "2022-04-30"},
		{"PIANO_BASE_2019", "withdrawal", "2022-03-01", "2022-10-31"}, {"PIANO_BASE_2019", "renewal", "2023-01-01", "2023-01-31"},
		{"PIANO_BASE_2019", "newborn", "2022-02-10", "2022-03-12"}, {"PIANO_BASE_2019", "marriage", "2022-06-18", "2022-07-18"},
		{"PIANO_BASE_2019", "sepa", "2022-01-10", "2022-03-07"}, {"PIANO_BASE_2019", "h24_claim", "2022-01-10", "2024-01-10"},
		{"ETICARE_PER_ME_2025", "direct_request", "2025-11-12", "2025-11-07"}, {"ETICARE_PER_ME_2025", "integration", "2025-10-20", "2025-11-19"},
		{"ETICARE_PER_ME_2025", "cancellation", "2025-05-01", "2025-11-01"}, {"ETICARE_PER_ME_2025", "reactivation", "2025-08-01", "2026-02-28"},
		{"ETICARE_PER_ME_2025", "dental_injury", "2025-08-31", "2026-02-28"}, {"ETICARE_PER_ME_2025", "payment", "2025-10-20", "2025-12-19"},
		{"CESARE_POZZO", "booking", "2025-12-29", "2025-12-23"}, {"MANTOVA_SALUS", "report", "2025-09-22", "2025-11-21"},
	} {
		term, ok := plans(t).Code(c.plan).Term(c.term)
		if got := term.LastDay(on(c.from)); !ok || got != on(c.last) {
			t.Errorf("%s %s from %s: %s, want %s", c.plan, c.term, c.from, got, c.last)
		}
	}
}
