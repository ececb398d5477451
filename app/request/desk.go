package request

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"sync"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/id"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/submission"
)

// Codes of the desk.
const (
	CodeUndecided fault.Code = "request.undecided" // the mutual changed the same field: decide first; Item names the fields
	CodeNothing   fault.Code = "request.nothing"   // the edit changes nothing
	CodeNotFound  fault.Code = "request.not-found" // no refused request of that id
)

// Vault keeps requests and edits. Every method that changes something returns after it is durable, and changes all or nothing.
type Vault interface {
	// Household returns what the mutual last said of the member.
	Household(ctx context.Context) (member.Household, error)
	// FreezeRequest writes the request and its submission (Queued), with one audit row, in one transaction, and removes the draft of a
	// letter that it was made of. Freezing an op id
	// again changes nothing.
	FreezeRequest(ctx context.Context, r Request, s submission.Submission) error
	// Requests lists every request with its delivery, in the order they were frozen.
	Requests(ctx context.Context) ([]Request, error)
	// Edits lists the stored edits, one for each person at most.
	Edits(ctx context.Context) ([]member.Edit, error)
	// SaveEdit stores the edit of its person over the one before.
	SaveEdit(ctx context.Context, e member.Edit) error
	// DropEdit removes the edit of a person. It is no error when there is none.
	DropEdit(ctx context.Context, person member.ID) error
	// Resolve stores an edit together with the values that were given up for it.
	Resolve(ctx context.Context, e member.Edit, lost []member.Past) error
	// Past lists the values that were given up, oldest first.
	Past(ctx context.Context) ([]member.Past, error)
	// Consents lists the answers that the mutual has, oldest first.
	Consents(ctx context.Context) ([]privacy.Answer, error)
	// LetterDrafts returns the letters in the making, SaveLetterDrafts replaces them.
	LetterDrafts(ctx context.Context) (complaint.Drafts, error)
	SaveLetterDrafts(ctx context.Context, d complaint.Drafts) error
	// Said lists the events of one kind that came, oldest first.
	Said(ctx context.Context, kind string) ([]submission.FeedEvent, error)
}

// Desk is where a member asks the mutual for what is no claim. All fields are needed. It works with no network: what it
// freezes is delivered by the engine.
type Desk struct {
	Vault  Vault
	Sealer claim.Sealer
	Clock  clock.Clock
	Random io.Reader

	freezing sync.Mutex // reading the chain and freezing its next link is one step
}

// Requests lists every request, latest first.
func (d *Desk) Requests(ctx context.Context) ([]Request, error) {
	all, err := d.Vault.Requests(ctx)
	if err != nil {
		return nil, err
	}
	latest := make([]Request, 0, len(all))
	for i := range all {
		latest = append(latest, all[len(all)-1-i])
	}
	return latest, nil
}

// History lists the values that were given up for a person's details, oldest first.
func (d *Desk) History(ctx context.Context, person member.ID) ([]member.Past, error) {
	all, err := d.Vault.Past(ctx)
	if err != nil {
		return nil, err
	}
	var own []member.Past
	for _, p := range all {
		if p.Person == person {
			own = append(own, p)
		}
	}
	return own, nil
}

// AddRelative asks for a relative to be added (FAM-01, FAM-02). corrects is the id of the refused request that this one
// corrects (CodeMobile, CodeActivation), "" for a new one; CodeNotFound when no such request was refused.
func (d *Desk) AddRelative(ctx context.Context, who member.Newcomer, corrects string) (Request, error) {
	d.freezing.Lock()
	defer d.freezing.Unlock()
	f := Filed{Kind: submission.KindFamily, Family: &who}
	if corrects != "" {
		last, err := d.last(ctx, func(r Request) bool { return r.Kind == submission.KindFamily && r.ID == corrects })
		if err != nil {
			return Request{}, err
		}
		if last == nil || last.Delivery.Status != submission.Held {
			return Request{}, fault.New(CodeNotFound, "request.relative", corrects)
		}
		f.ID, f.Revision = last.ID, last.Revision
	}
	return d.freeze(ctx, f)
}

// Erase asks for a deletion at the mutual (DEL-01 … DEL-03). Asking again while the first waits is the first.
func (d *Desk) Erase(ctx context.Context, what privacy.Erasure) (Request, error) {
	d.freezing.Lock()
	defer d.freezing.Unlock()
	last, err := d.last(ctx, func(r Request) bool { return r.Erasure != nil && *r.Erasure == what })
	if err != nil {
		return Request{}, err
	}
	f := Filed{Kind: submission.KindErasure, Erasure: &what}
	if last != nil && last.Waiting() {
		if last.Delivery.Status != submission.Held {
			return *last, nil
		}
		f.ID, f.Revision = last.ID, last.Revision
	}
	return d.freeze(ctx, f)
}

// last finds the latest request that fits, nil when there is none.
func (d *Desk) last(ctx context.Context, fits func(Request) bool) (*Request, error) {
	all, err := d.Vault.Requests(ctx)
	if err != nil {
		return nil, err
	}
	for i := len(all) - 1; i >= 0; i-- {
		if fits(all[i]) {
			return &all[i], nil
		}
	}
	return nil, nil
}

// freeze numbers, encodes, seals and stores a request; d.freezing is held. ID and Revision of f are those of the request it
// follows, or empty. Only the last step changes anything, and after an error what really happened is read back.
func (d *Desk) freeze(ctx context.Context, f Filed) (Request, error) {
	household, err := d.Vault.Household(ctx)
	if err != nil {
		return Request{}, err
	}
	now := d.Clock.Now().UTC()
	if f.OpID, err = id.New(now, d.Random); err != nil {
		return Request{}, err
	}
	if f.ID == "" {
		if f.ID, err = id.New(now, d.Random); err != nil {
			return Request{}, err
		}
	}
	f.Format, f.Revision, f.Holder, f.Number, f.Seen, f.MadeAt = FiledFormat, f.Revision+1, household.Holder.ID, household.Number, max(f.Seen, household.Version), now
	f = f.canonical()
	plain, err := Encode(f)
	if err != nil {
		return Request{}, err
	}
	body, err := d.seal(plain)
	if err != nil {
		return Request{}, err
	}
	sum := sha256.Sum256(plain)
	s := submission.Submission{OpID: f.OpID, Kind: f.Kind, Subject: f.ID, Revision: f.Revision, Body: body, Plain: hex.EncodeToString(sum[:]), FrozenAt: now}
	if err = d.Vault.FreezeRequest(ctx, Request{Filed: f}, s); err == nil {
		return Request{Filed: f, Delivery: submission.Delivery{OpID: f.OpID, Kind: f.Kind, Subject: f.ID, Revision: f.Revision,
			Status: submission.Queued, Plain: s.Plain, FrozenAt: now}}, nil
	}
	if stored, readErr := d.last(ctx, func(r Request) bool { return r.OpID == f.OpID }); readErr == nil && stored != nil {
		return *stored, nil
	}
	return Request{}, err
}

func (d *Desk) seal(plain []byte) ([]byte, error) {
	var body bytes.Buffer
	w, err := d.Sealer.Seal(&body)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(plain); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return body.Bytes(), nil
}
