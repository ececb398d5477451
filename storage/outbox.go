package storage

import (
	"context"
	"encoding/json"
	"io"
	"reflect"
	"slices"
	"sync"

	bolt "go.etcd.io/bbolt"

	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/storage/record"
)

// CodeNotAllowed is the code of a step that submission.Next does not allow.
const CodeNotAllowed fault.Code = "storage.step-not-allowed"

// CodeNoDelivery is the code of an op id that was never frozen here.
const CodeNoDelivery fault.Code = "storage.no-delivery"

// Full is the token for everything, "" while the vault is locked.
func (s *Store) Full() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.personal == nil {
		return ""
	}
	return s.personal.tokens.Full
}

// ready answers an error while the outbox can't be used. s.mu is held.
func (s *Store) ready(op string) error {
	if s.outbox == nil || s.db == nil {
		return s.closedError(op)
	}
	return nil
}

// keep puts a delivery in memory after its commit.
func (o *outbox) keep(d submission.Delivery) {
	if _, known := o.deliveries[d.OpID]; !known {
		o.order = append(o.order, d.OpID)
		if n := len(o.order); n > 1 && o.deliveries[o.order[n-2]].FrozenAt.Compare(d.FrozenAt) >= 0 {
			o.deliveries[d.OpID] = d
			o.sort()
		}
	}
	o.deliveries[d.OpID] = d
}

// cloneDelivery copies a delivery with everything that it points to.
func cloneDelivery(d submission.Delivery) submission.Delivery {
	d.Blobs, d.Receipt = slices.Clone(d.Blobs), slices.Clone(d.Receipt)
	return d
}

// Deliveries lists every submission, oldest first, delivered ones included.
func (s *Store) Deliveries(context.Context) ([]submission.Delivery, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.ready("deliveries"); err != nil {
		return nil, err
	}
	list := make([]submission.Delivery, 0, len(s.outbox.order))
	for _, op := range s.outbox.order {
		list = append(list, cloneDelivery(s.outbox.deliveries[op]))
	}
	return list, nil
}

// Delivery reads how far a submission has come, or nil for an unknown op id.
func (s *Store) Delivery(_ context.Context, opID string) (*submission.Delivery, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.ready("delivery"); err != nil {
		return nil, err
	}
	d, ok := s.outbox.deliveries[opID]
	if !ok {
		return nil, nil
	}
	d = cloneDelivery(d)
	return &d, nil
}

// Frozen returns the bytes that were frozen, the same for ever. CodeNoDelivery for an unknown op id; CodeRecord with
// "frozen/<op id>" when they do not authenticate, CodeMissing when they are gone.
func (s *Store) Frozen(_ context.Context, opID string) (submission.Submission, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var sub submission.Submission
	if err := s.ready("frozen"); err != nil {
		return sub, err
	}
	if _, known := s.outbox.deliveries[opID]; !known {
		return sub, fault.New(CodeNoDelivery, "storage.frozen", opID)
	}
	r, err := s.read(s.chambers[domainCourier], frozen, opID)
	if err != nil {
		return sub, err
	}
	if err := json.Unmarshal(r.Data, &sub); err != nil {
		return sub, fault.Wrap(identity.CodeRecord, "storage.frozen", frozen.name+"/"+opID, err)
	}
	return sub, nil
}

// read opens one record from the database. It must be the one that the roster expects.
func (s *Store) read(c *chamber, b *bucket, name string) (record.Record, error) {
	key := c.keys.Key(b.id, name)
	var r record.Record
	err := guard(func() error {
		return s.db.View(func(tx *bolt.Tx) error {
			raw := tx.Bucket([]byte(b.name)).Get(key[:])
			if raw == nil {
				return fault.New(identity.CodeMissing, "storage.read", b.name+"/"+name)
			}
			var err error
			r, err = c.keys.Open(c.place(b, key[:]), raw)
			if err != nil {
				return fault.Wrap(identity.CodeRecord, "storage.read", b.name+"/"+name, err)
			}
			return nil
		})
	})
	if err == nil && r.Version != c.rosters[shardKey(b, key)][name] {
		err = fault.New(identity.CodeMissing, "storage.read", b.name+"/"+name)
	}
	return r, err
}

// Move takes one step of submission.Next and lets edit change the other fields, in one transaction, and returns the
// delivery as it is then. A step that the table does not allow changes nothing: CodeNotAllowed. Step "" keeps the
// status and only edits. edit may be nil; what it does to the identifying fields and the status is ignored. Moves that
// wait for the vault at the same time share a transaction.
func (s *Store) Move(_ context.Context, opID string, step submission.Step, edit func(*submission.Delivery)) (submission.Delivery, error) {
	m := &move{opID: opID, step: step, edit: edit}
	s.moves.add(m)
	s.mu.Lock()
	if !m.done { // whoever comes first moves for all that wait
		s.moveAll(s.moves.take())
	}
	s.mu.Unlock()
	if m.err != nil {
		return submission.Delivery{}, m.err
	}
	if !reflect.DeepEqual(m.before, m.after) {
		s.feed.Say(change.Change{Topic: change.Delivery, ID: opID})
		if m.before.Status != m.after.Status {
			s.feed.Say(change.Change{Topic: topicOf(m.after.Kind), ID: m.after.Subject})
		}
	}
	return cloneDelivery(m.after), nil
}

// topicOf is where a member looks for what they sent.
func topicOf(kind submission.Kind) change.Topic {
	if kind == submission.KindClaim {
		return change.Claims
	}
	return change.Profile
}

// queued is the delivery of what was just frozen.
func queued(sub submission.Submission) submission.Delivery {
	return submission.Delivery{OpID: sub.OpID, Kind: sub.Kind, Subject: sub.Subject, Revision: sub.Revision, Status: submission.Queued,
		Blobs: slices.Clone(sub.Blobs), Plain: sub.Plain, FrozenAt: sub.FrozenAt}
}

// move is one call of Move. What it answers is there once done is set, which s.mu guards.
type move struct {
	opID string
	step submission.Step
	edit func(*submission.Delivery)

	done          bool
	before, after submission.Delivery
	err           error
}

// moves are those that wait for s.mu. The zero moves are ready to use.
type moves struct {
	mu      sync.Mutex
	waiting []*move
}

func (q *moves) add(m *move) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, m)
}

func (q *moves) take() []*move {
	q.mu.Lock()
	defer q.mu.Unlock()
	all := q.waiting
	q.waiting = nil
	return all
}

// moveAll makes moves in one transaction, but those of one submission one after another. s.mu is held.
func (s *Store) moveAll(all []*move) {
	for len(all) > 0 {
		batch, later := distinct(all)
		var w writes
		var changed []*move
		for _, m := range batch {
			m.done = true
			if m.err = s.plan(m, &w); m.err == nil && !reflect.DeepEqual(m.before, m.after) {
				changed = append(changed, m)
			}
		}
		if len(changed) > 0 {
			s.commitMoves(changed, w)
		}
		all = later
	}
}

// distinct parts moves into the first of each submission and the rest.
func distinct(all []*move) (first, later []*move) {
	known := map[string]bool{}
	for _, m := range all {
		if known[m.opID] {
			later = append(later, m)
			continue
		}
		known[m.opID] = true
		first = append(first, m)
	}
	return first, later
}

func (s *Store) commitMoves(changed []*move, w writes) {
	err := s.commit("move", w)
	for _, m := range changed {
		if m.err = err; err == nil {
			s.outbox.keep(m.after)
		}
	}
}

// plan finds out what a move changes, and adds it to w.
func (s *Store) plan(m *move, w *writes) error {
	if err := s.ready("move"); err != nil {
		return err
	}
	before, known := s.outbox.deliveries[m.opID]
	if !known {
		return fault.New(CodeNoDelivery, "storage.move", m.opID)
	}
	status := before.Status
	if m.step != "" {
		if status, known = submission.Next(before.Status, m.step); !known {
			return fault.New(CodeNotAllowed, "storage.move", m.opID)
		}
	}
	after := cloneDelivery(before)
	if m.edit != nil {
		m.edit(&after)
	}
	after.OpID, after.Kind, after.Subject, after.Revision = before.OpID, before.Kind, before.Subject, before.Revision
	after.Blobs, after.Plain, after.FrozenAt, after.Status = before.Blobs, before.Plain, before.FrozenAt, status
	m.before, m.after = before, after
	if reflect.DeepEqual(before, after) {
		return nil
	}
	if err := s.auditStep(w, before, after); err != nil {
		return err
	}
	w.put(deliveries, m.opID, after)
	return nil
}

// auditStep adds a row when a submission arrives at a status that somebody may have to prove later.
func (s *Store) auditStep(w *writes, before, after submission.Delivery) error {
	if before.Status == after.Status {
		return nil
	}
	switch after.Status {
	case submission.Delivered, submission.Held:
		return s.audit(w, string(after.Status), after.OpID)
	}
	if before.Status == submission.Held {
		return s.audit(w, "released", after.OpID)
	}
	return nil
}

// Release sends a held submission back to the queue.
func (s *Store) Release(ctx context.Context, opID string) error {
	_, err := s.Move(ctx, opID, submission.Release, func(d *submission.Delivery) { d.Attempts, d.Reason = 0, "" })
	return err
}

// OpenSealed reads a sealed file and tells its size in bytes. claim.CodeBlobGone when it is not there.
func (s *Store) OpenSealed(_ context.Context, digest string) (io.ReadSeekCloser, int64, error) {
	f, err := s.openBlob(digest)
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, fault.Wrap(claim.CodeBlobGone, "storage.blob", digest, err)
	}
	return f, info.Size(), nil
}
