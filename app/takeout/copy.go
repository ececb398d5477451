package takeout

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/print"
)

// Codes of Copy. For want of room it is identity.CodeDiskFull. After any of them nothing of the copy remains.
const (
	CodeExists  fault.Code = "takeout.exists"  // something of that name is there already; Item names it
	CodeFolder  fault.Code = "takeout.folder"  // the folder that it is to go into can't be written to
	CodeWrite   fault.Code = "takeout.write"   // the disk failed meanwhile
	CodeStopped fault.Code = "takeout.stopped" // the member stopped it
)

// The names in the folder.
const (
	fileReadMe, filePDF, fileJSON, filePhoto, folderFiles = "LEGGIMI.txt", "dati.pdf", "dati.json", "foto.jpg", "documenti"
)

// partial ends the name of a copy that is not finished.
const partial = ".parziale-"

// Copier writes copies. All fields but Progress, Full and Create are needed.
type Copier struct {
	Source  Source
	Sealer  claim.Sealer
	Fonts   print.Fonts
	Clock   clock.Clock
	Random  io.Reader
	Mutual  Mutual
	Program string // "Sodale 0.1.0"

	// Progress hears how many bytes of the members' files are done. It is called from Copy's goroutine.
	Progress func(done, total int64)
	// Full says whether an error means a full disk. nil knows the error of Unix systems.
	Full func(error) bool
	// Create makes a new file; nil is the disk.
	Create func(path string) (io.WriteCloser, error)
}

// Result is what was written.
type Result struct {
	Path       string // the folder
	Files      int    // attachments
	Bytes      int64  // of the attachments
	Unreadable []File // attachments that the disk no longer has as they were added: they are named in LEGGIMI.txt
}

// Copy writes the folder of a name into a folder that exists. It is written under a temporary name, synced, and gets its name at
// the end: whoever sees the name sees the whole copy. Nothing is overwritten. Stopping ctx leaves nothing behind.
func (c *Copier) Copy(ctx context.Context, into, name string) (Result, error) {
	path := filepath.Join(into, name)
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return Result{}, fault.Wrap(CodeExists, "takeout.copy", name, err)
	}
	data, err := Gather(ctx, c.Source, c.Mutual, c.Program, c.Clock.Now())
	if err != nil {
		return Result{}, c.wrong(ctx, err)
	}
	mark := make([]byte, 8)
	if _, err := io.ReadFull(c.Random, mark); err != nil {
		return Result{}, err
	}
	tmp := path + partial + hex.EncodeToString(mark)
	if err := os.Mkdir(tmp, 0o700); err != nil {
		return Result{}, fault.Wrap(CodeFolder, "takeout.copy", "", err)
	}
	result, err := c.fill(ctx, tmp, &data)
	if err == nil {
		err = c.name(tmp, path)
	}
	if err != nil {
		return Result{}, errors.Join(c.wrong(ctx, err), os.RemoveAll(tmp))
	}
	result.Path = path
	return result, nil
}

// name gives the finished copy its name, unless somebody took it meanwhile.
func (c *Copier) name(tmp, path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return fault.Wrap(CodeExists, "takeout.copy", filepath.Base(path), err)
	}
	return os.Rename(tmp, path)
}

func (c *Copier) fill(ctx context.Context, dir string, data *Data) (Result, error) {
	result, err := c.files(ctx, dir, data)
	if err != nil {
		return result, err
	}
	if photo := data.Household.Photo; len(photo) > 0 {
		if err := c.write(filepath.Join(dir, filePhoto), bytesOf(photo)); err != nil {
			return result, err
		}
	}
	if err := c.write(filepath.Join(dir, fileJSON), func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(data)
	}); err != nil {
		return result, err
	}
	if err := c.write(filepath.Join(dir, filePDF), func(w io.Writer) error { return print.Takeout(w, c.Fonts, record(*data)) }); err != nil {
		return result, err
	}
	return result, c.write(filepath.Join(dir, fileReadMe), bytesOf([]byte(readMe(*data, result))))
}

func bytesOf(data []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
}

// write makes one file and has it on the disk when it returns.
func (c *Copier) write(path string, fill func(io.Writer) error) error {
	create := c.Create
	if create == nil {
		create = onDisk
	}
	f, err := create(path)
	if err != nil {
		return err
	}
	err = fill(f)
	if s, ok := f.(interface{ Sync() error }); ok && err == nil {
		err = s.Sync()
	}
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}

func onDisk(path string) (io.WriteCloser, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
}

// wrong gives an error its code.
func (c *Copier) wrong(ctx context.Context, err error) error {
	full := c.Full
	if full == nil {
		full = func(err error) bool { return errors.Is(err, syscall.ENOSPC) }
	}
	switch code := fault.CodeOf(err); {
	case ctx.Err() != nil:
		return fault.Wrap(CodeStopped, "takeout.copy", "", ctx.Err())
	case full(err):
		return fault.Wrap(identity.CodeDiskFull, "takeout.copy", "", err)
	case code != "" && code != print.CodeFailed:
		return err
	}
	return fault.Wrap(CodeWrite, "takeout.copy", "", err)
}
