package newclaim_test

import (
	"slices"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	household "github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/words"
)

// underEticare is a member of Eticare Per Me at step 2.
func underEticare(t *testing.T) *member {
	t.Helper()
	m := sit(t, settings.Default)
	m.SetHousehold(func(h *household.Household) {
		h.Plan = household.Plan{ID: "eticare-per-me", Active: true, Covers: []household.Cover{{Person: h.Holder.ID, Role: string(plan.Member), Category: "socio",
			Start: civil.Date{Year: 2025, Month: 1, Day: 1}}}}
	})
	m.start()
	m.press("newclaim.continue")
	m.see("newclaim.drop.title")
	return m
}

// ofLenses and ofLoss are the fields that only some benefits ask for.
var (
	ofLenses = []string{claim.FieldLens, claim.FieldSightOn, claim.FieldSightIssuer, claim.FieldSight}
	ofLoss   = []string{claim.FieldActs, claim.FieldLossSince, claim.FieldPermanent}
)

// asks checks which of the fields are seen.
func (m *member) asks(benefit string, wanted ...string) {
	m.t.Helper()
	m.pick(claim.FieldService, benefit)
	for _, f := range slices.Concat(ofLenses, ofLoss, []string{claim.FieldTreatments}) {
		if seen := m.Sees(field(f)); seen != slices.Contains(wanted, f) {
			m.t.Errorf("%s: %s is seen: %v", benefit, f, seen)
		}
	}
}

func TestOnlyTheBenefitsWhoseConditionsNeedItAskForMore(t *testing.T) { // CLM-49, BEE-14, BEE-21, BPB-24
	m := underEticare(t)
	m.asks("Visite specialistiche")
	m.asks("Lenti", ofLenses...)
	m.asks("Cure odontoiatriche", claim.FieldTreatments)
	m.asks("Presidi sanitari")
	base := atDocuments(t)
	base.asks("Sostegno alla perdita dell'autosufficienza", ofLoss...)
	base.asks("Visite specialistiche")
}

func second(key string) string { return words.T(key, "N", 2) }

func TestTreatmentsAreTypedLineByLineAndStayAfterReopening(t *testing.T) { // BEE-14, CLM-49
	m := underEticare(t)
	const extraction = "Avulsione semplice o complessa"
	m.pick(claim.FieldService, "Cure odontoiatriche")
	m.fill(claim.FieldAmount, "130,00")
	m.pick(claim.FieldTreatments, extraction)
	m.seeText(words.Money(5000)) // alone it has the whole amount, of which at most 50 € are paid
	m.ok(m.Choose(second("newclaim.field.treatment.more"), extraction))
	m.ok(m.Fill(words.T("newclaim.field.cost", "N", 1), "65,00"))
	m.ok(m.Fill(second("newclaim.field.cost"), "65,00"))
	m.seeText(words.Money(10000))
	two := []claim.Treatment{{ID: "extraction", Amount: 6500}, {ID: "extraction", Amount: 6500}}
	draft := m.stored("both treatments", func(c claim.Claim) bool { return slices.Equal(c.Documents[0].Treatments, two) })

	m.press("newclaim.undo")
	m.stored("one cost taken back", func(c claim.Claim) bool { return c.Documents[0].Treatments[1].Amount == 0 })
	m.press("newclaim.redo")
	m.stored("and given again", func(c claim.Claim) bool { return slices.Equal(c.Documents[0].Treatments, two) })

	m.press("newclaim.close.saved")
	m.Shell.Go(desktop.Place{Screen: desktop.NewClaim, ID: string(draft.ID)})
	m.seeText(words.Money(10000))
	m.ok(m.Choose(second("newclaim.field.treatment.more"), words.T("plan.ask.treatment.none")))
	m.stored("one is left", func(c claim.Claim) bool {
		return slices.Equal(c.Documents[0].Treatments, []claim.Treatment{{ID: "extraction"}})
	})
}

func TestLensesAndTheirCertificateAreSaidAndStayAfterReopening(t *testing.T) { // BEE-21, CLM-49
	m := underEticare(t)
	m.pick(claim.FieldService, "Lenti")
	m.pick(claim.FieldForm, words.T("newclaim.form.private"))
	m.fill(claim.FieldAmount, "140,00")
	m.fill(claim.FieldIssued, "09/11/2026")
	m.pick(claim.FieldLens, words.T("plan.lens.glasses"))
	m.fill(claim.FieldSightOn, "01/10/2026")
	m.pick(claim.FieldSightIssuer, "Oculista")
	m.pick(claim.FieldSight, words.T("plan.ask.yes"))
	m.seeText(words.Money(7000))
	want := claim.Sight{On: civil.Date{Year: 2026, Month: 10, Day: 1}, Issuer: "oculista", Changed: claim.SaidYes}
	draft := m.stored("lenses", func(c claim.Claim) bool {
		return c.Documents[0].Lens == "glasses" && c.Documents[0].Sight == want
	})
	m.press("newclaim.close.saved")
	m.Shell.Go(desktop.Place{Screen: desktop.NewClaim, ID: string(draft.ID)})
	m.seeText(words.Money(7000))
	m.pick(claim.FieldLens, words.T("plan.lens.daily"))
	m.see("plan.outcome.not")
}

func TestTheLumpSumIsToldWhenItsConditionsAreSaid(t *testing.T) { // BPB-23, BPB-24
	m := sit(t, settings.Default)
	m.SetHousehold(func(h *household.Household) {
		h.Plan.Covers[0].Start = civil.Date{Year: 2010, Month: 1, Day: 1}
	})
	m.start()
	m.press("newclaim.continue")
	m.see("newclaim.drop.title")
	m.pick(claim.FieldService, "Sostegno alla perdita dell'autosufficienza")
	m.fill(claim.FieldIssued, "09/11/2026")
	sum := words.Money(money.Cents(250000))
	for _, act := range []string{"Lavarsi", "Spostarsi", "Nutrirsi"} {
		m.ok(m.Press(act))
	}
	m.fill(claim.FieldLossSince, "01/03/2026")
	if m.Sees(sum) {
		t.Error("promised before it is said that it is permanent")
	}
	m.pick(claim.FieldPermanent, words.T("plan.ask.yes"))
	m.seeText(sum)
	m.stored("the loss", func(c claim.Claim) bool {
		return slices.Equal(c.Documents[0].Loss.Acts, []string{"nutrirsi", "lavarsi", "spostarsi"}) && c.Documents[0].Loss.Permanent == claim.SaidYes
	})
}
