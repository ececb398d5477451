package part

import (
	"context"
	"sync"

	"github.com/sodale/sodale/ui/runner"
)

// Saver commits what is being written at each change, one commit at a time: a change that comes meanwhile is committed next. So what
// was typed is on the disk a few milliseconds after the key. It is used on the window's goroutine.
type Saver[T any] struct {
	runner *runner.Runner
	save   func(context.Context, T) error
	saved  func(error)

	latest T
	dirty  bool
	busy   bool
	left   bool           // the page is gone: nothing starts any more
	under  sync.WaitGroup // the commit that is under way
}

// NewSaver commits with save, beside the window, and tells saved after each commit. What save gets must not change afterwards.
func NewSaver[T any](r *runner.Runner, save func(context.Context, T) error, saved func(error)) *Saver[T] {
	return &Saver[T]{runner: r, save: save, saved: saved}
}

// Idle reports whether every change is committed.
func (s *Saver[T]) Idle() bool { return !s.dirty && !s.busy }

// Change commits a new version, at once or after the one that is under way.
func (s *Saver[T]) Change(now T) {
	s.latest, s.dirty = now, true
	s.next()
}

func (s *Saver[T]) next() {
	if s.busy || !s.dirty || s.left {
		return
	}
	s.busy, s.dirty = true, false
	now := s.latest
	s.under.Add(1)
	runner.Go(s.runner, "save", Done(func(ctx context.Context) error {
		defer s.under.Done()
		return s.save(context.WithoutCancel(ctx), now)
	}), func(_ struct{}, err error) {
		s.busy = false
		s.saved(err)
		if err == nil {
			s.next()
		}
	})
}

// Forget drops what is not committed yet.
func (s *Saver[T]) Forget() { s.dirty = false }

// Leave lets nothing start any more: the page goes. Finish commits what is left.
func (s *Saver[T]) Leave() { s.left = true }

// Finish returns when the last change is committed. What can't be is told by the next reading: the window goes.
func (s *Saver[T]) Finish() {
	s.under.Wait()
	if s.dirty {
		s.dirty = false
		_ = s.save(context.Background(), s.latest)
	}
}
