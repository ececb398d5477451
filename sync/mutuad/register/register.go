// Package register is the mutual's book of what arrived (*protocollo*): each revision once, with its number, its signed receipt
// and its place in the member's feed, together with what follows from it. What is filed is a claim, or something that a member
// asks for (package request); the table kinds has a line for each.
package register

import (
	"context"
	"errors"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/store"
	"github.com/sodale/sodale/sync/seal"
)

// CodeDifferent is the code of a revision that is in the book with other content.
const CodeDifferent fault.Code = "register.different"

// Refusal is why something can't be taken in. Nothing of it is written. Code is one of package api, Field names what it is about.
type Refusal struct {
	Code  string
	Field string
}

func (r *Refusal) Error() string { return r.Code + " " + r.Field }

// Entry is one revision that was opened, and whose files were checked.
type Entry struct {
	Member string
	Device string // that brought it
	Put    api.Put
	Letter Letter
}

// Filing is what came of an entry. All but Receipt is to be done after the commit, and once: it is empty when the revision was in
// the book before.
type Filing struct {
	Receipt []byte   // the signed receipt, the same bytes for ever
	Proof   bool     // new contacts wait for their codes
	Gone    []string // digests of files that are to be removed
	Last    *Farewell
	Scrub   bool // the database is to let go of what was erased
}

// Farewell is the last letter to somebody whose account is deleted.
type Farewell struct{ To, Text string }

// filing is an entry on its way into the book.
type filing struct {
	*archive.Archive
	Entry
	Filing
	tx       *store.Tx
	now      time.Time
	before   *store.Revision // newest revision of the subject in the book; nil = none
	revision store.Revision  // to be written
	protocol string          // number of the subject; "" = the next one of requests
	more     []archive.News  // what the member is told after the first
}

// File writes an entry, what follows from it, its event and an audit row in one transaction. When the revision is in the book
// with the same content, nothing is written and its receipt is returned; with other content, CodeDifferent. A *Refusal when it
// can't be taken in.
func File(ctx context.Context, a *archive.Archive, e Entry) (Filing, error) {
	var f *filing
	var stored store.Revision
	err := a.Store.Write(ctx, func(tx *store.Tx) error {
		seq, err := tx.NextSeq(ctx, e.Member) // from here on the member's other writers wait
		if err != nil {
			return err
		}
		if stored, err = tx.Revision(ctx, e.Member, e.Letter.Subject, e.Letter.Revision); err == nil {
			return errThere
		}
		if fault.CodeOf(err) != store.CodeNone {
			return err
		}
		f = &filing{Archive: a, Entry: e, tx: tx, now: a.Now()}
		return f.enter(ctx, seq)
	})
	if errors.Is(err, errThere) {
		receipt, err := Receipt(stored, e.Put.Plain)
		return Filing{Receipt: receipt}, err
	}
	if err != nil {
		return Filing{}, err
	}
	return f.Filing, nil
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
func (f *filing) enter(ctx context.Context, seq int64) error {
	k, err := f.admit(ctx)
	if err != nil {
		return err
	}
	f.revision = store.Revision{Member: f.Member, Subject: f.Letter.Subject, Revision: f.Letter.Revision, Kind: f.Put.Kind, OpID: f.Put.OpID,
		Plain: f.Put.Plain, Body: f.Put.Body, ReceivedAt: f.now}
	news, err := k.follow(ctx, f)
	if err != nil {
		return err
	}
	if err := f.sign(ctx, seq); err != nil {
		return err
	}
	if err := f.tx.AddRevision(ctx, f.revision); err != nil {
		return err
	}
	if err := f.Tell(ctx, f.tx, f.Member, seq, news); err != nil {
		return err
	}
	for _, n := range f.more {
		if err := f.TellNext(ctx, f.tx, f.Member, n); err != nil {
			return err
		}
	}
	return f.Audit(ctx, f.tx, f.Device, k.action, f.Member, f.Letter.Subject)
}

// admit finds the line of the table, and what came of the subject before. A subject stays of its kind; while the service is off
// only what may switch it on again is taken.
func (f *filing) admit(ctx context.Context) (kind, error) {
	k, known := kinds[submission.Kind(f.Put.Kind)]
	if !known {
		return k, unacceptable("kind")
	}
	before, err := f.tx.NewestRevision(ctx, f.Member, f.Letter.Subject)
	switch {
	case err == nil && before.Kind != f.Put.Kind:
		return k, unacceptable("id")
	case err == nil:
		f.before = &before
	case fault.CodeOf(err) != store.CodeNone:
		return k, err
	}
	off, err := f.tx.Disabled(ctx, f.Member)
	if err == nil && off && !k.whileOff {
		err = &Refusal{Code: api.CodeNotAllowed, Field: "disabled"}
	}
	return k, err
}

// late reports whether a newer revision of the subject is in the book already.
func (f *filing) late() bool { return f.before != nil && f.before.Revision > f.Letter.Revision }

// sign makes the receipt.
func (f *filing) sign(ctx context.Context, seq int64) error {
	mutual, err := f.MutualIn(ctx, f.tx.Queries)
	if err != nil {
		return err
	}
	epoch, err := f.tx.Setting(ctx, store.SettingEpoch)
	if err != nil {
		return err
	}
	if f.protocol == "" {
		if f.protocol, err = f.tx.NextRequest(ctx, civil.Of(f.now).Year); err != nil {
			return err
		}
	}
	f.revision.Receipt, err = seal.SignReceipt(f.Keys.Sign, api.Receipt{Format: 1, Mutual: mutual.ID, Member: f.Member, OpID: f.Put.OpID,
		Kind: f.Put.Kind, Subject: f.Letter.Subject, Revision: f.Letter.Revision, Plain: f.Put.Plain, Blobs: f.Put.Blobs,
		Protocol: f.protocol, Epoch: epoch, Seq: seq, At: f.now})
	f.Receipt = f.revision.Receipt
	return err
}

func unacceptable(field string) error { return &Refusal{Code: api.CodeContent, Field: field} }
