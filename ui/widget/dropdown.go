package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
)

// pressable is a widget that only the pointer presses, inside a part that has the keyboard.
type pressable struct {
	fynewidget.BaseWidget
	tap func()
}

// Tapped presses.
func (p *pressable) Tapped(*fyne.PointEvent) { p.tap() }

// Cursor implements desktop.Cursorable.
func (p *pressable) Cursor() desktop.Cursor { return desktop.PointerCursor }

// dropDown lies over the window with a small card at a field. A tap beside it or Esc closes it.
type dropDown struct {
	fynewidget.BaseWidget
	card   fyne.CanvasObject
	panel  *Panel
	canvas fyne.Canvas
	back   fyne.Focusable
	at     fyne.CanvasObject
	width  float32
	height float32
}

// openDropDown shows content under (or above) an object, in a width and height at the most; the keyboard returns to
// back when it closes.
func openDropDown(at fyne.CanvasObject, back fyne.Focusable, content fyne.CanvasObject, width, height float32) *dropDown {
	d := &dropDown{card: content, panel: NewPanel(theme.Surface, theme.Border, theme.ButtonRadius), canvas: canvasOf(at), back: back, at: at,
		width: width, height: height}
	d.ExtendBaseWidget(d)
	if d.canvas != nil {
		d.canvas.Overlays().Add(d)
		d.Resize(d.canvas.Size())
	}
	return d
}

func (d *dropDown) close() {
	if d == nil || d.canvas == nil {
		return
	}
	c := d.canvas
	d.canvas = nil
	c.Overlays().Remove(d)
	c.Focus(d.back)
}

// Tapped closes: the tap was beside the card.
func (d *dropDown) Tapped(*fyne.PointEvent) { d.close() }

func (d *dropDown) typedKey(key *fyne.KeyEvent) bool {
	if key.Name == fyne.KeyEscape {
		d.close()
	}
	return true
}

// Parts implements parted.
func (d *dropDown) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{d.card} }

// CreateRenderer implements fyne.Widget.
func (d *dropDown) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{owner: d, objects: []fyne.CanvasObject{d.panel, d.card}, min: func() fyne.Size { return fyne.Size{} }, layout: d.lay})
}

func (d *dropDown) lay(size fyne.Size) {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(d.at)
	gap, margin := theme.Px(4), theme.Px(8)
	width := min(max(d.width, d.at.Size().Width), size.Width-2*margin)
	below, above := size.Height-at.Y-d.at.Size().Height-gap-margin, at.Y-gap-margin
	y, height := at.Y+d.at.Size().Height+gap, min(d.height, below)
	if below < d.height && above > below {
		height = min(d.height, above)
		y = at.Y - gap - height
	}
	x := min(max(margin, at.X), size.Width-width-margin)
	place(d.panel, x, y, width, height)
	place(d.card, x, y, width, height)
}
