//go:build !race

// Reading by OCR takes minutes with the race detector, and there is no shared memory to look at: `make test RACE=-race` runs this file
// without it.

package shrink_test

import (
	"context"
	"image"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/ocr"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/document/shrink"
	"github.com/sodale/sodale/app/reading"
	"github.com/sodale/sodale/assets"
)

// maxLost is the share of characters that may read differently after shrinking.
const maxLost = 0.01

func TestWhatAMachineReadsIsTheSameAfterShrinking(t *testing.T) { // CLM-05
	p := start(t)
	engine := ocr.New(ocr.Config{Core: assets.OCRCore, Italian: assets.OCRItalian, Deadline: 10 * time.Minute})
	t.Cleanup(func() { _ = engine.Close() })
	for _, c := range []struct {
		name   string
		data   []byte
		limits []int64 // in bytes; the last of each is hardly more than the least that is ever made
	}{
		{"photo of 6 MB", files.photo(), []int64{document.MaxSize, 200_000}},
		{"scanned PDF of 11 MB", files.scan(), []int64{document.MaxSize, 100_000}},
		{"grey TIFF of 4 MB", sample.GreyTIFF(sample.Wordy()), []int64{60_000}},
		{"fax of two pages", sample.FaxTIFF(sample.Wordy(), sample.Analyses()), []int64{65_000}},
	} {
		before := read(t, p, engine, c.data)
		if len([]rune(before)) < 1500 {
			t.Errorf("%s: only %q was read", c.name, before)
		}
		for _, limit := range c.limits {
			r, err := shrink.Fit(t.Context(), p, c.data, limit, nil)
			if err != nil {
				t.Errorf("%s, %d bytes: %v", c.name, limit, err)
				continue
			}
			after := read(t, p, engine, r.Data)
			lost := float64(edits([]rune(before), []rune(after))) / float64(len([]rune(before)))
			t.Logf("%s: %d → %d bytes, %.2f %% read differently", c.name, r.Before, r.After, 100*lost)
			if lost > maxLost {
				t.Errorf("%s, %d bytes: %.2f %% of\n%s\nread differently:\n%s", c.name, limit, 100*lost, before, after)
			}
		}
	}
}

// read is all text that the program reads from the pages of a file, as when a paper is attached.
func read(t *testing.T, p document.Previewer, engine *ocr.Engine, data []byte) string {
	t.Helper()
	var text strings.Builder
	recognise := func(ctx context.Context, page *image.Gray, dpi float64) ([]document.Line, float64, error) {
		found, err := engine.Read(ctx, page, dpi)
		for _, line := range found.Lines {
			text.WriteString(line.Text + "\n")
		}
		return found.Lines, found.Confidence, err
	}
	today := func() civil.Date { return civil.Date{Year: 2026, Month: time.November, Day: 28} }
	if _, err := (reading.Reader{Previewer: p, OCR: recognise, Today: today}).Read(t.Context(), data, nil, nil); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// edits is how many characters must be put in, left out or changed to make b of a (Levenshtein).
func edits(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
