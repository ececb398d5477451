package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/storage/disk"
	"github.com/sodale/sodale/storage/pages"
	"github.com/sodale/sodale/storage/slots"
)

// Backup writes the vault into one file at path: slots, a snapshot of the database, all sealed attachments. It reads the file
// back and verifies it before it gets its name. The vault must be open. CodeDiskFull, CodeWrite or CodeBackup: then there
// is no file, or the one that was there before.
func (s *Store) Backup(ctx context.Context, path string) error {
	if err := s.backup(ctx, path); err != nil {
		return err
	}
	s.log("backup", s.noteBackup(path))
	return nil
}

func (s *Store) backup(ctx context.Context, path string) error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.open("backup"); err != nil {
		return err
	}
	tmp := path + disk.TempSuffix
	err := s.writeBackup(ctx, tmp)
	if err == nil {
		err = s.verifyBackup(tmp)
	}
	if err == nil {
		err = os.Rename(tmp, path)
	}
	if err != nil {
		return s.writeError("backup", errors.Join(err, removeIfThere(tmp)))
	}
	return disk.SyncDir(filepath.Dir(path))
}

// maxBackups is how many paths of backups are remembered.
const maxBackups = 20

// noteBackup remembers where a backup lies, for whoever leaves this computer.
func (s *Store) noteBackup(path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.open("backup"); err != nil {
		return err
	}
	paths := append(slices.DeleteFunc(slices.Clone(s.personal.backups), func(p string) bool { return p == path }), path)
	paths = paths[max(0, len(paths)-maxBackups):]
	if slices.Equal(paths, s.personal.backups) {
		return nil
	}
	var w writes
	w.put(profile, nameBackups, paths)
	if err := s.commit("profile", w); err != nil {
		return err
	}
	s.personal.backups = paths
	return nil
}

func (s *Store) writeBackup(ctx context.Context, path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err = s.streamBackup(ctx, f); err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// streamBackup writes the container.
func (s *Store) streamBackup(ctx context.Context, to io.Writer) error {
	b := newPacker(to)
	half := s.slots.Encode()
	b.file(fileSlots, int64(2*len(half)), func(w io.Writer) error { _, err := w.Write(append(half, half...)); return err })
	var blobs []string
	err := guard(func() error {
		return s.db.View(func(tx *bolt.Tx) error {
			b.file(fileDatabase, tx.Size(), func(w io.Writer) error { _, err := tx.WriteTo(w); return err })
			return b.err
		})
	})
	if err == nil {
		blobs, err = s.blobNames()
	}
	for _, digest := range blobs {
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		err = b.blob(s.blobPath(digest), digest)
	}
	return errors.Join(err, b.end())
}

// blobNames lists the sealed files of the vault.
func (s *Store) blobNames() ([]string, error) {
	files, err := os.ReadDir(s.path(folderBlobs))
	var names []string
	for _, f := range files {
		if isDigest(f.Name()) {
			names = append(names, f.Name())
		}
	}
	return names, err
}

// isBackupName allows the names that a backup may hold and no path besides.
func isBackupName(name string) bool {
	digest, isBlob := strings.CutPrefix(name, folderBlobs+"/")
	return name == fileSlots || name == fileDatabase || isBlob && isDigest(digest)
}

// verifyBackup reads a backup back: every digest, every attachment against its name, every record of the database.
func (s *Store) verifyBackup(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return unpack(f, func(name string, _ int64, r io.Reader) error {
		if name == fileDatabase {
			data, err := io.ReadAll(r)
			if err != nil {
				return err
			}
			return s.verifyContent(data)
		}
		return verifyMember(name, io.Discard, r)
	})
}

// verifyMember copies one file of a backup and compares an attachment with its name.
func verifyMember(name string, to io.Writer, r io.Reader) error {
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(to, sum), r); err != nil {
		return err
	}
	if digest, isBlob := strings.CutPrefix(name, folderBlobs+"/"); isBlob && hex.EncodeToString(sum.Sum(nil)) != digest {
		return fault.New(CodeBackup, "storage.restore", name)
	}
	return nil
}

// Restore makes a vault in dir, which must not exist or be empty, from a backup. It opens with the password or recovery code
// that were right when the backup was made. The vault gets a new Instance at its first Unlock. CodeBackup, CodeNewer,
// CodeExists, CodeDiskFull or CodeWrite: then there is no vault.
func Restore(path, dir string, options Options) error {
	o := options.filled()
	if names, err := os.ReadDir(dir); err == nil && len(names) > 0 {
		return fault.New(CodeExists, "storage.restore", "")
	}
	f, err := os.Open(path)
	if err != nil {
		return fault.Wrap(CodeRead, "storage.restore", "", err)
	}
	defer f.Close()
	removeUnfinished(dir)
	s := &Store{dir: dir + newSuffix + "restored", options: o}
	err = s.restoreFrom(f)
	if err == nil {
		err = moveFolder(s.dir, dir)
	}
	if err != nil {
		s.log("restore", os.RemoveAll(s.dir))
		return s.writeError("restore", err)
	}
	return nil
}

// restoreFrom unpacks a backup into s.dir and checks what can be checked without a key.
func (s *Store) restoreFrom(from io.Reader) error {
	if err := os.MkdirAll(s.path(folderBlobs), 0o700); err != nil {
		return err
	}
	err := unpack(from, func(name string, _ int64, r io.Reader) error {
		return disk.Write(s.path(filepath.FromSlash(name)), func(w io.Writer) error { return verifyMember(name, w, r) })
	})
	if err != nil {
		return err
	}
	half, err := os.ReadFile(s.path(fileSlots))
	if err == nil {
		s.slots, _, err = slots.Decode(half)
	}
	if err != nil {
		return fault.Wrap(CodeBackup, "storage.restore", fileSlots, err)
	}
	if s.slots.Schema > Schema {
		return fault.New(identity.CodeNewer, "storage.restore", "")
	}
	data, err := os.ReadFile(s.path(fileDatabase))
	if err == nil {
		err = pages.Verify(data, nil)
	}
	if err != nil {
		return fault.Wrap(CodeBackup, "storage.restore", fileDatabase, err)
	}
	return nil
}
