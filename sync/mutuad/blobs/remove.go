package blobs

import (
	"errors"
	"io/fs"
	"os"

	"github.com/sodale/sodale/app/fault"
)

// Remove removes a file. One that is not there is no error.
func (f *Folder) Remove(memberID, digest string) error {
	path, err := f.path(memberID, digest)
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fault.Wrap(CodeDisk, "blobs.remove", digest, err)
	}
	return nil
}
