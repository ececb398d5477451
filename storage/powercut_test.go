//go:build linux

package storage

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
)

// A power cut is simulated: a session runs in a child whose system calls strace records, with every byte written. For each
// case a moment is drawn; what was synced by then is there, of the rest a random subset, sector by sector; names that were
// not made durable by syncing their folder come in order up to a random one.

const sector = 512

// fileOp is one recorded call.
type fileOp struct {
	kind     string // create, truncate, write, sync, rename, unlink, link, mkdir, said
	path, to string
	at       int64
	data     []byte
}

// inode is a file on the simulated disk.
type inode struct {
	durable []byte
	pending []fileOp // writes and truncations since the last sync
}

// powerDisk replays a log up to a moment.
type powerDisk struct {
	files, durable map[string]*inode // by name: as running programs see it, and as it survives
	names          []fileOp          // operations on names that are not durable yet
	said           []string
}

func (d *powerDisk) apply(op fileOp) {
	switch op.kind {
	case "create":
		if d.files[op.path] == nil {
			d.files[op.path] = &inode{}
			d.names = append(d.names, op)
		}
	case "write", "truncate":
		if f := d.files[op.path]; f != nil {
			f.pending = append(f.pending, op)
		}
	case "sync":
		d.sync(op.path)
	case "rename", "link", "unlink", "mkdir":
		rename(d.files, op)
		d.names = append(d.names, op)
	case "said":
		d.said = append(d.said, strings.Split(strings.TrimSpace(string(op.data)), "\n")...)
	}
}

// rename changes a table of names.
func rename(files map[string]*inode, op fileOp) {
	switch op.kind {
	case "create":
	case "unlink":
		delete(files, op.path)
	case "link":
		files[op.to] = files[op.path]
	case "rename":
		moved := map[string]*inode{}
		for name, f := range files {
			if name == op.path || strings.HasPrefix(name, op.path+"/") {
				moved[op.to+strings.TrimPrefix(name, op.path)] = f
				delete(files, name)
			}
		}
		for name, f := range moved {
			files[name] = f
		}
	}
}

// sync makes a file's bytes durable, or the names in a folder.
func (d *powerDisk) sync(path string) {
	if f := d.files[path]; f != nil {
		for _, op := range f.pending {
			f.durable = put(f.durable, op, nil)
		}
		f.pending = nil
		return
	}
	d.settle(len(d.names), func(op fileOp) bool {
		return filepath.Dir(op.path) == path || op.to != "" && filepath.Dir(op.to) == path
	})
}

// settle makes the first n operations on names durable that which selects. Those before them in the log go along, as a
// journal keeps its order.
func (d *powerDisk) settle(n int, which func(fileOp) bool) {
	last := -1
	for i, op := range d.names[:n] {
		if which(op) {
			last = i
		}
	}
	for _, op := range d.names[:last+1] {
		if op.kind == "create" {
			d.durable[op.path] = d.inodeOf(op)
		}
		rename(d.durable, op)
	}
	d.names = slices.Delete(d.names, 0, last+1)
}

// inodeOf finds the file that a create made; it may have another name by now.
func (d *powerDisk) inodeOf(op fileOp) *inode {
	name := op.path
	for _, later := range d.names[slices.IndexFunc(d.names, func(o fileOp) bool { return o.kind == op.kind && o.path == op.path })+1:] {
		if later.kind == "rename" && (name == later.path || strings.HasPrefix(name, later.path+"/")) {
			name = later.to + strings.TrimPrefix(name, later.path)
		}
	}
	if f := d.files[name]; f != nil {
		return f
	}
	return &inode{}
}

// put applies a write or a truncation; with r, only some of its sectors.
func put(data []byte, op fileOp, r *rand.Rand) []byte {
	if op.kind == "truncate" {
		if op.at <= int64(len(data)) {
			return data[:op.at:op.at]
		}
		return append(data, make([]byte, op.at-int64(len(data)))...)
	}
	if end := op.at + int64(len(op.data)); end > int64(len(data)) {
		data = append(data, make([]byte, end-int64(len(data)))...)
	}
	for from := 0; from < len(op.data); from += sector {
		if r == nil || r.IntN(2) == 0 {
			copy(data[op.at+int64(from):], op.data[from:min(from+sector, len(op.data))])
		}
	}
	return data
}

// crash writes into dir what survives: r draws among what was not synced.
func (d *powerDisk) crash(t *testing.T, r *rand.Rand, root, dir string) {
	t.Helper()
	n := r.IntN(len(d.names) + 1)
	d.settle(n, func(fileOp) bool { return true })
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, f := range d.durable {
		rest, inside := strings.CutPrefix(name, root+"/")
		if !inside {
			continue
		}
		data := bytes.Clone(f.durable)
		for _, op := range f.pending {
			switch r.IntN(4) {
			case 0:
				data = put(data, op, nil)
			case 1:
				data = put(data, op, r)
			}
		}
		path := filepath.Join(dir, rest)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if Exists(filepath.Join(dir, "vault")) { // an empty folder has no file to show it by
		if err := os.MkdirAll(filepath.Join(dir, "vault", folderBlobs), 0o700); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAPowerCutLeavesTheStateBeforeOrAfterNeverBetween(t *testing.T) {
	root := t.TempDir()
	ops := trace(t, filepath.Join(root, "vault"), "create")
	code := codeSaid(ops)
	if code == "" || len(ops) < 200 {
		t.Fatalf("%d operations recorded, code %q", len(ops), code)
	}
	dir, none := filepath.Join(t.TempDir(), "after"), 0
	n := runs(60)
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i), 9))
		moment := r.IntN(len(ops) + 1)
		if i%3 == 0 {
			moment = r.IntN(1 + slices.IndexFunc(ops, func(op fileOp) bool { return op.kind == "said" })) // within the first start
		}
		d := &powerDisk{files: map[string]*inode{}, durable: map[string]*inode{}}
		for _, op := range ops[:moment] {
			d.apply(op)
		}
		d.crash(t, r, root, dir)
		label := fmt.Sprintf("case %d: cut before operation %d", i, moment)
		vault := filepath.Join(dir, "vault")
		if !Exists(vault) {
			none++
			if len(d.said) > 0 {
				t.Errorf("%s: no vault, although %q", label, d.said)
			}
			continue
		}
		s, err := Open(vault, Options{})
		if err == nil {
			err = s.UnlockWithRecovery(context.Background(), code)
		}
		if err != nil {
			t.Errorf("%s: %v", label, err)
			return
		}
		if damage := s.Damage(); damage != nil && damage.Values["Lost"] == "" {
			s.repaired = nil // a torn meta page was mended and nothing is lost
			if err := s.sweepBlobs(); err != nil {
				t.Fatal(err)
			}
		}
		checkSurvivor(t, s, label, d.said)
		checkNoneNewer(t, s, label, d.said)
		s.Close()
		if t.Failed() {
			return
		}
	}
	t.Logf("%d operations, %d cuts, %d before there was a vault", len(ops), n, none)
}

// codeSaid is the recovery code that a session told.
func codeSaid(ops []fileOp) string {
	for _, op := range ops {
		if text, ok := strings.CutPrefix(string(op.data), "code "); ok && op.kind == "said" {
			return strings.TrimSpace(text)
		}
	}
	return ""
}

// checkNoneNewer verifies that what was not acknowledged is at most the one commit that was under way.
func checkNoneNewer(t *testing.T, s *Store, label string, said []string) {
	t.Helper()
	acknowledged := map[string]uint64{}
	for _, line := range said {
		if words := strings.Fields(line); words[0] == "saved" {
			acknowledged[words[1]], _ = strconv.ParseUint(words[2], 10, 64)
		}
	}
	var ahead []string
	for id, c := range s.personal.claims {
		version := c.Version
		if c.Revision > 0 && slices.Contains(said, "frozen "+c.OpID) {
			version--
		}
		if version > acknowledged[string(id)] {
			ahead = append(ahead, string(id))
		}
		if version > acknowledged[string(id)]+1 {
			t.Errorf("%s: claim %s is at version %d, acknowledged was %d", label, id, c.Version, acknowledged[string(id)])
		}
	}
	if len(ahead) > 1 {
		t.Errorf("%s: %d claims are ahead of what was said", label, len(ahead))
	}
}

func TestAPowerCutWhileLeavingLeavesTheVaultOrNothingThatOpens(t *testing.T) { // DEL-05
	root := t.TempDir()
	t.Setenv(crashLeave, "all")
	ops := trace(t, filepath.Join(root, "vault"), "create")
	code := codeSaid(ops)
	from := slices.IndexFunc(ops, func(op fileOp) bool { return op.kind == "said" && strings.HasPrefix(string(op.data), "leaving ") })
	if code == "" || from < 0 || len(ops)-from < 15 {
		t.Fatalf("%d operations recorded, code %q, leaving from %d", len(ops), code, from)
	}
	dir, opened, gone := filepath.Join(t.TempDir(), "after"), 0, 0
	for i := range runs(40) {
		r := rand.New(rand.NewPCG(uint64(i), 11))
		moment := from + r.IntN(len(ops)-from+1)
		d := &powerDisk{files: map[string]*inode{}, durable: map[string]*inode{}}
		for _, op := range ops[:moment] {
			d.apply(op)
		}
		d.crash(t, r, root, dir)
		label, vault := fmt.Sprintf("case %d: cut before operation %d", i, moment), filepath.Join(dir, "vault")
		s, err := Open(vault, Options{})
		if err == nil {
			opened++
			if err := s.UnlockWithRecovery(context.Background(), code); err != nil || slices.Contains(d.said, "gone") {
				t.Errorf("%s: there is a vault, said %q: %v", label, d.said, err)
			}
			if n, err := s.Pending(context.Background()); err != nil || n != 1 {
				t.Errorf("%s: %d wait, %v", label, n, err)
			}
			s.Close()
			continue
		}
		gone++
		left, readErr := os.ReadDir(vault)
		if fault.CodeOf(err) != identity.CodeNoVault || len(left) > 0 {
			t.Errorf("%s: %v; left %v, %v", label, err, left, readErr)
		}
	}
	if opened == 0 || gone == 0 {
		t.Errorf("%d cuts left the vault, %d nothing", opened, gone)
	}
	t.Logf("%d operations, %d cuts left the vault, %d nothing", len(ops)-from, opened, gone)
}
