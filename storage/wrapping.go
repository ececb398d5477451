package storage

import (
	"context"
	"io"
	"os"
	"slices"
	"time"

	"github.com/sodale/sodale/storage/slots"
)

// vaultKey copies the key of the open vault.
func (s *Store) vaultKey(op string) ([]byte, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open(op); err != nil {
		return nil, err
	}
	return slices.Clone(s.secret), nil
}

// rewrap makes the slots durable that next makes of the present ones and the key of the open vault. s.unlocking is held.
func (s *Store) rewrap(op string, next func(now slots.File, key []byte) (slots.File, error)) error {
	key, err := s.vaultKey(op)
	if err != nil {
		return err
	}
	defer clear(key)
	file, err := next(s.slots, key)
	if err != nil {
		return s.writeError(op, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.open(op); err != nil {
		return err
	}
	return s.useSlots(op, file)
}

// useSlots makes slots durable. After an error they are read back: one generation may be written. s.mu is held.
func (s *Store) useSlots(op string, file slots.File) error {
	err := s.writeSlots(file)
	if err == nil {
		s.slots = file
		return nil
	}
	data, readErr := os.ReadFile(s.path(fileSlots))
	if readErr == nil {
		file, s.whole, readErr = slots.Decode(data)
	}
	if readErr == nil {
		s.slots = file
	}
	return s.writeError(op, err)
}

// note audits what happened to the slots and stores what the vault remembers of it, if anything.
func (s *Store) note(what, name string, value any, keep func(*personal)) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.open(what); err != nil {
		return err
	}
	var w writes
	if name != "" {
		w.put(profile, name, value)
	}
	if err := s.audit(&w, what, ""); err != nil {
		return err
	}
	if err := s.commit("profile", w); err != nil {
		return err
	}
	if keep != nil {
		keep(s.personal)
	}
	return s.mendCourier()
}

// SetPassword makes next the password of the open vault: the one before stops opening it. It also notes that it is the account's
// since changed, so that the vault is not Stale any more. Backups made before still open with the old one. A kill in between
// leaves a vault that opens with next and says that it is Stale.
func (s *Store) SetPassword(ctx context.Context, next []byte, changed time.Time) error {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	if err := s.wrapPassword(ctx, next); err != nil {
		return err
	}
	s.log("password", s.align(alignment{PasswordChanged: changed.UTC()})) // the password is changed all the same
	return nil
}

// SetPasswordHere makes next the password of the open vault alone: the account has another, or the mutual can't be asked. The
// vault is Stale until SetPassword. A kill in between leaves a vault that opens with the password before and says that it is Stale.
func (s *Store) SetPasswordHere(ctx context.Context, next []byte) error {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	if err := s.align(alignment{Apart: true}); err != nil {
		return err
	}
	return s.wrapPassword(ctx, next)
}

// align stores what is known of the vault's password and the account's.
func (s *Store) align(a alignment) error {
	return s.note("password", nameAlignment, a, func(p *personal) { p.alignment = a })
}

// wrapPassword replaces the slot of the password. s.unlocking is held.
func (s *Store) wrapPassword(ctx context.Context, next []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	err := s.rewrap("password", func(now slots.File, key []byte) (slots.File, error) {
		slot, err := slots.WrapPassword(now.Vault, next, key, s.options.Random)
		return now.With(slot), err
	})
	if err == nil {
		s.forgetAttempts()
	}
	return err
}

// CheckPassword reports whether a password is the vault's: CodeWrongPassword or CodeWait else, as Unlock.
func (s *Store) CheckPassword(ctx context.Context, password []byte) error {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	key, err := s.openSlot(ctx, password)
	clear(key)
	return err
}

// NewRecoveryCode makes a new code to be printed; the one before stops opening the vault.
func (s *Store) NewRecoveryCode(context.Context) (string, error) {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	var code [slots.CodeSize]byte
	defer clear(code[:])
	if err := s.rewrap("recovery-code", func(now slots.File, key []byte) (slots.File, error) {
		if _, err := io.ReadFull(s.options.Random, code[:]); err != nil {
			return now, err
		}
		slot, err := slots.WrapRecovery(now.Vault, code[:], key, s.options.Random)
		return now.With(slot), err
	}); err != nil {
		return "", err
	}
	s.log("recovery-code", s.note("recovery-code", "", nil, nil))
	return slots.FormatCode(code), nil
}
