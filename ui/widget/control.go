package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
)

// control is what all parts that are pressed have in common: a name, the focus with its ring, the pointer over it, and
// Enter and Space that press. Parts embed it and call extend.
type control struct {
	fynewidget.DisableableWidget
	self    fyne.Widget
	label   string
	press   func()
	keys    func(*fyne.KeyEvent) bool // takes a key before Enter and Space; may be nil
	focused bool
	hovered bool
	ring    *canvas.Rectangle
}

func (c *control) extend(self fyne.Widget, label string, press func()) {
	c.self, c.label, c.press = self, label, press
	c.ring = newRing()
	c.ExtendBaseWidget(self)
}

// Name implements Named.
func (c *control) Name() string { return c.label }

// Tapped presses the part; it takes the focus first.
func (c *control) Tapped(*fyne.PointEvent) {
	if c.Disabled() {
		return
	}
	focus(c.self)
	c.activate()
}

func (c *control) activate() {
	if !c.Disabled() && c.press != nil {
		c.press()
	}
}

// FocusGained shows the ring and brings the part into view.
func (c *control) FocusGained() {
	c.focused = true
	c.self.Refresh()
	reveal(c.self)
}

// FocusLost takes the ring away.
func (c *control) FocusLost() {
	c.focused = false
	c.self.Refresh()
}

// TypedRune does nothing: a key press comes by TypedKey.
func (c *control) TypedRune(rune) {}

// TypedKey presses at Enter and Space; keys that the part does not know go on to the dialog or the window.
func (c *control) TypedKey(key *fyne.KeyEvent) {
	if c.keys != nil && !c.Disabled() && c.keys(key) {
		return
	}
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		c.activate()
	default:
		passKey(c.self, key)
	}
}

// MouseIn implements desktop.Hoverable.
func (c *control) MouseIn(*desktop.MouseEvent) {
	c.hovered = true
	c.self.Refresh()
}

// MouseOut implements desktop.Hoverable.
func (c *control) MouseOut() {
	c.hovered = false
	c.self.Refresh()
}

// Cursor implements desktop.Cursorable.
func (c *control) Cursor() desktop.Cursor {
	if c.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// newRing returns the rectangle that shows the focus.
func newRing() *canvas.Rectangle { return canvas.NewRectangle(theme.Color(theme.Clear)) }

// paintRing shows the ring round a part of the given size and radius, or hides it.
func paintRing(ring *canvas.Rectangle, shown bool, size fyne.Size, radius float32) {
	ring.StrokeColor, ring.StrokeWidth = theme.Color(theme.Focus), theme.RingStroke
	ring.CornerRadius = radius + theme.RingStroke
	const out = theme.RingStroke + theme.RingGap
	place(ring, -out, -out, size.Width+2*out, size.Height+2*out)
	ring.Hidden = !shown
}

// canvasOf returns the canvas that shows an object, or nil. Of what was put into a window and not painted yet the toolkit does not
// know whose it is: then it is that of the only window.
func canvasOf(o fyne.CanvasObject) fyne.Canvas {
	driver := fyne.CurrentApp().Driver()
	if c := driver.CanvasForObject(o); c != nil {
		return c
	}
	if windows := driver.AllWindows(); len(windows) == 1 {
		return windows[0].Canvas()
	}
	return nil
}

// focus puts the keyboard into a part, where it is shown.
func focus(o fyne.CanvasObject) {
	if f, ok := o.(fyne.Focusable); ok {
		if c := canvasOf(o); c != nil {
			c.Focus(f)
		}
	}
}

// passKey hands a key that a part has no use for to the dialog on top, else to the window.
func passKey(o fyne.CanvasObject, key *fyne.KeyEvent) {
	c := canvasOf(o)
	if c == nil || HandleKey(c, key) {
		return
	}
	if typed := c.OnTypedKey(); typed != nil {
		typed(key)
	}
}

// passShortcut hands a shortcut that a field has no use for to the window.
func passShortcut(o fyne.CanvasObject, shortcut fyne.Shortcut) {
	if c, ok := canvasOf(o).(fyne.Shortcutable); ok {
		c.TypedShortcut(shortcut)
	}
}
