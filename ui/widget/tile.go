package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/sodale/sodale/ui/theme"
)

// Tile is a ground with anything on it that is pressed as a whole: a row of the overview, a chip, a tab.
type Tile struct {
	control
	content    fyne.CanvasObject
	ground     *canvas.Rectangle
	fill, edge fyne.ThemeColorName
	hover      fyne.ThemeColorName
	radius     float32 // at 100 %; below 0 = half the height
	height     float32 // least, at 100 %
	padX, padY float32
	restyle    func() // sets the colours before each painting; may be nil
}

// NewTile returns a pressed ground of 64 high at least, without fill or edge until the pointer comes. label is its name.
func NewTile(label string, content fyne.CanvasObject, pressed func()) *Tile {
	t := &Tile{}
	t.setUp(t, label, content, pressed)
	t.height, t.padX, t.padY = theme.RowHeight, 8, 8
	return t
}

// NewCardTile is a Card that is pressed as a whole.
func NewCardTile(label string, content fyne.CanvasObject, pressed func()) *Tile {
	t := NewTile(label, content, pressed)
	t.fill, t.edge, t.radius, t.padX, t.padY = theme.Surface, theme.Line, theme.CardRadius, 24, 20
	return t
}

func (t *Tile) setUp(self fyne.Widget, label string, content fyne.CanvasObject, pressed func()) {
	t.content, t.ground = content, &canvas.Rectangle{}
	t.fill, t.edge, t.hover, t.radius = theme.Clear, theme.Clear, theme.AccentVeil, theme.ButtonRadius
	t.extend(self, label, pressed)
}

// SetSelected gives the tile the ground and edge of a chosen row, or takes them away.
func (t *Tile) SetSelected(selected bool) {
	t.restyle = func() {
		t.fill, t.edge = theme.Clear, theme.Clear
		if selected {
			t.fill, t.edge = theme.AccentVeil, theme.Accent
		}
	}
	t.self.Refresh()
}

// HeightAt implements wider.
func (t *Tile) HeightAt(width float32) float32 {
	return max(theme.Px(t.height), HeightAt(t.content, width-2*theme.Px(t.padX))+2*theme.Px(t.padY))
}

// Parts implements parted.
func (t *Tile) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{t.content} }

// CreateRenderer implements fyne.Widget.
func (t *Tile) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   t.self,
		objects: []fyne.CanvasObject{t.ground, t.content, t.ring},
		min: func() fyne.Size {
			least := t.content.MinSize()
			return fyne.NewSize(least.Width+2*theme.Px(t.padX), max(theme.Px(t.height), least.Height+2*theme.Px(t.padY)))
		},
		layout: t.lay,
		paint:  t.paint,
	})
}

func (t *Tile) lay(size fyne.Size) {
	radius := theme.Px(t.radius)
	if t.radius < 0 {
		radius = size.Height / 2
	}
	t.ground.CornerRadius = radius
	place(t.ground, 0, 0, size.Width, size.Height)
	x, width := theme.Px(t.padX), size.Width-2*theme.Px(t.padX)
	height := min(HeightAt(t.content, width), size.Height)
	place(t.content, x, (size.Height-height)/2, width, height)
	paintRing(t.ring, t.focused, size, radius)
}

func (t *Tile) paint() {
	if t.restyle != nil {
		t.restyle()
	}
	fill := t.fill
	if t.hovered && !t.Disabled() && t.hover != "" && fill != theme.Accent {
		fill = t.hover
	}
	t.ground.FillColor, t.ground.StrokeColor, t.ground.StrokeWidth = theme.Color(fill), theme.Color(t.edge), 0
	if t.edge != theme.Clear {
		t.ground.StrokeWidth = theme.Stroke(theme.CardStroke)
	}
}
