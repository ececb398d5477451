package entitlement

import (
	"slices"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
)

// Benefit is the benefit of the plan that a document asks for: the one it names, as long as its service fits, otherwise the one that
// its service means; nil when that says nothing.
func Benefit(p *plan.Plan, d claim.ExpenseDocument) *plan.Benefit {
	if b := p.Benefit(d.Benefit); b != nil && string(b.Asked()) == string(d.Service) {
		return b
	}
	return p.Meeting(plan.Service(d.Service))
}

// Form is how a document was paid: as it says, otherwise as is usual for its benefit.
func Form(b *plan.Benefit, d claim.ExpenseDocument) plan.Form {
	usual := b.Usual()
	if usual == nil {
		return d.Form
	}
	if d.Form == "" || usual.Daily != nil || usual.Sum > 0 {
		return usual.Form
	}
	return d.Form
}

// expense is a document as the plan knows expenses. A service that no benefit meets is asked for by its own name, which the plan
// does not have (BEE-24).
func expense(p *plan.Plan, d claim.ExpenseDocument) plan.Expense {
	e := plan.Expense{Form: d.Form, Cause: plan.Illness, Service: d.Named, Specialty: d.Specialty, On: d.IssuedOn, Document: d.IssuedOn,
		Amount: d.Amount, NonHealth: d.StampDuty, Injured: d.Injured, Papers: papers(d)}
	if d.Cause != "" {
		e.Cause = d.Cause
	}
	switch b := Benefit(p, d); {
	case b != nil:
		e.Benefit, e.Form = b.ID, Form(b, d)
	case d.Asks(claim.FieldService) && d.Service != claim.OtherCare:
		e.Benefit = plan.ID(d.Service)
	}
	if d.Cover.Answer == claim.CoverPaid {
		e.Other = min(d.Cover.Amount, d.Amount)
	}
	if d.Asks(claim.FieldAdmitted) {
		e.On, e.Amount, e.NonHealth = d.Admitted, 0, 0
		e.Stay = plan.Stay{Entry: d.Admitted, Exit: d.Discharged, Reason: d.Reason}
	}
	e.Lines, e.Lens, e.Programme = lines(d), d.Lens, d.Programme
	e.Prescribed = plan.Prescribed{There: there(d, claim.Prescription), On: d.PrescribedOn, Diagnosis: d.Diagnosis, Unread: true}
	e.Emergency = there(d, claim.EmergencyReport)
	e.Visus = plan.Visus{There: there(d, claim.SightCertificate), On: d.Sight.On, Issuer: d.Sight.Issuer, Changed: d.Sight.Changed.Answer()}
	e.Loss = plan.Loss{Acts: d.Loss.Acts, Since: d.Loss.Since, Permanent: d.Loss.Permanent.Answer()}
	return e
}

// lines are the treatments with their amounts. One that stands alone has the whole amount; where one of several has none yet, nobody
// said how the amount is divided, and there are no lines.
func lines(d claim.ExpenseDocument) []plan.Line {
	var list []plan.Line
	for _, t := range d.Treatments {
		cost := t.Amount
		if len(d.Treatments) == 1 {
			cost = max(0, d.Amount-d.StampDuty)
		} else if cost == 0 {
			return nil
		}
		list = append(list, plan.Line{Treatment: t.ID, Amount: cost})
	}
	return list
}

// there is Yes when a file proves what a role says. Otherwise nobody said: the paper may be at hand and not be added yet.
func there(d claim.ExpenseDocument, r claim.Role) plan.Answer {
	if slices.ContainsFunc(d.Attachments, func(a claim.Attachment) bool { return a.Proves() == r }) {
		return plan.Yes
	}
	return plan.Unsaid
}

// papers are those that the plan asks for by name. A discharge letter may be the document itself (CLM-31).
func papers(d claim.ExpenseDocument) map[plan.Paper]plan.Answer {
	list := map[plan.Paper]plan.Answer{}
	for _, a := range d.Attachments {
		if paper := a.Proves().Paper(); paper != "" {
			list[paper] = plan.Yes
		}
	}
	if len(d.Attachments) > 0 && (d.Type == claim.HospitalCertificate || d.Type == claim.ClinicalRecord) {
		list[plan.DischargeLetter] = plan.Yes
	}
	return list
}

// paidFor is a document as something that was paid, as the plan estimates it.
func paidFor(p *plan.Plan, d claim.ExpenseDocument, said plan.Estimate) plan.Paid {
	spent := paid(p, d, said.Refund)
	if said.Outcome == plan.Subsidise {
		spent.Days = said.Units
	}
	return spent
}

// paid is a document for which so much was paid. Of a subsidy the days follow from the sum.
func paid(p *plan.Plan, d claim.ExpenseDocument, cents money.Cents) plan.Paid {
	b := Benefit(p, d)
	if b == nil {
		return plan.Paid{Date: d.IssuedOn, Cents: cents}
	}
	spent := plan.Paid{Date: d.IssuedOn, Benefit: b.ID, Form: Form(b, d), Cents: cents, Specialty: d.Specialty}
	if usual := b.Usual(); usual != nil && usual.Daily != nil {
		spent.Days = int(cents / usual.Daily.Cents)
	}
	if d.Asks(claim.FieldAdmitted) && !d.Discharged.IsZero() {
		spent.Date = d.Discharged
	}
	for _, t := range d.Treatments {
		if spent.Treats == nil {
			spent.Treats = map[string]int{}
		}
		spent.Treats[t.ID]++
	}
	spent.Programme = d.Programme
	return spent
}
