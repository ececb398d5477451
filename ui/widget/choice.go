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
	group   *radioGroup
}

// NewRadio returns options one below the other, each with a ring that fills.
func NewRadio(label string, options []Option) *Radio { return newRadio(label, options, false) }

// NewSegments returns options side by side, for two or three short ones.
func NewSegments(label string, options []Option) *Radio { return newRadio(label, options, true) }

func newRadio(label string, options []Option, segments bool) *Radio {
	r := &Radio{options: options}
	r.group = newRadioGroup(label, r.Options(), segments, func(i int) {
		if r.OnChanged != nil {
			r.OnChanged(r.options[i].Value)
		}
	})
	r.input = r.group
	r.build(r, label)
	return r
}

// Value returns the value of the option taken, or "".
func (r *Radio) Value() string {
	if r.group.chosen < 0 {
		return ""
	}
	return r.options[r.group.chosen].Value
}

// SetValue takes the option of that value without calling OnChanged; an unknown value takes none.
func (r *Radio) SetValue(value string) {
	r.group.set(slices.IndexFunc(r.options, func(o Option) bool { return o.Value == value }))
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
		r.group.take(i)
	}
	return i >= 0
}

// Focus puts the keyboard into the choice.
func (r *Radio) Focus() { focus(r.group) }

// Disable takes the choice away.
func (r *Radio) Disable() { r.group.Disable() }

// Enable gives the choice back.
func (r *Radio) Enable() { r.group.Enable() }

// radioGroup has the keyboard for all options.
type radioGroup struct {
	control
	chosen   int // -1 = none
	segments bool
	changed  func(int)
	items    []*radioItem
	body     *fyne.Container
}

func newRadioGroup(label string, labels []string, segments bool, changed func(int)) *radioGroup {
	g := &radioGroup{chosen: -1, segments: segments, changed: changed}
	objects := make([]fyne.CanvasObject, len(labels))
	for i, l := range labels {
		item := newRadioItem(g, i, l)
		g.items = append(g.items, item)
		objects[i] = item
	}
	g.body = Column(4, objects...)
	if segments {
		g.body = Flow(8, objects...)
	}
	g.extend(g, label, func() { g.take(max(0, g.chosen)) })
	g.keys = g.typed
	return g
}

func (g *radioGroup) set(i int) {
	g.chosen = i
	g.Refresh()
}

func (g *radioGroup) take(i int) {
	if g.Disabled() {
		return
	}
	changed := i != g.chosen
	g.set(i)
	if changed {
		g.changed(i)
	}
}

// typed takes the option before or after, going round.
func (g *radioGroup) typed(key *fyne.KeyEvent) bool {
	n := len(g.items)
	switch key.Name {
	case fyne.KeyUp, fyne.KeyLeft:
		g.take((max(0, g.chosen) + n - 1) % n)
	case fyne.KeyDown, fyne.KeyRight:
		g.take((g.chosen + 1) % n)
	default:
		return false
	}
	return true
}

// Tapped does nothing: the options are pressed.
func (g *radioGroup) Tapped(*fyne.PointEvent) {}

// Name is empty: the field around has the name.
func (g *radioGroup) Name() string { return "" }

// HeightAt implements wider.
func (g *radioGroup) HeightAt(width float32) float32 { return HeightAt(g.body, width) }

// Parts implements parted.
func (g *radioGroup) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{g.body} }

// CreateRenderer implements fyne.Widget.
func (g *radioGroup) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   g,
		objects: []fyne.CanvasObject{g.body},
		min:     g.body.MinSize,
		layout:  func(size fyne.Size) { place(g.body, 0, 0, size.Width, size.Height) },
		paint: func() {
			for _, item := range g.items {
				item.Refresh()
			}
		},
	})
}

// radioItem is one option, pressed by the pointer.
type radioItem struct {
	pressable
	group  *radioGroup
	index  int
	label  string
	ground *canvas.Rectangle
	ring   *canvas.Rectangle
	outer  *canvas.Circle
	dot    *canvas.Circle
	text   *Text
}

func newRadioItem(group *radioGroup, index int, label string) *radioItem {
	i := &radioItem{group: group, index: index, label: label, ground: &canvas.Rectangle{}, ring: newRing(), outer: &canvas.Circle{}, dot: &canvas.Circle{},
		text: NewText(label, theme.Body)}
	if group.segments {
		i.text.OneLine()
	}
	i.tap = func() {
		focus(group)
		group.take(index)
	}
	i.ExtendBaseWidget(i)
	return i
}

// Name is the label of the option.
func (i *radioItem) Name() string { return i.label }

// Parts implements parted.
func (i *radioItem) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{i.text} }

func (i *radioItem) chosen() bool { return i.group.chosen == i.index }

// ringed reports whether this option shows the focus of the group.
func (i *radioItem) ringed() bool { return i.group.focused && i.index == max(0, i.group.chosen) }

func (i *radioItem) left() float32 {
	if i.group.segments {
		return theme.Px(18)
	}
	return theme.Px(36)
}

func (i *radioItem) right() float32 {
	if i.group.segments {
		return theme.Px(18)
	}
	return theme.Px(4)
}

// HeightAt implements wider.
func (i *radioItem) HeightAt(width float32) float32 {
	return max(theme.Px(theme.TargetHeight), HeightAt(i.text, width-i.left()-i.right())+theme.Px(8))
}

// CreateRenderer implements fyne.Widget.
func (i *radioItem) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   i,
		objects: []fyne.CanvasObject{i.ground, i.outer, i.dot, i.text, i.ring},
		min: func() fyne.Size {
			least := i.text.MinSize()
			return fyne.NewSize(i.left()+least.Width+i.right(), max(theme.Px(theme.TargetHeight), least.Height+theme.Px(8)))
		},
		layout: i.lay,
		paint:  i.paint,
	})
}

func (i *radioItem) lay(size fyne.Size) {
	place(i.ground, 0, 0, size.Width, size.Height)
	width := size.Width - i.left() - i.right()
	height := HeightAt(i.text, width)
	place(i.text, i.left(), (size.Height-height)/2, width, height)
	side, inner := theme.Px(22), theme.Px(12)
	place(i.outer, theme.Px(4), (size.Height-side)/2, side, side)
	place(i.dot, theme.Px(4)+(side-inner)/2, (size.Height-inner)/2, inner, inner)
	paintRing(i.ring, i.ringed(), size, theme.Px(theme.ButtonRadius))
}

func (i *radioItem) paint() {
	i.outer.Hidden, i.dot.Hidden = i.group.segments, i.group.segments || !i.chosen()
	i.outer.StrokeColor, i.outer.StrokeWidth, i.outer.FillColor = theme.Color(theme.Border), theme.FocusedStroke, theme.Color(theme.Surface)
	i.dot.FillColor = theme.Color(theme.Accent)
	i.ground.CornerRadius, i.ground.FillColor, i.ground.StrokeWidth = theme.Px(theme.ButtonRadius), theme.Color(theme.Clear), 0
	ink := theme.Ink
	if i.chosen() {
		i.outer.StrokeColor = theme.Color(theme.Accent)
	}
	if i.group.segments {
		i.ground.FillColor, i.ground.StrokeColor, i.ground.StrokeWidth = theme.Color(theme.Surface), theme.Color(theme.Border), theme.Stroke(theme.CardStroke)
		if i.chosen() {
			i.ground.FillColor, i.ground.StrokeColor, ink = theme.Color(theme.AccentVeil), theme.Color(theme.Accent), theme.Accent
		}
	}
	if i.group.Disabled() {
		ink = theme.Ink2
	}
	i.text.style.Bold = i.group.segments && i.chosen()
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

// Parts implements parted.
func (c *Check) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{c.text} }

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
