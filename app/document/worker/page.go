//go:build cgo

package worker

import (
	"encoding/json"
	"math"
	"strings"

	"github.com/sodale/sodale/app/document/wire"
)

// drawPage draws a page into pixels and says its size.
func drawPage(q wire.Request, b bounds, pixels []byte) (w, h int, s wire.Status) {
	pw, ph := b.x1-b.x0, b.y1-b.y0
	if !(pw > 0 && ph > 0) || math.IsInf(pw*ph, 0) || (q.MaxWidth == 0 && q.MaxHeight == 0 && q.DPI <= 0) {
		return 0, 0, wire.Damaged
	}
	f := layOut(q, pw, ph)
	inset, s := engineDraw(int(q.Page), f.placed(b, q.Turn, 0), f.w, f.h, false, pixels)
	if s == wire.OK && inset > 0 {
		_, s = engineDraw(int(q.Page), f.placed(b, q.Turn, inset), f.w, f.h, true, pixels)
		spread(pixels, f.w, f.h, inset)
	}
	return f.w, f.h, s
}

// spread fills the few pixels around an inset picture with those beside them.
func spread(pixels []byte, w, h, inset int) {
	before, after := inset/2, inset-inset/2
	row := func(y int) []byte { return pixels[4*w*y:][:4*w] }
	if w <= 2*inset || h <= 2*inset {
		return
	}
	for y := before; y < h-after; y++ {
		r := row(y)
		for x := range before {
			copy(r[4*x:4*x+4], r[4*before:])
		}
		for x := w - after; x < w; x++ {
			copy(r[4*x:4*x+4], r[4*(w-after-1):])
		}
	}
	for y := range before {
		copy(row(y), row(before))
	}
	for y := h - after; y < h; y++ {
		copy(row(y), row(h-after-1))
	}
}

// stext is the part of MuPDF's JSON of a page that is read.
type stext struct {
	Blocks []struct {
		Type  string
		Lines []struct {
			BBox struct{ X, Y, W, H float64 }
			Text string
		}
	}
}

// pageText writes the lines of a page as the JSON of []document.Line, from the page's top left. Lines that don't fit
// into wire.MaxText are left out.
func pageText(page int, b bounds) ([]byte, wire.Status) {
	raw, s := engineText(page)
	if s != wire.OK {
		return nil, s
	}
	var st stext
	if err := json.Unmarshal(raw, &st); err != nil {
		return nil, wire.Damaged
	}
	type line struct {
		Text       string
		X, Y, W, H float64
	}
	lines, size := []line{}, 2
	for _, block := range st.Blocks {
		for _, l := range block.Lines {
			text := strings.TrimSpace(strings.ToValidUTF8(l.Text, ""))
			size += 6*len(text) + 160
			if text == "" || size > wire.MaxText {
				continue
			}
			lines = append(lines, line{text, l.BBox.X - b.x0, l.BBox.Y - b.y0, l.BBox.W, l.BBox.H})
		}
	}
	out, err := json.Marshal(lines)
	if err != nil {
		return nil, wire.Damaged
	}
	return out, wire.OK
}
