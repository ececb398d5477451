package engine

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/submission"
)

func TestEventsArriveByLongPollAndNeverTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(nil)
		w.mutual.say("a")
		w.run(t)
		settleIn(time.Minute)
		w.mutual.say("b")
		synctest.Wait()
		if got := strings.Join(w.inbox.ids(), ""); got != "ab" {
			t.Errorf("events applied: %q", got)
		}
		asked := w.mutual.times("GET events")
		settleIn(10 * time.Minute)
		if n := w.mutual.times("GET events") - asked; n > 30 {
			t.Errorf("%d polls in ten quiet minutes", n)
		}
	})
}

func TestTheFeedIsNotReadWhileTheVaultIsLocked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(func(c *Config) { c.Inbox = nil })
		w.mutual.say("a")
		op := w.outbox.queue(1, 1)
		w.run(t)
		settleIn(time.Hour)
		if w.mutual.times("GET events") != 0 {
			t.Error("the feed was read with a locked vault")
		}
		if d := w.outbox.get(op); d.Status != submission.Delivered {
			t.Errorf("a locked vault did not deliver: %q", d.Status)
		}
		w.engine.SetInbox(w.inbox)
		settleIn(time.Minute)
		if len(w.inbox.ids()) != 1 {
			t.Error("opening the vault did not start the feed")
		}
	})
}

func TestChangesAreSaidOnlyWhenTheLinkDiffers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		feed := &change.Feed{}
		w := newWorld(func(c *Config) { c.Changes = feed })
		var last submission.Link
		said := 0
		defer feed.Listen(func(c change.Change) {
			now := w.engine.Link()
			now.LastContact = time.Time{}
			if said++; now == last {
				t.Errorf("said again what was said: %+v", now)
			}
			last = now
		})()
		w.run(t)
		settleIn(time.Minute)
		quiet := said
		settleIn(6 * time.Hour)
		if said != quiet {
			t.Errorf("%d words in quiet hours", said-quiet)
		}
	})
}
