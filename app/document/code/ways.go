package code

import (
	"image"
	"slices"

	"github.com/sodale/sodale/app/document/picture"
)

// ways are what is made of a page before it is searched, the cheapest and likeliest first.
var ways = []func(*image.Gray) *image.Gray{
	asItIs,
	picture.Flatten,
	median,
	half,
	double,
	picture.Deskew[*image.Gray],
	diagonal,
	func(g *image.Gray) *image.Gray { return half(median(g)) },
}

func asItIs(g *image.Gray) *image.Gray { return g }

// half has a pixel for four.
func half(g *image.Gray) *image.Gray {
	return picture.Scale(g, max(g.Rect.Dx(), g.Rect.Dy())/2)
}

// diagonal turns by an eighth: a code that stands on its corner lies flat then.
func diagonal(g *image.Gray) *image.Gray { return picture.Rotate(g, 45) }

// median takes single specks away: each pixel is the fifth lightest of the nine around it. The outermost stay.
func median(g *image.Gray) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	out := image.NewGray(image.Rect(0, 0, w, h))
	row := func(y int) []byte { return g.Pix[y*g.Stride:][:w] }
	for y := range h {
		to := out.Pix[y*out.Stride:][:w]
		copy(to, row(y))
		if y == 0 || y == h-1 {
			continue
		}
		a, b, c := row(y-1), row(y), row(y+1)
		for x := 1; x < w-1; x++ {
			around := [9]byte{a[x-1], a[x], a[x+1], b[x-1], b[x], b[x+1], c[x-1], c[x], c[x+1]}
			slices.Sort(around[:])
			to[x] = around[4]
		}
	}
	return out
}

// double has four pixels for one, between those that there are. A page that is large enough already stays.
func double(g *image.Gray) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	if max(w, h) > longest/2 {
		return g
	}
	out := image.NewGray(image.Rect(0, 0, 2*w, 2*h))
	for y := range 2 * h {
		a := g.Pix[y/2*g.Stride:][:w]
		b := g.Pix[min((y+1)/2, h-1)*g.Stride:][:w]
		to := out.Pix[y*out.Stride:][:2*w]
		for x := range to {
			left, right := x/2, min((x+1)/2, w-1)
			to[x] = uint8((int(a[left]) + int(a[right]) + int(b[left]) + int(b[right]) + 2) / 4)
		}
	}
	return out
}
