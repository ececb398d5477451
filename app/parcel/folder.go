package parcel

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"github.com/sodale/sodale/app/fault"
)

const (
	fileIndex  = "index.json"
	fileReadMe = "LEGGIMI.txt"
	partSuffix = ".part" // ends the name of what is not finished
)

// Folder is an open parcel. One goroutine uses it; two programs that write to one folder at once may each leave out of the index
// what the other wrote, and writing again mends that.
type Folder struct {
	root  *os.Root
	index map[string]entry // by name, with slashes
}

// entry is one line of the index.
type entry struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

type index struct {
	Format int     `json:"format"`
	Files  []entry `json:"files"` // by name
}

// Open opens the parcel in a place that somebody chose, or the chosen folder if it is the parcel itself. CodeNone when neither is.
func Open(place string) (*Folder, error) {
	for _, dir := range []string{filepath.Join(place, Name), place} {
		root, err := os.OpenRoot(dir)
		if err != nil {
			continue
		}
		f := &Folder{root: root}
		if err = f.readIndex(); err == nil {
			return f, nil
		}
		_ = root.Close()
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
	}
	return nil, fault.New(CodeNone, "parcel.open", Name)
}

// Create opens the parcel in a place, and makes it where there is none. An index that can't be read is made anew from what lies
// there whole.
func Create(place string) (*Folder, error) {
	f, err := Open(place)
	if err == nil || fault.CodeOf(err) == CodeFormat {
		return f, err
	}
	dir := filepath.Join(place, Name)
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, placeError("parcel.create", "", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, placeError("parcel.create", "", err)
	}
	f = &Folder{root: root, index: map[string]entry{}}
	if err := f.furnish(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// furnish makes the folders and takes into the index what lies there whole.
func (f *Folder) furnish() error {
	for _, dir := range []string{letters, files, answers} {
		if err := f.root.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return placeError("parcel.create", dir, err)
		}
		list, err := fs.ReadDir(f.root.FS(), dir)
		if err != nil {
			return placeError("parcel.create", dir, err)
		}
		for _, e := range list {
			f.find(path.Join(dir, e.Name()))
		}
	}
	return f.put(fileReadMe, []byte(readMe))
}

// find takes one file into the index if it is whole.
func (f *Folder) find(name string) {
	most, ok := limit(name)
	if !ok {
		return
	}
	data, err := f.load(name, most)
	if err != nil || !whole(name, data) {
		return
	}
	f.index[name] = entryOf(name, data)
}

// whole reports whether a file is what its name says.
func whole(name string, data []byte) bool {
	switch dir, base := path.Split(name); dir {
	case files + "/":
		return hexOf(data) == base
	case letters + "/":
		var e Envelope
		if json.Unmarshal(data, &e) != nil {
			return false
		}
		l, err := e.Letter()
		return err == nil && l.OpID+".json" == base
	default:
		var a Answer
		return json.Unmarshal(data, &a) == nil && a.OpID+".json" == base
	}
}

// Close lets go of the folder.
func (f *Folder) Close() error { return f.root.Close() }

// Finish writes the index: only now is what was put there part of the parcel.
func (f *Folder) Finish() error {
	i := index{Format: Format, Files: slices.SortedFunc(maps.Values(f.index), func(a, b entry) int { return strings.Compare(a.Name, b.Name) })}
	data, err := json.MarshalIndent(i, "", " ")
	if err != nil {
		return err
	}
	return f.put(fileIndex, append(data, '\n'))
}

func (f *Folder) readIndex() error {
	data, err := f.load(fileIndex, maxIndex)
	if err != nil {
		return err
	}
	i, err := parseIndex(data)
	f.index = i
	return err
}

func parseIndex(data []byte) (map[string]entry, error) {
	var i index
	if err := json.Unmarshal(data, &i); err != nil || i.Format < 1 {
		return nil, fault.Wrap(CodeDamaged, "parcel.index", fileIndex, err)
	}
	if i.Format > Format {
		return nil, fault.New(CodeFormat, "parcel.index", fileIndex)
	}
	named := make(map[string]entry, len(i.Files))
	for _, e := range i.Files {
		most, ok := limit(e.Name)
		if !ok || e.Size < 0 || e.Size > most || !digestName.MatchString(e.SHA256) {
			return nil, fault.New(CodeDamaged, "parcel.index", fileIndex)
		}
		named[e.Name] = e
	}
	return named, nil
}

// limit is how large a file of that name may be; false for a name that the folder has not.
func limit(name string) (most int64, ok bool) {
	switch dir, base := path.Split(name); dir {
	case letters + "/":
		return maxLetter, uuidName.MatchString(base)
	case answers + "/":
		return maxAnswer, uuidName.MatchString(base)
	case files + "/":
		return MaxFile, digestName.MatchString(base)
	}
	return 0, false
}

// names lists what the index has in a folder, sorted.
func (f *Folder) names(dir string) []string {
	var list []string
	for name := range f.index {
		if strings.HasPrefix(name, dir+"/") {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return list
}

// read reads a file that the index names, whole, or answers CodeDamaged; CodeIncomplete when there is none.
func (f *Folder) read(name string) ([]byte, error) {
	e, ok := f.index[name]
	if !ok {
		return nil, fault.New(CodeIncomplete, "parcel.read", name)
	}
	data, err := f.load(name, e.Size)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fault.Wrap(CodeIncomplete, "parcel.read", name, err)
	case err != nil:
		return nil, err
	case entryOf(name, data) != e:
		return nil, fault.New(CodeDamaged, "parcel.read", name)
	}
	return data, nil
}

// load reads a regular file of at most that many bytes.
func (f *Folder) load(name string, most int64) ([]byte, error) {
	info, err := f.root.Lstat(name)
	if err != nil {
		return nil, placeError("parcel.read", name, err)
	}
	if !info.Mode().IsRegular() || info.Size() > most {
		return nil, fault.New(CodeDamaged, "parcel.read", name)
	}
	file, err := f.root.Open(name)
	if err != nil {
		return nil, placeError("parcel.read", name, err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, most+1))
	if err != nil {
		return nil, placeError("parcel.read", name, err)
	}
	return data, nil
}

// add puts a file there unless it is there whole, and into the index that Finish writes.
func (f *Folder) add(name string, data []byte) error {
	e := entryOf(name, data)
	if have, err := f.load(name, e.Size); err != nil || !bytes.Equal(have, data) {
		if err := f.put(name, data); err != nil {
			return err
		}
	}
	f.index[name] = e
	return nil
}

// put writes a file: temporary name, sync, rename, sync of the folder. After an error the file is as it was before.
func (f *Folder) put(name string, data []byte) error {
	part := name + partSuffix
	err := f.writePart(part, data)
	if err == nil {
		err = f.root.Rename(part, name)
	}
	if err != nil {
		_ = f.root.Remove(part)
		return placeError("parcel.write", name, err)
	}
	if dir, err := f.root.Open(path.Dir(name)); err == nil {
		_ = dir.Sync() // not every system can, and a lost name is found missing by the index
		_ = dir.Close()
	}
	return nil
}

func (f *Folder) writePart(part string, data []byte) error {
	file, err := f.root.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// placeError gives an error of the place its code, without its path, which may name a person.
func placeError(op, name string, err error) error {
	code := CodeFolder
	if errors.Is(err, syscall.ENOSPC) {
		code = CodeFull
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return fault.Wrap(code, op, name, err)
}

func entryOf(name string, data []byte) entry { return entry{name, int64(len(data)), hexOf(data)} }

func hexOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// readMe is for whoever finds the folder.
const readMe = "Posta di Sodale\r\n\r\n" +
	"Questa cartella porta delle pratiche alla mutua e ne riporta le ricevute.\r\n" +
	"Il contenuto è cifrato: lo aprono solo il socio e la sua mutua.\r\n" +
	"Se l'hai trovata, consegnala alla mutua.\r\n"
