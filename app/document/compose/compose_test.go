package compose_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"slices"
	"testing"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/compose"
	"github.com/sodale/sodale/app/document/picture"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/fault"
)

// three is a TIFF of three receipts.
func three() []byte { return sample.PagesTIFF(sample.Ticket(), sample.Analyses(), sample.Dentist()) }

// marked is a light picture with a dark square in its top left.
func marked(w, h int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.NewUniform(color.RGBA{240, 235, 225, 255}), image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(w/10, h/10, w/3, h/3), image.NewUniform(color.RGBA{150, 20, 30, 255}), image.Point{}, draw.Src)
	return img
}

func asJPEG(img image.Image) []byte {
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, nil)
	return b.Bytes()
}

// markAt is the corner with the dark square: 0 top left, then clockwise.
func markAt(img *image.RGBA) int {
	g := picture.Gray(img)
	w, h := g.Rect.Dx(), g.Rect.Dy()
	darkest, at := 256, -1
	for i, p := range [4]image.Point{{w / 5, h / 5}, {w * 4 / 5, h / 5}, {w * 4 / 5, h * 4 / 5}, {w / 5, h * 4 / 5}} {
		if v := int(g.GrayAt(p.X, p.Y).Y); v < darkest {
			darkest, at = v, i
		}
	}
	return at
}

func made(t *testing.T, p document.Previewer, limit int64, pages ...compose.Page) compose.File {
	t.Helper()
	f, err := compose.Make(t.Context(), p, pages, limit, nil)
	if err != nil {
		t.Fatal(err)
	}
	if int64(len(f.Data)) > limit || document.Sniff(f.Data) != f.Kind {
		t.Fatalf("%d bytes of %d, %s", len(f.Data), limit, f.Kind)
	}
	return f
}

// shown draws a page so that its longer side has 400 pixels.
func shown(t *testing.T, p document.Previewer, data []byte, page int) *image.RGBA {
	t.Helper()
	img, err := p.Page(t.Context(), data, document.Request{Page: page, MaxWidth: 400, MaxHeight: 400})
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// apart is by how many levels two pictures differ on average; those of different sizes by all.
func apart(a, b *image.RGBA) float64 {
	if max(abs(a.Rect.Dx()-b.Rect.Dx()), abs(a.Rect.Dy()-b.Rect.Dy())) > 2 {
		return 255
	}
	g, h := picture.Gray(a), picture.Gray(b)
	sum, n := 0, 0
	for y := range min(g.Rect.Dy(), h.Rect.Dy()) {
		for x := range min(g.Rect.Dx(), h.Rect.Dx()) {
			sum += abs(int(g.GrayAt(x, y).Y) - int(h.GrayAt(x, y).Y))
			n++
		}
	}
	return float64(sum) / float64(n)
}

func abs(v int) int { return max(v, -v) }

func TestPagesComeInTheOrderAsked(t *testing.T) {
	p := start(t)
	source := three()
	order := []int{2, 0, 1, 0}
	var pages []compose.Page
	for _, i := range order {
		pages = append(pages, compose.Page{Source: source, Index: i})
	}
	f := made(t, p, document.MaxSize, pages...)
	if info, err := p.Look(t.Context(), f.Data); err != nil || info.Pages != len(order) || info.Kind != document.PDF {
		t.Fatalf("%v %v", info, err)
	}
	for at, want := range order {
		page := shown(t, p, f.Data, at)
		nearest := slices.MinFunc([]int{0, 1, 2}, func(a, b int) int {
			return int(1000 * (apart(page, shown(t, p, source, a)) - apart(page, shown(t, p, source, b))))
		})
		if nearest != want {
			t.Errorf("page %d of the result is page %d of the source, want %d", at, nearest, want)
		}
	}
}

func TestPagesOfManyFilesMakeOnePDF(t *testing.T) {
	p := start(t)
	photo, tiff, scan := asJPEG(marked(300, 400)), three(), sample.Ticket().ScanPDF()
	f := made(t, p, document.MaxSize, compose.Page{Source: scan}, compose.Page{Source: photo, Turn: 1}, compose.Page{Source: tiff, Index: 1})
	if info, err := p.Look(t.Context(), f.Data); err != nil || info.Pages != 3 {
		t.Fatalf("%v %v", info, err)
	}
	for i, want := range []*image.RGBA{shown(t, p, scan, 0), nil, shown(t, p, tiff, 1)} {
		if got := shown(t, p, f.Data, i); want != nil && apart(got, want) > 6 {
			t.Errorf("page %d differs by %.1f", i, apart(got, want))
		}
	}
	if got := shown(t, p, f.Data, 1); markAt(got) != 1 || got.Rect.Dx() <= got.Rect.Dy() {
		t.Errorf("the turned photo is %v with its mark at corner %d", got.Rect, markAt(got))
	}
}

func TestAPageIsTurnedClockwise(t *testing.T) {
	p := start(t)
	sources := map[string][]byte{"JPEG": asJPEG(marked(300, 400)), "TIFF": three()}
	for turn := range 4 {
		f := made(t, p, document.MaxSize, compose.Page{Source: sources["JPEG"], Turn: turn})
		if got := markAt(shown(t, p, f.Data, 0)); got != turn || f.Kind != document.JPEG {
			t.Errorf("%s, turned %d times: the mark is at corner %d", f.Kind, turn, got)
		}
		f = made(t, p, document.MaxSize, compose.Page{Source: sources["TIFF"], Index: 2, Turn: turn})
		if got := apart(shown(t, p, f.Data, 0), picture.Turn(shown(t, p, sources["TIFF"], 2), turn)); got > 6 || f.Kind != document.PDF {
			t.Errorf("%s, turned %d times: differs by %.1f", f.Kind, turn, got)
		}
	}
}

func TestAPhotoStaysAJPEGInColour(t *testing.T) {
	p := start(t)
	for kind, source := range map[string][]byte{"JPEG": asJPEG(marked(300, 400)), "PNG": asPNG(marked(300, 400))} {
		f := made(t, p, document.MaxSize, compose.Page{Source: source})
		c := shown(t, p, f.Data, 0).RGBAAt(60, 80)
		if f.Kind != document.JPEG || c.R < 130 || c.G > 50 || c.B > 60 {
			t.Errorf("%s: %s, the red square is %v", kind, f.Kind, c)
		}
	}
}

func asPNG(img image.Image) []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, img)
	return b.Bytes()
}

func TestNothingOfASourceReachesTheResultButItsLook(t *testing.T) {
	p := start(t)
	photo := sample.Ticket().SmallPhoto(6) // lies on its side, EXIF says so
	one := made(t, p, document.MaxSize, compose.Page{Source: photo})
	two := made(t, p, document.MaxSize, compose.Page{Source: photo}, compose.Page{Source: photo})
	for _, f := range []compose.File{one, two} {
		if bytes.Contains(f.Data, []byte("Exif")) {
			t.Errorf("EXIF in the %s", f.Kind)
		}
		if got := shown(t, p, f.Data, 0).Rect; got.Dx() >= got.Dy() {
			t.Errorf("the %s lies on its side: %v", f.Kind, got)
		}
	}
}

func TestACropIsTheSheetAlone(t *testing.T) {
	p := start(t)
	photo := sample.Ticket().Photo(0)
	whole, err := p.Page(t.Context(), photo, document.Request{MaxWidth: 1000, MaxHeight: 1000})
	if err != nil {
		t.Fatal(err)
	}
	corners, ok := picture.Page(picture.Gray(whole))
	if !ok {
		t.Fatal("no sheet")
	}
	got := shown(t, p, made(t, p, document.MaxSize, compose.Page{Source: photo, Crop: corners}).Data, 0)
	if shape := float64(got.Rect.Dy()) / float64(got.Rect.Dx()); math.Abs(shape-math.Sqrt2) > 0.02 {
		t.Errorf("the sheet is %v", got.Rect)
	}
	w, h := got.Rect.Dx(), got.Rect.Dy()
	for _, at := range []image.Point{{3, 3}, {w - 4, 3}, {w - 4, h - 4}, {3, h - 4}} {
		if c := got.RGBAAt(at.X, at.Y); int(c.R)-int(c.B) > 25 || c.R < 120 {
			t.Errorf("the table shows at %v: %v", at, c)
		}
	}
}

func TestAScanIsSetStraight(t *testing.T) {
	p := start(t)
	scan := sample.Wordy().ScanPDF() // half a degree askew
	f := made(t, p, document.MaxSize, compose.Page{Source: scan, Deskew: true})
	img, err := p.Page(t.Context(), f.Data, document.Request{DPI: 100})
	if err != nil {
		t.Fatal(err)
	}
	if got := picture.Skew(picture.Gray(img)); math.Abs(got) >= 0.2 {
		t.Errorf("%.1f°", got)
	}
}

func TestAPageWithTextIsNeverTurnedIntoAPicture(t *testing.T) {
	p := start(t)
	photo := asJPEG(marked(300, 400))
	for name, source := range map[string][]byte{"text": sample.Ticket().PDF(), "form": sample.FilledForm()} {
		for _, pages := range [][]compose.Page{{{Source: source}}, {{Source: photo}, {Source: source, Turn: 1}}} {
			if _, err := compose.Make(t.Context(), p, pages, document.MaxSize, nil); fault.CodeOf(err) != compose.CodeHasText {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

func TestTheLimitIsNeverPassedAndNoPageLeftOut(t *testing.T) { // CLM-05
	p := start(t)
	grey := sample.GreyTIFF(sample.Wordy())
	sizes := map[int]bool{}
	for _, limit := range []int64{2 << 20, 600_000, 450_000, 100_000, 20_000} {
		f, err := compose.Make(t.Context(), p, []compose.Page{{Source: grey}, {Source: grey, Turn: 2}}, limit, nil)
		if fault.CodeOf(err) == compose.CodeTooLarge && f.Data == nil && limit <= 45_000 {
			continue
		}
		if err != nil || int64(len(f.Data)) > limit {
			t.Fatalf("%d bytes for %d: %v", len(f.Data), limit, err)
		}
		if info, err := p.Look(t.Context(), f.Data); err != nil || info.Pages != 2 {
			t.Errorf("%v %v", info, err)
		}
		sizes[len(f.Data)] = true
	}
	if len(sizes) < 4 {
		t.Errorf("only %d sizes: better files have room than are made", len(sizes))
	}
}

func TestTheSamePagesGiveTheSameBytes(t *testing.T) {
	p := start(t)
	source := three()
	pages := []compose.Page{{Source: source, Index: 1}, {Source: source}, {Source: source, Index: 2}, {Source: source, Turn: 2}}
	if a, b := made(t, p, document.MaxSize, pages...), made(t, p, document.MaxSize, pages...); !bytes.Equal(a.Data, b.Data) {
		t.Error("not the same")
	}
}

func TestMakingTellsItsStepsAndCanBeGivenUp(t *testing.T) {
	p := start(t)
	source := three()
	pages := []compose.Page{{Source: source}, {Source: source, Index: 1}, {Source: source, Index: 2}}
	var told [][2]int
	step := func(done, of int) { told = append(told, [2]int{done, of}) }
	if _, err := compose.Make(t.Context(), p, pages, document.MaxSize, step); err != nil || !slices.Equal(told, [][2]int{{0, 3}, {1, 3}, {2, 3}, {3, 3}}) {
		t.Fatalf("%v %v", told, err)
	}
	for stop := range 2 {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := compose.Make(ctx, p, pages, document.MaxSize, func(done, _ int) {
			if done == stop {
				cancel()
			}
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("given up at page %d: %v", stop, err)
		}
	}
}

func TestWhatIsNoPageIsRefused(t *testing.T) {
	p := start(t)
	photo := asJPEG(marked(300, 400))
	for _, c := range []struct {
		name  string
		pages []compose.Page
		want  fault.Code
	}{
		{"nothing", nil, document.CodeNoPage},
		{"a page behind the last", []compose.Page{{Source: photo}, {Source: three(), Index: 3}}, document.CodeNoPage},
		{"a crop of nothing", []compose.Page{{Source: photo, Crop: picture.Box(0.5, 0.5, 0.5, 0.6)}}, document.CodeNoPage},
		{"no document", []compose.Page{{Source: []byte("PK")}}, document.CodeKind},
		{"a damaged one", []compose.Page{{Source: []byte("\xff\xd8\xff\xe0")}}, document.CodeDamaged},
		{"one with a password", []compose.Page{{Source: sample.Encrypted()}}, document.CodeEncrypted},
	} {
		if f, err := compose.Make(t.Context(), p, c.pages, document.MaxSize, nil); fault.CodeOf(err) != c.want || f.Data != nil {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}
