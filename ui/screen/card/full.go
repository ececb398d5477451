package card

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/ui/qr"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

// fullScreen is the code alone, as large as the window allows, black on white whatever the look: a reader behind glass
// needs all the light there is. Any key or press closes it.
type fullScreen struct {
	fynewidget.BaseWidget
	on       fyne.Canvas
	previous fyne.Focusable
	ground   *canvas.Rectangle
	code     *canvas.Raster
	name     *canvas.Text
	number   *canvas.Text
	hint     *canvas.Text
}

func showFull(on fyne.Canvas, code qr.Code, c card.Card) *fullScreen {
	f := &fullScreen{on: on, previous: on.Focused(), ground: canvas.NewRectangle(color.White), code: canvas.NewRaster(code.Draw),
		name: canvas.NewText(c.Name, color.Black), number: canvas.NewText(grouped(c.Number), color.Black),
		hint: canvas.NewText(words.T("card.full.close"), color.Black)}
	f.code.ScaleMode = canvas.ImageScalePixels
	for _, t := range []*canvas.Text{f.name, f.number, f.hint} {
		t.Alignment = fyne.TextAlignCenter
	}
	f.name.TextStyle.Bold = true
	f.ExtendBaseWidget(f)
	on.Overlays().Add(f)
	f.Resize(on.Size())
	on.Focus(f)
	return f
}

// close takes the code away and gives the keyboard back. Calling it twice does no harm.
func (f *fullScreen) close() {
	if f.on == nil {
		return
	}
	on := f.on
	f.on = nil
	on.Overlays().Remove(f)
	if f.previous != nil {
		on.Focus(f.previous)
	}
}

// Name says what it is.
func (f *fullScreen) Name() string { return words.T("card.full") }

// Tapped closes.
func (f *fullScreen) Tapped(*fyne.PointEvent) { f.close() }

// FocusGained implements fyne.Focusable.
func (f *fullScreen) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (f *fullScreen) FocusLost() {}

// TypedRune implements fyne.Focusable.
func (f *fullScreen) TypedRune(rune) {}

// TypedKey closes.
func (f *fullScreen) TypedKey(*fyne.KeyEvent) { f.close() }

// CreateRenderer implements fyne.Widget.
func (f *fullScreen) CreateRenderer() fyne.WidgetRenderer { return &fullFace{f} }

type fullFace struct{ *fullScreen }

// Layout implements fyne.WidgetRenderer.
func (r *fullFace) Layout(size fyne.Size) {
	r.ground.Resize(size)
	r.name.TextSize, r.number.TextSize, r.hint.TextSize = theme.TextSize(theme.H2), theme.TextSize(theme.H2), theme.TextSize(theme.Secondary)
	y := size.Height - theme.Px(16)
	for _, t := range []*canvas.Text{r.hint, r.number, r.name} {
		height := t.MinSize().Height
		y -= height
		t.Move(fyne.NewPos(0, y))
		t.Resize(fyne.NewSize(size.Width, height))
		y -= theme.Px(4)
	}
	r.code.Move(fyne.NewPos(0, 0))
	r.code.Resize(fyne.NewSize(size.Width, max(0, y)))
}

// MinSize implements fyne.WidgetRenderer.
func (r *fullFace) MinSize() fyne.Size { return fyne.Size{} }

// Objects implements fyne.WidgetRenderer.
func (r *fullFace) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.code, r.name, r.number, r.hint}
}

// Refresh implements fyne.WidgetRenderer.
func (r *fullFace) Refresh() {
	r.Layout(r.fullScreen.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}

// Destroy implements fyne.WidgetRenderer.
func (r *fullFace) Destroy() {}
