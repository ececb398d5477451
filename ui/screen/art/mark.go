package art

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
)

// markShape is the mark's width by its height.
const markShape = 256.0 / 176

// NewMark returns the two interlocking circles in white, for a Ground, at a height at 100 %.
func NewMark(height float32) fyne.CanvasObject {
	left := canvas.NewImageFromResource(theme.Drawing("logo-left", theme.White))
	right := canvas.NewImageFromResource(theme.Drawing("logo-right", theme.White))
	left.FillMode, right.FillMode = canvas.ImageFillContain, canvas.ImageFillContain
	right.Translucency = 0.45
	return widget.Fixed(height*markShape, height, widget.Stack(left, right))
}
