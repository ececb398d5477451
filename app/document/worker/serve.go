package worker

import (
	"errors"
	"io"
	"os"

	"github.com/sodale/sodale/app/document/wire"
)

// desk answers requests about the one document that it has open. The payload is what must follow the answer on the pipe.
type desk interface {
	answer(q wire.Request, a area) (answer wire.Answer, payload []byte)
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
func serve(in io.Reader, out io.Writer, d desk, a area) int {
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
