package gallery

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/submission"
)

// FakeVault keeps claims in memory, as storage does on the disk. It is safe for concurrent use.
type FakeVault struct {
	Changes *change.Feed

	mu         sync.Mutex
	household  member.Household
	claims     map[claim.ID]claim.Claim
	blobs      map[string][]byte
	deliveries map[string]submission.Delivery
	saves      int
	saveErr    error
	blobErr    error
}

func newFakeVault(h member.Household, changes *change.Feed) *FakeVault {
	return &FakeVault{Changes: changes, household: h, claims: map[claim.ID]claim.Claim{}, blobs: map[string][]byte{},
		deliveries: map[string]submission.Delivery{}}
}

// FailSaves makes every commit of a draft answer err and store nothing, until nil is handed in.
func (v *FakeVault) FailSaves(err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.saveErr = err
}

// FailBlobs makes every file that comes in answer err and store nothing, until nil is handed in.
func (v *FakeVault) FailBlobs(err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.blobErr = err
}

// Saves counts the commits of drafts.
func (v *FakeVault) Saves() int {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.saves
}

// Put stores a claim as it is, with the delivery of its last revision, and says so.
func (v *FakeVault) Put(c claim.Claim, d *submission.Delivery) {
	v.mu.Lock()
	c.Version++
	v.claims[c.ID] = c
	if d != nil {
		v.deliveries[d.OpID] = *d
	}
	v.mu.Unlock()
	v.Changes.Say(change.Change{Topic: change.Claims, ID: string(c.ID)}, change.Change{Topic: change.Delivery})
}

// Move changes the delivery of a claim's last revision, and says so.
func (v *FakeVault) Move(id claim.ID, edit func(*submission.Delivery)) {
	v.mu.Lock()
	c := v.claims[id]
	d := v.deliveries[c.OpID]
	edit(&d)
	v.deliveries[c.OpID] = d
	v.mu.Unlock()
	v.Changes.Say(change.Change{Topic: change.Delivery, ID: string(id)})
}

// Household implements claim.Vault.
func (v *FakeVault) Household(context.Context) (member.Household, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.household, nil
}

// Claims implements claim.Vault.
func (v *FakeVault) Claims(context.Context) ([]claim.Claim, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	var all []claim.Claim
	for _, c := range v.claims {
		if c.DeletedAt.IsZero() {
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b claim.Claim) int { return b.EditedAt.Compare(a.EditedAt) })
	return all, nil
}

// Claim implements claim.Vault.
func (v *FakeVault) Claim(_ context.Context, id claim.ID) (claim.Claim, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	c, ok := v.claims[id]
	if !ok {
		return c, fault.New(claim.CodeNotFound, "gallery.claim", string(id))
	}
	return c, nil
}

// Delivery implements claim.Vault.
func (v *FakeVault) Delivery(_ context.Context, opID string) (*submission.Delivery, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	d, ok := v.deliveries[opID]
	if !ok {
		return nil, nil
	}
	return &d, nil
}

// SaveDraft implements claim.Vault.
func (v *FakeVault) SaveDraft(_ context.Context, c claim.Claim) (claim.Claim, error) {
	v.mu.Lock()
	if v.saveErr != nil {
		defer v.mu.Unlock()
		return c, v.saveErr
	}
	stored, err := v.store(c)
	v.saves++
	v.mu.Unlock()
	if err == nil {
		v.Changes.Say(change.Change{Topic: change.Claims, ID: string(c.ID)})
	}
	return stored, err
}

// store keeps a claim of the right version. The caller holds mu.
func (v *FakeVault) store(c claim.Claim) (claim.Claim, error) {
	if v.claims[c.ID].Version != c.Version {
		return c, fault.New(claim.CodeStale, "gallery.save", string(c.ID))
	}
	c.Version++
	v.claims[c.ID] = c
	return c, nil
}

// PutBlob implements claim.Vault.
func (v *FakeVault) PutBlob(_ context.Context, write func(io.Writer) error) (submission.Blob, error) {
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
func (v *FakeVault) OpenBlob(_ context.Context, digest string) (io.ReadCloser, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	b, ok := v.blobs[digest]
	if !ok {
		return nil, fault.New(claim.CodeBlobGone, "gallery.blob", digest)
	}
	return io.NopCloser(bytes.NewReader(b)), nil
}

// Freeze implements claim.Vault.
func (v *FakeVault) Freeze(_ context.Context, c claim.Claim, s submission.Submission) (claim.Claim, error) {
	v.mu.Lock()
	if v.saveErr != nil {
		defer v.mu.Unlock()
		return c, v.saveErr
	}
	stored, err := v.store(c)
	if err == nil {
		v.deliveries[s.OpID] = submission.Delivery{OpID: s.OpID, Kind: s.Kind, Subject: s.Subject, Revision: s.Revision,
			Status: submission.Queued, Blobs: s.Blobs, Plain: s.Plain, FrozenAt: s.FrozenAt}
	}
	v.mu.Unlock()
	if err == nil {
		v.Changes.Say(change.Change{Topic: change.Claims, ID: string(c.ID)}, change.Change{Topic: change.Delivery})
	}
	return stored, err
}

// Release implements claim.Vault.
func (v *FakeVault) Release(_ context.Context, opID string) error {
	v.mu.Lock()
	d := v.deliveries[opID]
	d.Status, d.Reason = submission.Queued, ""
	v.deliveries[opID] = d
	v.mu.Unlock()
	v.Changes.Say(change.Change{Topic: change.Delivery})
	return nil
}

// fakeSealer "seals" by flipping every bit: enough to tell sealed bytes from plain ones.
type fakeSealer struct{}

type flipping struct{ dst io.Writer }

func (f flipping) Write(p []byte) (int, error) {
	q := make([]byte, len(p))
	for i := range p {
		q[i] = ^p[i]
	}
	return f.dst.Write(q)
}

func (flipping) Close() error { return nil }

// Seal implements claim.Sealer.
func (fakeSealer) Seal(dst io.Writer) (io.WriteCloser, error) { return flipping{dst}, nil }

// Open implements claim.Sealer.
func (fakeSealer) Open(src io.Reader) (io.Reader, error) {
	var b bytes.Buffer
	_, err := io.Copy(flipping{&b}, src)
	return &b, err
}

// Clock is a clock that moves only when it is told to.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// Now implements clock.Clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Set puts the clock to an instant.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}
