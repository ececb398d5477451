package claim

import (
	"bytes"
	"context"
	"io"
	"slices"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
)

// withdrawable are the states in which the mutual has a claim and has not decided it.
var withdrawable = []State{Delivered, Registered, InReview, DocumentsRequested, Blocked}

// Withdrawable reports whether a claim may be taken back: the mutual lets its members (Claims.Withdraw), has the claim, has
// not decided it, and was not asked already.
func Withdrawable(s Summary, r Rules) bool {
	return r.Mutual.Claims.Withdraw && slices.Contains(withdrawable, s.State) && !s.withdrawing()
}

// withdrawing reports whether a withdrawal is on its way or was taken. One that the mutual refused binds nobody.
func (s Summary) withdrawing() bool {
	return s.Claim.Withdrawing && (s.Delivery == nil || s.Delivery.Status != submission.Held)
}

// Withdraw asks the mutual to put a claim aside (*Ritira la pratica*): it freezes the next revision, whose documents are those
// of the revision before, byte for byte what the mutual has. A correction in the making stays as it is, open and with all that
// was typed: should the mutual refuse, it can still be sent. CodeBound when the claim is not Withdrawable.
func (d *Desk) Withdraw(ctx context.Context, claimID ID) (Claim, error) {
	d.finalising.Lock()
	defer d.finalising.Unlock()
	s, err := d.Open(ctx, claimID)
	if err != nil {
		return s.Claim, err
	}
	household, err := d.Vault.Household(ctx)
	if err != nil {
		return s.Claim, err
	}
	if !Withdrawable(s, d.Rules(household)) {
		return s.Claim, fault.New(CodeBound, "claim.withdraw", string(claimID))
	}
	last, err := d.filed(ctx, s.Claim.OpID)
	if err != nil {
		return s.Claim, err
	}
	c := s.Claim
	c.Withdrawing = true
	said := c
	said.IBAN, said.Procedure, said.Documents, said.Region = last.IBAN, last.Procedure, last.Documents, last.Region
	return d.file(ctx, c, said, household)
}

// filed reads what was sent with a submission.
func (d *Desk) filed(ctx context.Context, opID string) (Filed, error) {
	s, err := d.Vault.Frozen(ctx, opID)
	if err != nil {
		return Filed{}, err
	}
	r, err := d.Sealer.Open(bytes.NewReader(s.Body))
	if err != nil {
		return Filed{}, fault.Wrap(CodeFiled, "claim.filed", opID, err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return Filed{}, fault.Wrap(CodeFiled, "claim.filed", opID, err)
	}
	return Decode(plain)
}
