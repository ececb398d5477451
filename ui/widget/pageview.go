package widget

import (
	"image"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

// zooms are the steps of + and −, in per cent of the page fitted into the room.
var zooms = []int{50, 75, 100, 125, 150, 200, 300, 400}

const (
	zoomFit  = 100  // *Adatta*: the whole page in its room
	sideMost = 4096 // device pixels of the largest side that is asked for
)

// PageView shows one page of a document, for the eye only: zoom and turns never change the file. It never scales a
// picture itself: it asks for the page in exactly the device pixels it needs and shows what comes; at another zoom the
// picture before it stands in, stretched by the screen. With the focus on the page: + − 0, R and Shift+R, PgUp and PgDn,
// Home and End, arrows to move about.
type PageView struct {
	composite
	// OnPage is called when another page is shown, from 0.
	OnPage func(page int)

	render  func(document.Request)
	pages   int
	page    int
	zoom    int
	turn    int
	failed  bool             // the page can't be shown: there is nothing to zoom or turn
	asked   document.Request // what is under way; the zero Request = nothing
	area    *pageArea
	percent *Text
	count   *Text
	status  *Text
	waiting *Waiting
	note    *Text
	lock    *fyne.Container // the note, with its icon
	foot    *fyne.Container
	paging  []*IconButton
	tools   []*IconButton
}

// NewPageView returns a view without a document. render is called on the window's goroutine whenever pixels are needed;
// it must answer each call sooner or later, on that goroutine, with ShowPicture or Fail, or be overtaken by a newer call.
func NewPageView(render func(document.Request)) *PageView {
	v := &PageView{render: render, zoom: zoomFit, percent: NewText("", theme.Body).Bold().OneLine(), count: NewText("", theme.Body).OneLine(),
		status: NewText("", theme.Body).Color(theme.Ink2).Center(), waiting: NewWaiting(words.T("kit.page.opening")), note: NewText("", theme.Secondary)}
	v.area = newPageArea(v)
	v.tools = []*IconButton{
		NewIconButton(theme.IconMinus, words.T("kit.page.smaller"), func() { v.zoomBy(-1) }),
		NewIconButton(theme.IconPlus, words.T("kit.page.larger"), func() { v.zoomBy(1) }),
		NewIconButton(theme.IconCornersOut, words.T("kit.page.fit"), func() { v.setZoom(zoomFit) }),
		NewIconButton(theme.IconArrowCounterClockwise, words.T("kit.page.left"), func() { v.rotate(-1) }),
		NewIconButton(theme.IconArrowClockwise, words.T("kit.page.right"), func() { v.rotate(1) }),
	}
	v.paging = []*IconButton{
		NewIconButton(theme.IconCaretLeft, words.T("kit.page.before"), func() { v.setPage(v.page - 1) }),
		NewIconButton(theme.IconCaretRight, words.T("kit.page.after"), func() { v.setPage(v.page + 1) }),
	}
	v.compose(v, v.build())
	v.update()
	return v
}

func (v *PageView) build() fyne.CanvasObject {
	zoom := Row(2, v.tools[0], Fixed(56, 0, v.percent.Center()), v.tools[1], v.tools[2])
	bar := Row(8, Grow(Flow(8, zoom, Row(2, v.tools[3], v.tools[4]))), v.count, Space(4, 0))
	room := Stack(v.area, Column(0, Gap(), PadXY(24, 0, v.status), PadXY(24, 0, v.waiting), Gap()))
	v.lock = Row(10, NewIcon(theme.IconLockSimple, 20, theme.Ink2), Grow(PadXY(0, 10, v.note)))
	v.foot = Row(2, Grow(v.lock), v.paging[0], v.paging[1])
	return Stack(NewPanel(theme.Well, theme.Line, theme.CardRadius),
		Column(0, PadXY(12, 6, bar), Rule(), Grow(room), PadXY(16, 6, v.foot)))
}

// Open shows the first page of a document of so many pages, fitted and unturned.
func (v *PageView) Open(pages int) {
	v.pages, v.page, v.zoom, v.turn = pages, 0, zoomFit, 0
	v.blank()
	v.ask()
}

// Clear takes the document away and says a word instead, as what to do when there is no file yet.
func (v *PageView) Clear(text string) {
	v.pages, v.page = 0, 0
	v.blank()
	v.status.SetText(text)
	v.update()
}

// blank takes the picture and the words away: what comes next is another page, or none.
func (v *PageView) blank() {
	v.failed = false
	v.wipe()
}

// wipe takes the picture and the words away and forgets what is under way.
func (v *PageView) wipe() {
	v.asked = document.Request{}
	v.area.set(nil)
	v.waiting.Stop()
	v.status.SetText("")
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
	v.area.set(picture)
	v.update()
	v.ask()
}

// Fail says why the pixels of a request can't be had. The page is not asked for again until it is opened anew or another
// page is shown.
func (v *PageView) Fail(req document.Request, text string) {
	if req != v.asked || v.pages == 0 {
		return
	}
	v.failed = true // first: whatever is laid out anew asks for what it lacks
	v.wipe()
	v.status.SetText(text)
	v.update()
}

// SetNote shows a line with a lock below the page; "" shows none.
func (v *PageView) SetNote(text string) {
	v.note.SetText(text)
	v.update()
}

// Page returns the page shown, from 0.
func (v *PageView) Page() int { return v.page }

// Zoom returns the zoom in per cent of the fitted page.
func (v *PageView) Zoom() int { return v.zoom }

// Turn returns the quarter turns clockwise, 0 to 3. They are of the view only: the file never changes.
func (v *PageView) Turn() int { return v.turn }

// Picture returns what is shown, or nil.
func (v *PageView) Picture() *image.RGBA { return v.area.picture }

// zoomBy takes the next larger or smaller step.
func (v *PageView) zoomBy(direction int) {
	if at := slices.Index(zooms, v.zoom) + direction; at >= 0 && at < len(zooms) {
		v.setZoom(zooms[at])
	}
}

func (v *PageView) setZoom(zoom int) {
	v.zoom = zoom
	v.area.relay()
	v.update()
	v.ask()
}

// setPage shows another page, within those there are.
func (v *PageView) setPage(page int) {
	page = min(max(page, 0), max(0, v.pages-1))
	if page == v.page {
		return
	}
	v.page = page
	v.blank()
	v.ask()
	if v.OnPage != nil {
		v.OnPage(page)
	}
}

func (v *PageView) rotate(quarters int) {
	if v.failed {
		return
	}
	v.turn = (v.turn + quarters + 4) % 4
	v.blank()
	v.ask()
}

// Focus puts the keyboard on the page.
func (v *PageView) Focus() { focus(v.area) }

// update writes zoom and page, and lets only the tools be pressed that do something.
func (v *PageView) update() {
	v.percent.SetText(strconv.Itoa(v.zoom) + "\u00a0%")
	v.count.SetText("")
	if v.pages > 0 {
		v.count.SetText(words.T("kit.page.count", "Page", v.page+1, "Pages", v.pages))
	}
	v.status.Hidden = v.status.Plain() == ""
	for _, b := range v.tools {
		enable(b, v.pages > 0 && !v.failed)
	}
	for i, b := range v.paging {
		b.Hidden = v.pages < 2
		enable(b, i == 0 && v.page > 0 || i == 1 && v.page < v.pages-1)
	}
	v.lock.Hidden = v.note.Plain() == ""
	v.foot.Hidden = v.lock.Hidden && v.pages < 2
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
	room, scale := v.area.room(), v.area.density()
	side := func(length float32) int {
		return min(max(1, int(length*scale*float32(v.zoom)/100)), sideMost)
	}
	return document.Request{Page: v.page, MaxWidth: side(room.Width), MaxHeight: side(room.Height), Turn: v.turn}
}

// ask asks for pixels when what is shown is not what should be seen. While an older request is under way a newer one of
// another page or turn overtakes it; one of another size waits for it.
func (v *PageView) ask() {
	want := v.want()
	if v.pages == 0 || v.failed || want.MaxWidth < 8 || want.MaxHeight < 8 || v.area.shows == want {
		return
	}
	busy := v.asked != (document.Request{})
	if busy && v.asked.Page == want.Page && v.asked.Turn == want.Turn {
		return
	}
	v.area.shows, v.asked = want, want
	if v.area.picture == nil {
		v.waiting.Start()
	}
	v.render(want)
}
