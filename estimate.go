package main

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/plan/vectors"
	"github.com/sodale/sodale/assets"
)

// runEstimate answers the cases of a file with the health plans of the program: one result a line, then how many agree. How many
// articles agree goes to stderr: it decides nothing. Exit 1 when an answer is not as expected or the file can't be read.
func runEstimate(args []string, stdout, stderr io.Writer) int {
	f := flags("estimate", stderr)
	path := f.String("vectors", "", "file of cases in the format "+vectors.Format)
	if f.Parse(args) != nil || *path == "" {
		f.Usage()
		return 2
	}
	tally, err := estimateAll(*path, stdout)
	if err != nil {
		fmt.Fprintln(stderr, "sodale:", fault.CodeOf(err), filepath.Base(*path))
		return 1
	}
	fmt.Fprintf(stderr, "articles: %d of %d\n", tally.Articles, tally.OfThose)
	fmt.Fprintf(stdout, "%d passed, %d failed\n", tally.Passed, tally.Failed)
	if tally.Failed > 0 {
		return 1
	}
	return 0
}

func estimateAll(path string, w io.Writer) (vectors.Tally, error) {
	data, err := readDocument(path)
	if err != nil {
		return vectors.Tally{}, err
	}
	file, err := vectors.Read(filepath.Base(path), data)
	if err != nil {
		return vectors.Tally{}, err
	}
	plans, err := plan.LoadAll(assets.Plans())
	if err != nil {
		return vectors.Tally{}, err
	}
	return vectors.Run(file, plans, w)
}
