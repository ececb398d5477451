package widget

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

// toastTime is how long a toast stays.
const toastTime = 10 * time.Second

// Toast is a short word about what was just done, with *Annulla* where it can be undone. It needs Layers.
type Toast struct {
	layers *Layers
	shown  fyne.CanvasObject
	stop   func()
}

// ShowToast shows a toast over a canvas for ten seconds. undo may be nil: then there is nothing to press.
func ShowToast(c fyne.Canvas, text string, undo func()) *Toast {
	t := &Toast{layers: layersIn(c)}
	if t.layers == nil {
		return t
	}
	parts := []fyne.CanvasObject{Grow(NewText(text, theme.Body).Color(theme.Surface))}
	if undo != nil {
		parts = append(parts, NewButton(words.T("kit.undo"), Secondary, func() {
			t.Dismiss()
			undo()
		}).WithIcon(theme.IconArrowUUpLeft).Compact())
	}
	t.shown = Stack(NewPanel(theme.Ink, theme.Clear, theme.ButtonRadius), PadXY(16, 10, Row(16, parts...)))
	t.layers.toasts.Add(t.shown)
	t.layers.Refresh()
	t.stop = later(toastTime, t.Dismiss)
	return t
}

// Dismiss takes the toast away before its time. Calling it twice does no harm.
func (t *Toast) Dismiss() {
	if t.shown == nil {
		return
	}
	t.stop()
	t.layers.toasts.Remove(t.shown)
	t.shown = nil
	t.layers.Refresh()
}
