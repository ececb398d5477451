package widget

import (
	"image"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

// Zoom of a PageView, in per cent of the page fitted into the room, and the largest side it ever asks for in device
// pixels.
const (
	zoomLeast = 50
	zoomMost  = 400
	zoomStep  = 25
	sideMost  = 4096
)

// PageView shows one page of a document. It never scales a picture itself: it asks for the page in exactly the device
// pixels it needs and shows what comes, the old picture standing in meanwhile. With the focus on the page: + − 0, R and
// Shift+R, PgUp and PgDn, arrows to move about.
type PageView struct {
	composite
	// OnPage is called when another page is shown, from 0.
	OnPage func(page int)

	render   func(document.Request)
	pages    int
	page     int
	zoom     int
	turn     int
	asked    document.Request // what is under way; the zero Request = nothing
	area     *pageArea
	percent  *Text
	count    *Text
	status   *Text
	waiting  *Waiting
	note     *fyne.Container
	pager    *fyne.Container
	noteText *Text
	paging   []*IconButton
	tools    []*IconButton
}

// NewPageView returns a view without a document. render is called on the window's goroutine whenever pixels are needed;
// it must answer each call sooner or later, on that goroutine, with ShowPicture or Fail, or be overtaken by a newer call.
func NewPageView(render func(document.Request)) *PageView {
	v := &PageView{render: render, zoom: 100, percent: NewText("100 %", theme.Body).Bold().OneLine(), count: NewText("", theme.Body).OneLine(),
		status: NewText("", theme.Body).Color(theme.Ink2).Center(), waiting: NewWaiting(words.T("kit.page.opening")), noteText: NewText("", theme.Secondary)}
	v.area = newPageArea(v)
	v.tools = []*IconButton{
		NewIconButton(theme.IconMinus, words.T("kit.page.smaller"), func() { v.SetZoom(v.zoom - zoomStep) }),
		NewIconButton(theme.IconPlus, words.T("kit.page.larger"), func() { v.SetZoom(v.zoom + zoomStep) }),
		NewIconButton(theme.IconCornersOut, words.T("kit.page.fit"), func() { v.SetZoom(100) }),
		NewIconButton(theme.IconArrowCounterClockwise, words.T("kit.page.left"), func() { v.rotate(-1) }),
		NewIconButton(theme.IconArrowClockwise, words.T("kit.page.right"), func() { v.rotate(1) }),
	}
	v.paging = []*IconButton{
		NewIconButton(theme.IconCaretLeft, words.T("kit.page.before"), func() { v.SetPage(v.page - 1) }),
		NewIconButton(theme.IconCaretRight, words.T("kit.page.after"), func() { v.SetPage(v.page + 1) }),
	}
	v.note = Row(10, Gap(), NewIcon(theme.IconLockSimple, 20, theme.Ink2), v.noteText.OneLine(), Gap())
	v.note.Hide()
	v.compose(v, v.build())
	v.update()
	return v
}

func (v *PageView) build() fyne.CanvasObject {
	bar := Flow(2, v.tools[0], Fixed(60, 0, v.percent.Center()), v.tools[1], v.tools[2], v.tools[3], v.tools[4])
	v.pager = Row(12, Gap(), v.paging[0], v.count, v.paging[1], Gap())
	room := Stack(v.area, Column(0, Gap(), PadXY(24, 0, v.status), PadXY(24, 0, v.waiting), Gap()))
	return Stack(NewPanel(theme.Well, theme.Line, theme.CardRadius),
		Column(0, PadXY(12, 6, bar), Rule(), Grow(room), PadXY(12, 8, Column(4, v.pager, v.note))))
}

// Open shows the first page of a document of so many pages, fitted and unturned.
func (v *PageView) Open(pages int) {
	v.pages, v.page, v.zoom, v.turn = pages, 0, 100, 0
	v.area.set(nil)
	v.status.SetText("")
	v.asked = document.Request{}
	v.update()
	v.ask()
}

// Clear takes the document away and says a word instead, as what to do when there is no file yet.
func (v *PageView) Clear(text string) {
	v.pages, v.asked = 0, document.Request{}
	v.area.set(nil)
	v.waiting.Stop()
	v.status.SetText(text)
	v.update()
}

// ShowPicture gives the pixels of a request. Those of a request that was overtaken are ignored; the picture must be whole, not
// a part of a larger one.
func (v *PageView) ShowPicture(req document.Request, picture *image.RGBA) {
	if req != v.asked || v.pages == 0 {
		return
	}
	v.asked = document.Request{}
	v.waiting.Stop()
	v.status.SetText("")
	v.area.set(picture)
	v.update()
	v.ask()
}

// Fail says why the pixels of a request can't be had.
func (v *PageView) Fail(req document.Request, text string) {
	if req != v.asked || v.pages == 0 {
		return
	}
	v.waiting.Stop()
	v.area.set(nil)
	v.status.SetText(text)
	v.update()
}

// SetNote shows a line with a lock below the page; "" shows none.
func (v *PageView) SetNote(text string) {
	v.noteText.SetText(text)
	v.note.Hidden = text == ""
	v.Refresh()
}

// Page returns the page shown, from 0.
func (v *PageView) Page() int { return v.page }

// Zoom returns the zoom in per cent of the fitted page.
func (v *PageView) Zoom() int { return v.zoom }

// Turn returns the quarter turns clockwise, 0 to 3. They are of the view only: the file never changes.
func (v *PageView) Turn() int { return v.turn }

// Picture returns what is shown, or nil.
func (v *PageView) Picture() *image.RGBA { return v.area.picture }

// SetZoom changes the zoom, within 50 to 400.
func (v *PageView) SetZoom(zoom int) {
	v.zoom = min(max(zoom, zoomLeast), zoomMost)
	v.update()
	v.ask()
}

// SetPage shows another page, within those there are.
func (v *PageView) SetPage(page int) {
	page = min(max(page, 0), max(0, v.pages-1))
	if page == v.page {
		return
	}
	v.page = page
	v.update()
	v.ask()
	if v.OnPage != nil {
		v.OnPage(page)
	}
}

func (v *PageView) rotate(quarters int) {
	v.turn = (v.turn + quarters + 4) % 4
	v.update()
	v.ask()
}

// Focus puts the keyboard on the page.
func (v *PageView) Focus() { focus(v.area) }

// update writes zoom and page, and lets only the tools be pressed that do something.
func (v *PageView) update() {
	v.percent.SetText(strconv.Itoa(v.zoom) + " %")
	v.count.SetText("")
	v.pager.Hidden = v.pages == 0
	if v.pages > 0 {
		v.count.SetText(words.T("kit.page.count", "Page", v.page+1, "Pages", v.pages))
	}
	v.status.Hidden = v.status.Plain() == ""
	for _, b := range v.tools {
		enable(b, v.pages > 0)
	}
	for i, b := range v.paging {
		b.Hidden = v.pages < 2
		enable(b, i == 0 && v.page > 0 || i == 1 && v.page < v.pages-1)
	}
	v.Refresh()
}

func enable(b fyne.Disableable, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// want is the request for what should be seen now.
func (v *PageView) want() document.Request {
	scale := float32(1)
	if c := canvasOf(v.area); c != nil {
		scale = c.Scale()
	}
	room := v.area.room()
	side := func(length float32) int {
		return min(max(1, int(length*scale*float32(v.zoom)/100)), sideMost)
	}
	return document.Request{Page: v.page, MaxWidth: side(room.Width), MaxHeight: side(room.Height), Turn: v.turn}
}

// ask asks for pixels when what is shown is not what should be seen. While an older request is under way a newer one of
// another page or turn overtakes it; one of another size waits for it.
func (v *PageView) ask() {
	want := v.want()
	if v.pages == 0 || want.MaxWidth < 8 || want.MaxHeight < 8 || v.area.shows == want {
		return
	}
	busy := v.asked != (document.Request{})
	if busy && v.asked.Page == want.Page && v.asked.Turn == want.Turn {
		return
	}
	v.area.shows, v.asked = want, want
	v.waiting.Start()
	v.render(want)
}

// pageArea is where the page lies. It has the keyboard and scrolls when the page is larger than the room.
type pageArea struct {
	control
	view    *PageView
	picture *image.RGBA
	shows   document.Request // what the picture, or the one under way, answers
	image   *canvas.Image
	holder  *fyne.Container
	scroll  *container.Scroll
}

func newPageArea(v *PageView) *pageArea {
	a := &pageArea{view: v, image: &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillStretch}}
	a.image.Hide()
	a.holder = container.New(&pictureLayout{area: a}, a.image)
	a.scroll = container.NewScroll(a.holder)
	a.extend(a, words.T("kit.page.area"), nil)
	a.keys = a.typed
	return a
}

func (a *pageArea) set(picture *image.RGBA) {
	a.picture = picture
	a.image.Hidden = picture == nil
	if picture == nil {
		a.shows = document.Request{}
	} else {
		a.image.Image = picture
	}
	a.holder.Refresh()
	a.scroll.Refresh()
	a.image.Refresh()
}

// room is the size that a fitted page may have.
func (a *pageArea) room() fyne.Size {
	edge := 2 * theme.Px(16)
	return fyne.NewSize(a.Size().Width-edge, a.Size().Height-edge)
}

func (a *pageArea) typed(key *fyne.KeyEvent) bool {
	v := a.view
	switch key.Name {
	case fyne.KeyPlus, fyne.KeyEqual:
		v.SetZoom(v.zoom + zoomStep)
	case fyne.KeyMinus:
		v.SetZoom(v.zoom - zoomStep)
	case fyne.Key0:
		v.SetZoom(100)
	case fyne.KeyPageUp:
		v.SetPage(v.page - 1)
	case fyne.KeyPageDown:
		v.SetPage(v.page + 1)
	case fyne.KeyHome:
		v.SetPage(0)
	case fyne.KeyEnd:
		v.SetPage(v.pages - 1)
	case fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight:
		a.pan(key.Name)
	default:
		return false
	}
	return true
}

// TypedRune turns the page at r and R. The signs of zooming come here too on keyboards that need Shift for them.
func (a *pageArea) TypedRune(r rune) {
	switch r {
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
		layout: func(size fyne.Size) {
			place(a.scroll, 0, 0, size.Width, size.Height)
			const in = theme.RingStroke + theme.RingGap
			paintRing(a.ring, a.focused, fyne.NewSize(size.Width-2*in, size.Height-2*in), theme.Px(theme.CardRadius))
			a.ring.Move(fyne.NewPos(0, 0))
			a.view.ask()
		},
	})
}

// pictureLayout lays the picture at its exact device pixels, in the middle of the room.
type pictureLayout struct{ area *pageArea }

func (l *pictureLayout) size() fyne.Size {
	if l.area.picture == nil {
		return fyne.Size{}
	}
	scale := float32(1)
	if c := canvasOf(l.area); c != nil {
		scale = c.Scale()
	}
	b := l.area.picture.Bounds()
	return fyne.NewSize(float32(b.Dx())/scale, float32(b.Dy())/scale)
}

// Layout implements fyne.Layout.
func (l *pictureLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	own := l.size()
	place(objects[0], max(0, (size.Width-own.Width)/2), max(0, (size.Height-own.Height)/2), own.Width, own.Height)
}

// MinSize implements fyne.Layout.
func (l *pictureLayout) MinSize([]fyne.CanvasObject) fyne.Size { return l.size() }
