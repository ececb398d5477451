package main

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
)

// maxRead is the most that is read of a file someone drops: enough to say that it is too large.
const maxRead = 32 << 20

// readDocument reads a dropped or chosen file. CodeVanished when it is no longer there (a stick that was pulled out),
// CodeDamaged when the disk can't read it.
func readDocument(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fileError(err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return nil, fault.New(document.CodeKind, "file.read", "")
	}
	data, err := io.ReadAll(io.LimitReader(f, maxRead))
	if err != nil {
		return nil, fileError(err)
	}
	return data, nil
}

func fileError(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fault.New(document.CodeVanished, "file.read", "")
	}
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		err = pathError.Err // without the path, which may name a person
	}
	return fault.Wrap(document.CodeVanished, "file.read", "", err)
}
