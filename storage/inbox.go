package storage

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/app/submission"
)

// Cursor is how far the feed was applied.
func (s *Store) Cursor(context.Context) (submission.Cursor, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("cursor"); err != nil {
		return submission.Cursor{}, err
	}
	return s.personal.cursor, nil
}

// Apply stores events, what they change and the new cursor in one transaction. A claim's version stays: news never makes a
// draft in the making stale. An event seen before changes nothing. One whose
// body can't be read, whose kind is unknown or whose claim is not here is kept all the same and shown by its text.
func (s *Store) Apply(_ context.Context, events []submission.FeedEvent, next submission.Cursor) error {
	s.mu.Lock()
	if err := s.open("apply"); err != nil {
		s.mu.Unlock()
		return err
	}
	a := &applying{personal: s.personal, claims: map[claim.ID]claim.Claim{}, items: map[string]inboxItem{}}
	for _, e := range events {
		a.event(e)
	}
	err := s.commitApplied(a, next)
	s.mu.Unlock()
	if err == nil {
		s.feed.Say(a.changes...)
	}
	return err
}

func (s *Store) commitApplied(a *applying, next submission.Cursor) error {
	var w writes
	a.put(&w)
	if next != s.personal.cursor {
		w.put(inbox, nameCursor, next)
	}
	if len(w.list) == 0 {
		return nil
	}
	if err := s.commit("apply", w); err != nil {
		return err
	}
	a.keep(next)
	if a.household != nil || a.standing != nil || a.rules != nil {
		s.log("courier", s.mendCourier())
	}
	return nil
}

// Notices lists what the mutual said, newest first.
func (s *Store) Notices(context.Context) ([]notice.Notice, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("notices"); err != nil {
		return nil, err
	}
	var list []notice.Notice
	for _, item := range s.personal.inbox {
		if item.Notice != nil {
			list = append(list, *item.Notice)
		}
	}
	slices.SortFunc(list, func(a, b notice.Notice) int {
		if n := b.At.Compare(a.At); n != 0 {
			return n
		}
		return strings.Compare(b.ID, a.ID)
	})
	return list, nil
}

// Said lists the events of one kind as they came, oldest first.
func (s *Store) Said(_ context.Context, kind string) ([]submission.FeedEvent, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("said"); err != nil {
		return nil, err
	}
	var list []submission.FeedEvent
	for _, item := range s.personal.inbox {
		if e := item.Event; e.Kind == kind {
			e.Body = slices.Clone(e.Body)
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b submission.FeedEvent) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Seq, b.Seq)) })
	return list, nil
}

// MarkRead notes that the member has read some notices. Ids that are unknown or read already change nothing.
func (s *Store) MarkRead(_ context.Context, ids ...string) error {
	s.mu.Lock()
	changes, err := s.markRead(ids)
	s.mu.Unlock()
	if err == nil {
		s.feed.Say(changes...)
	}
	return err
}

func (s *Store) markRead(ids []string) ([]change.Change, error) {
	if err := s.open("read"); err != nil {
		return nil, err
	}
	items := map[string]inboxItem{}
	var w writes
	var changes []change.Change
	for _, id := range ids {
		item, ok := s.personal.inbox[id]
		if !ok || item.Notice == nil || item.Notice.Read || items[id].Notice != nil {
			continue
		}
		n := *item.Notice
		n.Read, item.Notice = true, &n
		items[id] = item
		w.put(inbox, id, item)
		changes = append(changes, change.Change{Topic: change.Notices, ID: id})
	}
	if len(w.list) == 0 {
		return nil, nil
	}
	if err := s.commit("apply", w); err != nil {
		return nil, err
	}
	for id, item := range items {
		s.personal.inbox[id] = item
	}
	return changes, nil
}

// CodeEvent is the code of an event id that was never applied here.
const CodeEvent fault.Code = "storage.no-event"

// Event returns an event as it came, also of a kind that the program does not know.
func (s *Store) Event(_ context.Context, id string) (submission.FeedEvent, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("event"); err != nil {
		return submission.FeedEvent{}, err
	}
	item, ok := s.personal.inbox[id]
	if !ok {
		return submission.FeedEvent{}, fault.New(CodeEvent, "storage.event", id)
	}
	item.Event.Body = slices.Clone(item.Event.Body)
	return item.Event, nil
}
