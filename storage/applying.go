package storage

import (
	"encoding/json"
	"reflect"
	"slices"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/submission"
)

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
	if e.Kind == submission.EventClaimStatus {
		n.State = string(a.status(e))
	} else if a.profile(e) && n.Text == "" {
		n = nil // it says nothing in words
	}
	if e.Kind == submission.EventComplaint {
		a.changes = append(a.changes, change.Change{Topic: change.Profile, ID: e.Subject})
	}
	a.items[e.ID] = inboxItem{Event: e, Notice: n}
	if n != nil {
		a.changes = append(a.changes, change.Change{Topic: change.Notices, ID: e.ID})
	}
}

// profile works out what an event about the member, the account or the mutual changes, and reports whether it is one.
func (a *applying) profile(e submission.FeedEvent) bool {
	switch e.Kind {
	case submission.EventHousehold:
		a.newHousehold(e.Body)
	case submission.EventCards:
		a.newCards(e.Body)
	case submission.EventAccount:
		latest(a, &a.standing, a.personal.standing, e)
	case submission.EventConsents:
		latest(a, &a.consents, a.personal.consents, e)
	case submission.EventRules:
		a.newRules(e.Body)
	case submission.EventErased:
	default:
		return false
	}
	return true
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

// put adds everything to a transaction.
func (a *applying) put(w *writes) {
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
