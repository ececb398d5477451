package newclaim

import (
	"slices"
	"strings"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/entitlement"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/estimate"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// source is what the plan is asked with.
func (m *model) source() entitlement.Source {
	return entitlement.Source{Plans: m.plans, Household: m.Household, Past: m.past, Claim: m.Claim, Today: m.Today}
}

// Answers asks the plan about every document, as if the claim were sent today.
func (m *model) Answers() []entitlement.Answer {
	if m.Claim.Kind != claim.Refund {
		return nil
	}
	return m.source().Answers(m.Today)
}

// Answer is what the plan says of a document, among the answers about all.
func (m *model) Answer(documentID string, all []entitlement.Answer) estimate.Answer {
	i := slices.IndexFunc(all, func(a entitlement.Answer) bool { return a.Document == documentID })
	if d := m.Claim.Document(documentID); i >= 0 && d != nil {
		return estimate.Of(m.source(), *d, all[i])
	}
	return estimate.Answer{Why: estimate.NoPlan}
}

// plan is the one whose benefits the open document can ask for, or nil when it is not known here.
func (m *model) plan() *plan.Plan {
	day := m.document().IssuedOn
	if day.IsZero() {
		day = m.Today
	}
	if p := m.source().Plan(day); p != nil && len(p.Benefits) > 0 && m.Claim.Kind == claim.Refund {
		return p
	}
	return nil
}

// benefit is the one that the open document asks for, or nil.
func (m *model) benefit() *plan.Benefit {
	if p := m.plan(); p != nil {
		return entitlement.Benefit(p, *m.document())
	}
	return nil
}

// ofPlan is what stands before a benefit among the values of *Prestazione*.
const ofPlan = "benefit/"

// services are the choices of *Prestazione*: the benefits of the plan that can be refunded, in its own names; where the plan is not
// known, or has no name for what was chosen before, the services of every mutual.
func (m *model) services() []widget.Option {
	p := m.plan()
	if p == nil {
		return services(m.Claim.Procedure)
	}
	var first, rest []widget.Option
	for i := range p.Benefits {
		b := &p.Benefits[i]
		if b.Usual() == nil {
			continue
		}
		o := widget.Option{Value: ofPlan + string(b.ID), Label: b.Name}
		if m.Claim.Procedure == claim.Surgery && b.Asked() == plan.HospStay { // an operation begins with the stay (CLM-09)
			first = append(first, o)
		} else {
			rest = append(rest, o)
		}
	}
	list := slices.Concat(first, rest)
	for _, o := range services(m.Claim.Procedure) {
		if kept := string(m.document().Service) == o.Value && m.benefit() == nil; kept || o.Value == string(claim.OtherCare) {
			list = append(list, o)
		}
	}
	return slices.CompactFunc(list, func(a, b widget.Option) bool { return a.Value == b.Value })
}

// service is the value of *Prestazione* for the open document.
func (m *model) service() string {
	if b := m.benefit(); b != nil {
		return ofPlan + string(b.ID)
	}
	return string(m.document().Service)
}

// putService takes a choice of *Prestazione*. The benefit is noted only where the service alone means another one, or none.
func (m *model) putService(value string) {
	d := m.document()
	d.Service, d.Benefit = claim.Service(value), ""
	id, ok := strings.CutPrefix(value, ofPlan)
	if !ok {
		return
	}
	p := m.plan()
	b := p.Benefit(plan.ID(id))
	d.Service = claim.Service(b.Asked())
	if p.Meeting(b.Asked()) != b {
		d.Benefit = b.ID
	}
}

// planned are the fields that only a plan asks for.
var planned = []field{claim.FieldForm, claim.FieldNamed, claim.FieldSpecialty, claim.FieldTreatments, claim.FieldReason,
	claim.FieldLens, claim.FieldSightOn, claim.FieldSightIssuer, claim.FieldSight, claim.FieldActs, claim.FieldLossSince, claim.FieldPermanent}

// ruled are the fields that a condition of the benefit asks for.
var ruled = map[field]plan.Rule{
	claim.FieldReason: plan.NeedReason, claim.FieldLens: plan.NeedLens,
	claim.FieldSightOn: plan.NeedVisus, claim.FieldSightIssuer: plan.NeedVisus, claim.FieldSight: plan.NeedVisus,
	claim.FieldActs: plan.NeedActs, claim.FieldLossSince: plan.NeedLasting, claim.FieldPermanent: plan.NeedPermanence,
}

// asks reports whether the form asks for a field of a document: claim.ExpenseDocument.Asks, and of what only the plan needs the
// benefit that is asked for. While no plan is known what stands there is kept.
func (m *model) asks(d *claim.ExpenseDocument, f field) bool {
	if !d.Asks(f) {
		return false
	}
	if !slices.Contains(planned, f) || m.plan() == nil {
		return true
	}
	b := m.benefit()
	return b != nil && needs(b, f)
}

// needs reports whether a benefit asks for a field.
func needs(b *plan.Benefit, f field) bool {
	switch f {
	case claim.FieldForm:
		return b.Usual() != nil && b.Usual().Percent > 0
	case claim.FieldSpecialty:
		return b.Asked() == plan.Visit
	case claim.FieldNamed:
		return len(b.Services) > 0
	case claim.FieldTreatments:
		return len(b.Treatments) > 0
	}
	return estimate.Need(b, ruled[f]) != nil
}

// forms are the choices of *Come hai pagato*: all of them, for the plan to say which it pays.
func forms() []widget.Option {
	var list []widget.Option
	for _, f := range []plan.Form{plan.Ticket, plan.Private, plan.Intramoenia} {
		list = append(list, widget.Option{Value: string(f), Label: words.T("newclaim.form." + string(f))})
	}
	return list
}

// causes are the choices of *Causa*.
func causes() []widget.Option {
	var list []widget.Option
	for _, c := range []plan.Cause{plan.Illness, plan.Injury, plan.Pregnancy, plan.Childbirth, plan.Prevention} {
		list = append(list, widget.Option{Value: string(c), Label: words.T("newclaim.cause." + string(c))})
	}
	return list
}

// reasons are the choices of *Motivo del day hospital*.
func reasons() []widget.Option {
	var list []widget.Option
	for _, r := range []string{"surgery", "chemotherapy", "diagnostics", "medical"} {
		list = append(list, widget.Option{Value: r, Label: words.T("newclaim.reason." + r)})
	}
	return list
}

// papers are what a file of the open document may be: what every claim has, and what the plan asks for by name.
func (m *model) papers() []widget.Option {
	var list []widget.Option
	add := func(r claim.Role, label string) {
		if !slices.ContainsFunc(list, func(o widget.Option) bool { return o.Value == string(r) }) {
			list = append(list, widget.Option{Value: string(r), Label: label})
		}
	}
	for _, r := range []claim.Role{claim.ExpensePaper, claim.Prescription, claim.DischargeLetter} {
		add(r, m.roleName(r))
	}
	if b := m.benefit(); b != nil {
		for _, n := range b.Needs {
			switch n.Rule {
			case plan.NeedPaper:
				add(claim.PaperRole(n.Paper), m.roleName(claim.PaperRole(n.Paper)))
			case plan.NeedVisus:
				add(claim.SightCertificate, m.roleName(claim.SightCertificate))
			}
		}
	}
	if d := m.document(); m.plan() != nil && (d.Cause == plan.Injury || d.Service == claim.Emergency || m.benefit() != nil && m.certified()) {
		add(claim.EmergencyReport, m.roleName(claim.EmergencyReport))
	}
	add(claim.OtherPaper, m.roleName(claim.OtherPaper))
	return list
}

// certified reports whether the benefit of the open document asks for the emergency room's report.
func (m *model) certified() bool {
	return estimate.Need(m.benefit(), plan.NeedEmergency) != nil
}

// roleName is a role in words; a paper that the plan names has the plan's name.
func (m *model) roleName(r claim.Role) string {
	if r == claim.ExpensePaper {
		return words.T("newclaim.role.expense")
	}
	paper := r.Paper()
	if paper == "" || r == claim.DischargeLetter {
		return words.T("newclaim.role." + string(r))
	}
	if p := m.plan(); p != nil {
		for _, b := range p.Benefits {
			for _, n := range b.Needs {
				if n.Paper == paper {
					return n.Name
				}
			}
		}
	}
	return words.T("newclaim.role.other")
}
