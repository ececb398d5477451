//go:build linux

package storage

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
)

// smallDisk mounts a file system of a few MiB.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("no small file system can be mounted here: %v", err)
	}
	t.Cleanup(func() { unix.Unmount(dir, unix.MNT_DETACH) })
	return dir
}

// fill takes all room but keep bytes.
func fill(t *testing.T, dir string, keep int64) string {
	t.Helper()
	path := filepath.Join(dir, "filling")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	chunk := make([]byte, 4096)
	var n int64
	for {
		if _, err := f.Write(chunk); err != nil {
			break
		}
		n += int64(len(chunk))
	}
	if err := f.Truncate(max(0, n-keep)); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOnAFullDiskDraftsAreStillSavedAndFilesAreRefusedWithAWord(t *testing.T) {
	disk := smallDisk(t, "12m")
	dir := filepath.Join(disk, "vault")
	o := Options{Clock: standing(damageStart)}
	code, err := Create(dir, o, []byte("password"), Setup{})
	if err != nil {
		t.Fatal(err)
	}
	s := reopen(t, dir, code, o)
	ctx := context.Background()
	r := rand.New(rand.NewPCG(1, 1))
	c, err := s.SaveDraft(ctx, claim.Claim{ID: claim.ID(uuid(r)), Open: true})
	if err != nil {
		t.Fatal(err)
	}
	filling := fill(t, disk, 0)
	_, err = s.PutBlob(ctx, func(w io.Writer) error { _, err := w.Write(make([]byte, 1<<20)); return err })
	if fault.CodeOf(err) != identity.CodeDiskFull {
		t.Fatalf("a file on a full disk: %v", err)
	}
	if left, err := os.ReadDir(s.path(folderBlobs)); err != nil || len(left) != 0 {
		t.Fatalf("%d files are left, %v", len(left), err)
	}
	saved := 0
	for range 400 {
		c.IBAN = strings.Repeat(fmt.Sprint(saved), 900)
		next, err := s.SaveDraft(ctx, c)
		if err != nil {
			if fault.CodeOf(err) != identity.CodeDiskFull {
				t.Fatal(err)
			}
			break
		}
		c = next
		if saved++; saved%4 == 0 {
			if _, err := s.SaveDraft(ctx, claim.Claim{ID: claim.ID(uuid(r)), Open: true, IBAN: strings.Repeat("x", 3000)}); err != nil {
				break
			}
		}
	}
	if saved < 100 {
		t.Errorf("only %d drafts were saved on the full disk", saved)
	}
	if stored, err := s.Claim(ctx, c.ID); err != nil || stored.Version != c.Version {
		t.Fatalf("stored version %d, want %d, %v", stored.Version, c.Version, err)
	}
	s.Close()
	s = reopen(t, dir, code, Options{Clock: standing(damageStart), Strict: true}) // also a full disk opens
	if stored, err := s.Claim(ctx, c.ID); err != nil || stored.IBAN == "" || stored.Version != c.Version {
		t.Fatalf("after reopening: version %d, want %d, %v", stored.Version, c.Version, err)
	}
	if err := os.Remove(filling); err != nil {
		t.Fatal(err)
	}
	if _, err := s.PutBlob(ctx, func(w io.Writer) error { _, err := w.Write(make([]byte, 1<<20)); return err }); err != nil {
		t.Fatalf("after room was made: %v", err)
	}
	s.Close()
}

func TestADiskThatIsFullDuringTheFirstStartLeavesNoVault(t *testing.T) {
	disk := smallDisk(t, "1m")
	fill(t, disk, 20<<10)
	dir := filepath.Join(disk, "vault")
	_, err := Create(dir, Options{}, []byte("password"), Setup{})
	if fault.CodeOf(err) != identity.CodeDiskFull {
		t.Fatalf("got %v", err)
	}
	if left, err := os.ReadDir(disk); err != nil || len(left) != 1 {
		t.Fatalf("left: %v, %v", left, err)
	}
}

func TestWhatCanNotBeRemovedIsNamedAndItsKeysAreGone(t *testing.T) {
	dir, code, _, _ := cheapVault(t)
	blobs := filepath.Join(dir, folderBlobs)
	if err := unix.Mount("tmpfs", blobs, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("no file system can be mounted here: %v", err)
	}
	t.Cleanup(func() { unix.Unmount(blobs, unix.MNT_DETACH) })
	s := reopen(t, dir, code, Options{Clock: standing(damageStart)})
	left, err := s.Leave(context.Background(), true)
	if err != nil || !slices.Contains(left.Remains, blobs) || left.Clean() {
		t.Fatalf("%+v, %v", left, err)
	}
	if r, destroyed := remainsOf(dir); !destroyed || !r.All || Exists(dir) {
		t.Fatal("the keys are there")
	}
	unix.Unmount(blobs, unix.MNT_DETACH)
	if _, err := Open(dir, Options{}); fault.CodeOf(err) != identity.CodeNoVault {
		t.Fatal(err)
	}
	if left := remaining(dir); len(left) > 0 {
		t.Fatalf("left: %v", left)
	}
}
