package widget

import (
	"slices"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/sodale/sodale/ui/theme"
)

// Option is one thing to choose: the value that is stored and the label that is seen.
type Option struct{ Value, Label string }

// Select is a field that takes one of several options. Arrows change it, Enter or Space opens the list, and typing
// jumps to the option that begins so.
type Select struct {
	Field
	// OnChanged is called with the value when another option is taken.
	OnChanged func(value string)
	// OnLeft is called when the focus leaves: the moment to check.
	OnLeft func()

	options []Option
	chosen  int // -1 = none
	button  *selectButton
	popup   *dropDown
}

// NewSelect returns a field with nothing chosen.
func NewSelect(label string, options []Option) *Select {
	s := &Select{options: options, chosen: -1}
	s.button = newSelectButton(s, label)
	s.input = s.button
	s.build(s, label)
	return s
}

// Name is the label.
func (s *Select) Name() string { return s.label.Plain() }

// Value returns the value of the option taken, or "".
func (s *Select) Value() string {
	if s.chosen < 0 {
		return ""
	}
	return s.options[s.chosen].Value
}

// SetValue takes the option of that value without calling OnChanged; an unknown value takes none.
func (s *Select) SetValue(value string) {
	s.chosen = slices.IndexFunc(s.options, func(o Option) bool { return o.Value == value })
	s.button.Refresh()
}

// SetOptions replaces the options and keeps the value where it is still among them.
func (s *Select) SetOptions(options []Option) {
	value := s.Value()
	s.options = options
	s.SetValue(value)
}

// Options implements Chosen.
func (s *Select) Options() []string {
	labels := make([]string, len(s.options))
	for i, o := range s.options {
		labels[i] = o.Label
	}
	return labels
}

// Choose implements Chosen.
func (s *Select) Choose(label string) bool {
	i := slices.Index(s.Options(), label)
	if i < 0 {
		return false
	}
	s.take(i)
	return true
}

// Focus puts the keyboard into the field.
func (s *Select) Focus() {
	focus(s.button)
	s.revealFault()
}

// Disable makes the field read-only.
func (s *Select) Disable() { s.button.Disable() }

// Enable lets an option be chosen again.
func (s *Select) Enable() { s.button.Enable() }

func (s *Select) take(i int) {
	if i < 0 || i >= len(s.options) {
		return
	}
	changed := i != s.chosen
	s.chosen = i
	s.SetError("")
	s.button.Refresh()
	if changed && s.OnChanged != nil {
		s.OnChanged(s.options[i].Value)
	}
}

func (s *Select) open() {
	menu := newMenu(s.Options(), s.chosen, func(i int) {
		s.popup.close()
		s.take(i)
	})
	s.popup = openDropDown(s.button, s.button, menu, 0, menu.natural())
	focus(menu)
}

// selectButton is the part of a Select that has the keyboard.
type selectButton struct {
	control
	owner *Select
	box   *box
	text  *Text
	caret *Icon
	typed typeahead
}

func newSelectButton(s *Select, label string) *selectButton {
	b := &selectButton{owner: s, box: newBox(), text: NewText("", theme.Body).Short(), caret: NewIcon(theme.IconCaretDown, 20, theme.Ink)}
	b.extend(b, label, s.open)
	b.keys = b.typedKey
	return b
}

func (b *selectButton) setWrong(wrong bool) {
	b.box.wrong = wrong
	b.Refresh()
}

// FocusLost tells the field that it was left.
func (b *selectButton) FocusLost() {
	b.control.FocusLost()
	if b.owner.OnLeft != nil {
		b.owner.OnLeft()
	}
}

// TypedRune jumps to the option that begins with what was typed.
func (b *selectButton) TypedRune(r rune) {
	if b.Disabled() || r == ' ' {
		return
	}
	if i := b.typed.find(r, b.owner.Options(), b.owner.chosen); i >= 0 {
		b.owner.take(i)
	}
}

func (b *selectButton) typedKey(key *fyne.KeyEvent) bool {
	s := b.owner
	switch key.Name {
	case fyne.KeyUp:
		s.take(max(0, s.chosen-1))
	case fyne.KeyDown:
		s.take(min(len(s.options)-1, s.chosen+1))
	case fyne.KeyHome:
		s.take(0)
	case fyne.KeyEnd:
		s.take(len(s.options) - 1)
	case fyne.KeyF4:
		s.open()
	default:
		return false
	}
	return true
}

// Parts implements parted.
func (b *selectButton) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{b.text} }

// CreateRenderer implements fyne.Widget.
func (b *selectButton) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   b,
		objects: []fyne.CanvasObject{b.box.veil, b.box.ground, b.text, b.caret},
		min: func() fyne.Size {
			return fyne.NewSize(b.text.MinSize().Width+theme.Px(58), max(theme.Px(theme.ButtonHeight), b.text.MinSize().Height))
		},
		layout: func(size fyne.Size) {
			b.box.lay(size)
			caret, height := b.caret.MinSize(), b.text.MinSize().Height
			place(b.caret, size.Width-caret.Width-theme.Px(14), (size.Height-caret.Height)/2, caret.Width, caret.Height)
			place(b.text, theme.Px(14), (size.Height-height)/2, size.Width-caret.Width-theme.Px(38), height)
		},
		paint: func() {
			b.box.focused = b.focused
			b.box.paint()
			b.text.SetText("")
			if b.owner.chosen >= 0 {
				b.text.SetText(b.owner.options[b.owner.chosen].Label)
			}
		},
	})
}

// typeahead finds options by the letters typed one after the other.
type typeahead struct{ letters string }

// find returns the option that begins with the letters so far, else the next one after current that begins with the
// last letter, else -1. Accents and case do not count.
func (t *typeahead) find(r rune, labels []string, current int) int {
	t.letters += plain(string(r))
	if i := slices.IndexFunc(labels, func(l string) bool { return strings.HasPrefix(plain(l), t.letters) }); i >= 0 && len(t.letters) > 1 {
		return i
	}
	t.letters = plain(string(r))
	for n := range labels {
		i := (current + 1 + n) % len(labels)
		if strings.HasPrefix(plain(labels[i]), t.letters) {
			return i
		}
	}
	return -1
}

var accents = strings.NewReplacer("à", "a", "è", "e", "é", "e", "ì", "i", "ò", "o", "ù", "u")

func plain(s string) string { return accents.Replace(strings.Map(unicode.ToLower, s)) }

// menu is the open list of a Select. It has the keyboard; its rows are pressed by the pointer.
type menu struct {
	control
	labels []string
	at     int
	take   func(int)
	rows   []*menuRow
	scroll *Scroll
	typing typeahead
}

func newMenu(labels []string, chosen int, take func(int)) *menu {
	m := &menu{labels: labels, at: max(0, chosen), take: take}
	objects := make([]fyne.CanvasObject, len(labels))
	for i, label := range labels {
		row := newMenuRow(label, i == chosen, func() { take(i) })
		m.rows = append(m.rows, row)
		objects[i] = row
	}
	m.scroll = NewScroll(Column(0, objects...))
	m.extend(m, "", func() { take(m.at) })
	m.keys = m.typed
	return m
}

// natural is the height of all rows, at most that of seven and a half.
func (m *menu) natural() float32 {
	rows := min(float32(len(m.rows)), 7.5)
	return rows*theme.Px(theme.TargetHeight) + theme.Px(12)
}

// FocusGained marks the row that Enter takes.
func (m *menu) FocusGained() {
	m.focused = true
	m.mark()
}

func (m *menu) mark() {
	for i, row := range m.rows {
		row.current = i == m.at
		row.Refresh()
	}
	if len(m.rows) > 0 {
		m.scroll.Reveal(m.rows[m.at])
	}
}

func (m *menu) move(to int) {
	m.at = min(max(0, to), max(0, len(m.rows)-1))
	m.mark()
}

func (m *menu) typed(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyUp:
		m.move(m.at - 1)
	case fyne.KeyDown:
		m.move(m.at + 1)
	case fyne.KeyPageUp:
		m.move(m.at - 7)
	case fyne.KeyPageDown:
		m.move(m.at + 7)
	case fyne.KeyHome:
		m.move(0)
	case fyne.KeyEnd:
		m.move(len(m.rows) - 1)
	default:
		return false
	}
	return true
}

// TypedRune jumps to the row that begins with what was typed.
func (m *menu) TypedRune(r rune) {
	if i := m.typing.find(r, m.labels, m.at); i >= 0 && r != ' ' {
		m.move(i)
	}
}

// Parts implements parted.
func (m *menu) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{m.scroll} }

// CreateRenderer implements fyne.Widget.
func (m *menu) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   m,
		objects: []fyne.CanvasObject{m.scroll},
		min:     func() fyne.Size { return fyne.Size{} },
		layout: func(size fyne.Size) {
			edge := theme.Px(6)
			place(m.scroll, 0, edge, size.Width, size.Height-2*edge)
		},
	})
}

// menuRow is one option of an open list.
type menuRow struct {
	pressable
	label   string
	chosen  bool
	current bool
	ground  *canvas.Rectangle
	text    *Text
	tick    *Icon
}

func newMenuRow(label string, chosen bool, tap func()) *menuRow {
	r := &menuRow{label: label, chosen: chosen, ground: &canvas.Rectangle{}, text: NewText(label, theme.Body).Short(),
		tick: NewIcon(theme.IconCheck, 20, theme.Accent)}
	r.tap = tap
	r.ExtendBaseWidget(r)
	return r
}

// Name is the label of the option.
func (r *menuRow) Name() string { return r.label }

// CreateRenderer implements fyne.Widget.
func (r *menuRow) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   r,
		objects: []fyne.CanvasObject{r.ground, r.text, r.tick},
		min: func() fyne.Size {
			return fyne.NewSize(r.text.MinSize().Width+theme.Px(52), theme.Px(theme.TargetHeight))
		},
		layout: func(size fyne.Size) {
			height, side := r.text.MinSize().Height, r.tick.MinSize().Width
			place(r.ground, theme.Px(6), 1, size.Width-2*theme.Px(6), size.Height-2)
			place(r.text, theme.Px(14), (size.Height-height)/2, size.Width-side-theme.Px(36), height)
			place(r.tick, size.Width-side-theme.Px(14), (size.Height-side)/2, side, side)
		},
		paint: func() {
			r.tick.Hidden = !r.chosen
			r.ground.CornerRadius = theme.Px(7)
			r.ground.FillColor, r.ground.StrokeColor, r.ground.StrokeWidth = theme.Color(theme.Clear), theme.Color(theme.Focus), 0
			if r.current {
				r.ground.FillColor, r.ground.StrokeWidth = theme.Color(theme.AccentVeil), theme.FocusedStroke
			}
		},
	})
}
