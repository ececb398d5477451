package storage

import (
	"context"
	"io"
	"slices"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/storage/slots"
)

// share is what the vault remembers of the shares that open it.
type share struct {
	Pending []byte `json:"pending,omitempty"` // the newest, while the mutual may not have it
	KeptBy  string `json:"keptBy,omitempty"`  // instance for which the mutual has the newest; a restored copy is another
}

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

// useSlots makes slots durable. s.mu is held.
func (s *Store) useSlots(op string, file slots.File) error {
	if err := s.writeSlots(file); err != nil {
		return s.writeError(op, err)
	}
	s.slots = file
	return nil
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
// since changed, so that the vault is not Stale any more. Backups made before still open with the old one. A crash in between
// leaves a vault that opens with next and says that it is Stale.
func (s *Store) SetPassword(ctx context.Context, next []byte, changed time.Time) error {
	return s.setPassword(ctx, next, alignment{PasswordChanged: changed.UTC()})
}

// SetPasswordHere makes next the password of the open vault alone: the account has another, or the mutual can't be asked. The
// vault is Stale until SetPassword.
func (s *Store) SetPasswordHere(ctx context.Context, next []byte) error {
	return s.setPassword(ctx, next, alignment{Apart: true})
}

func (s *Store) setPassword(ctx context.Context, next []byte, a alignment) error {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.rewrap("password", func(now slots.File, key []byte) (slots.File, error) {
		slot, err := slots.WrapPassword(now.Vault, next, key, s.options.Random)
		return now.With(slot), err
	}); err != nil {
		return err
	}
	s.forgetAttempts()
	// The password is changed all the same when this fails; the vault then says that it is stale.
	s.log("password", s.note("password", nameAlignment, a, func(p *personal) { p.alignment = a }))
	return nil
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

// NewShare makes the share that the mutual is to keep. Those before it open the vault until KeepShare. While the mutual may not
// have it yet this answers the same share again, so that there are never more than two.
func (s *Store) NewShare(context.Context) ([]byte, error) {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	next, err := s.pendingShare()
	if err != nil {
		return nil, err
	}
	if s.shareSlot(next) == nil {
		err = s.rewrap("share", func(now slots.File, key []byte) (slots.File, error) {
			slot, err := slots.WrapShare(now.Vault, next, key, s.options.Random)
			return now.Adding(slot), err
		})
	}
	return next, err
}

// pendingShare returns the share that the mutual may not have, made now and remembered if there is none.
func (s *Store) pendingShare() ([]byte, error) {
	s.mu.RLock()
	err := s.open("share")
	var next []byte
	if err == nil {
		next = slices.Clone(s.personal.share.Pending)
	}
	s.mu.RUnlock()
	if err != nil || next != nil {
		return next, err
	}
	next = make([]byte, slots.SecretSize)
	if _, err := io.ReadFull(s.options.Random, next); err != nil {
		return nil, err
	}
	remember := share{Pending: slices.Clone(next)}
	return next, s.note("share", nameShare, remember, func(p *personal) { p.share = remember })
}

// shareSlot finds the slot that a share opens, the newest first, or nil.
func (s *Store) shareSlot(secret []byte) *slots.Slot {
	shares := s.slots.Shares()
	for _, slot := range slices.Backward(shares) {
		if key, err := slot.Open(s.slots.Vault, secret); err == nil {
			clear(key)
			return &slot
		}
	}
	return nil
}

// KeepShare notes that the mutual has the newest share: those before it stop opening the vault. CodeNoShare when there is none.
func (s *Store) KeepShare(context.Context) error {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	s.mu.Lock()
	err := s.open("share")
	var slot *slots.Slot
	if err == nil && s.personal.share.Pending != nil {
		slot = s.shareSlot(s.personal.share.Pending)
	}
	kept := s.courier.Content.ShareKept
	if slot != nil && len(s.slots.Shares()) > 1 {
		err = s.useSlots("share", s.slots.Without(slots.Share).With(*slot))
	}
	instance := s.courier.Content.Instance
	s.mu.Unlock()
	switch {
	case err != nil || slot == nil && kept:
		return err
	case slot == nil:
		return fault.New(CodeNoShare, "storage.share", "")
	}
	remember := share{KeptBy: instance}
	return s.note("share-kept", nameShare, remember, func(p *personal) { p.share = remember })
}

// CodeNoShare is the code of keeping a share that was not made.
const CodeNoShare fault.Code = "storage.no-share"

// ShareKept reports whether the mutual has the newest share, that is, whether a reset can open this vault. It works while locked.
func (s *Store) ShareKept() bool { return s.told().ShareKept }

// UnlockWithShare opens the vault with the mutual's share; CodeWrongPassword when it does not fit, which counts as a wrong
// password does. A share that was used is to be followed by a new one: ShareKept is false then.
func (s *Store) UnlockWithShare(ctx context.Context, secret []byte) error {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	slot, err := s.enterWith(ctx, "share", s.slots.Shares(), secret)
	if err != nil {
		return err
	}
	s.log("share", s.usedShare(slot))
	return nil
}

// usedShare keeps the share that the mutual just handed out as the only one.
func (s *Store) usedShare(slot slots.Slot) error {
	s.mu.Lock()
	var err error
	if len(s.slots.Shares()) > 1 {
		err = s.useSlots("share", s.slots.Without(slots.Share).With(slot))
	}
	s.mu.Unlock()
	if err != nil {
		return err
	}
	return s.note("share-used", nameShare, share{}, func(p *personal) { p.share = share{} })
}

// enterWith opens the vault with a secret that can't be guessed. One that opens none of the slots counts as a wrong password; the
// wait after wrong passwords does not hold it back.
func (s *Store) enterWith(ctx context.Context, op string, from []slots.Slot, secret []byte) (slots.Slot, error) {
	for _, slot := range slices.Backward(from) {
		key, err := slot.Open(s.slots.Vault, secret)
		if err == nil {
			s.forgetAttempts()
			return slot, s.enter(ctx, key)
		}
	}
	now := s.options.Clock.Now()
	t, err := s.loadThrottle(now)
	if err == nil {
		err = t.Attempt(now)
	}
	s.log("throttle", err)
	return slots.Slot{}, fault.New(identity.CodeWrongPassword, "storage."+op, "")
}

// forgetAttempts clears the throttle once somebody proved that the vault is theirs.
func (s *Store) forgetAttempts() {
	t, err := s.loadThrottle(s.options.Clock.Now())
	if err == nil {
		err = t.Clear()
	}
	s.log("throttle", err)
}

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
