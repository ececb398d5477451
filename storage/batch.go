package storage

import (
	"runtime"

	"github.com/sodale/sodale/storage/record"
)

// batchSize is how many sealed values are opened at a go.
const batchSize = 128

// batch is a copy of some values in the order of the file, and what they opened to.
type batch struct {
	sealed []byte // of all, one behind the other; given back once they are open
	values []openedValue
}

// openedValue is one value of a database: what it opened to, or why it did not.
type openedValue struct {
	bucket  *bucket
	key     []byte
	end     int // of its bytes in the batch
	record  record.Record
	element record.Sum
	roster  record.Roster // of a record of the roster bucket; nil when it is none
	err     error
}

// begin allows as many batches under way as there are processors, and one that is being filled.
func (l *loader) begin() {
	n := runtime.GOMAXPROCS(0) + 1
	l.free = make(chan []byte, n)
	for range n {
		l.free <- nil
	}
}

// add copies one value, and has the batch opened when it is full.
func (l *loader) add(b *bucket, key, value []byte) {
	var last *batch
	if n := len(l.batches); n > 0 && len(l.batches[n-1].values) < batchSize {
		last = l.batches[n-1]
	} else {
		last = &batch{sealed: (<-l.free)[:0], values: make([]openedValue, 0, batchSize)}
		l.batches = append(l.batches, last)
	}
	last.sealed = append(last.sealed, value...)
	last.values = append(last.values, openedValue{bucket: b, key: append([]byte(nil), key...), end: len(last.sealed)})
	if len(last.values) == batchSize {
		l.opening.Go(func() { l.open(last) })
	}
}

// open opens the values of a batch and gives its room back.
func (l *loader) open(b *batch) {
	start := 0
	for i := range b.values {
		v := &b.values[i]
		raw := b.sealed[start:v.end]
		start = v.end
		if v.record, v.err = l.keys.Open(l.place(v.bucket, v.key), raw); v.err != nil {
			continue
		}
		v.element = l.keys.Element(v.bucket.id, v.key, raw)
		if v.bucket == l.roster {
			v.roster, _ = record.DecodeRoster(v.record.Data)
		}
	}
	l.free <- b.sealed
	b.sealed = nil
}

// finish opens the last batch, waits for the others and takes all in order.
func (l *loader) finish() {
	if n := len(l.batches); n > 0 && len(l.batches[n-1].values) < batchSize {
		l.open(l.batches[n-1])
	}
	l.opening.Wait()
	l.entries = make([]entry, 0, len(l.batches)*batchSize)
	for _, b := range l.batches {
		for i := range b.values {
			l.take(&b.values[i])
		}
	}
}
