package claims

import (
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/money"
)

// OutcomeOf returns what the mutual decided of a document, and false before it did.
func OutcomeOf(c claim.Claim, document string) (claim.Outcome, bool) {
	for _, o := range c.Mutual.Outcomes {
		if o.Document == document {
			return o, true
		}
	}
	return claim.Outcome{}, false
}

// Own is the part of a decided claim that is left to the member, and false where nobody can say: the mutual has not decided, or
// an expense was in another currency (CRT-05).
func Own(s claim.Summary) (money.Cents, bool) {
	if !Decided(s.State) || s.Claim.Kind == claim.StudyGrant {
		return 0, false
	}
	var said, others money.Cents
	for _, o := range s.Claim.Mutual.Outcomes {
		said += o.Own
	}
	for _, d := range s.Claim.Documents {
		if d.Currency != "" && said == 0 {
			return 0, false
		}
		others += d.Cover.Amount
	}
	if said > 0 {
		return said, true
	}
	return max(0, s.Claim.Total()-s.Claim.Mutual.Granted-others), true
}

// Countdown is how many days are left to answer a request for documents: 0 on the last day, less when it has passed (CLM-42).
func Countdown(s claim.Summary, today civil.Date) (days int, asked bool) {
	by := s.Claim.Mutual.ReplyBy
	if s.State != claim.DocumentsRequested || by.IsZero() {
		return 0, false
	}
	return by.Sub(today), true
}
