package newclaim

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
)

// slowDisk stores one draft, each commit taking a while; fail makes the next commits answer an error, and stored lets
// them happen all the same.
type slowDisk struct {
	mu      sync.Mutex
	commit  time.Duration
	draft   claim.Claim
	at      []time.Time
	fail    fault.Code
	stored  bool
	writing int
	most    int
}

func (d *slowDisk) Save(_ context.Context, c claim.Claim) (claim.Claim, error) {
	d.mu.Lock()
	d.writing++
	d.most = max(d.most, d.writing)
	d.mu.Unlock()
	time.Sleep(d.commit)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.writing--
	if d.fail != "" && !d.stored {
		return c, fault.New(d.fail, "disk", "")
	}
	if c.Version != d.draft.Version {
		return c, fault.New(claim.CodeStale, "disk", "")
	}
	c.Version++
	c.EditedAt = time.Now()
	d.draft = c
	d.at = append(d.at, time.Now())
	if d.fail != "" {
		return claim.Claim{}, fault.New(d.fail, "disk", "")
	}
	return c, nil
}

func (d *slowDisk) Open(context.Context, claim.ID) (claim.Summary, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return claim.Summary{Claim: d.draft}, nil
}

func (d *slowDisk) breakDisk(code fault.Code, stored bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fail, d.stored = code, stored
}

// heard keeps every status in order.
type heard struct {
	mu  sync.Mutex
	all []saveStatus
}

func (h *heard) say(s saveStatus) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.all = append(h.all, s)
}

func (h *heard) last() saveStatus {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.all) == 0 {
		return saveStatus{}
	}
	return h.all[len(h.all)-1]
}

func draft(number string) claim.Claim {
	return claim.Claim{ID: "c", Open: true, Documents: []claim.ExpenseDocument{{ID: "d", Number: number}}}
}

func typed(d *slowDisk) string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.draft.Documents) == 0 {
		return ""
	}
	return d.draft.Documents[0].Number
}

func newTestSave(d *slowDisk) (*autosave, *heard) {
	d.draft.ID, d.draft.Open = "c", true
	h := &heard{}
	return newAutosave(context.Background(), d, d.draft, h.say), h
}

func TestEachKeyIsOnTheDiskWithin300Milliseconds(t *testing.T) { // CLM-22
	synctest.Test(t, func(t *testing.T) {
		d := &slowDisk{commit: 50 * time.Millisecond}
		a, h := newTestSave(d)
		for _, text := range []string{"2", "20", "202", "2026"} {
			a.Change(draft(text))
			time.Sleep(80 * time.Millisecond) // faster than the debounce: one commit in the end
		}
		lastKey := time.Now().Add(-80 * time.Millisecond)
		time.Sleep(time.Second)
		if typed(d) != "2026" || len(d.at) != 1 || d.at[0].Sub(lastKey) > 300*time.Millisecond {
			t.Fatalf("stored %q in %d commits, the last %v after the key", typed(d), len(d.at), d.at[len(d.at)-1].Sub(lastKey))
		}
		if !h.last().Saved || !h.last().At.Equal(d.at[0]) {
			t.Fatalf("the screen was told %+v", h.last())
		}
	})
}

func TestSomebodyWhoNeverPausesIsSavedOnceASecond(t *testing.T) { // CLM-22
	synctest.Test(t, func(t *testing.T) {
		d := &slowDisk{commit: time.Millisecond}
		a, _ := newTestSave(d)
		for range 40 {
			a.Change(draft("x"))
			time.Sleep(100 * time.Millisecond)
		}
		if len(d.at) < 3 {
			t.Fatalf("%d commits in four seconds of typing", len(d.at))
		}
		_ = a.Close()
	})
}

func TestSavedIsSaidOnlyAfterTheCommitReturned(t *testing.T) { // CLM-22
	synctest.Test(t, func(t *testing.T) {
		d := &slowDisk{commit: 5 * time.Second}
		a, h := newTestSave(d)
		a.Change(draft("1"))
		time.Sleep(4 * time.Second)
		if len(h.all) != 0 {
			t.Fatalf("said %+v while the commit was under way", h.all)
		}
		time.Sleep(2 * time.Second)
		if !h.last().Saved {
			t.Fatalf("said %+v after it", h.last())
		}
	})
}

func TestAFailedCommitNeverSaysSavedAndIsTriedUntilItWorks(t *testing.T) { // CLM-22
	synctest.Test(t, func(t *testing.T) {
		d := &slowDisk{commit: time.Millisecond}
		a, h := newTestSave(d)
		d.breakDisk("storage.disk-full", false)
		a.Change(draft("1"))
		time.Sleep(time.Minute)
		for _, s := range h.all {
			if s.Saved || fault.CodeOf(s.Err) != "storage.disk-full" {
				t.Fatalf("said %+v", s)
			}
		}
		if len(h.all) < 4 {
			t.Fatalf("only %d tries in a minute", len(h.all))
		}
		d.breakDisk("", false)
		time.Sleep(16 * time.Second)
		if typed(d) != "1" || !h.last().Saved {
			t.Fatalf("stored %q, said %+v", typed(d), h.last())
		}
	})
}

func TestACommitThatFailedAndHappenedIsSavedOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &slowDisk{commit: time.Millisecond}
		a, h := newTestSave(d)
		d.breakDisk("storage.io", true)
		a.Change(draft("1"))
		time.Sleep(200 * time.Millisecond)
		d.breakDisk("", false)
		a.Change(draft("12"))
		time.Sleep(time.Second)
		if typed(d) != "12" || !h.last().Saved {
			t.Fatalf("stored %q, said %+v", typed(d), h.last())
		}
	})
}

func TestWordOfTheMutualMeanwhileDoesNotLoseWhatWasTyped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &slowDisk{commit: time.Millisecond}
		a, h := newTestSave(d)
		d.draft.Version, d.draft.Mutual.Number = 7, "26-004471"
		a.Change(draft("9"))
		time.Sleep(time.Second)
		if typed(d) != "9" || d.draft.Mutual.Number != "26-004471" || !h.last().Saved {
			t.Fatalf("stored %+v, said %+v", d.draft, h.last())
		}
	})
}

func TestADraftThatWasSentMeanwhileIsNeitherOverwrittenNorRetried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &slowDisk{commit: time.Millisecond}
		a, h := newTestSave(d)
		d.draft.Version, d.draft.Open = 7, false
		a.Change(draft("9"))
		time.Sleep(time.Minute)
		if typed(d) != "" || len(h.all) != 1 || fault.CodeOf(h.last().Err) != claim.CodeNotOpen {
			t.Fatalf("stored %q, said %+v", typed(d), h.all)
		}
	})
}

func TestFlushCommitsAtOnceAndOneCommitRunsAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &slowDisk{commit: 200 * time.Millisecond}
		a, _ := newTestSave(d)
		a.Change(draft("1"))
		time.Sleep(160 * time.Millisecond) // a commit is under way
		a.Change(draft("12"))
		if err := a.Flush(); err != nil || typed(d) != "12" {
			t.Fatalf("after Flush: %v, stored %q", err, typed(d))
		}
		if err := a.Close(); err != nil || d.most != 1 {
			t.Fatalf("%v, %d commits at once", err, d.most)
		}
		a.Change(draft("123"))
		time.Sleep(time.Second)
		if typed(d) != "12" {
			t.Fatalf("a closed autosave stored %q", typed(d))
		}
	})
}
