// Package qr draws QR codes: that of the membership card and that of the second factor.
package qr

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	qrcode "github.com/skip2/go-qrcode"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
)

// CodeNone is the code of a text that is empty or does not fit into a QR code.
const CodeNone fault.Code = "qr.none"

// Code is a QR code as modules, with its quiet zone of four around.
type Code [][]bool

// New writes a text as modules. Level M survives a scratched screen and still keeps the modules large.
func New(text string) (Code, error) {
	q, err := qrcode.New(text, qrcode.Medium)
	if err != nil || text == "" {
		return nil, fault.Wrap(CodeNone, "qr.new", "", err)
	}
	return q.Bitmap(), nil
}

// leastSide is how large a code is at least, at 100 %.
const leastSide = 176

// Side is how large the code is at 100 %: a whole number of pixels for each module, so that none is lost.
func (q Code) Side() float32 {
	n := len(q)
	if n == 0 {
		return leastSide
	}
	return float32((leastSide + n - 1) / n * n)
}

// Draw paints the code into w × h pixels on white. Every module is the same whole number of pixels on both sides, so
// that nothing is blurred; what is left over becomes a wider quiet zone. Less than one pixel a module gives plain white.
func (q Code) Draw(w, h int) image.Image {
	picture := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.White, color.Black})
	n := len(q)
	if n == 0 {
		return picture
	}
	side := min(w, h) / n
	left, top := (w-side*n)/2, (h-side*n)/2
	for y := range side * n {
		row := picture.Pix[(top+y)*picture.Stride+left:]
		for x := range side * n {
			if q[y/side][x/side] {
				row[x] = 1
			}
		}
	}
	return picture
}

// Edge is the white round a picture of a code, at 100 %.
const Edge = 6

// Picture shows the code on white with whole pixels, side wide; without a code there is only the white.
func (q Code) Picture(side float32) fyne.CanvasObject {
	raster := canvas.NewRaster(q.Draw)
	raster.ScaleMode = canvas.ImageScalePixels
	return widget.Fixed(side+2*Edge, side+2*Edge, widget.Stack(widget.NewPanel(theme.White, theme.Clear, 14), widget.Pad(Edge, widget.Stack(raster))))
}
