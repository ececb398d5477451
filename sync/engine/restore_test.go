package engine

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/seal"
)

// forget makes the mutual come back from a backup that knows only the first keep revisions that arrived.
func (m *memoryMutual) forget(keep int64, epoch string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.epoch, m.seq = epoch, keep
	for path, raw := range m.rows {
		r, err := seal.VerifyReceipt(m.profile().SignKey, raw)
		if err != nil || r.Seq > keep {
			delete(m.rows, path)
			delete(m.plains, path)
			for _, d := range r.Blobs {
				delete(m.blobs, d)
			}
		}
	}
	m.feed = m.feed[:min(len(m.feed), int(keep))]
}

func TestAMutualRestoredFromABackupIsOfferedAgainWhatItLost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(nil)
		var ops []string
		for n := 1; n <= 6; n++ {
			ops = append(ops, w.outbox.queue(n, 1, []byte{byte(n)}))
		}
		stop := w.run(t)
		settleIn(time.Minute)
		first := map[string]submission.Delivery{}
		for _, op := range ops {
			first[op] = w.outbox.get(op)
		}
		w.mutual.forget(4, "e2")
		settleIn(10 * time.Minute)
		if n := w.mutual.rowCount(); n != 6 {
			t.Fatalf("the mutual has %d of 6 again", n)
		}
		renewed := 0
		for _, op := range ops {
			d := w.outbox.get(op)
			if d.Status != submission.Delivered || d.Epoch != "e2" {
				t.Errorf("%s is %+v", op, d)
			}
			if len(w.outbox.way(op)) != 2 {
				t.Errorf("its status moved: %v", w.outbox.way(op))
			}
			if !bytes.Equal(d.Receipt, first[op].Receipt) {
				renewed++
			}
		}
		if renewed != 2 {
			t.Errorf("%d receipts are new, want those of the 2 that were lost", renewed)
		}
		stop()
		asked := w.mutual.times("GET submissions")
		w.engine = New(Config{Profile: w.mutual.profile(), Outbox: w.outbox, Tokens: w.tokens, Clock: w.clock, Random: seeded(2), Transport: w.mutual})
		w.run(t)
		settleIn(time.Hour)
		if n := w.mutual.times("GET submissions") - asked; n != 0 {
			t.Errorf("%d receipts were looked at again after a restart", n)
		}
	})
}

func TestAFeedShorterThanOursIsReadAgainAndDoubtsEveryReceipt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(nil)
		op := w.outbox.queue(1, 1)
		w.mutual.say("a")
		w.mutual.say("b")
		w.run(t)
		settleIn(time.Minute)
		w.mutual.forget(0, "e1")
		settleIn(time.Minute)
		w.mutual.say("c")
		settleIn(time.Minute)
		if n := w.mutual.rowCount(); n != 1 {
			t.Errorf("%s was not offered again", op)
		}
		if ids := w.inbox.ids(); len(ids) != 3 || ids[2] != "c" {
			t.Errorf("events are %v", ids)
		}
	})
}

func TestAFeedWithAGapIsNotApplied(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(nil)
		w.mutual.feed = []api.Event{{ID: "a", Seq: 1}, {ID: "c", Seq: 3}}
		w.run(t)
		settleIn(time.Minute)
		if ids := w.inbox.ids(); len(ids) != 0 {
			t.Errorf("applied %v", ids)
		}
	})
}
