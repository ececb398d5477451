package storage

import (
	"context"
	"io"

	"github.com/sodale/sodale/storage/slots"
)

// NewKeyring makes a secret that the operating system's keyring is to keep, and with which the vault opens on this computer
// ("remember here"); the one before stops opening it.
func (s *Store) NewKeyring(context.Context) ([]byte, error) {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	secret := make([]byte, slots.SecretSize)
	if err := s.rewrap("keyring", func(now slots.File, key []byte) (slots.File, error) {
		if _, err := io.ReadFull(s.options.Random, secret); err != nil {
			return now, err
		}
		slot, err := slots.WrapKeyring(now.Vault, secret, key, s.options.Random)
		return now.With(slot), err
	}); err != nil {
		return nil, err
	}
	s.log("keyring", s.note("keyring", "", nil, nil))
	return secret, nil
}

// UnlockWithKeyring opens the vault with what the keyring keeps; CodeWrongPassword when it does not fit, which counts as a wrong
// password does.
func (s *Store) UnlockWithKeyring(ctx context.Context, secret []byte) error {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	var from []slots.Slot
	if slot, err := s.slots.Find(slots.Keyring); err == nil {
		from = append(from, slot)
	}
	_, err := s.enterWith(ctx, "keyring", from, secret)
	return err
}

// DropKeyring makes what the keyring keeps open nothing any more. It works while locked, and when there is none.
func (s *Store) DropKeyring(context.Context) error {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return s.closedError("keyring")
	}
	if _, err := s.slots.Find(slots.Keyring); err != nil {
		return nil
	}
	return s.useSlots("keyring", s.slots.Without(slots.Keyring))
}

// HasKeyring reports whether there is a secret that the keyring is to keep. It works while locked.
func (s *Store) HasKeyring() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	_, err := s.slots.Find(slots.Keyring)
	return err == nil
}
