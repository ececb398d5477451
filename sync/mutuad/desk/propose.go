package desk

import (
	"context"
	"slices"
	"sync"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/entitlement"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/sync/mutuad/bundle"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// CodeByHand is the code of a proposal that can't be taken as the decision: of a document it says nothing. Item is its place.
const CodeByHand fault.Code = "desk.by-hand"

// plans are those of the program, read once.
var plans = sync.OnceValues(func() (plan.Plans, error) { return plan.LoadAll(assets.Plans()) })

// Proposal is what the plan says of a claim with those that were joined to it. It decides nothing.
type Proposal struct {
	Claim     string      `json:"claim"` // number of the one that leads
	State     claim.State `json:"state"` // the decision that it comes to; "" = a document is left to be decided by hand
	Granted   money.Cents `json:"grantedCents"`
	Documents []Proposed  `json:"documents"`
}

// Proposed is what the plan says of one document. Outcome is "" where it says nothing, or where the claim asks for what no plan pays:
// then people decide.
type Proposed struct {
	Place    int            `json:"place"` // from 1: what a Verdict names it by
	Claim    string         `json:"claim"` // number
	Document string         `json:"document"`
	Person   string         `json:"person"`
	Sent     civil.Date     `json:"sent"`
	Amount   money.Cents    `json:"amountCents"`
	Plan     string         `json:"plan"` // code of the edition; "" = not known
	Outcome  claim.State    `json:"outcome"`
	Granted  money.Cents    `json:"grantedCents"`
	Own      money.Cents    `json:"ownCents"`
	Reason   string         `json:"reason"` // Italian
	Article  string         `json:"article"`
	Readings []string       `json:"readings"` // of the register of ambiguities
	Check    []string       `json:"check"`    // Italian: what would stand in the way if it were so, and nobody said
	Before   *claim.Outcome `json:"before"`   // what was decided of it already; null = nothing
}

// Propose asks the plan about every document of a claim, as the member's program does (CLM-49): same engine, same household, and what
// was paid before. Nothing changes but the audit. store.CodeNone when there is no such claim.
func (d *Desk) Propose(ctx context.Context, name string) (Proposal, error) {
	var said Proposal
	err := d.Archive.Store.Write(ctx, func(tx *store.Tx) error {
		found, err := tx.FindClaim(ctx, name)
		if err != nil {
			return err
		}
		b, err := bundle.Read(ctx, d.Archive, tx, found)
		if err != nil {
			return err
		}
		if said, err = d.propose(ctx, tx, b); err != nil {
			return err
		}
		return d.Archive.Audit(ctx, tx, d.Actor, "claim.proposed", found.Member, found.Subject)
	})
	return said, err
}

// Accept takes the proposal of this moment as the decision. text is what the member reads, "" for the usual words. CodeByHand when a
// document is left to people, otherwise as Decide.
func (d *Desk) Accept(ctx context.Context, name, text string) (Row, error) {
	decided, err := d.change(ctx, name, "claim.decided", func(b *bundle.Bundle, c *bundle.Claim, tx *store.Tx) error {
		if c.JoinedTo != "" {
			return fault.New(CodeJoined, "desk.accept", c.JoinedTo)
		}
		said, err := d.propose(ctx, tx, b)
		if err != nil {
			return err
		}
		say, err := said.decision()
		if err != nil {
			return err
		}
		if say.Words = text; text == "" {
			say.Words = words[say.State]
		}
		if err := say.check(); err != nil {
			return err
		}
		return d.apply(ctx, tx, b, c, say)
	})
	if err != nil {
		return Row{}, err
	}
	return d.row(ctx, decided)
}

// comes is what a document comes to: what was decided of it already stands.
func (q Proposed) comes() (claim.State, money.Cents) {
	if bundle.Decided(q.Before) {
		return q.Before.State, q.Before.Granted
	}
	return q.Outcome, q.Granted
}

// decision is the proposal as something to decide, of the documents that nothing was decided of yet.
func (p Proposal) decision() (Decision, error) {
	say := Decision{State: p.State}
	for _, q := range p.Documents {
		if bundle.Decided(q.Before) {
			continue
		}
		if q.Outcome == "" {
			return say, fault.New(CodeByHand, "desk.accept", p.Claim+"/"+q.Document)
		}
		say.Documents = append(say.Documents, Verdict{Document: q.Document, Outcome: q.Outcome, Granted: q.Granted, Own: q.Own, Reason: q.Reason, Article: q.Article})
	}
	return say, nil
}

// propose asks about the documents in the order in which Show numbers them.
func (d *Desk) propose(ctx context.Context, tx *store.Tx, b *bundle.Bundle) (Proposal, error) {
	said := Proposal{Claim: b.Lead.Protocol, Documents: []Proposed{}}
	source, opened, err := d.source(ctx, tx, b.Lead.Member)
	if err != nil {
		return said, err
	}
	for _, c := range b.Claims() {
		o := opened[c.Subject]
		source.Claim = o.Claim
		for _, paper := range o.Documents {
			q := propose(source, o, paper)
			q.Place = len(said.Documents) + 1
			q.Before = outcomeOf(b, paper.ID)
			said.Documents = append(said.Documents, q)
			_, cents := q.comes()
			said.Granted += cents
		}
	}
	said.State = stateOf(said.Documents)
	return said, nil
}

// source is what the answers rest on: the household and every claim of the member, opened.
func (d *Desk) source(ctx context.Context, tx *store.Tx, memberID string) (entitlement.Source, map[string]bundle.Opened, error) {
	s := entitlement.Source{Today: d.today()}
	var err error
	if s.Plans, err = plans(); err != nil {
		return s, nil, err
	}
	if s.Household, err = tx.Household(ctx, memberID); err != nil {
		return s, nil, err
	}
	claims, err := tx.ClaimsOf(ctx, memberID)
	if err != nil {
		return s, nil, err
	}
	opened := map[string]bundle.Opened{}
	for _, c := range claims {
		o, err := bundle.Open(ctx, d.Archive, tx.Queries, c)
		if err != nil {
			return s, nil, err
		}
		opened[c.Subject] = o
		s.Past = append(s.Past, o.Claim)
	}
	return s, opened, nil
}

// propose asks about one document.
func propose(s entitlement.Source, o bundle.Opened, paper claim.ExpenseDocument) Proposed {
	sent := o.Sent[paper.ID]
	said, p := s.Estimate(paper, sent)
	who, _ := s.Household.Person(paper.Person)
	q := Proposed{Claim: o.Protocol, Document: paper.ID, Person: who.FullName(), Sent: sent, Amount: paper.Amount, Readings: append([]string{}, said.Readings...), Check: []string{}}
	if p != nil {
		q.Plan = p.Code
	}
	if o.Kind != claim.Refund {
		return q
	}
	for _, f := range said.Findings {
		if f.Doubt {
			q.Check = append(q.Check, reasonOf(f))
		}
	}
	switch said.Outcome {
	case plan.Refund, plan.Subsidise:
		q.Outcome, q.Granted, q.Own, q.Article, q.Reason = claim.Approved, said.Refund, said.Share, said.Article, partly(said)
	case plan.Reject:
		q.Outcome, q.Article, q.Reason = claim.Rejected, said.Article, reasonOf(said.Findings[0])
	case plan.Integrate:
		q.Outcome, q.Article, q.Reason = claim.DocumentsRequested, said.Article, reasonOf(said.Findings[0])
	}
	if q.Outcome == claim.Approved && q.Granted == 0 {
		q.Outcome = "" // nothing to pay and no reason to refuse: people look
	}
	return q
}

// stateOf is the decision that single documents come to.
func stateOf(documents []Proposed) claim.State {
	has := func(s claim.State) bool {
		return slices.ContainsFunc(documents, func(q Proposed) bool {
			state, _ := q.comes()
			return state == s
		})
	}
	switch {
	case len(documents) == 0 || has(""):
		return ""
	case has(claim.DocumentsRequested):
		return claim.DocumentsRequested
	case has(claim.Approved):
		return claim.Approved
	}
	return claim.Rejected
}

// outcomeOf returns what was decided of a document of the bundle, or nil.
func outcomeOf(b *bundle.Bundle, document string) *claim.Outcome {
	for _, c := range b.Claims() {
		for i := range c.Said.Outcomes {
			if c.Said.Outcomes[i].Document == document {
				return &c.Said.Outcomes[i]
			}
		}
	}
	return nil
}
