package shrink_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"math"
	"slices"
	"testing"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/picture"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/document/shrink"
	"github.com/sodale/sodale/app/fault"
)

func TestAFileTooLargeIsMadeToFit(t *testing.T) { // CLM-05
	p := start(t)
	for _, c := range []struct {
		name  string
		data  []byte
		limit int64
		kind  document.Kind
		pages int
	}{
		{"photo of 6 MB", files.photo(), document.MaxSize, document.JPEG, 1},
		{"photo, into little room", files.photo(), 300_000, document.JPEG, 1},
		{"scanned PDF of 11 MB", files.scan(), document.MaxSize, document.PDF, 2},
		{"scanned PDF, into little room", files.scan(), 100_000, document.PDF, 2},
		{"grey TIFF", files.grey(), document.MaxSize, document.PDF, 3},
		{"fax", files.fax(), 120_000, document.PDF, 4},
		{"PNG that would fit", sample.PNG(), document.MaxSize, document.JPEG, 1},
	} {
		r, err := shrink.Fit(t.Context(), p, c.data, c.limit, nil)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if r.Kind != c.kind || document.Sniff(r.Data) != c.kind || r.Pages != c.pages {
			t.Errorf("%s: %s of %d pages, want %s of %d", c.name, r.Kind, r.Pages, c.kind, c.pages)
		}
		if r.Before != int64(len(c.data)) || r.After != int64(len(r.Data)) || r.After > c.limit {
			t.Errorf("%s: from %d to %d bytes, the limit is %d", c.name, r.Before, r.After, c.limit)
		}
		if info, err := p.Look(t.Context(), r.Data); err != nil || info.Kind != c.kind || info.Pages != c.pages {
			t.Errorf("%s: the worker sees %v, %v", c.name, info, err)
		}
		if bytes.Contains(r.Data, []byte("Exif")) {
			t.Errorf("%s: has EXIF", c.name)
		}
	}
}

func TestAFileThatFitsStaysAsItIs(t *testing.T) {
	p := start(t)
	for _, data := range [][]byte{sample.Ticket().PDF(), sample.Ticket().SmallPhoto(6), sample.Ticket().TIFF()} {
		r, err := shrink.Fit(t.Context(), p, data, int64(len(data)), nil)
		if err != nil || !bytes.Equal(r.Data, data) || r.Before != r.After {
			t.Errorf("%s: %v", document.Sniff(data), err)
		}
	}
}

func TestWhatCannotBeShrunkSaysWhy(t *testing.T) {
	p := start(t)
	for _, c := range []struct {
		name  string
		data  []byte
		limit int64
		want  fault.Code
	}{
		{"PDF with text", sample.Ticket().PagesPDF(3), 1000, shrink.CodeHasText},
		{"filled form", sample.FilledForm(), 1000, shrink.CodeHasText},
		{"more pages than room", files.fax(), 5000, shrink.CodeTooLarge},
		{"photo for no room", sample.Ticket().SmallPhoto(1), 500, shrink.CodeTooLarge},
		{"PDF with a password", sample.Encrypted(), 10, document.CodeEncrypted},
		{"damaged file", sample.Cut(sample.Ticket().ScanPDF())[:2000], 10, document.CodeDamaged},
		{"letter", []byte("PK"), 1, document.CodeKind},
	} {
		r, err := shrink.Fit(t.Context(), p, c.data, c.limit, nil)
		if fault.CodeOf(err) != c.want || r != nil {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	var f *fault.Error
	if _, err := shrink.Fit(t.Context(), p, files.fax(), 5000, nil); !errors.As(err, &f) || f.Values["Pages"] != "4" || f.Values["Max"] != "0" {
		t.Errorf("%#v", err)
	}
}

// stamped says of one page of a PDF that it carries a text, in two lines.
type stamped struct {
	document.Previewer
	page int
	text string
}

func (s stamped) Text(_ context.Context, _ []byte, page int) ([]document.Line, error) {
	if page == s.page {
		return []document.Line{{Text: s.text[:len(s.text)/2]}, {Text: s.text[len(s.text)/2:]}}, nil
	}
	return nil, nil
}

func TestTwentyCharactersOnAnyPageAreText(t *testing.T) {
	p := start(t)
	scan := files.scan()
	for _, c := range []struct {
		name string
		stamped
		want fault.Code
	}{
		{"on the first page", stamped{p, 0, "Ricevuta n. 2026/00481 del"}, shrink.CodeHasText},
		{"on the last page", stamped{p, 1, "Ricevuta n. 2026/00481 del"}, shrink.CodeHasText},
		{"exactly twenty", stamped{p, 1, "12345678901234567890"}, shrink.CodeHasText},
		{"a scanner's stamp", stamped{p, 1, "1234567890 123456789      "}, ""},
	} {
		if _, err := shrink.Fit(t.Context(), c.stamped, scan, document.MaxSize, nil); fault.CodeOf(err) != c.want {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestBothSidesShowTheSamePage(t *testing.T) {
	p := start(t)
	for name, data := range map[string][]byte{"photo": files.photo(), "fax": files.fax()} {
		r, err := shrink.Fit(t.Context(), p, data, int64(len(data))*9/10, nil)
		if err != nil {
			t.Fatal(name, err)
		}
		for page := range r.Pages {
			before, after, err := r.Sides(t.Context(), p, page, 300, 400)
			if err != nil {
				t.Fatal(name, err)
			}
			if a, b := before.Rect.Size(), after.Rect.Size(); math.Hypot(float64(a.X-b.X), float64(a.Y-b.Y)) > 2 || a.X > 300 || a.Y > 400 {
				t.Errorf("%s: %v beside %v", name, a, b)
			}
			if d := apart(before, after); d > 8 {
				t.Errorf("%s: page %d differs by %.1f levels", name, page, d)
			}
		}
		if _, _, err := r.Sides(t.Context(), p, r.Pages, 300, 400); fault.CodeOf(err) != document.CodeNoPage {
			t.Errorf("%s: a page behind the last: %v", name, err)
		}
	}
}

// apart is by how many levels two pictures of nearly one size differ on average.
func apart(a, b *image.RGBA) float64 {
	g, h := picture.Gray(a), picture.Gray(b)
	sum, n := 0.0, 0.0
	for y := range min(g.Rect.Dy(), h.Rect.Dy()) {
		for x := range min(g.Rect.Dx(), h.Rect.Dx()) {
			sum += math.Abs(float64(g.GrayAt(x, y).Y) - float64(h.GrayAt(x, y).Y))
			n++
		}
	}
	return sum / n
}

func TestShrinkingTellsItsStepsAndCanBeGivenUp(t *testing.T) {
	p := start(t)
	var told [][2]int
	step := func(done, of int) { told = append(told, [2]int{done, of}) }
	if _, err := shrink.Fit(t.Context(), p, files.fax(), 120_000, step); err != nil || !slices.Equal(told, [][2]int{{0, 4}, {1, 4}, {2, 4}, {3, 4}, {4, 4}}) {
		t.Errorf("%v %v", told, err)
	}
	for _, data := range [][]byte{files.fax(), files.photo()} {
		ctx, cancel := context.WithCancel(t.Context())
		if r, err := shrink.Fit(ctx, p, data, 120_000, func(int, int) { cancel() }); !errors.Is(err, context.Canceled) || r != nil {
			t.Errorf("given up: %v", err)
		}
	}
}
