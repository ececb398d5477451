package claim

import (
	"encoding/json"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/submission"
)

// StatusNews is the body of a submission.EventClaimStatus.
type StatusNews struct {
	State   State       `json:"state"`
	Number  string      `json:"number"`
	Reason  string      `json:"reason,omitempty"`
	Article string      `json:"article,omitempty"`
	Granted money.Cents `json:"granted,omitempty"`
	PaidOn  civil.Date  `json:"paidOn,omitempty"`
	ReplyBy civil.Date  `json:"replyBy,omitempty"`

	// Left out, the last two leave what was said before; empty, they take it back.
	Into     string    `json:"into,omitempty"`    // Merged: number of the claim that it was joined to
	Joined   []string  `json:"joined,omitzero"`   // numbers of all claims that were joined to this one
	Outcomes []Outcome `json:"outcomes,omitzero"` // every document of the claim that was decided; replaces those before
}

// Codes of Apply.
const (
	CodeNews       fault.Code = "claim.news-unreadable"
	CodeNotAllowed fault.Code = "claim.not-allowed"
)

// Apply returns the claim after one event of the mutual. An event whose state the table does not allow from here leaves
// the claim as it was and answers CodeNotAllowed; the caller keeps the event all the same. An unknown state is kept.
func Apply(c Claim, e submission.FeedEvent) (Claim, error) {
	var n StatusNews
	if err := json.Unmarshal(e.Body, &n); err != nil || n.State == "" {
		return c, fault.Wrap(CodeNews, "claim.apply", string(c.ID), err)
	}
	if n.State != c.Mutual.State && !allowed(c.Mutual.State, n.State) {
		return c, fault.New(CodeNotAllowed, "claim.apply", string(c.ID))
	}
	s := c.Mutual
	s.State, s.Text = n.State, e.Text
	if n.Number != "" {
		s.Number = n.Number
	}
	s.Reason, s.Article, s.ReplyBy = n.Reason, n.Article, n.ReplyBy
	if n.Granted != 0 || n.State != Paid { // paid without a sum: as it was approved
		s.Granted = n.Granted
	}
	if !n.PaidOn.IsZero() {
		s.PaidOn = n.PaidOn
	}
	if n.Into != "" || n.State != Merged && n.State != Paid { // it stands by itself
		s.Into = n.Into
	}
	if n.Joined != nil {
		s.Joined = n.Joined
	}
	if n.Outcomes != nil {
		s.Outcomes = n.Outcomes
	}
	s.Steps = append(append([]Passage(nil), s.Steps...), Passage{State: n.State, At: e.At.UTC().Truncate(time.Microsecond), Text: e.Text})
	c.Mutual = s
	return c, nil
}
