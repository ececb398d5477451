package storage_test

import (
	"context"
	"crypto/rand"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/storage"
	"github.com/sodale/sodale/storage/slots"
	"github.com/sodale/sodale/storage/throttle"
)

// guesses is how many the attacks make.
const guesses = 10_000

// Somebody sits at the window and types a password a second, ends the program and sets the clock back as they please.
func TestTenThousandPasswordsTypedAtTheWindowAreHardlyTried(t *testing.T) { // LOG-04
	dir, _ := newVault(t)
	clock, r, ctx := &handClock{start}, mathrand.New(mathrand.NewPCG(4, 4)), context.Background()
	s := locked(t, dir, storage.Options{Clock: clock})
	tried, restarts, setBack, spent := 0, 0, 0, time.Duration(0)
	for i := range guesses {
		clock.now, spent = clock.now.Add(time.Second), spent+time.Second
		if i%97 == 96 {
			s.Close()
			s = locked(t, dir, storage.Options{Clock: clock})
			restarts++
		}
		if i%1009 == 1008 {
			clock.now = clock.now.Add(-time.Duration(1+r.IntN(1000)) * time.Hour)
			setBack++
		}
		err := s.Unlock(ctx, []byte("Estate"+strconv.Itoa(i)))
		switch fault.CodeOf(err) {
		case identity.CodeWrongPassword:
			tried++
		case identity.CodeWait:
		default:
			t.Fatalf("guess %d: %v", i, err)
		}
	}
	all := time.Duration(0)
	for i := range guesses - throttle.Free {
		all += min(throttle.First<<min(i, 10), throttle.Longest)
	}
	t.Logf("%d passwords typed in %v with %d restarts and the clock set back %d times: %d were tried; to try all takes %.0f days",
		guesses, spent, restarts, setBack, tried, all.Hours()/24)
	if tried > 25 {
		t.Errorf("%d were tried", tried)
	}
	clock.now = clock.now.Add(throttle.Longest) // the owner never waits longer
	if err := s.Unlock(ctx, password); err != nil {
		t.Fatal(err)
	}
}

// Who has the disk and not the mutual's share has slots that no guess opens; who has the share and another disk has nothing.
func TestNeitherTheDiskWithoutTheShareNorTheShareWithoutTheDiskOpensAVault(t *testing.T) { // LOG-09
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	share := must[[]byte](t)(s.NewShare(ctx))
	if err := s.KeepShare(ctx); err != nil {
		t.Fatal(err)
	}
	must[[]byte](t)(s.NewKeyring(ctx))
	s.Close()
	data := must[[]byte](t)(os.ReadFile(filepath.Join(dir, "slots")))
	file, _, err := slots.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	guess, opened, tried := make([]byte, slots.SecretSize), 0, 0
	for i := range guesses {
		if i < 8*slots.SecretSize {
			copy(guess, share)
			guess[i/8] ^= 1 << (i % 8) // one bit away
		} else if _, err := rand.Read(guess); err != nil {
			t.Fatal(err)
		}
		for _, slot := range file.Slots {
			if slot.Kind == slots.Password {
				continue // has its own attack, and its own slow hash
			}
			tried++
			if _, err := slot.Open(file.Vault, guess); err == nil {
				opened++
			}
		}
	}
	other, code := newVault(t)
	s = openVault(t, other, code, storage.Options{}) // the same vault, copied before the share was made
	s.Close()
	s = locked(t, other, storage.Options{})
	wantCode(t, s.UnlockWithShare(ctx, share), identity.CodeWrongPassword)
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	if code, err = storage.Create(elsewhere, storage.Options{}, password, setup()); err != nil {
		t.Fatal(err)
	}
	foreign := openVault(t, elsewhere, code, storage.Options{})
	must[[]byte](t)(foreign.NewShare(ctx))
	foreign.Close()
	foreign = locked(t, elsewhere, storage.Options{})
	wantCode(t, foreign.UnlockWithShare(ctx, share), identity.CodeWrongPassword)
	t.Logf("%d shares tried on %d slots of a disk: %d opened; the right share on 2 other disks: 0 opened", guesses, tried/guesses, opened)
	if opened > 0 {
		t.Errorf("%d opened", opened)
	}
	if s = locked(t, dir, storage.Options{}); s.UnlockWithShare(ctx, share) != nil {
		t.Error("both together do not open")
	}
}
