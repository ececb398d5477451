package widget

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	fynewidget "fyne.io/fyne/v2/widget"

	"github.com/sodale/sodale/ui/theme"
)

// List shows thousands of rows and builds only those that are seen. Arrows move, Enter or Space opens, Home and End go
// to the ends. It is not the toolkit's: that one shows everything anew for each row of another height.
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
}

// NewList returns an empty list. row builds the content of one row; rows are all as high as rowHeight at 100 %. open is
// called when a row is taken.
func NewList(name string, rowHeight float32, row func(index int) fyne.CanvasObject, open func(index int)) *List {
	l := &List{name: name, shown: row, open: open, at: -1, row: rowHeight}
	l.inner = newListInner(l)
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
	l.inner.Refresh()
}

// Replace shows n other rows, from the top and with none marked.
func (l *List) Replace(n int) {
	l.at, l.inner.wanted = -1, -1
	l.inner.scroll.Offset = fyne.Position{}
	l.SetCount(n)
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

// Select marks a row and brings it into view, without opening it; -1 marks none.
func (l *List) Select(index int) {
	if index >= l.count {
		return
	}
	was := l.at
	l.at = index
	l.inner.reveal(index)
	l.inner.again(was, index)
}

// ScrollTo scrolls so that the list's y lies at the top, as far as there are rows.
func (l *List) ScrollTo(y float32) { l.inner.scrollTo(y) }

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

// rowGap is between two rows, in pixels.
const rowGap = 4

// listInner is the part of a List that has the keyboard and scrolls. rows holds what is built, by index.
type listInner struct {
	fynewidget.BaseWidget
	owner   *List
	focused bool
	scroll  *container.Scroll
	content *fyne.Container
	tops    []float32 // where each row begins, in pixels; at the end where the last one ends
	rows    map[int]*listRow
	wanted  int // the row to bring into view once there is a size; -1 = none
}

func newListInner(l *List) *listInner {
	i := &listInner{owner: l, rows: map[int]*listRow{}, tops: []float32{0}, wanted: -1}
	i.content = container.New(&listLayout{i})
	i.scroll = container.NewVScroll(i.content)
	i.scroll.OnScrolled = func(fyne.Position) { i.build() }
	i.ExtendBaseWidget(i)
	return i
}

// measure finds where each row begins.
func (l *listInner) measure() {
	row, heading := theme.Px(l.owner.row)+rowGap, theme.Px(l.owner.headingHeight)+rowGap
	l.tops = append(l.tops[:0], 0)
	for i := range l.owner.count {
		height := row
		if l.owner.isHeading(i) {
			height = heading
		}
		l.tops = append(l.tops, l.tops[i]+height)
	}
}

// high is the height of all rows.
func (l *listInner) high() float32 { return max(0, l.tops[len(l.tops)-1]-rowGap) }

// build makes the rows that are seen and lets go of those that no longer are.
func (l *listInner) build() {
	top, bottom := l.scroll.Offset.Y, l.scroll.Offset.Y+l.scroll.Size().Height
	first := max(0, sort.Search(len(l.tops), func(i int) bool { return l.tops[i] > top })-1)
	seen := map[int]*listRow{}
	l.content.Objects = l.content.Objects[:0]
	for i := first; i < l.owner.count && l.tops[i] < bottom; i++ {
		row, built := l.rows[i]
		if !built {
			row = newListRow(l.owner)
			row.set(i)
		}
		seen[i] = row
		l.content.Objects = append(l.content.Objects, row)
	}
	l.rows = seen
	l.content.Layout.Layout(l.content.Objects, l.content.Size())
	canvas.Refresh(l.content)
}

// again shows some rows anew, if they are seen.
func (l *listInner) again(indices ...int) {
	for _, i := range indices {
		if row, ok := l.rows[i]; ok {
			row.set(i)
		}
	}
}

// reveal scrolls just so far that a row is seen.
func (l *listInner) reveal(i int) {
	height := l.scroll.Size().Height
	if height <= 0 || i < 0 || i >= len(l.tops)-1 {
		l.wanted = i
		return
	}
	l.wanted = -1
	switch {
	case l.tops[i] < l.scroll.Offset.Y:
		l.scrollTo(l.tops[i])
	case l.tops[i+1]-rowGap > l.scroll.Offset.Y+height:
		l.scrollTo(l.tops[i+1] - rowGap - height)
	}
}

func (l *listInner) scrollTo(y float32) {
	l.scroll.ScrollToOffset(fyne.NewPos(0, max(0, min(y, l.high()-l.scroll.Size().Height))))
	l.build()
}

// CreateRenderer implements fyne.Widget.
func (l *listInner) CreateRenderer() fyne.WidgetRenderer {
	return newFace(face{
		owner:   l,
		objects: []fyne.CanvasObject{l.scroll},
		min:     func() fyne.Size { return fyne.Size{} },
		layout:  l.lay,
		paint: func() {
			l.measure()
			l.rows = map[int]*listRow{}
		},
	})
}

// lay gives the list its room. The marked row stays in view if it was.
func (l *listInner) lay(size fyne.Size) {
	at, was := l.owner.at, l.scroll.Size().Height
	if l.wanted < 0 && at >= 0 && was != size.Height && at < len(l.tops)-1 && l.tops[at] >= l.scroll.Offset.Y && l.tops[at] < l.scroll.Offset.Y+was {
		l.wanted = at
	}
	if size != l.scroll.Size() {
		l.rows = map[int]*listRow{}
	}
	place(l.scroll, 0, 0, size.Width, size.Height)
	l.scroll.Refresh()
	if l.wanted >= 0 {
		l.reveal(l.wanted)
	}
	l.build()
}

// listLayout puts the rows that are built where they belong.
type listLayout struct{ *listInner }

// Layout implements fyne.Layout.
func (l *listLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	for i, row := range l.rows {
		place(row, 0, l.tops[i], size.Width, l.tops[i+1]-l.tops[i]-rowGap)
	}
}

// MinSize implements fyne.Layout.
func (l *listLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(0, l.high()) }

// FocusGained shows the ring on the marked row; without one the first is marked.
func (l *listInner) FocusGained() {
	l.focused = true
	if l.owner.at < 0 {
		l.owner.at = l.owner.past(0, 1)
	}
	l.again(l.owner.at)
}

// FocusLost takes the ring away.
func (l *listInner) FocusLost() {
	l.focused = false
	l.again(l.owner.at)
}

// TypedRune has no use for letters.
func (l *listInner) TypedRune(rune) {}

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
	ground  *Panel
	content *fyne.Container
}

func newListRow(l *List) *listRow {
	r := &listRow{list: l, index: -1, ground: NewPanel(theme.Clear, theme.Clear, theme.ButtonRadius), content: Stack()}
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
		min:     func() fyne.Size { return fyne.Size{} },
		layout: func(size fyne.Size) {
			place(r.ground, theme.Px(8), 0, size.Width-2*theme.Px(8), size.Height)
			height := min(HeightAt(r.content, size.Width-2*theme.Px(24)), size.Height)
			place(r.content, theme.Px(24), (size.Height-height)/2, size.Width-2*theme.Px(24), height)
		},
	})
}
