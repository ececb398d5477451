package storage

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
)

// asideSuffix stands in the name of a vault whose keys were destroyed while something waited, once another vault took its place.
const asideSuffix = ".destroyed-"

// Departure is what leaving this computer would take, or left behind.
type Departure struct {
	Waiting int      // submissions that the mutual has not confirmed
	Aside   int      // those of vaults whose keys were destroyed before this one was made
	Drafts  int      // claims and edits that were not sent; 0 while locked
	Remains []string // paths of what could not be removed, sorted
	Backups []string // paths of backups that are still there: they are the member's, and open with the password of then; none while locked
}

// Clean reports whether nothing waits and nothing is left here.
func (d Departure) Clean() bool {
	return d.Waiting+d.Aside == 0 && len(d.Remains) == 0 && len(d.Backups) == 0
}

// Pending counts the submissions that the mutual has not confirmed, held ones included. It works while locked; CodeDamaged while
// the outbox can't be read.
func (s *Store) Pending(context.Context) (int, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.ready("pending"); err != nil {
		return 0, err
	}
	return s.waiting(), nil
}

// waiting counts what this vault has not delivered.
func (s *Store) waiting() int {
	n := 0
	for _, d := range s.outbox.deliveries {
		if d.Status != submission.Delivered {
			n++
		}
	}
	return n
}

// Leaving tells what Leave would find.
func (s *Store) Leaving(context.Context) (Departure, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.departure()
}

func (s *Store) departure() (Departure, error) {
	var d Departure
	for _, dir := range asides(s.dir) {
		if r, ok := remainsOf(dir); ok {
			d.Aside += int(r.Waiting)
		}
	}
	if err := s.ready("leave"); err != nil {
		return d, err
	}
	d.Waiting = s.waiting()
	if s.personal == nil {
		return d, nil
	}
	d.Drafts = len(s.personal.edits)
	for _, c := range s.personal.claims {
		if c.Revision == 0 && c.DeletedAt.IsZero() && !isBlank(c) {
			d.Drafts++
		}
	}
	for _, path := range s.personal.backups {
		if _, err := os.Lstat(path); err == nil && !inside(s.dir, path) {
			d.Backups = append(d.Backups, path)
		}
	}
	return d, nil
}

func isBlank(c claim.Claim) bool { return len(c.Documents) == 0 }

// inside reports whether a path lies in a folder.
func inside(dir, path string) bool {
	rest, err := filepath.Rel(dir, path)
	return err == nil && rest != ".." && !strings.HasPrefix(rest, ".."+string(os.PathSeparator))
}

// Leave deletes the vault from this computer, keys first, and looks afterwards whether anything is left. CodePending (Values:
// Waiting) while something waits for the mutual, and CodeDamaged while that can't be told, unless anyway is set: then nothing was
// touched. It works locked and open. After it the Store is closed, also when Remains tells of files that could not be removed.
func (s *Store) Leave(_ context.Context, anyway bool) (Departure, error) {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return Departure{}, s.closedError("leave")
	}
	d, err := s.departure()
	if n := d.Waiting + d.Aside; err == nil && n > 0 {
		err = fault.New(CodePending, "storage.leave", "").With("Waiting", strconv.Itoa(n))
	}
	if err != nil && !anyway {
		return d, err
	}
	if err := s.destroy(); err != nil {
		return d, err
	}
	d.Remains = remaining(s.dir)
	return d, nil
}

// asides lists the folders in which something waits of vaults whose keys were destroyed.
func asides(dir string) []string { return beside(dir, asideSuffix) }

// beside lists what lies beside a folder under its name and a suffix.
func beside(dir, suffix string) []string {
	var found []string
	files, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		return nil
	}
	for _, f := range files {
		if strings.HasPrefix(f.Name(), filepath.Base(dir)+suffix) {
			found = append(found, filepath.Join(filepath.Dir(dir), f.Name()))
		}
	}
	return found
}

// remaining lists every file and folder that is left of a vault.
func remaining(dir string) []string {
	var left []string
	for _, root := range slices.Concat([]string{dir}, asides(dir), beside(dir, newSuffix)) {
		err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if !errors.Is(err, fs.ErrNotExist) {
				left = append(left, path)
			}
			return nil
		})
		if err != nil {
			left = append(left, root)
		}
	}
	slices.Sort(left)
	return left
}
