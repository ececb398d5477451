package widget

import (
	"time"

	"github.com/sodale/sodale/ui/theme"
)

// patience is how long work may last before a word says what is going on. Local data never needs it.
const patience = 400 * time.Millisecond

// Waiting is a line that says what is going on, once it has lasted 400 ms: «Apro il documento…». Nothing turns or blinks.
type Waiting struct {
	composite
	stop func()
	runs int // of Start and Stop; a late timer is known by it
}

// NewWaiting returns a hidden line.
func NewWaiting(text string) *Waiting {
	w := &Waiting{}
	w.compose(w, NewText(text, theme.Body).Color(theme.Ink2).Center())
	w.Hide()
	return w
}

// Start begins to wait; the line shows after 400 ms unless Stop comes first.
func (w *Waiting) Start() {
	w.Stop()
	run := w.runs
	w.stop = later(patience, func() {
		if w.runs == run {
			w.Show()
		}
	})
}

// Stop ends the waiting and hides the line.
func (w *Waiting) Stop() {
	w.runs++
	if w.stop != nil {
		w.stop()
	}
	w.Hide()
}
