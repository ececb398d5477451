//go:build cgo

package worker

/*
#include "engine.h"
#include <stdlib.h>
*/
import "C"

import (
	"unsafe"

	"github.com/sodale/sodale/app/document/wire"

	// Links MuPDF. Its own calls are not used: most of them run outside MuPDF's error frames, where a malformed file
	// ends the process, and they draw neither form fields nor annotations.
	_ "github.com/gen2brain/go-fitz"
)

// Linked tells whether this binary has MuPDF, that is, was built with cgo. Without it only photos are read.
const Linked = true

// What MuPDF may hold at once and what of it may be cache, in bytes.
const (
	heldLimit  = 768 << 20
	storeLimit = 64 << 20
)

var magics = map[wire.Kind]*C.char{
	wire.PDF: C.CString("application/pdf"), wire.JPEG: C.CString("image/jpeg"), wire.TIFF: C.CString("image/tiff"),
	wire.PNG: C.CString("image/png"),
}

func engineStart() bool { return C.engine_start(heldLimit, storeLimit) == C.ENGINE_OK }

// engineOpen opens a document in place of the one before. The bytes must lie outside Go's heap and stay as they are.
func engineOpen(kind wire.Kind, data []byte) (pages int, s wire.Status) {
	var n C.int
	s = status(C.engine_open(magics[kind], (*C.uchar)(unsafe.Pointer(unsafe.SliceData(data))), C.size_t(len(data)), &n))
	return int(n), s
}

func engineBound(page int) (bounds, wire.Status) {
	var r C.fz_rect
	s := status(C.engine_bound(C.int(page), &r))
	return bounds{float64(r.x0), float64(r.y0), float64(r.x1), float64(r.y1)}, s
}

// engineDraw draws a page into pixels (RGBA, outside Go's heap). With patient false it may answer with an inset: the
// picture would be done in half the time were it that many pixels smaller.
func engineDraw(page int, m matrix, w, h int, patient bool, pixels []byte) (inset int, s wire.Status) {
	cm := C.fz_matrix{C.float(m.a), C.float(m.b), C.float(m.c), C.float(m.d), C.float(m.e), C.float(m.f)}
	var p, k C.int
	if patient {
		p = 1
	}
	code := C.engine_draw(C.int(page), cm, C.int(w), C.int(h), p, (*C.uchar)(unsafe.Pointer(unsafe.SliceData(pixels))), &k)
	if code == C.ENGINE_NEAR {
		return int(k), wire.OK
	}
	return 0, status(code)
}

// engineText returns MuPDF's JSON of a page; it is valid until the next call of the engine.
func engineText(page int) ([]byte, wire.Status) {
	var json C.engine_bytes
	s := status(C.engine_text(C.int(page), &json)) //nolint:gocritic // an alarm at what cgo makes of it
	return unsafe.Slice((*byte)(unsafe.Pointer(json.data)), int(json.size)), s
}

// allocate returns n zeroed bytes outside Go's heap, for the life of the process; nil when there is no memory.
func allocate(n int) []byte {
	p := C.calloc(1, C.size_t(n))
	if p == nil {
		return nil
	}
	return unsafe.Slice((*byte)(p), n)[:n:n]
}

func status(code C.int) wire.Status {
	switch code {
	case C.ENGINE_OK:
		return wire.OK
	case C.ENGINE_ENCRYPTED:
		return wire.Encrypted
	case C.ENGINE_MEMORY:
		return wire.TooBig
	}
	return wire.Damaged
}
