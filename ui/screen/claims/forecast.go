package claims

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/entitlement"
	"github.com/sodale/sodale/ui/estimate"
)

// forecast is what the plan says of a claim that was sent and that nobody decided yet (CLM-49); nothing of any other claim, and
// nothing where the plan is not known here.
type forecast struct {
	source  entitlement.Source
	answers []entitlement.Answer
}

func (p *Page) expect(s claim.Summary) forecast {
	c := s.Claim
	if c.Revision == 0 || c.Kind != claim.Refund || c.Withdrawing || Decided(s.State) || s.State == claim.Withdrawn {
		return forecast{}
	}
	source := entitlement.Source{Plans: p.plans, Household: p.household, Claim: c, Today: civil.Of(p.config.Clock.Now())}
	for _, other := range p.summaries {
		source.Past = append(source.Past, other.Claim)
	}
	return forecast{source, source.Answers(dayOf(s))}
}

// of is what the plan says of a document, or nil.
func (e forecast) of(d claim.ExpenseDocument) fyne.CanvasObject {
	for _, a := range e.answers {
		if a.Document == d.ID && a.Plan != nil {
			return estimate.Brief(estimate.Of(e.source, d, a))
		}
	}
	return nil
}
