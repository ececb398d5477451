package engine

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
)

// memoryOutbox is an outbox without a disk. It refuses what the table refuses, and remembers every status taken.
type memoryOutbox struct {
	mu      sync.Mutex
	order   []string
	entries map[string]submission.Delivery
	frozen  map[string]submission.Submission
	files   map[string][]byte
	history map[string][]submission.Status
	broken  error // what Move answers while set
	refusal []string
}

func newOutbox() *memoryOutbox {
	return &memoryOutbox{entries: map[string]submission.Delivery{}, frozen: map[string]submission.Submission{},
		files: map[string][]byte{}, history: map[string][]submission.Status{}}
}

func (o *memoryOutbox) Deliveries(context.Context) ([]submission.Delivery, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var all []submission.Delivery
	for _, op := range o.order {
		all = append(all, o.entries[op])
	}
	return all, nil
}

func (o *memoryOutbox) Frozen(_ context.Context, opID string) (submission.Submission, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.frozen[opID], nil
}

func (o *memoryOutbox) Move(_ context.Context, opID string, step submission.Step, edit func(*submission.Delivery)) (submission.Delivery, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.broken != nil {
		return submission.Delivery{}, o.broken
	}
	d := o.entries[opID]
	if step != "" {
		to, ok := submission.Next(d.Status, step)
		if !ok {
			o.refusal = append(o.refusal, fmt.Sprintf("%s: %s by %s", opID, d.Status, step))
			return d, fault.New("submission.step", "memory.move", opID)
		}
		if to != d.Status {
			o.history[opID] = append(o.history[opID], to)
		}
		d.Status = to
	}
	edit(&d)
	o.entries[opID] = d
	return d, nil
}

func (o *memoryOutbox) OpenSealed(_ context.Context, digest string) (io.ReadSeekCloser, int64, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	data, ok := o.files[digest]
	if !ok {
		return nil, 0, fs.ErrNotExist
	}
	return struct {
		io.ReadSeeker
		io.Closer
	}{bytes.NewReader(data), io.NopCloser(nil)}, int64(len(data)), nil
}

func (o *memoryOutbox) get(opID string) submission.Delivery {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.entries[opID]
}

// way lists the statuses that a submission took.
func (o *memoryOutbox) way(opID string) []submission.Status {
	o.mu.Lock()
	defer o.mu.Unlock()
	return slices.Clone(o.history[opID])
}

func (o *memoryOutbox) set(opID string, edit func(*submission.Delivery)) {
	o.mu.Lock()
	defer o.mu.Unlock()
	d := o.entries[opID]
	edit(&d)
	o.entries[opID] = d
}

// queue freezes one submission with those files and returns its op id.
func (o *memoryOutbox) queue(n, revision int, files ...[]byte) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	op := fmt.Sprintf("01980000-0000-7000-8000-%06d%06d", n, revision)
	body := []byte("sealed body of " + op)
	s := submission.Submission{OpID: op, Kind: submission.KindClaim, Subject: fmt.Sprintf("01970000-0000-7000-8000-%012d", n), Revision: revision,
		Body: body, Plain: hexSum(body)}
	for _, f := range files {
		s.Blobs = append(s.Blobs, submission.Blob{Digest: hexSum(f), Size: int64(len(f))})
		o.files[hexSum(f)] = f
	}
	o.frozen[op] = s
	o.entries[op] = submission.Delivery{OpID: op, Kind: s.Kind, Subject: s.Subject, Revision: revision, Status: submission.Queued, Blobs: s.Blobs, Plain: s.Plain}
	o.order = append(o.order, op)
	return op
}

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// memoryInbox is an inbox without a disk.
type memoryInbox struct {
	mu     sync.Mutex
	cursor submission.Cursor
	events []submission.FeedEvent
	seen   map[string]bool
}

func (i *memoryInbox) Cursor(context.Context) (submission.Cursor, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.cursor, nil
}

func (i *memoryInbox) Apply(_ context.Context, events []submission.FeedEvent, next submission.Cursor) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.seen == nil {
		i.seen = map[string]bool{}
	}
	for _, e := range events {
		if !i.seen[e.ID] {
			i.seen[e.ID] = true
			i.events = append(i.events, e)
		}
	}
	i.cursor = next
	return nil
}

func (i *memoryInbox) ids() []string {
	i.mu.Lock()
	defer i.mu.Unlock()
	var ids []string
	for _, e := range i.events {
		ids = append(ids, e.ID)
	}
	return ids
}

// fixedTokens are two tokens that a test may change.
type fixedTokens struct {
	mu           sync.Mutex
	upload, full string
}

func (t *fixedTokens) Upload() string { t.mu.Lock(); defer t.mu.Unlock(); return t.upload }
func (t *fixedTokens) Full() string   { t.mu.Lock(); defer t.mu.Unlock(); return t.full }

func (t *fixedTokens) renew(token string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.upload, t.full = token, token
}

// bentClock is the machine's clock moved by an offset that a test may change.
type bentClock struct {
	mu     sync.Mutex
	offset time.Duration
}

func (c *bentClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.offset)
}

func (c *bentClock) bend(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.offset = d
}

// world is one member's computer and one mutual, with nothing real between them.
type world struct {
	outbox *memoryOutbox
	inbox  *memoryInbox
	tokens *fixedTokens
	clock  *bentClock
	mutual *memoryMutual
	engine *Engine
}

func newWorld(change func(*Config)) *world {
	w := &world{outbox: newOutbox(), inbox: &memoryInbox{}, tokens: &fixedTokens{upload: "token", full: "token"}, clock: &bentClock{}, mutual: newMutual()}
	cfg := Config{Profile: w.mutual.profile(), Outbox: w.outbox, Inbox: w.inbox, Tokens: w.tokens, Clock: w.clock, Random: seeded(1), Transport: w.mutual}
	if change != nil {
		change(&cfg)
	}
	w.engine = New(cfg)
	return w
}

// run runs the engine until the test ends or stop is called.
func (w *world) run(t *testing.T) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = w.engine.Run(ctx) }()
	stop = sync.OnceFunc(func() { cancel(); <-ended })
	t.Cleanup(stop)
	return stop
}
