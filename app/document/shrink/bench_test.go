//go:build bench

package shrink_test

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
	"github.com/sodale/sodale/app/document/shrink"
)

// TestBenchShrink measures a 12-megapixel photo of 6 MB made to fit into 2 MiB, from bytes to bytes, against ImageMagick
// and against libjpeg-turbo's djpeg and cjpeg, which are told the size and quality that fit. These two read a trusted file
// in the clear, in one process each. Rounds are interleaved and ratios paired.
func TestBenchShrink(t *testing.T) {
	const rounds = 9
	p := start(t)
	data := files.photo()
	path := filepath.Join(t.TempDir(), "photo.jpg")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	peers := []struct {
		name, command string
		reach         float64
	}{
		{"convert", "convert - -auto-orient -resize 3508x3508 -strip -quality 80 jpg:-", 1},
		{"djpeg and cjpeg", "djpeg -scale 7/8 | cjpeg -quality 80", 3},
	}
	ours, theirs := []float64{}, make([][]float64, len(peers))
	size := int64(0)
	for round := range rounds + 1 {
		started := time.Now()
		r, err := shrink.Fit(t.Context(), p, data, document.MaxSize, nil)
		if err != nil {
			t.Fatal(err)
		}
		mine, others := milliseconds(started), []float64{}
		for _, peer := range peers {
			others = append(others, piped(t, peer.command, path))
		}
		if round == 0 {
			continue // the first finds caches cold
		}
		size, ours = r.After, append(ours, mine)
		for i, v := range others {
			theirs[i] = append(theirs[i], v)
		}
	}
	for i, peer := range peers {
		ratios := make([]float64, rounds)
		for k := range ratios {
			ratios[k] = ours[k] / theirs[i][k]
		}
		ratio, reached := median(ratios), "missed"
		if ratio <= peer.reach {
			reached = "reached"
		}
		fmt.Printf("BENCH\tshrink 12 Mpx photo / %s\t%.2f\t<= %.2f\t%s\t%.0f ms against %.0f ms; %d to %d bytes\n",
			peer.name, ratio, peer.reach, reached, median(ours), median(theirs[i]), len(data), size)
	}
}

// piped is one run of a shell pipeline from a file into this process, in milliseconds.
func piped(t *testing.T, command, path string) float64 {
	t.Helper()
	if _, err := exec.LookPath("cjpeg"); err != nil {
		t.Skip("cjpeg is not installed")
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var out bytes.Buffer
	cmd := exec.Command("sh", "-c", command)
	cmd.Stdin, cmd.Stdout = file, &out
	started := time.Now()
	if err := cmd.Run(); err != nil || out.Len() < 100_000 {
		t.Fatalf("%s: %v, %d bytes", command, err, out.Len())
	}
	return milliseconds(started)
}

func milliseconds(since time.Time) float64 { return float64(time.Since(since).Microseconds()) / 1000 }

func median(v []float64) float64 {
	v = slices.Clone(v)
	slices.Sort(v)
	return v[len(v)/2]
}
