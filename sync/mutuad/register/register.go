// Package register is the mutual's book of what arrived (*protocollo*): each revision once, with its number, its signed
// receipt and its place in the member's feed.
package register

import (
	"context"
	"errors"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/store"
	"github.com/sodale/sodale/sync/seal"
)

// CodeDifferent is the code of a revision that is in the book with other content.
const CodeDifferent fault.Code = "register.different"

// Entry is one revision that was opened and checked.
type Entry struct {
	Member string
	Device string // that brought it
	Put    api.Put
	Filed  claim.Filed // the opened body
}

// File writes an entry, the claim, the event and an audit row in one transaction and returns the bytes of the signed
// receipt. When the revision is in the book with the same content, nothing is written and its receipt is returned, the
// same bytes for ever; with other content, CodeDifferent.
func File(ctx context.Context, a *archive.Archive, e Entry) ([]byte, error) {
	var receipt []byte
	var stored store.Revision
	err := a.Store.Write(ctx, func(tx *store.Tx) error {
		seq, err := tx.NextSeq(ctx, e.Member) // from here on the member's other writers wait
		if err != nil {
			return err
		}
		if stored, err = tx.Revision(ctx, e.Member, string(e.Filed.ID), e.Filed.Revision); err == nil {
			return errThere
		}
		if fault.CodeOf(err) != store.CodeNone {
			return err
		}
		receipt, err = enter(ctx, a, tx, e, seq)
		return err
	})
	if errors.Is(err, errThere) {
		return Receipt(stored, e.Put.Plain)
	}
	return receipt, err
}

// errThere ends a transaction that found the revision in the book.
var errThere = errors.New("revision is there")

// Receipt is the answer to content that comes for a revision in the book: its receipt, or CodeDifferent.
func Receipt(stored store.Revision, plain string) ([]byte, error) {
	if stored.Plain != plain {
		return nil, fault.New(CodeDifferent, "register.receipt", stored.Subject)
	}
	return stored.Receipt, nil
}

// enter writes everything about an entry at the place seq.
func enter(ctx context.Context, a *archive.Archive, tx *store.Tx, e Entry, seq int64) ([]byte, error) {
	now := a.Now()
	row, err := claimRow(ctx, tx, e, now)
	if err != nil {
		return nil, err
	}
	receipt, err := signReceipt(ctx, a, tx, e, api.Receipt{Protocol: row.Protocol, Seq: seq, At: now})
	if err != nil {
		return nil, err
	}
	if err := tx.PutClaim(ctx, row); err != nil {
		return nil, err
	}
	if err := tx.AddRevision(ctx, store.Revision{Member: e.Member, Subject: row.Subject, Revision: e.Filed.Revision, Kind: e.Put.Kind,
		OpID: e.Put.OpID, Plain: e.Put.Plain, Body: e.Put.Body, Receipt: receipt, Total: total(e.Filed), ReceivedAt: now,
		Attachments: attachments(e.Filed)}); err != nil {
		return nil, err
	}
	news := archive.News{Kind: submission.EventClaimStatus, Subject: row.Subject, At: now, Words: "Pratica protocollata con il numero " + row.Protocol + ".",
		Body: claim.StatusNews{State: row.State, Number: row.Protocol}}
	if err := a.Tell(ctx, tx, e.Member, seq, news); err != nil {
		return nil, err
	}
	return receipt, a.Audit(ctx, tx, e.Device, "claim.checked", e.Member, row.Subject)
}

// claimRow is the claim as it stands after an entry: a new one with the next number of the year in Rome, or the one that
// is there, registered again where the states allow it. A late older revision changes nothing of it.
func claimRow(ctx context.Context, tx *store.Tx, e Entry, now time.Time) (store.Claim, error) {
	row, err := tx.Claim(ctx, e.Member, string(e.Filed.ID))
	if fault.CodeOf(err) == store.CodeNone {
		protocol, err := tx.NextProtocol(ctx, civil.Of(now).Year)
		return store.Claim{Member: e.Member, Subject: string(e.Filed.ID), Protocol: protocol, State: claim.Registered,
			Revision: e.Filed.Revision, Total: total(e.Filed), ReceivedAt: now, ChangedAt: now}, err
	}
	if err != nil || e.Filed.Revision < row.Revision {
		return row, err
	}
	row.Revision, row.Total, row.ChangedAt = e.Filed.Revision, total(e.Filed), now
	if archive.MayMove(row.State, claim.Registered) {
		row.State = claim.Registered
	}
	return row, nil
}

// signReceipt fills in what the receipt states of the entry and signs it.
func signReceipt(ctx context.Context, a *archive.Archive, tx *store.Tx, e Entry, r api.Receipt) ([]byte, error) {
	mutual, err := a.MutualIn(ctx, tx.Queries)
	if err != nil {
		return nil, err
	}
	if r.Epoch, err = tx.Setting(ctx, store.SettingEpoch); err != nil {
		return nil, err
	}
	r.Format, r.Mutual, r.Member, r.OpID, r.Kind = 1, mutual.ID, e.Member, e.Put.OpID, e.Put.Kind
	r.Subject, r.Revision, r.Plain, r.Blobs = string(e.Filed.ID), e.Filed.Revision, e.Put.Plain, e.Put.Blobs
	return seal.SignReceipt(a.Keys.Sign, r)
}

func total(f claim.Filed) money.Cents { return claim.Claim{Documents: f.Documents}.Total() }

func attachments(f claim.Filed) []store.Attachment {
	var all []store.Attachment
	for _, a := range (claim.Claim{Documents: f.Documents}).Attachments() {
		all = append(all, store.Attachment{ID: a.ID, Digest: a.Blob, Plain: a.Plain, Size: a.Size})
	}
	return all
}
