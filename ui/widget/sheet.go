package widget

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
)

// Sheet is a dialog: a card over a flat sheet of ink. Esc closes it, the keyboard starts in it and, when it closes,
// returns to where it was.
type Sheet struct {
	fynewidget.BaseWidget
	title    string
	body     fyne.CanvasObject
	actions  []fyne.CanvasObject
	first    fyne.Focusable
	onClose  func()
	onEnter  func()
	width    float32
	scrim    *canvas.Rectangle
	card     *fyne.Container
	canvas   fyne.Canvas
	previous fyne.Focusable
}

// Lengths of a sheet at 100 %: the edge of the card, and the room that the body has in it for rings and the scroll bar.
const (
	sheetEdge = 28
	bodyRoom  = 14
	ringRoom  = 6
)

// NewSheet returns a dialog that is not shown yet. Actions stand at its foot, the main one last.
func NewSheet(title string, body fyne.CanvasObject, actions ...fyne.CanvasObject) *Sheet {
	s := &Sheet{title: title, body: body, actions: actions, width: 560, scrim: &canvas.Rectangle{}}
	parts := []fyne.CanvasObject{PadXY(sheetEdge, 0, NewText(title, theme.H2)),
		Grow(PadXY(sheetEdge-bodyRoom, 0, NewScroll(PadXY(bodyRoom, ringRoom, body))))}
	if len(actions) > 0 {
		parts = append(parts, PadXY(sheetEdge, 0, FlowEnd(12, actions...)))
	}
	s.card = Stack(NewPanel(theme.Surface, theme.Line, theme.CardRadius), PadXY(0, 24, Column(20-ringRoom, parts...)))
	s.ExtendBaseWidget(s)
	return s
}

// First sets the part that has the keyboard when the sheet opens; without it the first that can.
func (s *Sheet) First(part fyne.Focusable) *Sheet { s.first = part; return s }

// OnClose is called once whenever the sheet closes.
func (s *Sheet) OnClose(f func()) *Sheet { s.onClose = f; return s }

// OnEnter is called when Enter is pressed and no part took it.
func (s *Sheet) OnEnter(f func()) *Sheet { s.onEnter = f; return s }

// Wide sets the width at 100 %.
func (s *Sheet) Wide(width float32) *Sheet { s.width = width; return s }

// Name is the title.
func (s *Sheet) Name() string { return s.title }

// Parts implements parted.
func (s *Sheet) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{s.card} }

// ShowOn opens the sheet over a canvas.
func (s *Sheet) ShowOn(c fyne.Canvas) {
	s.canvas, s.previous = c, c.Focused()
	c.Unfocus() // one ring at a time
	c.Overlays().Add(s)
	s.Resize(c.Size())
	switch {
	case s.first != nil:
		c.Focus(s.first)
	default:
		c.FocusNext()
	}
}

// Shown reports whether the sheet is open.
func (s *Sheet) Shown() bool { return s.canvas != nil }

// Close takes the sheet away and gives the keyboard back.
func (s *Sheet) Close() {
	if s.canvas == nil {
		return
	}
	c := s.canvas
	s.canvas = nil
	c.Overlays().Remove(s)
	if o, ok := s.previous.(fyne.CanvasObject); ok && o.Visible() {
		c.Focus(s.previous)
	}
	if s.onClose != nil {
		s.onClose()
	}
}

// Tapped takes taps beside the card, so that nothing below is pressed.
func (s *Sheet) Tapped(*fyne.PointEvent) {}

// typedKey closes at Esc and answers Enter.
func (s *Sheet) typedKey(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyEscape:
		s.Close()
	case fyne.KeyReturn, fyne.KeyEnter:
		if s.onEnter != nil {
			s.onEnter()
		}
	}
	return true
}

// CreateRenderer implements fyne.Widget.
func (s *Sheet) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   s,
		objects: []fyne.CanvasObject{s.scrim, s.card},
		min:     func() fyne.Size { return fyne.Size{} },
		layout:  s.lay,
		paint:   func() { s.scrim.FillColor = theme.Color(theme.Scrim) },
	})
}

// lay centres the card: as high as its content, at most the window less a margin.
func (s *Sheet) lay(size fyne.Size) {
	place(s.scrim, 0, 0, size.Width, size.Height)
	margin := theme.Px(24)
	width := min(theme.Px(s.width), size.Width-2*margin)
	inside := width - 2*theme.Px(sheetEdge)
	height := HeightAt(NewText(s.title, theme.H2), inside) + HeightAt(s.body, inside) + theme.Px(2*24+20+ringRoom)
	if len(s.actions) > 0 {
		height += HeightAt(container.New(&flowLayout{gap: 12}, s.actions...), inside) + theme.Px(20-ringRoom)
	}
	height = min(height, size.Height-2*margin)
	place(s.card, (size.Width-width)/2, (size.Height-height)/2, width, height)
}

// keyTaker is an overlay of the kit that answers keys: Sheet and the drop-downs of Select and DateEntry.
type keyTaker interface {
	typedKey(*fyne.KeyEvent) bool
}

// HandleKey gives a key to what lies on top of a canvas and reports whether it took it. A shell calls it first in
// Canvas.SetOnTypedKey.
func HandleKey(c fyne.Canvas, key *fyne.KeyEvent) bool {
	taker, ok := c.Overlays().Top().(keyTaker)
	return ok && taker.typedKey(key)
}

// ModalOpen reports whether a dialog or a drop-down lies over a canvas; a shell's shortcuts then rest.
func ModalOpen(c fyne.Canvas) bool { return c.Overlays().Top() != nil }

// Confirm asks before something that can't be undone. verb is the label of the button that does it ("Elimina"), and
// keep that of the one that does not ("Tieni la bozza"), where the keyboard starts.
func Confirm(c fyne.Canvas, title, text, verb, keep string, kind Kind, do func()) *Sheet {
	var s *Sheet
	yes := NewButton(verb, kind, func() {
		s.Close()
		do()
	})
	no := NewButton(keep, Secondary, func() { s.Close() })
	s = NewSheet(title, NewText(text, theme.Body), no, yes).First(no)
	s.ShowOn(c)
	return s
}
