//go:build bench

package code

import (
	"fmt"
	"image"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing/qrcode"

	"github.com/sodale/sodale/app/document/picture"
)

// TestBenchCodes counts on how many of 36 pages the pagoPA code of 25 mm is found, against the library's plain reader:
// six resolutions and six ways to lie, of which every other is blurred and every third noisy and shaded.
func TestBenchCodes(t *testing.T) {
	want := Parse(notice)
	pages, plain, found := 0, 0, 0
	var took time.Duration
	for _, dpi := range []float64{90, 120, 150, 200, 300, 400} {
		for _, degrees := range []float64{0, 3, 12, 45, 90, 180} {
			page := worn(noticePage(t, notice, dpi), degrees, pages)
			pages++
			if r, err := qrcode.NewQRCodeReader().Decode(bitmap(page), nil); err == nil && Parse(r.GetText()) == want {
				plain++
			}
			started := time.Now()
			codes, err := Read(t.Context(), page)
			took += time.Since(started)
			if err != nil {
				t.Fatal(err)
			}
			if len(codes) == 1 && codes[0] == want {
				found++
			} else {
				t.Logf("not found at %v dpi, %v°: %v", dpi, degrees, codes)
			}
		}
	}
	ratio, reached := float64(found)/float64(pages), "missed"
	if ratio >= 0.8 {
		reached = "reached"
	}
	fmt.Printf("BENCH\tpagoPA codes found\t%.2f\t>= 0.80\t%s\t%d of %d pages, the plain reader %d; %.0f ms a page\n", ratio, reached,
		found, pages, plain, float64(took.Milliseconds())/float64(pages))
}

// worn is a page as it comes out of a drawer.
func worn(page *image.Gray, degrees float64, n int) *image.Gray {
	if degrees >= 90 {
		page = picture.Turn(page, int(degrees/90))
	} else {
		page = picture.Rotate(page, degrees)
	}
	if n%2 == 1 {
		page = blurred(page, 1)
	}
	if n%3 == 2 {
		page = noisy(page, 25)
	}
	return page
}
