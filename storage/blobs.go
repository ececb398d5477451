package storage

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/storage/disk"
)

// PutBlob stores the bytes that write produces as one sealed file: temporary name, fsync, rename, fsync of the folder.
// After an error nothing of it remains; identity.CodeDiskFull when there is no room. The file is swept by the next
// Unlock unless a claim or a submission names it by then.
func (s *Store) PutBlob(_ context.Context, write func(io.Writer) error) (submission.Blob, error) {
	mark := make([]byte, 16)
	if _, err := io.ReadFull(s.options.Random, mark); err != nil {
		return submission.Blob{}, err
	}
	tmp := filepath.Join(s.path(folderBlobs), hex.EncodeToString(mark)+disk.TempSuffix)
	s.options.Fail("blob.before-write")
	blob, err := s.writeBlob(tmp, write)
	if err == nil {
		err = os.Rename(tmp, s.blobPath(blob.Digest))
	}
	if err == nil {
		s.options.Fail("blob.after-rename")
		err = disk.SyncDir(s.path(folderBlobs))
	}
	if err != nil {
		if gone := os.Remove(tmp); !errors.Is(gone, fs.ErrNotExist) {
			s.log("blob", gone)
		}
		return submission.Blob{}, s.writeError("blob", err)
	}
	return blob, nil
}

// writeBlob fills the temporary file and syncs it.
func (s *Store) writeBlob(tmp string, write func(io.Writer) error) (submission.Blob, error) {
	f, err := os.OpenFile(tmp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return submission.Blob{}, err
	}
	hash := sha256.New()
	size := &counter{}
	if err = write(io.MultiWriter(f, hash, size)); err == nil {
		s.options.Fail("blob.after-write")
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	s.options.Fail("blob.after-sync")
	return submission.Blob{Digest: hex.EncodeToString(hash.Sum(nil)), Size: size.n}, err
}

// counter counts what is written.
type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}

// OpenBlob reads the sealed bytes of a file; claim.CodeBlobGone when it is not there.
func (s *Store) OpenBlob(_ context.Context, digest string) (io.ReadCloser, error) {
	f, err := s.openBlob(digest)
	if err != nil {
		return nil, err
	}
	return f, nil
}

func (s *Store) openBlob(digest string) (*os.File, error) {
	if !isDigest(digest) {
		return nil, fault.New(claim.CodeBlobGone, "storage.blob", "")
	}
	f, err := os.Open(s.blobPath(digest))
	if err != nil {
		return nil, fault.Wrap(claim.CodeBlobGone, "storage.blob", digest, err)
	}
	return f, nil
}

func (s *Store) blobPath(digest string) string { return filepath.Join(s.path(folderBlobs), digest) }

// isDigest reports whether a text is 64 lower-case hex characters: nothing else is ever made a path.
func isDigest(text string) bool {
	if len(text) != 2*sha256.Size {
		return false
	}
	for _, r := range text {
		if (r < '0' || r > '9') && (r < 'a' || r > 'f') {
			return false
		}
	}
	return true
}

// sweepBlobs deletes files that no claim and no submission names. After a loss nothing is swept: what names a file may
// be what was lost.
func (s *Store) sweepBlobs() error {
	if s.repaired != nil {
		return nil //nolint:nilerr // what was repaired is no failure of the sweep
	}
	named := map[string]bool{}
	for _, c := range s.personal.claims {
		for _, a := range c.Attachments() {
			named[a.Blob] = true
		}
	}
	for _, d := range s.outbox.deliveries {
		for _, b := range d.Blobs {
			named[b.Digest] = true
		}
	}
	digests, err := s.blobNames()
	for _, digest := range digests {
		if !named[digest] {
			err = errors.Join(err, os.Remove(s.blobPath(digest)))
		}
	}
	return err
}
