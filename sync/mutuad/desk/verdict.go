package desk

import (
	"context"
	"slices"
	"strconv"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/sync/mutuad/bundle"
)

// Verdict is what is decided of one document.
type Verdict struct {
	Document string      // its place in what Show lists, from 1; or its id
	Outcome  claim.State // approved, rejected or documents-requested
	Granted  money.Cents // cents, needed for approved
	Own      money.Cents // cents left to the member (CRT-05)
	Reason   string      // needed for rejected and documents-requested (CLM-43)
	Article  string
}

func (v Verdict) check() error {
	pays := v.Outcome == claim.Approved
	switch {
	case v.Document == "":
		return wrong("document")
	case !pays && v.Outcome != claim.Rejected && v.Outcome != claim.DocumentsRequested:
		return wrong("outcome")
	case v.Granted < 0 || v.Granted > money.Max || pays != (v.Granted > 0):
		return wrong("granted")
	case v.Own < 0 || v.Own > money.Max || v.Own > 0 && !pays:
		return wrong("own")
	case !pays && v.Reason == "":
		return wrong("reason")
	}
	return nil
}

// settle notes what a decision says of the documents. A last word needs one for each; where a claim has but one document, or all are
// refused, the decision of the whole is that of the parts.
func settle(ctx context.Context, b *bundle.Bundle, say Decision) error {
	last := say.State == claim.Approved || say.State == claim.Rejected || say.State == claim.Paid
	if !last && len(say.Documents) == 0 {
		return nil
	}
	papers, err := b.Papers(ctx)
	if err != nil {
		return err
	}
	for _, v := range append(implied(papers, say), say.Documents...) {
		i := find(papers, v.Document)
		if i < 0 {
			return wrong("document")
		}
		o := claim.Outcome{Document: papers[i].ID, State: v.Outcome, Granted: v.Granted, Own: v.Own, Reason: v.Reason, Article: v.Article}
		papers[i].Of.Settle(o)
		papers[i].Outcome = &o
	}
	return complete(b, papers, say)
}

// implied are the verdicts that a decision of the whole leaves no doubt about.
func implied(papers []bundle.Paper, say Decision) []Verdict {
	var all []Verdict
	for i, p := range papers {
		switch {
		case len(say.Documents) > 0:
		case say.State == claim.Rejected:
			all = append(all, Verdict{Document: strconv.Itoa(i + 1), Outcome: claim.Rejected, Reason: say.Reason, Article: say.Article})
		case len(papers) == 1 && say.Granted > 0 && !bundle.Decided(p.Outcome):
			all = append(all, Verdict{Document: "1", Outcome: claim.Approved, Granted: say.Granted, Article: say.Article})
		}
	}
	return all
}

// find returns the place of a document by its number in the list or its id; -1 when there is none, or more than one.
func find(papers []bundle.Paper, name string) int {
	if n, err := strconv.Atoi(name); err == nil && n >= 1 && n <= len(papers) {
		return n - 1
	}
	named := func(p bundle.Paper) bool { return p.ID == name }
	i := slices.IndexFunc(papers, named)
	if i >= 0 && slices.ContainsFunc(papers[i+1:], named) {
		return -1
	}
	return i
}

// complete checks that the documents say the same as the decision.
func complete(b *bundle.Bundle, papers []bundle.Paper, say Decision) error {
	var granted money.Cents
	count := map[claim.State]int{}
	for _, p := range papers {
		if p.Outcome != nil {
			count[p.Outcome.State]++
			granted += p.Outcome.Granted
		}
	}
	whole := count[claim.Approved]+count[claim.Rejected] == len(papers)
	apart := len(count) > 0 || len(b.Joined) > 0
	switch say.State {
	case claim.DocumentsRequested:
		if count[claim.DocumentsRequested] == 0 {
			return wrong("document")
		}
	case claim.Rejected:
		if count[claim.Rejected] != len(papers) {
			return wrong("document")
		}
	case claim.Approved, claim.Paid:
		switch {
		case !apart && say.State == claim.Approved && say.Granted == 0:
			return wrong("granted")
		case !apart:
		case !whole || count[claim.Approved] == 0:
			return wrong("document")
		case say.Granted > 0 && say.Granted != granted:
			return wrong("granted")
		}
	}
	return nil
}

// conclude moves the lead, lets the others follow, and tells the member of each that has news.
func conclude(ctx context.Context, b *bundle.Bundle, say Decision) error {
	c := b.Lead
	c.State, c.ReplyBy = say.State, say.ReplyBy
	c.Said.Reason, c.Said.Article, c.Said.PaidOn = say.Reason, say.Article, say.PaidOn
	if c.Said.Reason == "" {
		c.Said.Reason, c.Said.Article = onlyReason(c)
	}
	if len(c.Said.Outcomes) == 0 && say.Granted > 0 {
		c.Said.Granted = say.Granted
	}
	if err := b.Tell(ctx, c, say.Words); err != nil {
		return err
	}
	if err := b.Notify(ctx, c, say.State); err != nil {
		return err
	}
	for _, j := range b.Joined {
		if err := follow(ctx, b, j, say); err != nil {
			return err
		}
	}
	return nil
}

// onlyReason is the reason of a claim all of whose documents have one and the same state and reason.
func onlyReason(c *bundle.Claim) (reason, article string) {
	for i, o := range c.Said.Outcomes {
		if o.State != c.State || i > 0 && (o.Reason != reason || o.Article != article) {
			return "", ""
		}
		reason, article = o.Reason, o.Article
	}
	return reason, article
}

// follow tells of a claim that was joined: it is paid with the lead, if anything of it is; else what was decided of its documents.
func follow(ctx context.Context, b *bundle.Bundle, c *bundle.Claim, say Decision) error {
	c.ReplyBy = civil.Date{}
	if slices.ContainsFunc(c.Said.Outcomes, func(o claim.Outcome) bool { return o.State == claim.DocumentsRequested }) {
		c.ReplyBy = say.ReplyBy
	}
	words := say.Words
	switch {
	case say.State == claim.Paid && c.Granted() > 0:
		c.State, c.Said.PaidOn = claim.Paid, say.PaidOn
	case len(c.Said.Outcomes) > 0:
		words = "Decisione presa con la pratica " + b.Lead.Protocol + "."
	default:
		return nil
	}
	return b.Tell(ctx, c, words)
}
