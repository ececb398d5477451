package picture

import (
	"image"

	"github.com/sodale/sodale/app/document"
)

// Limits of the flaws, found on drawn pages: text covers 0.026 of a page and a receipt 0.01, sharp pages measure 0.56 to
// 0.78 and blurred ones 0.07 to 0.5 (of which from 0.3 on a machine still reads most), the paper of a good photo 140 to 255.
const (
	blankInk     = 0.001
	blurredEdges = 0.3
	darkPaper    = 80
)

// Flaws says what makes a page hard to read, as far as it can be measured: Blank, Blurred, Dark, in that order. On a photo
// only the sheet counts, where it is found. A blank page is never called blurred.
func Flaws(g *image.Gray) []document.Flaw {
	if corners, ok := Page(g); ok {
		g = Crop(g, corners.inside(g.Rect.Dx(), g.Rect.Dy()))
	}
	if g.Rect.Empty() {
		return []document.Flaw{document.Blank}
	}
	var found []document.Flaw
	if ink(g) < blankInk {
		found = append(found, document.Blank)
	} else if edges(g) < blurredEdges {
		found = append(found, document.Blurred)
	}
	if levels(g, g.Rect.Dx()/30, g.Rect.Dy()/30).share(0.5) < darkPaper {
		found = append(found, document.Dark)
	}
	return found
}

// ink is the share of the page that is written on, 0 to 1. Its edges don't count.
func ink(g *image.Gray) float64 {
	flat := Flatten(reduced(g, 800))
	h := levels(flat, flat.Rect.Dx()/30, flat.Rect.Dy()/30)
	dark, all := 0, 0
	for level, n := range h {
		if level < 170 {
			dark += n
		}
		all += n
	}
	return float64(dark) / float64(max(all, 1))
}

// edges is how steep the steepest edges are for the contrast of the page, 0 to about 1: the 99.5th percentile of the
// gradient over the range from ink to paper. A median takes the noise away first, which has edges of its own.
func edges(g *image.Gray) float64 {
	s := median(reduced(g, 1200))
	var steps histogram
	for y := max(1, s.Rect.Dy()/20); y < s.Rect.Dy()-max(1, s.Rect.Dy()/20); y++ {
		for x := max(1, s.Rect.Dx()/20); x < s.Rect.Dx()-max(1, s.Rect.Dx()/20); x++ {
			i := y*s.Stride + x
			steps[max(distance(s.Pix[i+1], s.Pix[i-1]), distance(s.Pix[i+s.Stride], s.Pix[i-s.Stride]))]++
		}
	}
	tones := levels(s, s.Rect.Dx()/20, s.Rect.Dy()/20)
	contrast := tones.share(0.95) - tones.share(0.003)
	if contrast < 20 {
		return 0
	}
	return float64(steps.share(0.995)) / float64(contrast)
}

func distance(a, b uint8) uint8 { return max(a, b) - min(a, b) }

// median is each pixel as the middle one of the nine around it; the outermost stay as they are.
func median(g *image.Gray) *image.Gray {
	out := Crop(g, image.Rect(0, 0, g.Rect.Dx(), g.Rect.Dy()))
	from := planeOf(g)
	for y := 1; y < from.h-1; y++ {
		above, row, below := from.row(y-1), from.row(y), from.row(y+1)
		for x := 1; x < from.w-1; x++ {
			out.Pix[y*out.Stride+x] = middle([9]uint8{above[x-1], above[x], above[x+1], row[x-1], row[x], row[x+1],
				below[x-1], below[x], below[x+1]})
		}
	}
	return out
}

// middle is the median of nine: of the lowest of three highs, the middle of three middles and the highest of three lows.
func middle(v [9]uint8) uint8 {
	sorted := func(a, b, c uint8) (uint8, uint8, uint8) {
		low, high := min(a, b), max(a, b)
		return min(low, c), max(low, min(high, c)), max(high, c)
	}
	l0, m0, h0 := sorted(v[0], v[1], v[2])
	l1, m1, h1 := sorted(v[3], v[4], v[5])
	l2, m2, h2 := sorted(v[6], v[7], v[8])
	_, m, _ := sorted(m0, m1, m2)
	_, of, _ := sorted(max(l0, l1, l2), m, min(h0, h1, h2))
	return of
}

// histogram counts pixels by level.
type histogram [256]int

// levels counts those of a picture, without a margin of pixels on each side.
func levels(g *image.Gray, marginX, marginY int) (h histogram) {
	from := planeOf(g)
	for y := marginY; y < from.h-marginY; y++ {
		for _, v := range from.row(y)[marginX : from.w-marginX] {
			h[v]++
		}
	}
	return h
}

// share is the level up to which that share of the pixels lies.
func (h histogram) share(part float64) int {
	all := 0
	for _, n := range h {
		all += n
	}
	sum := 0
	for level, n := range h {
		if sum += n; float64(sum) >= part*float64(all) {
			return level
		}
	}
	return 255
}
