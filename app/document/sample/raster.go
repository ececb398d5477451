package sample

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"math/rand/v2"

	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// raster draws the page in grey on white.
func (l layout) raster(dpi float64) *image.Gray {
	s := dpi / 72
	img := image.NewGray(image.Rect(0, 0, int(math.Round(pageWidth*s)), int(math.Round(pageHeight*s))))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	for _, r := range l.rules {
		thick := max(1, int(0.7*s))
		draw.Draw(img, image.Rect(int(r.x0*s), int(r.y*s), int(r.x1*s), int(r.y*s)+thick), image.NewUniform(color.Gray{150}), image.Point{}, draw.Src)
	}
	drawWords(img, l.words, dpi, color.Gray{25})
	if l.ring.radius > 0 {
		drawRing(img, l.ring, s)
		drawWords(img, l.stamp, dpi, color.Gray{140})
	}
	return img
}

func drawWords(img draw.Image, all []words, dpi float64, ink color.Color) {
	for _, w := range all {
		face, err := opentype.NewFace(faceOf(w.bold).font, &opentype.FaceOptions{Size: w.size, DPI: dpi, Hinting: font.HintingNone})
		if err != nil {
			continue
		}
		d := font.Drawer{Dst: img, Src: image.NewUniform(ink), Face: face}
		d.Dot = fixed.Point26_6{X: fixed.Int26_6(w.start() * dpi / 72 * 64), Y: fixed.Int26_6(w.y * dpi / 72 * 64)}
		d.DrawString(w.text)
	}
}

func drawRing(img draw.Image, r ring, s float64) {
	size := img.Bounds().Size()
	z := vector.NewRasterizer(size.X, size.Y)
	trace := func(radius float64, way float64) {
		for i := range 181 {
			a := way * 2 * math.Pi * float64(i) / 180
			x, y := float32((r.x+radius*math.Cos(a))*s), float32((r.y+radius*math.Sin(a))*s)
			if i == 0 {
				z.MoveTo(x, y)
			} else {
				z.LineTo(x, y)
			}
		}
		z.ClosePath()
	}
	trace(r.radius+r.width/2, 1)
	trace(r.radius-r.width/2, -1)
	z.Draw(img, img.Bounds(), image.NewUniform(color.Gray{140}), image.Point{})
}

// Drawn is the page in grey at a resolution, as clean as a program draws it.
func (r Receipt) Drawn(dpi float64) *image.Gray { return r.layOut().raster(dpi) }

// Scan is the page from a scanner at a resolution: turned by half a degree, with the grain of paper.
func (r Receipt) Scan(dpi float64) *image.Gray { return r.grainyScan(dpi, 2.2) }

// grainyScan is a Scan with grain of that standard deviation.
func (r Receipt) grainyScan(dpi, deviation float64) *image.Gray {
	flat := r.layOut().raster(dpi)
	size := flat.Bounds().Size()
	out := image.NewGray(flat.Bounds())
	sin, cos := math.Sincos(0.5 * math.Pi / 180)
	cx, cy := float64(size.X)/2, float64(size.Y)/2
	grain := grains(1, deviation)
	for y := range size.Y {
		row := out.Pix[y*out.Stride:][:size.X]
		for x := range row {
			dx, dy := float64(x)-cx, float64(y)-cy
			v := sampleGray(flat, cx+dx*cos-dy*sin, cy+dx*sin+dy*cos)
			row[x] = uint8(min(max(int(v)*247/255+grain[(x*7+y*4099)%len(grain)], 0), 255))
		}
	}
	return out
}

// grains is noise of a seed around 0, with that standard deviation.
func grains(seed uint64, deviation float64) []int {
	r := rand.New(rand.NewPCG(seed, 7))
	out := make([]int, 1<<16+1)
	for i := range out {
		out[i] = int(r.NormFloat64() * deviation)
	}
	return out
}

// sampleGray reads between pixels; outside is white.
func sampleGray(img *image.Gray, x, y float64) uint8 {
	x0, y0 := math.Floor(x), math.Floor(y)
	at := func(x, y int) float64 {
		if !(image.Point{X: x, Y: y}).In(img.Rect) {
			return 255
		}
		return float64(img.Pix[y*img.Stride+x])
	}
	fx, fy, ix, iy := x-x0, y-y0, int(x0), int(y0)
	return uint8(at(ix, iy)*(1-fx)*(1-fy) + at(ix+1, iy)*fx*(1-fy) + at(ix, iy+1)*(1-fx)*fy + at(ix+1, iy+1)*fx*fy)
}

func jpegBytes(img image.Image, quality int) []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, &jpeg.Options{Quality: quality})
	return b.Bytes()
}

// Photo is the receipt on a table as a phone takes it: a 12-megapixel colour JPEG of about 1.5 MiB, stored lying with the
// given EXIF orientation (1 to 8) for the reader to set upright. 0 writes no EXIF and stores it upright.
func (r Receipt) Photo(orientation int) []byte { return r.photo(orientation, 3000, 4000, 78, 4.5) }

// LargePhoto is the same photo from a better camera, of more than 3,000,000 bytes: too large to be attached (CLM-05).
func (r Receipt) LargePhoto() []byte { return r.photo(6, 3000, 4000, 91, 5.3) }

// SmallPhoto is a photo of 300 by 400 pixels, for tests that look at single pixels.
func (r Receipt) SmallPhoto(orientation int) []byte { return r.photo(orientation, 300, 400, 85, 0) }

func (r Receipt) photo(orientation, w, h, quality int, roughness float64) []byte {
	paper := r.layOut().raster(72 * float64(w) * 0.8 / pageWidth)
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	sin, cos := math.Sincos(-2 * math.Pi / 180)
	px, py := float64(paper.Rect.Dx()), float64(paper.Rect.Dy())
	grain := grains(2, roughness)
	for y := range h {
		for x := range w {
			dx, dy := float64(x)-float64(w)/2, float64(y)-float64(h)/2
			u, v := px/2+dx*cos-dy*sin, py/2+dx*sin+dy*cos
			c := color.RGBA{150, 112, 78, 255}
			light := 1 - 0.25*float64(y)/float64(h)
			if u >= 0 && v >= 0 && u < px-1 && v < py-1 {
				g := sampleGray(paper, u, v)
				c = color.RGBA{g, g, uint8(float64(g) * 0.96), 255}
			}
			n := grain[(x*13+y*4099)%len(grain)]
			lit := func(v uint8) uint8 { return uint8(min(max(float64(v)*light+float64(n), 0), 255)) }
			o := img.PixOffset(x, y)
			img.Pix[o], img.Pix[o+1], img.Pix[o+2], img.Pix[o+3] = lit(c.R), lit(c.G), lit(c.B), 255
		}
	}
	if orientation == 0 {
		return jpegBytes(img, quality)
	}
	return withEXIF(jpegBytes(stored(img, orientation), quality), orientation)
}

// stored lays an upright picture as a camera with that orientation stores it.
func stored(img *image.RGBA, orientation int) *image.RGBA {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	ow, oh := w, h
	if orientation >= 5 {
		ow, oh = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, ow, oh))
	for y := range h {
		for x := range w {
			i, j := x, y
			switch orientation {
			case 2:
				i = w - 1 - x
			case 3:
				i, j = w-1-x, h-1-y
			case 4:
				j = h - 1 - y
			case 5:
				i, j = y, x
			case 6:
				i, j = y, w-1-x
			case 7:
				i, j = h-1-y, w-1-x
			case 8:
				i, j = h-1-y, x
			}
			copy(out.Pix[out.PixOffset(i, j):][:4], img.Pix[img.PixOffset(x, y):])
		}
	}
	return out
}

// withEXIF puts orientation and 300 dpi behind the start of a JPEG.
func withEXIF(data []byte, orientation int) []byte {
	tiff := []byte("II*\x00\x08\x00\x00\x00")
	entry := func(tag, kind uint16, value uint32) {
		tiff = binary.LittleEndian.AppendUint16(tiff, tag)
		tiff = binary.LittleEndian.AppendUint16(tiff, kind)
		tiff = binary.LittleEndian.AppendUint32(tiff, 1)
		tiff = binary.LittleEndian.AppendUint32(tiff, value)
	}
	const entries = 4
	after := uint32(8 + 2 + 12*entries + 4)
	tiff = binary.LittleEndian.AppendUint16(tiff, entries)
	entry(0x112, 3, uint32(orientation))
	entry(0x11a, 5, after)
	entry(0x11b, 5, after)
	entry(0x128, 3, 2)
	for _, v := range []uint32{0, 300, 1} {
		tiff = binary.LittleEndian.AppendUint32(tiff, v)
	}
	body := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(body)+2))...)
	return append(append(out, body...), data[2:]...)
}
