package bundle

import (
	"context"
	"reflect"
	"slices"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/money"
)

// Paper is one document of a bundle, with the claim that it belongs to and what was decided of it.
type Paper struct {
	claim.ExpenseDocument
	Of      *Claim
	Outcome *claim.Outcome // nil = nothing yet
}

// Papers opens every claim of the bundle and lists its documents, those of the lead first.
func (b *Bundle) Papers(ctx context.Context) ([]Paper, error) {
	var all []Paper
	for _, c := range b.Claims() {
		documents, err := b.documents(ctx, c)
		if err != nil {
			return nil, err
		}
		for _, d := range documents {
			all = append(all, Paper{ExpenseDocument: d, Of: c, Outcome: c.outcome(d.ID)})
		}
	}
	return all, nil
}

// documents opens the newest revision of a claim.
func (b *Bundle) documents(ctx context.Context, c *Claim) ([]claim.ExpenseDocument, error) {
	stored, err := b.tx.Revision(ctx, c.Member, c.Subject, c.Revision)
	if err != nil {
		return nil, err
	}
	plain, err := b.archive.Opened(stored.Body)
	if err != nil {
		return nil, fault.Wrap(CodeDamaged, "bundle.documents", c.Protocol, err)
	}
	filed, err := claim.Decode(plain)
	if err != nil {
		return nil, fault.Wrap(CodeDamaged, "bundle.documents", c.Protocol, err)
	}
	return filed.Documents, nil
}

func (c *Claim) outcome(document string) *claim.Outcome {
	for i := range c.Said.Outcomes {
		if c.Said.Outcomes[i].Document == document {
			return &c.Said.Outcomes[i]
		}
	}
	return nil
}

// Settle notes what was decided of a document of the claim, and what comes of the claim as a whole.
func (c *Claim) Settle(o claim.Outcome) {
	if old := c.outcome(o.Document); old != nil {
		*old = o
	} else {
		c.Said.Outcomes = append(c.Said.Outcomes, o)
	}
	c.Said.Granted = c.Granted()
}

// Granted adds up what was granted for the documents.
func (c *Claim) Granted() money.Cents {
	var sum money.Cents
	for _, o := range c.Said.Outcomes {
		sum += o.Granted
	}
	return sum
}

// keep leaves out the outcomes that keeps does not hold for.
func (c *Claim) keep(keeps func(claim.Outcome) bool) {
	if c.Said.Outcomes == nil {
		return
	}
	c.Said.Outcomes = slices.DeleteFunc(slices.Clone(c.Said.Outcomes), func(o claim.Outcome) bool { return !keeps(o) })
	c.Said.Granted = c.Granted()
}

// Decided reports whether an outcome is a last word.
func Decided(o *claim.Outcome) bool {
	return o != nil && (o.State == claim.Approved || o.State == claim.Rejected)
}

func decided(o claim.Outcome) bool { return Decided(&o) }

// Asks reports whether more is awaited about any document.
func (b *Bundle) Asks() bool {
	return slices.ContainsFunc(b.Claims(), func(c *Claim) bool { return c.asks() })
}

func (c *Claim) asks() bool {
	return slices.ContainsFunc(c.Said.Outcomes, func(o claim.Outcome) bool { return o.State == claim.DocumentsRequested })
}

// same reports whether a document is still the one that was decided about.
func same(before []claim.ExpenseDocument, after []claim.ExpenseDocument, document string) bool {
	was := (&claim.Claim{Documents: before}).Document(document)
	is := (&claim.Claim{Documents: after}).Document(document)
	return was != nil && is != nil && reflect.DeepEqual(*was, *is)
}
