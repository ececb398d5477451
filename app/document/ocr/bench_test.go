//go:build bench

package ocr

import (
	"bytes"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/document/picture"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/assets"
)

// TestBenchOCR measures one A4 page, from pixels to its words, against Debian's tesseract as a process that reads the
// same pixels as a PGM with the same language and layout. Rounds are interleaved and ratios paired.
func TestBenchOCR(t *testing.T) {
	peer, err := exec.LookPath("tesseract")
	if err != nil {
		t.Skip("tesseract is not installed")
	}
	const rounds, dpi = 7, 220
	page := picture.Deskew(picture.Flatten(sample.Ticket().Scan(dpi)))
	file := filepath.Join(t.TempDir(), "page.pgm")
	if err := os.WriteFile(file, pgm(page), 0o600); err != nil {
		t.Fatal(err)
	}
	e := tesseract(time.Minute)
	defer e.Close()
	var ours, theirs, ratios []float64
	for round := range rounds + 1 {
		a := milliseconds(func() {
			if text, err := e.Read(t.Context(), page, dpi); err != nil || text.Confidence < 80 {
				t.Fatal(text.Confidence, err)
			}
		})
		b := milliseconds(func() {
			args := []string{file, "-", "-l", "ita", "--psm", strconv.Itoa(singleColumn), "--dpi", strconv.Itoa(dpi), "tsv"}
			if out, err := exec.Command(peer, args...).Output(); err != nil || !strings.Contains(string(out), "2026/004817") {
				t.Fatal(err)
			}
		})
		if round > 0 { // the first finds caches cold
			ours, theirs, ratios = append(ours, a), append(theirs, b), append(ratios, a/b)
		}
	}
	report("OCR of an A4 page at 220 dpi", median(ratios), 2, fmt.Sprintf("%.0f ms against tesseract %.0f ms", median(ours), median(theirs)))
}

// TestBenchOCRStart measures what the engine does before its first page, with what it compiled the time before.
func TestBenchOCRStart(t *testing.T) {
	folder := t.TempDir()
	var first, again []float64
	for range 3 {
		empty(folder)
		first = append(first, oneStart(t, folder))
		again = append(again, oneStart(t, folder))
	}
	report("start of OCR, compiled before", median(again)/median(first), 0.25, fmt.Sprintf("%.0f ms against %.0f ms of compiling", median(again), median(first)))
}

// oneStart is one start, in milliseconds.
func oneStart(t *testing.T, folder string) float64 {
	e := New(Config{Core: assets.OCRCore, Italian: assets.OCRItalian, Cache: folder})
	defer e.Close()
	return milliseconds(func() {
		if err := e.Warm(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
}

func pgm(g *image.Gray) []byte {
	var b bytes.Buffer
	size := g.Rect.Size()
	fmt.Fprintf(&b, "P5 %d %d 255\n", size.X, size.Y)
	for y := range size.Y {
		b.Write(g.Pix[y*g.Stride:][:size.X])
	}
	return b.Bytes()
}

func report(name string, ratio, reach float64, note string) {
	reached := "missed"
	if ratio <= reach {
		reached = "reached"
	}
	fmt.Printf("BENCH\t%s\t%.2f\t<= %.2f\t%s\t%s\n", name, ratio, reach, reached, note)
}

func milliseconds(f func()) float64 {
	started := time.Now()
	f()
	return float64(time.Since(started).Microseconds()) / 1000
}

func median(v []float64) float64 {
	v = slices.Clone(v)
	slices.Sort(v)
	return v[len(v)/2]
}
