package claim_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"sync"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/submission"
)

// fakeVault keeps claims in memory. failFreeze makes Freeze answer an error; with freezeAnyway it has stored all the
// same, as a commit may.
type fakeVault struct {
	mu           sync.Mutex
	household    member.Household
	claims       map[claim.ID]claim.Claim
	blobs        map[string][]byte
	frozen       []submission.Submission
	failFreeze   error
	freezeAnyway bool
}

func newFakeVault() *fakeVault {
	return &fakeVault{claims: map[claim.ID]claim.Claim{}, blobs: map[string][]byte{},
		household: member.Household{Number: "000000003423", IBAN: "IT60X0542811101000000123456",
			Holder: member.Person{ID: "elena", Role: member.Holder, GivenName: "Elena", FamilyName: "Marchetti"}}}
}

func (v *fakeVault) Household(context.Context) (member.Household, error) { return v.household, nil }

func (v *fakeVault) Claims(context.Context) ([]claim.Claim, error) {
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

func (v *fakeVault) Claim(_ context.Context, id claim.ID) (claim.Claim, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	c, ok := v.claims[id]
	if !ok {
		return c, fault.New(claim.CodeNotFound, "vault.claim", string(id))
	}
	return c, nil
}

func (v *fakeVault) Delivery(_ context.Context, opID string) (*submission.Delivery, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, s := range v.frozen {
		if s.OpID == opID {
			return &submission.Delivery{OpID: opID, Status: submission.Queued}, nil
		}
	}
	return nil, nil
}

func (v *fakeVault) SaveDraft(_ context.Context, c claim.Claim) (claim.Claim, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.save(c)
}

func (v *fakeVault) save(c claim.Claim) (claim.Claim, error) {
	if v.claims[c.ID].Version != c.Version {
		return c, fault.New(claim.CodeStale, "vault.save", string(c.ID))
	}
	c.Version++
	c.Mutual = v.claims[c.ID].Mutual
	v.claims[c.ID] = c
	return c, nil
}

func (v *fakeVault) PutBlob(_ context.Context, write func(io.Writer) error) (submission.Blob, error) {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return submission.Blob{}, err
	}
	sum := sha256.Sum256(b.Bytes())
	v.mu.Lock()
	defer v.mu.Unlock()
	v.blobs[hex.EncodeToString(sum[:])] = b.Bytes()
	return submission.Blob{Digest: hex.EncodeToString(sum[:]), Size: int64(b.Len())}, nil
}

func (v *fakeVault) OpenBlob(_ context.Context, digest string) (io.ReadCloser, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	b, ok := v.blobs[digest]
	if !ok {
		return nil, fault.New(claim.CodeBlobGone, "vault.blob", digest)
	}
	return io.NopCloser(bytes.NewReader(b)), nil
}

func (v *fakeVault) Freeze(_ context.Context, c claim.Claim, s submission.Submission) (claim.Claim, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.failFreeze != nil && !v.freezeAnyway {
		return c, v.failFreeze
	}
	c, err := v.save(c)
	if err != nil {
		return c, err
	}
	v.frozen = append(v.frozen, s)
	return c, v.failFreeze
}

func (v *fakeVault) Release(context.Context, string) error { return nil }

// mirrorSealer "seals" by flipping every bit: enough to tell sealed from plain bytes.
type mirrorSealer struct{}

type mirror struct{ dst io.Writer }

func (m mirror) Write(p []byte) (int, error) {
	q := make([]byte, len(p))
	for i := range p {
		q[i] = ^p[i]
	}
	return m.dst.Write(q)
}

func (mirror) Close() error { return nil }

func (mirrorSealer) Seal(dst io.Writer) (io.WriteCloser, error) { return mirror{dst}, nil }

func (mirrorSealer) Open(src io.Reader) (io.Reader, error) {
	var b bytes.Buffer
	_, err := io.Copy(mirror{&b}, src)
	return &b, err
}

// fixedClock stands still at one instant.
type fixedClock time.Time

func (c fixedClock) Now() time.Time { return time.Time(c) }
