package picture

import "image"

// Scale makes the picture smaller, so that its longer side has that many pixels, each the average of the area that it
// covers. It never enlarges.
func Scale[P Picture](img P, longest int) P {
	from := planeOf(img)
	now := max(from.w, from.h)
	if longest < 1 || now <= longest || min(from.w, from.h) == 0 {
		return img
	}
	side := func(v int) int { return max(1, (v*longest+now/2)/now) }
	return fit(img, side(from.w), side(from.h))
}

// fit is the picture at that size in pixels, no larger than it is: first its rows, then its columns.
func fit[P Picture](img P, w, h int) P {
	from := planeOf(img)
	n := from.n
	_, narrow := sheet(img, w, from.h)
	across := spans(from.w, w)
	for y := range from.h {
		row, out := from.row(y), narrow.row(y)
		for x, s := range across {
			for c := range n {
				sum, at := uint32(1<<15), s.from*n+c
				for _, weight := range s.weights {
					sum += weight * uint32(row[at])
					at += n
				}
				out[x*n+c] = uint8(sum >> 16)
			}
		}
	}
	out, to := sheet(img, w, h)
	sums := make([]uint32, w*n)
	for y, s := range spans(from.h, h) {
		clear(sums)
		for i, weight := range s.weights {
			for x, v := range narrow.row(s.from + i) {
				sums[x] += weight * uint32(v)
			}
		}
		row := to.row(y)
		for x, sum := range sums {
			row[x] = uint8((sum + 1<<15) >> 16)
		}
	}
	return out
}

// span is where a pixel of the smaller side comes from: the first pixel of the larger and the weights of that and the
// next ones, in parts of 65,536.
type span struct {
	from    int
	weights []uint32
}

// spans divides a side of old pixels among next.
func spans(old, next int) []span {
	out := make([]span, next)
	for i := range out {
		begin, end := i*old, (i+1)*old // in parts of a pixel, next of which make one
		first, last := begin/next, (end-1)/next
		s := span{from: first, weights: make([]uint32, last-first+1)}
		left := uint32(1 << 16)
		for j := first; j < last; j++ {
			covered := min(end, (j+1)*next) - max(begin, j*next)
			s.weights[j-first] = uint32((covered<<16 + old/2) / old)
			left -= s.weights[j-first]
		}
		s.weights[last-first] = left
		out[i] = s
	}
	return out
}

// reduced is a smaller copy for measuring, at most about so many pixels wide, by a whole factor so that it stays sharp.
func reduced(g *image.Gray, wide int) *image.Gray {
	factor := max(1, g.Rect.Dx()/wide)
	w, h := g.Rect.Dx()/factor, g.Rect.Dy()/factor
	if factor == 1 || h == 0 {
		return g
	}
	return fit(Crop(g, image.Rect(0, 0, w*factor, h*factor)), w, h)
}
