package newclaim

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// paperEdge is the room round a page at 100 %.
const paperEdge = 20

// pageView is where the page lies: a picture of its own pixels in a room that scrolls both ways, or a sentence in its
// place. With the keyboard in it, + − 0 zoom, R and Shift R turn, PagSu and PagGiù leaf (UX section 7).
type pageView struct {
	fynewidget.BaseWidget
	owner   *preview
	picture *canvas.Image
	paper   *canvas.Rectangle
	held    *fyne.Container
	scroll  *container.Scroll
	text    *widget.Text
	said    *fyne.Container
	ring    *canvas.Rectangle
	wanted  fyne.Size // of the picture on the screen
	focused bool
}

func newPageView(owner *preview) *pageView {
	v := &pageView{owner: owner, picture: &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScaleFastest},
		paper: &canvas.Rectangle{}, text: widget.NewText("", theme.Body).Color(theme.Ink2).Center(), ring: &canvas.Rectangle{}}
	v.held = container.New(paperLayout{v}, v.paper, v.picture)
	v.scroll = container.NewScroll(v.held)
	v.said = widget.Column(0, widget.Gap(), v.text, widget.Gap())
	v.ExtendBaseWidget(v)
	return v
}

// Name is what the part is called.
func (v *pageView) Name() string { return words.T("newclaim.preview") }

// Parts leads to the sentence in place of the page.
func (v *pageView) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{v.said} }

// room is where a page of 100 % fits.
func (v *pageView) room() fyne.Size {
	edge := 2 * theme.Px(paperEdge)
	return fyne.NewSize(max(0, v.Size().Width-edge), max(0, v.Size().Height-edge))
}

// show puts a picture up at a zoom. A picture that was drawn for this zoom keeps its pixels; another one is stretched.
func (v *pageView) show(picture *image.RGBA, zoom int) {
	v.picture.Image = picture
	v.wanted = v.sizeOf(picture, zoom)
	v.said.Hide()
	v.scroll.Show()
	v.Refresh()
}

// sizeOf is the size of a picture on the screen: its shape fitted into the room times the zoom.
func (v *pageView) sizeOf(picture *image.RGBA, zoom int) fyne.Size {
	room, bounds := v.room(), picture.Bounds()
	wide, high := float32(bounds.Dx()), float32(bounds.Dy())
	if wide == 0 || high == 0 {
		return fyne.Size{}
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		exact := fyne.NewSize(wide/c.Scale(), high/c.Scale())
		full := fyne.NewSize(room.Width*float32(zoom)/100, room.Height*float32(zoom)/100)
		if near(exact.Width, full.Width) || near(exact.Height, full.Height) {
			return exact
		}
	}
	k := min(room.Width/wide, room.Height/high) * float32(zoom) / 100
	return fyne.NewSize(wide*k, high*k)
}

// near reports whether two lengths differ by less than the rounding of a picture's side.
func near(a, b float32) bool { return a-b < 2 && b-a < 2 }

// say puts a sentence in place of the page.
func (v *pageView) say(text string) {
	v.text.SetText(text)
	v.picture.Image = nil
	v.scroll.Hide()
	v.said.Show()
	v.Refresh()
}

// Resize has the page drawn for the new room.
func (v *pageView) Resize(size fyne.Size) {
	changed := size != v.Size()
	v.BaseWidget.Resize(size)
	if changed {
		v.owner.resized()
	}
}

// MinSize is small: the view takes the room it gets.
func (v *pageView) MinSize() fyne.Size { return fyne.NewSize(theme.Px(200), theme.Px(200)) }

// CreateRenderer implements fyne.Widget.
func (v *pageView) CreateRenderer() fyne.WidgetRenderer { return &pageFace{v} }

type pageFace struct{ *pageView }

// Layout implements fyne.WidgetRenderer.
func (f *pageFace) Layout(size fyne.Size) {
	f.ring.Resize(size)
	f.scroll.Resize(size)
	f.said.Move(fyne.NewPos(theme.Px(paperEdge), 0))
	f.said.Resize(fyne.NewSize(max(0, size.Width-2*theme.Px(paperEdge)), size.Height))
}

// MinSize implements fyne.WidgetRenderer.
func (f *pageFace) MinSize() fyne.Size { return f.pageView.MinSize() }

// Objects implements fyne.WidgetRenderer.
func (f *pageFace) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.scroll, f.said, f.ring}
}

// Destroy implements fyne.WidgetRenderer.
func (f *pageFace) Destroy() {}

// Refresh implements fyne.WidgetRenderer.
func (f *pageFace) Refresh() {
	f.ring.StrokeColor, f.ring.StrokeWidth = theme.Color(theme.Focus), theme.RingStroke
	f.ring.FillColor = theme.Color(theme.Clear)
	f.ring.Hidden = !f.focused
	f.paper.FillColor = theme.Color(theme.White)
	f.paper.StrokeColor, f.paper.StrokeWidth = theme.Color(theme.Line), theme.Stroke(theme.CardStroke)
	f.Layout(f.pageView.Size())
	f.held.Refresh()
	f.scroll.Refresh()
	f.text.Refresh()
	f.ring.Refresh()
	canvas.Refresh(f.pageView)
}

// paperLayout lays the page into the middle of what is scrolled, with an edge round it.
type paperLayout struct{ view *pageView }

// Layout implements fyne.Layout.
func (l paperLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	wanted := l.view.wanted
	for _, o := range objects {
		o.Move(fyne.NewPos((size.Width-wanted.Width)/2, (size.Height-wanted.Height)/2))
		o.Resize(wanted)
	}
}

// MinSize implements fyne.Layout.
func (l paperLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return l.view.wanted.AddWidthHeight(2*theme.Px(paperEdge), 2*theme.Px(paperEdge))
}

// FocusGained implements fyne.Focusable.
func (v *pageView) FocusGained() { v.focused = true; v.Refresh() }

// FocusLost implements fyne.Focusable.
func (v *pageView) FocusLost() { v.focused = false; v.Refresh() }

// Tapped puts the keyboard into the view.
func (v *pageView) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(v); c != nil {
		c.Focus(v)
	}
}

// TypedRune zooms and turns.
func (v *pageView) TypedRune(r rune) {
	switch r {
	case '+':
		v.owner.zoomBy(1)
	case '-':
		v.owner.zoomBy(-1)
	case '0':
		v.owner.fitPage()
	case 'r':
		v.owner.rotate(1)
	case 'R':
		v.owner.rotate(-1)
	}
}

// TypedKey leafs; other keys go on to the window.
func (v *pageView) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyPageDown:
		v.owner.leaf(1)
	case fyne.KeyPageUp:
		v.owner.leaf(-1)
	default:
		c := fyne.CurrentApp().Driver().CanvasForObject(v)
		if c != nil && !widget.HandleKey(c, key) && c.OnTypedKey() != nil {
			c.OnTypedKey()(key)
		}
	}
}
