package entitlement

import (
	"cmp"
	"slices"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
)

// History lists what the mutual granted for a person, by document, in claims that are approved or paid.
func (s Source) History(id member.ID) []plan.Paid {
	var list []plan.Paid
	for i := range s.Past {
		c := &s.Past[i]
		if c.ID == s.Claim.ID || !decided(c) {
			continue
		}
		for j := range c.Documents {
			d := &c.Documents[j]
			if d.Person != id {
				continue
			}
			cents := granted(c, j)
			if p := s.Plan(day(*d, s.Today)); p != nil && cents > 0 {
				list = append(list, paid(p, *d, cents))
			}
		}
	}
	return list
}

func decided(c *claim.Claim) bool {
	return c.Mutual.State == claim.Approved || c.Mutual.State == claim.Paid
}

// granted is what the mutual granted for the document at an index. Where it said only one sum for the claim, the documents share it
// in their order, each as far as its amount.
func granted(c *claim.Claim, at int) money.Cents {
	if len(c.Mutual.Outcomes) > 0 {
		i := slices.IndexFunc(c.Mutual.Outcomes, func(o claim.Outcome) bool { return o.Document == c.Documents[at].ID })
		if i < 0 || c.Mutual.Outcomes[i].State != claim.Approved {
			return 0
		}
		return c.Mutual.Outcomes[i].Granted
	}
	left := c.Mutual.Granted
	if len(c.Documents) == 1 {
		return left
	}
	for i := range c.Documents[:at] {
		left -= min(left, c.Documents[i].Amount)
	}
	return min(left, c.Documents[at].Amount)
}

// elsewhere is what counts as spent by a person outside the claim: what was granted, and what was sent before it and waits for the
// mutual's word, as the plan would pay it.
func (s Source) elsewhere(id member.ID) []plan.Paid {
	list := s.History(id)
	for _, c := range s.waiting() {
		s.Claim = *c
		list = s.spend(list, id, "", civil.Of(c.EditedAt))
	}
	return list
}

// waiting lists the claims that were sent and are not decided, oldest first: ids grow with time. Of a claim that was sent itself only
// those before it.
func (s Source) waiting() []*claim.Claim {
	var list []*claim.Claim
	for i := range s.Past {
		c := &s.Past[i]
		ended := decided(c) || c.Withdrawing || c.Mutual.State == claim.Rejected || c.Mutual.State == claim.Withdrawn
		if c.Revision > 0 && c.Kind == claim.Refund && !ended && c.ID != s.Claim.ID && (s.Claim.Revision == 0 || c.ID < s.Claim.ID) {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b *claim.Claim) int { return cmp.Compare(a.ID, b.ID) })
	return list
}

// before is what counts as spent before a document of the claim.
func (s Source) before(d claim.ExpenseDocument, sent civil.Date) []plan.Paid {
	return s.spend(s.elsewhere(d.Person), d.Person, d.ID, sent)
}

// spend adds what the plan would pay for the documents of the claim that are a person's, up to one of them.
func (s Source) spend(list []plan.Paid, id member.ID, until string, sent civil.Date) []plan.Paid {
	for _, d := range s.Claim.Documents {
		if d.ID == until {
			break
		}
		if d.Person != id {
			continue
		}
		if said, p := s.estimate(d, sent, list); said.Eligible() {
			list = append(list, paidFor(p, d, said))
		}
	}
	return list
}
