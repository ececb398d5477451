package plan_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/plan"
)

const folder = "../../assets/plans"

func files(t testing.TB) map[string][]byte {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no plans: %v", err)
	}
	found := map[string][]byte{}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		found[strings.TrimSuffix(filepath.Base(path), ".yaml")] = data
	}
	return found
}

func plans(t testing.TB) plan.Plans {
	t.Helper()
	all, err := plan.LoadAll(files(t))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func base(t testing.TB) *plan.Plan    { return plans(t).Code("PIANO_BASE_2019") }
func eticare(t testing.TB) *plan.Plan { return plans(t).Code("ETICARE_PER_ME_2025") }

// on reads a day; a text that is none stops the test.
func on(text string) civil.Date {
	var d civil.Date
	if err := d.UnmarshalText([]byte(text)); err != nil {
		panic(text)
	}
	return d
}

// ticket is a blood test with its ticket, covered by Piano Base.
func ticket(change ...func(*plan.Case)) *plan.Case {
	return with(plan.Case{
		Insured: plan.Insured{Role: plan.Holder, Birth: on("1980-05-05"), Sex: "F", Start: on("2021-01-01")},
		Expense: plan.Expense{Benefit: "lab_tests", Form: plan.Ticket, Cause: plan.Illness, Service: "Esami del sangue", On: on("2022-03-01"), Amount: 3615,
			Prescribed: plan.Prescribed{There: plan.Yes, On: on("2022-02-20"), Issuer: "MMG", Diagnosis: "gastrite"}},
		Sent: on("2022-03-15"),
	}, change)
}

// stay is a week in hospital, covered by Piano Base.
func stay(change ...func(*plan.Case)) *plan.Case {
	return with(plan.Case{
		Insured: plan.Insured{Role: plan.Holder, Birth: on("1980-05-05"), Start: on("2021-01-01")},
		Expense: plan.Expense{Benefit: "hospital_stay", Form: plan.Subsidy, Cause: plan.Illness, Stay: plan.Stay{Entry: on("2022-05-04"), Exit: on("2022-05-11"), SSN: true},
			Papers: map[plan.Paper]plan.Answer{plan.DischargeLetter: plan.Yes}},
		Sent: on("2022-06-01"),
	}, change)
}

// visit is a private orthopaedic visit, covered by Eticare.
func visit(change ...func(*plan.Case)) *plan.Case {
	return with(plan.Case{
		Insured: plan.Insured{Role: plan.Member, Category: "socio", Birth: on("1975-03-20"), Sex: "F", Start: on("2025-01-01")},
		Expense: plan.Expense{Benefit: "specialist_visit", Form: plan.Private, Cause: plan.Illness, Service: "Visita ortopedica", Specialty: "ortopedia",
			On: on("2025-11-12"), Amount: 6000, Prescribed: plan.Prescribed{There: plan.Yes, On: on("2025-10-20"), Issuer: "MMG", Diagnosis: "gonartrosi"}},
		Sent: on("2025-12-02"),
	}, change)
}

func with(c plan.Case, change []func(*plan.Case)) *plan.Case {
	for _, f := range change {
		f(&c)
	}
	return &c
}

// expense changes the expense of a case.
func expense(f func(*plan.Expense)) func(*plan.Case) { return func(c *plan.Case) { f(&c.Expense) } }

// direct makes a private expense one in direct form, authorised, at an affiliated provider.
func direct(c *plan.Case) {
	c.Expense.Form, c.Expense.Affiliated, c.Expense.Doctor, c.Expense.Authorised = plan.Directly, plan.Yes, plan.Yes, plan.Yes
	c.Sent = on("2025-11-03")
}

func history(list ...plan.Paid) func(*plan.Case) { return func(c *plan.Case) { c.History = list } }

func sent(day string) func(*plan.Case) { return func(c *plan.Case) { c.Sent = on(day) } }

func starts(day string) func(*plan.Case) { return func(c *plan.Case) { c.Insured.Start = on(day) } }

// answer is what is expected of a case.
type answer struct {
	say             string // what the case shows, with its requirement
	c               *plan.Case
	outcome         plan.Outcome
	code            plan.Code
	refund, own     int64 // cents
	provider, units int64
	article         string
}

func ask(t *testing.T, p *plan.Plan, cases []answer) {
	t.Helper()
	for _, a := range cases {
		t.Run(a.say, func(t *testing.T) {
			e := p.Estimate(a.c)
			if e.Outcome != a.outcome || e.Code != a.code || int64(e.Refund) != a.refund || int64(e.Provider) != a.provider || int64(e.Share) != a.own || int64(e.Units) != a.units {
				t.Errorf("%s %s, refund %d, provider %d, own %d, units %d\nwant %s %s, %d, %d, %d, %d\n%+v", e.Outcome, e.Code, e.Refund, e.Provider, e.Share, e.Units,
					a.outcome, a.code, a.refund, a.provider, a.own, a.units, e.Findings)
			}
			if a.article != "" && e.Article != a.article {
				t.Errorf("cites %q, not %q", e.Article, a.article)
			}
			if p.Article(e.Article) == nil {
				t.Errorf("cites %q, which the plan does not have", e.Article)
			}
			for _, r := range e.Readings {
				if p.Reading(r) == "" {
					t.Errorf("rests on %s, which the plan does not explain", r)
				}
			}
		})
	}
}
