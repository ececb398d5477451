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
type Scroll struct{ scroll *widget.Scroll }

// Open makes the scroll anew, as Content does after a change of language or look.
func (s *Scroll) Open() fyne.CanvasObject {
	s.scroll = widget.NewScroll(widget.Column(0))
	return s.scroll
}

// Show replaces the parts and keeps the place: where the page is scrolled to, and the keyboard in the part of the same name.
func (s *Scroll) Show(parts ...fyne.CanvasObject) {
	if s.scroll == nil {
		return
	}
	at, name := s.scroll.Offset(), s.letGo()
	column := widget.Column(20, append(parts, widget.Space(0, 12))...)
	s.scroll.SetContent(widget.PadXY(theme.PageMargin, 4, widget.AtMost(LineWidth, column)))
	s.scroll.ScrollTo(at)
	s.takeUp(name)
}

// letGo takes the keyboard from the parts that go, and returns the name of the one that had it, or "".
func (s *Scroll) letGo() string {
	on := s.Canvas()
	if on == nil {
		return ""
	}
	had, ok := on.Focused().(fyne.CanvasObject)
	if !ok || widget.Walk(s.scroll, func(o fyne.CanvasObject) bool { return o != had }) {
		return ""
	}
	on.Unfocus()
	if n, ok := had.(widget.Named); ok {
		return n.Name()
	}
	return ""
}

// takeUp gives the keyboard to the part of a name, if there still is one.
func (s *Scroll) takeUp(name string) {
	if name == "" {
		return
	}
	widget.Walk(s.scroll, func(o fyne.CanvasObject) bool {
		f, focusable := o.(fyne.Focusable)
		n, named := o.(widget.Named)
		if !focusable || !named || n.Name() != name {
			return true
		}
		if d, ok := o.(fyne.Disableable); !ok || !d.Disabled() {
			s.Canvas().Focus(f)
		}
		return false
	})
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
