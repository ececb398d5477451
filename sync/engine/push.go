package engine

import (
	"context"
	"sync"
	"time"

	"github.com/sodale/sodale/app/submission"
)

// push starts lanes as they fall due, and waits for the last of them when ctx ends.
func (e *Engine) push(ctx context.Context) {
	var lanes sync.WaitGroup
	defer lanes.Wait()
	for {
		next := e.read(ctx)
		if up, _, _ := e.line.state(); up && ctx.Err() == nil {
			picked, wait := e.board.take(e.lanes(), e.line.currentEpoch(), e.token())
			next = min(next, wait)
			for _, it := range picked {
				lanes.Go(func() { e.lane(ctx, it) })
			}
		}
		e.announce()
		if !rest(ctx, e.pushWake, next) {
			return
		}
	}
}

// read takes the outbox in again when somebody changed it. It returns how long to wait before trying that again.
func (e *Engine) read(ctx context.Context) time.Duration {
	stale, turn := e.board.begin()
	if !stale {
		return longestWait
	}
	all, err := e.cfg.Outbox.Deliveries(ctx)
	if err != nil {
		e.board.unread()
		e.log.Warn("outbox unreadable", "code", judge(err).code)
		return e.cfg.Pace.Floor
	}
	e.board.merge(all, turn, e.cfg.Clock.Now(), e.cfg.Pace.Ceiling)
	return longestWait
}

// lane does what there is to do for one submission and gives its slot back.
func (e *Engine) lane(ctx context.Context, it *item) {
	heavy := it.heavyLoad()
	if err := e.advance(ctx, it); err != nil && ctx.Err() == nil {
		e.setback(ctx, it, judge(err))
	}
	e.board.free(it, heavy)
	wake(e.pushWake)
}

func (e *Engine) advance(ctx context.Context, it *item) error {
	s, err := e.cfg.Outbox.Frozen(ctx, it.d.OpID)
	if err != nil {
		return err
	}
	switch it.d.Status {
	case submission.Delivered:
		return e.reoffer(ctx, it, s)
	case submission.Unconfirmed, submission.Held:
		return e.settle(ctx, it, s)
	}
	return e.send(ctx, it, s)
}

// setback writes down a try that failed, says when the next one is, and keeps the others back where it concerns them all.
func (e *Engine) setback(ctx context.Context, it *item, v verdict) {
	attempts := e.attempts(it)
	wait := e.dice.jitter(e.cfg.Pace.bound(attempts))
	switch v.who {
	case theLine:
		e.lineLost(v.code)
	case theMutual:
		wait += max(v.wait, e.cfg.Pace.Floor)
		e.board.calm(time.Now().Add(wait))
	case theAccess:
		wait = 0
		e.board.bar(e.token(), time.Now().Add(e.cfg.Pace.Ceiling))
	case theMember:
		if e.refuse(ctx, it, v) {
			return
		}
	}
	e.log.Info("delivery set back", "op", it.d.OpID, "code", v.code, "attempts", attempts, "wait", wait)
	e.board.postpone(it, wait)
	if it.d.Status == submission.Delivered || it.d.Status == submission.Held {
		return
	}
	step := submission.Step("")
	if it.d.Status == submission.Sending {
		step = submission.Interrupted
	}
	next := e.cfg.Clock.Now().UTC().Add(wait)
	err := e.move(ctx, it, step, func(d *submission.Delivery) { d.Attempts, d.Reason, d.NextTry = attempts, v.code, next })
	if err == nil {
		e.cfg.Fail("interrupted.committed")
	}
}

// attempts counts this failed try: from one if it got something across.
func (e *Engine) attempts(it *item) int {
	if it.progress {
		it.tries = 1
		return 1
	}
	it.tries++
	return max(it.tries, it.d.Attempts+1)
}

// refuse puts the one submission aside for the member. A delivered one stays delivered: its receipt is a proof.
func (e *Engine) refuse(ctx context.Context, it *item, v verdict) bool {
	if it.d.Status == submission.Delivered || it.d.Status == submission.Held {
		return false
	}
	err := e.move(ctx, it, submission.Refuse, func(d *submission.Delivery) { d.Reason, d.NextTry = v.code, time.Time{} })
	if err != nil {
		return false
	}
	e.log.Warn("delivery held", "op", it.d.OpID, "code", v.code)
	e.cfg.Fail("refused.committed")
	return true
}

// move commits one step, also when ctx has just ended: what is known must not be forgotten.
func (e *Engine) move(ctx context.Context, it *item, step submission.Step, edit func(*submission.Delivery)) error {
	err := e.board.change(it, func() (submission.Delivery, error) {
		return e.cfg.Outbox.Move(context.WithoutCancel(ctx), it.d.OpID, step, edit)
	})
	e.announce()
	return err
}
