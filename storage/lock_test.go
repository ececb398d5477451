package storage_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/storage"
	"github.com/sodale/sodale/storage/slots"
)

func TestTheRightPasswordOpensAndAWrongOneDoesNot(t *testing.T) {
	dir, _ := newVault(t)
	s, err := storage.Open(dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx := context.Background()
	wantCode(t, s.Unlock(ctx, []byte("un cavallo corretto ")), identity.CodeWrongPassword)
	if err := s.Unlock(ctx, password); err != nil {
		t.Fatal(err)
	}
	if h, err := s.Household(ctx); err != nil || h.Holder.GivenName != "Elena" {
		t.Fatalf("%+v, %v", h, err)
	}
	if id, err := s.Identity(ctx); err != nil || id != "AGE-SECRET-KEY-1TEST" || s.Full() != "full-token" {
		t.Fatalf("%q, %v", id, err)
	}
}

func TestGuessingIsSlowAlsoAfterARestartAndWithTheClockSetBack(t *testing.T) {
	dir, _ := newVault(t)
	clock := &handClock{start}
	ctx := context.Background()
	var s *storage.Store
	restart := func() {
		t.Helper()
		if s != nil {
			s.Close()
		}
		var err error
		if s, err = storage.Open(dir, storage.Options{Clock: clock}); err != nil {
			t.Fatal(err)
		}
	}
	restart()
	defer func() { s.Close() }()
	for range 5 {
		wantCode(t, s.Unlock(ctx, []byte("wrong")), identity.CodeWrongPassword)
	}
	waits := func(seconds string, why string) {
		t.Helper()
		err := s.Unlock(ctx, password)
		wantCode(t, err, identity.CodeWait)
		var wait *fault.Error
		if !errors.As(err, &wait) || wait.Values["Seconds"] != seconds {
			t.Fatalf("%s: %v, want a wait of %s s", why, err, seconds)
		}
	}
	waits("15", "after five")
	restart()
	waits("15", "after a restart")
	clock.now = clock.now.Add(-48 * time.Hour)
	waits("15", "with the clock set back")
	clock.now = clock.now.Add(10 * time.Second)
	restart()
	waits("5", "ten seconds later")
	clock.now = clock.now.Add(5 * time.Second)
	wantCode(t, s.Unlock(ctx, []byte("wrong")), identity.CodeWrongPassword)
	waits("30", "after the sixth")
	clock.now = clock.now.Add(30 * time.Second)
	if err := s.Unlock(ctx, password); err != nil {
		t.Fatal(err)
	}
	restart()
	wantCode(t, s.Unlock(ctx, []byte("wrong")), identity.CodeWrongPassword)
}

func TestTheRecoveryCodeOpensAndATypingErrorIsTold(t *testing.T) {
	dir, code := newVault(t)
	s, err := storage.Open(dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx := context.Background()
	wantCode(t, s.UnlockWithRecovery(ctx, code[:len(code)-1]), storage.CodeCode)
	elsewhere := filepath.Join(t.TempDir(), "other")
	other, err := storage.Create(elsewhere, storage.Options{}, password, setup())
	if err != nil {
		t.Fatal(err)
	}
	wantCode(t, s.UnlockWithRecovery(ctx, other), identity.CodeWrongPassword)
	if err := s.UnlockWithRecovery(ctx, " "+code+" "); err != nil {
		t.Fatal(err)
	}
}

func TestAChangedPasswordOpensAndTheOldOneNoLonger(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	next := []byte("una nuova parola d'ordine")
	wantCode(t, s.CheckPassword(ctx, []byte("wrong")), identity.CodeWrongPassword)
	if err := s.CheckPassword(ctx, password); err != nil {
		t.Fatal(err)
	}
	if err := s.SetPassword(ctx, next, time.Time{}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s, err := storage.Open(dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	wantCode(t, s.Unlock(ctx, password), identity.CodeWrongPassword)
	if err := s.Unlock(ctx, next); err != nil {
		t.Fatal(err)
	}
	openedByCode := s
	openedByCode.Close()
	openVault(t, dir, code, storage.Options{})
}

// rewriteSlots changes bytes of both generations of a slot file and makes their digests right again.
func rewriteSlots(t *testing.T, dir string, edit func(half []byte)) {
	t.Helper()
	path := filepath.Join(dir, "slots")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := 0; at < slots.Size; at += slots.Half {
		half := data[at : at+slots.Half]
		edit(half)
		sum := sha256.Sum256(half[:slots.Half-sha256.Size])
		copy(half[slots.Half-sha256.Size:], sum[:])
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestWeakOrAbsurdKeyParametersAreRefusedBeforeDeriving(t *testing.T) {
	for name, kib := range map[string]uint32{"45 MiB": 45 << 10, "64 GiB": 64 << 20} {
		dir, _ := newVault(t)
		rewriteSlots(t, dir, func(half []byte) { binary.BigEndian.PutUint32(half[37+5:], kib) })
		s, err := storage.Open(dir, storage.Options{})
		if err != nil {
			t.Fatal(err)
		}
		began := time.Now()
		wantCode(t, s.Unlock(context.Background(), password), identity.CodeWeakSlot)
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s: refused after %v", name, took)
		}
		s.Close()
	}
}

func TestParametersThatWereChangedWithinBoundsDoNotOpen(t *testing.T) {
	dir, _ := newVault(t)
	rewriteSlots(t, dir, func(half []byte) { binary.BigEndian.PutUint32(half[37+1:], 1) })
	s, err := storage.Open(dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	wantCode(t, s.Unlock(context.Background(), password), identity.CodeWrongPassword)
}

func TestAVaultOfANewerVersionIsRefusedUntouched(t *testing.T) {
	dir, _ := newVault(t)
	rewriteSlots(t, dir, func(half []byte) { binary.BigEndian.PutUint32(half[8:], storage.Schema+1) })
	before := snapshot(t, dir)
	_, err := storage.Open(dir, storage.Options{})
	wantCode(t, err, identity.CodeNewer)
	after := snapshot(t, dir)
	for name, data := range before {
		if after[name] != data {
			t.Errorf("%s was touched", name)
		}
	}
	if len(after) != len(before) {
		t.Errorf("%d files, were %d", len(after), len(before))
	}
}

// snapshot reads all files of a folder.
func snapshot(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	if err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		files[path] = string(data)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return files
}

func TestOneTornGenerationOfTheSlotsIsMended(t *testing.T) {
	for _, at := range []int{100, slots.Half + 100} {
		dir, code := newVault(t)
		path := filepath.Join(dir, "slots")
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		data[at] ^= 1
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		openVault(t, dir, code, storage.Options{}).Close()
		mended, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, both, err := slots.Decode(mended); err != nil || !both {
			t.Errorf("both generations whole: %v, %v", both, err)
		}
	}
}

func TestALostCourierFileIsMadeAgain(t *testing.T) {
	dir, code := newVault(t)
	if err := os.Remove(filepath.Join(dir, "courier")); err != nil {
		t.Fatal(err)
	}
	openVault(t, dir, code, storage.Options{}).Close()
	s, err := storage.Open(dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Greeting() != "Elena" || s.Upload() != "up-token" {
		t.Fatalf("greeting %q, upload %q", s.Greeting(), s.Upload())
	}
	if _, err := s.Deliveries(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func TestThereIsNoVaultBeforeThereIsOneAndNoneIsMadeOverOne(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	_, err := storage.Open(dir, storage.Options{})
	wantCode(t, err, identity.CodeNoVault)
	dir, _ = newVault(t)
	_, err = storage.Create(dir, storage.Options{}, password, setup())
	wantCode(t, err, storage.CodeExists)
}
