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
	row   float32 // height of a row at 100 %

	heading       func(index int) bool // nil: there are none
	headingHeight float32              // at 100 %
	headed        []int                // rows that have the height of a heading
}

// NewList returns an empty list. row builds the content of one row; rows are all as high as rowHeight at 100 %. open is
// called when a row is taken.
func NewList(name string, rowHeight float32, row func(index int) fyne.CanvasObject, open func(index int)) *List {
	l := &List{name: name, shown: row, open: open, at: -1, row: rowHeight}
	l.inner = &listInner{owner: l}
	l.inner.Length = func() int { return l.count }
	l.inner.CreateItem = func() fyne.CanvasObject { return newListRow(l, rowHeight) }
	l.inner.UpdateItem = func(i int, o fyne.CanvasObject) { o.(*listRow).set(i) }
	l.inner.HideSeparators = true
	l.inner.ExtendBaseWidget(l.inner)
	l.compose(l, l.inner)
	return l
}

// SetHeadings makes the rows that is names headings, as the months of a list: of another height at 100 %, never marked
// and never opened; the keyboard passes over them. It is asked at every SetCount.
func (l *List) SetHeadings(height float32, is func(index int) bool) {
	l.headingHeight, l.heading = height, is
}

// SetCount changes how many rows there are and shows them anew. The selection stays at its index while there is one.
func (l *List) SetCount(n int) {
	l.count = n
	if l.at >= n {
		l.at = -1
	}
	l.setHeights()
	l.inner.Refresh()
}

// setHeights gives headings their height and rows that no longer are headings theirs.
func (l *List) setHeights() {
	for _, i := range l.headed {
		l.inner.SetItemHeight(i, theme.Px(l.row))
	}
	l.headed = l.headed[:0]
	for i := range l.count {
		if l.isHeading(i) {
			l.inner.SetItemHeight(i, theme.Px(l.headingHeight))
			l.headed = append(l.headed, i)
		}
	}
}

func (l *List) isHeading(i int) bool {
	return l.heading != nil && i >= 0 && i < l.count && l.heading(i)
}

// past returns the row nearest to i that is no heading, looking in a direction first; -1 when there is none.
func (l *List) past(i, direction int) int {
	for _, step := range []int{direction, -direction} {
		for at := min(max(i, 0), l.count-1); at >= 0 && at < l.count; at += step {
			if !l.isHeading(at) {
				return at
			}
		}
	}
	return -1
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
	if l.isHeading(index) {
		return
	}
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
	if l.owner.at < 0 {
		l.owner.at = l.owner.past(0, 1)
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
		l.owner.Select(l.owner.past(at-1, -1))
	case fyne.KeyDown:
		l.owner.Select(l.owner.past(at+1, 1))
	case fyne.KeyPageUp:
		l.owner.Select(l.owner.past(at-page, -1))
	case fyne.KeyPageDown:
		l.owner.Select(l.owner.past(at+page, 1))
	case fyne.KeyHome:
		l.owner.Select(l.owner.past(0, 1))
	case fyne.KeyEnd:
		l.owner.Select(l.owner.past(last, -1))
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
	if index == r.list.at && !r.list.isHeading(index) {
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
