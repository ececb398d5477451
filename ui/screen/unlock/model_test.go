package unlock

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
)

var now = time.Date(2026, 11, 16, 9, 41, 0, 0, time.UTC)

func TestTheDoorSaysWhatItWaitsFor(t *testing.T) {
	for name, c := range map[string]struct {
		err  error
		want stage
	}{
		"wrong password":  {fault.New(identity.CodeWrongPassword, "", ""), asking},
		"disk full":       {fault.New(identity.CodeDiskFull, "", ""), asking},
		"wrapped wait":    {fmt.Errorf("gate: %w", fault.New(identity.CodeWait, "", "").With("Seconds", "8")), waiting},
		"in use":          {fault.New(identity.CodeInUse, "", ""), barred},
		"newer":           {fault.New(identity.CodeNewer, "", ""), barred},
		"damaged":         {fault.New(identity.CodeDamaged, "", ""), barred},
		"something odd":   {errors.New("odd"), asking},
		"weak parameters": {fault.New(identity.CodeWeakSlot, "", ""), barred},
	} {
		m := model{password: "x"}
		if !m.begin() || m.stage != opening {
			t.Fatalf("%s: did not begin", name)
		}
		if m.failed(c.err, now); m.stage != c.want || m.fault == nil {
			t.Errorf("%s: stage %v", name, m.stage)
		}
	}
}

func TestWaitingCountsDownAndEnds(t *testing.T) {
	m := model{password: "x"}
	m.begin()
	m.failed(fault.New(identity.CodeWait, "", "").With("Seconds", "8"), now)
	for after, want := range map[time.Duration]int{0: 8, 500 * time.Millisecond: 8, 1500 * time.Millisecond: 7, 7900 * time.Millisecond: 1} {
		if got := m.left(now.Add(after)); got != want {
			t.Errorf("after %v: %d, want %d", after, got, want)
		}
	}
	if m.begin() {
		t.Error("an attempt began while waiting")
	}
	if m.left(now.Add(8*time.Second)) != 0 || m.stage != asking || !m.begin() {
		t.Error("waiting does not end")
	}
}

func TestNothingTypedIsNoAttempt(t *testing.T) {
	m := model{byCode: true, password: "x"}
	if m.begin() {
		t.Error("an empty code was tried")
	}
}
