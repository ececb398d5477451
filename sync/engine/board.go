package engine

import (
	"sync"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
)

// item is one submission as the board knows it.
type item struct {
	d        submission.Delivery
	due      time.Time // monotonic; zero = now
	asked    bool      // Check named it
	tries    int       // failed tries in a row of this run, also those that could not be written down
	rank     int       // place in the outbox, oldest first
	touched  uint64    // when a lane last let go of it
	progress bool      // this try got something across
}

// board is what there is to deliver, which lanes are busy, and what holds everything back.
type board struct {
	mu      sync.Mutex
	items   map[string]*item
	order   []*item         // oldest first
	busy    map[string]bool // subjects that a lane works on
	heavy   int             // lanes with files to upload
	light   int             // lanes without
	moving  map[string]int  // op ids that the engine itself is changing
	turn    uint64
	stale   bool      // the outbox is to be read again
	calmed  time.Time // the mutual asked for patience until then; monotonic
	refused string    // the token that the mutual refused
	barred  time.Time // until when that token is not tried again; monotonic
	burst   int       // delivered since something began to wait
}

func (b *board) reset() {
	b.items, b.busy, b.moving, b.stale = map[string]*item{}, map[string]bool{}, map[string]int{}, true
}

// begin says whether the outbox must be read again, and the turn from which on lanes know better than that reading. What
// changes from here on, also while it is read, asks for another reading.
func (b *board) begin() (stale bool, turn uint64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	stale, b.stale = b.stale, false
	return stale, b.turn
}

// unread takes back a begin whose reading failed.
func (b *board) unread() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stale = true
}

// merge takes in a reading of the outbox that began at turn. A next try far in the future, as a clock set wrong leaves it,
// counts as the longest wait there is.
func (b *board) merge(all []submission.Delivery, turn uint64, now time.Time, ceiling time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for rank, d := range all {
		known := b.items[d.OpID]
		switch {
		case known == nil:
			known = &item{d: d, due: dueOf(d, now, ceiling)}
			b.items[d.OpID] = known
		case b.busy[d.Subject] || known.touched > turn:
		default:
			if d.Status != known.d.Status || !d.NextTry.Equal(known.d.NextTry) {
				known.due = dueOf(d, now, ceiling)
			}
			known.d = d
		}
		known.rank = rank
	}
	b.sort(len(all))
}

func (b *board) sort(n int) {
	ranked := make([]*item, n)
	for _, it := range b.items {
		if it.rank < n {
			ranked[it.rank] = it
		}
	}
	b.order = b.order[:0]
	for _, it := range ranked {
		if it != nil {
			b.order = append(b.order, it)
		}
	}
}

func dueOf(d submission.Delivery, now time.Time, ceiling time.Duration) time.Time {
	if d.NextTry.IsZero() {
		return time.Time{}
	}
	wait := min(max(d.NextTry.Sub(now), 0), ceiling)
	return time.Now().Add(wait)
}

// take picks the lanes that may start now, and says how long until the next one may.
func (b *board) take(lanes int, epoch, token string) (picked []*item, next time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if gate := b.gate(now, token); gate > 0 {
		return nil, gate
	}
	next = longestWait
	passed := map[string]bool{}
	for _, it := range b.order {
		if !it.wants(epoch) || passed[it.d.Subject] {
			continue
		}
		passed[it.d.Subject] = true
		if wait := it.due.Sub(now); b.busy[it.d.Subject] || wait > 0 {
			if !b.busy[it.d.Subject] {
				next = min(next, wait)
			}
			continue
		}
		slots := b.slots(it)
		if *slots >= lanes {
			continue
		}
		*slots++
		b.busy[it.d.Subject] = true
		picked = append(picked, it)
	}
	return picked, next
}

// gate is how long nothing at all may start.
func (b *board) gate(now time.Time, token string) time.Duration {
	wait := b.calmed.Sub(now)
	if token == b.refused && b.barred.After(now) {
		wait = max(wait, b.barred.Sub(now))
	}
	return wait
}

// wants reports whether there is something to do for it: to deliver, to look at it because the member asks, or to see
// whether a mutual that came back from a backup still has it.
func (it *item) wants(epoch string) bool {
	switch it.d.Status {
	case submission.Queued, submission.Sending, submission.Unconfirmed:
		return true
	case submission.Delivered:
		return epoch != "" && it.d.Epoch != epoch
	}
	return it.asked
}

// heavyLoad reports whether files may have to be uploaded for it.
func (it *item) heavyLoad() bool {
	switch it.d.Status {
	case submission.Queued, submission.Sending:
		return it.d.BlobsDone < len(it.d.Blobs)
	case submission.Delivered:
		return len(it.d.Blobs) > 0
	}
	return false
}

func (b *board) slots(it *item) *int {
	if it.heavyLoad() {
		return &b.heavy
	}
	return &b.light
}

// free gives a lane's slot back; heavy is what the lane was when it was picked.
func (b *board) free(it *item, heavy bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if heavy {
		b.heavy--
	} else {
		b.light--
	}
	delete(b.busy, it.d.Subject)
	b.turn++
	it.touched, it.asked, it.progress = b.turn, false, false
	b.tally()
}

// tally ends a burst when nothing waits any more.
func (b *board) tally() {
	for _, it := range b.items {
		if s := it.d.Status; s == submission.Queued || s == submission.Sending || s == submission.Unconfirmed {
			return
		}
	}
	b.burst = 0
}

// hurry makes what waits due now: one submission, or with "" all of them and a refused token too.
func (b *board) hurry(opID string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stale = true
	if opID == "" {
		b.barred = time.Time{}
	}
	for _, it := range b.items {
		if opID == "" || it.d.OpID == opID {
			it.due = time.Time{}
		}
		if it.d.OpID == opID {
			it.asked = true
		}
	}
}

// lineBack makes due what waits only because the line was down.
func (b *board) lineBack() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, it := range b.items {
		if lineFaults[it.d.Reason] {
			it.due = time.Time{}
		}
	}
}

// calm keeps everything back for as long as the mutual asked.
func (b *board) calm(until time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if until.After(b.calmed) {
		b.calmed = until
	}
}

// bar keeps everything back until the token is another one, or until then.
func (b *board) bar(token string, until time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refused, b.barred = token, until
}

// doubt has every delivered submission looked at again: the mutual's memory is shorter than ours.
func (b *board) doubt() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, it := range b.items {
		if it.d.Status == submission.Delivered && !b.busy[it.d.Subject] {
			it.d.Epoch = ""
		}
	}
}

// foreign reports whether a change of that submission was made by somebody else, and if so has the outbox read again.
func (b *board) foreign(opID string) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.moving[opID] > 0 {
		return false
	}
	b.stale = true
	return true
}

// change runs move for it as the engine's own change and keeps what it answers.
func (b *board) change(it *item, move func() (submission.Delivery, error)) error {
	opID := it.d.OpID
	b.mu.Lock()
	b.moving[opID]++
	b.mu.Unlock()
	d, err := move()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.moving[opID]--; b.moving[opID] == 0 {
		delete(b.moving, opID)
	}
	if err != nil {
		b.stale = true
		return err
	}
	if d.Status == submission.Delivered && it.d.Status != submission.Delivered {
		b.burst++
	}
	it.d = d
	return nil
}

func (b *board) postpone(it *item, wait time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	it.due = time.Now().Add(wait)
}

// count fills in how many wait, and where. A refused revision that the member corrected since waits for nobody.
func (b *board) count(l *submission.Link) {
	b.mu.Lock()
	defer b.mu.Unlock()
	newest := map[string]int{}
	for _, it := range b.items {
		newest[it.d.Subject] = max(newest[it.d.Subject], it.d.Revision)
	}
	for _, it := range b.items {
		switch it.d.Status {
		case submission.Queued:
			l.Waiting++
		case submission.Sending:
			l.Sending++
		case submission.Unconfirmed:
			l.Unconfirmed++
		case submission.Held:
			if it.d.Revision == newest[it.d.Subject] {
				l.Held++
			}
		}
	}
	if open := l.Waiting + l.Sending + l.Unconfirmed; open > 0 {
		l.SendingOf = b.burst + open
	}
}

var lineFaults = map[fault.Code]bool{CodeOffline: true, CodeTimeout: true, CodeCut: true, CodeRefused: true, CodeCertificate: true,
	CodeTLS: true, CodePortal: true, CodeOther: true}
