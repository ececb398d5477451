package server_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/desk"
	"github.com/sodale/sodale/sync/mutuad/store"
)

func TestTheFeedHasNoGapWhileManyWriteAndOneReads(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		const writers, each = 8, 6
		var done sync.WaitGroup
		for range writers {
			done.Go(func() {
				for range each {
					p := h.newSubmission(1)
					h.upload(d.UploadToken, p)
					if got := h.put(d.UploadToken, p); got.status != http.StatusOK {
						t.Errorf("%d %s", got.status, got.body)
					}
				}
			})
		}
		var after int64
		epoch := h.events(d.Token, "", 0).Epoch
		for after < 2+writers*each {
			got := h.call(request{method: http.MethodGet, path: api.PathEvents, token: d.Token, query: "wait=10&epoch=" + epoch + "&after=" + itoa(after)})
			var e api.Events
			got.decode(t, &e)
			if len(e.Events) == 0 || e.Last < after {
				t.Fatalf("%d %s", got.status, got.body)
			}
			for _, event := range e.Events {
				if after++; event.Seq != after {
					t.Fatalf("place %d after %d", event.Seq, after-1)
				}
			}
		}
		done.Wait()
	})
}

func TestAWaitingFeedIsAnsweredWhenAnotherProcessDecides(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		p := h.newSubmission(1)
		h.upload(d.Token, p)
		h.put(d.Token, p)
		e := h.events(d.Token, "", 0)
		answered := make(chan api.Events)
		go func() {
			got := h.call(request{method: http.MethodGet, path: api.PathEvents, token: d.Token, query: "wait=30&epoch=" + e.Epoch + "&after=" + itoa(e.Last)})
			var next api.Events
			got.decode(t, &next)
			answered <- next
		}()
		h.elsewhere(func(other *archive.Archive) {
			if _, err := (&desk.Desk{Archive: other, Actor: "test"}).Decide(context.Background(), p.subject, desk.Decision{State: claim.InReview}); err != nil {
				t.Error(err)
			}
		})
		next := <-answered
		if len(next.Events) != 1 || next.Events[0].Kind != submission.EventClaimStatus || next.Events[0].Seq != e.Last+1 {
			t.Fatalf("%+v", next)
		}
	})
}

// elsewhere works on the same data as another process would.
func (h *house) elsewhere(work func(*archive.Archive)) {
	h.t.Helper()
	other, err := archive.Open(context.Background(), h.dir, archive.Options{Clock: h.clock, DatabaseURL: h.databaseURL})
	if err != nil {
		h.t.Fatal(err)
	}
	defer other.Close()
	work(other)
}

func TestAWaitEndsAtItsTimeAndWhenTheServerStops(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		e := h.events(d.Token, "", 0)
		wait := func(seconds string) api.Events {
			var got api.Events
			h.call(request{method: http.MethodGet, path: api.PathEvents, token: d.Token, query: "wait=" + seconds + "&epoch=" + e.Epoch + "&after=" + itoa(e.Last)}).decode(t, &got)
			return got
		}
		if got := wait("1"); len(got.Events) != 0 || got.Last != e.Last {
			t.Fatalf("%+v", got)
		}
		answered := make(chan api.Events)
		go func() { answered <- wait("30") }()
		h.server.Stop()
		select {
		case got := <-answered:
			if len(got.Events) != 0 {
				t.Fatalf("%+v", got)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("still waiting")
		}
	})
}

func TestACursorOfAnotherEpochStartsFromTheBeginningAtOnce(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		before := h.events(d.Token, "", 0)
		if got := h.events(d.Token, before.Epoch, before.Last); len(got.Events) != 0 {
			t.Fatalf("%+v", got)
		}
		epoch, err := h.archive.RenewEpoch(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		got := h.call(request{method: http.MethodGet, path: api.PathEvents, token: d.Token, query: "wait=30&epoch=" + before.Epoch + "&after=" + itoa(before.Last)})
		var e api.Events
		if got.decode(t, &e); e.Epoch != epoch || len(e.Events) != int(before.Last) || e.Events[0].Seq != 1 {
			t.Fatalf("%+v", e)
		}
	})
}

func TestALongFeedComesInPages(t *testing.T) {
	h := newHouse(t, "")
	d := h.signIn()
	large := make([]byte, 400_000)
	for i := range 5 {
		err := h.archive.Store.Write(context.Background(), func(tx *store.Tx) error {
			seq, err := tx.NextSeq(context.Background(), d.Member)
			if err != nil {
				return err
			}
			return tx.AddEvent(context.Background(), d.Member, api.Event{ID: itoa(int64(i)), Seq: seq, Kind: "notice", At: epochNow, Body: large})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var seen, pages int64
	for epoch := ""; seen < demo.Told+5; pages++ {
		e := h.events(d.Token, epoch, seen)
		if epoch = e.Epoch; len(e.Events) == 0 || e.Last != demo.Told+5 || e.Events[0].Seq != seen+1 {
			t.Fatalf("after %d: %d events up to %d", seen, len(e.Events), e.Last)
		}
		seen = e.Events[len(e.Events)-1].Seq
	}
	if pages < 3 {
		t.Fatalf("%d pages", pages)
	}
}

func TestACursorThatIsNoNumberIsNoQuestion(t *testing.T) {
	h := newHouse(t, "")
	d := h.signIn()
	for _, query := range []string{"after=x", "after=-1", "wait=x", "wait=-3", "after=99999999999999999999"} {
		if got := h.call(request{method: http.MethodGet, path: api.PathEvents, token: d.Token, query: query}); got.status != http.StatusBadRequest {
			t.Errorf("%s: %d", query, got.status)
		}
	}
	if got := h.events(d.Token, "", 0); len(got.Events) != demo.Told || got.Events[0].Kind != submission.EventHousehold || got.Events[1].Kind != submission.EventCards {
		t.Fatalf("%+v", got)
	}
}
