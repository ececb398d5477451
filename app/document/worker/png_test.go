package worker_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/fault"
)

// glass is a PNG of 40 by 30 pixels that can be seen through, but for a dark square in its left upper corner.
func glass(t *testing.T) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 40, 30))
	for i := range 100 {
		img.SetNRGBA(i%10, i/10, color.NRGBA{R: 20, G: 30, B: 40, A: 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// CLM-04: a PNG may not be attached, but it is shown beside the offer to convert it.
func TestAPNGIsShownThoughItMayNotBeAttached(t *testing.T) {
	p := start(t, config(t))
	if info, err := p.Look(t.Context(), sample.PNG()); err != nil || info != (document.Info{Kind: document.PNG, Pages: 1}) {
		t.Errorf("%+v %v", info, err)
	}
	img := draw(t, p, glass(t), document.Request{MaxWidth: 40, MaxHeight: 30})
	if img.Rect.Dx() != 40 || img.Rect.Dy() != 30 {
		t.Errorf("%v", img.Rect)
	}
	if got := img.RGBAAt(4, 4); got.R > 30 || got.G > 40 || got.B > 50 {
		t.Errorf("the square is %v", got)
	}
	if got := img.RGBAAt(30, 20); got != (color.RGBA{255, 255, 255, 255}) {
		t.Errorf("what could be seen through is %v, want paper", got)
	}
}

func TestAPNGThatIsCutIsShownInPartOrDamaged(t *testing.T) {
	p := start(t, config(t))
	data := glass(t)
	for n := 24; n < len(data); n++ {
		if _, err := p.Page(t.Context(), data[:n], document.Request{DPI: 72}); err != nil && fault.CodeOf(err) != document.CodeDamaged {
			t.Errorf("%d of %d bytes: %v", n, len(data), err)
		}
	}
}
