package newclaim

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
)

// fold shows the same parts in the arrangement that fits its width: the first of its ways whose least width, at 100 %,
// the room has. Text of 200 % halves the room that counts.
type fold struct {
	fynewidget.BaseWidget
	ways []way
	last fyne.CanvasObject
}

// way is one arrangement and the least scaled width that it is for; the last way has 0.
type way struct {
	from  float32
	parts fyne.CanvasObject
}

func newFold(ways ...way) *fold {
	f := &fold{ways: ways, last: ways[len(ways)-1].parts}
	f.ExtendBaseWidget(f)
	return f
}

func (f *fold) at(width float32) fyne.CanvasObject {
	for _, w := range f.ways {
		if width >= theme.Px(w.from) {
			return w.parts
		}
	}
	return f.last
}

// HeightAt is the height of the arrangement that a width takes.
func (f *fold) HeightAt(width float32) float32 { return widget.HeightAt(f.at(width), width) }

// Parts leads to the arrangement that is shown.
func (f *fold) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{f.last} }

// CreateRenderer implements fyne.Widget.
func (f *fold) CreateRenderer() fyne.WidgetRenderer { return &foldFace{f} }

type foldFace struct{ *fold }

// Layout implements fyne.WidgetRenderer.
func (f *foldFace) Layout(size fyne.Size) {
	was := f.last
	f.last = f.at(size.Width)
	f.last.Move(fyne.Position{})
	f.last.Resize(size)
	if was != f.last {
		canvas.Refresh(f.fold)
	}
}

// MinSize implements fyne.WidgetRenderer: that of the narrowest arrangement.
func (f *foldFace) MinSize() fyne.Size { return f.ways[len(f.ways)-1].parts.MinSize() }

// Objects implements fyne.WidgetRenderer.
func (f *foldFace) Objects() []fyne.CanvasObject { return f.Parts() }

// Refresh implements fyne.WidgetRenderer.
func (f *foldFace) Refresh() {
	f.Layout(f.fold.Size())
	f.last.Refresh()
}

// Destroy implements fyne.WidgetRenderer.
func (f *foldFace) Destroy() {}

// columns puts parts side by side over the whole height. A width of 0 takes what the others leave.
type columns struct{ widths []float32 }

// Layout implements fyne.Layout.
func (c *columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	gap, left, growing := theme.Px(columnGap), size.Width, 0
	for _, w := range c.widths {
		left -= theme.Px(w)
		if w == 0 {
			growing++
		}
	}
	left -= gap * float32(len(objects)-1)
	x := float32(0)
	for i, o := range objects {
		width := theme.Px(c.widths[i])
		if width == 0 {
			width = max(0, left) / float32(growing)
		}
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(width, size.Height))
		x += width + gap
	}
}

// MinSize implements fyne.Layout.
func (c *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(theme.Px(columnGap)*float32(len(objects)-1), 0)
	for i, o := range objects {
		least := o.MinSize()
		size.Width += max(theme.Px(c.widths[i]), least.Width)
		size.Height = max(size.Height, least.Height)
	}
	return size
}

// columnGap lies between columns; with the room beside a scroll the eye sees 24.
const columnGap = 24 - sideRoom
