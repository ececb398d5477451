package register

import (
	"context"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/bundle"
	"github.com/sodale/sodale/sync/mutuad/store"
)

func readClaim(plain []byte) (Letter, error) {
	c, err := claim.Decode(plain)
	return Letter{Subject: string(c.ID), Revision: c.Revision, OpID: c.OpID, Holder: string(c.Holder), Number: c.Number, Claim: c}, err
}

// followClaim registers the claim. A late older revision changes nothing of it.
func followClaim(ctx context.Context, f *filing) (archive.News, error) {
	f.revision.Total, f.revision.Attachments = bundle.Total(f.Letter.Claim), attachments(f.Letter.Claim)
	row, err := f.tx.Claim(ctx, f.Member, f.Letter.Subject)
	if fault.CodeOf(err) == store.CodeNone {
		return f.newClaim(ctx)
	}
	if err != nil {
		return archive.News{}, err
	}
	if f.Letter.Claim.Kind != row.Kind {
		return archive.News{}, unacceptable("kind")
	}
	f.protocol = row.Protocol
	b, err := bundle.Read(ctx, f.Archive, f.tx, row)
	if err != nil {
		return archive.News{}, err
	}
	c := b.Find(row.Subject)
	withdraws := f.Letter.Claim.Withdraw
	switch {
	case f.late():
		err = b.Tell(ctx, c, registered+row.Protocol+".")
	case withdraws && b.MayWithdraw(c):
		c.Revision = f.Letter.Revision
		err = b.Withdraw(ctx, c, withdrawn)
	case withdraws:
		c.Revision = f.Letter.Revision
		err = b.Tell(ctx, c, tooLate)
	default:
		err = b.Correct(ctx, c, f.Letter.Claim)
	}
	return f.first(b.News), err
}

// Words about claims.
const (
	registered = "Pratica protocollata con il numero "
	withdrawn  = "La pratica è stata ritirata, come hai chiesto."
	tooLate    = "La richiesta di ritiro è arrivata dopo la decisione: la pratica resta com'è."
)

// first returns the first of all that the member is told; the rest is told after it.
func (f *filing) first(news []archive.News) archive.News {
	if len(news) == 0 {
		return archive.News{}
	}
	f.more = append(f.more, news[1:]...)
	return news[0]
}

// newClaim gives a claim the next number of the year in Rome. A refund is joined to the member's open one, where the mutual does
// that (CLM-24, CFG-17).
func (f *filing) newClaim(ctx context.Context) (archive.News, error) {
	filed := f.Letter.Claim
	protocol, err := f.tx.NextProtocol(ctx, civil.Of(f.now).Year)
	if err != nil {
		return archive.News{}, err
	}
	f.protocol = protocol
	b := bundle.New(f.Archive, f.tx, store.Claim{Member: f.Member, Subject: f.Letter.Subject, Protocol: protocol, State: claim.Registered,
		Revision: f.Letter.Revision, Total: bundle.Total(filed), ReceivedAt: f.now, ChangedAt: f.now, Kind: filed.Kind})
	if filed.Withdraw {
		b.Lead.State = claim.Withdrawn
		return f.told(b, b.Tell(ctx, b.Lead, withdrawn))
	}
	if err := b.Notify(ctx, b.Lead, claim.Registered); err != nil {
		return archive.News{}, err
	}
	open, err := f.openClaim(ctx)
	switch {
	case err != nil:
		return archive.News{}, err
	case open == nil:
		return f.told(b, b.Tell(ctx, b.Lead, registered+protocol+"."))
	}
	return f.told(open, open.Join(ctx, b.Lead, registered+protocol+" e accorpata alla "+open.Lead.Protocol+", ancora aperta."))
}

func (f *filing) told(b *bundle.Bundle, err error) (archive.News, error) { return f.first(b.News), err }

// openClaim reads what a new claim is to be joined to; nil when it stands by itself.
func (f *filing) openClaim(ctx context.Context) (*bundle.Bundle, error) {
	rules, err := f.RulesIn(ctx, f.tx.Queries)
	if err != nil || !rules.Claims.MergeOpen || f.Letter.Claim.Kind != claim.Refund {
		return nil, err
	}
	open, err := f.tx.OpenClaim(ctx, f.Member, f.Letter.Subject)
	if fault.CodeOf(err) == store.CodeNone {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return bundle.Read(ctx, f.Archive, f.tx, open)
}

func attachments(f claim.Filed) []store.Attachment {
	var all []store.Attachment
	for _, a := range (claim.Claim{Documents: f.Documents}).Attachments() {
		all = append(all, store.Attachment{ID: a.ID, Digest: a.Blob, Plain: a.Plain, Size: a.Size})
	}
	return all
}
