package claimtest

import (
	"bytes"
	"io"
	"sync"
	"time"
)

// Sealer "seals" by flipping every bit: enough to tell sealed bytes from plain ones.
type Sealer struct{}

type flipping struct{ dst io.Writer }

func (f flipping) Write(p []byte) (int, error) {
	q := make([]byte, len(p))
	for i := range p {
		q[i] = ^p[i]
	}
	return f.dst.Write(q)
}

func (flipping) Close() error { return nil }

// Seal implements claim.Sealer.
func (Sealer) Seal(dst io.Writer) (io.WriteCloser, error) { return flipping{dst}, nil }

// Open implements claim.Sealer.
func (Sealer) Open(src io.Reader) (io.Reader, error) {
	var b bytes.Buffer
	_, err := io.Copy(flipping{&b}, src)
	return &b, err
}

// Clock is a clock that moves only when it is told to.
type Clock struct {
	mu sync.Mutex
	at time.Time
}

// NewClock returns a clock that stands at an instant.
func NewClock(at time.Time) *Clock { return &Clock{at: at} }

// Now implements clock.Clock.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

// Set puts the clock to an instant.
func (c *Clock) Set(at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = at
}

// Sealed returns data as Sealer seals it.
func Sealed(data []byte) []byte {
	var b bytes.Buffer
	_, _ = flipping{&b}.Write(data)
	return b.Bytes()
}
