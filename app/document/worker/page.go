//go:build cgo

package worker

import (
	"encoding/json"
	"math"
	"strings"

	"github.com/sodale/sodale/app/document/wire"
)

// maxSide is the most pixels of one side, for pages as long as a ribbon.
const maxSide = 30_000

// frame is how a page is laid on a picture: its size in pixels and the pixels per point across and down, before turning.
type frame struct {
	w, h   int
	sx, sy float64
}

// layOut finds the size of the picture of a page of pw by ph points. With bounds the page is fitted inside them; else it
// has its size at the resolution asked for, rounded up as MuPDF's own tool does. Neither ever takes more than MaxPixels:
// a page that would be is drawn smaller.
func layOut(q wire.Request, pw, ph float64) frame {
	if q.Turn%2 == 1 {
		f := layOutUpright(q, ph, pw)
		f.sx, f.sy = f.sy, f.sx
		return f
	}
	return layOutUpright(q, pw, ph)
}

func layOutUpright(q wire.Request, pw, ph float64) frame {
	boxed := q.MaxWidth > 0 || q.MaxHeight > 0
	s := q.DPI / 72
	if boxed {
		s = math.Inf(1)
		if q.MaxWidth > 0 {
			s = float64(q.MaxWidth) / pw
		}
		if q.MaxHeight > 0 {
			s = min(s, float64(q.MaxHeight)/ph)
		}
	}
	side := func(points float64) float64 { return min(max(math.Ceil(points*s-0.001), 1), maxSide) }
	if boxed {
		side = func(points float64) float64 { return min(max(math.Round(points*s), 1), maxSide) }
	}
	w, h := side(pw), side(ph)
	if w*h > float64(q.MaxPixels) {
		s = math.Sqrt(float64(q.MaxPixels) / (pw * ph))
		w = min(max(math.Floor(pw*s), 1), maxSide)
		h = min(max(math.Floor(ph*s), 1), maxSide)
	}
	if boxed || w != math.Ceil(pw*s-0.001) || h != math.Ceil(ph*s-0.001) {
		return frame{int(w), int(h), w / pw, h / ph}
	}
	return frame{int(w), int(h), s, s}
}

// placed is the matrix that lays the page on the picture, turned clockwise, with inset pixels less across and down.
func (f frame) placed(b bounds, turn uint8, inset int) matrix {
	less := func(n int) (factor, shift float64) {
		return float64(n-inset) / float64(n), float64(inset / 2)
	}
	kx, dx := less(f.w)
	ky, dy := less(f.h)
	var m matrix
	switch turn {
	case 0:
		m = matrix{a: f.sx, d: f.sy, e: -b.x0 * f.sx, f: -b.y0 * f.sy}
	case 1:
		m = matrix{b: f.sx, c: -f.sy, e: b.y1 * f.sy, f: -b.x0 * f.sx}
	case 2:
		m = matrix{a: -f.sx, d: -f.sy, e: b.x1 * f.sx, f: b.y1 * f.sy}
	case 3:
		m = matrix{b: -f.sx, c: f.sy, e: -b.y0 * f.sy, f: b.x1 * f.sx}
	}
	return matrix{a: m.a * kx, c: m.c * kx, e: m.e*kx + dx, b: m.b * ky, d: m.d * ky, f: m.f*ky + dy}
}

// draw draws a page into pixels and says its size.
func draw(q wire.Request, b bounds, pixels []byte) (w, h int, s wire.Status) {
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
