package newclaim

import (
	"context"
	"slices"
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

// list is everything that was said until now.
func (h *heard) list() []saveStatus {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.all)
}

// commits are the instants of the commits until now, and what the last of them stored.
func (d *slowDisk) commits() ([]time.Time, claim.Claim) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.at), d.draft
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
		at, _ := d.commits()
		if typed(d) != "2026" || len(at) != 1 || at[0].Sub(lastKey) > 300*time.Millisecond {
			t.Fatalf("stored %q in commits at %v, the last key at %v", typed(d), at, lastKey)
		}
		if !h.last().Saved || !h.last().At.Equal(at[0]) {
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
		if at, _ := d.commits(); len(at) < 3 {
			t.Fatalf("%d commits in four seconds of typing", len(at))
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
		if said := h.list(); len(said) != 0 {
			t.Fatalf("said %+v while the commit was under way", said)
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
		for _, s := range h.list() {
			if s.Saved || fault.CodeOf(s.Err) != "storage.disk-full" {
				t.Fatalf("said %+v", s)
			}
		}
		if tries := len(h.list()); tries < 4 {
			t.Fatalf("only %d tries in a minute", tries)
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
		if _, stored := d.commits(); typed(d) != "9" || stored.Mutual.Number != "26-004471" || !h.last().Saved {
			t.Fatalf("stored %+v, said %+v", stored, h.last())
		}
	})
}

func TestNothingOfTheFormIsLostWhenADraftIsSavedOverAnother(t *testing.T) { // CLM-22, STU-04
	d := &slowDisk{draft: claim.Claim{ID: "c", Open: true, Version: 2}}
	a := newAutosave(t.Context(), d, claim.Claim{ID: "c", Open: true, Version: 1}, func(saveStatus) {})
	a.Change(claim.Claim{ID: "c", Open: true, Procedure: claim.Surgery, Region: "Lombardia", IBANText: "IT60", Field: "documents/d/number", Step: 2,
		Documents: []claim.ExpenseDocument{{ID: "d", Number: "7"}}})
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	c := d.draft
	if c.Procedure != claim.Surgery || c.Region != "Lombardia" || c.IBANText != "IT60" || c.Field != "documents/d/number" || c.Step != 2 || c.Documents[0].Number != "7" {
		t.Fatalf("stored %+v", c)
	}
}

func TestADraftThatWasSentMeanwhileIsNeitherOverwrittenNorRetried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &slowDisk{commit: time.Millisecond}
		a, h := newTestSave(d)
		d.draft.Version, d.draft.Open = 7, false
		a.Change(draft("9"))
		time.Sleep(time.Minute)
		if typed(d) != "" || len(h.list()) != 1 || fault.CodeOf(h.last().Err) != claim.CodeNotOpen {
			t.Fatalf("stored %q, said %+v", typed(d), h.list())
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
		err := a.Close()
		d.mu.Lock()
		most := d.most
		d.mu.Unlock()
		if err != nil || most != 1 {
			t.Fatalf("%v, %d commits at once", err, most)
		}
		a.Change(draft("123"))
		time.Sleep(time.Second)
		if typed(d) != "12" {
			t.Fatalf("a closed autosave stored %q", typed(d))
		}
	})
}
