package desktop

import (
	"time"

	"github.com/sodale/sodale/app/clock"
)

// Times of the lock that nobody asked for.
const (
	warnBefore = 30 * time.Second // of the warning, before the lock (UX section 8)
	tickEvery  = time.Second
	// sleptFor is how much further the clock on the wall may go than the one that stands still while the computer sleeps. More
	// is a sleep, or a clock that was set: both lock.
	sleptFor = 20 * time.Second
	// frozenFor is how long there may be no tick: where the running clock goes on in a sleep, this tells of it.
	frozenFor = time.Minute
)

// moment is an instant on both clocks: the one on the wall, and the one that only runs while the computer does.
type moment struct {
	wall time.Time
	run  time.Duration
}

// nowOf reads both clocks; began is an instant that has the running clock's reading.
func nowOf(c clock.Clock, began time.Time) moment {
	return moment{wall: c.Now().Round(0), run: time.Since(began)}
}

// verdict is what a tick of the watch finds.
type verdict int

const (
	carryOn verdict = iota
	warn            // the lock is near
	lockNow
)

// watch knows how long nobody was there and whether the computer slept. It is pure.
type watch struct {
	after time.Duration // of nobody being there
	seen  time.Duration // on the running clock, when somebody was there last
	last  moment        // of the tick before
}

// newWatch begins at an instant with somebody there.
func newWatch(after time.Duration, now moment) *watch {
	return &watch{after: after, seen: now.run, last: now}
}

// there notes that somebody is there.
func (w *watch) there(now moment) { w.seen = now.run }

// left is how long it is until the lock, at least 0.
func (w *watch) left(now moment) time.Duration { return max(0, w.seen+w.after-now.run) }

// tick tells what is to be done now. A computer that slept is locked, however long it was awake.
func (w *watch) tick(now moment) verdict {
	wall, run := now.wall.Sub(w.last.wall), now.run-w.last.run
	w.last = now
	switch left := w.left(now); {
	case wall-run > sleptFor || run > frozenFor || left == 0:
		return lockNow
	case left <= warnBefore:
		return warn
	}
	return carryOn
}
