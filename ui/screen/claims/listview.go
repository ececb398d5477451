package claims

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// How high the rows of the list and the headings above them are at 100 %.
const (
	rowHeight     = 84
	headingHeight = 40
)

// listView is the pills, the search, the filters and the rows.
type listView struct {
	page    *Page
	root    fyne.CanvasObject
	bar     fyne.CanvasObject
	pills   []*widget.FilterPill
	search  *widget.Entry
	finder  *widget.IconButton // opens the search where there is little room
	typing  bool               // the search was opened so, and not left yet
	filters *filtersView
	rows    *widget.List
	empty   *widget.Scroll  // why there are no rows
	foot    *fyne.Container // the summary and the bin; where there is little room they stand among the filters
}

func newListView(p *Page) *listView {
	v := &listView{page: p, empty: widget.NewScroll(widget.Stack()), filters: newFiltersView(p)}
	pills := make([]fyne.CanvasObject, len(Filters))
	for i, f := range Filters {
		pill := widget.NewFilterPill(words.T("claims.filter."+string(f)), 0, func() { p.narrow(func(q *Query) { q.Filter = f }) })
		v.pills = append(v.pills, pill)
		pills[i] = pill
	}
	v.search = widget.NewSearchEntry(words.T("claims.search"))
	v.search.SetText(p.query.Search)
	v.search.OnChanged = func(text string) { p.narrow(func(q *Query) { q.Search = text }) }
	v.search.OnLeft = func() {
		v.typing = false
		v.refit()
	}
	v.search.OnSubmitted = func(string) { v.rows.Focus() }
	v.rows = widget.NewList(words.T("shell.screen.claims"), rowHeight, v.row, v.pressed)
	v.rows.SetHeadings(headingHeight, func(i int) bool { return p.found.Lines[i].Row == nil })
	v.foot = widget.PadXY(16, 0, widget.Column(4, widget.Rule(), widget.Stack()))
	inside := widget.Frame(nil, v.foot, widget.Stack(v.rows, v.empty))
	v.finder = widget.NewIconButton(theme.IconMagnifyingGlass, words.T("claims.search"), p.Search)
	v.finder.Hide()
	line := widget.NewColumns(16, widget.Col{Object: widget.PadXY(0, 2, widget.Flow(8, append(pills, v.filters.pill, v.finder)...))}, widget.Col{Object: v.search, Width: 264, FoldBelow: 720})
	v.bar = widget.Column(12, line, v.filters.panel)
	v.root = widget.Stack(widget.NewPanel(theme.Surface, theme.Line, theme.CardRadius), widget.PadXY(1, 10, inside))
	return v
}

// fit hides the search behind a button where there is little room, or, while it is in use, the pills but for the one that
// narrows; and the foot altogether.
func (v *listView) fit(low bool) {
	query := v.page.query
	searching := low && (v.typing || query.Search != "")
	widget.Show(v.search, !low || searching)
	widget.Show(v.finder, low && !searching)
	for i, f := range Filters {
		widget.Show(v.pills[i], !searching || f != All && f == query.pill())
	}
	widget.Show(v.filters.pill, !searching)
	v.filters.fit(low)
	v.more(low)
}

// openSearch puts the keyboard into the search.
func (v *listView) openSearch() {
	v.typing = v.page.panes.low
	v.refit()
	v.search.Focus()
}

// refit gives the search the room that it needs now.
func (v *listView) refit() {
	if v.page.panes.low {
		v.fit(true)
		v.page.panes.Refresh()
	}
}

// unsearch lists what was listed before the search.
func (v *listView) unsearch() {
	v.search.SetText("")
	v.refit()
}

// more puts the ways to the summary and to the bin under the rows, or among the filters.
func (v *listView) more(low bool) {
	p := v.page
	var list []fyne.CanvasObject
	if len(p.summaries) > 0 {
		list = append(list, widget.NewButton(words.T("claims.refunds"), widget.Tertiary, v.filters.thenClose(p.showRefunds)).WithIcon(theme.IconHandCoins).Compact())
	}
	if n := len(p.bin); n > 0 {
		list = append(list, widget.NewButton(words.T("claims.bin.open", "N", n), widget.Tertiary, v.filters.thenClose(p.showBin)).WithIcon(theme.IconTrash).Compact())
	}
	flow := widget.Flow(16, list...)
	v.filters.setMore(nil)
	widget.Show(v.foot, len(list) > 0 && !low)
	if low {
		v.filters.setMore(list)
		return
	}
	v.foot.Objects[0].(*fyne.Container).Objects[1] = flow
	v.foot.Refresh()
}

// choices writes what there is to filter by.
func (v *listView) choices() {
	v.filters.choices()
	v.more(v.page.panes.low)
}

// replace lists what another query leaves, from the top.
func (v *listView) replace() {
	v.rows.Replace(len(v.page.found.Lines))
	v.mark()
}

// show lists what the query leaves, and keeps the place.
func (v *listView) show() {
	v.rows.SetCount(len(v.page.found.Lines))
	v.mark()
}

// mark shows what is in force and which claim is open, or why there is none.
func (v *listView) mark() {
	p := v.page
	for i, f := range Filters {
		v.pills[i].SetSelected(f == p.query.pill())
		v.pills[i].SetCount(p.found.Counts[f])
	}
	v.filters.show()
	at := -1
	for i, l := range p.found.Lines {
		if l.Row != nil && l.Row.ID == p.open {
			at = i
			break
		}
	}
	if at != v.rows.Selected() {
		v.rows.Select(at)
	}
	why := fyne.CanvasObject(nil)
	if p.failed != nil {
		why = widget.Pad(16, p.fault())
	} else if len(p.found.Lines) == 0 && p.loaded {
		why = v.nothing()
	}
	widget.Show(v.rows, why == nil)
	widget.Show(v.empty, why != nil)
	if why != nil {
		v.empty.SetContent(why)
	}
}

// nothing says why the list is empty, and the way out.
func (v *listView) nothing() fyne.CanvasObject {
	p := v.page
	q := p.query
	switch {
	case len(p.summaries) == 0 && q.pill() == All:
		return widget.Empty(theme.IconReceipt, "", words.T("claims.empty.all"),
			widget.NewButton(words.T("claims.empty.start"), widget.Secondary, p.config.New).WithIcon(theme.IconPlus))
	case q.Search != "":
		return widget.Empty(theme.IconMagnifyingGlass, "", words.T("claims.empty.search", "Search", q.Search),
			widget.NewButton(words.T("claims.empty.clear"), widget.Secondary, v.unsearch))
	case q.Narrowed() > 0:
		return widget.Empty(theme.IconSlidersHorizontal, "", words.T("claims.empty.narrowed"),
			widget.NewButton(words.T("claims.filters.clear"), widget.Secondary, p.widen))
	}
	return widget.Empty(theme.IconCheckCircle, "", words.T("claims.empty."+string(q.pill())))
}

// row builds one line: a heading, or a claim.
func (v *listView) row(i int) fyne.CanvasObject {
	line := v.page.found.Lines[i]
	if line.Row == nil {
		return widget.NewText(line.Heading, theme.Secondary).Bold()
	}
	r := line.Row
	amount := ""
	if r.Amount != 0 || Decided(r.State) {
		amount = words.Money(r.Amount)
	}
	badge := widget.NewStateBadge(r.State, r.Label)
	badge.Raise(r.ID == v.page.open)
	return widget.Column(6,
		widget.Row(12, widget.Grow(widget.NewText(r.Title, theme.Body).Bold().Short()), widget.NewText(amount, theme.Body).Bold().OneLine()),
		widget.Row(12, widget.Grow(widget.NewText(r.second(), theme.Secondary).Short()), badge))
}

// second is the line below the title: for whom, and when it was sent or paid (CLM-25).
func (r *Row) second() string {
	when := words.Day(r.Day)
	if !r.PaidOn.IsZero() {
		when = words.T("claims.paid.on", "Day", words.Day(r.PaidOn))
	}
	if r.People == "" {
		return when
	}
	return r.People + " · " + when
}

func (v *listView) pressed(i int) {
	if row := v.page.found.Lines[i].Row; row != nil {
		v.page.showClaim(row.ID)
	}
}
