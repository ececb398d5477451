package storage

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"
	"time"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
)

// device is this computer as the mutual knows it.
type device struct {
	ID   string `json:"id"`
	Key  []byte `json:"key,omitempty"` // Ed25519 seed
	User string `json:"user"`
}

// alignment is what is known of the vault's password and the account's.
type alignment struct {
	PasswordChanged time.Time `json:"passwordChanged"` // Standing.PasswordChanged when they were the same; UTC
	Apart           bool      `json:"apart"`           // the vault has a password of its own since
}

// said is what the mutual said last, with the instant of its event: one that is fetched anew is not newer.
type said[T any] struct {
	Value T         `json:"value"`
	At    time.Time `json:"at"` // UTC, the mutual's clock
}

// sameInstant is how far two instants of the mutual may lie apart and be the same one, written differently.
const sameInstant = time.Millisecond

// stale reports whether the account's password is another than the vault's.
func (p *personal) stale() bool {
	return p.alignment.Apart || p.standing.Value.PasswordChanged.Sub(p.alignment.PasswordChanged) >= sameInstant
}

// user is what to sign in with: what the mutual said, or else what was typed.
func (p *personal) user() string {
	if p.standing.Value.User != "" {
		return p.standing.Value.User
	}
	return p.device.User
}

// Standing returns what the mutual last said of the account; the zero Standing before it said anything.
func (s *Store) Standing(context.Context) (account.Standing, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("standing"); err != nil {
		return account.Standing{}, err
	}
	return s.personal.standing.Value, nil
}

// Consents lists the answers that the mutual has, oldest first.
func (s *Store) Consents(context.Context) ([]privacy.Answer, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("consents"); err != nil {
		return nil, err
	}
	return slices.Clone(s.personal.consents.Value), nil
}

// Stale reports whether the account's password was changed and not taken over here, or the vault's changed alone. It works while
// locked.
func (s *Store) Stale() bool { return s.told().Stale }

// User is what to sign in with, "" when it is not known. It works while locked.
func (s *Store) User() string { return s.told().User }

// Device is the id under which the mutual knows this computer, "" before it was told. It works while locked.
func (s *Store) Device() string { return s.told().DeviceID }

// Key is the Ed25519 seed that proves this computer's tokens, nil when there is none. It works while locked.
func (s *Store) Key() []byte { return slices.Clone(s.told().DeviceKey) }

// Rules returns the mutual's rules as it last said them; CodeNoRules when they are not stored. It works while locked.
func (s *Store) Rules(context.Context) (mutual.Profile, error) {
	raw := s.told().Rules
	if raw == nil {
		return mutual.Profile{}, fault.New(CodeNoRules, "storage.rules", "")
	}
	var p mutual.Profile
	if err := json.Unmarshal(raw, &p); err != nil {
		return mutual.Profile{}, fault.Wrap(identity.CodeRecord, "storage.rules", profile.name+"/"+nameRules, err)
	}
	return p, nil
}

// SetRules stores the mutual's rules, also for the locked vault, unless those stored are as new or another mutual's. The codes of
// mutual for rules that can't be used.
func (s *Store) SetRules(_ context.Context, rules mutual.Profile) error {
	if err := mutual.Check(rules); err != nil {
		return err
	}
	raw, err := json.Marshal(rules)
	if err != nil {
		return fault.Wrap(CodeWrite, "storage.rules", "", err)
	}
	return s.setProfile(nameRules, json.RawMessage(raw), change.Profile, func(p *personal) bool {
		if !newerRules(p.rules, rules) {
			return false
		}
		p.rules = raw
		return true
	})
}

// newerRules reports whether rules may take the place of the stored ones: another mutual's may not.
func newerRules(stored json.RawMessage, rules mutual.Profile) bool {
	var now struct {
		ID      string `json:"id"`
		Version int    `json:"version"`
	}
	return stored == nil || json.Unmarshal(stored, &now) != nil || now.ID == rules.ID && rules.Version > now.Version
}

// SetDevice stores what a new sign-in on this computer gave, also for the locked vault. The vault's password stays, and so does
// what is known of the account's.
func (s *Store) SetDevice(_ context.Context, d account.Device, user string) error {
	s.mu.Lock()
	err := s.setDevice(Tokens{Upload: d.Upload, Full: d.Token}, device{ID: d.ID, Key: slices.Clone(d.Key), User: user})
	s.mu.Unlock()
	if err == nil {
		s.feed.Say(change.Change{Topic: change.Delivery})
	}
	return err
}

func (s *Store) setDevice(tokens Tokens, next device) error {
	if err := s.open("device"); err != nil {
		return err
	}
	if tokens == s.personal.tokens && reflect.DeepEqual(next, s.personal.device) {
		return nil
	}
	var w writes
	w.put(profile, nameTokens, tokens)
	w.put(profile, nameDevice, next)
	kept := s.personal.share
	if next.ID != s.personal.device.ID { // the mutual keeps shares by device
		kept.KeptBy = ""
		w.put(profile, nameShare, kept)
	}
	if err := s.commit("profile", w); err != nil {
		return err
	}
	s.personal.tokens, s.personal.device, s.personal.share = tokens, next, kept
	return s.mendCourier()
}
