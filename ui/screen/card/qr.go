package card

import (
	"image"
	"image/color"

	qrcode "github.com/skip2/go-qrcode"

	"github.com/sodale/sodale/app/fault"
)

// CodeNoQR is the code of a card whose signed text does not fit into a QR code.
const CodeNoQR fault.Code = "card.no-qr"

// qr is a QR code as modules, with its quiet zone of four around.
type qr [][]bool

// newQR writes a signed code as modules. Level M survives a scratched screen and still keeps the modules large.
func newQR(code string) (qr, error) {
	q, err := qrcode.New(code, qrcode.Medium)
	if err != nil || code == "" {
		return nil, fault.Wrap(CodeNoQR, "card.qr", "", err)
	}
	return q.Bitmap(), nil
}

// leastSide is how large the code on the card is at least, at 100 %.
const leastSide = 176

// side is how large the code is on the card at 100 %: a whole number of pixels for each module, so that none is lost.
func (q qr) side() float32 {
	n := len(q)
	if n == 0 {
		return leastSide
	}
	return float32((leastSide + n - 1) / n * n)
}

// draw paints the code into w × h pixels on white. Every module is the same whole number of pixels on both sides, so
// that nothing is blurred; what is left over becomes a wider quiet zone. Less than one pixel a module gives plain white.
func (q qr) draw(w, h int) image.Image {
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
