package desk

import (
	"context"
	"errors"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/sync/mutuad/bundle"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// Expire refuses what was asked for and did not come by its last day: those documents are not refundable any more (CLM-42). What else
// the claim has goes on: it is approved where all of it is decided, and examined where it is not. It returns the claims that changed.
func (d *Desk) Expire(ctx context.Context) ([]Row, error) {
	today := d.today()
	late, err := d.Archive.Store.LateClaims(ctx, today)
	rows := []Row{}
	for _, c := range late {
		if err != nil || c.JoinedTo != "" {
			continue
		}
		var changed store.Claim
		changed, err = d.change(ctx, c.Protocol, "claim.expired", func(b *bundle.Bundle, c *bundle.Claim, _ *store.Tx) error {
			if c.State != claim.DocumentsRequested || c.ReplyBy.IsZero() || !c.ReplyBy.Before(today) { // it came meanwhile
				return errCame
			}
			return expire(ctx, b)
		})
		if errors.Is(err, errCame) {
			err = nil
			continue
		}
		if err == nil {
			var r Row
			r, err = d.row(ctx, changed)
			rows = append(rows, r)
		}
	}
	return rows, err
}

// errCame ends a transaction that has nothing to refuse.
var errCame = errors.New("the answer came meanwhile")

// expire refuses the documents that were asked for; where the claim was asked for as a whole, all that is not decided.
func expire(ctx context.Context, b *bundle.Bundle) error {
	papers, err := b.Papers(ctx)
	if err != nil {
		return err
	}
	asked := b.Asks()
	say := Decision{State: claim.InReview, Words: "È scaduto il termine per integrare i documenti."}
	open, granted := 0, money.Cents(0)
	for _, p := range papers {
		awaited := p.Outcome != nil && p.Outcome.State == claim.DocumentsRequested
		switch {
		case awaited || !asked && !bundle.Decided(p.Outcome):
			p.Of.Settle(claim.Outcome{Document: p.ID, State: claim.Rejected,
				Reason: "I documenti richiesti non sono arrivati entro il " + b.Lead.ReplyBy.Italian() + ": la spesa non è più rimborsabile."})
		case !bundle.Decided(p.Outcome):
			open++
		default:
			granted += p.Outcome.Granted
		}
	}
	switch {
	case open > 0:
	case granted > 0:
		say.State = claim.Approved
	default:
		say.State = claim.Rejected
	}
	return conclude(ctx, b, say)
}
