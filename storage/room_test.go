//go:build unix

package storage

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
)

// crampedVariable is set in the process that lets no file grow.
const crampedVariable = "SODALE_CRAMPED"

// inChild runs the test in a process of its own, whose limits hold for nobody else, and reports whether this is not that one.
func inChild(t *testing.T) bool {
	t.Helper()
	if os.Getenv(crampedVariable) != "" {
		return false
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$", "-test.timeout", "1m")
	cmd.Env = append(os.Environ(), crampedVariable+"=1")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return true
}

// noRoom lets no file grow beyond size bytes until room is called: the same refusals as on a full disk, and nobody needs to be
// root to have them.
func noRoom(t *testing.T, size int64) (room func()) {
	t.Helper()
	var before unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	limit := before
	limit.Cur = uint64(size)
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	room = func() {
		if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &before); err != nil {
			t.Error(err)
		}
		signal.Reset(syscall.SIGXFSZ)
	}
	t.Cleanup(room)
	return room
}

// crampedVault is an open vault whose database can't grow any more until room is called.
func crampedVault(t *testing.T) (s *Store, code string, room func()) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "vault")
	code, err := Create(dir, Options{}, []byte("password"), Setup{})
	if err != nil {
		t.Fatal(err)
	}
	s = reopen(t, dir, code, Options{})
	t.Cleanup(func() { s.Close() })
	return s, code, noRoom(t, fileSize(t, s.path(fileDatabase)))
}

func fileSize(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

func TestADraftThatFindsNoRoomIsRefusedAndAllThatWasSavedStays(t *testing.T) {
	if inChild(t) {
		return
	}
	s, code, room := crampedVault(t)
	ctx, r := context.Background(), rand.New(rand.NewPCG(1, 1))
	saved := map[claim.ID]claim.Claim{}
	var refused claim.Claim
	for refused.ID == "" {
		c, err := s.SaveDraft(ctx, claim.Claim{ID: claim.ID(uuid(r)), Open: true, IBAN: strings.Repeat("x", 40<<10)})
		if err == nil {
			saved[c.ID] = c
			continue
		}
		if fault.CodeOf(err) != identity.CodeDiskFull {
			t.Fatal(err)
		}
		refused = c
	}
	stays := func() {
		t.Helper()
		if list, err := s.Claims(ctx); err != nil || len(list) != len(saved) {
			t.Fatalf("%d claims, want %d, %v", len(list), len(saved), err)
		}
		for id, want := range saved {
			if got, err := s.Claim(ctx, id); err != nil || got.Version != want.Version || got.IBAN != want.IBAN {
				t.Fatalf("version %d, want %d, %v", got.Version, want.Version, err)
			}
		}
	}
	stays()
	room()
	c, err := s.SaveDraft(ctx, refused)
	if err != nil {
		t.Fatalf("after room was made: %v", err)
	}
	saved[c.ID] = c
	dir := s.dir
	s.Close()
	s = reopen(t, dir, code, Options{Strict: true})
	defer s.Close()
	stays()
}

func TestAFileThatFindsNoRoomIsRefusedAndLeavesNothing(t *testing.T) {
	if inChild(t) {
		return
	}
	s, _, room := crampedVault(t)
	ctx := context.Background()
	large := func(w io.Writer) error { _, err := w.Write(make([]byte, 8<<20)); return err }
	if _, err := s.PutBlob(ctx, large); fault.CodeOf(err) != identity.CodeDiskFull {
		t.Fatalf("got %v", err)
	}
	if left, err := os.ReadDir(s.path(folderBlobs)); err != nil || len(left) != 0 {
		t.Fatalf("%d files are left, %v", len(left), err)
	}
	room()
	if _, err := s.PutBlob(ctx, large); err != nil {
		t.Fatalf("after room was made: %v", err)
	}
}

func TestAVaultOpensWithoutAnyRoom(t *testing.T) {
	if inChild(t) {
		return
	}
	s, _, room := crampedVault(t)
	ctx, dir := context.Background(), s.dir
	c, err := s.SaveDraft(ctx, claim.Claim{ID: "a", Open: true})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	noRoom(t, 0)
	if s, err = Open(dir, Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Unlock(ctx, []byte("password")); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Claim(ctx, c.ID); err != nil || got.Version != c.Version {
		t.Fatalf("%+v, %v", got, err)
	}
	if _, err := s.SaveDraft(ctx, c); fault.CodeOf(err) != identity.CodeDiskFull {
		t.Fatalf("a draft without any room: %v", err)
	}
	if err := s.Unlock(ctx, []byte("password")); err != nil {
		t.Fatalf("after the refused draft: %v", err)
	}
	room()
	if _, err := s.SaveDraft(ctx, c); err != nil {
		t.Fatalf("after room was made: %v", err)
	}
}

func TestADamagedVaultThatFindsNoRoomToBeMendedIsLeftAsItIs(t *testing.T) {
	if inChild(t) {
		return
	}
	dir := filepath.Join(t.TempDir(), "vault")
	code, err := Create(dir, Options{}, []byte("password"), Setup{})
	if err != nil {
		t.Fatal(err)
	}
	s := reopen(t, dir, code, Options{})
	live(t, s, rand.New(rand.NewPCG(1, 1)), 12)
	s.Close()
	path := filepath.Join(dir, fileDatabase)
	damaged, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	clear(damaged[:4096])
	if err := os.WriteFile(path, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if s, err = Open(dir, Options{}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	room := noRoom(t, 4096)
	for range 2 {
		if err := s.UnlockWithRecovery(ctx, code); fault.CodeOf(err) != identity.CodeDiskFull || !s.Locked() {
			t.Fatalf("got %v", err)
		}
	}
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, damaged) {
		t.Fatalf("the damaged file was touched, %v", err)
	}
	room()
	if err := s.UnlockWithRecovery(ctx, code); err != nil || s.Damage() == nil {
		t.Fatalf("after room was made: %v, %v", err, s.Damage())
	}
	if list, err := s.Claims(ctx); err != nil || len(list) == 0 {
		t.Fatal(fmt.Sprint(len(list)), err)
	}
}

func TestAFirstStartThatFindsNoRoomLeavesNoVault(t *testing.T) {
	if inChild(t) {
		return
	}
	dir := t.TempDir()
	room := noRoom(t, 4096)
	_, err := Create(filepath.Join(dir, "vault"), Options{}, []byte("password"), Setup{})
	if fault.CodeOf(err) != identity.CodeDiskFull {
		t.Fatalf("got %v", err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Fatalf("left: %v, %v", left, err)
	}
	room()
	if _, err := Create(filepath.Join(dir, "vault"), Options{}, []byte("password"), Setup{}); err != nil {
		t.Fatalf("after room was made: %v", err)
	}
}
