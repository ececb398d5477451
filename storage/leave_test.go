package storage_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/storage"
	"github.com/sodale/sodale/storage/slots"
)

// lived is a vault with everything that a folder can hold: generations, files aside, unfinished ones, a backup within and one without.
func lived(t *testing.T) (s *storage.Store, dir, code, backup string) {
	t.Helper()
	dir, code = newVault(t)
	for _, name := range []string{"vault.db.damaged-20261101T080000", "vault.db.pre-v0", "blobs/0123.tmp"} {
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte("left"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s = openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	attached(t, s, aDraft(t, "A"), []byte("a file"))
	backup = filepath.Join(t.TempDir(), "backup.sodale")
	for _, path := range []string{backup, filepath.Join(dir, "inside.sodale"), filepath.Join(t.TempDir(), "thrown-away.sodale")} {
		if err := s.Backup(ctx, path); err != nil {
			t.Fatal(err)
		}
		if filepath.Base(path) == "thrown-away.sodale" {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}
	}
	wantCode(t, s.Unlock(ctx, []byte("wrong")), identity.CodeWrongPassword) // leaves a throttle
	return s, dir, code, backup
}

func TestLeavingAComputerLeavesNothingAndNamesTheBackupsThatAreElsewhere(t *testing.T) { // DEL-05
	s, dir, _, backup := lived(t)
	if err := os.MkdirAll(dir+".new-cut-off", 0o700); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	before := must[privacy.Leaving](t)(s.Leaving(ctx))
	if before.Drafts != 1 || before.Waiting != 0 || before.Clean() {
		t.Fatalf("%+v", before)
	}
	left, err := s.Leave(ctx, false)
	if err != nil || len(left.Remains) != 0 || !slices.Equal(left.Backups, []string{backup}) {
		t.Fatalf("%+v, %v", left, err)
	}
	if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("the folder is there: %v", err)
	}
	if names, err := os.ReadDir(filepath.Dir(dir)); err != nil || len(names) != 0 {
		t.Fatalf("beside it is %v, %v", names, err)
	}
	_, err = s.Claims(ctx)
	wantCode(t, err, storage.CodeLocked)
	_, err = storage.Open(dir, storage.Options{})
	wantCode(t, err, identity.CodeNoVault)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.Create(dir, storage.Options{}, password, setup()); err != nil {
		t.Fatal(err)
	}
}

func TestLeavingIsRefusedWhileSomethingWaitsUnlessItIsToldSo(t *testing.T) { // DEL-04
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	submit(t, s, saved(t, s, aDraft(t, "A")))
	s.Close()
	s = locked(t, dir, storage.Options{}) // it is told while locked too
	left, err := s.Leave(ctx, false)
	wantCode(t, err, storage.CodePending)
	var refusal *fault.Error
	if !errors.As(err, &refusal) || refusal.Values["Waiting"] != "1" || left.Waiting != 1 {
		t.Fatalf("%+v, %v", left, err)
	}
	if list, err := s.Deliveries(ctx); err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
	if left, err = s.Leave(ctx, true); err != nil || left.Waiting != 1 || len(left.Remains) != 0 || storage.Exists(dir) {
		t.Fatalf("%+v, %v", left, err)
	}
}

func TestARefusedRevisionThatWasCorrectedDoesNotWait(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	r := requested(t, s, request.Filed{Kind: submission.KindConsent, Consent: &privacy.Answer{Consent: "newsletter", Version: "1", At: start}})
	for _, step := range []submission.Step{submission.Ask, submission.Refuse} {
		if _, err := s.Move(ctx, r.OpID, step, nil); err != nil {
			t.Fatal(err)
		}
	}
	if n := must[int](t)(s.Pending(ctx)); n != 1 {
		t.Fatalf("%d wait while the member is needed", n)
	}
	next := requested(t, s, request.Filed{ID: r.ID, Revision: 1, Kind: r.Kind, Consent: r.Consent})
	if n := must[int](t)(s.Pending(ctx)); n != 1 {
		t.Fatalf("%d wait while the correction is queued", n)
	}
	for _, step := range []submission.Step{submission.Ask, submission.Receipt} {
		if _, err := s.Move(ctx, next.OpID, step, nil); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := s.Leave(ctx, false); err != nil || !left.Clean() {
		t.Fatalf("%+v, %v", left, err)
	}
}

func TestAVaultThatCanNotTellWhatWaitsIsLeftOnlyWhenToldSo(t *testing.T) {
	dir, _ := newVault(t)
	if err := os.WriteFile(filepath.Join(dir, "vault.db"), []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := locked(t, dir, storage.Options{})
	_, err := s.Leave(context.Background(), false)
	wantCode(t, err, identity.CodeDamaged)
	if left, err := s.Leave(context.Background(), true); err != nil || len(left.Remains) != 0 {
		t.Fatalf("%+v, %v", left, err)
	}
}

func TestAVaultOpensNoMoreOnceItsKeyWasDestroyedAndWhatWaitsStays(t *testing.T) { // SES-02
	for _, unlocked := range []bool{true, false} {
		dir, code := newVault(t)
		s := openVault(t, dir, code, storage.Options{})
		ctx := context.Background()
		c, sub := submit(t, s, attached(t, s, aDraft(t, "A"), []byte("a file")))
		must[[]byte](t)(s.NewShare(ctx))
		must[[]byte](t)(s.NewKeyring(ctx))
		if !unlocked {
			s.Close()
			s = locked(t, dir, storage.Options{})
		}
		if err := s.DestroyKey(ctx); err != nil {
			t.Fatal(err)
		}
		wantCode(t, s.Unlock(ctx, password), storage.CodeLocked)
		_, err := s.Claim(ctx, c.ID)
		wantCode(t, err, storage.CodeLocked)
		_, err = storage.Open(dir, storage.Options{})
		wantCode(t, err, storage.CodeDestroyed)
		var destroyed *fault.Error
		if !errors.As(err, &destroyed) || destroyed.Values["Waiting"] != "1" || !storage.Exists(dir) {
			t.Fatal(err)
		}
		files := snapshot(t, dir)
		if files[filepath.Join(dir, "blobs", sub.Blobs[0].Digest)] == "" || files[filepath.Join(dir, "vault.db")] == "" {
			t.Error("what waits is gone")
		}
		if _, _, err := slots.Decode([]byte(files[filepath.Join(dir, "slots")])); !errors.Is(err, slots.ErrDamaged) {
			t.Errorf("a way in is left: %v", err)
		}
	}
}

func TestANewVaultTakesThePlaceOfADestroyedOneAndPutsAsideWhatWaitsInIt(t *testing.T) {
	for _, waits := range []bool{true, false} {
		dir, code := newVault(t)
		s := openVault(t, dir, code, storage.Options{})
		ctx := context.Background()
		var sub submission.Submission
		if waits {
			_, sub = submit(t, s, attached(t, s, aDraft(t, "A"), []byte("a file")))
		}
		if err := s.DestroyKey(ctx); err != nil {
			t.Fatal(err)
		}
		code, err := storage.Create(dir, storage.Options{Clock: &handClock{start}}, password, setup())
		if err != nil {
			t.Fatal(err)
		}
		s = openVault(t, dir, code, storage.Options{})
		asides := must[[]string](t)(filepath.Glob(dir + ".destroyed-*"))
		if (len(asides) == 1) != waits {
			t.Fatalf("aside: %v", asides)
		}
		d := must[privacy.Leaving](t)(s.Leaving(ctx))
		if n := must[int](t)(s.Pending(ctx)); n != 0 || (d.Aside == 1) != waits {
			t.Fatalf("%d pending, %+v", n, d)
		}
		if !waits {
			continue
		}
		if _, err := os.Stat(filepath.Join(asides[0], "blobs", sub.Blobs[0].Digest)); err != nil {
			t.Error(err)
		}
		_, err = s.Leave(ctx, false)
		wantCode(t, err, storage.CodePending)
		if left, err := s.Leave(ctx, true); err != nil || len(left.Remains) != 0 {
			t.Fatalf("%+v, %v", left, err)
		}
		if names, err := os.ReadDir(filepath.Dir(dir)); err != nil || len(names) != 0 {
			t.Fatalf("left: %v, %v", names, err)
		}
	}
}

func TestDestroyDeletesAVaultThatIsOpen(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	submit(t, s, saved(t, s, aDraft(t, "A")))
	if err := s.Destroy(context.Background()); err != nil || storage.Exists(dir) {
		t.Fatal(err)
	}
	wantCode(t, s.Destroy(context.Background()), storage.CodeLocked)
	_, err := s.SaveDraft(context.Background(), claim.Claim{ID: "a"})
	wantCode(t, err, storage.CodeLocked)
}
