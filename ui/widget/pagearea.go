package widget

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

// paperEdge is the room round a page, at 100 %.
const paperEdge = 20

// pageArea is where the page lies. It has the keyboard and scrolls when the page is larger than the room.
type pageArea struct {
	control
	view    *PageView
	picture *image.RGBA
	shows   document.Request // what the picture, or the one under way, answers
	paper   *canvas.Rectangle
	image   *canvas.Image
	holder  *fyne.Container
	scroll  *container.Scroll
}

func newPageArea(v *PageView) *pageArea {
	a := &pageArea{view: v, paper: &canvas.Rectangle{}, image: &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillStretch}}
	a.holder = container.New(&pictureLayout{area: a}, a.paper, a.image)
	a.holder.Hide()
	a.scroll = container.NewScroll(a.holder)
	a.extend(a, words.T("kit.page.area"), nil)
	a.keys = a.typed
	return a
}

func (a *pageArea) set(picture *image.RGBA) {
	a.picture = picture
	a.holder.Hidden = picture == nil
	if picture == nil {
		a.shows, a.image.Image = document.Request{}, nil
	} else {
		a.image.Image = picture
	}
	a.relay()
	a.image.Refresh()
}

// relay lays the picture anew: it, the zoom or the room is another.
func (a *pageArea) relay() {
	a.holder.Refresh()
	a.scroll.Refresh()
}

// room is the size that a fitted page may have.
func (a *pageArea) room() fyne.Size {
	edge := 2 * theme.Px(paperEdge)
	return fyne.NewSize(max(0, a.Size().Width-edge), max(0, a.Size().Height-edge))
}

// density is how many device pixels lie in one unit of length.
func (a *pageArea) density() float32 {
	if c := canvasOf(a); c != nil {
		return c.Scale()
	}
	return 1
}

func (a *pageArea) typed(key *fyne.KeyEvent) bool {
	v := a.view
	switch key.Name {
	case fyne.KeyPageUp:
		v.setPage(v.page - 1)
	case fyne.KeyPageDown:
		v.setPage(v.page + 1)
	case fyne.KeyHome:
		v.setPage(0)
	case fyne.KeyEnd:
		v.setPage(v.pages - 1)
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight:
		a.pan(key.Name)
	default:
		return false
	}
	return true
}

// TypedRune zooms and turns: by the signs, wherever they lie on the keyboard. = is the + of keyboards that need Shift
// for it.
func (a *pageArea) TypedRune(r rune) {
	switch r {
	case '+', '=':
		a.view.zoomBy(1)
	case '-':
		a.view.zoomBy(-1)
	case '0':
		a.view.setZoom(zoomFit)
	case 'r':
		a.view.rotate(1)
	case 'R':
		a.view.rotate(-1)
	}
}

func (a *pageArea) pan(key fyne.KeyName) {
	step := theme.Px(48)
	by := map[fyne.KeyName]fyne.Delta{fyne.KeyUp: {DY: -step}, fyne.KeyDown: {DY: step}, fyne.KeyLeft: {DX: -step}, fyne.KeyRight: {DX: step}}[key]
	at, most := a.scroll.Offset, a.holder.Size().Subtract(a.scroll.Size())
	a.scroll.ScrollToOffset(fyne.NewPos(min(max(0, at.X+by.DX), max(0, most.Width)), min(max(0, at.Y+by.DY), max(0, most.Height))))
}

// CreateRenderer implements fyne.Widget.
func (a *pageArea) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   a,
		objects: []fyne.CanvasObject{a.scroll, a.ring},
		min:     func() fyne.Size { return fyne.NewSize(theme.Px(160), theme.Px(200)) },
		paint: func() {
			a.paper.FillColor = theme.Color(theme.White)
			a.paper.StrokeColor, a.paper.StrokeWidth = theme.Color(theme.Line), theme.Stroke(theme.CardStroke)
		},
		layout: func(size fyne.Size) {
			place(a.scroll, 0, 0, size.Width, size.Height)
			const in = theme.RingStroke + theme.RingGap
			paintRing(a.ring, a.focused, fyne.NewSize(size.Width-2*in, size.Height-2*in), theme.Px(theme.CardRadius))
			a.ring.Move(fyne.NewPos(0, 0))
			a.view.ask()
		},
	})
}

// pictureLayout lays the picture into the middle of the room, in exactly its device pixels where it was drawn for the
// zoom and the room of now, else stretched to their size.
type pictureLayout struct{ area *pageArea }

func (l *pictureLayout) size() fyne.Size {
	if l.area.picture == nil {
		return fyne.Size{}
	}
	scale, b := l.area.density(), l.area.picture.Bounds()
	exact := fyne.NewSize(float32(b.Dx())/scale, float32(b.Dy())/scale)
	if exact.Width == 0 || exact.Height == 0 {
		return exact
	}
	room, zoom := l.area.room(), float32(l.area.view.zoom)/100
	if near(exact.Width, room.Width*zoom) || near(exact.Height, room.Height*zoom) {
		return exact
	}
	k := min(room.Width/exact.Width, room.Height/exact.Height) * zoom
	return fyne.NewSize(exact.Width*k, exact.Height*k)
}

// near reports whether two lengths differ by less than the rounding of a picture's side.
func near(a, b float32) bool { return a-b < 2 && b-a < 2 }

// Layout implements fyne.Layout.
func (l *pictureLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	own := l.size()
	for _, o := range objects {
		place(o, max(0, (size.Width-own.Width)/2), max(0, (size.Height-own.Height)/2), own.Width, own.Height)
	}
}

// MinSize implements fyne.Layout.
func (l *pictureLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	edge := 2 * theme.Px(paperEdge)
	return l.size().AddWidthHeight(edge, edge)
}
