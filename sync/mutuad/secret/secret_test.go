package secret_test

import (
	"bytes"
	"crypto/rand"
	"testing"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/mutuad/secret"
)

var now = time.Date(2026, 11, 22, 9, 31, 0, 0, time.UTC)

func box(t *testing.T, first byte) *secret.Box {
	t.Helper()
	key := make([]byte, secret.KeySize)
	key[0] = first
	b, err := secret.New(key)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAChallengeIsGoodForTenToTwentyMinutesAndOnlyUnderItsKey(t *testing.T) {
	b := box(t, 1)
	challenge := b.Challenge(now)
	for after, want := range map[time.Duration]bool{0: true, 9 * time.Minute: true, 18 * time.Minute: true, 19 * time.Minute: false, 24 * time.Hour: false, -2 * time.Minute: false} {
		if b.Fresh(challenge, now.Add(after)) != want {
			t.Errorf("after %s: %v", after, !want)
		}
	}
	if box(t, 2).Fresh(challenge, now) || b.Fresh("", now) || b.Fresh(challenge+"x", now) {
		t.Error("a challenge that this key did not make was taken")
	}
}

func TestWhatIsSealedOpensForItsPurposeAndUnderItsKeyAlone(t *testing.T) {
	b, plain := box(t, 1), []byte("JBSWY3DPEHPK3PXP")
	sealed, err := b.Seal(rand.Reader, plain, "factor/1")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := b.Open(sealed, "factor/1"); err != nil || !bytes.Equal(got, plain) {
		t.Fatalf("%q, %v", got, err)
	}
	for name, open := range map[string]func() ([]byte, error){
		"another purpose": func() ([]byte, error) { return b.Open(sealed, "factor/2") },
		"another key":     func() ([]byte, error) { return box(t, 2).Open(sealed, "factor/1") },
		"cut":             func() ([]byte, error) { return b.Open(sealed[:20], "factor/1") },
		"no base64":       func() ([]byte, error) { return b.Open("?", "factor/1") },
	} {
		if _, err := open(); fault.CodeOf(err) != secret.CodeSecret {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHashesTellWordsApartAndKeysToo(t *testing.T) {
	b := box(t, 1)
	if b.Hash("ab", "c") == b.Hash("a", "bc") || b.Hash("ab") == box(t, 2).Hash("ab") || !secret.Same(b.Hash("ab"), b.Hash("ab")) {
		t.Error("hashes")
	}
	if _, err := secret.New(nil); fault.CodeOf(err) != secret.CodeSecret {
		t.Error(err)
	}
}
