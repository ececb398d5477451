package engine

import (
	"context"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
)

// pull reads the feed for as long as the vault is open, and waits for nothing else. While the line is down it waits for
// the hello that finds it again.
func (e *Engine) pull(ctx context.Context) {
	for tries := 0; ctx.Err() == nil; {
		inbox, token := e.openInbox(), e.cfg.Tokens.Full()
		if up, _, _ := e.line.state(); inbox == nil || token == "" || !up {
			rest(ctx, e.pullWake, longestWait)
			continue
		}
		began := time.Now()
		fresh, err := e.fetch(ctx, inbox, token)
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			tries++
			rest(ctx, e.pullWake, e.pullWait(judge(err), tries, token))
		case fresh == 0 && time.Since(began) < e.cfg.Pace.Floor:
			// A mutual that does not hold a long poll is not asked in a hot loop.
			rest(ctx, e.pullWake, e.cfg.Pace.Floor)
			fallthrough
		default:
			tries = 0
		}
	}
}

func (e *Engine) pullWait(v verdict, tries int, token string) time.Duration {
	e.log.Info("feed not read", "code", v.code, "tries", tries)
	wait := e.dice.jitter(e.cfg.Pace.bound(tries))
	switch v.who {
	case theLine:
		e.lineLost(v.code)
	case theMutual:
		wait += max(v.wait, e.cfg.Pace.Floor)
	case theAccess:
		e.pullRefused.Store(&token)
		wait = e.cfg.Pace.Ceiling
	}
	return wait
}

// noticeToken wakes the feed when the token that the mutual refused is no longer the one in hand.
func (e *Engine) noticeToken() {
	if refused := e.pullRefused.Load(); refused != nil && *refused != e.cfg.Tokens.Full() {
		e.pullRefused.Store(nil)
		wake(e.pullWake)
	}
}

// fetch reads one answer of the feed, applies it with the new cursor, all or nothing, and returns how many events it held.
func (e *Engine) fetch(ctx context.Context, inbox Inbox, token string) (int, error) {
	cursor, err := inbox.Cursor(ctx)
	if err != nil {
		return 0, err
	}
	e.cfg.Fail("events.before")
	news, err := e.wire.events(ctx, token, cursor, cursor.Epoch != "")
	e.cfg.Fail("events.after")
	if err != nil {
		return 0, err
	}
	if e.line.remembers(news.Epoch) {
		wake(e.pushWake)
	}
	if news.Epoch == cursor.Epoch && news.Last < cursor.Seq {
		e.board.doubt()
		wake(e.pushWake)
	}
	if news.Epoch != cursor.Epoch || news.Last < cursor.Seq {
		return e.fetchAgain(ctx, inbox, token, news.Epoch)
	}
	return e.apply(ctx, inbox, news, cursor)
}

// fetchAgain reads the feed of a memory that is not the one of the cursor from its beginning: events that were applied
// before keep their ids and change nothing.
func (e *Engine) fetchAgain(ctx context.Context, inbox Inbox, token, epoch string) (int, error) {
	start := submission.Cursor{Epoch: epoch}
	news, err := e.wire.events(ctx, token, start, false)
	if err != nil {
		return 0, err
	}
	if news.Epoch != epoch {
		return 0, fault.New(CodeFeed, "engine.fetch", news.Epoch)
	}
	return e.apply(ctx, inbox, news, start)
}

func (e *Engine) apply(ctx context.Context, inbox Inbox, news api.Events, cursor submission.Cursor) (int, error) {
	fresh := make([]submission.FeedEvent, 0, len(news.Events))
	next := cursor
	for _, n := range news.Events {
		if n.Seq != next.Seq+1 {
			return 0, fault.New(CodeFeed, "engine.apply", n.ID)
		}
		next.Seq = n.Seq
		fresh = append(fresh, submission.FeedEvent{ID: n.ID, Seq: n.Seq, Kind: n.Kind, Subject: n.Subject, At: n.At, Text: n.Text, Body: n.Body})
	}
	stored, err := inbox.Cursor(ctx)
	if err != nil {
		return 0, err
	}
	if next == stored {
		return 0, nil
	}
	if err := inbox.Apply(context.WithoutCancel(ctx), fresh, next); err != nil {
		return 0, err
	}
	e.cfg.Fail("events.applied")
	return len(fresh), nil
}
