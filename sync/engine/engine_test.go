package engine

import (
	"bytes"
	"context"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine/faults"
	"github.com/sodale/sodale/sync/seal"
)

// settleIn lets that much (bubble) time pass and waits until everybody is idle.
func settleIn(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func TestAQueuedSubmissionIsDeliveredWithItsVerifiedReceipt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(nil)
		op := w.outbox.queue(1, 1, bytes.Repeat([]byte("scan"), 600_000))
		w.run(t)
		synctest.Wait()
		d := w.outbox.get(op)
		if d.Status != submission.Delivered || d.Protocol != "26-000001" || d.DoneAt.IsZero() || d.BlobsDone != 1 || d.Epoch != "e1" {
			t.Fatalf("delivery is %+v", d)
		}
		if _, err := seal.VerifyReceipt(w.mutual.profile().SignKey, d.Receipt); err != nil {
			t.Errorf("receipt: %v", err)
		}
		want := []submission.Status{submission.Sending, submission.Unconfirmed, submission.Delivered}
		if got := w.outbox.way(op); !slices.Equal(got, want) {
			t.Errorf("its way was %v, want %v", got, want)
		}
	})
}

func TestASlowUploadIsShownAsSendingAndAQuickOneIsNot(t *testing.T) {
	for name, c := range map[string]struct {
		takes time.Duration
		want  bool
	}{"slow": {time.Second, true}, "quick": {100 * time.Millisecond, false}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				road := &faults.Road{Plan: func(r *http.Request) faults.Mishap {
					if r.Method == http.MethodPatch {
						time.Sleep(c.takes)
					}
					return faults.Pass
				}}
				w := newWorld(func(c *Config) { road.Next, c.Transport = c.Transport, road })
				op := w.outbox.queue(1, 1, []byte("picture"))
				w.run(t)
				settleIn(time.Minute)
				if got := slices.Contains(w.outbox.way(op), submission.Sending); got != c.want || w.outbox.get(op).Status != submission.Delivered {
					t.Errorf("it went %v", w.outbox.way(op))
				}
			})
		})
	}
}

func TestUnconfirmedIsCommittedBeforeTheLastRequestLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var w *world
		var seen atomic.Value
		road := &faults.Road{Plan: func(r *http.Request) faults.Mishap {
			if r.Method == http.MethodPut {
				seen.Store(w.outbox.get(w.outbox.order[0]).Status)
			}
			return faults.Pass
		}}
		w = newWorld(func(c *Config) { road.Next, c.Transport = c.Transport, road })
		w.outbox.queue(1, 1)
		w.run(t)
		synctest.Wait()
		if seen.Load() != submission.Unconfirmed {
			t.Errorf("the PUT left while the delivery was %v", seen.Load())
		}
	})
}

func TestALostAnswerIsSettledByTheReceiptWithoutASecondPut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		lost := false
		road := &faults.Road{Plan: func(r *http.Request) faults.Mishap {
			if r.Method == http.MethodPut && !lost {
				lost = true
				return faults.LoseAfter
			}
			return faults.Pass
		}}
		w := newWorld(func(c *Config) { road.Next, c.Transport = c.Transport, road })
		op := w.outbox.queue(1, 1)
		w.run(t)
		settleIn(time.Minute)
		if d := w.outbox.get(op); d.Status != submission.Delivered {
			t.Fatalf("delivery is %+v", d)
		}
		if w.mutual.putsOf(op) != 1 {
			t.Errorf("the mutual saw %d PUTs, want 1", w.mutual.putsOf(op))
		}
		if slices.Contains(w.outbox.way(op), submission.Queued) {
			t.Errorf("an answer that was lost looked like a failure: %v", w.outbox.way(op))
		}
	})
}

func TestASignedNothingSendsTheSameBytesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(nil)
		op := w.outbox.queue(1, 1, []byte("picture"))
		w.outbox.set(op, func(d *submission.Delivery) { d.Status = submission.Unconfirmed })
		w.run(t)
		settleIn(time.Minute)
		want := []submission.Status{submission.Queued, submission.Unconfirmed, submission.Delivered}
		if got := w.outbox.way(op); !slices.Equal(got, want) {
			t.Errorf("its way was %v, want %v", got, want)
		}
	})
}

func TestAnUnsignedAnswerNeverMovesAnUnconfirmedSubmission(t *testing.T) {
	for name, mishap := range map[string]faults.Mishap{"200 with a page": faults.Portal200, "302": faults.Portal302, "cut": faults.LoseBefore} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				road := &faults.Road{Plan: func(*http.Request) faults.Mishap { return mishap }}
				w := newWorld(func(c *Config) { road.Next, c.Transport = c.Transport, road })
				op := w.outbox.queue(1, 1)
				w.outbox.set(op, func(d *submission.Delivery) { d.Status = submission.Unconfirmed })
				w.run(t)
				settleIn(24 * time.Hour)
				if d := w.outbox.get(op); d.Status != submission.Unconfirmed {
					t.Errorf("it became %q", d.Status)
				}
				if l := w.engine.Link(); l.Online || l.Failures == 0 || l.FailingFrom.IsZero() || l.Unconfirmed != 1 {
					t.Errorf("the link says %+v", l)
				}
			})
		})
	}
}

func TestASignedRefusalHoldsOnlyTheOneSubmission(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(nil)
		bad, good := w.outbox.queue(1, 1), w.outbox.queue(2, 1)
		w.mutual.poison[bad] = api.CodeContent
		w.run(t)
		settleIn(time.Hour)
		if d := w.outbox.get(bad); d.Status != submission.Held || d.Reason != api.CodeContent {
			t.Errorf("the poisoned one is %+v", d)
		}
		if d := w.outbox.get(good); d.Status != submission.Delivered {
			t.Errorf("the good one is %+v", d)
		}
		if w.mutual.putsOf(bad) != 1 {
			t.Errorf("a held submission was sent %d times", w.mutual.putsOf(bad))
		}
	})
}

func TestRevisionsOfOneSubjectGoOneAfterAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(nil)
		var order []string // guarded by the mutual's own lock
		for revision := 1; revision <= 4; revision++ {
			w.outbox.queue(1, revision)
		}
		w.mutual.deny = func(r *http.Request) (int, string, int) {
			if r.Method == http.MethodPut {
				order = append(order, r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:])
			}
			return 0, "", 0
		}
		w.run(t)
		settleIn(time.Minute)
		w.mutual.mu.Lock()
		defer w.mutual.mu.Unlock()
		if got := strings.Join(order, ""); got != "1234" {
			t.Errorf("revisions went in order %s", got)
		}
	})
}

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

func TestEventsArriveByLongPollAndNeverTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(nil)
		w.mutual.say("a")
		w.run(t)
		settleIn(time.Minute)
		w.mutual.say("b")
		synctest.Wait()
		if got := strings.Join(w.inbox.ids(), ""); got != "ab" {
			t.Errorf("events applied: %q", got)
		}
		asked := w.mutual.times("GET events")
		settleIn(10 * time.Minute)
		if n := w.mutual.times("GET events") - asked; n > 30 {
			t.Errorf("%d polls in ten quiet minutes", n)
		}
	})
}

func TestTheFeedIsNotReadWhileTheVaultIsLocked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(func(c *Config) { c.Inbox = nil })
		w.mutual.say("a")
		op := w.outbox.queue(1, 1)
		w.run(t)
		settleIn(time.Hour)
		if w.mutual.times("GET events") != 0 {
			t.Error("the feed was read with a locked vault")
		}
		if d := w.outbox.get(op); d.Status != submission.Delivered {
			t.Errorf("a locked vault did not deliver: %q", d.Status)
		}
		w.engine.SetInbox(w.inbox)
		settleIn(time.Minute)
		if len(w.inbox.ids()) != 1 {
			t.Error("opening the vault did not start the feed")
		}
	})
}

func TestChangesAreSaidOnlyWhenTheLinkDiffers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feed := &change.Feed{}
		w := newWorld(func(c *Config) { c.Changes = feed })
		var last submission.Link
		said := 0
		defer feed.Listen(func(c change.Change) {
			now := w.engine.Link()
			now.LastContact = time.Time{}
			if said++; now == last {
				t.Errorf("said again what was said: %+v", now)
			}
			last = now
		})()
		w.run(t)
		settleIn(time.Minute)
		quiet := said
		settleIn(6 * time.Hour)
		if said != quiet {
			t.Errorf("%d words in quiet hours", said-quiet)
		}
	})
}

func TestAFileThatIsGoneHoldsItsSubmissionAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(nil)
		gone, fine := w.outbox.queue(1, 1, []byte("one")), w.outbox.queue(2, 1, []byte("two"))
		delete(w.outbox.files, hexSum([]byte("one")))
		w.run(t)
		settleIn(time.Minute)
		if d := w.outbox.get(gone); d.Status != submission.Held || d.Reason != "claim.blob-gone" {
			t.Errorf("it is %+v", d)
		}
		if d := w.outbox.get(fine); d.Status != submission.Delivered {
			t.Errorf("the other is %+v", d)
		}
	})
}

func TestADiskThatRefusesToWriteNeverLetsAPutLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(nil)
		op := w.outbox.queue(1, 1)
		w.outbox.broken = fault.New("storage.disk-full", "test", "")
		w.run(t)
		settleIn(time.Hour)
		if n := w.mutual.putsOf(op); n != 0 {
			t.Errorf("%d PUTs without the commit before them", n)
		}
		w.outbox.mu.Lock()
		w.outbox.broken = nil
		w.outbox.mu.Unlock()
		settleIn(30 * time.Minute)
		if d := w.outbox.get(op); d.Status != submission.Delivered {
			t.Errorf("with room again it is %q", d.Status)
		}
	})
}

// slowReader lets something happen after the outbox was read and before the engine has the list.
type slowReader struct {
	*memoryOutbox
	meanwhile func()
}

func (r *slowReader) Deliveries(ctx context.Context) ([]submission.Delivery, error) {
	all, err := r.memoryOutbox.Deliveries(ctx)
	if happen := r.meanwhile; happen != nil {
		r.meanwhile = nil
		happen()
	}
	return all, err
}

func TestWhatIsQueuedWhileTheOutboxIsBeingReadIsNotOverlooked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		reader := &slowReader{}
		w := newWorld(func(c *Config) {
			reader.memoryOutbox = c.Outbox.(*memoryOutbox)
			c.Outbox = reader
		})
		var op string
		reader.meanwhile = func() {
			op = w.outbox.queue(1, 1)
			w.engine.Poke()
		}
		w.run(t)
		settleIn(time.Second)
		if d := w.outbox.get(op); d.Status != submission.Delivered {
			t.Errorf("a second later it is %+v", d)
		}
	})
}

func TestRunStopsAtOnceAndLeavesWhatWasUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(func(c *Config) {
			next := c.Transport
			c.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
				if r.Method == http.MethodPatch {
					<-r.Context().Done()
					return nil, r.Context().Err()
				}
				return next.RoundTrip(r)
			})
		})
		op := w.outbox.queue(1, 1, []byte("picture"))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		_ = w.engine.Run(ctx)
		if took := time.Since(began); took != time.Second {
			t.Errorf("Run ended after %v", took)
		}
		if d := w.outbox.get(op); d.Status != submission.Sending || d.Attempts != 0 {
			t.Errorf("stopping counted as a failure: %+v", d)
		}
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
