package engine

import (
	"bytes"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine/faults"
)

func TestOnlyWhatMayBeThereAlreadyIsAskedAfter(t *testing.T) {
	for name, c := range map[string]struct {
		revision int
		edit     func(*submission.Delivery)
		want     int
	}{
		"first revision, never tried": {1, func(*submission.Delivery) {}, 0},
		"tried before":                {1, func(d *submission.Delivery) { d.Attempts = 1 }, 1},
		"begun before":                {1, func(d *submission.Delivery) { d.Status = submission.Sending }, 1},
		"handed over before":          {1, func(d *submission.Delivery) { d.AskedAt = time.Now() }, 1},
		"correction":                  {2, func(*submission.Delivery) {}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(nil)
				op := w.outbox.queue(1, c.revision, []byte("scan"))
				w.outbox.set(op, c.edit)
				w.run(t)
				settleIn(time.Second)
				if d := w.outbox.get(op); d.Status != submission.Delivered {
					t.Fatalf("it is %+v", d)
				}
				if n := w.mutual.times("POST blobs"); n != c.want {
					t.Errorf("asked %d times, want %d", n, c.want)
				}
			})
		})
	}
}

// A life that ended after an append and before any commit leaves a part at the mutual that nothing here tells of.
func TestAPartThatIsThereUnknownIsNotSentTwice(t *testing.T) {
	file := bytes.Repeat([]byte("scan"), 600_000)
	for name, there := range map[string]int{"a part": api.AppendSize, "all of it": len(file)} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				road := &faults.Road{Plan: func(*http.Request) faults.Mishap { return faults.Pass }}
				w := newWorld(func(c *Config) { road.Next, c.Transport = c.Transport, road })
				op := w.outbox.queue(1, 1, file)
				w.mutual.blobs[hexSum(file)], w.mutual.sizes[hexSum(file)] = bytes.Clone(file[:there]), int64(len(file))
				w.run(t)
				settleIn(time.Second)
				if d := w.outbox.get(op); d.Status != submission.Delivered || !bytes.Equal(w.mutual.blobs[hexSum(file)], file) {
					t.Fatalf("it is %+v", d)
				}
				if most := int64(len(file) - there + api.AppendSize); road.Sent() > most {
					t.Errorf("%d bytes sent, at most %d may be", road.Sent(), most)
				}
			})
		})
	}
}
