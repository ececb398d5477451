package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
)

// Layers lies round the content of a window and carries what floats above it without stopping it: toasts and tooltips.
// A shell puts its content into one Layers and that into the window.
type Layers struct {
	fynewidget.BaseWidget
	content fyne.CanvasObject
	ground  *Panel
	toasts  *fyne.Container
	tips    *fyne.Container
}

// NewLayers returns layers over a content.
func NewLayers(content fyne.CanvasObject) *Layers {
	l := &Layers{content: content, ground: NewPanel(theme.Paper, theme.Clear, 0), toasts: Column(8), tips: container.NewWithoutLayout()}
	l.ExtendBaseWidget(l)
	return l
}

// SetContent replaces what lies below.
func (l *Layers) SetContent(content fyne.CanvasObject) {
	l.content = content
	l.Refresh()
}

// Content returns what lies below.
func (l *Layers) Content() fyne.CanvasObject { return l.content }

// Parts implements parted.
func (l *Layers) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{l.content, l.toasts} }

// CreateRenderer implements fyne.Widget.
func (l *Layers) CreateRenderer() fyne.WidgetRenderer {
	f := &layersFace{layers: l}
	return f
}

type layersFace struct{ layers *Layers }

// Layout implements fyne.WidgetRenderer.
func (f *layersFace) Layout(size fyne.Size) {
	l := f.layers
	place(l.ground, 0, 0, size.Width, size.Height)
	place(l.content, 0, 0, size.Width, size.Height)
	place(l.tips, 0, 0, size.Width, size.Height)
	width := min(size.Width-theme.Px(32), theme.Px(560))
	height := HeightAt(l.toasts, width)
	place(l.toasts, (size.Width-width)/2, size.Height-height-theme.Px(96), width, height)
}

// MinSize implements fyne.WidgetRenderer.
func (f *layersFace) MinSize() fyne.Size { return f.layers.content.MinSize() }

// Objects implements fyne.WidgetRenderer.
func (f *layersFace) Objects() []fyne.CanvasObject {
	l := f.layers
	return []fyne.CanvasObject{l.ground, l.content, l.toasts, l.tips}
}

// Destroy implements fyne.WidgetRenderer.
func (f *layersFace) Destroy() {}

// Refresh implements fyne.WidgetRenderer.
func (f *layersFace) Refresh() {
	f.Layout(f.layers.Size())
	f.layers.ground.Refresh()
	f.layers.content.Refresh()
	f.layers.toasts.Refresh()
}

// tip shows one tooltip at a place, or none.
func (l *Layers) tip(o fyne.CanvasObject, at fyne.Position) {
	l.tips.RemoveAll()
	if o != nil {
		l.tips.Add(o)
		o.Resize(o.MinSize())
		o.Move(at)
	}
	l.tips.Refresh()
}

// layersOf returns the Layers of the canvas that shows an object, or nil.
func layersOf(o fyne.CanvasObject) *Layers {
	c := canvasOf(o)
	if c == nil {
		return nil
	}
	return layersIn(c)
}

func layersIn(c fyne.Canvas) *Layers {
	var found *Layers
	Walk(c.Content(), func(o fyne.CanvasObject) bool {
		found, _ = o.(*Layers)
		return found == nil
	})
	return found
}
