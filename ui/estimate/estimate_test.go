package estimate_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/estimate"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

var aPlan = &plan.Plan{Name: "Piano Base", Readings: []plan.Reading{{ID: "AMB-04", Text: "Il giorno non si conta."}}}

// seen is everything that the panel says.
func seen(t *testing.T, e plan.Estimate, a estimate.Actions) string {
	t.Helper()
	test.NewTempApp(t)
	s := estimate.Said{Plan: aPlan, Estimate: e}
	return strings.Join(widget.Words(widget.Column(0, append(estimate.Parts(s, a), estimate.Head(s))...)), "\n")
}

func TestThePanelSaysTheSumHowItWasReckonedAndThatItIsAnEstimate(t *testing.T) { // CLM-49
	day := civil.Date{Year: 2027, Month: 2, Day: 7}
	for name, c := range map[string]struct {
		said plan.Estimate
		want []string
	}{
		"refund": {plan.Estimate{Outcome: plan.Refund, Code: plan.OK, Article: "art. 1.1", Refund: 2892, Share: 723, Shared: true, LastDay: day, Formula: plan.Formula{Base: 3615, Percent: 80}},
			[]string{"Rimborso previsto", "28,92", "80 % di 36,15", "A tuo carico: 7,23", "Art. 1.1", "entro il 7 febbraio 2027"}},
		"capped": {plan.Estimate{Outcome: plan.Refund, Refund: 4000, Formula: plan.Formula{Base: 12000, Percent: 50, Each: 4000}, Warnings: []plan.Warning{plan.CappedEach}},
			[]string{"50 % di 120,00", "al massimo 40,00", "massimo previsto per ogni prestazione"}},
		"days":   {plan.Estimate{Outcome: plan.Subsidise, Refund: 10000, Units: 4, Formula: plan.Formula{Daily: 2500}}, []string{"Sussidio previsto", "25,00\u00a0€ × 4 giorni"}},
		"direct": {plan.Estimate{Outcome: plan.PayDirect, Provider: 6000, Share: 3000, Shared: true, Formula: plan.Formula{Base: 9000, Share: 3000}}, []string{"La mutua paga alla struttura", "60,00", "90,00\u00a0€ meno 30,00"}},
		"refused": {plan.Estimate{Outcome: plan.Reject, Code: plan.WaitingPeriod, Findings: []plan.Finding{{Code: plan.WaitingPeriod, Article: "art. 10.2", Day: day}}},
			[]string{"Non coperta", "Puoi inviare lo stesso", "periodo di attesa", "Si è coperti dal 7 febbraio 2027.", "Art. 10.2"}},
		"paper": {plan.Estimate{Outcome: plan.Integrate, Findings: []plan.Finding{{Code: plan.DocumentMissing, Paper: "p", Name: "lettera di dimissioni"}, {Code: plan.PrescriptionMissing, Doubt: true}}},
			[]string{"Così com’è non si può pagare", "Manca: lettera di dimissioni.", "Da controllare. Serve la ricetta"}},
		"unknown": {plan.Estimate{Outcome: plan.Unknown}, []string{"Non si può ancora dire"}},
	} {
		got := seen(t, c.said, estimate.Actions{})
		for _, want := range append(c.want, "È una stima: decide la mutua.", "Piano Base") {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is not in\n%s", name, want, got)
			}
		}
	}
}

func TestArticlesCuresAndReadingsCanBePressed(t *testing.T) {
	test.NewTempApp(t)
	var opened []string
	e := plan.Estimate{Outcome: plan.Integrate, Readings: []string{"AMB-04"}, Findings: []plan.Finding{{Code: plan.PrescriptionMissing, Article: "art. 1.2"}}}
	parts := widget.Column(0, estimate.Parts(estimate.Said{Plan: aPlan, Estimate: e}, estimate.Actions{
		Article: func(id string) { opened = append(opened, id) },
		Cure: func(f plan.Finding) *widget.Button {
			return widget.NewButton("Aggiungi ricetta", widget.Secondary, func() { opened = append(opened, string(f.Code)) })
		},
		Tell: func(_ string, texts []string) { opened = append(opened, texts...) }})...)
	for _, name := range []string{"Art. 1.2", "Aggiungi ricetta", "Una lettura di un punto poco chiaro"} {
		b, ok := widget.Find(parts, name).(*widget.Button)
		if !ok {
			t.Fatalf("no %q", name)
		}
		test.Tap(b)
	}
	if want := []string{"art. 1.2", "PRESCRIPTION_MISSING", "Il giorno non si conta."}; !slices.Equal(opened, want) {
		t.Errorf("%v", opened)
	}
}

func TestEveryCodeAndWarningHasItsWords(t *testing.T) {
	defer words.Set(words.Italian)
	for _, language := range []string{words.Italian, words.English} {
		words.Set(language)
		for _, c := range codes {
			if !words.Has("plan." + string(c)) {
				t.Errorf("%s: no words for %s", language, c)
			}
		}
		for _, w := range warnings {
			if !words.Has("plan.warning." + string(w)) {
				t.Errorf("%s: no words for %s", language, w)
			}
		}
	}
}

var codes = []plan.Code{plan.PersonNotCovered, plan.NotInPlan, plan.ExcludedBenefit, plan.PrivateNot, plan.FormNotAllowed, plan.BeforeCoverage, plan.Ceased, plan.Suspended,
	plan.Reacquiring, plan.ExcludedCause, plan.PreexistingCode, plan.PregnancyBefore, plan.InjuryBefore, plan.WaitingPeriod, plan.Late, plan.DirectLate, plan.Advance,
	plan.AgeOrSex, plan.NotAffiliated, plan.NotAuthorised, plan.NotEligible, plan.DayHospital, plan.NotAtHome, plan.OutOfWindow, plan.SameStay, plan.TooShort, plan.NotMet,
	plan.AlreadyPaid, plan.Prescriber, plan.Expired, plan.AfterExpense, plan.NotPertinent, plan.Frequency, plan.VisitsExceeded, plan.Exhausted, plan.NotCertified,
	plan.PrescriptionMissing, plan.DiagnosisInvalid, plan.DocumentMissing, plan.DocumentIncomplete, plan.AgeLimit, plan.FamilyIncomplete, plan.Residence}

var warnings = []plan.Warning{plan.CappedEach, plan.CappedAnnual, plan.ExhaustedAfter, plan.ChargesOut, plan.ItemsOut, plan.PartialDays, plan.LastDayWarning, plan.DecemberWarning,
	plan.OtherCover, plan.OldPrescription, plan.NoTerm, plan.EmergencyReport, plan.WeekendTerm, plan.CheapDirect, plan.StayWithRefund, plan.PregnancyDoubt}
