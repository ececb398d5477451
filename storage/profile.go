package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"reflect"
	"slices"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/helpline"
	"github.com/sodale/sodale/app/member"
)

// Household returns what the mutual last said of the member.
func (s *Store) Household(context.Context) (member.Household, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("household"); err != nil {
		return member.Household{}, err
	}
	return copiedHousehold(s.personal.household), nil
}

// Cards returns the cards of the household in the mutual's order.
func (s *Store) Cards(context.Context) ([]card.Card, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("cards"); err != nil {
		return nil, err
	}
	return slices.Clone(s.personal.cards), nil
}

// Profile returns the mutual's profile as it was given to Create or SetProfile, without white space. It is there while the
// vault is locked, which delivers to that mutual; CodeLocked only when the courier file was lost and not yet made again.
func (s *Store) Profile(context.Context) (json.RawMessage, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.personal != nil {
		return slices.Clone(s.personal.mutual), nil
	}
	if s.courier.Content.Profile == nil {
		return nil, s.closedError("profile")
	}
	return slices.Clone(s.courier.Content.Profile), nil
}

// SetProfile replaces the mutual's profile, also for the locked vault.
func (s *Store) SetProfile(_ context.Context, given json.RawMessage) error {
	mutual, err := compact(given)
	if err != nil {
		return err
	}
	return s.setProfile(nameMutual, mutual, change.Profile, func(p *personal) bool {
		same := string(p.mutual) == string(mutual)
		p.mutual = slices.Clone(mutual)
		return !same
	})
}

// HelpUses lists the noted uses of the telephone centre, oldest first.
func (s *Store) HelpUses(context.Context) ([]helpline.Use, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("help"); err != nil {
		return nil, err
	}
	return slices.Clone(s.personal.helpUses), nil
}

// SetHelpUses replaces them.
func (s *Store) SetHelpUses(_ context.Context, uses []helpline.Use) error {
	return s.setProfile(nameHelpUses, uses, change.Profile, func(p *personal) bool {
		same := slices.Equal(p.helpUses, uses)
		p.helpUses = slices.Clone(uses)
		return !same
	})
}

// LetterDrafts returns the complaints and the question in the making.
func (s *Store) LetterDrafts(context.Context) (complaint.Drafts, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("letters"); err != nil {
		return complaint.Drafts{}, err
	}
	return s.personal.letters.Clone(), nil
}

// SaveLetterDrafts replaces them. It returns after the commit.
func (s *Store) SaveLetterDrafts(_ context.Context, d complaint.Drafts) error {
	return s.setProfile(nameLetters, d, change.Profile, func(p *personal) bool {
		same := reflect.DeepEqual(p.letters, d)
		p.letters = d.Clone()
		return !same
	})
}

// Identity returns the secret half of the member's key pair.
func (s *Store) Identity(context.Context) (string, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("identity"); err != nil {
		return "", err
	}
	return s.personal.identity, nil
}

// SetTokens stores what the device presents from now on, also for the locked vault.
func (s *Store) SetTokens(_ context.Context, tokens Tokens) error {
	return s.setProfile(nameTokens, tokens, change.Delivery, func(p *personal) bool {
		same := p.tokens == tokens
		p.tokens = tokens
		return !same
	})
}

// setProfile commits one value of the bucket profile and then puts it in memory with keep, which tells whether it differs.
func (s *Store) setProfile(name string, value any, topic change.Topic, keep func(*personal) bool) error {
	s.mu.Lock()
	if err := s.open(name); err != nil {
		s.mu.Unlock()
		return err
	}
	trial := *s.personal
	if !keep(&trial) {
		s.mu.Unlock()
		return nil
	}
	var w writes
	w.put(profile, name, value)
	err := s.commit("profile", w)
	if err == nil {
		keep(s.personal)
		err = s.mendCourier()
	}
	s.mu.Unlock()
	if err == nil {
		s.feed.Say(change.Change{Topic: topic})
	}
	return err
}

// compact takes the white space out of JSON, as it is stored; nothing becomes null.
func compact(raw json.RawMessage) (json.RawMessage, error) {
	if len(raw) == 0 {
		return json.RawMessage("null"), nil
	}
	var b bytes.Buffer
	if err := json.Compact(&b, raw); err != nil {
		return nil, fault.Wrap(CodeWrite, "storage.profile", "", err)
	}
	return b.Bytes(), nil
}
