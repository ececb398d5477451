// Package art draws the mark's two interlocking circles as the ground of the card and of the unlock screen. The
// toolkit can clip neither circles nor round corners, so the ground is drawn as one picture at the exact device size.
package art

import (
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
)

// Circle is a circle of a ground, in parts of the ground's width from its top left.
type Circle struct{ X, Y, R float64 }

// The colours of the mark's ground. They are those of the light look in every look but high contrast: a card looks the
// same wherever it is shown. White on any of them has a contrast of 5 at least.
var (
	teal  = color.NRGBA{0x0A, 0x5A, 0x63, 0xFF}
	left  = color.NRGBA{0x12, 0x66, 0x6F, 0xFF}
	right = color.NRGBA{0x1C, 0x74, 0x7C, 0xFF}
	black = color.NRGBA{0, 0, 0, 0xFF}
	grey  = color.NRGBA{0x1A, 0x1A, 0x1A, 0xFF}
)

// Ground is a drawn ground. It is behind words and takes no taps.
type Ground struct {
	fynewidget.BaseWidget
	circles [2]Circle
	radius  float32
	raster  *canvas.Raster
	edge    *canvas.Rectangle
}

// NewGround returns a ground with a corner radius at 100 % and two circles. Where they meet, the ground shows again.
func NewGround(radius float32, circles [2]Circle) *Ground {
	g := &Ground{circles: circles, radius: radius, edge: canvas.NewRectangle(color.Transparent)}
	g.raster = canvas.NewRaster(g.draw)
	g.ExtendBaseWidget(g)
	return g
}

// CreateRenderer implements fyne.Widget.
func (g *Ground) CreateRenderer() fyne.WidgetRenderer { return &face{g} }

type face struct{ *Ground }

// Layout implements fyne.WidgetRenderer.
func (f *face) Layout(size fyne.Size) {
	f.raster.Resize(size)
	f.edge.Resize(size)
	f.edge.CornerRadius = theme.Px(f.radius)
	f.edge.StrokeColor, f.edge.StrokeWidth = theme.Color(theme.Clear), 0
	if contrast() {
		f.edge.StrokeColor, f.edge.StrokeWidth = theme.Color(theme.Line), theme.Stroke(theme.CardStroke)
	}
}

// MinSize implements fyne.WidgetRenderer.
func (f *face) MinSize() fyne.Size { return fyne.Size{} }

// Objects implements fyne.WidgetRenderer.
func (f *face) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{f.raster, f.edge} }

// Refresh implements fyne.WidgetRenderer.
func (f *face) Refresh() {
	f.Layout(f.Ground.Size())
	f.raster.Refresh()
	f.edge.Refresh()
}

// Destroy implements fyne.WidgetRenderer.
func (f *face) Destroy() {}

func contrast() bool { return theme.Current().Settings().Look == theme.HighContrast }

// draw paints w × h device pixels. It is part of the first frame, so nearly every pixel is a comparison.
func (g *Ground) draw(w, h int) image.Image {
	picture := image.NewRGBA(image.Rect(0, 0, w, h))
	if w == 0 || h == 0 || g.Size().Width == 0 {
		return picture
	}
	scale := float64(w)
	radius := float64(theme.Px(g.radius)) * scale / float64(g.Size().Width)
	base, one, two := teal, left, right
	if contrast() {
		base, one, two = black, grey, grey
	}
	discs := [2]disc{g.circles[0].disc(scale), g.circles[1].disc(scale)}
	for y := range h {
		row := picture.Pix[y*picture.Stride:]
		for x := range w {
			px, py := float64(x)+0.5, float64(y)+0.5
			a, b := discs[0].cover(px, py), discs[1].cover(px, py)
			c := base
			if a > 0 || b > 0 {
				c = mix(mix(base, one, a*(1-b)), two, b*(1-a))
			}
			share := corner(px, py, float64(w), float64(h), radius)
			c = mix(color.NRGBA{}, c, share)
			row[4*x], row[4*x+1], row[4*x+2], row[4*x+3] = c.R, c.G, c.B, uint8(255*share)
		}
	}
	return picture
}

// disc is a circle in device pixels, with the squares of the distances at which its edge begins and ends.
type disc struct{ x, y, r, inside, outside float64 }

func (c Circle) disc(scale float64) disc {
	r := c.R * scale
	inside := max(0, r-0.5)
	return disc{x: c.X * scale, y: c.Y * scale, r: r, inside: inside * inside, outside: (r + 0.5) * (r + 0.5)}
}

// cover tells how much of a pixel lies inside the disc, 0 to 1.
func (d *disc) cover(px, py float64) float64 {
	dx, dy := px-d.x, py-d.y
	switch square := dx*dx + dy*dy; {
	case square >= d.outside:
		return 0
	case square <= d.inside:
		return 1
	default:
		return clamp(d.r - math.Sqrt(square) + 0.5)
	}
}

// corner tells how much of a pixel lies inside a rectangle with round corners.
func corner(px, py, w, h, r float64) float64 {
	if r < 0.5 {
		return 1
	}
	dx, dy := max(r-px, px-(w-r), 0), max(r-py, py-(h-r), 0)
	if dx == 0 || dy == 0 {
		return 1
	}
	return clamp(r - math.Hypot(dx, dy) + 0.5)
}

func clamp(v float64) float64 { return min(1, max(0, v)) }

func mix(a, b color.NRGBA, share float64) color.NRGBA {
	switch share {
	case 0:
		return a
	case 1:
		return b
	}
	part := func(x, y uint8) uint8 { return uint8(float64(x)*(1-share) + float64(y)*share + 0.5) }
	return color.NRGBA{part(a.R, b.R), part(a.G, b.G), part(a.B, b.B), 0xFF}
}
