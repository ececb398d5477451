// Package disk writes files so that they are there, whole, after the power came back: temporary name, fsync, rename, fsync
// of the folder. It also holds the single-instance lock.
package disk

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// TempSuffix ends the name of every file that is not finished. Such files may be deleted when nobody writes.
const TempSuffix = ".tmp"

// ErrInUse says that another process holds the lock.
var ErrInUse = errors.New("in use by another process")

// WriteFile puts data into path, readable by the owner only. After an error the file is as it was before.
func WriteFile(path string, data []byte) error {
	return Write(path, func(w io.Writer) error { _, err := w.Write(data); return err })
}

// Write puts what the function writes into path, readable by the owner only. After an error the file is as it was before.
func Write(path string, write func(io.Writer) error) error {
	tmp := path + TempSuffix
	f, err := os.OpenFile(tmp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err = write(f); err == nil {
		err = f.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(tmp, path)
	}
	if err != nil {
		return errors.Join(err, ignoreMissing(os.Remove(tmp)))
	}
	return SyncDir(filepath.Dir(path))
}

func ignoreMissing(err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// Full reports whether err means that there is no room left.
func Full(err error) bool {
	if err == nil {
		return false
	}
	for _, e := range fullErrors {
		if errors.Is(err, e) || strings.Contains(err.Error(), e.Error()) { // bbolt hides the cause of a failed growth
			return true
		}
	}
	return false
}
