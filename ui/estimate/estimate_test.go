package estimate_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/entitlement"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/ui/estimate"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

func day(y, m, d int) civil.Date { return civil.Date{Year: y, Month: time.Month(m), Day: d} }

var today = day(2026, 11, 16)

func source(t testing.TB, id string) entitlement.Source {
	t.Helper()
	plans, err := plan.LoadAll(assets.Plans())
	if err != nil {
		t.Fatal(err)
	}
	return entitlement.Source{Plans: plans, Today: today, Household: member.Household{Holder: member.Person{ID: "elena"}, Plan: member.Plan{ID: id,
		Covers: []member.Cover{{Person: "elena", Role: map[string]string{"piano-base": "titolare", "eticare-per-me": "aderente"}[id], Start: day(2026, 1, 1)}}}}}
}

func visit(change func(*claim.ExpenseDocument)) claim.ExpenseDocument {
	d := claim.ExpenseDocument{ID: "1", Type: claim.ReceiptSlip, Person: "elena", Service: claim.Visit, Amount: 3615, IssuedOn: day(2026, 11, 9)}
	change(&d)
	return d
}

func inBoth(t *testing.T, do func(t *testing.T)) {
	t.Cleanup(func() { words.Set(words.Italian) })
	for _, language := range []string{words.Italian, words.English} {
		words.Set(language)
		t.Run(language, do)
	}
}

// CLM-49: whatever the plan finds is said in words, and no code and no gap is left in them.
func TestEveryCodeAndWarningHasASentenceInBothLanguages(t *testing.T) {
	inBoth(t, func(t *testing.T) {
		for _, code := range plan.Codes() {
			for _, f := range []plan.Finding{{Code: code}, {Code: code, Name: "Visite", Doubt: true}, {Code: code, Day: today}, {Code: code, Name: "Visite"}, {Code: code, Name: "Visite", Day: today}} {
				said := estimate.Sentence(f)
				if said == "plan."+string(code) || strings.Contains(said, string(code)) && code != plan.OK || strings.Contains(said, "{") {
					t.Errorf("%+v: %q", f, said)
				}
			}
		}
		for _, w := range plan.Warnings() {
			if !words.Has("plan.warning." + string(w)) {
				t.Errorf("%s has no words", w)
			}
		}
		for _, why := range []estimate.Why{estimate.NoPlan, estimate.NoPerson, estimate.NoCover, estimate.NoExpense, estimate.NoService, estimate.OtherThing,
			estimate.NoDays, estimate.Visits, estimate.Conditions, estimate.Accompanies, estimate.Foreign} {
			if !words.Has("plan.why." + string(why)) {
				t.Errorf("%s has no words", why)
			}
		}
	})
}

// UX section 4: one word for each outcome, and a reason where there is none.
func TestEachAnswerHasItsVerdictAndItsReason(t *testing.T) {
	base, eticare := "piano-base", "eticare-per-me"
	stay := func(d *claim.ExpenseDocument) { d.Service, d.Amount = claim.HospStay, 0 }
	for name, c := range map[string]struct {
		plan    string
		d       claim.ExpenseDocument
		verdict estimate.Verdict
		why     estimate.Why
	}{
		"a ticket":          {base, visit(func(*claim.ExpenseDocument) {}), estimate.Covered, estimate.None},
		"paid privately":    {base, visit(func(d *claim.ExpenseDocument) { d.Form = plan.Private }), estimate.NotCovered, estimate.None},
		"more than the cap": {eticare, visit(func(d *claim.ExpenseDocument) { d.Form, d.Amount = plan.Private, 15000 }), estimate.Partly, estimate.None},
		"a diagnosis of no use": {base, visit(func(d *claim.ExpenseDocument) {
			d.Diagnosis, d.Attachments = "controllo", []claim.Attachment{{Role: claim.Prescription}}
		}), estimate.Open, estimate.None},
		"nothing chosen":      {base, visit(func(d *claim.ExpenseDocument) { d.Service = "" }), estimate.Open, estimate.NoService},
		"something else":      {base, visit(func(d *claim.ExpenseDocument) { d.Service = claim.OtherCare }), estimate.Open, estimate.OtherThing},
		"nobody chosen":       {base, visit(func(d *claim.ExpenseDocument) { d.Person = "" }), estimate.Open, estimate.NoPerson},
		"a birth certificate": {base, visit(func(d *claim.ExpenseDocument) { d.Type, d.Service = claim.BirthCertificate, "" }), estimate.Open, estimate.NoExpense},
		"a stay without days": {base, visit(stay), estimate.Open, estimate.NoDays},
		"care at home":        {base, visit(func(d *claim.ExpenseDocument) { d.Service, d.Benefit = claim.OtherCare, "post_hospital" }), estimate.Open, estimate.Visits},
		"in francs":           {base, visit(func(d *claim.ExpenseDocument) { d.Currency, d.Amount, d.Foreign = "CHF", 0, 5000 }), estimate.Open, estimate.Foreign},
		"another plan":        {"elsewhere", visit(func(*claim.ExpenseDocument) {}), estimate.Open, estimate.NoPlan},
	} {
		if got := estimate.Ask(source(t, c.plan), c.d, today); got.Verdict() != c.verdict || got.Why != c.why {
			t.Errorf("%s: %s %s", name, got.Verdict(), got.Why)
		}
	}
	s := source(t, base)
	s.Household.Plan.Covers[0].Start = day(2010, 1, 1)
	lump := visit(func(d *claim.ExpenseDocument) { d.Service, d.Benefit = claim.OtherCare, "non_self_sufficiency" })
	if got := estimate.Ask(s, lump, today); got.Verdict() != estimate.Open || got.Why != estimate.Conditions {
		t.Errorf("a lump sum on conditions: %s %s", got.Verdict(), got.Why)
	}
	s.Household.Plan.Covers = nil
	if got := estimate.Ask(s, visit(func(*claim.ExpenseDocument) {}), today); got.Why != estimate.NoCover {
		t.Errorf("nobody said who is covered: %s", got.Why)
	}
}

// CLM-49, CLM-50: problems stand first; every line that rests on an article names one that the plan has.
func TestProblemsStandFirstAndEveryLineHasAnArticleOfThePlan(t *testing.T) {
	for name, c := range map[string]struct {
		plan string
		d    claim.ExpenseDocument
		want []widget.Tone
	}{
		"a missing prescription":        {"piano-base", visit(func(*claim.ExpenseDocument) {}), []widget.Tone{widget.ToneCareful, widget.ToneGood, widget.ToneGood, widget.ToneGood, widget.Calm}},
		"too late, and no prescription": {"piano-base", visit(func(d *claim.ExpenseDocument) { d.IssuedOn = day(2026, 6, 1) }), []widget.Tone{widget.ToneBad}},
	} {
		a := estimate.Ask(source(t, c.plan), c.d, today)
		var got []widget.Tone
		for _, k := range a.Checks() {
			got = append(got, k.Tone)
			if a.Plan.Article(k.Article) == nil || k.Source == "" || k.Reading != "" && a.Plan.Reading(k.Reading) == "" {
				t.Errorf("%s: %+v", name, k)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTheFormulaIsThatOfTheAmount(t *testing.T) {
	stay := visit(func(d *claim.ExpenseDocument) {
		d.Type, d.Service, d.Amount, d.Admitted, d.Discharged, d.IssuedOn = claim.HospitalCertificate, claim.HospStay, 0, day(2026, 11, 2), day(2026, 11, 6), day(2026, 11, 6)
		d.Attachments = []claim.Attachment{{Role: claim.DischargeLetter}}
	})
	for want, c := range map[string]struct {
		plan string
		d    claim.ExpenseDocument
	}{
		"80\u00a0% di 36,15\u00a0€":                           {"piano-base", visit(func(*claim.ExpenseDocument) {})},
		"25,00\u00a0€ × 4 giorni":                             {"piano-base", stay},
		"50\u00a0% di 150,00\u00a0€, al massimo 40,00\u00a0€": {"eticare-per-me", visit(func(d *claim.ExpenseDocument) { d.Form, d.Amount = plan.Private, 15000 })},
		"2 trattamenti, al massimo 50,00\u00a0€ ciascuno": {"eticare-per-me", visit(func(d *claim.ExpenseDocument) {
			d.Service, d.Benefit, d.Form, d.Amount = claim.OtherCare, "dental_care", plan.Private, 13000
			d.Treatments = []claim.Treatment{{ID: "extraction", Amount: 6500}, {ID: "extraction", Amount: 6500}}
		})},
		"80\u00a0% di quello che hai pagato: scrivi l’importo":      {"piano-base", visit(func(d *claim.ExpenseDocument) { d.Amount = 0 })},
		"80\u00a0% di 36,15\u00a0€, poi ridotto come scritto sotto": {"piano-base", visit(func(d *claim.ExpenseDocument) { d.Cover = claim.Cover{Answer: claim.CoverPaid, Amount: 3000} })},
	} {
		if got := estimate.Ask(source(t, c.plan), c.d, today).Formula(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// CLM-49: the text of an article is read offline, and copied; where it is unclear, how it is read is said.
func TestPressingALineOpensTheTextOfItsArticle(t *testing.T) {
	test.NewTempApp(t)
	theme.Use(theme.Settings{Look: theme.Light, Text: 100})
	card := estimate.NewCard()
	w := test.NewWindow(card.Root)
	defer w.Close()
	a := estimate.Ask(source(t, "piano-base"), visit(func(d *claim.ExpenseDocument) { d.IssuedOn = day(2026, 6, 1) }), today)
	open := func(article, reading string) { estimate.ShowArticle(w.Canvas(), a.Plan, article, reading) }
	none := func(plan.Finding) (string, func()) { return "", nil }
	if !card.Show(a, open, none) || card.Show(a, open, none) {
		t.Fatal("the panel changes when it says something else, and only then")
	}
	open(a.Checks()[0].Article, a.Checks()[0].Reading)
	sheet, ok := w.Canvas().Overlays().Top().(*widget.Sheet)
	if !ok {
		t.Fatal("no article")
	}
	said := strings.Join(textsIn(sheet), "\n")
	for _, want := range []string{"Articolo 14.2", a.Plan.Article("art. 14.2").Text, a.Plan.Reading("AMB-09")} {
		if !strings.Contains(said, want) {
			t.Errorf("not shown: %q", want)
		}
	}
	sheet.Close()
	open("art. 999", "")
	if w.Canvas().Overlays().Top() != nil {
		t.Error("an article that is not there opens nothing")
	}
}

func textsIn(o *widget.Sheet) []string {
	var list []string
	widget.Walk(o, func(part fyne.CanvasObject) bool {
		if text, ok := part.(*widget.Text); ok {
			list = append(list, text.Plain())
		}
		return true
	})
	return list
}

// In direct form the term is that of the authorisation, so many working days before the appointment (BKG-14).
func TestDirectFormHasATermOfItsOwn(t *testing.T) {
	d := visit(func(d *claim.ExpenseDocument) {
		d.Form, d.Amount, d.IssuedOn, d.Attachments = plan.Directly, 9000, day(2026, 12, 10), []claim.Attachment{{Role: claim.Prescription}}
		d.Diagnosis, d.PrescribedOn = "gonartrosi", day(2026, 11, 1)
	})
	got := estimate.Ask(source(t, "eticare-per-me"), d, today)
	var said []string
	for _, c := range got.Checks() {
		said = append(said, c.Text+" | "+c.Source)
	}
	all := strings.Join(said, "\n")
	if !strings.Contains(all, "chiedi l’autorizzazione entro il 4 dicembre 2026") || !strings.Contains(all, "3 giorni lavorativi prima, «assistenza in forma diretta»") || strings.Contains(all, "indiretta") {
		t.Errorf("%s", all)
	}
}
