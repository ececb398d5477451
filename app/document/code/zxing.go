package code

import (
	"image"
	"strings"
	"unicode/utf8"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/multi/qrcode"
	"github.com/makiuchi-d/gozxing/oned"
	single "github.com/makiuchi-d/gozxing/qrcode"
)

// harder tells the library to look at every line.
var harder = map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true}

// shortest is the fewest characters that a barcode is believed with: Code 39 has no check character, and what happens to
// look like one is short.
const shortest = 5

// qrCodes returns the texts of all QR codes that are found on a page; where none is, that of one that is found by
// looking harder.
func qrCodes(page *image.Gray) []string {
	texts := guarded(func() (texts []string) {
		all, err := qrcode.NewQRCodeMultiReader().DecodeMultiple(bitmap(page), harder)
		if err != nil {
			return nil
		}
		for _, r := range all {
			texts = append(texts, r.GetText())
		}
		return texts
	})
	if len(texts) > 0 {
		return texts
	}
	return guarded(func() []string { return textOf(single.NewQRCodeReader().Decode(bitmap(page), harder)) })
}

// barcodes returns the texts of the barcodes whose lines stand upright: Code 39 and Code 128. The page is searched in
// strips that overlap by half, since the library finds one in each.
func barcodes(page *image.Gray) []string {
	const strips = 16
	var texts []string
	w, h := page.Rect.Dx(), page.Rect.Dy()
	for i := range strips - 1 {
		strip := image.Rect(0, i*h/strips, w, (i+2)*h/strips).Add(page.Rect.Min)
		part := page.SubImage(strip).(*image.Gray)
		for _, reader := range []gozxing.Reader{oned.NewCode39Reader(), oned.NewCode128Reader()} {
			texts = append(texts, guarded(func() []string { return textOf(reader.Decode(bitmap(part), nil)) })...)
		}
	}
	return texts
}

// bitmap is a picture as the library takes it.
func bitmap(g *image.Gray) *gozxing.BinaryBitmap {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	if g.Stride != w {
		whole := image.NewGray(image.Rect(0, 0, w, h))
		for y := range h {
			copy(whole.Pix[y*w:][:w], g.Pix[y*g.Stride:])
		}
		g = whole
	}
	source, err := gozxing.NewPlanarYUVLuminanceSource(g.Pix, w, h, 0, 0, w, h, false)
	if err != nil {
		return nil
	}
	b, _ := gozxing.NewBinaryBitmap(gozxing.NewHybridBinarizer(source))
	return b
}

func textOf(r *gozxing.Result, err error) []string {
	if err != nil {
		return nil
	}
	if r.GetBarcodeFormat() != gozxing.BarcodeFormat_QR_CODE && len(r.GetText()) < shortest {
		return nil
	}
	return []string{r.GetText()}
}

// guarded is what a search found that is text. The library is of 2021, and the pixels are anybody's: where it panics,
// nothing was found.
func guarded(search func() []string) (texts []string) {
	defer func() {
		if recover() != nil {
			texts = nil
		}
	}()
	for _, t := range search() {
		if t = strings.TrimSpace(t); t != "" && utf8.ValidString(t) {
			texts = append(texts, t)
		}
	}
	return texts
}
