package code

import (
	"context"
	"errors"
	"image"
	"image/draw"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"
	qrcode "github.com/skip2/go-qrcode"

	"github.com/sodale/sodale/app/document/picture"
	"github.com/sodale/sodale/app/document/sample"
)

// codeAt is where a receipt has room for a code of 25 mm, in pixels.
func codeAt(dpi float64) image.Rectangle {
	const x, y, side = 200.0 / 72, 570.0 / 72, 25 / 25.4 // inches
	at := image.Pt(int(x*dpi), int(y*dpi))
	return image.Rectangle{Min: at, Max: at.Add(image.Pt(int(side*dpi), int(side*dpi)))}
}

// noticePage is a receipt with a pagoPA code.
func noticePage(t testing.TB, text string, dpi float64) *image.Gray {
	t.Helper()
	q, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		t.Fatal(err)
	}
	q.DisableBorder = true
	page := sample.Ticket().Drawn(dpi)
	at := codeAt(dpi)
	side := at.Dx()
	modules := q.Bitmap()
	for y := range side {
		for x := range side {
			if modules[y*len(modules)/side][x*len(modules)/side] {
				page.Pix[page.PixOffset(at.Min.X+x, at.Min.Y+y)] = 20
			}
		}
	}
	return page
}

// noisy has the grain of a cheap scanner, and shade from left to right.
func noisy(g *image.Gray, deviation float64) *image.Gray {
	r := rand.New(rand.NewPCG(7, uint64(deviation*10)))
	out := image.NewGray(image.Rect(0, 0, g.Rect.Dx(), g.Rect.Dy()))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			light := 1 - 0.35*float64(x)/float64(out.Rect.Dx())
			v := float64(g.Pix[y*g.Stride+x])*light + r.NormFloat64()*deviation
			out.Pix[y*out.Stride+x] = uint8(min(max(v, 0), 255))
		}
	}
	return out
}

// blurred is the mean of three by three pixels, times over.
func blurred(g *image.Gray, times int) *image.Gray {
	for range times {
		out := image.NewGray(g.Rect)
		copy(out.Pix, g.Pix)
		for y := 1; y < g.Rect.Dy()-1; y++ {
			for x := 1; x < g.Rect.Dx()-1; x++ {
				sum := 0
				for j := -1; j <= 1; j++ {
					for i := -1; i <= 1; i++ {
						sum += int(g.Pix[(y+j)*g.Stride+x+i])
					}
				}
				out.Pix[y*out.Stride+x] = uint8(sum / 9)
			}
		}
		g = out
	}
	return g
}

func TestTheCodeOfANoticeIsFoundOnThePage(t *testing.T) {
	want := []Code{PagoPA{Notice: "301000000000123456", Creditor: "01234567897", Amount: 3615}}
	clean := noticePage(t, notice, 150)
	for name, page := range map[string]*image.Gray{
		"as drawn":           clean,
		"on its side":        picture.Turn(clean, 1),
		"on its head":        picture.Turn(clean, 2),
		"a little askew":     picture.Rotate(clean, 4),
		"half as large":      noticePage(t, notice, 75),
		"noisy and shaded":   noisy(clean, 25),
		"blurred":            blurred(clean, 2),
		"as large as a scan": noticePage(t, notice, 400),
		"a part of a page":   clean.SubImage(image.Rect(0, 1000, 1000, 1750)).(*image.Gray),
	} {
		got, err := Read(t.Context(), page)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func TestEveryCodeOfAPageIsFoundOnce(t *testing.T) {
	page := noticePage(t, notice, 150)
	second := noticePage(t, "PAGOPA|002|301000000000123457|01234567897|1000", 150)
	box := codeAt(150).Inset(-20)
	draw.Draw(page, box.Add(image.Pt(400, 0)), second, box.Min, draw.Src)
	got, err := Read(t.Context(), page)
	if err != nil || len(got) != 2 {
		t.Fatal(got, err)
	}
	for _, want := range []Code{Parse(notice), Parse("PAGOPA|002|301000000000123457|01234567897|1000")} {
		if !slices.Contains(got, want) {
			t.Errorf("%v is not in %v", want, got)
		}
	}
}

// withBarcode is a receipt with a barcode of 70 mm below its text.
func withBarcode(t *testing.T, writer gozxing.Writer, format gozxing.BarcodeFormat, text string) *image.Gray {
	t.Helper()
	page := sample.Ticket().Drawn(200)
	bars, err := writer.EncodeWithoutHint(text, format, 550, 80)
	if err != nil {
		t.Fatal(err)
	}
	for y := range bars.GetHeight() {
		for x := range bars.GetWidth() {
			if bars.Get(x, y) {
				page.Pix[page.PixOffset(300+x, page.Rect.Dy()*8/10+y)] = 20
			}
		}
	}
	return page
}

func TestTheCodiceFiscaleOfATesseraSanitariaIsRead(t *testing.T) {
	for name, page := range map[string]*image.Gray{
		"Code 39":          withBarcode(t, oned.NewCode39Writer(), gozxing.BarcodeFormat_CODE_39, "MRCLNE67C54F205J"),
		"Code 128":         withBarcode(t, oned.NewCode128Writer(), gozxing.BarcodeFormat_CODE_128, "MRCLNE67C54F205J"),
		"Code 39, upright": picture.Turn(withBarcode(t, oned.NewCode39Writer(), gozxing.BarcodeFormat_CODE_39, "MRCLNE67C54F205J"), 1),
	} {
		got, err := Read(t.Context(), page)
		if err != nil || !slices.Equal(got, []Code{FiscalCode("MRCLNE67C54F205J")}) {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func TestAPageWithoutCodesHasNone(t *testing.T) {
	for name, page := range map[string]*image.Gray{"nothing": nil, "no pixels": {}, "one pixel": image.NewGray(image.Rect(0, 0, 1, 1)),
		"a strip": image.NewGray(image.Rect(0, 0, 3000, 2)), "a receipt": sample.Dentist().Drawn(100)} {
		if got, err := Read(t.Context(), page); err != nil || len(got) > 0 {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

func TestASearchEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if codes, err := Read(ctx, noticePage(t, notice, 100)); !errors.Is(err, context.Canceled) {
		t.Fatal(codes, err)
	}
}

func TestAPanicOfTheLibraryIsNothingFound(t *testing.T) {
	if texts := guarded(func() []string { panic("pixels") }); texts != nil {
		t.Error(texts)
	}
}
