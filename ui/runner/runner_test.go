package runner

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
)

// queued is a Runner whose answers wait until the test tells them, as the window's queue does.
func queued() (*Runner, chan func()) {
	answers := make(chan func(), 16)
	return &Runner{start: func(f func()) { go f() }, tell: func(f func()) { answers <- f }, runs: map[string]*run{}}, answers
}

func TestAnAnswerComesWithItsResultOnTheWindowsGoroutine(t *testing.T) {
	r, answers := queued()
	got := 0
	Go(r, "sum", func(context.Context) (int, error) { return 42, nil }, func(n int, err error) { got = n })
	(<-answers)()
	if got != 42 || r.Busy("sum") {
		t.Errorf("got %d, busy %v", got, r.Busy("sum"))
	}
}

func TestAnOlderAnswerNeverOverwritesANewerOne(t *testing.T) {
	r, answers := queued()
	release := make(chan struct{})
	shown := ""
	show := func(s string, _ error) { shown = s }
	Go(r, "page", func(context.Context) (string, error) { <-release; return "old", nil }, show)
	Go(r, "page", func(context.Context) (string, error) { return "new", nil }, show)
	(<-answers)()
	close(release)
	(<-answers)()
	if shown != "new" {
		t.Errorf("shown %q", shown)
	}
}

func TestNewerWorkCancelsTheOlderOfItsKeyOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, answers := queued()
		ended := map[string]error{}
		wait := func(name string) func(context.Context) (string, error) {
			return func(ctx context.Context) (string, error) {
				<-ctx.Done()
				ended[name] = ctx.Err()
				return name, ctx.Err()
			}
		}
		Go(r, "a", wait("first"), nil)
		Go(r, "b", wait("other"), nil)
		Go(r, "a", func(context.Context) (string, error) { return "", nil }, nil)
		synctest.Wait()
		if !errors.Is(ended["first"], context.Canceled) || ended["other"] != nil {
			t.Errorf("ended: %v", ended)
		}
		r.Leave()
		synctest.Wait()
		if ended["other"] == nil {
			t.Error("leaving did not cancel")
		}
		for len(answers) > 0 {
			(<-answers)()
		}
	})
}

func TestAfterLeavingNothingStartsAndNothingIsAnswered(t *testing.T) {
	r, answers := queued()
	told := false
	Go(r, "a", func(context.Context) (int, error) { return 1, nil }, func(int, error) { told = true })
	answer := <-answers
	r.Leave()
	answer()
	Go(r, "a", func(context.Context) (int, error) { t.Error("work after leaving"); return 0, nil }, nil)
	r.Leave()
	if told {
		t.Error("answered after leaving")
	}
}

func TestACancelledKeyIsNotAnswered(t *testing.T) {
	r, answers := queued()
	told := false
	Go(r, "a", func(context.Context) (int, error) { return 1, nil }, func(int, error) { told = true })
	r.Cancel("a")
	(<-answers)()
	if told || r.Busy("a") {
		t.Error("answered after being cancelled")
	}
}

func TestASynchronousRunnerAnswersBeforeGoReturns(t *testing.T) {
	want := errors.New("no")
	var got error
	Go(NewSynchronous(), "a", func(context.Context) (int, error) { return 0, want }, func(_ int, err error) { got = err })
	if !errors.Is(got, want) {
		t.Errorf("got %v", got)
	}
}
