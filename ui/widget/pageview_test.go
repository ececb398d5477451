package widget

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/document"
)

// asked is a page view whose requests are answered when the test says so.
type asked struct {
	view     *PageView
	requests []document.Request
}

func openPages(t *testing.T, pages int) (*asked, fyne.Canvas) {
	t.Helper()
	a := &asked{}
	a.view = NewPageView(func(r document.Request) { a.requests = append(a.requests, r) })
	c := window(t, Frame(nil, nil, a.view))
	a.view.Open(pages)
	return a, c
}

func (a *asked) last() document.Request { return a.requests[len(a.requests)-1] }

// answer gives the pixels of the newest request.
func (a *asked) answer() *image.RGBA {
	picture := paper(a.last())
	a.view.ShowPicture(a.last(), picture)
	return picture
}

func TestAPageIsShownInExactlyItsDevicePixels(t *testing.T) {
	a, c := openPages(t, 1)
	picture := a.answer()
	got := a.view.area.image.Size()
	want := fyne.NewSize(float32(picture.Bounds().Dx())/c.Scale(), float32(picture.Bounds().Dy())/c.Scale())
	if got != want {
		t.Errorf("the picture is %v on the screen, its pixels are %v", got, want)
	}
	if a.view.Picture() != picture || a.view.area.image.Image != image.Image(picture) {
		t.Error("another picture is shown than the one that came")
	}
	room := a.view.area.room()
	if a.last().MaxWidth != int(room.Width*c.Scale()) || a.last().MaxHeight != int(room.Height*c.Scale()) {
		t.Errorf("asked for %+v in a room of %v", a.last(), room)
	}
}

func TestThePageIsDrivenByTheKeyboard(t *testing.T) {
	a, c := openPages(t, 3)
	a.answer()
	a.view.Focus()
	keys := func(names ...fyne.KeyName) {
		for _, name := range names {
			press(c, name)
			a.answer()
		}
	}
	types := func(signs string) {
		for _, sign := range signs {
			write(c, string(sign))
			a.answer()
		}
	}
	types("++-=")
	if a.view.Zoom() != 150 {
		t.Errorf("zoom %d", a.view.Zoom())
	}
	types("0rrR")
	if a.view.Zoom() != 100 || a.view.Turn() != 1 {
		t.Errorf("zoom %d, turn %d", a.view.Zoom(), a.view.Turn())
	}
	keys(fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageDown, fyne.KeyPageUp)
	if a.view.Page() != 1 {
		t.Errorf("page %d", a.view.Page())
	}
	keys(fyne.KeyEnd)
	if a.view.Page() != 2 || a.last().Page != 2 || a.last().Turn != 1 {
		t.Errorf("asked for %+v", a.last())
	}
}

func TestZoomStaysWithinItsBoundsAndNoSideIsTooLarge(t *testing.T) {
	a, _ := openPages(t, 1)
	a.answer()
	steps := func(by int) {
		for range len(zooms) {
			a.view.zoomBy(by)
		}
	}
	steps(1)
	if a.view.Zoom() != 400 || a.last().MaxWidth > 4096 || a.last().MaxHeight > 4096 {
		t.Errorf("zoom %d asks for %+v", a.view.Zoom(), a.last())
	}
	a.answer()
	steps(-1)
	if a.view.Zoom() != 50 {
		t.Errorf("zoom %d", a.view.Zoom())
	}
}

func TestAnAnswerThatWasOvertakenIsNotShown(t *testing.T) {
	a, _ := openPages(t, 2)
	first := a.last()
	a.view.setPage(1)
	a.view.ShowPicture(first, paper(first))
	if a.view.Picture() != nil {
		t.Error("the first page is shown in place of the second")
	}
	if shown := a.answer(); a.view.Picture() != shown {
		t.Error("the second page is not shown")
	}
}

func TestWhileASizeIsUnderWayNoOtherIsAskedForAndThenTheLastWins(t *testing.T) {
	a, _ := openPages(t, 1)
	for range 10 {
		a.view.zoomBy(1)
	}
	if len(a.requests) != 1 {
		t.Errorf("%d requests for one picture", len(a.requests))
	}
	a.answer()
	if len(a.requests) != 2 || a.last().MaxWidth <= a.requests[0].MaxWidth {
		t.Errorf("%d requests, the last %+v", len(a.requests), a.last())
	}
	a.answer()
	if len(a.requests) != 2 {
		t.Errorf("asks on without end: %d", len(a.requests))
	}
}

func TestAFileThatCantBeShownIsSaidInWords(t *testing.T) {
	a, _ := openPages(t, 1)
	a.view.Fail(a.last(), "Questo file è rovinato e non si legge.")
	if got := a.view.status; !got.Visible() || got.Plain() != "Questo file è rovinato e non si legge." {
		t.Errorf("says %q", got.Plain())
	}
	n := len(a.requests)
	a.view.Refresh()
	if len(a.requests) != n {
		t.Error("a failed page is asked for again by itself")
	}
	a.view.Clear("Aggiungi un documento per vederlo qui.")
	a.view.setZoom(200)
	if len(a.requests) != n || a.view.Picture() != nil {
		t.Error("a page is asked for without a document")
	}
}

func TestToolsRestWithoutADocument(t *testing.T) {
	v := NewPageView(func(document.Request) {})
	window(t, Frame(nil, nil, v))
	for _, b := range v.tools {
		if !b.Disabled() {
			t.Errorf("%s can be pressed", b.Name())
		}
	}
	v.Open(1)
	if v.tools[0].Disabled() || v.paging[0].Visible() {
		t.Error("tools of a document of one page")
	}
}

func TestAtAnotherZoomThePictureStandsInStretchedUntilItsPixelsCome(t *testing.T) {
	a, _ := openPages(t, 2)
	a.answer()
	fitted := a.view.area.image.Size()
	a.view.setZoom(200)
	stretched := a.view.area.image.Size()
	if stretched.Width < 1.9*fitted.Width || stretched.Width > 2.1*fitted.Width {
		t.Errorf("%v at 100 %%, %v at 200 %%", fitted, stretched)
	}
	a.view.setPage(1)
	if a.view.Picture() != nil {
		t.Error("the first page stands in for the second")
	}
}

func TestAPageThatFailedLeavesTheOthers(t *testing.T) {
	a, _ := openPages(t, 2)
	a.view.Fail(a.last(), "La pagina non si apre.")
	if !a.view.tools[1].Disabled() || a.view.paging[1].Disabled() {
		t.Error("zoom or the next page is wrong after a failure")
	}
	a.view.setPage(1)
	if shown := a.answer(); a.view.Picture() != shown || a.view.tools[1].Disabled() {
		t.Error("the next page is not shown")
	}
}

func TestAPageThatFailsAtOnceIsAskedForOnce(t *testing.T) {
	asked := 0
	var v *PageView
	v = NewPageView(func(r document.Request) {
		if asked++; asked > 3 {
			return
		}
		v.Fail(r, "La pagina non si apre.")
	})
	c := window(t, Frame(nil, nil, v))
	v.Open(2)
	c.Content().Resize(fyne.NewSize(700, 500))
	if asked != 1 {
		t.Errorf("a page that can't be shown was asked for %d times", asked)
	}
	if v.status.Plain() != "La pagina non si apre." {
		t.Errorf("says %q", v.status.Plain())
	}
}
