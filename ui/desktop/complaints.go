package desktop

import (
	"context"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/screen/complaint"
	"github.com/sodale/sodale/ui/widget"
)

// complaintsPage is *Reclami e domande*, with a letter or a form open.
func (s *Shell) complaintsPage(id string) Page {
	m := s.services.Membership
	return complaint.New(complaint.Config{Requests: m.Requests, Household: s.services.Profile.Household, Claims: s.services.Desk.List, Rules: m.Rules,
		OpenClaim: s.openClaim, Draft: &s.letter, Sent: s.sent(), Clock: s.services.Clock, Runner: s.newRunner()}, id)
}

// complaintsOf lets the detail of a claim show its complaints, and begin one.
func (s *Shell) complaintsOf(c *claims.Config) {
	m := s.services.Membership
	if m == nil {
		return
	}
	c.Complain = func(id claim.ID) { s.Go(Place{Complaints, complaint.About(id)}) }
	c.OpenComplaint = func(id string) { s.Go(Place{Complaints, id}) }
	c.Complaints = func(ctx context.Context) ([]claims.Complaint, error) {
		letters, err := m.Requests.Letters(ctx)
		var list []claims.Complaint
		for _, l := range letters {
			if l.Complaint != nil && l.Complaint.Claim != "" {
				list = append(list, claims.Complaint{ID: l.ID, Claim: l.Complaint.Claim, Answer: l.Standing.Answer,
					Title: func() string { return complaint.Title(l) }, Badge: func() *widget.StateBadge { return complaint.Badge(l) }})
			}
		}
		return list, err
	}
}
