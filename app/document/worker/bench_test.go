//go:build bench

package worker_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/sodale/sodale/app/document"
)

// TestBenchPreview measures page 1 at 150 dpi, from the bytes of a file to its pixels in this process, against mutool
// as a process that writes its pixels into a pipe to this process. The worker is warm but meets each file anew: the four
// files take turns. Rounds are interleaved and ratios paired.
func TestBenchPreview(t *testing.T) {
	mutool, err := exec.LookPath("mutool")
	if err != nil {
		t.Skip("mutool is not installed")
	}
	const rounds = 15
	cases := []struct {
		name, file string
		data       []byte
		reach      float64
	}{
		{"preview text PDF", "text.pdf", files.text(), 0.85},
		{"preview 300-dpi scan PDF", "scan.pdf", files.scan(), 1},
		{"preview 12 Mpx photo", "photo.jpg", files.photo(), 1},
		{"preview G4 TIFF", "fax.tif", files.tiff(), 1},
	}
	dir := t.TempDir()
	c := config(t)
	c.Workers, c.Renew = 1, 1000
	pool := start(t, c)
	ours, theirs, held := map[string][]float64{}, map[string][]float64{}, map[string][]float64{}
	for round := range rounds + 1 {
		for _, k := range cases {
			path := filepath.Join(dir, k.file)
			if err := os.WriteFile(path, k.data, 0o600); err != nil {
				t.Fatal(err)
			}
			a := preview(t, pool, k.data)
			again := preview(t, pool, k.data)
			b := mutoolDraw(t, mutool, path)
			if round == 0 {
				continue // the first finds caches cold
			}
			ours[k.name] = append(ours[k.name], a)
			held[k.name] = append(held[k.name], again)
			theirs[k.name] = append(theirs[k.name], b)
		}
	}
	for _, k := range cases {
		ratios := make([]float64, rounds)
		for i := range ratios {
			ratios[i] = ours[k.name][i] / theirs[k.name][i]
		}
		ratio, reached := median(ratios), "missed"
		if ratio <= k.reach {
			reached = "reached"
		}
		note := fmt.Sprintf("%.1f ms against mutool %.1f ms; %.1f ms with the file held open",
			median(ours[k.name]), median(theirs[k.name]), median(held[k.name]))
		fmt.Printf("BENCH\t%s\t%.2f\t<= %.2f\t%s\t%s\n", k.name, ratio, k.reach, reached, note)
	}
}

// preview is one call of the pool, in milliseconds.
func preview(t *testing.T, p *document.Pool, data []byte) float64 {
	t.Helper()
	started := time.Now()
	if _, err := p.Page(t.Context(), data, document.Request{DPI: 150}); err != nil {
		t.Fatal(err)
	}
	return float64(time.Since(started).Microseconds()) / 1000
}

// mutoolDraw is one run of mutool, in milliseconds.
func mutoolDraw(t *testing.T, mutool, path string) float64 {
	t.Helper()
	var pixels bytes.Buffer
	cmd := exec.Command(mutool, "draw", "-q", "-r", "150", "-F", "ppm", "-o", "-", path, "1")
	cmd.Stdout = &pixels
	started := time.Now()
	if err := cmd.Run(); err != nil || pixels.Len() < 1<<20 {
		t.Fatalf("mutool: %v, %d bytes", err, pixels.Len())
	}
	return float64(time.Since(started).Microseconds()) / 1000
}

func median(v []float64) float64 {
	v = slices.Clone(v)
	slices.Sort(v)
	return v[len(v)/2]
}
