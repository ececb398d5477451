package widget

import (
	"fyne.io/fyne/v2"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
)

// List shows thousands of rows and builds only those that are seen. Arrows move, Enter or Space opens, Home and End go
// to the ends.
type List struct {
	composite
	inner *listInner
	count int
	shown func(index int) fyne.CanvasObject
	name  string
	open  func(index int)
	at    int
}

// NewList returns an empty list. row builds the content of one row; rows are all as high as rowHeight at 100 %. open is
// called when a row is taken.
func NewList(name string, rowHeight float32, row func(index int) fyne.CanvasObject, open func(index int)) *List {
	l := &List{name: name, shown: row, open: open, at: -1}
	l.inner = &listInner{owner: l}
	l.inner.Length = func() int { return l.count }
	l.inner.CreateItem = func() fyne.CanvasObject { return newListRow(l, rowHeight) }
	l.inner.UpdateItem = func(i int, o fyne.CanvasObject) { o.(*listRow).set(i) }
	l.inner.HideSeparators = true
	l.inner.ExtendBaseWidget(l.inner)
	l.compose(l, l.inner)
	return l
}

// SetCount changes how many rows there are and shows them anew. The selection stays at its index while there is one.
func (l *List) SetCount(n int) {
	l.count = n
	if l.at >= n {
		l.at = -1
	}
	l.inner.Refresh()
}

// RefreshRow shows one row anew.
func (l *List) RefreshRow(index int) { l.inner.RefreshItem(index) }

// Select marks a row and brings it into view, without opening it; -1 marks none.
func (l *List) Select(index int) {
	if index >= l.count {
		return
	}
	l.at = index
	if index >= 0 && l.inner.Size().Height > 0 {
		l.inner.ScrollTo(index)
	}
	l.inner.Refresh()
}

// Selected returns the index of the marked row, or -1.
func (l *List) Selected() int { return l.at }

// Count returns how many rows there are.
func (l *List) Count() int { return l.count }

// Row builds the content of one row, for tests that look for words in rows out of view.
func (l *List) Row(index int) fyne.CanvasObject { return l.shown(index) }

// Open marks a row and opens it, as a press does.
func (l *List) Open(index int) {
	l.Select(index)
	if l.open != nil && index >= 0 && index < l.count {
		l.open(index)
	}
}

// Name is what the list holds.
func (l *List) Name() string { return l.name }

// Focus puts the keyboard into the list.
func (l *List) Focus() { focus(l.inner) }

// MinSize is small: a list takes the room it gets.
func (l *List) MinSize() fyne.Size { return fyne.NewSize(theme.Px(200), theme.Px(theme.RowHeight)) }

// listInner is the toolkit's list with the kit's keys.
type listInner struct {
	fynewidget.List
	owner   *List
	focused bool
}

// FocusGained shows the ring on the marked row; without one the first is marked.
func (l *listInner) FocusGained() {
	l.focused = true
	if l.owner.at < 0 && l.owner.count > 0 {
		l.owner.at = 0
	}
	l.Refresh()
}

// FocusLost takes the ring away.
func (l *listInner) FocusLost() {
	l.focused = false
	l.Refresh()
}

// TypedKey moves and opens.
func (l *listInner) TypedKey(key *fyne.KeyEvent) {
	at, last := l.owner.at, l.owner.count-1
	page := max(1, int(l.Size().Height/theme.Px(theme.RowHeight))-1)
	switch key.Name {
	case fyne.KeyUp:
		l.owner.Select(max(0, at-1))
	case fyne.KeyDown:
		l.owner.Select(min(last, at+1))
	case fyne.KeyPageUp:
		l.owner.Select(max(0, at-page))
	case fyne.KeyPageDown:
		l.owner.Select(min(last, at+page))
	case fyne.KeyHome:
		l.owner.Select(min(0, last))
	case fyne.KeyEnd:
		l.owner.Select(last)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.owner.Open(at)
	default:
		passKey(l, key)
	}
}

// listRow is the place of one row: its ground, its ring, and the content of the moment.
type listRow struct {
	pressable
	list    *List
	index   int
	height  float32
	ground  *Panel
	content *fyne.Container
}

func newListRow(l *List, height float32) *listRow {
	r := &listRow{list: l, height: height, index: -1, ground: NewPanel(theme.Clear, theme.Clear, theme.ButtonRadius), content: Stack()}
	r.tap = func() {
		focus(l.inner)
		l.Open(r.index)
	}
	r.ExtendBaseWidget(r)
	return r
}

func (r *listRow) set(index int) {
	r.index = index
	r.content.Objects = []fyne.CanvasObject{r.list.shown(index)}
	fill, edge := theme.Clear, theme.Clear
	r.ground.stroke = theme.CardStroke
	if index == r.list.at {
		fill, edge = theme.AccentVeil, theme.Accent
		if r.list.inner.focused {
			edge, r.ground.stroke = theme.Focus, theme.RingStroke
		}
	}
	r.ground.Set(fill, edge)
	r.content.Refresh()
	r.Refresh()
}

// Parts implements parted.
func (r *listRow) Parts() []fyne.CanvasObject { return r.content.Objects }

// CreateRenderer implements fyne.Widget.
func (r *listRow) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   r,
		objects: []fyne.CanvasObject{r.ground, r.content},
		min:     func() fyne.Size { return fyne.NewSize(theme.Px(120), theme.Px(r.height)) },
		layout: func(size fyne.Size) {
			place(r.ground, theme.Px(8), 0, size.Width-2*theme.Px(8), size.Height)
			height := min(HeightAt(r.content, size.Width-2*theme.Px(24)), size.Height)
			place(r.content, theme.Px(24), (size.Height-height)/2, size.Width-2*theme.Px(24), height)
		},
	})
}
