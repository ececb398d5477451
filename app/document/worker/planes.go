package worker

import (
	"image"

	"github.com/sodale/sodale/app/document/wire"
)

// Colours and their parts, as libheif numbers them (heif_colorspace, heif_chroma).
const (
	heifYCbCr = 0
	heifRGB   = 1
	heifGrey  = 2

	heif420 = 1
	heif422 = 2
	heif444 = 3
)

// ratios are the ways in which the colours of a photo may be coarser than its light.
var ratios = map[uint32]image.YCbCrSubsampleRatio{
	heif420: image.YCbCrSubsampleRatio420, heif422: image.YCbCrSubsampleRatio422, heif444: image.YCbCrSubsampleRatio444,
}

// planes is how libheif lays the pixels of a photo in memory: one plane of rows of stride bytes, and in YCbCr two more
// of rows of half bytes.
type planes struct {
	w, h, stride int
	colours      uint32
	ratio        image.YCbCrSubsampleRatio
	half, rows   int
}

// layPlanes finds the layout of a photo by its header.
func layPlanes(w, h, colours, chroma uint32) (planes, wire.Status) {
	if w == 0 || h == 0 {
		return planes{}, wire.Damaged
	}
	if uint64(w)*uint64(h) > wire.MaxImage || w > maxSide || h > maxSide {
		return planes{}, wire.TooBig
	}
	p := planes{w: int(w), h: int(h), colours: colours}
	switch colours {
	case heifGrey:
		p.stride = row(p.w, 1)
	case heifRGB:
		p.stride = row(p.w, 4)
	case heifYCbCr:
		ratio, ok := ratios[chroma]
		if !ok {
			return planes{}, wire.Damaged
		}
		p.ratio, p.stride, p.half, p.rows = ratio, row(p.w, 1), row(p.w, 1), p.h
		if chroma != heif444 {
			p.half = row((p.w+1)/2, 1)
		}
		if chroma == heif420 {
			p.rows = (p.h + 1) / 2
		}
	default:
		return planes{}, wire.Damaged
	}
	return p, wire.OK
}

// row is how many bytes a row of w pixels takes: an even number of pixels, 64 at least, in steps of 16 bytes.
func row(w, bytes int) int {
	pixels := max(w+w%2, 64)
	return (pixels*bytes + 15) / 16 * 16
}

// size is how many bytes all planes take.
func (p planes) size() int { return p.stride*p.h + 2*p.half*p.rows }

// picture is a view of the pixels. premultiplied tells that colours are multiplied by what can't be seen through.
func (p planes) picture(pixels []byte, premultiplied bool) image.Image {
	area := image.Rect(0, 0, p.w, p.h)
	switch {
	case p.colours == heifGrey:
		return &image.Gray{Pix: pixels, Stride: p.stride, Rect: area}
	case p.colours == heifRGB && premultiplied:
		return &image.RGBA{Pix: pixels, Stride: p.stride, Rect: area}
	case p.colours == heifRGB:
		return &image.NRGBA{Pix: pixels, Stride: p.stride, Rect: area}
	}
	cb := p.stride * p.h
	cr := cb + p.half*p.rows
	return &image.YCbCr{
		Y: pixels[:cb], Cb: pixels[cb:cr], Cr: pixels[cr:],
		YStride: p.stride, CStride: p.half, SubsampleRatio: p.ratio, Rect: area,
	}
}
