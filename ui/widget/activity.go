package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// somebody is called at every key and every movement of the pointer; nil = nobody listens.
var somebody func()

// OnActivity has f called on the window's goroutine whenever a key is pressed or the pointer moves over what is shown, until
// cancel is called. There is one listener: the window that locks itself when nobody is there.
func OnActivity(f func()) (cancel func()) {
	somebody = f
	return func() { somebody = nil }
}

// noticed tells the listener that somebody is there.
func noticed() {
	if somebody != nil {
		somebody()
	}
}

// KeyDown implements desktop.Keyable: the driver tells every key to the part that has the keyboard.
func (c *control) KeyDown(*fyne.KeyEvent) { noticed() }

// KeyUp implements desktop.Keyable.
func (c *control) KeyUp(*fyne.KeyEvent) {}

// MouseMoved implements desktop.Hoverable.
func (c *control) MouseMoved(*desktop.MouseEvent) { noticed() }

// KeyDown implements desktop.Keyable.
func (l *line) KeyDown(key *fyne.KeyEvent) {
	noticed()
	l.Entry.KeyDown(key)
}

// KeyDown implements desktop.Keyable.
func (l *listInner) KeyDown(*fyne.KeyEvent) { noticed() }

// KeyUp implements desktop.Keyable.
func (l *listInner) KeyUp(*fyne.KeyEvent) {}

// MouseIn implements desktop.Hoverable: what has no use for the pointer itself leaves it to the ground below.
func (l *Layers) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (l *Layers) MouseMoved(*desktop.MouseEvent) { noticed() }

// MouseOut implements desktop.Hoverable.
func (l *Layers) MouseOut() {}

// MouseIn implements desktop.Hoverable.
func (s *Sheet) MouseIn(*desktop.MouseEvent) {}

// MouseMoved implements desktop.Hoverable.
func (s *Sheet) MouseMoved(*desktop.MouseEvent) { noticed() }

// MouseOut implements desktop.Hoverable.
func (s *Sheet) MouseOut() {}

// HearKeys has the keys told that come while no part of a canvas has the keyboard.
func HearKeys(c fyne.Canvas) {
	if d, ok := c.(desktop.Canvas); ok {
		d.SetOnKeyDown(func(*fyne.KeyEvent) { noticed() })
	}
}
