//go:build bench

package reading_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/reading"
	"github.com/sodale/sodale/app/reading/readingtest"
)

// TestBenchExtract measures what understanding a page costs on top of getting its text from the worker: eleven papers,
// one of each layout, take turns.
func TestBenchExtract(t *testing.T) {
	const rounds, reach = 25, 0.5
	p := previewer(t)
	people := readingtest.Household()
	var samples []readingtest.Sample
	for _, seed := range seeds(1, 11) {
		samples = append(samples, readingtest.Make(seed))
	}
	var ratios, ours, theirs []float64
	for round := range rounds + 1 {
		var got, understood time.Duration
		for _, s := range samples {
			started := time.Now()
			lines := linesOf(t, p, s.PDF)
			between := time.Now()
			reading.Extract(reading.Text, [][]document.Line{lines}, readingtest.Today, people)
			got, understood = got+between.Sub(started), understood+time.Since(between)
		}
		if round == 0 {
			continue // the first finds caches cold
		}
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 / float64(len(samples)) }
		ours, theirs, ratios = append(ours, ms(understood)), append(theirs, ms(got)), append(ratios, float64(understood)/float64(got))
	}
	for _, v := range [][]float64{ours, theirs, ratios} {
		slices.Sort(v)
	}
	ratio, verdict := ratios[rounds/2], "missed"
	if ratio <= reach {
		verdict = "reached"
	}
	fmt.Printf("BENCH\t%s\t%.2f\t<= %.2f\t%s\t%.2f ms against %.2f ms a page\n", "a page understood / its text from the worker", ratio, reach, verdict, ours[rounds/2], theirs[rounds/2])
}
