package storage

import (
	"context"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
)

// BinDays is how many days a discarded draft stays in the bin.
const BinDays = 30

// Claims lists all claims that are not in the bin, last edited first. They come from memory.
func (s *Store) Claims(context.Context) ([]claim.Claim, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.open("claims"); err != nil {
		return nil, err
	}
	if s.personal.list == nil {
		s.personal.list = s.personal.sorted(false)
	}
	list := make([]claim.Claim, len(s.personal.list))
	for i, c := range s.personal.list {
		list[i] = clone(c)
	}
	return list, nil
}

// Binned lists the discarded drafts that the bin still has, last edited first.
func (s *Store) Binned(context.Context) ([]claim.Claim, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("binned"); err != nil {
		return nil, err
	}
	list := s.personal.sorted(true)
	for i, c := range list {
		list[i] = clone(c)
	}
	return list, nil
}

// sorted lists the claims outside the bin or in it, last edited first.
func (p *personal) sorted(binned bool) []claim.Claim {
	list := make([]claim.Claim, 0, len(p.claims))
	for _, c := range p.claims {
		if c.DeletedAt.IsZero() != binned {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, func(a, b claim.Claim) int {
		if n := b.EditedAt.Compare(a.EditedAt); n != 0 {
			return n
		}
		return strings.Compare(string(b.ID), string(a.ID))
	})
	return list
}

// clone copies a claim with everything that it points to, so that callers may edit it. What was read from a paper nobody edits.
func clone(c claim.Claim) claim.Claim {
	c.Documents = slices.Clone(c.Documents)
	for i := range c.Documents {
		d := &c.Documents[i]
		d.Proposed = slices.Clone(d.Proposed)
		d.Attachments = slices.Clone(d.Attachments)
		for j := range d.Attachments {
			d.Attachments[j].Flaws = slices.Clone(d.Attachments[j].Flaws)
		}
	}
	c.Mutual.Steps = slices.Clone(c.Mutual.Steps)
	c.Mutual.Joined = slices.Clone(c.Mutual.Joined)
	c.Mutual.Outcomes = slices.Clone(c.Mutual.Outcomes)
	return c
}

// Claim reads one, in the bin or not; claim.CodeNotFound when there is none.
func (s *Store) Claim(_ context.Context, id claim.ID) (claim.Claim, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("claim"); err != nil {
		return claim.Claim{}, err
	}
	c, ok := s.personal.claims[id]
	if !ok {
		return claim.Claim{}, fault.New(claim.CodeNotFound, "storage.claim", string(id))
	}
	return clone(c), nil
}

// SaveDraft stores c if its Version is the stored one, and returns it with the next. What the mutual said of the claim is not
// the member's to write: it stays as stored. It returns after the commit.
// claim.CodeStale leaves the stored draft as it was; identity.CodeDiskFull too. Listeners hear of it when something other than
// the version and the instant of editing differs.
func (s *Store) SaveDraft(_ context.Context, c claim.Claim) (claim.Claim, error) {
	s.mu.Lock()
	if err := s.open("draft"); err != nil {
		s.mu.Unlock()
		return c, err
	}
	before := s.personal.claims[c.ID]
	if before.Version != c.Version {
		s.mu.Unlock()
		return c, fault.New(claim.CodeStale, "storage.draft", string(c.ID))
	}
	next := clone(c)
	next.Version++
	next.Mutual = before.Mutual
	var w writes
	w.put(claims, string(next.ID), next)
	err := s.commit("draft", w)
	if err == nil {
		s.personal.keep(next)
	}
	s.mu.Unlock()
	if err != nil {
		return c, err
	}
	if differs(before, next) {
		s.feed.Say(change.Change{Topic: change.Claims, ID: string(next.ID)})
	}
	return clone(next), nil
}

// keep puts a claim in memory after its commit.
func (p *personal) keep(c claim.Claim) {
	p.claims[c.ID] = c
	p.list = nil
}

// differs compares what a member can see of two states of a claim.
func differs(a, b claim.Claim) bool {
	a.Version, a.EditedAt = b.Version, b.EditedAt
	return !reflect.DeepEqual(a, b)
}

// Freeze writes the claim, the submission with its delivery (Queued) and one audit row in one transaction, or nothing.
// claim.CodeStale if the draft changed meanwhile. Freezing an op id again changes nothing and returns the stored claim.
func (s *Store) Freeze(_ context.Context, c claim.Claim, sub submission.Submission) (claim.Claim, error) {
	s.mu.Lock()
	next, err := s.freeze(c, sub)
	s.mu.Unlock()
	if err != nil {
		return c, err
	}
	if next.frozenNow {
		s.feed.Say(change.Change{Topic: change.Claims, ID: string(c.ID)}, change.Change{Topic: change.Delivery, ID: sub.OpID})
	}
	return clone(next.claim), nil
}

// freezing is the outcome of Freeze.
type freezing struct {
	claim     claim.Claim
	frozenNow bool
}

func (s *Store) freeze(c claim.Claim, sub submission.Submission) (freezing, error) {
	if err := s.open("freeze"); err != nil {
		return freezing{}, err
	}
	before := s.personal.claims[c.ID]
	if _, frozenBefore := s.outbox.deliveries[sub.OpID]; frozenBefore {
		return freezing{claim: before}, nil
	}
	if before.Version != c.Version {
		return freezing{}, fault.New(claim.CodeStale, "storage.freeze", string(c.ID))
	}
	next := clone(c)
	next.Version++
	next.Mutual = before.Mutual
	d := queued(sub)
	var w writes
	w.put(claims, string(next.ID), next)
	w.put(frozen, sub.OpID, sub)
	w.put(deliveries, sub.OpID, d)
	if err := s.audit(&w, "frozen", sub.OpID); err != nil {
		return freezing{}, err
	}
	if err := s.commit("freeze", w); err != nil {
		return freezing{}, err
	}
	s.personal.keep(next)
	s.outbox.keep(d)
	return freezing{claim: next, frozenNow: true}, nil
}

// purge deletes drafts that were in the bin for BinDays. Nothing that was ever frozen is deleted.
func (s *Store) purge() error {
	limit := s.options.Clock.Now().Add(-BinDays * 24 * time.Hour)
	var w writes
	for id, c := range s.personal.claims {
		if c.Revision == 0 && !c.DeletedAt.IsZero() && c.DeletedAt.Before(limit) {
			w.remove(claims, string(id))
		}
	}
	if len(w.list) == 0 {
		return nil
	}
	if err := s.commit("purge", w); err != nil {
		return err
	}
	for _, gone := range w.list {
		delete(s.personal.claims, claim.ID(gone.name))
	}
	s.personal.list = nil
	return nil
}
