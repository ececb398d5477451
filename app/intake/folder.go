package intake

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// Watching a folder. It is listed once a second rather than asked to tell of changes: a folder on the network tells of
// none, and looking at a thousand papers takes 7 ms of a processor.
const (
	// Pause is the time between two looks.
	Pause = time.Second
	// Settled is how long a file must have stayed as it is: a scanner may rest between two rows, not this long.
	Settled = 2 * time.Second
)

// Folder is one into which a scanner saves its files. It is only read: nothing in it is changed or deleted.
type Folder struct {
	Path string
	// Existing reports the papers that were there before, too.
	Existing bool
	// There, when it isn't nil, is told when the folder appears and when it vanishes, and at first how it is.
	There func(bool)
}

// version is a file at one moment: another size or time under the same name is another paper.
type version struct {
	size    int64
	changed int64 // nanoseconds since 1970
}

// growing is a file that is seen but not yet reported.
type growing struct {
	version
	since time.Time // when it was first seen as it is
}

// watch is what a watcher remembers between two looks.
type watch struct {
	Folder
	started time.Time
	looked  bool // the folder was seen at least once
	there   bool
	known   map[string]version // reported, or there before
	growing map[string]growing
}

// Watch looks into the folder until ctx ends. It calls found once with the path of each new paper, in natural order, when
// the paper has stopped growing and can be opened. A folder that is missing, or vanishes, is waited for; papers that it
// has again when it comes back are not reported twice. found and There are called on Watch's own goroutine.
func (f Folder) Watch(ctx context.Context, found func(path string)) {
	w := &watch{Folder: f, started: time.Now(), known: map[string]version{}, growing: map[string]growing{}}
	tick := time.NewTicker(Pause)
	defer tick.Stop()
	for first := true; ; first = false {
		for _, name := range w.look(time.Now(), first) {
			found(filepath.Join(f.Path, name))
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// look lists the folder and returns the names of the papers that are ready.
func (w *watch) look(now time.Time, first bool) []string {
	entries, err := os.ReadDir(w.Path)
	w.tell(err == nil, first)
	if err != nil {
		clear(w.growing)
		return nil
	}
	var ready []string
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.Mode().IsRegular() || !isPaper(e.Name()) {
			continue
		}
		v := version{info.Size(), info.ModTime().UnixNano()}
		switch {
		case w.known[e.Name()] == v:
		case !w.looked && !w.Existing && (first || info.ModTime().Before(w.started)):
			w.known[e.Name()] = v
		case w.settled(e.Name(), v, now):
			w.known[e.Name()] = v
			ready = append(ready, e.Name())
		}
	}
	w.looked = true
	slices.SortFunc(ready, Natural)
	return ready
}

// settled tells whether a file has something in it, has long stayed as it is and can be opened.
func (w *watch) settled(name string, v version, now time.Time) bool {
	g, seen := w.growing[name]
	if !seen || g.version != v {
		w.growing[name] = growing{v, now}
		return false
	}
	if v.size == 0 || now.Sub(g.since) < Settled {
		return false
	}
	file, err := os.Open(filepath.Join(w.Path, name))
	if err != nil {
		return false // its program still keeps it to itself
	}
	delete(w.growing, name)
	return file.Close() == nil
}

// tell says when the folder appears or vanishes.
func (w *watch) tell(there, first bool) {
	if w.There != nil && (first || there != w.there) {
		w.There(there)
	}
	w.there = there
}
