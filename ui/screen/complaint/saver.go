package complaint

import (
	"context"
	"sync"

	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/part"
)

// saver commits the letters in the making at each change, one commit at a time: a change that comes meanwhile is committed next.
type saver struct {
	page   *Page
	latest complaint.Drafts
	dirty  bool
	busy   bool
	left   bool           // the page is gone: nothing starts any more
	under  sync.WaitGroup // the commit that is under way
}

// idle reports whether every change is committed.
func (s *saver) idle() bool { return !s.dirty && !s.busy }

func (s *saver) change(d complaint.Drafts) {
	s.latest, s.dirty = d, true
	s.next()
}

func (s *saver) next() {
	if s.busy || !s.dirty || s.left {
		return
	}
	s.busy, s.dirty = true, false
	drafts, desk := s.latest.Clone(), s.page.config.Requests
	s.under.Add(1)
	runner.Go(s.page.config.Runner, "save", part.Done(func(ctx context.Context) error {
		defer s.under.Done()
		return desk.SaveDrafts(context.WithoutCancel(ctx), drafts)
	}), func(_ struct{}, err error) {
		s.busy = false
		if err != nil {
			s.page.Toast(errtext.Of(err))
			return
		}
		s.next()
	})
}

// forget drops what is not committed yet: it was sent.
func (s *saver) forget() { s.dirty = false }

// finish returns when the last change is committed.
func (s *saver) finish() {
	s.under.Wait()
	if s.dirty {
		s.dirty = false
		_ = s.page.config.Requests.SaveDrafts(context.Background(), s.latest) // the window goes; the next reading tells
	}
}
