package storage

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/storage/disk"
	"github.com/sodale/sodale/storage/pages"
)

// ballastSize is how much room is kept for the moment in which the disk is full: 2 MiB, some hundred drafts.
const ballastSize = 2 << 20

// keepGeneration copies the database, which is known to be whole, to the previous generation. The copy is verified before
// it takes the place of the one before it.
func (s *Store) keepGeneration() error {
	tmp := s.path(filePrevious) + disk.TempSuffix
	err := guard(func() error {
		return s.db.View(func(tx *bolt.Tx) error { return writeSynced(tmp, tx) })
	})
	if err == nil {
		err = s.verifyCopy(tmp)
	}
	if err == nil {
		s.options.Fail("generation.before-rename")
		now := s.options.Clock.Now()
		err = errors.Join(os.Chtimes(tmp, now, now), os.Rename(tmp, s.path(filePrevious)), disk.SyncDir(s.dir))
	}
	if err != nil {
		return errors.Join(err, removeIfThere(tmp))
	}
	s.options.Fail("generation.after-rename")
	return nil
}

// writeSynced copies what a transaction sees into a new file, durably.
func writeSynced(path string, tx *bolt.Tx) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err = tx.WriteTo(f); err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}

// verifyCopy reads a copy of the database back and verifies it.
func (s *Store) verifyCopy(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return s.verifyContent(data)
}

// verifyContent verifies the bytes of a database against the open one: structure, every record, and that it is the same state.
func (s *Store) verifyContent(data []byte) error {
	for d, c := range s.chambers {
		copied := &chamber{domain: d, keys: c.keys, schema: c.schema}
		if _, err := copied.load(func(v pages.Visit) error { return pages.Verify(data, v) }); err != nil {
			return err
		}
		if copied.manifest.Epoch != c.manifest.Epoch {
			return fault.New(identity.CodeDamaged, "storage.generation", d.name)
		}
	}
	return nil
}

// keepGenerationDaily keeps a generation when the one there is a day old, or from the future, or missing.
func (s *Store) keepGenerationDaily() error {
	info, err := os.Stat(s.path(filePrevious))
	if err == nil {
		if age := s.options.Clock.Now().Sub(info.ModTime()); age >= 0 && age < 24*time.Hour {
			return nil
		}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return s.keepGeneration()
}

// layBallast puts a file beside the database whose room is given up when the disk is full.
func (s *Store) layBallast() error {
	if info, err := os.Stat(s.path(fileBallast)); err == nil && info.Size() == ballastSize {
		return nil
	}
	return disk.Write(s.path(fileBallast), func(w io.Writer) error {
		_, err := io.CopyN(w, s.options.Random, ballastSize) // zeros may take no room
		return err
	})
}

// dropBallast gives the room up, and reports whether there was any.
func (s *Store) dropBallast() bool {
	err := os.Remove(s.path(fileBallast))
	if err == nil {
		s.options.Log.Warn("storage: disk full, ballast given up")
	}
	return err == nil
}

// layRoom writes zeros over the part of the database file that no page has used yet. bbolt grows the file without giving it room
// on the disk; a save that is the first to touch a page would wait for the file system to find some.
func (s *Store) layRoom() error {
	var used int64
	if err := guard(func() error {
		return s.db.View(func(tx *bolt.Tx) error { used = tx.Size(); return nil })
	}); err != nil {
		return err
	}
	f, err := os.OpenFile(s.path(fileDatabase), os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil && info.Size() > used {
		_, err = f.WriteAt(make([]byte, info.Size()-used), used)
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

func removeIfThere(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
