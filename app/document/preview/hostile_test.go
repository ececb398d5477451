package preview_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/fault"
)

// mutants is how many are made of the public files, as many as the project promises.
const mutants = 1500

// numbers finds the values that a hostile PDF lies with.
var numbers = regexp.MustCompile(`/(Count|MediaBox|Width|Height|BitsPerComponent|Length|First|N|Size|Columns|Rows|K|Predictor|Colors|W|Index|Matrix|BBox|Prev|XStep|YStep|Kids|Parent|Contents)\s*[\[\s]\s*(-?[0-9.]+)`)

// lies replace such values.
var lies = []string{"-5", "0", "1", "65536", "2147483647", "4294967296", "-2147483648", "999999999", "1000000", "1e10", "0.00001"}

// mutate damages a copy of data in one to four ways.
func mutate(r *rand.Rand, data []byte) []byte {
	out := bytes.Clone(data)
	for range 1 + r.IntN(4) {
		if len(out) == 0 {
			return out
		}
		switch r.IntN(5) {
		case 0, 1:
			if found := numbers.FindAllSubmatchIndex(out, 2000); len(found) > 0 {
				at := found[r.IntN(len(found))]
				out = slices.Concat(out[:at[4]], []byte(lies[r.IntN(len(lies))]), out[at[5]:])
			}
		case 2:
			for range 1 + r.IntN(20) {
				out[r.IntN(len(out))] ^= 1 << r.IntN(8)
			}
		case 3:
			out = out[:r.IntN(len(out)+1)]
		case 4:
			from, to := r.IntN(len(out)), r.IntN(len(out))
			copy(out[to:], out[from:min(len(out), from+1+r.IntN(64))])
		}
	}
	return out
}

// tally is what a set of files ended with.
type tally struct {
	mu      sync.Mutex
	codes   map[fault.Code]int
	slowest time.Duration
	name    string
}

func (c *tally) add(name string, code fault.Code, took time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.codes[code]++
	if took > c.slowest {
		c.slowest, c.name = took, name
	}
}

func (c *tally) String() string {
	s := ""
	total := 0
	for _, code := range slices.Sorted(maps.Keys(c.codes)) {
		total += c.codes[code]
		if code == "" {
			s += fmt.Sprintf(" shown %d", c.codes[code])
		} else {
			s += fmt.Sprintf(" %s %d", code, c.codes[code])
		}
	}
	return fmt.Sprintf("%d files:%s; slowest %.1f s (%s)", total, s, c.slowest.Seconds(), c.name)
}

// hostile is one file to be shown, made when its turn comes.
type hostile struct {
	name string
	make func() []byte
}

// show runs the command on every file, one on each processor.
func show(t *testing.T, files []hostile) *tally {
	t.Helper()
	needsMuPDF(t) // skipping must not happen on the goroutines below
	sum := &tally{codes: map[fault.Code]int{}}
	dir := t.TempDir()
	queue := make(chan hostile)
	var all sync.WaitGroup
	for i := range runtime.NumCPU() {
		all.Go(func() {
			in, out := filepath.Join(dir, fmt.Sprintf("in%d", i)), filepath.Join(dir, fmt.Sprintf("out%d.png", i))
			for f := range queue {
				if err := os.WriteFile(in, f.make(), 0o600); err != nil {
					t.Error(err)
					continue
				}
				o := run(t, in, "--page", "1", "--dpi", "100", "-o", out)
				sum.add(f.name, o.code(t, f.name), o.took)
			}
		})
	}
	for _, f := range files {
		queue <- f
	}
	close(queue)
	all.Wait()
	return sum
}

// mutantsOf makes n seeded mutants of files that load reads.
func mutantsOf(names []string, load func(string) []byte, n int, seed uint64) []hostile {
	out := make([]hostile, n)
	for i := range out {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		name := names[r.IntN(len(names))]
		out[i] = hostile{fmt.Sprintf("mutant %d of %s", i, filepath.Base(name)), func() []byte { return mutate(r, load(name)) }}
	}
	return out
}

func TestMutantsOfTheSamplesAreShownOrRefused(t *testing.T) {
	ticket := sample.Ticket()
	files := map[string][]byte{
		"text": ticket.PDF(), "form": sample.FilledForm(), "pages": sample.PagesTIFF(ticket, sample.Dentist()), "g3": ticket.G3TIFF(),
		"jpeg tiff": ticket.JPEGTIFF(), "photo": ticket.SmallPhoto(6), "encrypted": sample.Encrypted(), "many": sample.ManyPages(1000),
	}
	names := slices.Sorted(maps.Keys(files))
	t.Log(show(t, mutantsOf(names, func(name string) []byte { return files[name] }, 60, 1)))
}

// TestHostileFiles shows the public files that app/document/fetch-corpus.sh fetches, and mutants of them: `make hostile`.
func TestHostileFiles(t *testing.T) {
	if os.Getenv("SODALE_HOSTILE") == "" {
		t.Skip("long: set SODALE_HOSTILE")
	}
	names := corpus(t)
	load := func(name string) []byte {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Error(err)
		}
		return data
	}
	whole := make([]hostile, len(names))
	for i, name := range names {
		whole[i] = hostile{filepath.Base(name), func() []byte { return load(name) }}
	}
	t.Log("public files:", show(t, whole))
	seed, err := strconv.ParseUint(os.Getenv("SODALE_SEED"), 10, 64)
	if err != nil {
		seed = 1
	}
	t.Logf("mutants of seed %d: %v", seed, show(t, mutantsOf(names, load, mutants, seed)))
}

// corpus lists the files that were fetched.
func corpus(t *testing.T) []string {
	t.Helper()
	dir := os.Getenv("SODALE_CORPUS")
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			t.Fatal(err)
		}
		dir = filepath.Join(cache, "sodale", "corpus")
	}
	var names []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			names = append(names, path)
		}
		return err
	})
	if err != nil || len(names) == 0 {
		t.Fatalf("no corpus in %s (run app/document/fetch-corpus.sh): %v", dir, err)
	}
	return names
}
