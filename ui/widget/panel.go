package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
)

// Panel is a rounded ground that follows the theme.
type Panel struct {
	fynewidget.BaseWidget
	fill, edge fyne.ThemeColorName
	radius     float32
	stroke     float32
	faint      bool
	rectangle  *canvas.Rectangle
}

// NewPanel returns a ground in a fill and with an edge (theme.Clear for none) and a radius at 100 %.
func NewPanel(fill, edge fyne.ThemeColorName, radius float32) *Panel {
	p := &Panel{fill: fill, edge: edge, radius: radius, stroke: theme.CardStroke, rectangle: &canvas.Rectangle{}}
	p.ExtendBaseWidget(p)
	return p
}

// Set changes fill and edge.
func (p *Panel) Set(fill, edge fyne.ThemeColorName) {
	p.fill, p.edge = fill, edge
	p.Refresh()
}

// lined are the grounds that high contrast can't tell from the paper: they get a line there.
var lined = map[fyne.ThemeColorName]bool{theme.Well: true, theme.AccentVeil: true, theme.GoodVeil: true, theme.CarefulVeil: true,
	theme.BadVeil: true, theme.NeutralVeil: true}

// CreateRenderer implements fyne.Widget.
func (p *Panel) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   p,
		objects: []fyne.CanvasObject{p.rectangle},
		min:     func() fyne.Size { return fyne.Size{} },
		layout:  func(size fyne.Size) { place(p.rectangle, 0, 0, size.Width, size.Height) },
		paint: func() {
			p.rectangle.FillColor, p.rectangle.StrokeColor = theme.Color(p.fill), theme.Color(p.edge)
			if p.faint {
				p.rectangle.FillColor = theme.Mix(theme.Color(p.fill), theme.Color(theme.Surface), 0.45)
			}
			p.rectangle.CornerRadius, p.rectangle.StrokeWidth = theme.Px(p.radius), 0
			if p.edge != theme.Clear {
				p.rectangle.StrokeWidth = theme.Stroke(p.stroke)
			} else if lined[p.fill] && theme.Current().Settings().Look == theme.HighContrast {
				p.rectangle.StrokeColor, p.rectangle.StrokeWidth = theme.Color(theme.Line), theme.Stroke(p.stroke)
			}
		},
	})
}

// Card is a white ground with a hairline and padding 24 by 20 round its content.
func Card(content fyne.CanvasObject) *fyne.Container { return card(theme.Surface, theme.Line, content) }

// Well is a sunken ground without a line, for what explains.
func Well(content fyne.CanvasObject) *fyne.Container { return card(theme.Well, theme.Clear, content) }

// Veil is a ground in the accent's veil, for the result of an estimate.
func Veil(content fyne.CanvasObject) *fyne.Container {
	return card(theme.AccentVeil, theme.Clear, content)
}

func card(fill, edge fyne.ThemeColorName, content fyne.CanvasObject) *fyne.Container {
	return Stack(NewPanel(fill, edge, theme.CardRadius), PadXY(24, 20, content))
}

// Rule is a hairline across.
func Rule() fyne.CanvasObject { return Fixed(0, 1, NewPanel(theme.Line, theme.Clear, 0)) }

// UprightRule is a hairline from top to bottom.
func UprightRule() fyne.CanvasObject { return Fixed(1, 0, NewPanel(theme.Line, theme.Clear, 0)) }

// Bar is a ground in Surface with a line above or below: the head and the foot of a wizard.
func Bar(content fyne.CanvasObject) *fyne.Container {
	return Stack(NewPanel(theme.Surface, theme.Clear, 0), PadXY(theme.PageMargin, 16, content))
}
