//go:build cgo

package worker

import (
	"errors"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"slices"

	"github.com/sodale/sodale/app/document/wire"
)

// Main is the hidden verb: call it first in main, with nothing else running. It reads os.Args from the third on and
// returns the exit code of the process.
func Main() int {
	runtime.LockOSThread()
	debug.SetMemoryLimit(256 << 20)
	in, out := descriptor(0), descriptor(1)
	area, err := openArea(slices.Contains(os.Args[2:], wire.Shared))
	if err != nil {
		return exitBroken
	}
	probing, fileLimit := slices.Contains(os.Args[2:], Probe), uint64(0)
	if probing {
		fileLimit = 4096 // for its own report
	}
	if err := lockIn(fileLimit); err != nil {
		_ = wire.WriteAnswer(out, wire.Hello(wire.Unguarded))
		return exitRefused
	}
	if probing {
		return probe(os.Stdout)
	}
	if !engineStart() {
		return exitBroken
	}
	if err := wire.WriteAnswer(out, wire.Hello(wire.OK)); err != nil {
		return exitBroken
	}
	return serve(in, out, area)
}

// area is the memory of the document and of the pixels.
type area struct {
	bytes  []byte
	shared bool
}

func openArea(shared bool) (area, error) {
	if shared {
		b, err := mapShared()
		return area{b, true}, err
	}
	b := allocate(wire.Area)
	if b == nil {
		return area{}, errors.New("worker: no memory")
	}
	return area{b, false}, nil
}

// serve answers until the parent closes its end. A parent that dies in the middle of a drawing ends the worker at once:
// the requests are read beside it.
func serve(in io.Reader, out io.Writer, a area) int {
	requests := make(chan wire.Request)
	go func() {
		for {
			q, err := readRequest(in, a)
			if errors.Is(err, io.EOF) {
				os.Exit(exitDone)
			}
			if err != nil {
				os.Exit(exitBroken)
			}
			requests <- q
		}
	}()
	var d desk
	for q := range requests {
		answer, payload := d.answer(q, a)
		if wire.WriteAnswer(out, answer) != nil {
			return exitDone
		}
		if _, err := out.Write(payload); err != nil {
			return exitDone
		}
	}
	return exitDone
}

// readRequest reads a request and, where memory is not shared, the document behind it.
func readRequest(in io.Reader, a area) (wire.Request, error) {
	q, err := wire.ReadRequest(in)
	if err != nil || !q.Fresh || a.shared {
		return q, err
	}
	_, err = io.ReadFull(in, a.bytes[:q.Size])
	return q, err
}

// desk is the state between requests: the document that is open and how opening it ended.
type desk struct {
	pages  int
	status wire.Status
}

// answer does what is asked. The payload is what must follow the answer on the pipe.
func (d *desk) answer(q wire.Request, a area) (wire.Answer, []byte) {
	if q.Fresh {
		d.pages, d.status = engineOpen(q.Kind, a.bytes[:q.Size:q.Size])
		if d.status == wire.OK && d.pages <= 0 {
			d.status = wire.Damaged
		}
		if d.status == wire.OK && d.pages > wire.MaxPages {
			d.status = wire.TooMany
		}
	}
	failed := func(s wire.Status) (wire.Answer, []byte) {
		return wire.Answer{Status: s, Pages: uint32(max(d.pages, 0))}, nil
	}
	if d.status != wire.OK {
		return failed(d.status)
	}
	ok := wire.Answer{Pages: uint32(d.pages)}
	if q.Op == wire.Look {
		return ok, nil
	}
	if int64(q.Page) >= int64(d.pages) {
		return failed(wire.NoPage)
	}
	b, s := engineBound(int(q.Page))
	if s != wire.OK {
		return failed(s)
	}
	if q.Op == wire.Text {
		payload, s := pageText(int(q.Page), b)
		if s != wire.OK {
			return failed(s)
		}
		ok.Size = uint32(len(payload))
		return ok, payload
	}
	pixels := a.bytes[wire.PixelsAt:]
	w, h, s := draw(q, b, pixels)
	if s != wire.OK {
		return failed(s)
	}
	ok.Width, ok.Height, ok.Size = uint32(w), uint32(h), uint32(4*w*h)
	if a.shared {
		return ok, nil
	}
	return ok, pixels[:ok.Size]
}
