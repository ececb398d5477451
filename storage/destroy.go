package storage

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/storage/courier"
	"github.com/sodale/sodale/storage/disk"
	"github.com/sodale/sodale/storage/slots"
)

// leavePoints are the points of Options.Fail that Destroy, Leave and DestroyKey come by.
var leavePoints = []string{"leave.between-halves", "leave.after-key", "leave.before-lock", "leave.before-folder"}

// Destroy deletes the vault with all that waits in it, whatever it holds, keys first. It works locked and open. After it the Store
// is closed; the next Open ends what was cut off. An error before the keys are gone leaves the vault as it was.
func (s *Store) Destroy(context.Context) error {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return s.closedError("destroy")
	}
	return s.destroy()
}

// destroy is Destroy; s.unlocking and s.mu are held.
func (s *Store) destroy() error {
	if err := s.destroySlots(slots.Remains{Vault: s.slots.Vault, All: true}); err != nil {
		return s.writeError("destroy", err)
	}
	err := s.shutForGood()
	for _, dir := range asides(s.dir) {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	removeUnfinished(s.dir)
	if err = errors.Join(err, removeVault(s.dir, s.options.Fail)); err != nil {
		return s.writeError("destroy", err)
	}
	return nil
}

// DestroyKey makes the vault unreadable for everybody and keeps what waits for the mutual, which only the mutual can read: what a
// computer does that was signed out from elsewhere. It works locked and open. After it the Store is closed, Open answers
// CodeDestroyed, and Create puts what waits aside and makes a new vault in its place.
func (s *Store) DestroyKey(context.Context) error {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return s.closedError("destroy")
	}
	r := slots.Remains{Vault: s.slots.Vault}
	if s.outbox != nil {
		r.Waiting = uint32(s.waiting())
	}
	if err := s.destroySlots(r); err != nil {
		return s.writeError("destroy", err)
	}
	s.courier.Content = courier.Content{Instance: s.courier.Content.Instance, Profile: s.courier.Content.Profile}
	data, err := s.courier.Encode(s.options.Random)
	if err == nil && s.courier.Secret != nil {
		err = disk.WriteFile(s.path(fileCourier), data)
	}
	return errors.Join(err, s.shutForGood())
}

// destroySlots writes over both generations of the slot file, durably, one after the other.
func (s *Store) destroySlots(r slots.Remains) error {
	f, err := os.OpenFile(s.path(fileSlots), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	half := r.Encode()
	for at := int64(0); at < slots.Size && err == nil; at += slots.Half {
		if at > 0 {
			s.options.Fail("leave.between-halves")
		}
		if _, err = f.WriteAt(half, at); err == nil {
			err = f.Sync()
		}
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		s.slots = slots.File{Schema: s.slots.Schema, Vault: s.slots.Vault}
		s.options.Fail("leave.after-key")
	}
	return err
}

// shutForGood forgets everything and lets go of the files.
func (s *Store) shutForGood() error {
	s.closed = true
	clear(s.secret)
	s.personal, s.outbox, s.chambers, s.secret, s.courier = nil, nil, nil, nil, courier.File{}
	var err error
	if s.db != nil {
		err = s.db.Close()
		s.db = nil
	}
	return errors.Join(err, s.lock.Close())
}

// removeVault deletes a vault's folder: the slot file, which says that all is to go, after everything else.
func removeVault(dir string, fail func(string)) error {
	files, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, f := range files {
		if f.Name() != fileSlots && f.Name() != fileLock {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, f.Name())))
		}
	}
	if err != nil {
		return err
	}
	fail("leave.before-lock")
	if err := errors.Join(removeIfThere(filepath.Join(dir, fileLock)), disk.SyncDir(dir), removeIfThere(filepath.Join(dir, fileSlots))); err != nil {
		return err
	}
	fail("leave.before-folder")
	return errors.Join(removeIfThere(dir), disk.SyncDir(filepath.Dir(dir)))
}

// remainsOf reads what stands in the place of a vault's keys, if they were destroyed.
func remainsOf(dir string) (slots.Remains, bool) {
	data, err := os.ReadFile(filepath.Join(dir, fileSlots))
	if err != nil {
		return slots.Remains{}, false
	}
	return slots.DecodeRemains(data)
}

// giveWay makes room for a new vault where the keys of one were destroyed: what waits in it is put aside.
func giveWay(dir string, stamp string) error {
	r, destroyed := remainsOf(dir)
	switch {
	case !destroyed:
		return nil
	case r.All || r.Waiting == 0:
		return removeVault(dir, func(string) {})
	}
	if err := os.Rename(dir, dir+asideSuffix+stamp); err != nil {
		return err
	}
	return disk.SyncDir(filepath.Dir(dir))
}

// destroyedError is what Open answers for a vault whose keys were destroyed. One that was to go altogether is removed.
func (s *Store) destroyedError(r slots.Remains) error {
	if !r.All {
		return fault.New(CodeDestroyed, "storage.open", "").With("Waiting", strconv.FormatUint(uint64(r.Waiting), 10))
	}
	s.log("destroy", removeVault(s.dir, s.options.Fail))
	return fault.New(identity.CodeNoVault, "storage.open", "")
}
