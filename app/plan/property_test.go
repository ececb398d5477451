package plan_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
)

// invented draws an expense of a plan, with facts and dates of any kind.
func invented(t *rapid.T, p *plan.Plan) *plan.Case {
	b := rapid.SampledFrom(p.Benefits).Draw(t, "benefit")
	c := &plan.Case{Insured: plan.Insured{Role: rapid.SampledFrom(p.Persons.Roles).Draw(t, "role"), Sex: rapid.SampledFrom([]string{"F", "M", ""}).Draw(t, "sex"),
		Birth: on("1940-01-01").AddDays(rapid.IntRange(0, 20000).Draw(t, "birth")), Start: on("2015-01-01").AddDays(rapid.IntRange(0, 3900).Draw(t, "start"))}}
	day := on("2025-01-01").AddDays(rapid.IntRange(0, 364).Draw(t, "on"))
	e := &c.Expense
	e.Benefit, e.Form = b.ID, rapid.SampledFrom(b.Forms).Draw(t, "form").Form
	e.Cause = rapid.SampledFrom([]plan.Cause{plan.Illness, plan.Injury, plan.Pregnancy, plan.Childbirth, plan.Prevention}).Draw(t, "cause")
	e.Service = rapid.SampledFrom([]string{"TAC addome", "Plantari", "Visita ortopedica", "Visita psichiatrica", "Esami"}).Draw(t, "service")
	e.Specialty = rapid.SampledFrom([]string{"ortopedia", "oculistica"}).Draw(t, "specialty")
	e.On, e.Document = day, day.AddDays(rapid.IntRange(0, 20).Draw(t, "document"))
	e.Amount = money.Cents(rapid.IntRange(0, 300000).Draw(t, "amount"))
	e.NonHealth = money.Cents(rapid.IntRange(0, 200).Draw(t, "charges"))
	e.Excluded = money.Cents(rapid.SampledFrom([]int{0, 0, 5000}).Draw(t, "excluded"))
	e.Other = money.Cents(rapid.SampledFrom([]int{0, 0, 3000, 90000}).Draw(t, "other"))
	e.Prescribed = plan.Prescribed{There: rapid.SampledFrom([]plan.Answer{plan.Yes, plan.Yes, plan.No, plan.Unsaid}).Draw(t, "prescription"), On: day.AddDays(-rapid.IntRange(-3, 400).Draw(t, "age")), Issuer: "MMG", Diagnosis: "gonartrosi"}
	e.Affiliated, e.Authorised, e.Emergency = plan.Yes, plan.Yes, rapid.SampledFrom([]plan.Answer{plan.Yes, plan.No}).Draw(t, "report")
	e.Injured = day.AddDays(-rapid.IntRange(0, 300).Draw(t, "injured"))
	e.Stay = plan.Stay{Entry: day.AddDays(-rapid.IntRange(0, 120).Draw(t, "nights")), Exit: day, Reason: "surgery"}
	e.Care = plan.Care{Discharge: day.AddDays(-5), Days: []civil.Date{day.AddDays(-4), day, day.AddDays(3)}, AtHome: plan.Yes, Prescribed: plan.Yes}
	e.Papers = map[plan.Paper]plan.Answer{plan.DischargeLetter: plan.Yes, plan.PregnancyCertificate: plan.Yes, plan.DoctorCertificate: plan.Yes}
	e.Loss = plan.Loss{Acts: []string{"nutrirsi", "lavarsi", "spostarsi"}, Since: day.AddDays(-400), Permanent: plan.Yes}
	e.Visus, e.Lens = plan.Visus{There: plan.Yes, On: day, Issuer: "oculista", Changed: plan.Yes}, "glasses"
	if len(b.Programmes) > 0 {
		e.Programme = rapid.SampledFrom(b.Programmes).Draw(t, "programme").ID
	}
	for range rapid.IntRange(0, 3).Draw(t, "lines") {
		e.Lines = append(e.Lines, plan.Line{Treatment: rapid.SampledFrom([]string{"extraction", "filling", "other"}).Draw(t, "treatment"), Amount: e.Amount / 3})
	}
	c.Sent = day.AddDays(rapid.IntRange(-20, 120).Draw(t, "sent"))
	for range rapid.IntRange(0, 12).Draw(t, "paid") {
		c.History = append(c.History, already(t, p))
	}
	return c
}

// already draws something that was paid before.
func already(t *rapid.T, p *plan.Plan) plan.Paid {
	b := rapid.SampledFrom(p.Benefits).Draw(t, "paid benefit")
	return plan.Paid{Date: on("2023-01-01").AddDays(rapid.IntRange(0, 1200).Draw(t, "paid on")), Benefit: b.ID, Form: rapid.SampledFrom(b.Forms).Draw(t, "paid form").Form,
		Cents: money.Cents(rapid.IntRange(0, 60000).Draw(t, "paid cents")), Days: rapid.IntRange(0, 30).Draw(t, "paid days"), Specialty: rapid.SampledFrom([]string{"ortopedia", "oculistica"}).Draw(t, "paid specialty"),
		Treats: map[string]int{"extraction": rapid.IntRange(0, 2).Draw(t, "pulled")}}
}

// then is the payment that an estimate would be.
func then(c *plan.Case, e plan.Estimate) plan.Paid {
	p := plan.Paid{Date: c.Expense.Document, Benefit: c.Expense.Benefit, Form: c.Expense.Form, Cents: e.Refund + e.Provider, Days: e.Units, Specialty: c.Expense.Specialty, Treats: map[string]int{}}
	if c.Expense.Form == plan.Subsidy {
		p.Date = c.Expense.Stay.Exit
	}
	for _, l := range c.Expense.Lines {
		p.Treats[l.Treatment]++
	}
	return p
}

func of(t *rapid.T, all []*plan.Plan) *plan.Plan { return rapid.SampledFrom(all).Draw(t, "plan") }

// Refund, provider, own share and other cover make the expense; nothing is below nothing; no limit is passed.
func TestMoneyAddsUpAndNoLimitIsPassed(t *testing.T) { // BEE-07
	all := []*plan.Plan{base(t), eticare(t), third(t)}
	rapid.Check(t, func(t *rapid.T) {
		p := of(t, all)
		c := invented(t, p)
		e := p.Estimate(c)
		if e.Refund < 0 || e.Provider < 0 || e.Share < 0 || e.Units < 0 || e.Refund > 0 && e.Provider > 0 {
			t.Fatalf("%+v", e)
		}
		if !e.Eligible() && (e.Refund+e.Provider > 0 || e.Left != nil || e.Code == plan.OK && e.Outcome != plan.Unknown) {
			t.Fatalf("something is paid of what is not: %+v", e)
		}
		if other := min(c.Expense.Other, c.Expense.Amount); e.Shared && e.Refund+e.Provider+e.Share+other != c.Expense.Amount {
			t.Fatalf("%d + %d + %d + %d is not %d", e.Refund, e.Provider, e.Share, other, c.Expense.Amount)
		}
		after := append(slices.Clone(c.History), then(c, e))
		for _, l := range p.Limits {
			for _, left := range e.Left {
				if left.Limit == l.ID && (left.Value < 0 || left.Value > left.Of) {
					t.Fatalf("%+v", left)
				}
			}
			if spent(p, l, after) > spent(p, l, c.History) && spent(p, l, after) > int64(l.Cents) && l.Cents > 0 && e.Eligible() && e.Refund+e.Provider > 0 {
				t.Fatalf("%s: %d of %d", l.ID, spent(p, l, after), l.Cents)
			}
		}
	})
}

// spent is what a history spends of a limit in money in 2025, reckoned apart from the plan's own code.
func spent(p *plan.Plan, l plan.Limit, history []plan.Paid) int64 {
	var sum int64
	for _, h := range history {
		apart := h.Date.Year - 2025
		if max(apart, -apart) >= max(1, l.Years) || len(l.Forms) > 0 && !slices.Contains(l.Forms, h.Form) {
			continue
		}
		for _, b := range p.Benefits {
			names := slices.Clone(b.Limits)
			for _, f := range b.Forms {
				names = append(names, f.Limits...)
			}
			if b.ID == h.Benefit && slices.Contains(names, l.ID) {
				sum += int64(h.Cents)
			}
		}
	}
	return sum
}

// A later day of sending never pays more. What is for a state that lasts, not for an expense, is left out: it may have to wait.
func TestSendingLaterNeverPaysMore(t *testing.T) {
	all := []*plan.Plan{base(t), eticare(t), third(t)}
	rapid.Check(t, func(t *rapid.T) {
		p := of(t, all)
		c := invented(t, p)
		if c.Expense.Form == plan.Lump {
			return
		}
		early := p.Estimate(c)
		c.Sent = c.Sent.AddDays(rapid.IntRange(1, 200).Draw(t, "later"))
		if late := p.Estimate(c); late.Refund > early.Refund || late.Provider > early.Provider {
			t.Fatalf("%d and %d, later %d and %d", early.Refund, early.Provider, late.Refund, late.Provider)
		}
	})
}

// year draws a year's expenses of one person.
func year(t *rapid.T, p *plan.Plan) []*plan.Case {
	var list []*plan.Case
	for range rapid.IntRange(2, 7).Draw(t, "expenses") {
		c := invented(t, p)
		c.History, c.Insured = nil, plan.Insured{Role: p.Persons.Roles[0], Birth: on("1980-01-01"), Sex: "F", Start: on("2016-01-01")}
		c.Expense.Document, c.Sent = c.Expense.On, c.Expense.On.AddDays(-10)
		list = append(list, c)
	}
	return list
}

// inOrder pays cases one after the other and returns the sum.
func inOrder(p *plan.Plan, cases []*plan.Case) money.Cents {
	var paid []plan.Paid
	var sum money.Cents
	for _, c := range cases {
		one := *c
		one.History = paid
		if e := p.Estimate(&one); e.Eligible() {
			sum += e.Refund + e.Provider
			paid = append(paid, then(&one, e))
		}
	}
	return sum
}

// The order of a year's claims does not change what they pay together. A limit in number pays those that come first, and the
// regulation says so; other cover is set against each document: expenses with either are left out.
func TestTheOrderOfAYearsClaimsDoesNotChangeItsSum(t *testing.T) {
	all := []*plan.Plan{base(t), eticare(t)}
	rapid.Check(t, func(t *rapid.T) {
		p := of(t, all)
		cases := slices.DeleteFunc(year(t, p), func(c *plan.Case) bool {
			return c.Expense.Other > 0 || c.Expense.Form == plan.Lump || counted(p, c)
		})
		if len(cases) == 0 {
			return
		}
		shuffled := rapid.Permutation(cases).Draw(t, "order")
		if a, b := inOrder(p, cases), inOrder(p, shuffled); a != b {
			t.Fatalf("%d in one order, %d in the other", a, b)
		}
	})
}

// counted reports whether a limit in number or days holds for a case.
func counted(p *plan.Plan, c *plan.Case) bool {
	b := p.Benefit(c.Expense.Benefit)
	names := slices.Clone(b.Limits)
	for _, f := range b.Forms {
		if f.Form == c.Expense.Form {
			names = append(names, f.Limits...)
		}
	}
	return len(b.Treatments) > 0 || slices.ContainsFunc(p.Limits, func(l plan.Limit) bool { return slices.Contains(names, l.ID) && l.Cents == 0 })
}

// Treatments of one document are paid no better as documents of their own.
func TestTwoClaimsNeverBeatOne(t *testing.T) {
	p := eticare(t)
	rapid.Check(t, func(t *rapid.T) {
		var lines []plan.Line
		for range rapid.IntRange(2, 8).Draw(t, "lines") {
			lines = append(lines, plan.Line{Treatment: rapid.SampledFrom([]string{"extraction", "filling"}).Draw(t, "treatment"), Amount: money.Cents(rapid.IntRange(1, 9000).Draw(t, "amount"))})
		}
		one := func(lines []plan.Line) *plan.Case {
			c := visit(expense(func(e *plan.Expense) { e.Benefit, e.Affiliated, e.Lines, e.Amount = "dental_care", plan.Yes, lines, 0 }))
			c.Expense.Document = c.Expense.On
			for _, l := range lines {
				c.Expense.Amount += l.Amount
			}
			return c
		}
		cut := rapid.IntRange(1, len(lines)-1).Draw(t, "cut")
		before := history(plan.Paid{Date: on("2025-02-01"), Benefit: "dental_care", Form: plan.Private, Cents: money.Cents(rapid.IntRange(0, 60000).Draw(t, "spent")), Treats: map[string]int{"filling": rapid.IntRange(0, 4).Draw(t, "filled")}})
		whole := one(lines)
		before(whole)
		sum := p.Estimate(whole).Refund
		first, second := one(lines[:cut]), one(lines[cut:])
		before(first)
		before(second)
		e := p.Estimate(first)
		if e.Eligible() {
			second.History = append(slices.Clone(second.History), then(first, e))
		}
		if split := e.Refund + p.Estimate(second).Refund; split > sum {
			t.Fatalf("%d in one claim, %d in two", sum, split)
		}
	})
}

func TestWhatMayComeOutLaterIsWarnedOf(t *testing.T) { // AMB-10, AMB-20, BPB-18
	p := base(t)
	for _, c := range []struct {
		say  string
		c    *plan.Case
		want plan.Warning
		is   bool
	}{
		{"the emergency room's report", ticket(benefit("emergency_room", "Accesso")), plan.EmergencyReport, true},
		{"no other ticket", ticket(), plan.EmergencyReport, false},
		{"a test during a stay", ticket(history(plan.Paid{Date: on("2022-03-04"), Benefit: "hospital_stay", Days: 5})), plan.StayWithRefund, true},
		{"a test after it", ticket(history(plan.Paid{Date: on("2022-02-28"), Benefit: "hospital_stay", Days: 5})), plan.StayWithRefund, false},
		{"a birth nine months after the start", stay(cause(plan.Childbirth), starts("2021-08-01")), plan.PregnancyDoubt, true},
		{"a birth a year after it", stay(cause(plan.Childbirth), starts("2021-05-01")), plan.PregnancyDoubt, false},
	} {
		if e := p.Estimate(c.c); !e.Eligible() || slices.Contains(e.Warnings, c.want) != c.is {
			t.Errorf("%s: %s %v", c.say, e.Outcome, e.Warnings)
		}
	}
}
