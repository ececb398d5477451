//go:build unix

package main

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/words"
)

// crampedVariable is set in the process in which no file may grow.
const crampedVariable = "SODALE_CRAMPED"

// cramp lets no file grow beyond size bytes: the same refusals as on a full disk, and nobody needs to be root to have them.
func cramp(t *testing.T, size uint64) {
	t.Helper()
	var limit unix.Rlimit
	err := unix.Getrlimit(unix.RLIMIT_FSIZE, &limit)
	signal.Ignore(syscall.SIGXFSZ)
	limit.Cur = size
	if err := errors.Join(err, unix.Setrlimit(unix.RLIMIT_FSIZE, &limit)); err != nil {
		t.Fatal(err)
	}
}

func TestAFullDiskIsSaidInPlainItalianAndLosesNothing(t *testing.T) {
	if os.Getenv(crampedVariable) == "" { // the limit holds for a whole process
		cmd := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$", "-test.timeout", "2m")
		cmd.Env = append(os.Environ(), crampedVariable+"=1")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	words.Set(words.Italian)
	const sentence = "Il disco è pieno. Quello che era già salvato è al sicuro. Libera 50 MB e riprova."
	ctx := context.Background()
	h := offlineHouse(t)
	before, err := h.desk.Open(ctx, draftWith(t, h, [][]byte{sample.Ticket().PDF()}))
	if err != nil {
		t.Fatal(err)
	}
	cramp(t, 4096)
	_, err = h.desk.Attach(ctx, "ricevuta.pdf", sample.Ticket().SmallPhoto(2))
	if got := errtext.Of(err); got != sentence {
		t.Errorf("a file: %v: %s", err, got)
	}
	next := before.Claim
	next.Documents[0].Notes = strings.Repeat("nota ", 1000)
	_, err = h.desk.Save(ctx, next)
	if got := errtext.Of(err); got != sentence {
		t.Errorf("a draft: %v: %s", err, got)
	}
	after, err := h.desk.Open(ctx, before.Claim.ID)
	if err != nil || after.Claim.Version != before.Claim.Version || after.Claim.Documents[0].Notes != "" || storedFiles(t, h.dir) != 1 {
		t.Errorf("version %d, want %d, %d files, %v", after.Claim.Version, before.Claim.Version, storedFiles(t, h.dir), err)
	}
	h.close()
	if err := os.Truncate(filepath.Join(h.dir, "vault.db"), 2048); err != nil {
		t.Fatal(err)
	}
	mended, err := openHouse(h.dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer mended.close()
	err = mended.Unlock(ctx, []byte(testPassword))
	if got := errtext.Of(err); got != sentence {
		t.Errorf("an unlock that must mend the vault: %v: %s", err, got)
	}
}
