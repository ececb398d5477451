package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
)

// Icon is a drawing in one colour that follows the theme and grows with the text.
type Icon struct {
	fynewidget.BaseWidget
	name   theme.IconName
	size   float32
	colour fyne.ThemeColorName
	filled bool
	image  *canvas.Image
}

// NewIcon returns an icon of a size at 100 %: 22 in navigation, 18 in states.
func NewIcon(name theme.IconName, size float32, colour fyne.ThemeColorName) *Icon {
	i := &Icon{name: name, size: size, colour: colour, image: &canvas.Image{FillMode: canvas.ImageFillContain}}
	i.ExtendBaseWidget(i)
	return i
}

// Filled takes the filled drawing.
func (i *Icon) Filled() *Icon {
	i.filled = true
	return i
}

// Set changes drawing, colour and filling.
func (i *Icon) Set(name theme.IconName, colour fyne.ThemeColorName, filled bool) {
	if i.name == name && i.colour == colour && i.filled == filled {
		return
	}
	i.name, i.colour, i.filled = name, colour, filled
	i.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (i *Icon) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   i,
		objects: []fyne.CanvasObject{i.image},
		min:     func() fyne.Size { return fyne.NewSquareSize(theme.Px(i.size)) },
		layout: func(size fyne.Size) {
			side := theme.Px(i.size)
			place(i.image, (size.Width-side)/2, (size.Height-side)/2, side, side)
		},
		paint: func() {
			if i.filled {
				i.image.Resource = theme.FilledIcon(i.name, i.colour)
			} else {
				i.image.Resource = theme.Icon(i.name, i.colour)
			}
		},
	})
}

// Logo is the mark: two interlocking circles.
type Logo struct {
	fynewidget.BaseWidget
	height      float32
	left, right fyne.ThemeColorName
	images      [2]*canvas.Image
}

// NewLogo returns the mark in a height at 100 %.
func NewLogo(height float32) *Logo { return newLogo(height, theme.Accent) }

// NewLogoOnAccent returns the mark for a ground in Accent.
func NewLogoOnAccent(height float32) *Logo { return newLogo(height, theme.OnAccent) }

func newLogo(height float32, colour fyne.ThemeColorName) *Logo {
	l := &Logo{height: height, left: colour, right: colour}
	for i := range l.images {
		l.images[i] = &canvas.Image{FillMode: canvas.ImageFillContain}
	}
	l.images[1].Translucency = 0.45
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer implements fyne.Widget.
func (l *Logo) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   l,
		objects: []fyne.CanvasObject{l.images[0], l.images[1]},
		min:     func() fyne.Size { return fyne.NewSize(theme.Px(l.height)*256/176, theme.Px(l.height)) },
		layout: func(size fyne.Size) {
			for _, image := range l.images {
				place(image, 0, 0, size.Width, size.Height)
			}
		},
		paint: func() {
			l.images[0].Resource = theme.Drawing("logo-left", l.left)
			l.images[1].Resource = theme.Drawing("logo-right", l.right)
		},
	})
}
