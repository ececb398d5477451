//go:build cgo

package worker

import (
	"errors"

	"github.com/sodale/sodale/app/document/wire"
)

// pages is MuPDF's desk: how many pages the document that is open has, and how opening it ended.
type pages struct {
	count  int
	status wire.Status
}

// openMuPDF makes the desk for every kind but HEIC.
func openMuPDF() (desk, error) {
	if !engineStart() {
		return nil, errors.New("worker: MuPDF doesn't start")
	}
	return &pages{}, nil
}

func (d *pages) answer(q wire.Request, a area) (wire.Answer, []byte) {
	if q.Fresh {
		d.count, d.status = engineOpen(q.Kind, a.bytes[:q.Size:q.Size])
		if d.status == wire.OK && d.count <= 0 {
			d.status = wire.Damaged
		}
		if d.status == wire.OK && d.count > wire.MaxPages {
			d.status = wire.TooMany
		}
	}
	failed := func(s wire.Status) (wire.Answer, []byte) {
		return wire.Answer{Status: s, Pages: uint32(max(d.count, 0))}, nil
	}
	if d.status != wire.OK {
		return failed(d.status)
	}
	ok := wire.Answer{Pages: uint32(d.count)}
	if q.Op == wire.Look {
		return ok, nil
	}
	if int64(q.Page) >= int64(d.count) {
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
	w, h, s := drawPage(q, b, pixels)
	if s != wire.OK {
		return failed(s)
	}
	ok.Width, ok.Height, ok.Size = uint32(w), uint32(h), uint32(4*w*h)
	if a.shared {
		return ok, nil
	}
	return ok, pixels[:ok.Size]
}
