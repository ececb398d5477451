package storage

import (
	"context"
	"io"
	"slices"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/storage/slots"
)

// CodeNoShare is the code of keeping a share that was not made.
const CodeNoShare fault.Code = "storage.no-share"

// share is what the vault remembers of the shares that open it.
type share struct {
	Pending []byte `json:"pending,omitempty"` // the newest, while the mutual may not have it
	KeptBy  string `json:"keptBy,omitempty"`  // instance for which the mutual has the newest; a restored copy is another
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
	if err != nil {
		return nil, err
	}
	return next, nil
}

// pendingShare returns the share that the mutual may not have, made now and remembered if there is none.
func (s *Store) pendingShare() ([]byte, error) {
	next, _, err := s.shareNow()
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
	for _, slot := range slices.Backward(s.slots.Shares()) {
		if key, err := slot.Open(s.slots.Vault, secret); err == nil {
			clear(key)
			return &slot
		}
	}
	return nil
}

// KeepShare notes that the mutual has the newest share: those before it stop opening the vault. Doing so again changes nothing.
// CodeNoShare when NewShare made none.
func (s *Store) KeepShare(context.Context) error {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	pending, kept, err := s.shareNow()
	if err != nil || pending == nil && kept {
		return err
	}
	slot := s.shareSlot(pending)
	if pending == nil || slot == nil {
		return fault.New(CodeNoShare, "storage.share", "")
	}
	if err := s.keepOnly(*slot); err != nil {
		return err
	}
	remember := share{KeptBy: s.Instance()}
	return s.note("share-kept", nameShare, remember, func(p *personal) { p.share = remember })
}

// shareNow returns the share that the mutual may not have, or nil, and whether it has the newest.
func (s *Store) shareNow() (pending []byte, kept bool, err error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("share"); err != nil {
		return nil, false, err
	}
	return slices.Clone(s.personal.share.Pending), s.courier.Content.ShareKept, nil
}

// keepOnly removes all shares but one.
func (s *Store) keepOnly(slot slots.Slot) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.slots.Shares()) == 1 {
		return nil
	}
	return s.useSlots("share", s.slots.With(slot))
}

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
	if err = s.keepOnly(slot); err == nil {
		err = s.note("share-used", nameShare, share{}, func(p *personal) { p.share = share{} })
	}
	s.log("share", err)
	return nil
}
