package engine

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine/faults"
)

func TestTheBoundDoublesFromTwoSecondsToFifteenMinutes(t *testing.T) {
	for i, want := range []float64{2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900} {
		if got := DefaultPace.bound(i + 1).Seconds(); got != want {
			t.Errorf("after %d tries the bound is %v s, want %v s", i+1, got, want)
		}
	}
	if got := DefaultPace.bound(1_000_000); got != 15*time.Minute {
		t.Errorf("after a million tries the bound is %v", got)
	}
}

func TestJitterIsDrawnEvenlyBelowTheBound(t *testing.T) {
	d := &dice{random: seeded(3)}
	var below, sum int
	for range 4000 {
		j := d.jitter(time.Second)
		if j < 0 || j >= time.Second {
			t.Fatalf("drew %v", j)
		}
		if j < time.Second/2 {
			below++
		}
		sum += int(j)
	}
	if below < 1800 || below > 2200 {
		t.Errorf("%d of 4000 in the lower half", below)
	}
	silent := &dice{random: iotest.ErrReader(errors.New("none"))}
	if got := silent.jitter(time.Minute); got != time.Minute {
		t.Errorf("without randomness it waits %v", got)
	}
}

// tries runs one submission against a line that loses every PUT and receipt for a day, and returns when it was tried.
func tries(t *testing.T, code string) (waits []time.Duration, attempts int) {
	last := time.Now()
	w := newWorld(func(c *Config) { c.Inbox = nil })
	w.mutual.deny = func(r *http.Request) (int, string, int) {
		if r.Method == http.MethodPut || r.URL.Path != api.PathHello {
			waits = append(waits, time.Since(last))
			last = time.Now()
			return 500, code, 0
		}
		return 0, "", 0
	}
	op := w.outbox.queue(1, 1)
	stop := w.run(t)
	settleIn(24 * time.Hour)
	stop()
	return waits, w.outbox.get(op).Attempts
}

func TestATroubledMutualIsAskedEverMoreSeldomAndForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		waits, attempts := tries(t, api.CodeInternal)
		for i, wait := range waits {
			if i > 0 && wait > DefaultPace.bound(i)+time.Second {
				t.Errorf("try %d came after %v, bound %v", i+1, wait, DefaultPace.bound(i))
			}
		}
		if n := len(waits); n < 24*4 || n > 24*4*4 {
			t.Errorf("%d tries in a day", n)
		}
		if attempts != len(waits) {
			t.Errorf("%d attempts written down of %d made", attempts, len(waits))
		}
	})
}

func TestAttemptsAndTheNextTryOutliveARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(nil)
		w.mutual.deny = func(r *http.Request) (int, string, int) {
			if r.Method == http.MethodPut {
				return 500, api.CodeInternal, 0
			}
			return 0, "", 0
		}
		op := w.outbox.queue(1, 1)
		w.outbox.set(op, func(d *submission.Delivery) { d.Attempts, d.NextTry = 30, time.Now().Add(10*time.Minute) })
		w.run(t)
		settleIn(9 * time.Minute)
		if n := w.mutual.putsOf(op) + w.mutual.times("PUT submissions"); n != 0 {
			t.Errorf("%d tries before the next one was due", n)
		}
		settleIn(2 * time.Minute)
		if d := w.outbox.get(op); d.Attempts != 31 {
			t.Errorf("attempts are %d, want 31", d.Attempts)
		}
	})
}

func TestAClockSetYearsAwayNeitherStallsNorHurries(t *testing.T) {
	const years = 3 * 365 * 24 * time.Hour
	for name, jump := range map[string]time.Duration{"forward": years, "back": -years} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(nil)
				var ill atomic.Bool
				ill.Store(true)
				w.mutual.deny = func(r *http.Request) (int, string, int) {
					if ill.Load() && r.Method == http.MethodPut {
						return 500, api.CodeInternal, 0
					}
					return 0, "", 0
				}
				op := w.outbox.queue(1, 1)
				stop := w.run(t)
				settleIn(time.Hour)
				w.clock.bend(jump)
				before := w.mutual.times("PUT submissions") + w.mutual.times("GET submissions")
				settleIn(2 * time.Hour)
				if n := w.mutual.times("PUT submissions") + w.mutual.times("GET submissions") - before; n < 4 || n > 60 {
					t.Errorf("%d tries in the two hours after the jump", n)
				}
				stop()
				w.clock.bend(-jump) // and back again while the program is closed: the next try now lies years away
				w.engine = New(Config{Profile: w.mutual.profile(), Outbox: w.outbox, Tokens: w.tokens, Clock: w.clock, Random: seeded(2), Transport: w.mutual})
				ill.Store(false)
				w.run(t)
				settleIn(16 * time.Minute)
				if d := w.outbox.get(op); d.Status != submission.Delivered {
					t.Errorf("after the restart it is %+v", d)
				}
				if n := len(w.outbox.order); n != 1 {
					t.Errorf("%d deliveries, nothing may be purged", n)
				}
			})
		})
	}
}

func TestAFileCutTwoHundredTimesNeverStartsAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const size, cuts = 20 << 20, 200
		var left atomic.Int64
		left.Store(cuts)
		road := &faults.Road{Plan: func(r *http.Request) faults.Mishap {
			if r.Method != http.MethodPatch || left.Add(-1) < 0 {
				return faults.Pass
			}
			return []faults.Mishap{faults.CutHalf, faults.LoseAfter, faults.LoseBefore, faults.Five}[left.Load()%4]
		}}
		w := newWorld(func(c *Config) { road.Next, c.Transport = c.Transport, road })
		file := make([]byte, size)
		if _, err := io.ReadFull(seeded(5), file); err != nil {
			t.Fatal(err)
		}
		op := w.outbox.queue(1, 1, file)
		w.run(t)
		settleIn(12 * time.Hour)
		if d := w.outbox.get(op); d.Status != submission.Delivered || left.Load() > 0 {
			t.Fatalf("with %d cuts left it is %+v", left.Load(), d)
		}
		if !bytes.Equal(w.mutual.blobs[hexSum(file)], file) {
			t.Error("the file arrived different")
		}
		if most := int64(size*11/10 + cuts*api.AppendSize); road.Sent() > most {
			t.Errorf("%d bytes sent, at most %d may be", road.Sent(), most)
		}
		t.Logf("sent %.3f times the file over %d cuts", float64(road.Sent())/size, cuts)
	})
}
