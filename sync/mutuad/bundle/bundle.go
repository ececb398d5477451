// Package bundle is a claim with those that were joined to it: one decision, one payment (CLM-24).
//
// Every claim is in exactly one bundle: its own, or that of the claim it was joined to, which leads it. What it promises:
//
//   - a claim that was joined keeps its number, its documents and its data (AMB-61); nothing of it moves into another body;
//   - it is Merged as long as it is joined, and Paid together with the lead;
//   - when the lead ends without it, it stands by itself again, or the next one leads;
//   - a document is paid once: what was paid never leaves its bundle.
//
// All methods work inside one transaction that has the member locked (store.Tx.NextSeq). What the member is to be told is
// collected in News, in order.
package bundle

import (
	"context"
	"encoding/json"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// CodeDamaged is the code of stored bytes that are not what they were. Item names them.
const CodeDamaged fault.Code = "bundle.damaged"

// Claim is one claim with what the member was last told of it.
type Claim struct {
	store.Claim
	Said claim.StatusNews
}

// Bundle is a lead with the claims that were joined to it, first received first.
type Bundle struct {
	Lead   *Claim
	Joined []*Claim
	News   []archive.News // what the member is to be told

	archive *archive.Archive
	tx      *store.Tx
	now     time.Time
}

// Read reads the bundle that a claim is in.
func Read(ctx context.Context, a *archive.Archive, tx *store.Tx, c store.Claim) (*Bundle, error) {
	b := &Bundle{archive: a, tx: tx, now: a.Now()}
	if c.JoinedTo != "" {
		lead, err := tx.FindClaim(ctx, c.JoinedTo)
		if err != nil {
			return nil, err
		}
		c = lead
	}
	var err error
	if b.Lead, err = b.claim(ctx, c); err != nil {
		return nil, err
	}
	joined, err := tx.JoinedClaims(ctx, c.Member, c.Protocol)
	for _, j := range joined {
		if err != nil {
			break
		}
		var read *Claim
		read, err = b.claim(ctx, j)
		b.Joined = append(b.Joined, read)
	}
	return b, err
}

// New is the bundle of a claim that is not stored yet.
func New(a *archive.Archive, tx *store.Tx, c store.Claim) *Bundle {
	return &Bundle{Lead: &Claim{Claim: c}, archive: a, tx: tx, now: a.Now()}
}

func (b *Bundle) claim(ctx context.Context, c store.Claim) (*Claim, error) {
	said, err := Said(ctx, b.archive, b.tx.Queries, c)
	return &Claim{Claim: c, Said: said}, err
}

// Claims lists the lead and then the others.
func (b *Bundle) Claims() []*Claim { return append([]*Claim{b.Lead}, b.Joined...) }

// Find returns the claim of that subject, or nil.
func (b *Bundle) Find(subject string) *Claim {
	for _, c := range b.Claims() {
		if c.Subject == subject {
			return c
		}
	}
	return nil
}

// Numbers lists the protocol numbers of what was joined; it is never nil.
func (b *Bundle) Numbers() []string {
	numbers := []string{}
	for _, c := range b.Joined {
		numbers = append(numbers, c.Protocol)
	}
	return numbers
}

// Tell stores a claim as it stands now and lets the member hear of it in these words. What was said before and is not changed is
// said again, since each event stands for itself.
func (b *Bundle) Tell(ctx context.Context, c *Claim, words string) error {
	c.Said.State, c.Said.Number, c.Said.Into, c.Said.ReplyBy, c.ChangedAt = c.State, c.Protocol, c.JoinedTo, c.ReplyBy, b.now
	sealed, err := b.archive.Sealed(c.Said)
	if err != nil {
		return err
	}
	c.Claim.Said = sealed
	b.News = append(b.News, archive.News{Kind: submission.EventClaimStatus, Subject: c.Subject, At: b.now, Words: words, Body: c.Said})
	return b.tx.PutClaim(ctx, c.Claim)
}

// Said opens what a member was last told of a claim. A claim that was stored before that was kept has it in the feed.
func Said(ctx context.Context, a *archive.Archive, q *store.Queries, c store.Claim) (claim.StatusNews, error) {
	said := claim.StatusNews{State: c.State, Number: c.Protocol}
	text, err := []byte(nil), error(nil)
	if len(c.Said) > 0 {
		text, err = a.Opened(c.Said)
	} else {
		text, err = q.LastEvent(ctx, c.Member, submission.EventClaimStatus, c.Subject)
	}
	if fault.CodeOf(err) == store.CodeNone {
		return said, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &said)
	}
	if err != nil {
		return said, fault.Wrap(CodeDamaged, "bundle.said", c.Protocol, err)
	}
	return said, nil
}
