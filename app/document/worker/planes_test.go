package worker

import (
	"image"
	"image/color"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/document/wire"
)

// The picture's last pixel lies within the bytes that are taken for it, whatever a file says of its size and colours.
func TestEveryPixelOfAPhotoHasItsBytes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.Uint32Range(0, 3000).Draw(t, "w"), rapid.Uint32Range(0, 3000).Draw(t, "h")
		p, s := layPlanes(w, h, rapid.Uint32Range(0, 4).Draw(t, "colours"), rapid.Uint32Range(0, 4).Draw(t, "chroma"))
		if s != wire.OK {
			return
		}
		img := p.picture(make([]byte, p.size()), rapid.Bool().Draw(t, "premultiplied"))
		if img.Bounds() != image.Rect(0, 0, int(w), int(h)) {
			t.Fatalf("%v", img.Bounds())
		}
		_ = img.At(int(w)-1, int(h)-1)
	})
}

func TestAPhotoWithNoSizeOrTooLargeOneIsRefused(t *testing.T) {
	for _, c := range []struct {
		w, h, colours, chroma uint32
		want                  wire.Status
	}{
		{4000, 3000, heifYCbCr, heif420, wire.OK}, {12_000, 9_000, heifYCbCr, heif420, wire.OK}, {10, 10, heifGrey, 0, wire.OK},
		{0, 10, heifGrey, 0, wire.Damaged}, {10, 0, heifGrey, 0, wire.Damaged}, {10, 10, 7, 0, wire.Damaged}, {10, 10, heifYCbCr, 9, wire.Damaged},
		{50_000, 50_000, heifRGB, 0, wire.TooBig}, {1<<32 - 1, 1<<32 - 1, heifRGB, 0, wire.TooBig}, {maxSide + 1, 1, heifGrey, 0, wire.TooBig},
	} {
		if _, s := layPlanes(c.w, c.h, c.colours, c.chroma); s != c.want {
			t.Errorf("%+v: %d", c, s)
		}
	}
}

func TestAPhotoIsLaidOnWhiteAndMadeSmallerWhereItMust(t *testing.T) {
	photo := image.NewNRGBA(image.Rect(0, 0, 80, 40))
	for i := range 80 * 40 {
		if i%80 < 40 {
			photo.SetNRGBA(i%80, i/80, color.NRGBA{200, 0, 0, 255})
		}
	}
	for _, size := range []image.Point{{80, 40}, {20, 10}} {
		dst := image.NewRGBA(image.Rectangle{Max: size})
		paint(dst, photo)
		if left, right := dst.RGBAAt(2, 2), dst.RGBAAt(size.X-2, 2); left != (color.RGBA{200, 0, 0, 255}) || right != (color.RGBA{255, 255, 255, 255}) {
			t.Errorf("%v: %v %v", size, left, right)
		}
	}
}
