package storage

import (
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	bolt "go.etcd.io/bbolt"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/storage/courier"
	"github.com/sodale/sodale/storage/slots"
)

// Names in the folder of a vault.
const (
	fileSlots      = "slots"
	fileDatabase   = "vault.db"
	filePrevious   = "vault.db.prev"
	fileCourier    = "courier"
	fileThrottle   = "throttle"
	fileLock       = "lock"
	fileBallast    = "ballast"
	folderBlobs    = "blobs"
	suffixAside    = ".damaged"
	suffixOldVault = ".pre-v"
)

// Store is the vault of one member: locked after Open, open after Unlock. All methods are safe for concurrent use.
type Store struct {
	dir     string
	options Options
	lock    *os.File
	feed    change.Feed

	unlocking sync.Mutex // one attempt at a time
	moves     moves      // of the outbox, waiting for mu

	mu       sync.RWMutex
	slots    slots.File
	whole    bool   // both generations of the slot file are whole and the same
	schema   uint32 // of the database; before that is known, of the slot file
	courier  courier.File
	db       *bolt.DB
	chambers map[*domain]*chamber // the courier's from Open on, the vault's from Unlock on
	outbox   *outbox              // nil while the courier's chamber is shut
	personal *personal            // nil while locked
	damage   error                // why the database is not open; Unlock mends it
	repaired *fault.Error         // what Unlock had to give up
	secret   []byte               // the vault key, nil while locked
	changed  bool                 // something was committed since Open
	closed   bool
}

var (
	_ account.Vault = (*Store)(nil)
	_ claim.Vault   = (*Store)(nil)
	_ identity.Gate = (*Store)(nil)
	_ request.Vault = (*Store)(nil)
)

// path returns the path of a file in the vault's folder.
func (s *Store) path(name string) string { return filepath.Join(s.dir, name) }

// Feed says what changed, after the commit.
func (s *Store) Feed() *change.Feed { return &s.feed }

// Locked reports whether only the outbox can be reached.
func (s *Store) Locked() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.personal == nil
}

// Damage is what Unlock found damaged and mended, or nil: CodeDamaged, with what is lost in Values["Lost"] ("" = nothing)
// and the first finding as its cause. The damaged file was kept aside.
func (s *Store) Damage() *fault.Error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.repaired
}

// Close ends the use of the vault. Whoever holds the Store must not use it after.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	var err error
	if s.db != nil {
		if s.personal != nil && s.changed {
			s.log("generation", s.keepGeneration())
		}
		err = s.db.Close()
		s.db = nil
	}
	s.personal, s.outbox, s.chambers = nil, nil, nil
	clear(s.secret)
	s.secret = nil
	if lockErr := s.lock.Close(); err == nil {
		err = lockErr
	}
	return err
}

// log notes a failure that nobody waits for.
func (s *Store) log(what string, err error) {
	if err != nil {
		s.options.Log.Warn("storage", slog.String("what", what), slog.String("code", string(fault.CodeOf(err))), slog.Any("error", err))
	}
}

// closedError says why there is no database to work on.
func (s *Store) closedError(op string) error {
	if s.closed || s.damage == nil {
		return fault.New(CodeLocked, "storage."+op, "")
	}
	return fault.Wrap(identity.CodeDamaged, "storage."+op, "", s.damage)
}

// usable answers CodeLocked once the vault was closed.
func (s *Store) usable(op string) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.closed {
		return s.closedError(op)
	}
	return nil
}

// open answers CodeLocked while the vault is locked. s.mu is held.
func (s *Store) open(op string) error {
	if s.personal == nil {
		return s.closedError(op)
	}
	return nil
}
