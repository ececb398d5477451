package membership

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/estimate"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// article is one passage word for word, with the readings that stand beside it, and the ways to the ones before and after.
func (b *book) article(a plan.Article) []fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.Card(widget.Column(12, b.passage(a), widget.Flow(12, b.page.copyButton(cited(b.plan(), a)))))}
	for _, r := range b.plan().ReadingsOf(a.ID) {
		parts = append(parts, readingBox(b.marked(r.Text)))
	}
	return append(parts, b.neighbours(a.ID))
}

// passage is an article's heading and its text, paragraph by paragraph.
func (b *book) passage(a plan.Article) fyne.CanvasObject {
	parts := []fyne.CanvasObject{}
	if s := second(a); s != "" {
		parts = append(parts, widget.NewText(s, theme.Caption))
	}
	parts = append(parts, widget.NewText(b.marked(a.Title), theme.H3))
	for paragraph := range strings.SplitSeq(a.Text, "\n\n") {
		if strings.TrimSpace(paragraph) != "" {
			parts = append(parts, widget.NewText(b.marked(paragraph), theme.Body))
		}
	}
	return widget.Column(10, parts...)
}

// cited is an article as it is copied: how it is cited, its heading, its text.
func cited(p *plan.Plan, a plan.Article) string {
	return p.Name + ", " + p.Edition + "\n" + estimate.Capital(a.ID) + " – " + a.Title + "\n\n" + a.Text
}

// readingBox is a reading, which is not the regulation's word and says so.
func readingBox(text string) fyne.CanvasObject {
	return widget.Banner(theme.IconInfo, words.T("membership.reading"), text+" "+words.T("membership.reading.means"), widget.Calm)
}

func (b *book) neighbours(id string) fyne.CanvasObject {
	all := b.articles()
	if i := slices.IndexFunc(b.definitions(), func(a plan.Article) bool { return a.ID == id }); i >= 0 {
		all = b.definitions()
	}
	at := slices.IndexFunc(all, func(a plan.Article) bool { return a.ID == id })
	var ways []fyne.CanvasObject
	if at > 0 {
		ways = append(ways, widget.NewButton(words.T("membership.before"), widget.Secondary, func() { b.read(all[at-1].ID) }).WithIcon(theme.IconCaretLeft).Compact())
	}
	if at >= 0 && at+1 < len(all) {
		ways = append(ways, widget.NewButton(words.T("membership.after"), widget.Secondary, func() { b.read(all[at+1].ID) }).IconAfter(theme.IconCaretRight).Compact())
	}
	return widget.Flow(12, ways...)
}

// list is several passages one below the other.
func (b *book) list(title string, all []plan.Article) []fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(title, theme.H2)}
	for i, a := range all {
		if i > 0 {
			parts = append(parts, widget.Rule())
		}
		parts = append(parts, widget.NewText(b.marked(a.Title), theme.H3), widget.NewText(b.marked(a.Text), theme.Body))
	}
	return []fyne.CanvasObject{widget.Card(widget.Column(10, parts...))}
}

func (b *book) annexes() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(words.T("membership.annexes"), theme.H2)}
	for _, a := range b.plan().Annexes {
		parts = append(parts, widget.NewText(b.marked(a.Title), theme.H3))
		for _, item := range a.Items {
			parts = append(parts, widget.NewText("– "+b.marked(item), theme.Body))
		}
	}
	return append(b.back(), widget.Card(widget.Column(8, parts...)))
}

func (b *book) readings() []fyne.CanvasObject {
	parts := append(b.back(), widget.NewText(words.T("membership.readings"), theme.H2), widget.NewText(words.T("membership.readings.text"), theme.Body))
	for _, r := range b.plan().Readings {
		parts = append(parts, readingBox(b.marked(r.Text)))
	}
	return parts
}

// summary is the plan on one sheet: limits and what is left of them, waiting periods, last days (PLN-08).
func (b *book) summary() []fyne.CanvasObject {
	p := b.plan()
	parts := []fyne.CanvasObject{widget.NewText(words.T("membership.summary"), theme.H2), widget.NewText(joined(" · ", p.Title, p.Edition), theme.Body).Bold(),
		widget.NewText(words.T("membership.summary.from", "Day", words.Date(p.From)), theme.Secondary)}
	part := func(title string, rows []fyne.CanvasObject) {
		if len(rows) > 0 {
			parts = append(parts, widget.Rule(), widget.NewText(title, theme.H3))
			parts = append(parts, rows...)
		}
	}
	part(words.T("membership.summary.left", "Name", b.page.name()), b.limits())
	part(words.T("membership.waits"), b.waits())
	part(words.T("membership.lastdays"), b.lastDays())
	return []fyne.CanvasObject{widget.Card(widget.Column(10, append(parts, widget.Rule(), widget.NewText(words.T("membership.summary.note"), theme.Caption))...))}
}

// name is that of the person chosen.
func (p *Page) name() string {
	x, _ := p.data.household.Person(p.person)
	return x.GivenName
}

// line is a name at the left and what it says at the right.
func line(name, said string) fyne.CanvasObject {
	return widget.NewColumns(16, widget.Col{Object: widget.NewText(name, theme.Secondary).Color(theme.Ink)}, widget.Col{Object: widget.NewText(said, theme.Secondary).Color(theme.Ink).Bold(), Width: 240, FoldBelow: 460})
}

func (b *book) limits() []fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, l := range b.page.left() {
		rows = append(rows, line(l.Name, estimate.Left(l, b.page.data.today.Year)))
	}
	return rows
}

func (b *book) waits() []fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, w := range b.plan().Waits {
		rows = append(rows, line(w.Name, words.N("membership.summary.days", w.Days)))
	}
	for _, x := range b.plan().Benefits {
		if x.WaitDays != nil && *x.WaitDays > 0 {
			rows = append(rows, line(x.Name, words.N("membership.summary.days", *x.WaitDays)))
		}
	}
	return rows
}

func (b *book) lastDays() []fyne.CanvasObject {
	var rows []fyne.CanvasObject
	for _, t := range b.plan().Terms {
		rows = append(rows, line(t.Name, b.page.termText(t)))
	}
	return rows
}
