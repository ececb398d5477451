package engine

import (
	"encoding/binary"
	"io"
	"sync"
	"time"
)

// longestWait bounds every wait, also one that the mutual asks for and one that a wrong clock left on the disk.
const longestWait = time.Hour

// Pace is how long the engine waits between tries, for ever: full jitter (a time drawn evenly from nothing to a bound), the
// bound doubling from Floor to Ceiling.
type Pace struct {
	Floor   time.Duration
	Ceiling time.Duration
}

// DefaultPace waits up to 2 seconds before the second try and never more than 15 minutes.
var DefaultPace = Pace{Floor: 2 * time.Second, Ceiling: 15 * time.Minute}

// bound is the longest wait after that many failed tries in a row.
func (p Pace) bound(attempts int) time.Duration {
	b := p.Floor
	for i := 1; i < attempts && b < p.Ceiling; i++ {
		b *= 2
	}
	return min(b, p.Ceiling)
}

// dice draws waits and may be shared by goroutines, which the reader it draws from need not allow.
type dice struct {
	mu     sync.Mutex
	random io.Reader
}

// Read draws raw bytes.
func (d *dice) Read(b []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return io.ReadFull(d.random, b)
}

// jitter draws a time from 0 up to bound. Without randomness it is the bound: slower, never faster.
func (d *dice) jitter(bound time.Duration) time.Duration {
	var b [8]byte
	if _, err := d.Read(b[:]); err != nil || bound <= 0 {
		return bound
	}
	return time.Duration(binary.BigEndian.Uint64(b[:]) % uint64(bound))
}
