package unlock

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
)

// splitLayout puts the picture beside the form: 520 of 1280, and no picture where the form would have less than it
// needs. The form is in the middle of its side, at most 440 wide without its edges.
type splitLayout struct{}

// Widths at 100 %.
const (
	sideShare = 520.0 / 1280
	leastForm = 520
	mostForm  = 520
)

func newSplit(side, form fyne.CanvasObject) *fyne.Container {
	return container.New(splitLayout{}, side, form)
}

// Layout implements fyne.Layout.
func (splitLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	side, form := objects[0], objects[1]
	left := size.Width * sideShare
	if size.Width-left < theme.Px(leastForm) || left < theme.Px(360) {
		left = 0
	}
	widget.Show(side, left > 0)
	side.Resize(fyne.NewSize(left, size.Height))
	width := min(size.Width-left, theme.Px(mostForm))
	form.Move(fyne.NewPos(left+(size.Width-left-width)/2, 0))
	form.Resize(fyne.NewSize(width, size.Height))
}

// MinSize implements fyne.Layout: the form scrolls.
func (splitLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 320) }
