package membership

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/plan/search"
	"github.com/sodale/sodale/ui/estimate"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// feeParts is what was paid and is to be paid, how, what the year came to, what joining costs, who may join, and last days.
func (p *Page) feeParts() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{p.duesCard()}
	if c := p.waysCard(); c != nil {
		parts = append(parts, c)
	}
	if c := p.yearCard(); c != nil {
		parts = append(parts, c)
	}
	if p.data.plan == nil {
		return parts
	}
	if p.data.plan.Fees != nil {
		parts = append(parts, p.costs.card())
	}
	if p.data.plan.Joining != nil {
		parts = append(parts, p.joinCard())
	}
	if len(p.data.plan.Terms) > 0 {
		parts = append(parts, p.lastDaysCard())
	}
	return parts
}

// duesCard lists the instalments, the latest year first (MEM-01).
func (p *Page) duesCard() fyne.CanvasObject {
	dues := p.data.household.Plan.Dues
	if len(dues) == 0 {
		return part.Section(words.T("membership.dues"), nil, widget.NewText(words.T("membership.dues.none"), theme.Body))
	}
	var parts []fyne.CanvasObject
	year := 0
	for i := len(dues) - 1; i >= 0; i-- {
		first := i
		for first > 0 && dues[first-1].On.Year == dues[i].On.Year {
			first--
		}
		if year = dues[i].On.Year; len(parts) > 0 {
			parts = append(parts, widget.Rule())
		}
		parts = append(parts, widget.NewText(words.T("membership.dues.year", "Year", year), theme.H3))
		for _, d := range dues[first : i+1] {
			parts = append(parts, p.dueRow(d))
		}
		i = first
	}
	return part.Section(words.T("membership.dues"), nil, parts...)
}

func (p *Page) dueRow(d member.Due) fyne.CanvasObject {
	icon, tone, text := theme.IconCheckCircle, widget.ToneGood, words.T("membership.due.paid", "Day", words.Day(d.Paid))
	if d.Paid.Year != d.On.Year {
		text = words.T("membership.due.paid", "Day", words.Date(d.Paid))
	}
	switch {
	case !d.Paid.IsZero():
	case d.On.Before(p.data.today):
		icon, tone, text = theme.IconWarning, widget.ToneCareful, words.N("membership.due.late", p.data.today.Sub(d.On))
	default:
		icon, tone, text = theme.IconClock, widget.Calm, words.T("membership.due.open")
	}
	day := widget.NewText(words.T("membership.due.by", "Day", words.Day(d.On)), theme.Body)
	sum := widget.NewText(words.Money(d.Cents), theme.Body).Bold().Right()
	return widget.NewColumns(16, widget.Col{Object: widget.Fixed(0, 32, day)}, widget.Col{Object: widget.Fixed(0, 32, sum), Width: 120, FoldBelow: 320},
		widget.Col{Object: widget.Row(0, widget.NewBadge(icon, text, tone)), Width: 280, FoldBelow: 560})
}

// waysCard is how contributions are paid (MEM-15): the ways of the plan, and its own words where it names an account.
func (p *Page) waysCard() fyne.CanvasObject {
	if p.data.plan == nil || p.data.plan.Fees == nil {
		return nil
	}
	var names []string
	for _, w := range p.data.plan.Fees.Ways {
		if w.ID == p.data.household.Plan.Way {
			names = append(names, "**"+words.T("membership.ways.yours", "Way", w.Name)+"**")
		} else {
			names = append(names, w.Name)
		}
	}
	parts := []fyne.CanvasObject{widget.NewText(strings.Join(names, " · "), theme.Body)}
	for _, a := range accounts(p.data.plan) {
		parts = append(parts, widget.Well(widget.Column(8, widget.NewText(a.Text, theme.Secondary).Color(theme.Ink), widget.Flow(12, p.articleLink(a.ID), p.copyButton(a.Text)))))
	}
	if len(parts) == 1 {
		parts = append(parts, widget.Flow(12, p.articleLink(p.data.plan.Fees.Article)))
	}
	return part.Section(words.T("membership.ways"), nil, parts...)
}

// accounts are the articles that name an account to pay into.
func accounts(p *plan.Plan) []plan.Article {
	var list []plan.Article
	for _, a := range p.Articles {
		if search.KindOf(a) == search.Article && len(search.Mark(a.Text, "iban").Spans) > 0 {
			list = append(list, a)
		}
	}
	return list
}

func (p *Page) copyButton(text string) fyne.CanvasObject {
	return widget.NewButton(words.T("membership.copy"), widget.Tertiary, func() {
		fyne.CurrentApp().Clipboard().SetContent(text)
		p.Toast(words.T("membership.copied"))
	}).WithIcon(theme.IconCopy)
}

// joinCard says who may join, and judges a date of birth (MEM-16 to MEM-24).
func (p *Page) joinCard() fyne.CanvasObject {
	j := p.data.plan.Joining
	parts := []fyne.CanvasObject{widget.NewText(ages(j), theme.Body)}
	said := widget.Column(0)
	born := widget.NewDateEntry(words.T("membership.join.born"), p.today)
	born.OnDate = func(d civil.Date, _ string) {
		said.Objects = nil
		if !d.IsZero() {
			said.Objects = []fyne.CanvasObject{p.mayJoin(d)}
		}
		said.Refresh()
		p.Relayout()
	}
	parts = append(parts, widget.AtMost(300, born), said)
	if j.Newborn != nil {
		parts = append(parts, p.rule(words.N("membership.join.newborn", j.Newborn.Days), j.Newborn.Article))
	}
	if j.Marriage != nil {
		parts = append(parts, p.rule(words.N("membership.join.marriage", j.Marriage.Days), j.Marriage.Article))
	}
	if j.Family != "" {
		parts = append(parts, p.rule(words.T("membership.join.family"), j.Family))
	}
	if j.Resident != "" {
		parts = append(parts, p.rule(words.T("membership.join.resident"), j.Resident))
	}
	if j.Again > 0 {
		parts = append(parts, p.rule(words.N("membership.join.again", j.Again), p.data.plan.Start))
	}
	if len(j.Papers) > 0 {
		parts = append(parts, widget.Rule(), widget.NewText(words.T("membership.join.papers"), theme.H3))
		for _, paper := range j.Papers {
			parts = append(parts, widget.Column(2, widget.NewText(paper.Name, theme.Body), widget.NewText(paper.When, theme.Caption)))
		}
	}
	return part.Section(words.T("membership.join"), nil, append(parts, p.cites(j.Article, j.Reading))...)
}

// rule is one sentence with the way to its article.
func (p *Page) rule(text, article string) fyne.CanvasObject {
	return widget.NewColumns(12, widget.Col{Object: widget.NewText(text, theme.Body)}, widget.Col{Object: widget.Flow(0, p.articleLink(article)), Width: 150, FoldBelow: 560})
}

func ages(j *plan.Joining) string {
	switch {
	case j.From > 0 && j.Under > 0:
		return words.T("membership.join.ages", "From", j.From, "Under", j.Under)
	case j.Under > 0:
		return words.T("membership.join.under", "Under", j.Under)
	}
	return words.T("membership.join.any")
}

// mayJoin says whether one born on a day may join if they ask today.
func (p *Page) mayJoin(born civil.Date) fyne.CanvasObject {
	a := p.data.plan.Join(plan.JoinCase{Person: plan.Joiner{Birth: born, Joins: true}, Asked: p.data.today})
	switch {
	case !a.Accepted:
		return widget.Outcome(widget.ToneBad, words.T("membership.join.no"), estimate.Capital(a.Article))
	case a.Soon:
		return widget.Outcome(widget.ToneCareful, words.T("membership.join.soon", "Day", words.Date(a.Start)), estimate.Capital(a.Article))
	}
	return widget.Outcome(widget.ToneGood, words.T("membership.join.yes", "Day", words.Date(a.Start)), estimate.Capital(a.Article))
}

// lastDaysCard lists the terms of the plan (MEM-14, MEM-29): a day of the calendar where it is one, else how it counts.
func (p *Page) lastDaysCard() fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for i, t := range p.data.plan.Terms {
		if i > 0 {
			parts = append(parts, widget.Rule())
		}
		said := widget.Column(2, widget.NewText(t.Name, theme.Body), widget.NewText(p.termText(t), theme.Secondary).Color(theme.Ink))
		parts = append(parts, widget.NewColumns(12, widget.Col{Object: said}, widget.Col{Object: p.cites(t.Article, t.Reading), Width: 330, FoldBelow: 720}))
	}
	return part.Section(words.T("membership.lastdays"), nil, parts...)
}

// termText says when a term ends.
func (p *Page) termText(t plan.Term) string {
	switch {
	case t.Yearly != nil:
		day := t.LastDay(p.data.today)
		if day.Before(p.data.today) {
			day = t.LastDay(civil.Date{Year: day.Year + 1, Month: day.Month, Day: 1})
		}
		return words.T("membership.term.yearly", "Day", words.Date(day))
	case t.Workdays > 0:
		return words.N("membership.term.workdays", t.Workdays)
	case t.MonthEnd:
		return words.N("membership.term.month-end", t.Months)
	case t.Months > 0:
		return words.N("membership.term.months", t.Months)
	}
	return words.N("membership.term.days", t.Days)
}
