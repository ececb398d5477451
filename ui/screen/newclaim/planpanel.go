package newclaim

import (
	"slices"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/entitlement"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/estimate"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// planPanel is *Cosa dice il piano* for the open document (UX section 4). It follows every key.
type planPanel struct {
	page *Page
	card *estimate.Card
	all  []entitlement.Answer
	high float32 // of the card when it was shown last
}

func newPlanPanel(p *Page) *planPanel {
	panel := &planPanel{page: p, card: estimate.NewCard()}
	panel.show()
	return panel
}

// show asks the plan anew, and reports whether the panel now takes another room than before: only then the page is laid out anew.
func (p *planPanel) show() bool {
	m := p.page.m
	if m.Claim.Kind != claim.Refund {
		p.card.Root.Hide()
		return false
	}
	p.all = m.Answers()
	if !p.card.Show(p.answer(), p.open, p.offer) {
		return false
	}
	was := p.high
	p.high = widget.HeightAt(p.card.Root, p.card.Root.Size().Width)
	return p.high != was
}

func (p *planPanel) answer() estimate.Answer { return p.page.m.Answer(p.page.m.Current, p.all) }

func (p *planPanel) open(article, reading string) {
	estimate.ShowArticle(p.page.canvas(), p.answer().Plan, article, reading)
}

// offer is the paper that a line asks for.
func (p *planPanel) offer(f plan.Finding) (label string, do func()) {
	role := claim.Role("")
	switch f.Code {
	case plan.PrescriptionMissing:
		label, role = words.T("plan.add.prescription"), claim.Prescription
	case plan.NotCertified:
		label, role = words.T("plan.add.report"), claim.EmergencyReport
	case plan.DocumentMissing:
		label, role = words.T("plan.add.paper"), claim.PaperRole(f.Paper)
		if f.Paper == "" {
			role = claim.SightCertificate
		}
	}
	return label, func() { p.page.chooseAs(role) }
}

// said are what claim.Check warns of and the plan says with its article: each is said once.
var said = map[fault.Code]struct {
	codes    []plan.Code
	warnings []plan.Warning
}{
	claim.CodeNoPrescription:   {codes: []plan.Code{plan.PrescriptionMissing}},
	claim.CodeVagueDiagnosis:   {codes: []plan.Code{plan.DiagnosisInvalid}},
	claim.CodeOldDate:          {codes: []plan.Code{plan.Late}},
	claim.CodeNoLetter:         {codes: []plan.Code{plan.DocumentMissing}},
	claim.CodeOldPrescription:  {[]plan.Code{plan.Expired}, []plan.Warning{plan.OldPrescription}},
	claim.CodeLatePrescription: {[]plan.Code{plan.AfterExpense}, []plan.Warning{plan.NoTerm}},
}

// says reports whether the panel says of the open document what a problem says.
func (p *planPanel) says(problem claim.Problem) bool {
	documentID, _ := parseWhere(problem.Where)
	same, known := said[problem.Code]
	if !known || documentID != p.page.m.Current {
		return false
	}
	a := p.answer()
	return a.Says(same.codes...) || a.Warns(same.warnings...)
}

// besides are the problems that the panel does not say.
func (p *planPanel) besides(problems []claim.Problem) []claim.Problem {
	return slices.DeleteFunc(problems, p.says)
}
