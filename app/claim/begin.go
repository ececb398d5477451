package claim

import (
	"context"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/id"
	"github.com/sodale/sodale/app/member"
)

// New starts a refund claim with one empty document for the holder, and saves it.
func (d *Desk) New(ctx context.Context) (Claim, error) { return d.NewOf(ctx, Refund) }

// NewWith starts a refund claim whose one document has these values, and saves it.
func (d *Desk) NewWith(ctx context.Context, doc ExpenseDocument) (Claim, error) {
	return d.start(ctx, Claim{Procedure: Standard, Documents: []ExpenseDocument{doc}})
}

// NewOf starts a draft of a kind with one empty document for the holder, and saves it. That of a study grant is the
// certificate of the school (STU-07).
func (d *Desk) NewOf(ctx context.Context, k Kind) (Claim, error) {
	return d.start(ctx, Claim{Procedure: Standard, Kind: k, Documents: []ExpenseDocument{{}}})
}

// Again starts a draft as a copy of a claim: whom, what and where its documents are for. What is of one expense alone is not
// copied: files, numbers, amounts, dates, notes, other cover, diagnosis, marks, the IBAN of that claim, proposals.
func (d *Desk) Again(ctx context.Context, claimID ID) (Claim, error) {
	c, err := d.Vault.Claim(ctx, claimID)
	if err != nil {
		return Claim{}, err
	}
	next := Claim{Procedure: c.Procedure, Kind: c.Kind, Region: c.Region}
	for _, o := range c.Documents {
		next.Documents = append(next.Documents, ExpenseDocument{Type: o.Type, Person: o.Person, Service: o.Service, Province: o.Province,
			Provider: o.Provider, ProviderVAT: o.ProviderVAT, Currency: o.Currency, School: o.School})
	}
	return d.start(ctx, next)
}

// start gives a draft and its documents what every new one has, and saves it.
func (d *Desk) start(ctx context.Context, c Claim) (Claim, error) {
	household, err := d.Vault.Household(ctx)
	if err != nil {
		return Claim{}, err
	}
	now := d.Clock.Now().UTC()
	claimID, err := id.New(now, d.Random)
	if err != nil {
		return Claim{}, err
	}
	c.ID, c.Holder, c.Open, c.CreatedAt, c.EditedAt = ID(claimID), household.Holder.ID, true, now, now
	for i := range c.Documents {
		o := &c.Documents[i]
		if o.ID, err = id.New(now, d.Random); err != nil {
			return Claim{}, err
		}
		if o.Person == "" {
			o.Person = household.Holder.ID
		}
		if o.Type == "" {
			o.Type = Types(c.Kind)[0]
		}
	}
	return d.Vault.SaveDraft(ctx, c)
}

// AddDocument returns c with one more empty document. It saves nothing.
func (d *Desk) AddDocument(c Claim, person member.ID) (Claim, error) {
	docID, err := id.New(d.Clock.Now(), d.Random)
	if err != nil {
		return c, err
	}
	added := ExpenseDocument{ID: docID, Type: Types(c.Kind)[0], Person: person}
	c.Documents = append(append([]ExpenseDocument(nil), c.Documents...), added)
	return c, nil
}

// Discard puts a draft that was never sent into the bin, where it stays for 30 days; Restore takes it out again.
func (d *Desk) Discard(ctx context.Context, c Claim) (Claim, error) {
	if c.Revision > 0 {
		return c, fault.New(CodeNotOpen, "claim.discard", string(c.ID))
	}
	c.DeletedAt = d.Clock.Now().UTC()
	return d.Vault.SaveDraft(ctx, c)
}

// Restore takes a draft out of the bin.
func (d *Desk) Restore(ctx context.Context, c Claim) (Claim, error) {
	c.DeletedAt = time.Time{}
	return d.Vault.SaveDraft(ctx, c)
}

// Bin lists the discarded drafts that can be restored, last edited first.
func (d *Desk) Bin(ctx context.Context) ([]Claim, error) { return d.Vault.Binned(ctx) }
