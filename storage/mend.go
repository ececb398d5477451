package storage

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/submission"
)

// mend makes what is left fit together after a loss: a submission whose way is not known any more must be asked about, one
// whose bytes are gone needs the member, what the mutual said is read again from its events or fetched, and what the locked vault
// still knows of this computer is taken back.
func (s *Store) mend(lost []string) error {
	var w writes
	if err := s.audit(&w, "recovered", ""); err != nil {
		return err
	}
	back, err := s.mendDeliveries()
	if err != nil {
		return err
	}
	for _, d := range back {
		w.put(deliveries, d.OpID, d)
	}
	a := s.saidBefore()
	a.put(&w)
	keep := s.toldBefore(&w, a)
	again := fetchAgain(lost)
	if again {
		w.put(inbox, nameCursor, submission.Cursor{})
	}
	if err := s.commit("mend", w); err != nil {
		return err
	}
	for _, d := range back {
		s.outbox.keep(d)
	}
	cursor := s.personal.cursor
	if again {
		cursor = submission.Cursor{}
	}
	a.keep(cursor)
	keep()
	return nil
}

// mendDeliveries lists the deliveries that must be other than they are.
func (s *Store) mendDeliveries() ([]submission.Delivery, error) {
	var back []submission.Delivery
	for _, op := range s.lostDeliveries() {
		d, err := s.rebuiltDelivery(op)
		if err != nil {
			return nil, err
		}
		back = append(back, d)
	}
	for _, c := range s.personal.claims {
		if c.OpID != "" && !s.submitted(c.OpID) {
			back = append(back, submission.Delivery{OpID: c.OpID, Kind: submission.KindClaim, Subject: string(c.ID), Revision: c.Revision,
				Status: submission.Held, Reason: identity.CodeRecord, FrozenAt: c.EditedAt})
		}
	}
	for _, r := range s.personal.requests {
		if f := r.Filed; !s.submitted(f.OpID) {
			back = append(back, submission.Delivery{OpID: f.OpID, Kind: f.Kind, Subject: f.ID, Revision: f.Revision,
				Status: submission.Held, Reason: identity.CodeRecord, FrozenAt: f.MadeAt})
		}
	}
	for op, d := range s.outbox.deliveries {
		if d.Status != submission.Delivered && !s.expects(frozen, op) {
			d.Status, d.Reason = submission.Held, identity.CodeRecord
			back = append(back, d)
		}
	}
	return back, nil
}

// submitted reports whether something of a submission is there.
func (s *Store) submitted(op string) bool {
	_, known := s.outbox.deliveries[op]
	return known || s.expects(frozen, op)
}

// expects reports whether a record is there.
func (s *Store) expects(b *bucket, name string) bool {
	c := s.chambers[domainOf(b)]
	_, ok := c.rosters[shardKey(b, c.keys.Key(b.id, name))][name]
	return ok
}

// saidBefore reads from the kept events what the mutual said last of everything that is lost.
func (s *Store) saidBefore() *applying {
	lost := map[string]bool{submission.EventHousehold: !s.expects(profile, nameHousehold), submission.EventCards: !s.expects(profile, nameCards),
		submission.EventAccount: !s.expects(profile, nameStanding), submission.EventConsents: !s.expects(profile, nameConsents),
		submission.EventRules: !s.expects(profile, nameRules)}
	var events []submission.FeedEvent
	for _, item := range s.personal.inbox {
		if lost[item.Event.Kind] {
			events = append(events, item.Event)
		}
	}
	slices.SortFunc(events, func(a, b submission.FeedEvent) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Seq, b.Seq))
	})
	a := &applying{personal: s.personal}
	for _, e := range events {
		a.profile(e)
	}
	return a
}

// toldBefore adds what only the locked vault still knows, and no event of a. keep puts it in memory after the commit.
func (s *Store) toldBefore(w *writes, a *applying) (keep func()) {
	told, next := s.courier.Content, *s.personal
	if !s.expects(profile, nameTokens) && told.UploadToken != "" {
		next.tokens.Upload = told.UploadToken
		w.put(profile, nameTokens, next.tokens)
	}
	if !s.expects(profile, nameDevice) && told.DeviceID != "" {
		next.device = device{ID: told.DeviceID, Key: told.DeviceKey, User: told.User}
		w.put(profile, nameDevice, next.device)
	}
	if !s.expects(profile, nameMutual) && told.Profile != nil {
		next.mutual = told.Profile
		w.put(profile, nameMutual, next.mutual)
	}
	if !s.expects(profile, nameRules) && told.Rules != nil && a.rules == nil {
		next.rules = told.Rules
		w.put(profile, nameRules, next.rules)
	}
	if !s.expects(profile, nameGreeting) && told.Greeting != "" {
		next.greeting = told.Greeting
		w.put(profile, nameGreeting, next.greeting)
	}
	return func() {
		p := s.personal
		p.tokens, p.device, p.mutual, p.greeting = next.tokens, next.device, next.mutual, next.greeting
		if a.rules == nil {
			p.rules = next.rules
		}
	}
}

// lostDeliveries lists the op ids that have frozen bytes and no delivery.
func (s *Store) lostDeliveries() []string {
	var ops []string
	for shard, roster := range s.chambers[domainCourier].rosters {
		if shard[0] != frozen.id {
			continue
		}
		for op := range roster {
			if _, known := s.outbox.deliveries[op]; !known {
				ops = append(ops, op)
			}
		}
	}
	return ops
}

// rebuiltDelivery makes the delivery of frozen bytes whose way is not known: the mutual is asked first.
func (s *Store) rebuiltDelivery(op string) (submission.Delivery, error) {
	r, err := s.read(s.chambers[domainCourier], frozen, op)
	if err != nil {
		return submission.Delivery{}, err
	}
	var sub submission.Submission
	if err := json.Unmarshal(r.Data, &sub); err != nil {
		return submission.Delivery{}, fault.Wrap(identity.CodeRecord, "storage.mend", frozen.name+"/"+op, err)
	}
	return submission.Delivery{OpID: op, Kind: sub.Kind, Subject: sub.Subject, Revision: sub.Revision, Status: submission.Unconfirmed,
		Blobs: sub.Blobs, Plain: sub.Plain, FrozenAt: sub.FrozenAt}, nil
}

// fetchAgain reports whether something is lost that the mutual can say once more.
func fetchAgain(lost []string) bool {
	return slices.ContainsFunc(lost, func(item string) bool {
		bucket, _, _ := strings.Cut(item, "/")
		return bucket == claims.name || bucket == inbox.name || bucket == profile.name || bucket == fileDatabase
	})
}
