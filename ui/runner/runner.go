// Package runner does work beside the window: off its goroutine, cancelled when the screen is left, and answered on the
// window's goroutine. Every piece of work has a key; an older answer never overwrites a newer one of the same key.
package runner

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// Runner starts work for one screen. Use New or NewSynchronous.
type Runner struct {
	start func(func()) // runs work
	tell  func(func()) // runs an answer on the window's goroutine

	mu   sync.Mutex
	runs map[string]*run
	left bool
}

// run is the newest work of one key.
type run struct{ cancel context.CancelFunc }

// New returns a Runner for a window: work on goroutines, answers through the toolkit's queue.
func New() *Runner {
	return &Runner{start: func(f func()) { go f() }, tell: fyne.Do, runs: map[string]*run{}}
}

// NewSynchronous returns a Runner for tests: Go returns after the answer was told.
func NewSynchronous() *Runner {
	return &Runner{start: func(f func()) { f() }, tell: func(f func()) { f() }, runs: map[string]*run{}}
}

// Go starts work under a key and hands its result to done on the window's goroutine. Work of the same key that is still
// under way is cancelled and its answer dropped. After Leave nothing starts and nothing is answered. done may be nil.
func Go[T any](r *Runner, key string, work func(context.Context) (T, error), done func(T, error)) {
	ctx, mine := r.begin(key)
	if mine == nil {
		return
	}
	r.start(func() {
		result, err := work(ctx)
		r.tell(func() {
			if r.finish(key, mine) && done != nil {
				done(result, err)
			}
		})
	})
}

// Every calls f on the window's goroutine each time that so much has passed, until stop is called; stop is called once.
func Every(passed time.Duration, f func()) (stop func()) {
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(passed)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				fyne.Do(f)
			}
		}
	}()
	return func() { close(done) }
}

// Cancel ends the work of a key, if any; its answer is dropped.
func (r *Runner) Cancel(key string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if old := r.runs[key]; old != nil {
		old.cancel()
		delete(r.runs, key)
	}
}

// Leave ends all work for good: the screen is gone. Calling it twice does no harm.
func (r *Runner) Leave() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.left = true
	for key, old := range r.runs {
		old.cancel()
		delete(r.runs, key)
	}
}

// Busy reports whether work of the key is under way.
func (r *Runner) Busy(key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.runs[key] != nil
}

func (r *Runner) begin(key string) (context.Context, *run) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.left {
		return nil, nil
	}
	if old := r.runs[key]; old != nil {
		old.cancel()
	}
	ctx, cancel := context.WithCancel(context.Background())
	mine := &run{cancel: cancel}
	r.runs[key] = mine
	return ctx, mine
}

// finish reports whether the work was still the newest of its key, and forgets it.
func (r *Runner) finish(key string, mine *run) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	mine.cancel()
	if r.runs[key] != mine {
		return false
	}
	delete(r.runs, key)
	return true
}
