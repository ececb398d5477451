package engine

import (
	"bytes"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine/faults"
)

func TestWordsDoNotWaitBehindPicturesOfOtherClaims(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := &faults.Road{Plan: func(r *http.Request) faults.Mishap {
			if r.Method == http.MethodPatch {
				time.Sleep(90 * time.Second)
			}
			return faults.Pass
		}}
		w := newWorld(func(c *Config) { slow.Next, c.Transport = c.Transport, slow })
		for n := 1; n <= 8; n++ {
			w.outbox.queue(n, 1, bytes.Repeat([]byte{byte(n)}, 5<<20))
		}
		op := w.outbox.queue(9, 1)
		w.run(t)
		settleIn(time.Second)
		if d := w.outbox.get(op); d.Status != submission.Delivered {
			t.Errorf("the claim without files is still %q", d.Status)
		}
		if l := w.engine.Link(); l.Sending != 4 || l.Waiting != 4 {
			t.Errorf("four lanes should upload and four wait: %+v", l)
		}
	})
}

func TestARefusedTokenPausesEverythingUntilItIsRenewed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(nil)
		w.tokens.renew("old")
		for n := 1; n <= 20; n++ {
			w.outbox.queue(n, 1)
		}
		w.run(t)
		settleIn(10 * time.Minute)
		if n := w.mutual.times("PUT submissions"); n > 4 {
			t.Errorf("%d requests with a token that is refused", n)
		}
		w.tokens.renew("token")
		w.engine.Poke()
		settleIn(time.Second)
		if n := w.mutual.rowCount(); n != 20 {
			t.Errorf("%d of 20 arrived after the token was renewed", n)
		}
		for _, op := range w.outbox.order {
			if d := w.outbox.get(op); d.Status != submission.Delivered {
				t.Errorf("%s is %q", op, d.Status)
			}
		}
	})
}

func TestARenewedTokenIsNoticedWithoutAPoke(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(nil)
		w.tokens.renew("old")
		w.mutual.say("a")
		op := w.outbox.queue(1, 1)
		w.run(t)
		settleIn(time.Second)
		w.tokens.renew("token")
		settleIn(2 * time.Minute)
		if d := w.outbox.get(op); d.Status != submission.Delivered || len(w.inbox.ids()) != 1 {
			t.Errorf("two minutes later it is %s, and %d events came", d.Status, len(w.inbox.ids()))
		}
	})
}

func TestRetryAfterIsObeyedAlsoWhenPoked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(nil)
		var storm atomic.Bool
		storm.Store(true)
		w.mutual.deny = func(r *http.Request) (int, string, int) {
			if storm.Load() && r.Method == http.MethodPut {
				return 429, api.CodeSlowDown, 120
			}
			return 0, "", 0
		}
		for n := 1; n <= 50; n++ {
			w.outbox.queue(n, 1)
		}
		w.run(t)
		settleIn(time.Second)
		w.engine.Poke()
		settleIn(118 * time.Second)
		if n := w.mutual.times("PUT submissions"); n != 4 {
			t.Errorf("%d PUTs while the mutual asked for patience, want the 4 that were under way", n)
		}
		storm.Store(false)
		settleIn(10 * time.Minute)
		if n := w.mutual.rowCount(); n != 50 {
			t.Errorf("%d of 50 arrived after the storm", n)
		}
	})
}

func TestALineThatComesBackIsUsedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var down atomic.Bool
		road := &faults.Road{Plan: func(*http.Request) faults.Mishap {
			if down.Load() {
				return faults.LoseBefore
			}
			return faults.Pass
		}}
		w := newWorld(func(c *Config) { road.Next, c.Transport = c.Transport, road })
		w.run(t)
		synctest.Wait()
		down.Store(true)
		op := w.outbox.queue(1, 1)
		w.engine.Poke()
		settleIn(10 * time.Hour)
		if d := w.outbox.get(op); d.Status == submission.Delivered {
			t.Fatalf("with the line down it is %+v", d)
		}
		down.Store(false)
		w.engine.Poke()
		synctest.Wait()
		if d := w.outbox.get(op); d.Status != submission.Delivered || d.Attempts != 0 || d.Reason != "" {
			t.Errorf("after the line came back it is %+v", d)
		}
	})
}

// The tries of these claims lie up to a quarter of an hour ahead when the line fails; the hello that gets through is what brings
// them forward.
func TestALineThatComesBackByItselfIsNoticedWithoutAPoke(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var down, mended atomic.Bool
		road := &faults.Road{Plan: func(r *http.Request) faults.Mishap {
			if r.URL.Path != api.PathHello && !mended.Load() {
				down.Store(true)
			}
			if down.Load() {
				return faults.LoseBefore
			}
			return faults.Pass
		}}
		w := newWorld(func(c *Config) { road.Next, c.Transport, c.Inbox = c.Transport, road, nil })
		for n := range defaultLanes {
			op := w.outbox.queue(n, 1)
			w.outbox.set(op, func(d *submission.Delivery) { d.Attempts = 30 })
		}
		w.run(t)
		settleIn(20 * time.Second)
		if n := w.mutual.rowCount(); n != 0 || w.engine.Link().Online {
			t.Fatalf("with the line down %d arrived", n)
		}
		mended.Store(true)
		down.Store(false)
		for end := time.Now().Add(DefaultPace.Ceiling); !w.engine.Link().Online && time.Now().Before(end); {
			settleIn(time.Second)
		}
		for _, op := range w.outbox.order {
			if d := w.outbox.get(op); d.Status != submission.Delivered {
				t.Errorf("when the line was back it is %+v", d)
			}
		}
	})
}

func TestASwiftLineCarriesMoreLanesThanASlowOne(t *testing.T) {
	for takes, want := range map[time.Duration]int32{swiftAppend / 2: swiftLanes, swiftAppend * 2: defaultLanes} {
		t.Run(takes.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var now, most atomic.Int32
				road := &faults.Road{Plan: func(r *http.Request) faults.Mishap {
					if r.Method == http.MethodPatch {
						if n := now.Add(1); n > most.Load() {
							most.Store(n)
						}
						time.Sleep(takes)
						now.Add(-1)
					}
					return faults.Pass
				}}
				w := newWorld(func(c *Config) { road.Next, c.Transport = c.Transport, road })
				for n := range 40 {
					w.outbox.queue(n, 1, []byte{byte(n)})
				}
				w.run(t)
				settleIn(time.Minute)
				if n := w.mutual.rowCount(); n != 40 || most.Load() != want {
					t.Errorf("%d of 40 arrived, at most %d at once, want %d", n, most.Load(), want)
				}
			})
		})
	}
}
