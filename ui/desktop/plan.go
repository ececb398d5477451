package desktop

import (
	"context"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/entitlement"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/reminder"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/membership"
	"github.com/sodale/sodale/ui/widget"
)

// entitled asks the plans about a household.
func (s *Shell) entitled(h member.Household, past []claim.Claim) entitlement.Source {
	return entitlement.Source{Plans: s.services.Plans(), Household: h, Past: past, Today: civil.Of(s.services.Clock.Now())}
}

// planPage is *Piano e contributi* with a part of it open.
func (s *Shell) planPage(id string) Page {
	c := membership.Config{Household: s.services.Profile.Household, List: s.services.Desk.List,
		Rights: func(h member.Household, past []claim.Claim) membership.Rights { return s.entitled(h, past) },
		Rules:  s.services.Desk.Rules, Mutual: s.rules, Help: s.services.Help, SaveFile: s.services.SaveFile, Ask: s.newFrom, Retitle: s.retitle,
		Shown: func(id string) { s.way.enter(Place{Plan, id}) }, Clock: s.services.Clock, Runner: s.newRunner()}
	if m := s.services.Membership; m != nil {
		c.Print = m.Print
	}
	return membership.New(c, id)
}

// newFrom opens the wizard on a new claim with these values.
func (s *Shell) newFrom(d claim.ExpenseDocument) {
	runner.Go(s.runner, "new", func(ctx context.Context) (claim.Claim, error) { return s.services.Desk.NewWith(ctx, d) }, func(c claim.Claim, err error) {
		if err != nil {
			widget.ShowToast(s.window.Canvas(), errtext.Of(err), nil)
			return
		}
		s.Go(Place{NewClaim, string(c.ID)})
	})
}

// planTerms are the terms of the membership that end soon: contributions, the last day to leave, waiting periods (NTF-09).
func (s *Shell) planTerms(f facts) []reminder.Reminder {
	if s.services.Plans == nil {
		return nil
	}
	rights, today := s.entitled(f.household, nil), civil.Of(s.services.Clock.Now())
	m := reminder.Membership{Plan: rights.Plan(today), Dues: f.household.Plan.Dues}
	for _, x := range f.household.People() {
		if i, ok := rights.Insured(x.ID); ok && !i.Left {
			m.People = append(m.People, reminder.Covered{ID: x.ID, Insured: i})
		}
	}
	return reminder.Soon(reminder.OfPlan(m, today))
}
