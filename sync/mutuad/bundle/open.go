package bundle

import (
	"context"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// Opened is a claim with its seal broken, as a member's program has it.
type Opened struct {
	claim.Claim
	Protocol string
	Sent     map[string]civil.Date // by document: day in Rome on which it was first sent
}

// Open opens every revision of a claim. A document was sent on the day on which the member froze the first revision that has it, by
// the member's clock (Filed.FiledAt), and at the latest when that arrived: what waited for a line was sent in time. CodeDamaged for
// bytes that can't be read.
func Open(ctx context.Context, a *archive.Archive, q *store.Queries, c store.Claim) (Opened, error) {
	said, err := Said(ctx, a, q, c)
	if err != nil {
		return Opened{}, err
	}
	o := Opened{Protocol: c.Protocol, Sent: map[string]civil.Date{}}
	for n := 1; n <= c.Revision; n++ {
		stored, err := q.Revision(ctx, c.Member, c.Subject, n)
		if fault.CodeOf(err) == store.CodeNone {
			continue // a later one came first
		}
		if err != nil {
			return o, err
		}
		plain, err := a.Opened(stored.Body)
		if err != nil {
			return o, fault.Wrap(CodeDamaged, "bundle.open", c.Protocol, err)
		}
		filed, err := claim.Decode(plain)
		if err != nil {
			return o, fault.Wrap(CodeDamaged, "bundle.open", c.Protocol, err)
		}
		at := filed.FiledAt
		if at.After(stored.ReceivedAt) {
			at = stored.ReceivedAt
		}
		for _, d := range filed.Documents {
			if _, known := o.Sent[d.ID]; !known {
				o.Sent[d.ID] = civil.Of(at)
			}
		}
		o.Claim = claim.Claim{ID: filed.ID, Holder: filed.Holder, Procedure: filed.Procedure, Kind: filed.Kind, Region: filed.Region, Documents: filed.Documents,
			Revision: n, OpID: filed.OpID, CreatedAt: c.ReceivedAt, EditedAt: at, Withdrawing: filed.Withdraw,
			Mutual: claim.Standing{State: c.State, Number: c.Protocol, Granted: said.Granted, Outcomes: said.Outcomes}}
	}
	return o, nil
}
