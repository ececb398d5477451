package firstrun

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
)

// middle puts its content in the middle of the room, no wider than a width at 100 %.
type middle struct {
	fynewidget.BaseWidget
	content fyne.CanvasObject
	most    float32
}

func newMiddle(most float32, content fyne.CanvasObject) *middle {
	m := &middle{content: content, most: most}
	m.ExtendBaseWidget(m)
	return m
}

func (m *middle) width(room float32) float32 { return min(room, theme.Px(m.most)) }

// HeightAt is the height of the content at its own width.
func (m *middle) HeightAt(room float32) float32 { return widget.HeightAt(m.content, m.width(room)) }

// Parts leads to the content.
func (m *middle) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{m.content} }

// CreateRenderer implements fyne.Widget.
func (m *middle) CreateRenderer() fyne.WidgetRenderer { return &middleFace{m} }

type middleFace struct{ *middle }

// Layout implements fyne.WidgetRenderer.
func (f *middleFace) Layout(room fyne.Size) {
	width := f.width(room.Width)
	f.content.Move(fyne.NewPos((room.Width-width)/2, 0))
	f.content.Resize(fyne.NewSize(width, room.Height))
}

// MinSize implements fyne.WidgetRenderer.
func (f *middleFace) MinSize() fyne.Size { return f.content.MinSize() }

// Objects implements fyne.WidgetRenderer.
func (f *middleFace) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{f.content} }

// Refresh implements fyne.WidgetRenderer.
func (f *middleFace) Refresh() {
	f.Layout(f.middle.Size())
	f.content.Refresh()
}

// Destroy implements fyne.WidgetRenderer.
func (f *middleFace) Destroy() {}
