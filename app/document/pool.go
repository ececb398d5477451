package document

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"hash/maphash"
	"image"
	"math"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/sodale/sodale/app/document/wire"
	"github.com/sodale/sodale/app/fault"
)

// Config says how workers are started. Exe is this program's own path (os.Executable) and Args the hidden verb whose
// handler is worker.Main; every zero value means the default.
type Config struct {
	Exe  string
	Args []string
	// Deadline is how long one call may keep a worker; 5 s by default. Converting a photo may take six times as long.
	Deadline time.Duration
	// Workers is how many may work at the same moment; 2 by default, so that one file that hangs holds up nothing else.
	Workers int
	// Renew is after how many documents a worker is replaced; 64 by default.
	Renew int
	// Piped sends documents and pixels through pipes even where memory could be shared.
	Piped bool
}

// Pool is a Previewer over worker processes. A worker that crashed or ran out of time is replaced by the next call; one
// that did well stays warm and keeps its document open, so that the next page costs only its drawing.
type Pool struct {
	config Config
	seed   maphash.Seed
	seats  chan struct{} // one for each worker that may work
	photos chan struct{} // the one of the worker for photos

	mu     sync.Mutex
	idle   []*child // the latest used last
	closed bool
}

var _ Previewer = (*Pool)(nil)

// errClosed is the cause of calls after Close.
var errClosed = errors.New("document: previewer closed")

// Start returns a Pool and warms its first worker in the background. A worker that can't be started shows as CodeNoWorker
// from the first call.
func Start(config Config) *Pool {
	if config.Deadline <= 0 {
		config.Deadline = 5 * time.Second
	}
	if config.Workers <= 0 {
		config.Workers = 2
	}
	if config.Renew <= 0 {
		config.Renew = 64
	}
	p := &Pool{config: config, seed: maphash.MakeSeed(), seats: make(chan struct{}, config.Workers), photos: make(chan struct{}, 1)}
	p.seats <- struct{}{}
	go func() {
		defer func() { <-p.seats }()
		if c, err := startChild(config); err == nil {
			p.put(c)
		}
	}()
	return p
}

// Look tells what the bytes are, and how many pages they have.
func (p *Pool) Look(ctx context.Context, data []byte) (Info, error) {
	kind, _, err := check(data)
	if err != nil {
		return Info{Kind: kind}, err
	}
	a, err := p.call(ctx, data, wire.Request{Op: wire.Look, Kind: wireKind(kind), MaxPixels: wire.MaxPixels}, nil)
	return Info{Kind: kind, Pages: int(a.Pages)}, err
}

// Page draws one page. A picture that would have more pixels than a worker may draw comes smaller, with the same shape;
// so does one whose DPI asks for more pixels than the image in the file has.
func (p *Pool) Page(ctx context.Context, data []byte, r Request) (*image.RGBA, error) {
	kind, images, err := check(data)
	if err != nil {
		return nil, err
	}
	if r.Page < 0 || r.Page > math.MaxInt32 {
		return nil, fault.New(CodeNoPage, "document.page", "")
	}
	q := wire.Request{
		Op: wire.Draw, Kind: wireKind(kind), Page: uint32(r.Page), Turn: uint8(((r.Turn % 4) + 4) % 4), DPI: r.DPI,
		MaxWidth: uint32(min(max(r.MaxWidth, 0), math.MaxInt32)), MaxHeight: uint32(min(max(r.MaxHeight, 0), math.MaxInt32)),
		MaxPixels: wire.MaxPixels,
	}
	if q.MaxWidth == 0 && q.MaxHeight == 0 {
		if !(r.DPI > 0) || math.IsInf(r.DPI, 0) {
			q.DPI = 72
		}
		if r.Page < len(images) {
			q.MaxPixels = uint32(min(images[r.Page].pixels(), wire.MaxPixels))
		}
	}
	var img *image.RGBA
	_, err = p.call(ctx, data, q, func(a wire.Answer, c *child) error {
		img = image.NewRGBA(image.Rect(0, 0, int(a.Width), int(a.Height)))
		return c.payload(img.Pix)
	})
	if err != nil {
		return nil, err
	}
	return img, nil
}

// Text reads the lines of one page, with what was filled into form fields.
func (p *Pool) Text(ctx context.Context, data []byte, page int) ([]Line, error) {
	kind, _, err := check(data)
	if err != nil {
		return nil, err
	}
	if page < 0 || page > math.MaxInt32 {
		return nil, fault.New(CodeNoPage, "document.text", "")
	}
	q := wire.Request{Op: wire.Text, Kind: wireKind(kind), Page: uint32(page), MaxPixels: wire.MaxPixels}
	var raw []byte
	_, err = p.call(ctx, data, q, func(a wire.Answer, c *child) error {
		raw = make([]byte, a.Size)
		return c.read(raw)
	})
	if err != nil {
		return nil, err
	}
	var lines []Line
	if err := json.NewDecoder(bytes.NewReader(raw)).Decode(&lines); err != nil {
		return nil, fault.Wrap(CodeDamaged, "document.text", "", err)
	}
	return lines, nil
}

// Close ends the workers that wait, and those under way when their call ends. Calls after it answer CodeNoWorker.
func (p *Pool) Close() error {
	p.mu.Lock()
	idle := p.idle
	p.idle, p.closed = nil, true
	p.mu.Unlock()
	for _, c := range idle {
		c.end()
	}
	return nil
}

// check refuses a file before any worker sees it. A PNG is shown, though it may not be attached.
func check(data []byte) (Kind, []dimensions, error) {
	kind, err := Check(data, MaxPreview)
	if kind == PNG {
		err = fits(data, MaxPreview)
	}
	if err != nil {
		return kind, nil, err
	}
	images, err := imagePages(kind, data)
	return kind, images, err
}

// call has a worker answer q about data, and lets take read what follows the answer. A worker that worked before and
// crashes may have been worn out by what it read earlier: the call is made once more with a fresh one.
func (p *Pool) call(ctx context.Context, data []byte, q wire.Request, take func(wire.Answer, *child) error) (wire.Answer, error) {
	if err := sit(ctx, p.seats); err != nil {
		return wire.Answer{}, err
	}
	defer func() { <-p.seats }()
	ctx, cancel := context.WithTimeout(ctx, p.config.Deadline)
	defer cancel()
	key := p.fingerprint(data)
	for {
		c, err := p.take(ctx, key)
		if err != nil {
			return wire.Answer{}, err
		}
		worn := c.calls > 0
		a, err := c.call(ctx, data, key, q, take)
		if err == nil {
			p.put(c)
			return a, statusError(a)
		}
		c.end()
		if ctx.Err() != nil || !worn {
			return wire.Answer{}, broken(ctx, err)
		}
	}
}

// sit waits for a free seat.
func sit(ctx context.Context, seats chan<- struct{}) error {
	select {
	case seats <- struct{}{}:
		return nil
	case <-ctx.Done():
		return fault.Wrap(CodeTimeout, "document.wait", "", ctx.Err())
	}
}

// broken is the error of a call that ended with no answer: of its time, or of its worker.
func broken(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fault.Wrap(CodeTimeout, "document.worker", "", ctx.Err())
	}
	return fault.Wrap(CodeCrashed, "document.worker", "", err)
}

// take returns a warm worker, that which has the document open if there is one, or a new worker.
func (p *Pool) take(ctx context.Context, key uint64) (*child, error) {
	p.mu.Lock()
	closed, c := p.closed, (*child)(nil)
	if n := len(p.idle); n > 0 {
		i := slices.IndexFunc(p.idle, func(c *child) bool { return c.document == key })
		if i < 0 {
			i = n - 1
		}
		c = p.idle[i]
		p.idle = slices.Delete(p.idle, i, i+1)
	}
	p.mu.Unlock()
	if closed {
		return nil, fault.Wrap(CodeNoWorker, "document.worker", "", errClosed)
	}
	if c == nil {
		return begin(ctx, p.config)
	}
	return c, ready(ctx, c)
}

// begin starts a worker, with more arguments than those of its Config, and waits until it is ready.
func begin(ctx context.Context, config Config, more ...string) (*child, error) {
	config.Args = slices.Concat(config.Args, more)
	c, err := startChild(config)
	if err != nil {
		return nil, fault.Wrap(CodeNoWorker, "document.worker", "", err)
	}
	return c, ready(ctx, c)
}

// ready waits for a worker's greeting, and ends one that doesn't greet.
func ready(ctx context.Context, c *child) error {
	err := c.greet(ctx)
	if err == nil {
		return nil
	}
	c.end()
	if ctx.Err() != nil {
		return fault.Wrap(CodeTimeout, "document.worker", "", ctx.Err())
	}
	return fault.Wrap(CodeNoWorker, "document.worker", "", err)
}

// over tells whether the pool was closed.
func (p *Pool) over() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.closed
}

// put keeps a worker for the next call, unless it has done its share.
func (p *Pool) put(c *child) {
	p.mu.Lock()
	keep := !p.closed && c.documents < p.config.Renew && c.busy < maxBusy
	if keep {
		p.idle = append(p.idle, c)
	}
	p.mu.Unlock()
	if !keep {
		c.end()
	}
}

// fingerprint tells documents apart within this process. It is never 0.
func (p *Pool) fingerprint(data []byte) uint64 { return maphash.Bytes(p.seed, data) | 1 }

func wireKind(k Kind) wire.Kind {
	return map[Kind]wire.Kind{PDF: wire.PDF, JPEG: wire.JPEG, TIFF: wire.TIFF, PNG: wire.PNG}[k]
}

// statusError is the refusal that an answer carries, or nil.
func statusError(a wire.Answer) error {
	const op = "document.worker"
	switch a.Status {
	case wire.OK:
		return nil
	case wire.Encrypted:
		return fault.New(CodeEncrypted, op, "")
	case wire.TooMany:
		return tooManyPages(int(a.Pages))
	case wire.TooBig:
		return fault.New(CodePixels, op, "")
	case wire.NoPage:
		return fault.New(CodeNoPage, op, "")
	case wire.Unguarded:
		return fault.New(CodeNoWorker, op, "")
	}
	return fault.New(CodeDamaged, op, "")
}

func tooManyPages(n int) error {
	return fault.New(CodePages, "document.pages", "").With("Pages", strconv.Itoa(n)).With("Max", strconv.Itoa(wire.MaxPages))
}
