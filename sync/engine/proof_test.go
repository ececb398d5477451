package engine

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
)

var deviceSeed = bytes.Repeat([]byte{9}, ed25519.SeedSize)

// bound lets the mutual ask for the device's proof, with a challenge that changes with every so many requests; as at a real
// mutual, the one before still holds.
func bound(m *memoryMutual, every int) {
	m.device = ed25519.NewKeyFromSeed(deviceSeed).Public().(ed25519.PublicKey)
	asked := 0
	m.deny = func(*http.Request) (int, string, int) {
		m.dare, m.dared = fmt.Sprint("dare ", asked/every), fmt.Sprint("dare ", asked/every-1)
		asked++
		return 0, "", 0
	}
}

func TestEveryUseOfATokenIsProvedAlsoWhenTheChallengeChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(func(c *Config) { c.Key = func() []byte { return deviceSeed } })
		bound(w.mutual, 12)
		for n := 1; n <= 5; n++ {
			w.outbox.queue(n, 1, []byte("receipt"))
		}
		w.run(t)
		settleIn(time.Minute)
		for _, op := range w.outbox.order {
			if d := w.outbox.get(op); d.Status != submission.Delivered {
				t.Errorf("%s is %q for %q", op, d.Status, d.Reason)
			}
		}
	})
}

// A token that was carried to another computer is worth nothing there.
func TestATokenWithoutItsKeyIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(func(c *Config) { c.Key = func() []byte { return bytes.Repeat([]byte{8}, ed25519.SeedSize) } })
		bound(w.mutual, 1<<30)
		op := w.outbox.queue(1, 1)
		w.run(t)
		settleIn(time.Minute)
		if d := w.outbox.get(op); w.mutual.rowCount() != 0 || d.Reason != fault.Code(api.CodeProof) {
			t.Errorf("%q for %q", d.Status, d.Reason)
		}
	})
}

func TestALockedVaultWithNothingToSendHearsThatItWasSignedOut(t *testing.T) {
	for _, destroy := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			heard := make(chan bool, 100)
			w := newWorld(func(c *Config) { c.Inbox, c.Revoked = nil, func(d bool) { heard <- d } })
			w.run(t)
			settleIn(time.Minute)
			if len(heard) != 0 {
				t.Fatal("signed out before the mutual said so")
			}
			w.mutual.mu.Lock()
			w.mutual.ended = &destroy
			w.mutual.mu.Unlock()
			settleIn(greetEvery + 2*heartbeat)
			if len(heard) == 0 || <-heard != destroy {
				t.Errorf("signed out with destroy=%v was not heard", destroy)
			}
		})
	}
}

func TestARefusalSaysWhatTheScreenNeeds(t *testing.T) {
	signed := &signedError{Problem: api.Problem{Code: api.CodeBadCode, Field: "email", Left: 3, Ticket: "t"}, wait: 42 * time.Second}
	err := refusalOf(fmt.Errorf("asked: %w", signed), api.PathVerify)
	var f *fault.Error
	if !errors.As(err, &f) || f.Code != api.CodeBadCode {
		t.Fatalf("%v", err)
	}
	for name, want := range map[string]string{"Field": "email", "Left": "3", "Seconds": "42", "Ticket": "t"} {
		if f.Values[name] != want {
			t.Errorf("%s is %q, not %q", name, f.Values[name], want)
		}
	}
	if line := fault.New(CodeOffline, "", ""); !errors.Is(refusalOf(line, ""), line) || fault.CodeOf(refusalOf(line, "")) != CodeOffline {
		t.Error("a fault of the line became a refusal")
	}
}
