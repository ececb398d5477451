package storage

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/app/privacy"
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
	for id, c := range a.claims {
		w.put(claims, string(id), c)
	}
	for id, item := range a.items {
		w.put(inbox, id, item)
	}
	if a.household != nil {
		w.put(profile, nameHousehold, *a.household)
	}
	if a.cards != nil {
		w.put(profile, nameCards, a.cards)
	}
	if a.standing != nil {
		w.put(profile, nameStanding, *a.standing)
	}
	if a.consents != nil {
		w.put(profile, nameConsents, *a.consents)
	}
	if a.rules != nil {
		w.put(profile, nameRules, a.rules)
	}
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

// applying is what a batch of events will have changed.
type applying struct {
	*personal
	claims    map[claim.ID]claim.Claim
	items     map[string]inboxItem
	household *member.Household
	cards     []card.Card
	standing  *said[account.Standing]
	consents  *said[[]privacy.Answer]
	rules     json.RawMessage
	changes   []change.Change
}

// event works out what one event changes.
func (a *applying) event(e submission.FeedEvent) {
	if _, seen := a.personal.inbox[e.ID]; seen {
		return
	}
	if _, seen := a.items[e.ID]; seen {
		return
	}
	n := &notice.Notice{ID: e.ID, Kind: e.Kind, Subject: e.Subject, Text: e.Text, At: e.At.UTC()}
	switch e.Kind {
	case submission.EventClaimStatus:
		n.State = string(a.status(e))
	case submission.EventHousehold:
		a.newHousehold(e.Body)
		n = silent(n)
	case submission.EventCards:
		a.newCards(e.Body)
		n = silent(n)
	case submission.EventAccount:
		latest(a, &a.standing, a.personal.standing, e)
		n = silent(n)
	case submission.EventConsents:
		latest(a, &a.consents, a.personal.consents, e)
		n = silent(n)
	case submission.EventRules:
		a.newRules(e.Body)
		n = silent(n)
	}
	a.items[e.ID] = inboxItem{Event: e, Notice: n}
	if n != nil {
		a.changes = append(a.changes, change.Change{Topic: change.Notices, ID: e.ID})
	}
}

// silent drops the notice of an event that says nothing in words.
func silent(n *notice.Notice) *notice.Notice {
	if n.Text == "" {
		return nil
	}
	return n
}

// status applies a status event to its claim and returns the state it names.
func (a *applying) status(e submission.FeedEvent) claim.State {
	var news claim.StatusNews
	if json.Unmarshal(e.Body, &news) != nil {
		return ""
	}
	id := claim.ID(e.Subject)
	before, ok := a.claims[id]
	if !ok {
		before, ok = a.personal.claims[id]
	}
	if !ok || passed(before, news.State, e) {
		return news.State
	}
	after, err := claim.Apply(clone(before), e)
	if err != nil {
		return news.State
	}
	a.claims[id] = after
	if differs(before, after) {
		a.changes = append(a.changes, change.Change{Topic: change.Claims, ID: e.Subject})
	}
	return news.State
}

// passed reports whether a claim already went through the step of an event: the event is fetched anew after a loss.
func passed(c claim.Claim, state claim.State, e submission.FeedEvent) bool {
	return slices.ContainsFunc(c.Mutual.Steps, func(p claim.Passage) bool {
		return p.State == state && p.Text == e.Text && p.At.UnixMicro() == e.At.UnixMicro()
	})
}

func (a *applying) newHousehold(body []byte) {
	var h member.Household
	now := a.personal.household
	if a.household != nil {
		now = *a.household
	}
	if json.Unmarshal(body, &h) != nil || h.Version < now.Version || reflect.DeepEqual(h, now) {
		return
	}
	a.household = &h
	a.changes = append(a.changes, change.Change{Topic: change.Profile})
}

func (a *applying) newCards(body []byte) {
	cards := []card.Card{}
	now := a.personal.cards
	if a.cards != nil {
		now = a.cards
	}
	if json.Unmarshal(body, &cards) != nil || reflect.DeepEqual(cards, now) {
		return
	}
	a.cards = cards
	a.changes = append(a.changes, change.Change{Topic: change.Profile})
}

// latest takes what an event says unless something newer was said already: events are fetched anew after a loss.
func latest[T any](a *applying, next **said[T], stored said[T], e submission.FeedEvent) {
	now := stored
	if *next != nil {
		now = **next
	}
	var value T
	if e.At.Before(now.At) || json.Unmarshal(e.Body, &value) != nil {
		return
	}
	*next = &said[T]{Value: value, At: e.At.UTC()}
	if !reflect.DeepEqual(value, now.Value) {
		a.changes = append(a.changes, change.Change{Topic: change.Profile})
	}
}

// newRules takes the mutual's rules when they can be used and are newer.
func (a *applying) newRules(body []byte) {
	now := a.personal.rules
	if a.rules != nil {
		now = a.rules
	}
	var p mutual.Profile
	if json.Unmarshal(body, &p) != nil || mutual.Check(p) != nil || !newerRules(now, p) {
		return
	}
	raw, err := json.Marshal(p)
	if err != nil {
		return
	}
	a.rules = raw
	a.changes = append(a.changes, change.Change{Topic: change.Profile})
}

// keep puts everything in memory after the commit.
func (a *applying) keep(next submission.Cursor) {
	p := a.personal
	for _, c := range a.claims {
		p.keep(c)
	}
	for id, item := range a.items {
		p.inbox[id] = item
	}
	if a.household != nil {
		p.household = *a.household
	}
	if a.cards != nil {
		p.cards = a.cards
	}
	if a.standing != nil {
		p.standing = *a.standing
	}
	if a.consents != nil {
		p.consents = *a.consents
	}
	if a.rules != nil {
		p.rules = a.rules
	}
	p.cursor = next
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
