package newclaim

import (
	"slices"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/ui/widget"
)

// under is a draft of a household with a plan.
func under(t *testing.T, id string, d claim.ExpenseDocument) *model {
	t.Helper()
	plans, err := plan.LoadAll(assets.Plans())
	if err != nil {
		t.Fatal(err)
	}
	m := newTestModel(d)
	m.plans = plans
	m.Household.Plan = member.Plan{ID: id, Covers: []member.Cover{{Person: "elena", Start: civil.Date{Year: 2025, Month: 1, Day: 1}}}}
	return m
}

func has(list []widget.Option, value string) bool {
	return slices.ContainsFunc(list, func(o widget.Option) bool { return o.Value == value })
}

func TestServicesAreThoseOfThePlanInItsNamesAndWhatOldDraftsHoldStays(t *testing.T) { // CLM-10, CLM-49
	m := under(t, "eticare-per-me", claim.ExpenseDocument{ID: "d", Type: claim.Invoice, Person: "elena", Service: claim.HospStay})
	if m.service() != "stay" || !has(m.services(), "stay") || has(m.services(), "visit") || !has(m.services(), "benefit/lenses") || has(m.services(), "benefit/prevention_programme") {
		t.Fatalf("%q of %v", m.service(), m.services())
	}
	m.Choose(claim.FieldService, "benefit/specialist_visit")
	if d := m.document(); d.Service != claim.Visit || d.Benefit != "" || m.service() != "benefit/specialist_visit" || has(m.services(), "stay") {
		t.Fatalf("%+v, %v", d, m.services())
	}
	m.Choose(claim.FieldService, "benefit/lenses")
	if d := m.document(); d.Service != claim.OtherCare || d.Benefit != "lenses" || m.service() != "benefit/lenses" {
		t.Fatalf("%+v", d)
	}
	m.Choose(claim.FieldService, string(claim.OtherCare))
	if d := m.document(); d.Service != claim.OtherCare || d.Benefit != "" || m.service() != "other" {
		t.Fatalf("%+v", d)
	}
	if m = under(t, "nobody-knows", claim.ExpenseDocument{ID: "d", Service: claim.Visit}); m.service() != "visit" || !has(m.services(), "stay") {
		t.Fatalf("without a plan %v", m.services())
	}
}

func TestThePlanAsksOnlyWhatItsBenefitNeedsAndAChoiceUndoneCostsNothing(t *testing.T) { // CLM-49
	m := under(t, "eticare-per-me", claim.ExpenseDocument{ID: "d", Type: claim.Invoice, Person: "elena", Service: claim.Visit})
	if !m.asks(m.document(), claim.FieldSpecialty) || m.asks(m.document(), claim.FieldNamed) || m.Text(claim.FieldForm) != string(plan.Ticket) {
		t.Fatalf("%q", m.Text(claim.FieldForm))
	}
	m.Type(claim.FieldSpecialty, "Cardiologia")
	m.Choose(claim.FieldForm, string(plan.Private))
	if !m.Choose(claim.FieldService, "benefit/medical_device") {
		t.Fatal("a closed list asks for the name")
	}
	if d := m.document(); d.Specialty != "" || !m.asks(d, claim.FieldNamed) || d.Form != plan.Private {
		t.Fatalf("%+v", d)
	}
	m.Choose(claim.FieldService, "benefit/specialist_visit")
	if d := m.document(); d.Specialty != "Cardiologia" || d.Form != plan.Private {
		t.Fatalf("%+v", d)
	}
	m.Choose(claim.FieldCause, string(plan.Injury))
	m.Type(claim.FieldInjured, "1/11/2026")
	m.Choose(claim.FieldCause, string(plan.Illness))
	if !m.document().Injured.IsZero() {
		t.Fatal("the day of an injury that is none")
	}
	m.plans = nil
	m.Choose(claim.FieldCause, string(plan.Illness))
	if m.document().Specialty != "Cardiologia" {
		t.Fatal("what stands there is kept while the plan is not known")
	}
}

func TestAFileMayBeWhatThePlanAsksForByName(t *testing.T) { // BEE-15, BEE-21, AMB-48
	for benefit, role := range map[string]claim.Role{"maternity": claim.PaperRole(plan.PregnancyCertificate), "lenses": claim.SightCertificate, "dental_injury": claim.EmergencyReport} {
		m := under(t, "eticare-per-me", claim.ExpenseDocument{ID: "d", Type: claim.Invoice, Person: "elena", Service: claim.OtherCare, Benefit: plan.ID(benefit)})
		if list := m.papers(); !has(list, string(role)) || slices.ContainsFunc(list, func(o widget.Option) bool { return o.Label == "" || strings.HasPrefix(o.Label, "newclaim.") }) {
			t.Errorf("%s: %v", benefit, list)
		}
	}
	if m := under(t, "piano-base", claim.ExpenseDocument{ID: "d", Service: claim.Visit}); len(m.papers()) != 4 {
		t.Errorf("%v", m.papers())
	}
}
