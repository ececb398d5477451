package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"

	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
)

// requestRecord is one request as it is stored. Order grows with every request that is frozen, whatever the clock says.
type requestRecord struct {
	Order int           `json:"order"`
	Filed request.Filed `json:"filed"`
}

// pastRecord is one value that was given up. Order grows likewise, and names it.
type pastRecord struct {
	Order int         `json:"order"`
	Past  member.Past `json:"past"`
}

func pastName(order int) string { return fmt.Sprintf("%016d", order) }

// decodeOrdered reads the requests and the values given up.
func (p *personal) decodeOrdered(entries []entry) error {
	var err error
	if p.requests, err = decodeAll(entries, requests, fromJSON[requestRecord]); err != nil {
		return err
	}
	if p.pasts, err = decodeAll(entries, pasts, fromJSON[pastRecord]); err != nil {
		return err
	}
	slices.SortFunc(p.requests, func(a, b requestRecord) int { return a.Order - b.Order })
	slices.SortFunc(p.pasts, func(a, b pastRecord) int { return a.Order - b.Order })
	return nil
}

func (p *personal) decodeEdit(name string, data []byte) error {
	var e member.Edit
	err := json.Unmarshal(data, &e)
	p.edits[member.ID(name)] = e
	return err
}

// copied gives a request pointers of its own, so that callers may edit it.
func copied(f request.Filed) request.Filed {
	if f.Change != nil {
		c := *f.Change
		c.Base, c.Mine = copiedDetails(c.Base), copiedDetails(c.Mine)
		f.Change = &c
	}
	f.Family, f.Consent, f.Erasure = pointTo(f.Family), pointTo(f.Consent), pointTo(f.Erasure)
	f.Complaint, f.Question = pointTo(f.Complaint), pointTo(f.Question)
	return f
}

func copiedDetails(d member.Details) member.Details {
	d.Domicile, d.Photo = pointTo(d.Domicile), slices.Clone(d.Photo)
	return d
}

func copiedEdit(e member.Edit) member.Edit {
	e.Base, e.Mine = copiedDetails(e.Base), copiedDetails(e.Mine)
	return e
}

func copiedHousehold(h member.Household) member.Household {
	h.Family, h.Domicile, h.Photo = slices.Clone(h.Family), pointTo(h.Domicile), slices.Clone(h.Photo)
	h.Plan.Covers, h.Plan.Dues = slices.Clone(h.Plan.Covers), slices.Clone(h.Plan.Dues)
	h.Plan.Covers, h.Plan.Dues = slices.Clone(h.Plan.Covers), slices.Clone(h.Plan.Dues)
	for i := range h.Family {
		h.Family[i].Details = copiedDetails(h.Family[i].Details)
	}
	return h
}

// pointTo points to a copy of what a pointer points to.
func pointTo[T any](p *T) *T {
	if p == nil {
		return nil
	}
	value := *p
	return &value
}

// FreezeRequest writes a request and its submission (Queued) with one audit row, and removes the edit or the draft that it was made of, in one
// transaction, or nothing. Freezing an op id again changes nothing.
func (s *Store) FreezeRequest(_ context.Context, r request.Request, sub submission.Submission) error {
	s.mu.Lock()
	frozenNow, err := s.freezeRequest(copied(r.Filed), sub)
	s.mu.Unlock()
	if err == nil && frozenNow {
		s.feed.Say(change.Change{Topic: change.Profile, ID: sub.Subject}, change.Change{Topic: change.Delivery, ID: sub.OpID})
	}
	return err
}

func (s *Store) freezeRequest(f request.Filed, sub submission.Submission) (frozenNow bool, err error) {
	if err := s.open("freeze"); err != nil {
		return false, err
	}
	if _, frozenBefore := s.outbox.deliveries[sub.OpID]; frozenBefore {
		return false, nil
	}
	p := s.personal
	r := requestRecord{Order: 1, Filed: f}
	if n := len(p.requests); n > 0 {
		r.Order = p.requests[n-1].Order + 1
	}
	d := queued(sub)
	var w writes
	w.put(requests, sub.OpID, r)
	w.put(frozen, sub.OpID, sub)
	w.put(deliveries, sub.OpID, d)
	dropped := false
	if f.Change != nil {
		_, dropped = p.edits[f.Change.Person]
	}
	if dropped {
		w.remove(edits, string(f.Change.Person))
	}
	letters := f.LeftOf(p.letters)
	if letters.Count() < p.letters.Count() {
		w.put(profile, nameLetters, letters)
	}
	if err := s.audit(&w, "frozen", sub.OpID); err != nil {
		return false, err
	}
	if err := s.commit("freeze", w); err != nil {
		return false, err
	}
	p.requests, p.letters = append(p.requests, r), letters
	if dropped {
		delete(p.edits, f.Change.Person)
	}
	s.outbox.keep(d)
	return true, nil
}

// Requests lists every request with its delivery, in the order they were frozen.
func (s *Store) Requests(context.Context) ([]request.Request, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("requests"); err != nil {
		return nil, err
	}
	list := make([]request.Request, 0, len(s.personal.requests))
	for _, r := range s.personal.requests {
		list = append(list, request.Request{Filed: copied(r.Filed), Delivery: cloneDelivery(s.outbox.deliveries[r.Filed.OpID])})
	}
	return list, nil
}

// Edits lists the stored edits, one for each person at most, the one saved last at the end.
func (s *Store) Edits(context.Context) ([]member.Edit, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("edits"); err != nil {
		return nil, err
	}
	list := make([]member.Edit, 0, len(s.personal.edits))
	for _, e := range s.personal.edits {
		list = append(list, copiedEdit(e))
	}
	slices.SortFunc(list, func(a, b member.Edit) int { return a.SavedAt.Compare(b.SavedAt) })
	return list, nil
}

// SaveEdit stores the edit of its person over the one before. It returns after the commit.
func (s *Store) SaveEdit(ctx context.Context, e member.Edit) error { return s.Resolve(ctx, e, nil) }

// Resolve stores an edit together with the values that were given up for it, in one transaction.
func (s *Store) Resolve(_ context.Context, e member.Edit, lost []member.Past) error {
	s.mu.Lock()
	before, err := s.resolve(e, lost)
	s.mu.Unlock()
	if err != nil {
		return err
	}
	before.SavedAt = e.SavedAt
	if len(lost) > 0 || !reflect.DeepEqual(before, e) {
		s.feed.Say(change.Change{Topic: change.Profile, ID: string(e.Person)})
	}
	return nil
}

func (s *Store) resolve(e member.Edit, lost []member.Past) (before member.Edit, err error) {
	if err := s.open("edit"); err != nil {
		return before, err
	}
	p, e := s.personal, copiedEdit(e)
	before = p.edits[e.Person]
	var w writes
	w.put(edits, string(e.Person), e)
	var records []pastRecord
	for i, past := range lost {
		r := pastRecord{Order: p.nextPast() + i, Past: past}
		r.Past.Value = copiedDetails(past.Value)
		w.put(pasts, pastName(r.Order), r)
		records = append(records, r)
	}
	if err := s.commit("draft", w); err != nil {
		return before, err
	}
	p.edits[e.Person] = e
	p.pasts = append(p.pasts, records...)
	return before, nil
}

// nextPast is the order of the next value that is given up.
func (p *personal) nextPast() int {
	if n := len(p.pasts); n > 0 {
		return p.pasts[n-1].Order + 1
	}
	return 1
}

// DropEdit removes the edit of a person. It is no error when there is none.
func (s *Store) DropEdit(_ context.Context, person member.ID) error {
	s.mu.Lock()
	dropped, err := s.dropEdit(person)
	s.mu.Unlock()
	if dropped {
		s.feed.Say(change.Change{Topic: change.Profile, ID: string(person)})
	}
	return err
}

func (s *Store) dropEdit(person member.ID) (dropped bool, err error) {
	if err := s.open("edit"); err != nil {
		return false, err
	}
	if _, there := s.personal.edits[person]; !there {
		return false, nil
	}
	var w writes
	w.remove(edits, string(person))
	if err := s.commit("draft", w); err != nil {
		return false, err
	}
	delete(s.personal.edits, person)
	return true, nil
}

// Past lists the values that were given up, oldest first.
func (s *Store) Past(context.Context) ([]member.Past, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("past"); err != nil {
		return nil, err
	}
	list := make([]member.Past, 0, len(s.personal.pasts))
	for _, r := range s.personal.pasts {
		r.Past.Value = copiedDetails(r.Past.Value)
		list = append(list, r.Past)
	}
	return list, nil
}
