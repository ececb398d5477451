// Package ocr reads the words on a page of pixels: a scan, a photo, a PDF without text. It runs Tesseract as a WebAssembly
// machine inside this process: no C, nothing to install, and a machine that has no files, no network, no clock and no
// memory but its own. Each page gets a fresh machine, so that nothing of one person's paper is there when the next is
// read, and whatever goes wrong ends with the page.
package ocr

import (
	"context"
	"errors"
	"image"
	"math"
	"sync"
	"time"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
)

// Codes of everything that can go wrong. None of them harms the file: what is not read is typed.
const (
	CodePage        fault.Code = "ocr.page"        // no page to read: empty, more than MaxPixels, or a resolution outside MinDPI to MaxDPI
	CodeStopped     fault.Code = "ocr.stopped"     // the context ended
	CodeFailed      fault.Code = "ocr.failed"      // the machine gave up on this page, or took longer than Deadline
	CodeUnavailable fault.Code = "ocr.unavailable" // the machine can't be started, or the engine is closed
)

// What a page may be.
const (
	MaxPixels = 24 << 20 // pixels: A4 at 500 dpi
	MinDPI    = 50       // below it letters are a few pixels tall
	MaxDPI    = 1200
)

// Config says what the engine runs. The bytes are asked for once, when the first page is read.
type Config struct {
	Core    func() ([]byte, error) // tesseract-core-simd-lstm.wasm of tesseract.js-core 7.0.0
	Italian func() ([]byte, error) // ita.traineddata
	// Cache is a folder for the compiled machine, 14 MB, made when it is missing; "" compiles at every start, which takes
	// seconds. It holds nothing about anybody, but what lies there is run: it belongs among the member's own files.
	Cache string
	// Deadline is how long a page may take, a minute by default. A page of text takes seconds, one of specks for ever.
	Deadline time.Duration
}

// Text is what was read on a page.
type Text struct {
	// Lines are pieces of text in reading order, in points from the top left. The cells of a table row are lines of their
	// own, as those that the worker finds in a PDF.
	Lines []document.Line
	// Sure has for each line the mean over its words of how sure the machine is, 0 to 100.
	Sure []float64
	// Confidence is the mean over all words of the page, 0 to 100; 0 when there are none. An upright page has 90 and more,
	// one that lies on its side or on its head 50 and less.
	Confidence float64
}

// Engine reads pages, one at a time. It is safe for concurrent use; nothing is started before the first page or Warm.
type Engine struct {
	config Config
	seat   chan struct{} // held by the one call that reads
	life   context.Context
	end    context.CancelFunc

	mu    sync.Mutex
	start *start
}

// start is one attempt at compiling the machine. core and err may be read once done is closed.
type start struct {
	done chan struct{}
	core *core
	err  error
}

var (
	errClosed = errors.New("ocr: engine closed")      // why Close ends or refuses
	errLong   = errors.New("ocr: longer than may be") // why Deadline ends
)

// New returns an engine.
func New(config Config) *Engine {
	if config.Deadline <= 0 {
		config.Deadline = time.Minute
	}
	life, end := context.WithCancel(context.Background())
	return &Engine{config: config, seat: make(chan struct{}, 1), life: life, end: end}
}

// Read reads a page as it is: upright, flat and straight reads best. dpi is its resolution, which sizes in points follow
// from. It returns within moments of the end of ctx (CodeStopped) or of Close (CodeUnavailable), and the next call works.
func (e *Engine) Read(ctx context.Context, page *image.Gray, dpi float64) (Text, error) {
	if !readable(page, dpi) {
		return Text{}, fault.New(CodePage, "ocr.read", "")
	}
	ctx, leave := e.within(ctx)
	defer leave()
	core, err := e.started(ctx)
	if err != nil {
		return Text{}, err
	}
	select {
	case e.seat <- struct{}{}:
		defer func() { <-e.seat }()
	case <-ctx.Done():
		return Text{}, ended(ctx)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, e.config.Deadline, errLong)
	defer cancel()
	table, err := core.read(ctx, page, dpi)
	if ctx.Err() != nil {
		return Text{}, ended(ctx)
	}
	if err != nil {
		return Text{}, fault.Wrap(CodeFailed, "ocr.read", "", err)
	}
	words, err := parseTSV(table, page.Rect.Size())
	if err != nil {
		return Text{}, fault.Wrap(CodeFailed, "ocr.read", "", err)
	}
	return layOut(words, dpi), nil
}

// Warm compiles the machine, so that the first page finds it ready.
func (e *Engine) Warm(ctx context.Context) error {
	ctx, leave := e.within(ctx)
	defer leave()
	_, err := e.started(ctx)
	return err
}

// Close ends the reading under way and gives back the machine's memory. Calls after it answer CodeUnavailable.
func (e *Engine) Close() error {
	e.end()
	e.mu.Lock()
	s := e.start
	e.mu.Unlock()
	if s == nil {
		return nil
	}
	select {
	case <-s.done:
	default: // it compiles: what it makes is given back when it is made
		go func() { _ = s.close() }()
		return nil
	}
	e.seat <- struct{}{}
	defer func() { <-e.seat }()
	return s.close()
}

// within returns a context that also ends with the engine.
func (e *Engine) within(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	stop := context.AfterFunc(e.life, func() { cancel(errClosed) })
	return ctx, func() { stop(); cancel(nil) }
}

// started waits for the machine, and begins to compile it if nobody has. An attempt that failed is made again by the
// next call.
func (e *Engine) started(ctx context.Context) (*core, error) {
	if ctx.Err() != nil || e.life.Err() != nil {
		return nil, ended(ctx)
	}
	e.mu.Lock()
	if e.start == nil {
		e.start = begin(e.config)
	}
	s := e.start
	e.mu.Unlock()
	select {
	case <-s.done:
	case <-ctx.Done():
		return nil, ended(ctx)
	}
	if s.err == nil {
		return s.core, nil
	}
	e.mu.Lock()
	if e.start == s {
		e.start = nil
	}
	e.mu.Unlock()
	return nil, fault.Wrap(CodeUnavailable, "ocr.start", "", s.err)
}

func begin(config Config) *start {
	s := &start{done: make(chan struct{})}
	go func() {
		defer close(s.done)
		s.core, s.err = newCore(config)
	}()
	return s
}

// close gives back what the attempt made, once it has.
func (s *start) close() error {
	<-s.done
	if s.core == nil {
		return nil
	}
	return s.core.close()
}

// ended says why a context is over.
func ended(ctx context.Context) error {
	switch cause := context.Cause(ctx); {
	case cause == nil, errors.Is(cause, errClosed):
		return fault.Wrap(CodeUnavailable, "ocr.read", "", errClosed)
	case errors.Is(cause, errLong):
		return fault.Wrap(CodeFailed, "ocr.read", "", errLong)
	default:
		return fault.Wrap(CodeStopped, "ocr.read", "", cause)
	}
}

func readable(page *image.Gray, dpi float64) bool {
	if page == nil || page.Rect.Empty() || math.IsNaN(dpi) || dpi < MinDPI || dpi > MaxDPI {
		return false
	}
	return int64(page.Rect.Dx())*int64(page.Rect.Dy()) <= MaxPixels
}
