// Package wire is the language between the previewer and its worker process: fixed little-endian frames over the
// worker's stdin and stdout. One request is answered by one answer. Documents and pixels follow their frame, or lie in
// the memory that both sides map (see Area).
package wire

import (
	"encoding/binary"
	"errors"
	"io"
	"math"
)

// Limits of what crosses.
const (
	MaxDocument = 25 << 20 // bytes of a document
	MaxPixels   = 24 << 20 // pixels of one picture: A4 at 500 dpi, A3 at 350
	MaxText     = 4 << 20  // bytes of the JSON of one page's text
	MaxPages    = 500      // pages of a document that is shown
	// MaxImage is the most pixels that an image may have by its header. A phone's 108-megapixel photo is shown; what
	// claims to have 50,000 by 50,000 is not opened.
	MaxImage = 120_000_000
)

// The memory that both sides map: the document first, then the pixels of the answer.
const (
	PixelsAt = 32 << 20
	Area     = PixelsAt + 4*MaxPixels
)

// Shared is the argument behind the hidden verb that tells a worker of shared memory; SharedFD is its file descriptor.
const (
	Shared   = "shared"
	SharedFD = 3
)

// Photos is the argument behind the hidden verb that makes a worker one that draws HEIC photos, and nothing else.
const Photos = "photos"

// Op is what is asked of the worker.
type Op uint8

// The operations.
const (
	Look Op = 1 // count the pages
	Draw Op = 2 // one page as pixels
	Text Op = 3 // the lines of one page as JSON
)

// Kind is the kind of the document, as the parent read it from the first bytes.
type Kind uint8

// The kinds that a worker opens.
const (
	PDF  Kind = 1
	JPEG Kind = 2
	TIFF Kind = 3
	PNG  Kind = 4
	HEIC Kind = 5
)

// Status is how a request ended.
type Status uint8

// The statuses.
const (
	OK        Status = 0
	Encrypted Status = 1
	Damaged   Status = 2
	TooMany   Status = 3 // pages; Answer.Pages says how many
	TooBig    Status = 4 // more pixels or memory than the worker has
	NoPage    Status = 5
	Unguarded Status = 6 // the worker could not lock itself in, and refuses to work
)

// Request asks the worker for one thing.
type Request struct {
	Op    Op
	Kind  Kind
	Fresh bool   // a document comes with this request; false means the one of the request before
	Turn  uint8  // quarter turns clockwise
	Size  uint32 // bytes of the document that comes
	Page  uint32 // from 0
	// MaxWidth and MaxHeight bound the picture; both 0 means the size follows from DPI.
	MaxWidth, MaxHeight uint32
	MaxPixels           uint32
	DPI                 float64
}

// Answer is what the worker says. Size bytes follow it, unless they are pixels in shared memory.
type Answer struct {
	Status        Status
	Pages         uint32
	Width, Height uint32 // of a drawn page
	Size          uint32 // bytes: 4*Width*Height of a drawn page, the length of the JSON of a text
}

// ErrFrame is the error of bytes that are not a frame, or whose values can't be.
var ErrFrame = errors.New("wire: not a frame")

var (
	requestMagic = [4]byte{'S', 'D', 'Q', '1'}
	answerMagic  = [4]byte{'S', 'D', 'A', '1'}
)

// WriteRequest writes the frame of a request.
func WriteRequest(w io.Writer, r Request) error { return write(w, requestMagic, r) }

// WriteAnswer writes the frame of an answer.
func WriteAnswer(w io.Writer, a Answer) error { return write(w, answerMagic, a) }

// ReadRequest reads the frame of a request; io.EOF means that the parent is gone or has no more.
func ReadRequest(r io.Reader) (Request, error) {
	var q Request
	if err := read(r, requestMagic, &q); err != nil {
		return Request{}, err
	}
	if q.Op < Look || q.Op > Text || q.Kind < PDF || q.Kind > HEIC || q.Turn > 3 || q.Size > MaxDocument ||
		q.MaxPixels == 0 || q.MaxPixels > MaxPixels || math.IsNaN(q.DPI) || math.IsInf(q.DPI, 0) {
		return Request{}, ErrFrame
	}
	return q, nil
}

// ReadAnswer reads the frame of an answer to q and refuses one that q can't have: the worker is not to be trusted. When
// it returns no error, Size, Width and Height are within the limits of this package and of q.
func ReadAnswer(r io.Reader, q Request) (Answer, error) {
	var a Answer
	if err := read(r, answerMagic, &a); err != nil {
		return Answer{}, err
	}
	if !a.fits(q) {
		return Answer{}, ErrFrame
	}
	return a, nil
}

// fits tells whether the values of the answer can be one to q.
func (a Answer) fits(q Request) bool {
	if a.Status > Unguarded {
		return false
	}
	if a.Status != OK {
		return a.Size == 0 && a.Width == 0 && a.Height == 0
	}
	if a.Pages == 0 || a.Pages > MaxPages {
		return false
	}
	switch q.Op {
	case Draw:
		area := uint64(a.Width) * uint64(a.Height)
		return area > 0 && area <= uint64(q.MaxPixels) && uint64(a.Size) == 4*area && q.Page < a.Pages &&
			(q.MaxWidth == 0 || a.Width <= q.MaxWidth) && (q.MaxHeight == 0 || a.Height <= q.MaxHeight)
	case Text:
		return a.Width == 0 && a.Height == 0 && a.Size <= MaxText && q.Page < a.Pages
	}
	return a.Width == 0 && a.Height == 0 && a.Size == 0
}

// Hello is what a worker sends first: an answer of no request, that only says whether it will work.
func Hello(s Status) Answer { return Answer{Status: s, Pages: 1} }

// ReadHello reads the first frame of a worker.
func ReadHello(r io.Reader) (Status, error) {
	a, err := ReadAnswer(r, Request{Op: Look})
	return a.Status, err
}

func write(w io.Writer, magic [4]byte, v any) error {
	b, err := binary.Append(magic[:], binary.LittleEndian, v)
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

func read(r io.Reader, magic [4]byte, v any) error {
	b := make([]byte, 4+binary.Size(v))
	if _, err := io.ReadFull(r, b); err != nil {
		return err
	}
	if [4]byte(b) != magic {
		return ErrFrame
	}
	_, err := binary.Decode(b[4:], binary.LittleEndian, v)
	return err
}
