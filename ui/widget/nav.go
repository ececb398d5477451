package widget

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
)

// NavItem is one entry of the navigation.
type NavItem struct {
	Tile
	icon     *Icon
	text     *Text
	count    *countDot
	selected bool
}

// NewNavItem returns an entry that is not selected.
func NewNavItem(icon theme.IconName, label string, pressed func()) *NavItem {
	n := &NavItem{icon: NewIcon(icon, 22, theme.Ink), text: NewText(label, theme.Body).Short(), count: newCountDot()}
	n.count.Hide()
	n.setUp(n, label, Row(12, n.icon, Grow(Row(4, Grow(n.text), n.count))), pressed)
	n.height, n.padX, n.padY = theme.TargetHeight, 12, 4
	n.restyle = n.style
	return n
}

// SetSelected marks the entry of the screen that is shown.
func (n *NavItem) SetSelected(selected bool) {
	n.selected = selected
	n.Refresh()
}

// Selected reports whether the entry's screen is shown.
func (n *NavItem) Selected() bool { return n.selected }

// SetCount shows how many things wait there; 0 shows none.
func (n *NavItem) SetCount(count int) {
	n.count.Hidden = count == 0
	n.count.set(count)
	n.Refresh()
}

func (n *NavItem) style() {
	ink := theme.Ink
	n.fill = theme.Clear
	if n.selected {
		ink, n.fill = theme.Accent, theme.AccentVeil
	}
	n.text.style.Bold = n.selected
	n.text.SetColor(ink)
	n.icon.Set(n.icon.name, ink, n.selected)
}

// countDot is a number on a round ground in amber: something waits.
type countDot struct {
	fynewidget.BaseWidget
	ground *canvas.Rectangle
	text   *Text
}

func newCountDot() *countDot {
	d := &countDot{ground: &canvas.Rectangle{}, text: NewText("", theme.Caption).Bold().OneLine().Color(theme.Careful)}
	d.ExtendBaseWidget(d)
	return d
}

func (d *countDot) set(n int) { d.text.SetText(strconv.Itoa(n)) }

// CreateRenderer implements fyne.Widget.
func (d *countDot) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   d,
		objects: []fyne.CanvasObject{d.ground, d.text},
		min: func() fyne.Size {
			return fyne.NewSize(max(theme.Px(24), d.text.MinSize().Width+theme.Px(14)), theme.Px(24))
		},
		layout: func(size fyne.Size) {
			text := d.text.MinSize()
			d.ground.CornerRadius = size.Height / 2
			place(d.ground, 0, 0, size.Width, size.Height)
			place(d.text, (size.Width-text.Width)/2, (size.Height-text.Height)/2, text.Width, text.Height)
		},
		paint: func() { d.ground.FillColor = theme.Color(theme.CarefulVeil) },
	})
}

// Stepper is the head of a wizard: done, now and still to come. It is not pressed.
type Stepper struct {
	fynewidget.BaseWidget
	labels []string
	now    int
	row    *fyne.Container
}

// NewStepper returns the steps with the first one now.
func NewStepper(labels ...string) *Stepper {
	s := &Stepper{labels: labels, row: Row(14)}
	s.ExtendBaseWidget(s)
	s.SetNow(0)
	return s
}

// SetNow marks the step under way, from 0.
func (s *Stepper) SetNow(now int) {
	s.now = now
	s.row.RemoveAll()
	for i, label := range s.labels {
		if i > 0 {
			s.row.Add(Fixed(36, 1, NewPanel(theme.Line, theme.Clear, 0)))
		}
		text := NewText(label, theme.Body).OneLine()
		if i == now {
			text.Bold()
		}
		if i > now {
			text.Color(theme.Ink2)
		}
		s.row.Add(Row(12, newStepDot(i, now), text))
	}
	s.Refresh()
}

// Parts implements parted.
func (s *Stepper) Parts() []fyne.CanvasObject { return []fyne.CanvasObject{s.row} }

// CreateRenderer implements fyne.Widget.
func (s *Stepper) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   s,
		objects: []fyne.CanvasObject{s.row},
		min:     func() fyne.Size { return fyne.NewSize(s.least(), s.row.MinSize().Height) },
		layout: func(size fyne.Size) {
			s.narrow(false)
			s.narrow(size.Width < s.row.MinSize().Width)
			place(s.row, 0, 0, size.Width, size.Height)
		},
	})
}

// least is the width with only the dots and the words of the step under way.
func (s *Stepper) least() float32 {
	return NewText(s.labels[s.now], theme.Body).Bold().OneLine().MinSize().Width + float32(len(s.labels))*theme.Px(32+14) + theme.Px(20)
}

// narrow hides the lines and the words of the other steps when there is no room for them.
func (s *Stepper) narrow(narrow bool) {
	for i, o := range s.row.Objects {
		if i%2 == 1 {
			o.(*fyne.Container).Hidden = narrow
			continue
		}
		step := o.(*fyne.Container)
		step.Objects[1].(*Text).Hidden = narrow && i/2 != s.now
	}
}

// newStepDot draws the circle of a step: a tick when done, filled now, a ring when to come.
func newStepDot(i, now int) fyne.CanvasObject {
	fill, edge, ink := theme.Surface, theme.Border, theme.Ink2
	switch {
	case i < now:
		return Fixed(32, 32, Stack(NewPanel(theme.AccentVeil, theme.Clear, 16), NewIcon(theme.IconCheckCircle, 22, theme.Accent).Filled()))
	case i == now:
		fill, edge, ink = theme.Accent, theme.Clear, theme.OnAccent
	}
	number := NewText(strconv.Itoa(i+1), theme.Secondary).Bold().OneLine().Color(ink)
	return Fixed(32, 32, Stack(NewPanel(fill, edge, 16), Row(0, Gap(), number, Gap())))
}

// Tabs are the documents of a claim, side by side, with one that is open. Arrows move between them.
type Tabs struct {
	composite
	row    *fyne.Container
	tabs   []*Tile
	chosen int
	pick   func(int)
}

// NewTabs returns tabs without any; pick is called with the index of the one that is pressed.
func NewTabs(pick func(index int)) *Tabs {
	t := &Tabs{pick: pick, row: Flow(8)}
	t.compose(t, t.row)
	return t
}

// Set shows labels, one of them chosen, and after them what adds another (may be nil).
func (t *Tabs) Set(labels []string, chosen int, more fyne.CanvasObject) {
	t.row.RemoveAll()
	t.tabs, t.chosen = nil, chosen
	for i, label := range labels {
		tab := t.tab(label, i)
		t.tabs = append(t.tabs, tab)
		t.row.Add(tab)
	}
	if more != nil {
		t.row.Add(more)
	}
	t.Refresh()
}

func (t *Tabs) tab(label string, i int) *Tile {
	text := NewText(label, theme.Body).OneLine()
	tab := NewTile(label, text, func() { t.pick(i) })
	tab.height, tab.padX, tab.padY = theme.TargetHeight, 14, 4
	tab.fill, tab.edge = theme.Surface, theme.Line
	if i == t.chosen {
		text.Bold().Color(theme.Accent)
		tab.fill, tab.edge = theme.AccentVeil, theme.Accent
	}
	tab.keys = func(key *fyne.KeyEvent) bool {
		step := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1}[key.Name]
		if to := i + step; step != 0 && to >= 0 && to < len(t.tabs) {
			t.pick(to)
			if to < len(t.tabs) {
				focus(t.tabs[to])
			}
		}
		return step != 0
	}
	return tab
}
