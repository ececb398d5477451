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

func TestARefusedRevisionThatWasCorrectedWaitsForNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(nil)
		bad := w.outbox.queue(1, 1)
		w.mutual.poison[bad] = api.CodeContent
		w.run(t)
		settleIn(time.Minute)
		if l := w.engine.Link(); l.Held != 1 {
			t.Fatalf("a refused revision is not told: %+v", l)
		}
		w.outbox.queue(1, 2)
		w.engine.Poke()
		settleIn(time.Minute)
		if l := w.engine.Link(); l.Held != 0 {
			t.Errorf("the revision before still calls for the member: %+v", l)
		}
		if d := w.outbox.get(bad); d.Status != submission.Held {
			t.Errorf("the revision before became %q", d.Status)
		}
	})
}
