package register

import (
	"context"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/store"
)

func readClaim(plain []byte) (Letter, error) {
	c, err := claim.Decode(plain)
	return Letter{Subject: string(c.ID), Revision: c.Revision, OpID: c.OpID, Holder: string(c.Holder), Number: c.Number, Claim: c}, err
}

// followClaim registers the claim.
func followClaim(ctx context.Context, f *filing) (archive.News, error) {
	row, err := claimRow(ctx, f)
	if err != nil {
		return archive.News{}, err
	}
	f.protocol = row.Protocol
	f.revision.Total, f.revision.Attachments = total(f.Letter.Claim), attachments(f.Letter.Claim)
	return archive.News{Kind: submission.EventClaimStatus, Subject: row.Subject, At: f.now, Words: "Pratica protocollata con il numero " + row.Protocol + ".",
		Body: claim.StatusNews{State: row.State, Number: row.Protocol}}, f.tx.PutClaim(ctx, row)
}

// claimRow is the claim as it stands after an entry: a new one with the next number of the year in Rome, or the one that is
// there, registered again where the states allow it. A late older revision changes nothing of it.
func claimRow(ctx context.Context, f *filing) (store.Claim, error) {
	row, err := f.tx.Claim(ctx, f.Member, f.Letter.Subject)
	if fault.CodeOf(err) == store.CodeNone {
		protocol, err := f.tx.NextProtocol(ctx, civil.Of(f.now).Year)
		return store.Claim{Member: f.Member, Subject: f.Letter.Subject, Protocol: protocol, State: claim.Registered,
			Revision: f.Letter.Revision, Total: total(f.Letter.Claim), ReceivedAt: f.now, ChangedAt: f.now}, err
	}
	if err != nil || f.Letter.Revision < row.Revision {
		return row, err
	}
	row.Revision, row.Total, row.ChangedAt = f.Letter.Revision, total(f.Letter.Claim), f.now
	if archive.MayMove(row.State, claim.Registered) {
		row.State = claim.Registered
	}
	return row, nil
}

func total(f claim.Filed) money.Cents { return claim.Claim{Documents: f.Documents}.Total() }

func attachments(f claim.Filed) []store.Attachment {
	var all []store.Attachment
	for _, a := range (claim.Claim{Documents: f.Documents}).Attachments() {
		all = append(all, store.Attachment{ID: a.ID, Digest: a.Blob, Plain: a.Plain, Size: a.Size})
	}
	return all
}
