// Package blobs keeps the members' sealed files in a folder, one file each under the member's id and its digest.
//
// A file grows by appends that are synced before they are counted (package store counts). After a crash a file may be
// longer than what is counted: the next append overwrites the rest. Nothing is ever renamed or deleted.
//
// Storage behind an S3-compatible service is not written yet: the folder is the only place.
package blobs

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/id"
)

// Codes of this package.
const (
	CodeName fault.Code = "blobs.name" // a member or digest that can't name a file
	CodeGone fault.Code = "blobs.gone" // the file is not there
	CodeDisk fault.Code = "blobs.disk" // the disk refused
)

// Folder is where the files lie. It is safe for concurrent use on different files; appends to one file must take turns.
type Folder struct {
	root    string
	folders syncer
	durable sync.Map // members whose folder's entry was synced since this process began
}

// Open makes the folder where it is missing.
func Open(root string) (*Folder, error) {
	if err := os.MkdirAll(root, 0o700); err != nil {
		return nil, fault.Wrap(CodeDisk, "blobs.open", "", err)
	}
	return &Folder{root: root}, nil
}

// ValidDigest reports whether text is a SHA-256 in lower-case hex.
func ValidDigest(text string) bool {
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

// path is root/member/digest: a member has some hundred files at most.
func (f *Folder) path(memberID, digest string) (string, error) {
	if !id.Valid(memberID) || !ValidDigest(digest) {
		return "", fault.New(CodeName, "blobs.path", digest)
	}
	return filepath.Join(f.root, memberID, digest), nil
}

// Append writes data at offset and returns after it is synced to disk, with the folder when the file begins. It tells what
// the disk says of the file as it is then: as long as Open tells the same, nobody wrote to it since.
func (f *Folder) Append(memberID, digest string, offset int64, data []byte) (fs.FileInfo, error) {
	path, err := f.path(memberID, digest)
	if err != nil {
		return nil, err
	}
	if err := f.makeFolder(memberID); err != nil {
		return nil, fault.Wrap(CodeDisk, "blobs.append", digest, err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fault.Wrap(CodeDisk, "blobs.append", digest, err)
	}
	var info fs.FileInfo
	if _, err = file.WriteAt(data, offset); err == nil {
		err = file.Sync()
	}
	if err == nil {
		info, err = file.Stat()
	}
	err = errors.Join(err, file.Close())
	if err == nil && offset == 0 {
		err = f.folders.sync(filepath.Dir(path))
	}
	if err != nil {
		return nil, fault.Wrap(CodeDisk, "blobs.append", digest, err)
	}
	return info, nil
}

// makeFolder makes a member's folder where it is missing, and syncs its entry once.
func (f *Folder) makeFolder(memberID string) error {
	if _, known := f.durable.Load(memberID); known {
		return nil
	}
	if err := os.MkdirAll(filepath.Join(f.root, memberID), 0o700); err != nil {
		return err
	}
	if err := f.folders.sync(f.root); err != nil {
		return err
	}
	f.durable.Store(memberID, true)
	return nil
}

// Open reads a file from its beginning; CodeGone when it is not there. It may be longer than what is counted.
func (f *Folder) Open(memberID, digest string) (*os.File, error) {
	path, err := f.path(memberID, digest)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.Wrap(CodeGone, "blobs.open", digest, err)
	}
	if err != nil {
		return nil, fault.Wrap(CodeDisk, "blobs.open", digest, err)
	}
	return file, nil
}

// Verify reports whether the first size bytes of a file have its digest.
func (f *Folder) Verify(memberID, digest string, size int64) (bool, error) {
	file, err := f.Open(memberID, digest)
	if err != nil {
		return false, err
	}
	defer func() { _ = file.Close() }()
	sum := sha256.New()
	n, err := io.Copy(sum, io.LimitReader(file, size))
	if err != nil {
		return false, fault.Wrap(CodeDisk, "blobs.verify", digest, err)
	}
	return n == size && hex.EncodeToString(sum.Sum(nil)) == digest, nil
}
