package engine

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine/faults"
)

// act is one thing that happens in a story.
type act struct {
	kind  string
	claim int
	files int
	after time.Duration // how long the story goes on after it
	point int           // a crash: at the how-manieth point from now
}

func drawStory(t *rapid.T) []act {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) act {
		return act{
			kind:  rapid.SampledFrom([]string{"queue", "queue", "queue", "crash", "crash", "rough", "smooth", "poke", "check", "restore", "expire", "renew", "poison"}).Draw(t, "kind"),
			claim: rapid.IntRange(1, 5).Draw(t, "claim"),
			files: rapid.IntRange(0, 2).Draw(t, "files"),
			after: time.Duration(rapid.IntRange(0, 20_000).Draw(t, "after")) * time.Millisecond,
			point: rapid.IntRange(1, 12).Draw(t, "point"),
		}
	}), 1, 25).Draw(t, "story")
}

// stage plays a story: one computer that crashes and starts again, one mutual, one rough road between them.
type stage struct {
	w      *world
	rough  atomic.Bool
	fuse   atomic.Int64 // points left until the crash; 0 = none is coming
	life   *life
	rank   map[int]int // claim → revisions so far
	dice   *rand.Rand
	diceMu sync.Mutex
}

// life is one run of the program: after its crash nothing it does reaches the disk or the line.
type life struct {
	*memoryOutbox
	dead  atomic.Bool
	crash context.CancelFunc
	ended chan struct{}
}

var errDead = errors.New("the program is gone")

func (l *life) Move(ctx context.Context, op string, step submission.Step, edit func(*submission.Delivery)) (submission.Delivery, error) {
	if l.dead.Load() {
		return submission.Delivery{}, errDead
	}
	return l.memoryOutbox.Move(ctx, op, step, edit)
}

func newStage(seed uint64) *stage {
	s := &stage{w: newWorld(nil), rank: map[int]int{}, dice: rand.New(rand.NewPCG(seed, 1))}
	s.begin()
	return s
}

func (s *stage) begin() {
	l := &life{memoryOutbox: s.w.outbox, ended: make(chan struct{})}
	ctx, cancel := context.WithCancel(context.Background())
	l.crash = cancel
	road := &faults.Road{Next: s.w.mutual, Plan: s.plan}
	line := roundTrip(func(r *http.Request) (*http.Response, error) {
		if l.dead.Load() {
			return nil, errDead
		}
		return road.RoundTrip(r)
	})
	e := New(Config{Profile: s.w.mutual.profile(), Outbox: l, Inbox: s.w.inbox, Tokens: s.w.tokens, Clock: s.w.clock,
		Random: seeded(uint64(s.dice.Uint32())), Transport: line, Fail: func(string) { s.burn(l) }})
	s.life, s.w.engine = l, e
	go func() { defer close(l.ended); _ = e.Run(ctx) }()
}

// burn counts one point down and ends the life when the fuse is through.
func (s *stage) burn(l *life) {
	if left := s.fuse.Load(); left > 0 && s.fuse.CompareAndSwap(left, left-1) && left == 1 {
		l.dead.Store(true)
		l.crash()
	}
}

func (s *stage) plan(*http.Request) faults.Mishap {
	if !s.rough.Load() {
		return faults.Pass
	}
	s.diceMu.Lock()
	defer s.diceMu.Unlock()
	if s.dice.IntN(2) == 0 {
		return faults.Pass
	}
	return faults.Mishap(s.dice.IntN(int(faults.Mishaps)))
}

func (s *stage) play(a act) {
	switch a.kind {
	case "queue":
		s.rank[a.claim]++
		var files [][]byte
		for f := range a.files {
			files = append(files, bytes.Repeat([]byte{byte(a.claim), byte(s.rank[a.claim]), byte(f)}, 1+700_000*f))
		}
		s.w.outbox.queue(a.claim, s.rank[a.claim], files...)
		s.w.engine.Poke()
	case "crash":
		s.fuse.Store(int64(a.point))
	case "rough":
		s.rough.Store(true)
	case "smooth":
		s.rough.Store(false)
	case "poke":
		s.w.engine.Poke()
	case "check":
		for _, op := range s.w.outbox.order {
			s.w.engine.Check(op)
			break
		}
	case "restore":
		s.w.mutual.mu.Lock()
		keep := s.w.mutual.seq / 2
		epoch := s.w.mutual.epoch + "+"
		s.w.mutual.mu.Unlock()
		s.w.mutual.forget(keep, epoch)
	case "expire":
		s.w.tokens.renew("old")
	case "renew":
		s.w.tokens.renew("token")
	case "poison":
		if n := len(s.w.outbox.order); n > 0 && s.w.outbox.get(s.w.outbox.order[n-1]).Status == submission.Queued {
			s.w.mutual.mu.Lock()
			s.w.mutual.poison[s.w.outbox.order[n-1]] = api.CodeContent
			s.w.mutual.mu.Unlock()
		}
	}
	settleIn(a.after)
	if s.life.dead.Load() {
		<-s.life.ended
		s.begin()
	}
}

// heal makes everything well and gives the engine ninety minutes.
func (s *stage) heal() {
	s.rough.Store(false)
	s.fuse.Store(0)
	s.w.tokens.renew("token")
	settleIn(90 * time.Minute)
	s.life.crash()
	<-s.life.ended
}

// violations says what is not as promised when all is well again.
func (s *stage) violations() []string {
	var bad []string
	rows := map[string]bool{}
	for _, op := range s.w.outbox.order {
		d, frozen := s.w.outbox.get(op), s.w.outbox.frozen[op]
		path := revisionPath(api.PathSubmission, frozen)
		row, there := s.w.mutual.rows[path]
		switch {
		case d.Status == submission.Delivered:
			rows[path] = true
			if !there || !bytes.Equal(row, d.Receipt) {
				bad = append(bad, op+" is delivered with another receipt than the mutual's")
			}
		case d.Status == submission.Held && s.w.mutual.poison[op] != "" && d.Reason == api.CodeContent:
		default:
			bad = append(bad, fmt.Sprintf("%s is %s (%s) after ninety good minutes", op, d.Status, d.Reason))
		}
	}
	if n := len(s.w.mutual.rows); n != len(rows) {
		bad = append(bad, fmt.Sprintf("the mutual has %d revisions, %d were delivered", n, len(rows)))
	}
	return append(bad, s.w.outbox.refusal...)
}

// stories is how many TestNoStory… tells: few enough for every day, unless -rapid.checks or SODALE_RUNS asks for more.
func stories(t *testing.T) {
	checks := flag.Lookup("rapid.checks")
	if n := os.Getenv("SODALE_RUNS"); n != "" {
		_ = checks.Value.Set(n)
	} else if checks.Value.String() == checks.DefValue {
		_ = checks.Value.Set("40")
	}
	t.Cleanup(func() { _ = checks.Value.Set(checks.DefValue) })
}

func TestNoStoryEverLosesDoublesOrLeavesTheTable(t *testing.T) {
	stories(t)
	rapid.Check(t, func(rt *rapid.T) {
		story, seed := drawStory(rt), rapid.Uint64().Draw(rt, "seed")
		var bad []string
		synctest.Test(t, func(*testing.T) {
			s := newStage(seed)
			for _, a := range story {
				s.play(a)
			}
			s.heal()
			bad = s.violations()
		})
		if len(bad) > 0 {
			rt.Fatalf("%v", bad)
		}
	})
}
