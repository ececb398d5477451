package worker_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"os"
	"testing"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/fault"
)

// taken from github.com/gen2brain/heic v0.4.5, lib/heif.wasm.gz.
const moduleSum = "3634a6447ea3915633667f39e01ff540a60f4e2f837a8391d044d76dfd8a0435"

func TestTheModuleIsTheOneOfItsMakers(t *testing.T) {
	data, err := os.ReadFile("heif.wasm.gz")
	if err != nil {
		t.Fatal(err)
	}
	if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != moduleSum {
		t.Errorf("%x", sum)
	}
}

func convert(t *testing.T, p *document.Pool, data []byte) *image.RGBA {
	t.Helper()
	img, err := p.Convert(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// quarter is a picture turned counter-clockwise.
func quarter(img *image.RGBA) *image.RGBA {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, h, w))
	for y := range h {
		for x := range w {
			out.SetRGBA(y, w-1-x, img.RGBAAt(x, y))
		}
	}
	return out
}

// CLM-04: a HEIC can't be attached; it is converted when the member asks.
func TestAHEICPhotoShowsWhatTheSamePhotoInJPEGShows(t *testing.T) {
	p := start(t, config(t))
	jpeg := draw(t, p, sample.Ticket().SmallPhoto(0), document.Request{MaxWidth: 300, MaxHeight: 400})
	got := convert(t, p, sample.HEIC())
	if d := unlike(t, got, jpeg); d > 4 {
		t.Errorf("differs by %.2f", d)
	}
	sideways := convert(t, p, sample.SidewaysHEIC())
	if d := unlike(t, sideways, quarter(got)); d > 0.5 {
		t.Errorf("turned as its mark says, it differs by %.2f", d)
	}
}

func TestAPhotoComesThroughPipesToo(t *testing.T) {
	c := config(t)
	c.Piped = true
	if img := convert(t, start(t, c), sample.HEIC()); img.Rect.Dx() != 300 || img.Rect.Dy() != 400 {
		t.Errorf("%v", img.Rect)
	}
}

func TestAPNGIsConvertedPixelForPixel(t *testing.T) {
	img := convert(t, start(t, config(t)), sample.PNG())
	if img.Rect.Dx() != 64 || img.Rect.Dy() != 64 {
		t.Fatalf("%v", img.Rect)
	}
	for i := range 64 * 64 {
		if got := img.RGBAAt(i%64, i/64); got.R != uint8(i) && i > 0 {
			t.Fatalf("pixel %d is %v", i, got)
		}
	}
}

func TestWhatNeedsNoConvertingOrCannotBeReadIsRefused(t *testing.T) {
	p := start(t, config(t))
	heic := sample.HEIC()
	for name, c := range map[string]struct {
		data []byte
		want fault.Code
	}{
		"a PDF":                    {sample.FilledForm(), document.CodeKind},
		"a letter":                 {[]byte("PK\x03\x04 a letter.docx"), document.CodeKind},
		"nothing":                  {nil, document.CodeEmpty},
		"a PNG's first bytes":      {sample.PNG()[:20], document.CodeDamaged},
		"a HEIC's first bytes":     {heic[:12], document.CodeDamaged},
		"a HEIC with no picture":   {heic[:348], document.CodeDamaged},
		"another format inside":    {bytes.Replace(heic, []byte("hvcC"), []byte("av1C"), 1), document.CodeDamaged},
		"50,000 × 50,000 by claim": {sample.SizedHEIC(50_000, 50_000), document.CodePixels},
		"0 × 0 by claim":           {sample.SizedHEIC(0, 0), document.CodeDamaged},
		"more than may be shown":   {append(heic, make([]byte, document.MaxPreview)...), document.CodeTooLarge},
	} {
		if img, err := p.Convert(t.Context(), c.data); fault.CodeOf(err) != c.want || img != nil {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}

// A photo that was cut, or says of itself what is not so, is shown in part or refused; the next one is drawn as ever.
func TestAPhotoThatLiesHarmsNothing(t *testing.T) {
	p := start(t, config(t))
	heic := sample.HEIC()
	files := map[string][]byte{
		"larger by claim": sample.SizedHEIC(3000, 4000), "smaller by claim": sample.SizedHEIC(30, 40),
	}
	for _, n := range []int{200, 1000, len(heic) - 1} {
		files[fmt.Sprintf("%d bytes of %d", n, len(heic))] = heic[:n]
	}
	for _, at := range []int{60, 200, 370} {
		spoiled := bytes.Clone(heic)
		for i := range 4 {
			spoiled[at+i] ^= 0xff
		}
		files[fmt.Sprintf("spoiled at %d", at)] = spoiled
	}
	for name, data := range files {
		_, err := p.Convert(t.Context(), data)
		if err != nil && fault.CodeOf(err) != document.CodeDamaged {
			t.Errorf("%s: %v", name, err)
		}
	}
	convert(t, p, heic)
}
