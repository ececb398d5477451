package claims

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// filtersView is the pill *Filtri e ordine* and what it opens: person, state, year and order.
type filtersView struct {
	page                       *Page
	pill                       *widget.FilterPill
	panel                      *fyne.Container // below the pills; where there is little room the content is a sheet
	content                    *fyne.Container
	sheet                      *widget.Sheet // nil while there is none
	person, state, year, order *widget.Select
	clear                      *widget.Button
	more                       *fyne.Container // the buttons at the end
	extra                      []fyne.CanvasObject
}

// The scaled widths under which the selects stand two in a row, and one.
const (
	foursBelow = 800
	pairsBelow = 400
)

func newFiltersView(p *Page) *filtersView {
	v := &filtersView{page: p, more: widget.Flow(8)}
	v.pill = widget.NewFilterPill(words.T("claims.filters"), -1, v.toggle)
	choose := func(label string, set func(q *Query, value string)) *widget.Select {
		s := widget.NewSelect(label, nil)
		s.OnChanged = func(value string) { p.narrow(func(q *Query) { set(q, value) }) }
		return s
	}
	v.person = choose(words.T("claims.filters.person"), func(q *Query, value string) { q.Person = member.ID(value) })
	v.state = choose(words.T("claims.filters.state"), func(q *Query, value string) { q.State = claim.State(value) })
	v.year = choose(words.T("claims.filters.year"), func(q *Query, value string) { q.Year, _ = strconv.Atoi(value) })
	v.order = choose(words.T("claims.filters.sort"), func(q *Query, value string) { q.Sort = Sort(value) })
	v.clear = widget.NewButton(words.T("claims.filters.clear"), widget.Tertiary, p.widen).Compact()
	fields := widget.NewColumns(12, widget.Col{Object: v.person}, widget.Col{Object: v.state, FoldBelow: pairsBelow},
		widget.Col{Object: v.year, FoldBelow: foursBelow}, widget.Col{Object: v.order, FoldBelow: foursBelow, Under: 1})
	v.content = widget.Column(8, fields, v.more)
	v.panel = widget.Stack(v.content)
	v.panel.Hide()
	return v
}

// toggle opens and closes the panel, or opens the sheet.
func (v *filtersView) toggle() {
	if v.page.panes.low {
		v.openSheet()
		return
	}
	widget.Show(v.panel, !v.panel.Visible())
	v.show()
	v.page.panes.Refresh()
}

func (v *filtersView) openSheet() {
	done := widget.NewButton(words.T("claims.close"), widget.Secondary, func() { v.sheet.Close() })
	v.sheet = widget.NewSheet(words.T("claims.filters"), v.content, done).OnClose(func() { v.sheet = nil })
	v.show()
	v.page.over(v.sheet)
}

// thenClose does something after the sheet is gone, if there is one.
func (v *filtersView) thenClose(do func()) func() {
	return func() {
		if v.sheet != nil {
			v.sheet.Close()
		}
		do()
	}
}

// fit closes the panel where there is little room for it.
func (v *filtersView) fit(low bool) {
	if low && v.panel.Visible() {
		v.panel.Hide()
	}
}

// choices offers the people, states and years that there are, each with how many claims it has.
func (v *filtersView) choices() {
	b := v.page.book
	v.person.SetOptions(options(words.T("claims.filters.anyone"), b.People()))
	v.state.SetOptions(options(words.T("claims.filters.any-state"), b.States()))
	v.year.SetOptions(options(words.T("claims.filters.any-year"), b.Years()))
	orders := make([]widget.Option, len(Sorts))
	for i, s := range Sorts {
		orders[i] = widget.Option{Value: string(s), Label: words.T("claims.sort." + string(s))}
	}
	v.order.SetOptions(orders)
}

func options(all string, list []Choice) []widget.Option {
	found := []widget.Option{{Label: all}}
	for _, c := range list {
		found = append(found, widget.Option{Value: c.Value, Label: c.Label + " (" + strconv.Itoa(c.Count) + ")"})
	}
	return found
}

// show marks what is in force.
func (v *filtersView) show() {
	q := v.page.query
	narrowed := q.Narrowed()
	v.pill.SetSelected(narrowed > 0 || q.order() != Newest)
	count := -1
	if narrowed > 0 {
		count = narrowed
	}
	v.pill.SetCount(count)
	if v.panel.Visible() || v.sheet != nil {
		v.fill()
	}
}

// fill shows in the panel what is chosen, and the way back.
func (v *filtersView) fill() {
	q := v.page.query
	year := ""
	if q.Year != 0 {
		year = strconv.Itoa(q.Year)
	}
	v.person.SetValue(string(q.Person))
	v.state.SetValue(string(q.State))
	v.year.SetValue(year)
	v.order.SetValue(string(q.order()))
	list := v.extra
	if q.Narrowed() > 0 {
		list = append([]fyne.CanvasObject{v.clear}, v.extra...)
	}
	if len(list) == len(v.more.Objects) {
		return
	}
	v.more.Objects = list
	widget.Show(v.more, len(list) > 0)
	v.more.Refresh()
	if v.sheet != nil {
		v.sheet.Refresh()
	} else {
		v.page.panes.Refresh()
	}
}

// setMore puts further buttons at the end of the panel.
func (v *filtersView) setMore(extra []fyne.CanvasObject) {
	v.extra = extra
	v.more.Objects = nil
	v.show()
}
