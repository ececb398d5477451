package throttle

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

var start = time.Date(2026, 11, 16, 9, 41, 0, 0, time.UTC)

func TestTheWaitDoublesAfterTheFreeAttemptsUpToItsLongest(t *testing.T) {
	path := filepath.Join(t.TempDir(), "throttle")
	now := start
	want := []int{0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900}
	for i, seconds := range want {
		c, err := Load(path, now) // every attempt by a program that was started anew
		if err != nil {
			t.Fatal(err)
		}
		wait, err := c.Wait(now)
		if err != nil || wait != time.Duration(seconds)*time.Second {
			t.Fatalf("before attempt %d: wait %v, want %d s, %v", i+1, wait, seconds, err)
		}
		now = now.Add(wait)
		if err := c.Attempt(now); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAClockSetBackBeginsTheWaitAgainAndNeverEndlessly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "throttle")
	c := &Throttle{path: path}
	for range Free {
		if err := c.Attempt(start); err != nil {
			t.Fatal(err)
		}
	}
	past := start.AddDate(-3, 0, 0)
	if wait, err := c.Wait(past); err != nil || wait != First {
		t.Fatalf("wait %v, %v", wait, err)
	}
	if wait, err := c.Wait(past.Add(First)); err != nil || wait != 0 {
		t.Fatalf("wait %v, %v", wait, err)
	}
}

func TestADamagedFileCountsAsTheFreeAttemptsUsedUp(t *testing.T) {
	path := filepath.Join(t.TempDir(), "throttle")
	if err := os.WriteFile(path, []byte("garbage"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Load(path, start)
	if err != nil {
		t.Fatal(err)
	}
	if wait, err := c.Wait(start); err != nil || wait != First {
		t.Fatalf("wait %v, %v", wait, err)
	}
	if err := c.Clear(); err != nil {
		t.Fatal(err)
	}
	if c, err = Load(path, start); err != nil || c.count != 0 {
		t.Fatalf("count %d, %v", c.count, err)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(encode(7, start))
	f.Fuzz(func(t *testing.T, data []byte) {
		count, last, ok := decode(data)
		if ok && string(encode(count, last)) != string(data) {
			t.Fatal("two files say the same")
		}
	})
}
