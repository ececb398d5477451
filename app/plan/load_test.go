package plan_test

import (
	"bytes"
	"errors"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/plan"
)

func TestEveryPlanThatComesWithTheProgramIsRead(t *testing.T) { // PLN-02
	all := plans(t)
	for _, code := range []string{"PIANO_BASE_2019", "ETICARE_PER_ME_2025", "CESARE_POZZO", "MANTOVA_SALUS"} {
		if all.Code(code) == nil {
			t.Errorf("no %s", code)
		}
	}
	if len(all) != 4 {
		t.Errorf("%d plans", len(all))
	}
}

// third reads the plan of an invented mutual.
func third(t testing.TB) *plan.Plan {
	t.Helper()
	data, err := os.ReadFile("testdata/third.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(string(data), "\n"); lines >= 100 {
		t.Errorf("%d lines", lines)
	}
	p, err := plan.Load("third.yaml", data)
	if err != nil {
		t.Fatalf("%#v", err)
	}
	return p
}

// A plan that no code knows does what its text says.
func TestAThirdPlanBehavesAsItsTextSays(t *testing.T) {
	session := func(change ...func(*plan.Case)) *plan.Case {
		return with(plan.Case{Insured: plan.Insured{Role: plan.Spouse, Start: on("2026-01-01")}, Sent: on("2026-06-10"),
			Expense: plan.Expense{Benefit: "physiotherapy", Form: plan.Private, Cause: plan.Illness, On: on("2026-06-01"), Amount: 4000,
				Prescribed: plan.Prescribed{There: plan.Yes, On: on("2026-05-01"), Issuer: "MMG", Diagnosis: "artrosi"}}}, change)
	}
	rescued := func(change ...func(*plan.Case)) *plan.Case {
		return session(append([]func(*plan.Case){func(c *plan.Case) {
			c.Expense = plan.Expense{Benefit: "rescue", Form: plan.Lump, Cause: plan.Injury, On: on("2026-06-01"), Papers: map[plan.Paper]plan.Answer{"rescue_report": plan.Yes}}
		}}, change...)...)
	}
	ask(t, third(t), []answer{
		pays("70 %", session(), 2800, "art. 8"),
		pays("at most € 35", session(amount(9000)), 3500, ""),
		pays("€ 400 a year", session(history(paid("2026-02-01", "physiotherapy", plan.Directly, 39000))), 1000, ""),
		refused("none left", session(history(paid("2026-02-01", "physiotherapy", plan.Directly, 40000))), plan.Exhausted, "art. 8"),
		provider("directly", session(direct, sent("2026-05-22")), 3000, "art. 8"),
		refused("five working days, and 2 June is none", session(direct, service("2026-06-08"), sent("2026-06-01")), plan.DirectLate, "art. 6"),
		refused("sixty days", session(starts("2026-04-03")), plan.WaitingPeriod, "art. 3"),
		pays("the sixtieth", session(starts("2026-04-02")), 2800, ""),
		pays("an injury at once", session(starts("2026-06-01"), hurt("2026-06-01", plan.Yes)), 2800, ""),
		refused("an avalanche", session(benefit("physiotherapy", "Esiti di valanga")), plan.ExcludedCause, "art. 4"),
		refused("thirty-one days", session(sent("2026-07-02")), plan.Late, "art. 5"),
		pays("December until the end of January", session(service("2026-12-20"), sent("2027-01-31"), expense(func(e *plan.Expense) { e.Prescribed.On = on("2026-12-01") })), 2800, "art. 5"),
		refused("91 days", session(expense(func(e *plan.Expense) { e.Prescribed.On = on("2026-03-02") })), plan.Expired, "art. 7"),
		refused("a child", session(func(c *plan.Case) { c.Insured.Role = plan.Child }), plan.PersonNotCovered, "art. 1"),
		refused("no visits", session(benefit("specialist_visit", "Visita")), plan.NotInPlan, "art. 2"),
		{say: "rescue", c: rescued(), outcome: plan.Subsidise, code: plan.OK, refund: 30000, article: "art. 9"},
		refused("no report", rescued(expense(func(e *plan.Expense) { e.Papers = map[plan.Paper]plan.Answer{"rescue_report": plan.No} })), plan.DocumentMissing, "art. 9"),
		refused("three in two years", rescued(history(paid("2025-02-01", "rescue", plan.Lump, 30000), paid("2026-02-01", "rescue", plan.Lump, 30000))), plan.Exhausted, "art. 9"),
		{say: "ten nights", c: session(func(c *plan.Case) {
			c.Expense = plan.Expense{Benefit: "stay", Form: plan.Subsidy, Cause: plan.Illness, Stay: plan.Stay{Entry: on("2026-05-20"), Exit: on("2026-06-05")}}
		}), outcome: plan.Subsidise, code: plan.OK, refund: 40000, units: 10, article: "art. 10"},
	})
	if a, ok := third(t).Fee(plan.FeeCase{Event: plan.Joins, Asked: on("2026-10-05"), Persons: []plan.FeePerson{{Role: plan.Holder}, {Role: plan.Spouse}}}); !ok || told(a) != "2026-11-01–2026-12-31 2 5400+1000: 6400" {
		t.Errorf("%s", told(a))
	}
	if a := third(t).Join(plan.JoinCase{Person: plan.Joiner{Birth: on("1960-11-01")}, Asked: on("2026-10-05")}); a.Code != plan.AgeLimit {
		t.Errorf("%+v", a)
	}
}

// A broken plan is refused at its line with what was expected.
func TestABrokenPlanSaysWhereAndWhatWasExpected(t *testing.T) {
	data, err := os.ReadFile("testdata/third.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		old, new string
		code     fault.Code
		says     string // in Problem, Key or Expected
	}{
		{"percent: 70, each", "percent: 170, each", plan.CodeValue, "a number from 0 to 100"},
		{"percent: 70, each", "percent: 70.5, each", plan.CodeFile, "a whole number is expected"},
		{"percent: 70, each", "per_cent: 70, each", plan.CodeFile, `unknown key "per_cent"`},
		{"percent: 70, each", "percent: 70, sum: 5, each", plan.CodeValue, "one of percent, direct, daily and sum"},
		{"{ id: nights, name: Notti, days: 10, article: art. 10 }", "{ id: nights, name: Notti, days: 10, article: art. 11 }", plan.CodeValue, "an article of this file"},
		{"limits: [care]", "limits: [cares]", plan.CodeValue, `limits of this file, not "cares"`},
		{"rule: paper, paper: rescue_report", "rule: papers, paper: rescue_report", plan.CodeValue, "one of [acts affiliated"},
		{"rule: paper, paper: rescue_report, name: verbale del soccorso", "rule: paper, name: verbale del soccorso", plan.CodeValue, "for paper exactly these: paper name"},
		{"from: document", "from: invoice", plan.CodeValue, "one of [service document]"},
		{"causes: [injury]", "causes: [accident]", plan.CodeValue, "one of [illness injury"},
		{"words: [valanga]", "words: [Valanga]", plan.CodeValue, "lower case letters without accents"},
		{"id: montagna", "id: \"Montagna!\"", plan.CodeValue, "lower-case letters"},
		{"start: art. 1\n", "", plan.CodeMissing, "start"},
		{"from: 2026-01-01", "from: 2026-02-30", plan.CodeFile, "a date is expected"},
		{"until: 2026-12-31", "until: 2025-12-31", plan.CodeValue, "a day not before from"},
		{"cents: 40000, article: art. 8", "cents: 40000, reading: AMB-01, article: art. 8", plan.CodeValue, "a reading of this file"},
		{"area: Soccorso\n", "area: Soccorso\n    area: Soccorso\n", plan.CodeFile, "is written twice"},
		{"december: { month: 1, day: 31 }", "december: { month: 13, day: 31 }", plan.CodeValue, "a month and a day"},
		{"form: direct, direct: { cents: 1000 }", "form: private, direct: { cents: 1000 }", plan.CodeValue, "in the direct form only"},
		{"id: stay\n", "id: rescue\n", plan.CodeValue, "an id of its own"},
	} {
		broken := strings.Replace(string(data), c.old, c.new, 1)
		if broken == string(data) {
			t.Fatalf("%q is not in the file", c.old)
		}
		_, err := plan.Load("broken.yaml", []byte(broken))
		var f *fault.Error
		if !errors.As(err, &f) || f.Code != c.code {
			t.Errorf("%q: %v", c.new, err)
			continue
		}
		said := f.Values["Problem"] + f.Values["Key"] + " " + f.Values["Expected"]
		name, line, _ := strings.Cut(f.Item, ":")
		before, _, _ := bytes.Cut(data, []byte(c.old))
		at := bytes.Count(before, []byte("\n")) + 1
		if n, err := strconv.Atoi(line); err != nil || name != "broken.yaml" || !strings.Contains(said, c.says) || c.new != "" && (n < at-4 || n > at+1) {
			t.Errorf("%q at line %d: %s says %q", c.new, at, f.Item, said)
		}
	}
}

func TestTheEditionInForceOnADayAnswers(t *testing.T) { // PLN-05, AMB-87
	files := files(t)
	old := strings.NewReplacer("code: ETICARE_PER_ME_2025", "code: ETICARE_PER_ME_2026", "from: 2025-01-01", "from: 2026-01-01", "percent: 50, each: 4000", "percent: 40, each: 4000").Replace(string(files["eticare-per-me-2025"]))
	files["eticare-per-me-2026"] = []byte(old)
	all, err := plan.LoadAll(files)
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]string{"2024-12-31": "", "2025-01-01": "ETICARE_PER_ME_2025", "2025-12-31": "ETICARE_PER_ME_2025", "2026-01-01": "ETICARE_PER_ME_2026", "2031-01-01": "ETICARE_PER_ME_2026"} {
		got := ""
		if p := all.On("eticare-per-me", on(day)); p != nil {
			got = p.Code
		}
		if got != want {
			t.Errorf("%s: %q, want %q", day, got, want)
		}
	}
	if third(t).Until != on("2026-12-31") || plan.Plans([]*plan.Plan{third(t)}).On("montagna", on("2027-01-01")) != nil {
		t.Error("a plan answers after its end")
	}
	files["copy"] = files["eticare-per-me-2025"]
	if _, err := plan.LoadAll(files); fault.CodeOf(err) != plan.CodeValue {
		t.Errorf("two files of one edition: %v", err)
	}
}

// No file makes the loader panic, and what it accepts answers every case without a panic.
func FuzzLoad(f *testing.F) {
	data, err := os.ReadFile("testdata/third.yaml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte("id: x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := plan.Load("fuzz.yaml", data)
		if err != nil {
			if c := fault.CodeOf(err); c != plan.CodeFile && c != plan.CodeMissing && c != plan.CodeValue {
				t.Fatalf("%v", err)
			}
			return
		}
		for _, c := range []*plan.Case{ticket(), stay(), visit()} {
			for _, b := range append([]plan.Benefit{{ID: c.Expense.Benefit}}, p.Benefits...) {
				c.Expense.Benefit = b.ID
				e := p.Estimate(c)
				if e.Refund < 0 || e.Provider < 0 || e.Share < 0 {
					t.Fatalf("%+v", e)
				}
			}
		}
		p.Waiting(ticket().Insured, civil.Date{})
	})
}
