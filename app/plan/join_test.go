package plan_test

import (
	"testing"

	"github.com/sodale/sodale/app/plan"
)

func TestWhoMayJoinAndFromWhen(t *testing.T) { // MEM-16 to MEM-18, MEM-20, MEM-21, MEM-23 to MEM-25, MEM-29, AMB-13, AMB-17, AMB-25, AMB-26, AMB-51, AMB-84, MEM-02, MEM-17, MEM-24, MEM-36, MEM-37
	born := func(day string) plan.Joiner { return plan.Joiner{Birth: on(day), Joins: true} }
	left := func(j plan.Joiner) plan.Joiner { j.Joins = false; return j }
	covered := func(j plan.Joiner) plan.Joiner { j.Covered = true; return j }
	for _, c := range []struct {
		say   string
		p     *plan.Plan
		join  plan.JoinCase
		code  plan.Code
		start string
		soon  bool
	}{
		{"sixty", base(t), plan.JoinCase{Person: born("1961-03-11"), Asked: on("2022-03-10")}, plan.OK, "2022-04-01", true},
		{"sixty-one on the day of asking", base(t), plan.JoinCase{Person: born("1961-03-10"), Asked: on("2022-03-10")}, plan.AgeLimit, "", false},
		{"the last day of a month", base(t), plan.JoinCase{Person: born("1980-01-01"), Asked: on("2022-01-31")}, plan.OK, "2022-02-01", false},
		{"the whole family", base(t), plan.JoinCase{Person: born("1980-01-01"), Asked: on("2022-03-10"), Family: []plan.Joiner{born("1982-01-01"), born("2015-01-01")}}, plan.OK, "2022-04-01", false},
		{"a child is left out", base(t), plan.JoinCase{Person: born("1980-01-01"), Asked: on("2022-03-10"), Family: []plan.Joiner{born("1982-01-01"), left(born("2015-01-01"))}}, plan.FamilyIncomplete, "", false},
		{"a child with cover of its own", base(t), plan.JoinCase{Person: born("1980-01-01"), Asked: on("2022-03-10"), Family: []plan.Joiner{born("1982-01-01"), covered(left(born("2015-01-01")))}}, plan.OK, "2022-04-01", false},
		{"a grandmother over the limit", base(t), plan.JoinCase{Person: born("1980-01-01"), Asked: on("2022-03-10"), Family: []plan.Joiner{born("1982-01-01"), left(born("1950-01-01"))}}, plan.OK, "2022-04-01", false},
		{"nobody of the family joins", base(t), plan.JoinCase{Person: born("1980-01-01"), Asked: on("2022-03-10"), Family: []plan.Joiner{left(born("1982-01-01"))}}, plan.OK, "2022-04-01", false},
		{"a wedding in time", base(t), plan.JoinCase{Person: born("1980-01-01"), Event: plan.Marries, On: on("2022-06-18"), Asked: on("2022-07-18")}, plan.OK, "2022-08-01", false},
		{"a wedding told late", base(t), plan.JoinCase{Person: born("1980-01-01"), Event: plan.Marries, On: on("2022-06-18"), Asked: on("2022-07-19")}, plan.OK, "2023-01-01", false},
		{"a newborn in time", base(t), plan.JoinCase{Person: born("2022-02-10"), Event: plan.IsBorn, On: on("2022-02-10"), Asked: on("2022-03-12")}, plan.OK, "2022-02-10", false},
		{"a newborn late", base(t), plan.JoinCase{Person: born("2022-02-10"), Event: plan.IsBorn, On: on("2022-02-10"), Asked: on("2022-03-13")}, plan.OK, "2023-01-01", false},
		{"papers that are not complete", base(t), plan.JoinCase{Person: born("1980-01-01")}, plan.DocumentMissing, "", false},
		{"a relative later", base(t), plan.JoinCase{Person: born("1990-02-10"), Event: plan.ComesLater, Asked: on("2022-03-13")}, plan.OK, "2023-01-01", false},
		{"thirty-five at the start", eticare(t), plan.JoinCase{Person: born("1990-09-01"), Asked: on("2025-08-22")}, plan.OK, "2025-09-01", false},
		{"a day younger", eticare(t), plan.JoinCase{Person: born("1990-09-02"), Asked: on("2025-08-22")}, plan.AgeLimit, "", false},
		{"seventy-two at the start", eticare(t), plan.JoinCase{Person: born("1953-09-01"), Asked: on("2025-08-22")}, plan.AgeLimit, "", false},
		{"a day younger than that", eticare(t), plan.JoinCase{Person: born("1953-09-02"), Asked: on("2025-08-22")}, plan.OK, "2025-09-01", false},
		{"abroad", eticare(t), plan.JoinCase{Person: born("1980-09-02"), Asked: on("2025-08-22"), Abroad: true}, plan.Residence, "", false},
		{"two whole years after leaving", eticare(t), plan.JoinCase{Person: born("1980-09-02"), Asked: on("2027-12-22"), Ended: on("2025-12-31")}, plan.NotMet, "", false},
		{"three whole years after leaving", eticare(t), plan.JoinCase{Person: born("1980-09-02"), Asked: on("2028-12-22"), Ended: on("2025-12-31")}, plan.OK, "2029-01-01", false},
	} {
		t.Run(c.say, func(t *testing.T) {
			a := c.p.Join(c.join)
			if a.Code != c.code || a.Accepted != (c.code == plan.OK) || a.Start.String() != c.start || a.Soon != c.soon {
				t.Errorf("%+v", a)
			}
			if c.p.Article(a.Article) == nil {
				t.Errorf("cites %q", a.Article)
			}
		})
	}
}

func TestTheCoverOfADayHasItsStateAndItsEnd(t *testing.T) { // MEM-42, MEM-31, MEM-32, MEM-34
	i := plan.Insured{Role: plan.Holder, Start: on("2021-01-01"), Dues: []plan.Due{{On: on("2022-01-31"), Paid: on("2022-01-10")}, {On: on("2022-06-30"), Paid: on("2022-07-10")}}}
	for day, want := range map[string]struct {
		status plan.Status
		until  string
	}{"2020-12-31": {plan.NotStarted, "2020-12-31"}, "2022-06-30": {plan.Active, ""}, "2022-07-09": {plan.IsSuspended, ""}, "2022-07-10": {plan.AwaitsRights, "2022-08-09"}, "2022-08-09": {plan.AwaitsRights, "2022-08-09"}, "2022-08-10": {plan.Active, ""}} {
		if got := base(t).Cover(i, on(day)); got.Status != want.status || got.Until.String() != want.until || got.Covered != (want.status == plan.Active) {
			t.Errorf("%s: %+v", day, got)
		}
	}
	debt := plan.Insured{Role: plan.Member, Start: on("2025-01-01"), Missed: []plan.Month{{Year: 2025, Month: 8}}}
	if got := eticare(t).Cover(debt, on("2025-09-10")); !got.Covered || !got.Debt { // AMB-89
		t.Errorf("%+v", got)
	}
	debt.Missed = append(debt.Missed, plan.Month{Year: 2025, Month: 9})
	if got := eticare(t).Cover(debt, on("2025-10-01")); got.Status != plan.IsSuspended || got.Until != on("2026-02-28") {
		t.Errorf("%+v", got)
	}
	if got := eticare(t).Cover(debt, on("2026-03-01")); got.Status != plan.HasEnded {
		t.Errorf("%+v", got)
	}
}

func TestWaitingPeriodsAreListedWithTheirLastDay(t *testing.T) { // BEE-25
	var list []string
	for _, w := range eticare(t).Waiting(plan.Insured{Role: plan.Member, Start: on("2025-01-01")}, on("2025-02-01")) {
		list = append(list, w.Until.String()+" "+w.Name)
	}
	want := []string{"2025-04-30 Malattie e cure dentarie", "2025-04-30 Prevenzione odontoiatrica", "2025-04-30 Cure odontoiatriche", "2025-04-30 Lenti", "2025-04-30 Presidi sanitari", "2025-06-29 Grandi interventi chirurgici",
		"2025-09-28 Parto, malattie da gravidanza o puerperio", "2025-09-28 Pacchetto maternità", "2026-12-31 Chirurgia oculistica", "2026-12-31 Protesi acustiche"}
	if len(list) != len(want) {
		t.Fatalf("%q", list)
	}
	for i := range want {
		if list[i] != want[i] {
			t.Errorf("%q, want %q", list[i], want[i])
		}
	}
	if base(t).Waiting(plan.Insured{Role: plan.Newborn, Birth: on("2022-02-10"), Requested: on("2022-02-20")}, on("2022-02-11")) != nil {
		t.Error("a newborn waits")
	}
}

func TestWhatIsLeftOfEachLimit(t *testing.T) { // PLN-08
	history := []plan.Paid{at("ortopedia", paid("2025-02-01", "specialist_visit", plan.Private, 4000)), paid("2025-03-01", "lenses", plan.Private, 7000),
		{Date: on("2025-03-01"), Benefit: "dental_care", Form: plan.Private, Cents: 5000, Treats: map[string]int{"filling": 1}}, paid("2024-03-01", "medical_device", plan.Private, 7000)}
	left := map[plan.ID]plan.Left{}
	for _, l := range eticare(t).Remaining(history, 2025) {
		left[l.Limit] = l
	}
	for id, want := range map[plan.ID]int64{"visits": 71000, "visits_private": 21000, "visits_specialty": 1, "fillings": 3, "extractions": 4, "dental": 55000, "devices": 15000, "tickets": 50000} {
		if left[id].Value != want {
			t.Errorf("%s: %+v", id, left[id])
		}
	}
	if left["lenses_once"].Next != on("2027-01-01") || left["prevention"].Unit != plan.UnitNext || !left["prevention"].Next.IsZero() || left["visits_specialty"].Name != "Visite private per specializzazione: ortopedia" {
		t.Errorf("%+v %+v %+v", left["lenses_once"], left["prevention"], left["visits_specialty"])
	}
}
