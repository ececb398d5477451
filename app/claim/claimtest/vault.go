// Package claimtest is what a claim.Desk stands on in tests: a vault in memory, a sealer that is no cipher, and a clock
// that stands still. No program may import it.
package claimtest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"maps"
	"slices"
	"sync"

	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/submission"
)

// Vault keeps claims in memory, as storage does on the disk. It is safe for concurrent use.
type Vault struct {
	changes *change.Feed

	mu         sync.Mutex
	household  member.Household
	claims     map[claim.ID]claim.Claim
	blobs      map[string][]byte
	deliveries map[string]submission.Delivery
	frozen     []submission.Submission
	saves      int
	saveErr    error
	blobErr    error
	freezeErr  error
}

// NewVault returns a vault without claims. It says on changes what was stored; nil says nothing.
func NewVault(h member.Household, changes *change.Feed) *Vault {
	if changes == nil {
		changes = &change.Feed{}
	}
	return &Vault{changes: changes, household: h, claims: map[claim.ID]claim.Claim{}, blobs: map[string][]byte{},
		deliveries: map[string]submission.Delivery{}}
}

// FailSaves makes every commit of a draft or a submission answer err and store nothing, until nil is handed in.
func (v *Vault) FailSaves(err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.saveErr = err
}

// LoseAnswers makes every Freeze store what it was given and answer err all the same, as a commit may whose answer is
// lost, until nil is handed in.
func (v *Vault) LoseAnswers(err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.freezeErr = err
}

// FailBlobs makes every file that comes in answer err and store nothing, until nil is handed in.
func (v *Vault) FailBlobs(err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.blobErr = err
}

// Saves counts the commits of drafts.
func (v *Vault) Saves() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.saves
}

// Submissions returns what was frozen, oldest first.
func (v *Vault) Submissions() []submission.Submission {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.frozen)
}

// Blobs returns the stored bytes of every file by its digest.
func (v *Vault) Blobs() map[string][]byte {
	v.mu.Lock()
	defer v.mu.Unlock()
	return maps.Clone(v.blobs)
}

// SetBlob replaces the stored bytes of a file, as damage does.
func (v *Vault) SetBlob(digest string, data []byte) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.blobs[digest] = data
}

// Put stores a claim as it is, with the delivery of its last revision, and says so.
func (v *Vault) Put(c claim.Claim, d *submission.Delivery) {
	v.mu.Lock()
	c.Version++
	v.claims[c.ID] = c
	if d != nil {
		v.deliveries[d.OpID] = *d
	}
	v.mu.Unlock()
	v.changes.Say(change.Change{Topic: change.Claims, ID: string(c.ID)}, change.Change{Topic: change.Delivery})
}

// Move changes the delivery of a claim's last revision, and says so.
func (v *Vault) Move(id claim.ID, edit func(*submission.Delivery)) {
	v.mu.Lock()
	c := v.claims[id]
	d := v.deliveries[c.OpID]
	edit(&d)
	v.deliveries[c.OpID] = d
	v.mu.Unlock()
	v.changes.Say(change.Change{Topic: change.Delivery, ID: string(id)})
}

// Household implements claim.Vault.
func (v *Vault) Household(context.Context) (member.Household, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.household, nil
}

// Claims implements claim.Vault.
func (v *Vault) Claims(context.Context) ([]claim.Claim, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.listed(false), nil
}

// Binned implements claim.Vault.
func (v *Vault) Binned(context.Context) ([]claim.Claim, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.listed(true), nil
}

// listed lists the claims outside the bin or in it. The caller holds mu.
func (v *Vault) listed(binned bool) []claim.Claim {
	var all []claim.Claim
	for _, c := range v.claims {
		if c.DeletedAt.IsZero() != binned {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b claim.Claim) int { return b.EditedAt.Compare(a.EditedAt) })
	return all
}

// Claim implements claim.Vault.
func (v *Vault) Claim(_ context.Context, id claim.ID) (claim.Claim, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	c, ok := v.claims[id]
	if !ok {
		return c, fault.New(claim.CodeNotFound, "claimtest.claim", string(id))
	}
	return c, nil
}

// Delivery implements claim.Vault.
func (v *Vault) Delivery(_ context.Context, opID string) (*submission.Delivery, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	d, ok := v.deliveries[opID]
	if !ok {
		return nil, nil
	}
	return &d, nil
}

// Frozen implements claim.Vault.
func (v *Vault) Frozen(_ context.Context, opID string) (submission.Submission, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, s := range v.frozen {
		if s.OpID == opID {
			return s, nil
		}
	}
	return submission.Submission{}, fault.New(claim.CodeNotFound, "claimtest.frozen", opID)
}

// SaveDraft implements claim.Vault.
func (v *Vault) SaveDraft(_ context.Context, c claim.Claim) (claim.Claim, error) {
	v.mu.Lock()
	if v.saveErr != nil {
		defer v.mu.Unlock()
		return c, v.saveErr
	}
	stored, err := v.store(c)
	v.saves++
	v.mu.Unlock()
	if err == nil {
		v.changes.Say(change.Change{Topic: change.Claims, ID: string(c.ID)})
	}
	return stored, err
}

// store keeps a claim of the right version; the mutual's standing is not the caller's to change. The caller holds mu.
func (v *Vault) store(c claim.Claim) (claim.Claim, error) {
	if v.claims[c.ID].Version != c.Version {
		return c, fault.New(claim.CodeStale, "claimtest.save", string(c.ID))
	}
	c.Version++
	c.Mutual = v.claims[c.ID].Mutual
	v.claims[c.ID] = c
	return c, nil
}

// PutBlob implements claim.Vault.
func (v *Vault) PutBlob(_ context.Context, write func(io.Writer) error) (submission.Blob, error) {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return submission.Blob{}, err
	}
	sum := sha256.Sum256(b.Bytes())
	digest := hex.EncodeToString(sum[:])
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.blobErr != nil {
		return submission.Blob{}, v.blobErr
	}
	v.blobs[digest] = b.Bytes()
	return submission.Blob{Digest: digest, Size: int64(b.Len())}, nil
}

// OpenBlob implements claim.Vault.
func (v *Vault) OpenBlob(_ context.Context, digest string) (io.ReadCloser, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	b, ok := v.blobs[digest]
	if !ok {
		return nil, fault.New(claim.CodeBlobGone, "claimtest.blob", digest)
	}
	return io.NopCloser(bytes.NewReader(b)), nil
}

// Freeze implements claim.Vault.
func (v *Vault) Freeze(_ context.Context, c claim.Claim, s submission.Submission) (claim.Claim, error) {
	v.mu.Lock()
	if v.saveErr != nil {
		defer v.mu.Unlock()
		return c, v.saveErr
	}
	stored, err := v.store(c)
	if err == nil {
		v.frozen = append(v.frozen, s)
		v.deliveries[s.OpID] = submission.Delivery{OpID: s.OpID, Kind: s.Kind, Subject: s.Subject, Revision: s.Revision,
			Status: submission.Queued, Blobs: s.Blobs, Plain: s.Plain, FrozenAt: s.FrozenAt}
		err = v.freezeErr
	}
	v.mu.Unlock()
	if err == nil {
		v.changes.Say(change.Change{Topic: change.Claims, ID: string(c.ID)}, change.Change{Topic: change.Delivery})
	}
	return stored, err
}

// Release implements claim.Vault.
func (v *Vault) Release(_ context.Context, opID string) error {
	v.mu.Lock()
	d := v.deliveries[opID]
	d.Status, d.Reason = submission.Queued, ""
	v.deliveries[opID] = d
	v.mu.Unlock()
	v.changes.Say(change.Change{Topic: change.Delivery})
	return nil
}
