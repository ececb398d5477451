package widget

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/sodale/sodale/ui/theme"
)

// Radio takes one of a few options that are all seen. It is one stop of Tab; arrows move within it.
type Radio struct {
	Field
	// OnChanged is called with the value when another option is taken.
	OnChanged func(value string)

	options []Option
	chosen  int
	segment bool
	items   []*radioItem
}

// NewRadio returns options one below the other, each with a ring that fills.
func NewRadio(label string, options []Option) *Radio { return newRadio(label, options, false) }

// NewSegments returns options side by side as one piece, for two or three short ones.
func NewSegments(label string, options []Option) *Radio { return newRadio(label, options, true) }

func newRadio(label string, options []Option, segment bool) *Radio {
	r := &Radio{options: options, chosen: -1, segment: segment}
	objects := make([]fyne.CanvasObject, len(options))
	for i, o := range options {
		item := newRadioItem(r, i, o.Label)
		r.items = append(r.items, item)
		objects[i] = item
	}
	if segment {
		r.input = Flow(8, objects...)
	} else {
		r.input = Column(4, objects...)
	}
	r.build(r, label)
	return r
}

// Value returns the value of the option taken, or "".
func (r *Radio) Value() string {
	if r.chosen < 0 {
		return ""
	}
	return r.options[r.chosen].Value
}

// SetValue takes the option of that value without calling OnChanged; an unknown value takes none.
func (r *Radio) SetValue(value string) {
	r.chosen = slices.IndexFunc(r.options, func(o Option) bool { return o.Value == value })
	r.repaint()
}

// Options implements Chosen.
func (r *Radio) Options() []string {
	labels := make([]string, len(r.options))
	for i, o := range r.options {
		labels[i] = o.Label
	}
	return labels
}

// Choose implements Chosen.
func (r *Radio) Choose(label string) bool {
	i := slices.Index(r.Options(), label)
	if i >= 0 {
		r.take(i)
	}
	return i >= 0
}

// Disable takes the choice away.
func (r *Radio) Disable() {
	for _, item := range r.items {
		item.Disable()
	}
}

// Enable gives the choice back.
func (r *Radio) Enable() {
	for _, item := range r.items {
		item.Enable()
	}
}

func (r *Radio) take(i int) {
	changed := i != r.chosen
	r.chosen = i
	r.repaint()
	if changed && r.OnChanged != nil {
		r.OnChanged(r.options[i].Value)
	}
}

func (r *Radio) repaint() {
	for _, item := range r.items {
		item.Refresh()
	}
}

// move takes the option n further on, going round, and puts the keyboard there.
func (r *Radio) move(from, n int) {
	to := (from + n + len(r.items)) % len(r.items)
	r.take(to)
	focus(r.items[to])
}

// radioItem is one option.
type radioItem struct {
	control
	group  *Radio
	index  int
	ground *canvas.Rectangle
	outer  *canvas.Circle
	dot    *canvas.Circle
	text   *Text
}

func newRadioItem(group *Radio, index int, label string) *radioItem {
	i := &radioItem{group: group, index: index, ground: &canvas.Rectangle{}, outer: &canvas.Circle{}, dot: &canvas.Circle{}, text: NewText(label, theme.Body)}
	if group.segment {
		i.text.OneLine()
	}
	i.extend(i, label, func() { group.take(index) })
	i.keys = i.typed
	return i
}

func (i *radioItem) chosen() bool { return i.group.chosen == i.index }

func (i *radioItem) typed(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyUp, fyne.KeyLeft:
		i.group.move(i.index, -1)
	case fyne.KeyDown, fyne.KeyRight:
		i.group.move(i.index, 1)
	default:
		return false
	}
	return true
}

// HeightAt implements wider.
func (i *radioItem) HeightAt(width float32) float32 {
	return max(theme.Px(theme.TargetHeight), HeightAt(i.text, width-i.left()-theme.Px(12))+theme.Px(8))
}

func (i *radioItem) left() float32 {
	if i.group.segment {
		return theme.Px(18)
	}
	return theme.Px(36)
}

// CreateRenderer implements fyne.Widget.
func (i *radioItem) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   i,
		objects: []fyne.CanvasObject{i.ground, i.outer, i.dot, i.text, i.ring},
		min: func() fyne.Size {
			right := theme.Px(4)
			if i.group.segment {
				right = theme.Px(18)
			}
			return fyne.NewSize(i.left()+i.text.MinSize().Width+right, max(theme.Px(theme.TargetHeight), i.text.MinSize().Height+theme.Px(8)))
		},
		layout: i.lay,
		paint:  i.paint,
	})
}

func (i *radioItem) lay(size fyne.Size) {
	place(i.ground, 0, 0, size.Width, size.Height)
	width := size.Width - i.left() - theme.Px(4)
	height := HeightAt(i.text, width)
	place(i.text, i.left(), (size.Height-height)/2, width, height)
	side, inner := theme.Px(22), theme.Px(12)
	place(i.outer, theme.Px(4), (size.Height-side)/2, side, side)
	place(i.dot, theme.Px(4)+(side-inner)/2, (size.Height-inner)/2, inner, inner)
	paintRing(i.ring, i.focused, size, theme.Px(theme.ButtonRadius))
}

func (i *radioItem) paint() {
	i.outer.Hidden, i.dot.Hidden = i.group.segment, i.group.segment || !i.chosen()
	i.outer.StrokeColor, i.outer.StrokeWidth, i.outer.FillColor = theme.Color(theme.Border), theme.FocusedStroke, theme.Color(theme.Surface)
	i.dot.FillColor = theme.Color(theme.Accent)
	i.ground.CornerRadius, i.ground.FillColor, i.ground.StrokeWidth = theme.Px(theme.ButtonRadius), theme.Color(theme.Clear), 0
	ink := theme.Ink
	if i.chosen() {
		i.outer.StrokeColor = theme.Color(theme.Accent)
	}
	if i.group.segment {
		i.ground.FillColor, i.ground.StrokeColor, i.ground.StrokeWidth = theme.Color(theme.Surface), theme.Color(theme.Border), theme.Stroke(theme.CardStroke)
		if i.chosen() {
			i.ground.FillColor, i.ground.StrokeColor, ink = theme.Color(theme.AccentVeil), theme.Color(theme.Accent), theme.Accent
		}
	}
	if i.hovered && !i.Disabled() {
		i.ground.FillColor = theme.Color(theme.AccentVeil)
	}
	if i.Disabled() {
		ink = theme.Ink2
	}
	i.text.style.Bold = i.group.segment && i.chosen()
	i.text.SetColor(ink)
}

// Check is a yes or no with its words beside it.
type Check struct {
	control
	// OnChanged is called when it changes.
	OnChanged func(checked bool)

	checked bool
	square  *canvas.Rectangle
	tick    *Icon
	text    *Text
}

// NewCheck returns an empty box.
func NewCheck(label string) *Check {
	c := &Check{square: &canvas.Rectangle{}, tick: NewIcon(theme.IconCheck, 18, theme.OnAccent), text: NewText(label, theme.Body)}
	c.extend(c, label, func() {
		c.SetChecked(!c.checked)
		if c.OnChanged != nil {
			c.OnChanged(c.checked)
		}
	})
	return c
}

// Checked reports whether it is ticked.
func (c *Check) Checked() bool { return c.checked }

// SetChecked ticks it or not, without calling OnChanged.
func (c *Check) SetChecked(checked bool) {
	c.checked = checked
	c.Refresh()
}

// HeightAt implements wider.
func (c *Check) HeightAt(width float32) float32 {
	return max(theme.Px(theme.TargetHeight), HeightAt(c.text, width-theme.Px(36))+theme.Px(8))
}

// CreateRenderer implements fyne.Widget.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   c,
		objects: []fyne.CanvasObject{c.square, c.tick, c.text, c.ring},
		min: func() fyne.Size {
			least := c.text.MinSize()
			return fyne.NewSize(least.Width+theme.Px(36), max(theme.Px(theme.TargetHeight), least.Height+theme.Px(8)))
		},
		layout: func(size fyne.Size) {
			side := theme.Px(24)
			place(c.square, 0, (size.Height-side)/2, side, side)
			place(c.tick, theme.Px(3), (size.Height-theme.Px(18))/2, theme.Px(18), theme.Px(18))
			height := HeightAt(c.text, size.Width-theme.Px(36))
			place(c.text, theme.Px(36), (size.Height-height)/2, size.Width-theme.Px(36), height)
			paintRing(c.ring, c.focused, size, theme.Px(theme.FieldRadius))
		},
		paint: func() {
			c.tick.Hidden = !c.checked
			c.square.CornerRadius = theme.Px(6)
			c.square.FillColor, c.square.StrokeColor, c.square.StrokeWidth = theme.Color(theme.Surface), theme.Color(theme.Border), theme.FocusedStroke
			if c.checked {
				c.square.FillColor, c.square.StrokeColor = theme.Color(theme.Accent), theme.Color(theme.Accent)
			}
			ink := theme.Ink
			if c.Disabled() {
				ink = theme.Ink2
			}
			c.text.SetColor(ink)
		},
	})
}
