package picture

import (
	"image"
	"math"
)

// When the light part of a photo is taken for a sheet of paper. In doubt it is not: a sheet not found costs a person
// nothing, one found wrongly cuts off what they wanted to send.
const (
	findSide    = 512  // pixels of the longer side that is looked at
	minContrast = 40   // levels between paper and table
	minAround   = 0.8  // share of the photo's edge that is table
	minSheet    = 0.15 // share of the photo that is paper
	minFilled   = 0.95 // share of the corners' area that is paper, and the other way round
	minParallel = 0.8  // the shorter of two opposite sides by the longer
	maxCorner   = 15   // degrees that a corner may differ from 90
	maxLean     = 30   // degrees that the upper side may lean; beyond, which side is the upper one is a guess
)

// Page finds the sheet of paper on a photo: light, on a darker ground that shows on all sides, with four straight corners.
// It answers no when unsure, and on a scan, where the paper is all there is.
func Page(g *image.Gray) (Corners, bool) {
	small := smooth(Scale(g, findSide), 1)
	w, h := small.Rect.Dx(), small.Rect.Dy()
	if w < 32 || h < 32 {
		return Corners{}, false
	}
	at, contrast := parting(levels(small, 0, 0))
	if contrast < minContrast {
		return Corners{}, false
	}
	light := func(x, y int) bool { return int(small.Pix[y*small.Stride+x]) > at }
	if around(w, h, light) > 1-minAround {
		return Corners{}, false
	}
	paper := largest(w, h, light)
	c := paper.corners()
	if !c.sheetOf(w, h, float64(paper.size())) {
		return Corners{}, false
	}
	for i, p := range c {
		c[i] = Point{(p.X + 0.5) / float64(w), (p.Y + 0.5) / float64(h)}
	}
	return c, true
}

// parting is the level that parts a picture best into dark and light, and by how many levels these differ on average
// (Otsu, A Threshold Selection Method from Gray-Level Histograms, 1979).
func parting(h histogram) (at int, contrast float64) {
	var all, weighted, best float64
	for level, n := range h {
		all += float64(n)
		weighted += float64(level * n)
	}
	var dark, darkWeighted float64
	for level, n := range h {
		dark += float64(n)
		darkWeighted += float64(level * n)
		if dark == 0 || dark == all {
			continue
		}
		apart := (weighted-darkWeighted)/(all-dark) - darkWeighted/dark
		if variance := dark * (all - dark) * apart * apart; variance > best {
			best, at, contrast = variance, level, apart
		}
	}
	return at, contrast
}

// around is the share of the picture's edge that is light.
func around(w, h int, light func(x, y int) bool) float64 {
	n := 0
	count := func(x, y int) {
		if light(x, y) {
			n++
		}
	}
	for x := range w {
		count(x, 0)
		count(x, h-1)
	}
	for y := range h {
		count(0, y)
		count(w-1, y)
	}
	return float64(n) / float64(2*(w+h))
}

// region is a set of pixels.
type region struct {
	w, h int
	has  []bool
}

// largest is the largest connected light region, with what it encloses: letters are part of the paper.
func largest(w, h int, light func(x, y int) bool) region {
	seen := make([]bool, w*h)
	var best []int
	for i := range seen {
		if !seen[i] && light(i%w, i/w) {
			if part := flood(w, h, i, seen, light); len(part) > len(best) {
				best = part
			}
		}
	}
	in := make([]bool, w*h)
	for _, i := range best {
		in[i] = true
	}
	outside := make([]bool, w*h)
	beyond := func(x, y int) bool { return !in[y*w+x] }
	for i := range outside {
		x, y := i%w, i/w
		if (x == 0 || y == 0 || x == w-1 || y == h-1) && beyond(x, y) && !outside[i] {
			flood(w, h, i, outside, beyond)
		}
	}
	for i := range outside {
		outside[i] = !outside[i]
	}
	return region{w, h, outside}
}

// flood marks as seen, and returns, the pixels for which is holds and that hang together with the first.
func flood(w, h, first int, seen []bool, is func(x, y int) bool) []int {
	part := []int{first}
	seen[first] = true
	for k := 0; k < len(part); k++ {
		x, y := part[k]%w, part[k]/w
		for _, p := range [4]image.Point{{x - 1, y}, {x + 1, y}, {x, y - 1}, {x, y + 1}} {
			if p.X < 0 || p.Y < 0 || p.X >= w || p.Y >= h {
				continue
			}
			if i := p.Y*w + p.X; !seen[i] && is(p.X, p.Y) {
				seen[i] = true
				part = append(part, i)
			}
		}
	}
	return part
}

func (r region) size() (n int) {
	for _, in := range r.has {
		if in {
			n++
		}
	}
	return n
}

// corners are the pixels of the region that lie farthest along the four diagonals.
func (r region) corners() (c Corners) {
	far := [4]int{math.MinInt, math.MinInt, math.MinInt, math.MinInt}
	for i, in := range r.has {
		if !in {
			continue
		}
		x, y := i%r.w, i/r.w
		for k, d := range [4]int{-x - y, x - y, x + y, y - x} {
			if d > far[k] {
				far[k], c[k] = d, Point{float64(x), float64(y)}
			}
		}
	}
	return c
}

// sheetOf reports whether corners, in pixels, are those of a sheet of so many pixels on a photo of w by h.
func (c Corners) sheetOf(w, h int, paper float64) bool {
	if !c.convex() || paper < minSheet*float64(w*h) || paper < minFilled*c.area() || c.area() < minFilled*paper {
		return false
	}
	if lean := math.Atan2(c[1].Y-c[0].Y, c[1].X-c[0].X); math.Abs(lean) > maxLean*math.Pi/180 {
		return false
	}
	for i := range c {
		side, opposite := c[i].distance(c[(i+1)%4]), c[(i+2)%4].distance(c[(i+3)%4])
		before := c[i].distance(c[(i+3)%4])
		if min(side, opposite) < minParallel*max(side, opposite) {
			return false
		}
		if sine := c.corner(i) / (side * before); sine < math.Cos(maxCorner*math.Pi/180) {
			return false
		}
	}
	return true
}
