package newclaim

import (
	"context"
	"image"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

const (
	openingAfter = 400 * time.Millisecond // a longer wait says «Apro il documento…»
	resizeRest   = 120 * time.Millisecond // a room that changes is drawn anew after it rested
	largestSide  = 4096                   // device pixels; a larger picture is stretched on the screen
)

// zooms are the steps of + and −, in per cent of the whole page in its room, which is *Adatta* (UX section 4).
var zooms = []int{50, 75, 100, 125, 150, 200, 300, 400}

const fit = 100

// preview shows one file beside the form: pages, zoom and turns, for the eye only. Pages are drawn off the window's
// goroutine at the exact size in device pixels; an older answer never covers a newer one.
type preview struct {
	page *Page
	file claim.Attachment // ID "" = none
	data []byte           // plain bytes of file, once they were read
	at   int              // page from 0
	zoom int              // per cent
	turn int              // quarter turns clockwise

	drawn *image.RGBA // of this file, perhaps of another zoom
	err   error       // why there is no picture
	slow  *time.Timer
	rest  *time.Timer

	view    *pageView
	tools   []fyne.Disableable
	percent *widget.Text
	count   *widget.Text
	turner  *fyne.Container // back and forth between pages
}

func newPreview(p *Page) *preview { return &preview{page: p, zoom: fit} }

// shows reports whether the file of that id is the one that is shown.
func (v *preview) shows(id string) bool { return id != "" && v.file.ID == id }

// open shows a file from its first page.
func (v *preview) open(a claim.Attachment) {
	v.file, v.data, v.at, v.zoom, v.turn, v.drawn, v.err = a, nil, 0, fit, 0, nil, nil
	if v.page.files != nil {
		v.page.files.mark()
	}
	v.draw()
}

// clear shows no file.
func (v *preview) clear() {
	v.page.run.Cancel("preview")
	v.file, v.data, v.drawn, v.err = claim.Attachment{}, nil, nil, nil
	v.show()
}

// first shows the first file of the open document, unless one of its files is shown already.
func (v *preview) first() {
	files := v.page.m.document().Attachments
	for _, a := range files {
		if v.shows(a.ID) {
			v.show()
			return
		}
	}
	if len(files) == 0 {
		v.clear()
		return
	}
	v.open(files[0])
}

// draw asks for the page of the moment. Until it comes, the picture before it stays, stretched.
func (v *preview) draw() {
	v.show()
	if v.file.ID == "" || v.view == nil {
		return
	}
	request, ok := v.request()
	if !ok {
		return
	}
	stop(v.slow)
	v.slow = time.AfterFunc(openingAfter, func() { fyne.Do(v.sayOpening) })
	file, data := v.file, v.data
	runner.Go(v.page.run, "preview", func(ctx context.Context) (drawing, error) { return v.work(ctx, file, data, request) }, v.drew)
}

// drawing is a page as pixels, with the bytes it came from.
type drawing struct {
	data    []byte
	picture *image.RGBA
}

func (v *preview) work(ctx context.Context, a claim.Attachment, data []byte, r document.Request) (drawing, error) {
	if v.page.needs.Previewer == nil {
		return drawing{}, fault.New(document.CodeNoWorker, "newclaim.preview", a.ID)
	}
	if data == nil {
		var err error
		if data, err = v.page.needs.Desk.Bytes(ctx, a); err != nil {
			return drawing{}, err
		}
	}
	picture, err := v.page.needs.Previewer.Page(ctx, data, r)
	return drawing{data, picture}, err
}

func (v *preview) drew(d drawing, err error) {
	stop(v.slow)
	if d.data != nil {
		v.data = d.data
	}
	v.err = err
	if err == nil {
		v.drawn = d.picture
	}
	v.show()
}

// request is the page at the size that the room, the zoom and the screen's density give. ok is false without a room.
func (v *preview) request() (document.Request, bool) {
	room := v.view.room()
	density := float32(1)
	if c := fyne.CurrentApp().Driver().CanvasForObject(v.view); c != nil {
		density = c.Scale()
	}
	side := func(length float32) int { return min(largestSide, int(length*density*float32(v.zoom)/100)) }
	r := document.Request{Page: v.at, MaxWidth: side(room.Width), MaxHeight: side(room.Height), Turn: v.turn}
	return r, r.MaxWidth > 0 && r.MaxHeight > 0
}

// sayOpening says what takes so long, where there is no picture yet.
func (v *preview) sayOpening() {
	if v.view != nil && v.drawn == nil && v.page.run.Busy("preview") {
		v.view.say(words.T("newclaim.preview.opening"))
	}
}

// resized draws anew once the room has come to rest; a first room at once.
func (v *preview) resized() {
	stop(v.rest)
	if v.drawn == nil && v.err == nil {
		v.draw()
		return
	}
	v.show()
	v.rest = time.AfterFunc(resizeRest, func() { fyne.Do(v.draw) })
}

// zoomBy takes the next larger or smaller step.
func (v *preview) zoomBy(direction int) {
	for i, z := range zooms {
		if z == v.zoom && i+direction >= 0 && i+direction < len(zooms) {
			v.zoom = zooms[i+direction]
			v.draw()
			return
		}
	}
}

// fitPage is *Adatta*: the whole page in its room.
func (v *preview) fitPage() {
	v.zoom = fit
	v.draw()
}

// rotate turns the picture, never the file.
func (v *preview) rotate(quarters int) {
	v.turn = (v.turn + quarters + 4) % 4
	v.drawn = nil
	v.draw()
}

// leaf goes n pages on.
func (v *preview) leaf(n int) {
	if at := v.at + n; at >= 0 && at < v.file.Pages {
		v.at, v.drawn = at, nil
		v.draw()
	}
}

// end stops what waits.
func (v *preview) end() {
	stop(v.slow)
	stop(v.rest)
}

func stop(t *time.Timer) {
	if t != nil {
		t.Stop()
	}
}

// panel builds the middle column; what is shown stays.
func (v *preview) panel() fyne.CanvasObject {
	v.view = newPageView(v)
	v.percent = widget.NewText("", theme.Body).Bold().OneLine()
	v.count = widget.NewText("", theme.Body).OneLine()
	v.tools = nil
	tool := func(icon theme.IconName, name string, do func()) fyne.CanvasObject {
		b := widget.NewIconButton(icon, words.T("newclaim.preview."+name), do)
		v.tools = append(v.tools, b)
		return b
	}
	zoom := widget.Row(2, tool(theme.IconMinus, "smaller", func() { v.zoomBy(-1) }), v.percent,
		tool(theme.IconPlus, "larger", func() { v.zoomBy(1) }), tool(theme.IconCornersOut, "fit", v.fitPage))
	turns := widget.Row(2, tool(theme.IconArrowCounterClockwise, "left", func() { v.rotate(-1) }),
		tool(theme.IconArrowClockwise, "right", func() { v.rotate(1) }))
	v.turner = widget.Row(2, widget.NewIconButton(theme.IconCaretLeft, words.T("newclaim.preview.back"), func() { v.leaf(-1) }),
		widget.NewIconButton(theme.IconCaretRight, words.T("newclaim.preview.next"), func() { v.leaf(1) }))
	bar := widget.PadXY(12, 6, widget.Flow(12, zoom, turns, v.count))
	safe := widget.PadXY(16, 6, widget.Row(10, widget.NewIcon(theme.IconLockSimple, 20, theme.Ink2),
		widget.Grow(widget.PadXY(0, 10, widget.NewText(words.T("newclaim.preview.safe"), theme.Secondary))), v.turner))
	v.show()
	return widget.Stack(widget.NewPanel(theme.Well, theme.Line, theme.CardRadius), widget.Frame(widget.Column(0, bar, widget.Rule()), safe, v.view))
}

// show brings bar and picture up to date with the state.
func (v *preview) show() {
	if v.view == nil {
		return
	}
	v.percent.SetText(strconv.Itoa(v.zoom) + "\u00a0%")
	v.count.SetText("")
	if v.file.ID != "" && v.file.Pages > 0 {
		v.count.SetText(words.T("newclaim.preview.page", "N", v.at+1, "Of", v.file.Pages))
	}
	v.turner.Hidden = v.file.Pages < 2
	for _, t := range v.tools {
		if v.file.ID == "" || v.err != nil {
			t.Disable()
		} else {
			t.Enable()
		}
	}
	switch {
	case v.file.ID == "":
		v.view.say(words.T("newclaim.preview.none"))
	case v.err != nil:
		v.view.say(errtext.Of(v.err))
	case v.drawn != nil:
		v.view.show(v.drawn, v.zoom)
	default:
		v.view.say("")
	}
	v.turner.Refresh()
}

// sheet shows the preview over the window, where there is no room beside the form.
func (v *preview) sheet() {
	c := v.page.canvas()
	if c == nil {
		return
	}
	var s *widget.Sheet
	done := widget.NewButton(words.T("newclaim.preview.close"), widget.Primary, func() { s.Close() })
	size := c.Size()
	room := widget.Fixed(0, max(240, size.Height/theme.Scale()-300), v.panel())
	s = widget.NewSheet(v.file.Name, room, done).First(done).Wide(size.Width / theme.Scale()).OnClose(func() { v.page.show() })
	s.ShowOn(c)
	v.draw()
}
