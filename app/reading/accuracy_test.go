package reading_test

import (
	"context"
	"fmt"
	"image"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/ocr"
	"github.com/sodale/sodale/app/letters"
	"github.com/sodale/sodale/app/reading"
	"github.com/sodale/sodale/app/reading/readingtest"
	"github.com/sodale/sodale/assets"
)

// field is one field of a paper, as it is compared.
type field struct {
	name string
	of   func(reading.Paper) string
}

var fields = []field{
	{"type", func(p reading.Paper) string { return string(p.Type) }},
	{"number", func(p reading.Paper) string { return strings.ReplaceAll(p.Number, " ", "") }},
	{"date", func(p reading.Paper) string { return p.IssuedOn.String() }},
	{"total", func(p reading.Paper) string { return cents(int64(p.Total)) }},
	{"stamp duty", func(p reading.Paper) string { return cents(int64(p.StampDuty)) }},
	{"provider", func(p reading.Paper) string { return strings.Join(letters.Words(p.Provider), " ") }},
	{"province", func(p reading.Paper) string { return p.Province }},
	{"partita IVA", func(p reading.Paper) string { return p.VAT }},
	{"person", func(p reading.Paper) string { return string(p.Person) }},
	{"stranger", func(p reading.Paper) string { return map[bool]string{true: "yes"}[p.Stranger] }},
}

func cents(n int64) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}

// score counts one field over many papers: what stood on the paper, what was proposed, and how much of that was right.
type score struct{ there, proposed, right int }

func (s score) precision() float64 { return ratio(s.right, s.proposed) }
func (s score) recall() float64    { return ratio(s.right, s.there) }

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

// tally compares papers with the truth.
type tally map[string]*score

func (y tally) add(t *testing.T, s readingtest.Sample, got reading.Paper) {
	for _, f := range fields {
		if y[f.name] == nil {
			y[f.name] = &score{}
		}
		c, want, is := y[f.name], f.of(s.Truth), f.of(got)
		if want != "" {
			c.there++
		}
		if is != "" {
			c.proposed++
		}
		if is != "" && is == want {
			c.right++
		}
		if is != want && os.Getenv("SODALE_READING_MISSES") != "" {
			t.Logf("seed %d %s: %s %q, want %q", s.Seed, s.Layout, f.name, is, want)
		}
	}
}

func (y tally) table(title string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n| field | on the paper | proposed | right | precision | recall |\n|---|---|---|---|---|---|\n", title)
	for _, f := range fields {
		c := y[f.name]
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %.1f %% | %.1f %% |\n", f.name, c.there, c.proposed, c.right, 100*c.precision(), 100*c.recall())
	}
	return b.String()
}

// holds fails the test where a field's precision is under the reach.
func (y tally) holds(t *testing.T, reach float64) {
	for _, f := range fields {
		if c := y[f.name]; c.precision() < reach {
			t.Errorf("%s: %d of %d proposals are right, fewer than %.0f %%", f.name, c.right, c.proposed, 100*reach)
		}
	}
}

func seeds(from, to uint64) []uint64 {
	var all []uint64
	for s := from; s <= to; s++ {
		all = append(all, s)
	}
	return all
}

func previewer(t testing.TB) document.Previewer {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := document.Start(document.Config{Exe: exe, Args: []string{"__preview"}, Deadline: time.Minute})
	t.Cleanup(func() { p.Close() })
	return p
}

func readText(t *testing.T, p document.Previewer, invent func(uint64) readingtest.Sample, seeds []uint64) tally {
	y := tally{}
	for _, seed := range seeds {
		s := invent(seed)
		y.add(t, s, reading.Extract(reading.Text, [][]document.Line{linesOf(t, p, s.PDF)}, readingtest.Today, readingtest.Household()))
	}
	return y
}

func TestAccuracyOfTextPDFs(t *testing.T) {
	p := previewer(t)
	tuned := readText(t, p, readingtest.Make, seeds(1, 100))
	held := readText(t, p, readingtest.Make, seeds(101, 200))
	t.Log(tuned.table("PDFs with text, seeds 1 to 100 (tuned on)"))
	t.Log(held.table("PDFs with text, seeds 101 to 200 (held out)"))
	tuned.holds(t, 0.98)
	held.holds(t, 0.98)
}

// TestAccuracyOfLaterLayouts tells how the reader does on layouts that were drawn after it was tuned.
func TestAccuracyOfLaterLayouts(t *testing.T) {
	y := readText(t, previewer(t), readingtest.MakeLater, seeds(1, 80))
	t.Log(y.table("PDFs with text, four later layouts"))
	y.holds(t, 0.98)
}

// engine is the OCR of the program. Its compiled form is kept for the tests of this run.
func engine(t testing.TB) reading.Recognise {
	t.Helper()
	e := ocr.New(ocr.Config{Core: assets.OCRCore, Italian: assets.OCRItalian, Deadline: 10 * time.Minute})
	t.Cleanup(func() { e.Close() })
	return func(ctx context.Context, page *image.Gray, dpi float64) ([]document.Line, float64, error) {
		read, err := e.Read(ctx, page, dpi)
		return read.Lines, read.Confidence, err
	}
}

// readScans reads the pictures of the papers of the seeds.
func readScans(t *testing.T, p document.Previewer, recognise reading.Recognise, seeds []uint64) tally {
	y := tally{}
	r := reading.Reader{Previewer: p, OCR: recognise, Today: func() civil.Date { return readingtest.Today }}
	for _, seed := range seeds {
		s, shot := readingtest.Make(seed), readingtest.ShotOf(seed)
		page, err := p.Page(context.Background(), s.PDF, document.Request{DPI: shot.DPI})
		if err != nil {
			t.Fatal(err)
		}
		paper, err := r.Read(context.Background(), shot.Take(page, seed), readingtest.Household(), nil)
		if err != nil {
			t.Fatal(err)
		}
		y.add(t, s, paper)
	}
	return y
}

// TestAccuracyOfScans reads four scans and photos; with SODALE_READING=1 all two hundred: ten minutes or more.
func TestAccuracyOfScans(t *testing.T) {
	p, recognise := previewer(t), engine(t)
	if os.Getenv("SODALE_READING") == "" {
		few := readScans(t, p, recognise, seeds(101, 104))
		t.Log(few.table("Scans, seeds 101 to 104"))
		few.holds(t, 0.90)
		return
	}
	tuned := readScans(t, p, recognise, seeds(1, 100))
	t.Log(tuned.table("Scans and photos, seeds 1 to 100 (tuned on)"))
	held := readScans(t, p, recognise, seeds(101, 200))
	t.Log(held.table("Scans and photos, seeds 101 to 200 (held out)"))
	tuned.holds(t, 0.90)
	held.holds(t, 0.90)
}

func TestThePapersFollowFromTheirSeeds(t *testing.T) {
	p := previewer(t)
	for _, seed := range []uint64{1, 5, 11} {
		a, b := readingtest.Make(seed), readingtest.Make(seed)
		if !slices.Equal(linesOf(t, p, a.PDF), linesOf(t, p, b.PDF)) || !reflect.DeepEqual(a.Truth, b.Truth) {
			t.Errorf("seed %d gives two papers", seed)
		}
	}
}

func linesOf(t *testing.T, p document.Previewer, pdf []byte) []document.Line {
	t.Helper()
	lines, err := p.Text(context.Background(), pdf, 0)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}
