package intake_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sodale/sodale/app/intake"
)

// watched is a folder under watch, on a clock that stands still but for pass.
type watched struct {
	t     *testing.T
	dir   string
	end   context.CancelFunc
	ended chan struct{}

	mu    sync.Mutex
	found []string
	there []bool
}

func watch(t *testing.T, f intake.Folder) *watched {
	ctx, cancel := context.WithCancel(t.Context())
	w := &watched{t: t, dir: f.Path, end: cancel, ended: make(chan struct{})}
	f.There = func(there bool) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.there = append(w.there, there)
	}
	go func() {
		defer close(w.ended)
		f.Watch(ctx, func(path string) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.found = append(w.found, filepath.Base(path))
		})
	}()
	synctest.Wait()
	return w
}

// stop ends the watching.
func (w *watched) stop() {
	w.end()
	<-w.ended
}

// pass lets time go by and returns what was found meanwhile.
func (w *watched) pass(d time.Duration) []string {
	time.Sleep(d)
	synctest.Wait()
	w.mu.Lock()
	defer w.mu.Unlock()
	defer func() { w.found = nil }()
	return w.found
}

func (w *watched) is(what string, got []string, want ...string) {
	w.t.Helper()
	if !slices.Equal(got, want) {
		w.t.Errorf("%s: found %q, want %q", what, got, want)
	}
}

func (w *watched) add(name, content string) {
	w.t.Helper()
	f, err := os.OpenFile(filepath.Join(w.dir, name), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = f.WriteString(content)
		f.Close()
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

func TestAPaperIsFoundOnceWhenItHasStoppedGrowing(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		w := watch(t, intake.Folder{Path: dir})
		defer w.stop()
		w.add("scan.pdf", "%PDF")
		for range 5 { // slower than the watcher looks, faster than it believes
			w.is("while it grows", w.pass(1500*time.Millisecond))
			w.add("scan.pdf", " more")
		}
		w.is("in the end", w.pass(4*time.Second), "scan.pdf")
		w.is("afterwards", w.pass(time.Hour))
	})
}

func TestWhatWasThereBeforeIsFoundOnlyWhenAsked(t *testing.T) {
	dir := t.TempDir()
	save(t, dir, "vecchia.pdf")
	for _, existing := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			w := watch(t, intake.Folder{Path: dir, Existing: existing})
			defer w.stop()
			got := w.pass(10 * time.Second)
			if slices.Contains(got, "vecchia.pdf") != existing {
				t.Errorf("asked %v: %q", existing, got)
			}
		})
	}
}

func TestOnlyWholePapersAreFoundInNaturalOrder(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		w := watch(t, intake.Folder{Path: dir})
		defer w.stop()
		for _, name := range []string{"p10.jpg", "p9.TIF", ".p1.pdf", "~p2.pdf", "p3.pdf.part", "p4.tmp", "note.txt"} {
			w.add(name, "x")
		}
		w.add("empty.pdf", "")
		if err := os.Mkdir(filepath.Join(dir, "folder.pdf"), 0o700); err != nil {
			t.Fatal(err)
		}
		w.is("at once", w.pass(4*time.Second), "p9.TIF", "p10.jpg")
		if err := os.Rename(filepath.Join(dir, "p3.pdf.part"), filepath.Join(dir, "p3.pdf")); err != nil {
			t.Fatal(err)
		}
		w.is("renamed", w.pass(4*time.Second), "p3.pdf")
	})
}

func TestAnotherPaperUnderTheSameNameIsFoundToo(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		w := watch(t, intake.Folder{Path: dir})
		defer w.stop()
		w.add("scan.pdf", "one")
		w.is("the first", w.pass(4*time.Second), "scan.pdf")
		w.add("scan.pdf", " and more")
		w.is("the second", w.pass(4*time.Second), "scan.pdf")
	})
}

func TestAFolderThatVanishesAndComesBackGivesOnlyWhatIsNew(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "scansioni")
	synctest.Test(t, func(t *testing.T) {
		w := watch(t, intake.Folder{Path: dir})
		defer w.stop()
		w.is("with no folder", w.pass(4*time.Second))
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		w.add("a.pdf", "x")
		before := save(t, dir, "prima.pdf") // from before the watch began
		long := time.Now().Add(-time.Hour)
		if err := os.Chtimes(before, long, long); err != nil {
			t.Fatal(err)
		}
		w.is("when it appears", w.pass(4*time.Second), "a.pdf")
		if err := os.Rename(dir, dir+"-away"); err != nil {
			t.Fatal(err)
		}
		w.is("when it is away", w.pass(4*time.Second))
		if err := os.Rename(dir+"-away", dir); err != nil {
			t.Fatal(err)
		}
		w.add("b.pdf", "x")
		w.is("when it is back", w.pass(4*time.Second), "b.pdf")
		if !slices.Equal(w.there, []bool{false, true, false, true}) {
			t.Errorf("said to be there: %v", w.there)
		}
	})
}

func TestWatchingChangesNothing(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		w := watch(t, intake.Folder{Path: dir, Existing: true})
		w.add("scan.pdf", "content")
		before, err := os.Stat(filepath.Join(dir, "scan.pdf"))
		if err != nil {
			t.Fatal(err)
		}
		w.pass(10 * time.Second)
		w.stop()
		after, err := os.Stat(filepath.Join(dir, "scan.pdf"))
		data, _ := os.ReadFile(filepath.Join(dir, "scan.pdf"))
		entries, _ := os.ReadDir(dir)
		if err != nil || !after.ModTime().Equal(before.ModTime()) || string(data) != "content" || len(entries) != 1 {
			t.Errorf("%v %q %v", err, data, entries)
		}
	})
}

func BenchmarkLookAtAThousandPapers(b *testing.B) {
	dir := b.TempDir()
	for i := range 1000 {
		save(b, dir, "scan"+string(rune('a'+i%26))+string(rune('a'+i/26%26))+string(rune('a'+i/676))+".pdf")
	}
	for b.Loop() {
		ctx, cancel := context.WithCancel(b.Context())
		cancel() // one look
		intake.Folder{Path: dir}.Watch(ctx, func(string) {})
	}
}
