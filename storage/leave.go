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
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/submission"
)

// asideSuffix stands in the name of a vault whose keys were destroyed while something waited, once another vault took its place.
const asideSuffix = ".destroyed-"

// Pending counts the submissions that the mutual has not confirmed, also those that need the member, unless a later revision of the
// same took their place. It works while locked; CodeDamaged while the outbox can't be read.
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
	latest := map[string]int{}
	for _, d := range s.outbox.deliveries {
		latest[d.Subject] = max(latest[d.Subject], d.Revision)
	}
	n := 0
	for _, d := range s.outbox.deliveries {
		corrected := d.Status == submission.Held && d.Revision < latest[d.Subject]
		if d.Status != submission.Delivered && !corrected {
			n++
		}
	}
	return n
}

// Leaving tells what Leave would find. While the vault is locked it knows of no draft and of no backup.
func (s *Store) Leaving(context.Context) (privacy.Leaving, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.departure()
}

func (s *Store) departure() (privacy.Leaving, error) {
	var d privacy.Leaving
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
	d.Drafts = len(s.personal.edits) + s.personal.letters.Count()
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
// touched. It works locked and open. After it the Store is closed, also when Remains tells of files that could not be removed; the keys
// are gone then all the same.
func (s *Store) Leave(_ context.Context, anyway bool) (privacy.Leaving, error) {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return privacy.Leaving{}, s.closedError("leave")
	}
	d, err := s.departure()
	if n := d.Waiting + d.Aside; err == nil && n > 0 {
		err = fault.New(CodePending, "storage.leave", "").With("Waiting", strconv.Itoa(n))
	}
	if err != nil && !anyway {
		return d, err
	}
	if err = s.destroy(); err != nil && !s.closed {
		return d, err
	}
	s.log("leave", err)
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
