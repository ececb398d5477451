package newclaim

import (
	"context"
	"sync"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
)

// Waits of the autosave. A commit takes a few milliseconds, so that what was typed is on the disk within 300 ms of the
// last key; somebody who never pauses is saved once a second all the same.
const (
	saveAfterKey   = 150 * time.Millisecond
	saveAtLatest   = time.Second
	firstSaveRetry = time.Second
	lastSaveRetry  = 15 * time.Second
)

// saveStatus is what the line under the title says. Saved is true only after the commit returned.
type saveStatus struct {
	Saved bool
	At    time.Time // UTC; of the last commit, zero before the first
	Err   error     // why the last commit failed; nil while none has or after the next one that worked
}

// draftStore is where drafts go: claim.Desk.
type draftStore interface {
	Save(ctx context.Context, c claim.Claim) (claim.Claim, error)
	Open(ctx context.Context, id claim.ID) (claim.Summary, error)
}

// autosave commits a draft a moment after each change, one commit at a time. After an error it keeps what was typed,
// says so, and tries again: after 1 s, then ever later up to 15 s, and at once with the next change. Its methods are
// safe for concurrent use. say is called on a goroutine of its own making.
type autosave struct {
	store draftStore
	say   func(saveStatus)
	ctx   context.Context

	mu      sync.Mutex
	latest  claim.Claim // as typed; its Version is that of the last commit
	dirty   bool        // latest holds something that no commit has
	since   time.Time   // of the oldest change that no commit has
	retry   time.Duration
	timer   *time.Timer
	last    time.Time // EditedAt of the last commit
	closed  bool
	writing chan struct{} // holds one token while a commit is under way
}

// newAutosave starts with a draft that is already stored.
func newAutosave(ctx context.Context, store draftStore, stored claim.Claim, say func(saveStatus)) *autosave {
	return &autosave{store: store, say: say, ctx: context.WithoutCancel(ctx), latest: stored, last: stored.EditedAt, retry: firstSaveRetry,
		writing: make(chan struct{}, 1)}
}

// Change takes the draft as it stands after a key and has it saved soon.
func (a *autosave) Change(c claim.Claim) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return
	}
	version := a.latest.Version
	a.latest = c
	a.latest.Version = version
	now := time.Now()
	if !a.dirty {
		a.dirty, a.since = true, now
	}
	a.wake(max(0, min(saveAfterKey, a.since.Add(saveAtLatest).Sub(now))))
}

// wake sets the timer. The caller holds mu.
func (a *autosave) wake(after time.Duration) {
	if a.timer != nil {
		a.timer.Stop()
	}
	a.timer = time.AfterFunc(after, func() { _ = a.Flush() })
}

// Flush commits what no commit has yet and returns the error of the commit. When it returns nil, all that was handed to
// Change before is on the disk. It waits for a commit that is under way.
func (a *autosave) Flush() error {
	a.writing <- struct{}{}
	defer func() { <-a.writing }()
	a.mu.Lock()
	if !a.dirty {
		a.mu.Unlock()
		return nil
	}
	draft := a.latest
	a.dirty = false
	a.mu.Unlock()

	stored, err := a.store.Save(a.ctx, draft)
	if fault.CodeOf(err) == claim.CodeStale {
		stored, err = a.catchUp(draft)
	}
	a.mu.Lock()
	status := a.settle(stored, err)
	a.mu.Unlock()
	a.say(status)
	return err
}

// catchUp saves a draft over one that was stored meanwhile: by a commit that answered with an error and had happened all
// the same, or by word of the mutual. What the member typed stays; everything else is taken from the stored one.
func (a *autosave) catchUp(draft claim.Claim) (claim.Claim, error) {
	s, err := a.store.Open(a.ctx, draft.ID)
	if err != nil {
		return draft, err
	}
	merged := s.Claim
	if !merged.Open {
		return draft, fault.New(claim.CodeNotOpen, "newclaim.save", string(draft.ID))
	}
	merged.Procedure, merged.Region, merged.IBAN, merged.IBANText = draft.Procedure, draft.Region, draft.IBAN, draft.IBANText
	merged.Documents, merged.Step, merged.Field = draft.Documents, draft.Step, draft.Field
	return a.store.Save(a.ctx, merged)
}

// settle notes how a commit ended. The caller holds mu.
func (a *autosave) settle(stored claim.Claim, err error) saveStatus {
	if err != nil {
		if !a.dirty {
			a.dirty, a.since = true, time.Now()
		}
		if fault.CodeOf(err) != claim.CodeNotOpen {
			a.wake(a.retry)
			a.retry = min(2*a.retry, lastSaveRetry)
		}
		return saveStatus{At: a.last, Err: err}
	}
	a.retry = firstSaveRetry
	a.latest.Version, a.last = stored.Version, stored.EditedAt
	return saveStatus{Saved: !a.dirty, At: a.last}
}

// Close flushes once more and takes no more changes. Where the flush fails, the tries go on until one works.
func (a *autosave) Close() error {
	a.mu.Lock()
	a.closed = true
	a.mu.Unlock()
	return a.Flush()
}
