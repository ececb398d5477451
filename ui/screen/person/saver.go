package person

import (
	"context"
	"sync"

	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/words"
)

// saver commits an edit at each change, one commit at a time: a change that comes meanwhile is committed next. So what was
// typed is on the disk a few milliseconds after the key.
type saver struct {
	page   *Page
	latest member.Edit
	dirty  bool
	busy   bool
	left   bool           // the page is gone: nothing starts any more
	under  sync.WaitGroup // the commit that is under way
}

// idle reports whether every change is committed.
func (s *saver) idle() bool { return !s.dirty && !s.busy }

func (s *saver) change(e member.Edit) {
	s.latest, s.dirty = e, true
	s.next()
}

func (s *saver) next() {
	if s.busy || !s.dirty || s.left {
		return
	}
	s.busy, s.dirty = true, false
	edit, desk := s.latest, s.page.config.Requests
	s.under.Add(1)
	runner.Go(s.page.config.Runner, "save", func(ctx context.Context) (member.Edit, error) {
		defer s.under.Done()
		return desk.SaveEdit(context.WithoutCancel(ctx), edit)
	}, func(_ member.Edit, err error) {
		s.busy = false
		if err != nil {
			s.page.say(errtext.Of(err))
			return
		}
		s.page.say(words.T("person.saved", "Clock", words.Clock(s.page.now())))
		s.next()
	})
}

// finish returns when the last change is committed.
func (s *saver) finish() {
	s.under.Wait()
	if s.dirty {
		s.dirty = false
		_, _ = s.page.config.Requests.SaveEdit(context.Background(), s.latest) // the window goes; the next reading tells
	}
}
