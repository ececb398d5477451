package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"github.com/sodale/sodale/ui/theme"
)

// tooltip shows the name of a part that has only an icon, while the pointer is over it or it has the focus. It needs
// Layers round the window's content; without them there is none.
type tooltip struct {
	owner  *IconButton
	shown  fyne.CanvasObject
	layers *Layers // where it is shown; the owner may be gone from there when it ends
}

func (t *tooltip) show() {
	layers := layersOf(t.owner)
	if layers == nil || t.shown != nil || t.owner.label == "" {
		return
	}
	text := NewText(t.owner.label, theme.Caption).Color(theme.Surface).OneLine()
	t.layers = layers
	t.shown = Stack(NewPanel(theme.Ink, theme.Clear, 6), PadXY(8, 4, text))
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(t.owner).Subtract(driver.AbsolutePositionForObject(layers))
	size := t.shown.MinSize()
	x := at.X + t.owner.Size().Width/2 - size.Width/2
	x = min(max(theme.Px(4), x), max(0, layers.Size().Width-size.Width-theme.Px(4)))
	y := at.Y + t.owner.Size().Height + theme.RingGap + theme.RingStroke + theme.Px(3)
	if y+size.Height > layers.Size().Height {
		y = at.Y - size.Height - theme.RingGap - theme.RingStroke
	}
	layers.tip(t.shown, fyne.NewPos(x, y))
}

func (t *tooltip) hide() {
	if t.shown != nil {
		t.layers.tip(nil, fyne.Position{})
	}
	t.shown = nil
}

// MouseIn shows the tooltip.
func (b *IconButton) MouseIn(e *desktop.MouseEvent) {
	b.control.MouseIn(e)
	b.tip.show()
}

// MouseOut hides the tooltip.
func (b *IconButton) MouseOut() {
	b.control.MouseOut()
	b.tip.hide()
}

// FocusGained shows the tooltip.
func (b *IconButton) FocusGained() {
	b.control.FocusGained()
	b.tip.show()
}

// FocusLost hides the tooltip.
func (b *IconButton) FocusLost() {
	b.control.FocusLost()
	b.tip.hide()
}
