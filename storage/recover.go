package storage

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
)

// recover builds a sound database from what is intact in the damaged one and in the previous generation, keeps the damaged
// one aside and goes on with the new one. s.repaired then tells what is lost. CodeDamaged when nothing is intact: then
// nothing was touched.
func (s *Store) recover(cause error) error {
	records, lost, epoch := s.salvage(s.readGenerations())
	if len(records) == 0 {
		return fault.Wrap(identity.CodeDamaged, "storage.recover", fileDatabase, cause)
	}
	err := s.rebuild(s.chambers, records, s.schema, epoch+1)
	if err == nil {
		err = s.replace(s.asideName())
	}
	if err != nil {
		return s.writeError("recover", err)
	}
	s.damage = nil
	s.repaired = fault.Wrap(identity.CodeDamaged, "storage.recover", fileDatabase, cause).With("Lost", strings.Join(lost, ", "))
	s.options.Log.Warn("storage: recovered", "lost", len(lost), "kept", len(records))
	if err := s.loadAll(); err != nil || s.schema != Schema {
		return err
	}
	return s.mend(lost)
}

// readGenerations reads the damaged file and the previous one. One that can't be read is empty.
func (s *Store) readGenerations() [][]byte {
	var files [][]byte
	for _, name := range []string{fileDatabase, filePrevious} {
		data, err := os.ReadFile(s.path(name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			s.log("recover", err)
		}
		files = append(files, data)
	}
	return files
}

// salvage chooses from the files what to go on with. When nothing of the first is intact, all that came after the previous
// generation is lost, which the database's own name says.
func (s *Store) salvage(files [][]byte) (records []sealedRecord, lost []string, epoch uint64) {
	first := false
	for _, d := range allDomains {
		f := s.chambers[d].find(files)
		p := f.choose()
		for b, of := range p.records {
			for key, c := range of {
				records = append(records, sealedRecord{b, c.name, []byte(key), c.raw})
				epoch = max(epoch, c.version)
			}
		}
		lost = append(lost, p.lost...)
		epoch = max(epoch, f.newest)
		first = first || f.newest > 0
	}
	if !first {
		lost = append(lost, fileDatabase)
	}
	slices.Sort(lost)
	return records, lost, epoch
}

// asideName is a name that no file has yet.
func (s *Store) asideName() string {
	stamp := fileDatabase + suffixAside + s.options.Clock.Now().UTC().Format("-20060102T150405")
	name := stamp
	for n := 2; ; n++ {
		if _, err := os.Lstat(s.path(name)); errors.Is(err, fs.ErrNotExist) {
			return name
		}
		name = stamp + "-" + strconv.Itoa(n)
	}
}

func oldName(schema uint32) string { return fileDatabase + suffixOldVault + strconv.Itoa(int(schema)) }
