package engine

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
)

// line is what is known of the way to the mutual. Only a signed answer proves that it carries.
type line struct {
	clock clock.Clock

	mu          sync.Mutex
	up          bool
	missed      bool // a hello failed since the line was last up
	failures    int  // failed contacts in a row
	failingFrom time.Time
	last        time.Time // wall clock
	lastHeard   time.Time // monotonic
	code        fault.Code
	epoch       string
}

// heard notes a signed answer. It reports whether the line was down, and whether it had been down for a hello too.
func (l *line) heard() (was, missed bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	was, missed = !l.up, l.missed
	l.up, l.missed, l.failures, l.code = true, false, 0, ""
	l.failingFrom, l.last, l.lastHeard = time.Time{}, l.clock.Now().UTC(), time.Now()
	return was, missed
}

// lost notes a contact that failed for a fault of the line.
func (l *line) lost(code fault.Code, hello bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failures == 0 {
		l.failingFrom = l.clock.Now().UTC()
	}
	l.up, l.code = false, code
	l.failures++
	l.missed = l.missed || hello
}

// state returns whether the line carries, the failures in a row and how long ago the last signed answer came.
func (l *line) state() (up bool, failures int, silent time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.up, l.failures, time.Since(l.lastHeard)
}

// remembers notes the epoch of the mutual's memory and reports whether it is another than before.
func (l *line) remembers(epoch string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	other := epoch != l.epoch
	l.epoch = epoch
	return other
}

func (l *line) currentEpoch() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.epoch
}

func (l *line) link() submission.Link {
	l.mu.Lock()
	defer l.mu.Unlock()
	return submission.Link{Online: l.up && time.Since(l.lastHeard) < 2*heartbeat+callTimeout, LastContact: l.last,
		Failures: l.failures, FailingFrom: l.failingFrom}
}

// watch keeps the line honest: it asks for a signed hello at once when a contact failed, then ever more seldom, and once
// a heartbeat while nothing else is said.
func (e *Engine) watch(ctx context.Context) {
	wait := time.Duration(0)
	for rest(ctx, e.lookWake, wait) {
		asked := e.lookNow.Swap(false)
		if up, _, silent := e.line.state(); up && silent < heartbeat && !asked {
			wait = heartbeat - silent
			continue
		}
		e.hello(ctx)
		e.greet(ctx, asked)
		wake(e.pushWake)
		e.noticeToken()
		wait = heartbeat
		if up, failures, _ := e.line.state(); !up {
			wait = e.dice.jitter(e.cfg.Pace.bound(failures))
		}
	}
}

func (e *Engine) hello(ctx context.Context) {
	h, err := e.wire.Hello(ctx)
	if err == nil {
		if e.line.remembers(h.Epoch) {
			wake(e.pushWake)
			wake(e.pullWake)
		}
		return
	}
	if v := judge(err); v.who == theLine && ctx.Err() == nil {
		e.line.lost(v.code, true)
	}
}

// greetEvery is how often a locked vault asks whether its device is still signed in.
const greetEvery = 15 * time.Minute

// greet lets a vault that has nothing to deliver hear that its device was signed out from elsewhere: only a question with a token
// tells. It is asked now and then while the vault is locked, and at once when somebody wants to know; an open vault asks for its
// feed all the time, but may be kept waiting there.
func (e *Engine) greet(ctx context.Context, asked bool) {
	token := e.token()
	due := asked || e.openInbox() == nil && time.Since(e.greeted) >= greetEvery
	if up, _, _ := e.line.state(); !up || token == "" || !due {
		return
	}
	e.greeted = time.Now()
	list, err := e.cfg.Outbox.Deliveries(ctx)
	if err != nil || slices.ContainsFunc(list, func(d submission.Delivery) bool { return d.Status != submission.Delivered }) {
		return
	}
	if _, err := e.wire.check(ctx, token, []string{}); err != nil {
		e.log.Info("not greeted", "code", judge(err).code)
	}
}

// lineCarries is called for every signed answer.
func (e *Engine) lineCarries() {
	was, missed := e.line.heard()
	if !was {
		return
	}
	if missed {
		e.board.lineBack()
	}
	wake(e.pushWake)
	wake(e.pullWake)
}

// lineLost is called when a contact other than a hello failed: a hello goes out at once to see what is true.
func (e *Engine) lineLost(code fault.Code) {
	e.line.lost(code, false)
	wake(e.lookWake)
}
