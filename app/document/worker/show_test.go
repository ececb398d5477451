package worker_test

import (
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/fault"
)

// ink is the share of dark pixels in a rectangle given as shares of the picture's sides.
func ink(img *image.RGBA, x0, y0, x1, y1 float64) float64 {
	size := img.Bounds().Size()
	dark, all := 0, 0
	for y := int(y0 * float64(size.Y)); y < int(y1*float64(size.Y)); y++ {
		for x := int(x0 * float64(size.X)); x < int(x1*float64(size.X)); x++ {
			all++
			if color.GrayModel.Convert(img.RGBAAt(x, y)).(color.Gray).Y < 110 {
				dark++
			}
		}
	}
	return float64(dark) / float64(all)
}

// inkAt is the ink in a rectangle of an A4 page, in points.
func inkAt(img *image.RGBA, at [4]float64) float64 {
	return ink(img, at[0]/595.28, at[1]/841.89, at[2]/595.28, at[3]/841.89)
}

// unlike is the mean difference of two pictures of the same size, 0 to 255.
func unlike(t *testing.T, a, b *image.RGBA) float64 {
	t.Helper()
	if a.Rect != b.Rect {
		t.Fatalf("pictures of %v and %v", a.Rect, b.Rect)
	}
	sum := 0.0
	for i := range a.Pix {
		sum += math.Abs(float64(a.Pix[i]) - float64(b.Pix[i]))
	}
	return sum / float64(len(a.Pix))
}

func draw(t *testing.T, p *document.Pool, data []byte, r document.Request) *image.RGBA {
	t.Helper()
	img, err := p.Page(t.Context(), data, r)
	if err != nil {
		t.Fatal(err)
	}
	for i := 3; i < len(img.Pix); i += 4 {
		if img.Pix[i] != 255 {
			t.Fatalf("pixel %d can be seen through", i/4)
		}
	}
	return img
}

func TestEveryKindIsSeen(t *testing.T) { // CLM-04
	p := start(t, config(t))
	ticket := sample.Ticket()
	for _, c := range []struct {
		name  string
		data  []byte
		kind  document.Kind
		pages int
	}{
		{"text PDF", files.text(), document.PDF, 1},
		{"PDF of 40 pages", ticket.PagesPDF(40), document.PDF, 40},
		{"scan in a PDF", files.scan(), document.PDF, 1},
		{"G4 TIFF", files.tiff(), document.TIFF, 1},
		{"G3 TIFF", ticket.G3TIFF(), document.TIFF, 1},
		{"JPEG in a TIFF", ticket.JPEGTIFF(), document.TIFF, 1},
		{"TIFF of three pages", sample.PagesTIFF(ticket, sample.Analyses(), sample.Dentist()), document.TIFF, 3},
	} {
		info, err := p.Look(t.Context(), c.data)
		if err != nil || info.Kind != c.kind || info.Pages != c.pages {
			t.Errorf("%s: %+v %v", c.name, info, err)
			continue
		}
		img := draw(t, p, c.data, document.Request{Page: c.pages - 1, DPI: 100})
		if title, blank := ink(img, 0.09, 0.21, 0.4, 0.24), ink(img, 0.1, 0.84, 0.9, 0.93); title < 0.04 || blank > 0.001 {
			t.Errorf("%s: title %.3f, blank %.3f", c.name, title, blank)
		}
	}
}

func TestThePagesOfATIFFDiffer(t *testing.T) {
	p := start(t, config(t))
	data := sample.PagesTIFF(sample.Ticket(), sample.Dentist())
	a := draw(t, p, data, document.Request{DPI: 50})
	b := draw(t, p, data, document.Request{Page: 1, DPI: 50})
	if unlike(t, a, b) < 1 {
		t.Error("both pages look the same")
	}
	if _, err := p.Page(t.Context(), data, document.Request{Page: 2, DPI: 50}); fault.CodeOf(err) != document.CodeNoPage {
		t.Error(err)
	}
}

func TestWhatAMemberFilledInIsSeenAndRead(t *testing.T) {
	p := start(t, config(t))
	data := sample.FilledForm()
	img := draw(t, p, data, document.Request{DPI: 144})
	if got := inkAt(img, sample.FormNameAt); got < 0.03 {
		t.Errorf("the field with an appearance has %.3f ink", got)
	}
	if got := inkAt(img, [4]float64{180, 232, 420, 256}); got < 0.03 {
		t.Errorf("the field with none has %.3f ink", got)
	}
	red := 0
	for y := 2 * int(sample.FormStampAt[1]); y < 2*int(sample.FormStampAt[3]); y++ {
		for x := 2 * int(sample.FormStampAt[0]); x < 2*int(sample.FormStampAt[2]); x++ {
			if c := img.RGBAAt(x, y); c.R > 150 && c.G < 80 && c.B < 80 {
				red++
			}
		}
	}
	if red < 1000 {
		t.Errorf("the stamp has %d red pixels", red)
	}
	lines, err := p.Text(t.Context(), data, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{sample.FormName, sample.FormIBAN, sample.FormStamp, "Modulo di richiesta"} {
		if find(lines, want) == nil {
			t.Errorf("%q is not among the lines %v", want, lines)
		}
	}
}

func find(lines []document.Line, text string) *document.Line {
	for i := range lines {
		if strings.Contains(lines[i].Text, text) {
			return &lines[i]
		}
	}
	return nil
}

func TestLinesOfTextHaveTheirPlaceOnThePage(t *testing.T) {
	p := start(t, config(t))
	lines, err := p.Text(t.Context(), files.text(), 0)
	if err != nil {
		t.Fatal(err)
	}
	for text, at := range map[string][2]float64{"ASST Naviglio Sud": {54, 78}, "MRCLNE67C54F205J": {194, 315}, "Totale pagato": {54, 524}} {
		l := find(lines, text)
		if l == nil {
			t.Errorf("%q is not read", text)
			continue
		}
		if math.Abs(l.X-at[0]) > 3 || at[1] < l.Y || at[1] > l.Y+l.H || l.W < 50 || l.H < 8 || l.H > 30 {
			t.Errorf("%q is at %+v, its baseline should be at %v", text, *l, at)
		}
	}
	if _, err := p.Text(t.Context(), files.text(), 1); fault.CodeOf(err) != document.CodeNoPage {
		t.Error(err)
	}
	if lines, err := p.Text(t.Context(), files.tiff(), 0); err != nil || len(lines) != 0 {
		t.Errorf("a scan has the lines %v %v", lines, err)
	}
}

func TestPhotosAreSetUprightHoweverTheyWereStored(t *testing.T) {
	p := start(t, config(t))
	ask := document.Request{MaxWidth: 300, MaxHeight: 400}
	upright := draw(t, p, sample.Ticket().SmallPhoto(1), ask)
	for o := 0; o <= 8; o++ {
		img := draw(t, p, sample.Ticket().SmallPhoto(o), ask)
		if d := unlike(t, img, upright); d > 2.5 {
			t.Errorf("EXIF orientation %d: differs by %.1f", o, d)
		}
	}
}

func TestPagesTurnClockwise(t *testing.T) {
	p := start(t, config(t))
	data := files.text()
	want := draw(t, p, data, document.Request{MaxWidth: 400, MaxHeight: 400})
	for turn := 1; turn <= 4; turn++ {
		want = clockwise(want)
		got := draw(t, p, data, document.Request{MaxWidth: 400, MaxHeight: 400, Turn: turn})
		if d := unlike(t, got, want); d > 1.5 {
			t.Errorf("%d quarter turns: differs by %.2f", turn, d)
		}
	}
}

// clockwise turns a picture by a quarter.
func clockwise(img *image.RGBA) *image.RGBA {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, h, w))
	for y := range h {
		for x := range w {
			out.SetRGBA(h-1-y, x, img.RGBAAt(x, y))
		}
	}
	return out
}

func TestPicturesHaveTheSizeAskedFor(t *testing.T) {
	p := start(t, config(t))
	text, photo := files.text(), sample.Ticket().SmallPhoto(6)
	for _, c := range []struct {
		name string
		data []byte
		r    document.Request
		w, h int
	}{
		{"A4 at 150 dpi", text, document.Request{DPI: 150}, 1241, 1754},
		{"A4 at 150 dpi, lying", text, document.Request{DPI: 150, Turn: 1}, 1754, 1241},
		{"no size is 72 dpi", text, document.Request{}, 596, 842},
		{"a box bounds the height", text, document.Request{MaxWidth: 1000, MaxHeight: 500}, 354, 500},
		{"a box bounds the width", text, document.Request{MaxWidth: 500, MaxHeight: 5000}, 500, 707},
		{"a width only", text, document.Request{MaxWidth: 500}, 500, 707},
		{"a height only, lying", text, document.Request{MaxHeight: 500, Turn: 3}, 707, 500},
		{"a box of one pixel", text, document.Request{MaxWidth: 1, MaxHeight: 1}, 1, 1},
		{"a photo grows into a box", photo, document.Request{MaxWidth: 600, MaxHeight: 800}, 600, 800},
		{"a photo at 300 dpi", photo, document.Request{DPI: 300}, 300, 400},
		{"a photo never gets more pixels by resolution", photo, document.Request{DPI: 1200}, 300, 400},
	} {
		img, err := p.Page(t.Context(), c.data, c.r)
		if err != nil || img.Rect.Dx() != c.w || img.Rect.Dy() != c.h {
			t.Errorf("%s: %v %v, want %d × %d", c.name, img.Bounds(), err, c.w, c.h)
		}
	}
}

func TestHugePagesComeSmallerWithTheSameShape(t *testing.T) {
	p := start(t, config(t))
	img := draw(t, p, sample.HugePage(1_000_000), document.Request{DPI: 150})
	if s := img.Rect.Size(); s.X != s.Y || s.X < 4000 || s.X > 5100 {
		t.Errorf("%v", s)
	}
	img = draw(t, p, sample.HugePage(1_000_000), document.Request{MaxWidth: 200, MaxHeight: 300})
	if s := img.Rect.Size(); s.X != 200 || s.Y != 200 {
		t.Errorf("%v", s)
	}
}

// A scan drawn at half its resolution is laid inside a margin of a pixel or two, so that it is decoded at half.
func TestTheShortWayOfDecodingIsNotSeen(t *testing.T) {
	p := start(t, config(t))
	for name, data := range map[string][]byte{"scan": files.scan(), "photo": files.photo()} {
		full := draw(t, p, data, document.Request{DPI: 300})
		half := draw(t, p, data, document.Request{DPI: 150})
		size := half.Rect.Size()
		want := image.NewRGBA(half.Rect)
		for y := range size.Y {
			for x := range size.X {
				o := full.PixOffset(min(2*x, full.Rect.Dx()-2), min(2*y, full.Rect.Dy()-2))
				for k := range 4 {
					sum := int(full.Pix[o+k]) + int(full.Pix[o+4+k]) + int(full.Pix[o+full.Stride+k]) + int(full.Pix[o+full.Stride+4+k])
					want.Pix[want.PixOffset(x, y)+k] = uint8(sum / 4)
				}
			}
		}
		if d := unlike(t, half, want); d > 3 {
			t.Errorf("%s: differs by %.2f from the whole picture made smaller", name, d)
		}
		for _, at := range []image.Point{{0, 0}, {size.X - 1, 0}, {0, size.Y - 1}, {size.X - 1, size.Y - 1}} {
			got, exp := half.RGBAAt(at.X, at.Y), want.RGBAAt(at.X, at.Y)
			if math.Abs(float64(got.R)-float64(exp.R)) > 24 {
				t.Errorf("%s: the corner %v is %v, want about %v", name, at, got, exp)
			}
		}
	}
}

func TestPipesShowWhatSharedMemoryShows(t *testing.T) {
	c := config(t)
	shared := start(t, c)
	c.Piped = true
	piped := start(t, c)
	for _, data := range [][]byte{files.text(), sample.Ticket().SmallPhoto(6)} {
		a := draw(t, shared, data, document.Request{DPI: 100})
		b := draw(t, piped, data, document.Request{DPI: 100})
		if unlike(t, a, b) != 0 {
			t.Error("the pictures differ")
		}
	}
}
