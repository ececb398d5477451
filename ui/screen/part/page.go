// Package part is what the pages under the member's name share: a scroll that keeps its place, a sheet that asks for the
// password, how far a request has come.
package part

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// LineWidth is how wide the cards of these pages are at most, at 100 %.
const LineWidth = 760

// Scroll is the room of a page: its parts are put in anew whenever something changed, and it keeps its place.
type Scroll struct {
	Width  float32 // at most, at 100 %; 0 = LineWidth
	scroll *widget.Scroll
}

// Open makes the scroll anew, as Content does after a change of language or look.
func (s *Scroll) Open() fyne.CanvasObject {
	s.scroll = widget.NewScroll(widget.Column(0))
	return s.scroll
}

// Show replaces the parts and keeps the place: where the page is scrolled to, and the keyboard in the part of the same
// name.
func (s *Scroll) Show(parts ...fyne.CanvasObject) {
	if s.scroll == nil {
		return
	}
	at, had := s.scroll.Offset(), s.letGo()
	column := widget.Column(20, append(parts, widget.Space(0, 12))...)
	width := float32(LineWidth)
	if s.Width > 0 {
		width = s.Width
	}
	s.scroll.SetContent(widget.PadXY(theme.PageMargin, 4, widget.AtMost(width, column)))
	s.scroll.ScrollTo(at)
	s.takeUp(had)
}

// held is the part that had the keyboard: the n-th of its name, from 0. The options of a choice have none.
type held struct {
	any  bool
	name string
	n    int
}

// letGo takes the keyboard from the parts that go.
func (s *Scroll) letGo() held {
	on := s.Canvas()
	if on == nil {
		return held{}
	}
	had, ok := on.Focused().(fyne.CanvasObject)
	named, has := had.(widget.Named)
	if !ok || !has || widget.Walk(s.scroll, func(o fyne.CanvasObject) bool { return o != had }) {
		return held{}
	}
	on.Unfocus()
	h := held{any: true, name: named.Name()}
	for _, f := range s.called(h.name) {
		if f == had {
			break
		}
		h.n++
	}
	return h
}

// called lists what can have the keyboard and has a name.
func (s *Scroll) called(name string) []fyne.CanvasObject {
	var list []fyne.CanvasObject
	widget.Walk(s.scroll, func(o fyne.CanvasObject) bool {
		_, focusable := o.(fyne.Focusable)
		if n, named := o.(widget.Named); focusable && named && n.Name() == name {
			list = append(list, o)
		}
		return true
	})
	return list
}

// takeUp gives the keyboard to the part that stands where the one that had it stood.
func (s *Scroll) takeUp(h held) {
	list := s.called(h.name)
	if !h.any || len(list) == 0 {
		return
	}
	o := list[min(h.n, len(list)-1)]
	if d, ok := o.(fyne.Disableable); !ok || !d.Disabled() {
		s.Canvas().Focus(o.(fyne.Focusable))
	}
}

// Top goes to the top.
func (s *Scroll) Top() {
	if s.scroll != nil {
		s.scroll.ScrollTo(0)
	}
}

// Fail shows nothing but an error.
func (s *Scroll) Fail(err error) {
	s.Show(widget.Banner(theme.IconWarning, "", errtext.Of(err), widget.ToneBad))
}

// Canvas is where the page is seen, nil before it is.
func (s *Scroll) Canvas() fyne.Canvas {
	if s.scroll == nil {
		return nil
	}
	return fyne.CurrentApp().Driver().CanvasForObject(s.scroll)
}

// Relayout gives parts whose height changed their room.
func (s *Scroll) Relayout() {
	if s.scroll != nil {
		s.scroll.Refresh()
	}
}

// Toast says what was done.
func (s *Scroll) Toast(text string) {
	if on := s.Canvas(); on != nil && text != "" {
		widget.ShowToast(on, text, nil)
	}
}

// Tell opens a sheet with one thing to know.
func (s *Scroll) Tell(title string, body fyne.CanvasObject) {
	if on := s.Canvas(); on != nil {
		var sheet *widget.Sheet
		done := widget.NewButton(words.T("part.close"), widget.Secondary, func() { sheet.Close() })
		sheet = widget.NewSheet(title, body, done).Wide(720).First(done)
		sheet.ShowOn(on)
	}
}

// Section is a card with a title, and a badge beside it unless that is nil.
func Section(title string, badge fyne.CanvasObject, parts ...fyne.CanvasObject) fyne.CanvasObject {
	head := fyne.CanvasObject(widget.NewText(title, theme.H2))
	if badge != nil {
		head = widget.NewColumns(12, widget.Col{Object: head}, widget.Col{Object: widget.Row(0, badge), Natural: true, FoldBelow: 420})
	}
	return widget.Card(widget.Column(14, append([]fyne.CanvasObject{head}, parts...)...))
}

// Line is one fact: what it is, what it says, and a button that copies it unless copied is "".
func Line(label, shown, copied string) fyne.CanvasObject { return line(label, shown, copied, false) }

// CodeLine is Line in the font for codes.
func CodeLine(label, shown, copied string) fyne.CanvasObject { return line(label, shown, copied, true) }

func line(label, shown, copied string, mono bool) fyne.CanvasObject {
	text := widget.NewText(shown, theme.Body)
	switch {
	case shown == "":
		text = widget.NewText(words.T("part.none"), theme.Body).Color(theme.Ink2)
	case mono:
		text.Mono()
	}
	name := widget.NewText(label, theme.Body).Color(theme.Ink2)
	columns := widget.NewColumns(12, widget.Col{Object: name, Width: 190}, widget.Col{Object: text, FoldBelow: 420})
	if copied == "" || shown == "" {
		return widget.Fixed(0, 32, columns)
	}
	var button *widget.IconButton
	button = widget.NewIconButton(theme.IconCopy, words.T("part.copy", "What", label), func() {
		fyne.CurrentApp().Clipboard().SetContent(copied)
		button.SetIcon(theme.IconCheck, words.T("part.copied", "What", label))
	})
	return widget.Row(8, widget.Grow(columns), button)
}

// Offline says that something needs the network, beside what is disabled.
func Offline(text string) fyne.CanvasObject {
	return widget.Row(10, widget.NewIcon(theme.IconWifiSlash, 20, theme.Ink2), widget.Grow(widget.NewText(text, theme.Secondary)))
}
