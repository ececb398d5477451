package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"
)

// composite is a widget whose look is one object put together from others.
type composite struct {
	fynewidget.BaseWidget
	self fyne.Widget
	body fyne.CanvasObject
}

func (c *composite) compose(self fyne.Widget, body fyne.CanvasObject) {
	c.self, c.body = self, body
	c.ExtendBaseWidget(self)
}

// HeightAt implements wider.
func (c *composite) HeightAt(width float32) float32 { return HeightAt(c.body, width) }

// Parts implements parted.
func (c *composite) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{c.body} }

// CreateRenderer implements fyne.Widget.
func (c *composite) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   c.self,
		objects: []fyne.CanvasObject{c.body},
		min:     func() fyne.Size { return c.body.MinSize() },
		layout:  func(size fyne.Size) { place(c.body, 0, 0, size.Width, size.Height) },
	})
}
