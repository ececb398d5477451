package claims

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// How high the rows of the list and the months above them are at 100 %.
const (
	rowHeight     = 84
	headingHeight = 40
)

// listView is the pills, the search and the rows.
type listView struct {
	page   *Page
	root   fyne.CanvasObject
	bar    fyne.CanvasObject
	pills  []*widget.FilterPill
	search *widget.Entry
	finder *widget.IconButton // opens the search where there is little room
	rows   *widget.List
	empty  *fyne.Container
}

func newListView(p *Page) *listView {
	v := &listView{page: p, empty: widget.Stack()}
	pills := make([]fyne.CanvasObject, len(Filters))
	for i, f := range Filters {
		pill := widget.NewFilterPill(words.T("claims.filter."+string(f)), 0, func() { p.setFilter(f) })
		v.pills = append(v.pills, pill)
		pills[i] = pill
	}
	v.search = widget.NewSearchEntry(words.T("claims.search"))
	v.search.SetText(p.search)
	v.search.OnChanged = p.setSearch
	v.search.OnSubmitted = func(string) { v.rows.Focus() }
	v.rows = widget.NewList(words.T("shell.screen.claims"), rowHeight, v.row, v.pressed)
	v.rows.SetHeadings(headingHeight, func(i int) bool { return p.lines[i].Row == nil })
	card := widget.Stack(widget.NewPanel(theme.Surface, theme.Line, theme.CardRadius), widget.PadXY(1, 10, widget.Stack(v.rows, v.empty)))
	v.finder = widget.NewIconButton(theme.IconMagnifyingGlass, words.T("claims.search"), p.Search)
	v.finder.Hide()
	v.bar = widget.NewColumns(16, widget.Col{Object: widget.PadXY(0, 2, widget.Flow(8, append(pills, v.finder)...))}, widget.Col{Object: v.search, Width: 264, FoldBelow: 720})
	v.root = card
	return v
}

// fit hides the search behind a button where there is little room, unless it is in use.
func (v *listView) fit(low bool) {
	closed := low && v.page.search == ""
	widget.Show(v.search, !closed)
	widget.Show(v.finder, closed)
}

// openSearch puts the keyboard into the search.
func (v *listView) openSearch() {
	widget.Show(v.search, true)
	widget.Show(v.finder, false)
	v.page.panes.Refresh()
	v.search.Focus()
}

// counts writes how many claims each pill leaves.
func (v *listView) counts() {
	for i, f := range Filters {
		v.pills[i].SetCount(v.page.book.Count(f))
	}
}

// show lists what filter and search leave.
func (v *listView) show() {
	p := v.page
	for i, f := range Filters {
		v.pills[i].SetSelected(f == p.filter)
	}
	v.rows.SetCount(len(p.lines))
	at := -1
	for i, l := range p.lines {
		if l.Row != nil && l.Row.ID == p.open {
			at = i
		}
	}
	v.rows.Select(at)
	v.empty.Objects = nil
	if p.failed != nil {
		v.empty.Objects = []fyne.CanvasObject{widget.Pad(16, p.fault())}
	} else if len(p.lines) == 0 && p.loaded {
		v.empty.Objects = []fyne.CanvasObject{v.nothing()}
	}
	widget.Show(v.rows, len(v.empty.Objects) == 0)
	v.empty.Refresh()
}

// nothing says why the list is empty, and the way out.
func (v *listView) nothing() fyne.CanvasObject {
	p := v.page
	switch {
	case p.search != "":
		return widget.Empty(theme.IconMagnifyingGlass, "", words.T("claims.empty.search", "Search", p.search),
			widget.NewButton(words.T("claims.empty.clear"), widget.Secondary, func() { v.search.SetText("") }))
	case p.filter == All:
		return widget.Empty(theme.IconReceipt, "", words.T("claims.empty.all"),
			widget.NewButton(words.T("claims.empty.start"), widget.Secondary, p.config.New).WithIcon(theme.IconPlus))
	}
	return widget.Empty(theme.IconCheckCircle, "", words.T("claims.empty."+string(p.filter)))
}

// row builds one line: a month, or a claim.
func (v *listView) row(i int) fyne.CanvasObject {
	line := v.page.lines[i]
	if line.Row == nil {
		return widget.NewText(words.Month(line.Month.Year, line.Month.Month), theme.Secondary).Bold()
	}
	r := line.Row
	badge := widget.NewStateBadge(r.State, r.Label)
	badge.Raise(r.ID == v.page.open)
	return widget.Column(6,
		widget.Row(12, widget.Grow(widget.NewText(r.Title, theme.Body).Bold().Short()), widget.NewText(words.Money(r.Amount), theme.Body).Bold().OneLine()),
		widget.Row(12, widget.Grow(widget.NewText(r.second(), theme.Secondary).Short()), badge))
}

// second is the line below the title.
func (r *Row) second() string {
	if r.People == "" {
		return words.Day(r.Day)
	}
	return r.People + " · " + words.Day(r.Day)
}

func (v *listView) pressed(i int) {
	if row := v.page.lines[i].Row; row != nil {
		v.page.showClaim(row.ID)
	}
}
