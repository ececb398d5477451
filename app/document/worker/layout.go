package worker

import (
	"math"

	"github.com/sodale/sodale/app/document/wire"
)

// bounds is a page's rectangle in points.
type bounds struct{ x0, y0, x1, y1 float64 }

// matrix maps x to ax+cy+e and y to bx+dy+f.
type matrix struct{ a, b, c, d, e, f float64 }

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
