package server

import (
	"sync"
	"time"

	"github.com/sodale/sodale/app/clock"
)

// Rate is how many requests one token (or, without a token, one address) may make: Burst at once, and PerSecond on average.
type Rate struct {
	PerSecond float64
	Burst     float64
}

// DefaultRate lets an engine that works off a long queue on a fast line through, and stops a loop gone wild.
var DefaultRate = Rate{PerSecond: 1000, Burst: 2000}

// limiter counts requests by who makes them. It forgets whoever has been quiet long enough to have a full burst again.
type limiter struct {
	rate    Rate
	clock   clock.Clock
	mu      sync.Mutex
	buckets map[string]bucket
	sweepAt time.Time
}

type bucket struct {
	left float64
	at   time.Time
}

func newLimiter(rate Rate, c clock.Clock) *limiter {
	return &limiter{rate: rate, clock: c, buckets: map[string]bucket{}}
}

// take counts one request of who, and returns how long to wait when it is one too many.
func (l *limiter) take(who string) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock.Now()
	l.sweep(now)
	b, known := l.buckets[who]
	if !known {
		b = bucket{left: l.rate.Burst, at: now}
	}
	b.left = min(l.rate.Burst, b.left+max(0, now.Sub(b.at).Seconds())*l.rate.PerSecond)
	b.at = now
	var wait time.Duration
	if b.left < 1 {
		wait = time.Duration((1 - b.left) / l.rate.PerSecond * float64(time.Second))
	} else {
		b.left--
	}
	l.buckets[who] = b
	return wait
}

// sweep forgets full buckets, once for the time that filling one takes.
func (l *limiter) sweep(now time.Time) {
	if now.Before(l.sweepAt) {
		return
	}
	fill := time.Duration(l.rate.Burst/l.rate.PerSecond*float64(time.Second)) + time.Second
	for who, b := range l.buckets {
		if now.Sub(b.at) > fill {
			delete(l.buckets, who)
		}
	}
	l.sweepAt = now.Add(fill)
}

// turns lets the users of one name take turns. The zero turns are ready to use.
type turns struct {
	mu     sync.Mutex
	byName map[string]*turn
}

type turn struct {
	sync.Mutex
	users int
}

// take waits for the turn of name and returns what ends it.
func (t *turns) take(name string) (end func()) {
	t.mu.Lock()
	if t.byName == nil {
		t.byName = map[string]*turn{}
	}
	mine := t.byName[name]
	if mine == nil {
		mine = &turn{}
		t.byName[name] = mine
	}
	mine.users++
	t.mu.Unlock()
	mine.Lock()
	return func() {
		mine.Unlock()
		t.mu.Lock()
		defer t.mu.Unlock()
		if mine.users--; mine.users == 0 {
			delete(t.byName, name)
		}
	}
}
