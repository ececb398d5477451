// Package picture measures and mends pages that are already pixels: it evens out their light, sets them straight, finds
// the sheet on a photo, and says what makes one hard to read. It decodes nothing: pixels of files from outside come from a
// document.Previewer.
//
// Every function leaves its argument as it was and gives back a picture whose top left is (0, 0); one that has nothing to
// do may give back its argument. Sub-images are welcome. A picture of no pixels stays one.
package picture

import "image"

// Picture is a page in grey or in colour. Colour is opaque: alpha is carried along, never looked at.
type Picture interface{ *image.Gray | *image.RGBA }

// plane is a picture as rows of bytes, n bytes a pixel.
type plane struct {
	pix     []byte
	stride  int
	w, h, n int
}

func (p plane) row(y int) []byte { return p.pix[y*p.stride:][:p.w*p.n] }

// planeOf shows the bytes of a picture.
func planeOf[P Picture](img P) plane {
	switch img := any(img).(type) {
	case *image.Gray:
		return plane{img.Pix, img.Stride, img.Rect.Dx(), img.Rect.Dy(), 1}
	case *image.RGBA:
		return plane{img.Pix, img.Stride, img.Rect.Dx(), img.Rect.Dy(), 4}
	}
	return plane{}
}

// sheet is a new picture of the same type, w by h pixels, all black.
func sheet[P Picture](_ P, w, h int) (P, plane) {
	var img P
	switch at := any(&img).(type) {
	case **image.Gray:
		*at = image.NewGray(image.Rect(0, 0, w, h))
	case **image.RGBA:
		*at = image.NewRGBA(image.Rect(0, 0, w, h))
	}
	return img, planeOf(img)
}

// whiten makes every pixel white.
func (p plane) whiten() {
	for y := range p.h {
		row := p.row(y)
		for i := range row {
			row[i] = 255
		}
	}
}

// Gray is the picture in grey, by the luma of JPEG (ITU-R BT.601).
func Gray[P Picture](img P) *image.Gray {
	if g, ok := any(img).(*image.Gray); ok {
		return g
	}
	from := planeOf(img)
	g := image.NewGray(image.Rect(0, 0, from.w, from.h))
	for y := range from.h {
		row, out := from.row(y), g.Pix[y*g.Stride:][:from.w]
		for x := range out {
			p := row[4*x : 4*x+3 : 4*x+3]
			out[x] = uint8((19595*uint32(p[0]) + 38470*uint32(p[1]) + 7471*uint32(p[2]) + 1<<15) >> 16)
		}
	}
	return g
}

// Turn is the picture turned clockwise by quarter turns; any number, also below 0.
func Turn[P Picture](img P, quarters int) P {
	quarters = (quarters%4 + 4) % 4
	if quarters == 0 {
		return img
	}
	from := planeOf(img)
	w, h := from.w, from.h
	if quarters%2 == 1 {
		w, h = h, w
	}
	out, to := sheet(img, w, h)
	n := from.n
	for y := range h {
		row := to.row(y)
		// where the row begins in img, and how many bytes on its next pixel lies
		at, step := (from.h-1-y)*from.stride+(from.w-1)*n, -n
		switch quarters {
		case 1:
			at, step = (from.h-1)*from.stride+y*n, -from.stride
		case 3:
			at, step = (from.w-1-y)*n, from.stride
		}
		for x := range w {
			copy(row[x*n:x*n+n], from.pix[at:at+n])
			at += step
		}
	}
	return out
}

// Crop is the part of the picture inside r, counted in pixels from the picture's top left. What of r lies outside is left
// off.
func Crop[P Picture](img P, r image.Rectangle) P {
	from := planeOf(img)
	r = r.Intersect(image.Rect(0, 0, from.w, from.h))
	out, to := sheet(img, r.Dx(), r.Dy())
	for y := range to.h {
		copy(to.row(y), from.row(r.Min.Y + y)[r.Min.X*from.n:])
	}
	return out
}
