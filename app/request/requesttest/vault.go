// Package requesttest is what a request.Desk stands on in tests: a vault in memory that keeps requests and edits as storage does
// on the disk. No program may import it.
package requesttest

import (
	"context"
	"slices"
	"sync"

	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
)

// Vault keeps everything in memory. It is safe for concurrent use.
type Vault struct {
	mu        sync.Mutex
	household member.Household
	requests  []request.Request
	bodies    []submission.Submission
	edits     map[member.ID]member.Edit
	past      []member.Past
	consents  []privacy.Answer
	said      []submission.FeedEvent
	letters   complaint.Drafts
	freezeErr error
	late      bool
}

var _ request.Vault = (*Vault)(nil)

// NewVault returns a vault that holds a household.
func NewVault(h member.Household) *Vault {
	return &Vault{household: h, edits: map[member.ID]member.Edit{}}
}

// SetHousehold is the mutual's word that came.
func (v *Vault) SetHousehold(h member.Household) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.household = h
}

// SetConsents is the mutual's word that came.
func (v *Vault) SetConsents(answers []privacy.Answer) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.consents = slices.Clone(answers)
}

// Hear is an event that came.
func (v *Vault) Hear(e submission.FeedEvent) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.said = append(v.said, e)
}

// SetStatus moves the delivery of a request.
func (v *Vault) SetStatus(opID string, status submission.Status, reason fault.Code) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for i := range v.requests {
		if v.requests[i].OpID == opID {
			v.requests[i].Delivery.Status, v.requests[i].Delivery.Reason = status, reason
		}
	}
}

// FailFreeze makes the next freezing fail with err; late says that it was written all the same.
func (v *Vault) FailFreeze(err error, late bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.freezeErr, v.late = err, late
}

// Frozen lists what was frozen, in order.
func (v *Vault) Frozen() []submission.Submission {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.bodies)
}

// Household implements request.Vault.
func (v *Vault) Household(context.Context) (member.Household, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.household, nil
}

// FreezeRequest implements request.Vault.
func (v *Vault) FreezeRequest(_ context.Context, r request.Request, s submission.Submission) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	err := v.freezeErr
	v.freezeErr = nil
	known := slices.ContainsFunc(v.bodies, func(o submission.Submission) bool { return o.OpID == s.OpID })
	if (err == nil || v.late) && !known {
		r.Delivery = submission.Delivery{OpID: s.OpID, Kind: s.Kind, Subject: s.Subject, Revision: s.Revision, Status: submission.Queued, Plain: s.Plain, FrozenAt: s.FrozenAt}
		v.requests, v.bodies = append(v.requests, r), append(v.bodies, s)
		v.letters = r.LeftOf(v.letters)
	}
	return err
}

// Requests implements request.Vault.
func (v *Vault) Requests(context.Context) ([]request.Request, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.requests), nil
}

// Edits implements request.Vault.
func (v *Vault) Edits(context.Context) ([]member.Edit, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	var all []member.Edit
	for _, e := range v.edits {
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b member.Edit) int { return a.SavedAt.Compare(b.SavedAt) })
	return all, nil
}

// SaveEdit implements request.Vault.
func (v *Vault) SaveEdit(_ context.Context, e member.Edit) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.edits[e.Person] = e
	return nil
}

// DropEdit implements request.Vault.
func (v *Vault) DropEdit(_ context.Context, person member.ID) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.edits, person)
	return nil
}

// Resolve implements request.Vault.
func (v *Vault) Resolve(_ context.Context, e member.Edit, lost []member.Past) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.edits[e.Person] = e
	v.past = append(v.past, lost...)
	return nil
}

// Past implements request.Vault.
func (v *Vault) Past(context.Context) ([]member.Past, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.past), nil
}

// Consents implements request.Vault.
func (v *Vault) Consents(context.Context) ([]privacy.Answer, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.consents), nil
}

// Said implements request.Vault.
func (v *Vault) Said(_ context.Context, kind string) ([]submission.FeedEvent, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(v.said), func(e submission.FeedEvent) bool { return e.Kind != kind }), nil
}

// LetterDrafts implements request.Vault.
func (v *Vault) LetterDrafts(context.Context) (complaint.Drafts, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.letters.Clone(), nil
}

// SaveLetterDrafts implements request.Vault.
func (v *Vault) SaveLetterDrafts(_ context.Context, d complaint.Drafts) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.letters = d.Clone()
	return nil
}
