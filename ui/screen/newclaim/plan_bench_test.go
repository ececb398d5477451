//go:build bench

package newclaim

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/claim/claimtest"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
)

// frame is the time of one picture at 60 a second.
const frame = time.Second / 60

// tenYears are forty claims a year that the mutual paid, with three that it has not decided.
func tenYears() []claim.Claim {
	var list []claim.Claim
	for i := range 400 {
		day := testDay.AddDays(-9 * i)
		id := fmt.Sprintf("0%05d", 400-i)
		c := claim.Claim{ID: claim.ID(id), Revision: 1, OpID: id, EditedAt: day.Noon(), Documents: []claim.ExpenseDocument{
			{ID: id + "a", Type: claim.ReceiptSlip, Person: "elena", Service: claim.Visit, Form: plan.Private, Specialty: "Cardiologia", Amount: 20, IssuedOn: day},
			{ID: id + "b", Type: claim.ReceiptSlip, Person: "elena", Service: claim.Exams, Amount: 4615, IssuedOn: day}}}
		if i >= 3 {
			c.Mutual = claim.Standing{State: claim.Paid, Outcomes: []claim.Outcome{{Document: id + "a", State: claim.Approved, Granted: 10}, {Document: id + "b", State: claim.Approved, Granted: 12}}}
		}
		list = append(list, c)
	}
	return list
}

// open shows step 2 of a claim with five documents over a history, with or without a plan.
func open(t *testing.T, plans func() plan.Plans) *Page {
	t.Helper()
	household := member.Household{IBAN: "IT60X0542811101000000123456", Holder: member.Person{ID: "elena", GivenName: "Elena"}, Plan: member.Plan{ID: "eticare-per-me", Name: "Eticare Per Me",
		Covers: []member.Cover{{Person: "elena", Role: string(plan.Member), Start: civil.Date{Year: 2015, Month: 1, Day: 1}}}}}
	vault := claimtest.NewVault(household, nil)
	for _, c := range tenYears() {
		vault.Put(c, nil)
	}
	draft := claim.Claim{ID: "draft", Holder: "elena", Open: true, Step: 2}
	for i := range 5 {
		draft.Documents = append(draft.Documents, claim.ExpenseDocument{ID: strconv.Itoa(i), Type: claim.ReceiptSlip, Person: "elena", Service: claim.Visit, Form: plan.Private,
			Specialty: "Oculistica " + strconv.Itoa(i), IssuedOn: testDay, Amount: money.Cents(1000 + i), Number: "1", Provider: "Studio Verdi", Province: "MI"})
	}
	vault.Put(draft, nil)
	desk := &claim.Desk{Vault: vault, Sealer: claimtest.Sealer{}, Clock: claimtest.NewClock(testDay.Noon())}
	p := New(Needs{Desk: desk, Household: func(context.Context) (member.Household, error) { return household, nil }, Clock: claimtest.NewClock(testDay.Noon()), Plans: plans,
		Retitle: func() {}, Close: func() {}, Runner: runner.NewSynchronous()}, "draft")
	w := test.NewWindow(p.Content())
	t.Cleanup(func() { p.Leave(); w.Close() })
	w.Resize(fyne.NewSize(1280, 800))
	return p
}

// keys is how long a key in the amount takes, the median of many; every key changes what the plan says.
func keys(t *testing.T, p *Page) time.Duration {
	t.Helper()
	amount := p.form.fields[claim.FieldAmount].(*widget.MoneyEntry)
	took := make([]time.Duration, 60)
	for i := range took {
		start := time.Now()
		amount.SetText(fmt.Sprintf("%d,%02d", 20+i%40, i))
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	return took[len(took)/2]
}

// TestBenchAKeyAndWhatThePlanSays measures a key in the claim form until the panel says the new amount, with a history of ten years,
// against the same key in a form whose plan is not known.
func TestBenchAKeyAndWhatThePlanSays(t *testing.T) { // UX section 4
	test.NewTempApp(t)
	theme.Use(theme.Settings{Look: theme.Light, Text: 100})
	plans, err := plan.LoadAll(assets.Plans())
	if err != nil {
		t.Fatal(err)
	}
	known := open(t, func() plan.Plans { return plans })
	if a := known.plan.answer(); !a.Said.Eligible() || a.Said.Refund == 0 {
		t.Fatalf("%+v", a.Said)
	}
	ours, bare := keys(t, known), keys(t, open(t, nil))
	start := time.Now()
	const asks = 200
	for range asks {
		known.m.Answers()
	}
	asked := time.Since(start) / asks
	verdict := "reached"
	if ours > frame {
		verdict = "missed"
	}
	fmt.Printf("BENCH\tclaim form: keystroke to what the plan says, ten years of claims\t%.2f\t<= 16ms\t%s\tours %v, without a plan %v, of it asking the plan %v\n",
		float64(ours)/float64(bare), verdict, ours.Round(time.Microsecond), bare.Round(time.Microsecond), asked.Round(time.Microsecond))
}
