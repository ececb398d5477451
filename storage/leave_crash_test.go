//go:build unix

package storage

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/storage/courier"
)

// leaveNow is what the child does that leaves the computer, or destroys its key: a claim with a file waits.
func leaveNow(s *Store, r *rand.Rand, what string) error {
	ctx := context.Background()
	b, err := s.PutBlob(ctx, func(w io.Writer) error { _, err := fmt.Fprint(w, "sealed"); return err })
	if err != nil {
		return err
	}
	c := claim.Claim{ID: claim.ID(uuid(r)), Open: true, Documents: []claim.ExpenseDocument{{ID: uuid(r), Attachments: []claim.Attachment{{ID: uuid(r), Blob: b.Digest, Sealed: b.Size}}}}}
	if c, err = s.SaveDraft(ctx, c); err != nil {
		return err
	}
	c.Revision, c.OpID, c.Open = 1, uuid(r), false
	sub := submission.Submission{OpID: c.OpID, Kind: submission.KindClaim, Subject: string(c.ID), Revision: 1, Body: []byte("sealed"), Blobs: []submission.Blob{b}}
	if _, err := s.Freeze(ctx, c, sub); err != nil {
		return err
	}
	fmt.Println("leaving", c.OpID, b.Digest)
	if what == "key" {
		err = s.DestroyKey(ctx)
	} else if left, leaveErr := s.Leave(ctx, true); leaveErr != nil || len(left.Remains) > 0 {
		err = fmt.Errorf("left %v: %w", left.Remains, leaveErr)
	}
	if err == nil {
		fmt.Println("gone")
	}
	return err
}

// killedLeaving copies a vault and leaves it in a child that dies at a point. It returns what the child had said.
func killedLeaving(t *testing.T, what, point string) (dir, code string, said []string) {
	t.Helper()
	dir, code, _, _ = cheapVault(t)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), crashVault+"="+dir, crashCode+"="+code, crashPoint+"="+point, crashNth+"=1", crashSeed+"=1", crashLeave+"="+what)
	out, err := cmd.Output()
	if (err == nil) != (point == "") {
		t.Fatalf("%s at %q: %v, %s", what, point, err, out)
	}
	return dir, code, strings.Fields(string(out))
}

func TestADepartureThatIsKilledIsEndedByTheNextStart(t *testing.T) { // DEL-05
	for _, point := range append(leavePoints, "") {
		dir, _, _ := killedLeaving(t, "all", point)
		if Exists(dir) {
			t.Errorf("%s: there is a vault", point)
		}
		if _, err := Open(dir, Options{}); fault.CodeOf(err) != identity.CodeNoVault {
			t.Errorf("%s: %v", point, err)
		}
		if left, err := os.ReadDir(dir); len(left) != 0 || err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: left is %v, %v", point, left, err)
		}
	}
}

func TestAKeyWhoseDestructionIsKilledIsDestroyedAndWhatWaitsCanStillBeRead(t *testing.T) { // SES-02
	for _, point := range []string{"leave.between-halves", "leave.after-key", ""} {
		dir, _, said := killedLeaving(t, "key", point)
		_, err := Open(dir, Options{})
		var destroyed *fault.Error
		if !errors.As(err, &destroyed) || destroyed.Code != CodeDestroyed || destroyed.Values["Waiting"] != "2" {
			t.Errorf("%s: %v", point, err)
		}
		checkCourier(t, point, dir, said[1], said[2])
	}
}

// checkCourier reads what waits with nothing but the courier's secret.
func checkCourier(t *testing.T, label, dir, op, digest string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, fileCourier))
	if err != nil {
		t.Fatal(err)
	}
	file, err := courier.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	s := &Store{dir: dir, options: Options{}.filled(), schema: Schema, courier: file, chambers: map[*domain]*chamber{}}
	s.slots.Vault = file.Vault
	if s.db, err = openBolt(s.path(fileDatabase)); err != nil {
		t.Fatal(err)
	}
	defer s.db.Close()
	if err := s.openCourier(); err != nil {
		t.Fatal(err)
	}
	sub, err := s.Frozen(context.Background(), op)
	if err != nil || string(sub.Body) != "sealed" {
		t.Errorf("%s: %+v, %v", label, sub, err)
	}
	if f, err := s.openBlob(digest); err != nil {
		t.Errorf("%s: %v", label, err)
	} else {
		f.Close()
	}
}
