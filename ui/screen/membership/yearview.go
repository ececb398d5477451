package membership

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/statement"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// yearCard is what one year came to, for the tax return (CRT-04 to CRT-08); nil when no year has anything.
func (p *Page) yearCard() fyne.CanvasObject {
	years := statement.Years(p.data.household, p.data.claims)
	if len(years) == 0 {
		return nil
	}
	if !slices.Contains(years, p.year) {
		p.year = years[0]
	}
	options := make([]widget.Option, len(years))
	for i, y := range years {
		options[i] = widget.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)}
	}
	choice := widget.NewSelect(words.T("membership.year.which"), options)
	choice.SetValue(strconv.Itoa(p.year))
	choice.OnChanged = func(value string) {
		p.year, _ = strconv.Atoi(value)
		p.fill()
	}
	s := p.statement()
	parts := []fyne.CanvasObject{widget.AtMost(240, choice)}
	for _, f := range p.figures(s) {
		parts = append(parts, p.figure(f))
	}
	if s.Relief {
		parts = append(parts, widget.NewText(s.Tax.Note, theme.Secondary), p.cites(s.Tax.Article, s.Tax.Reading))
	}
	parts = append(parts, widget.NewText(words.T("membership.year.note"), theme.Caption))
	if actions := p.yearActions(s); len(actions) > 0 {
		parts = append(parts, widget.Flow(12, actions...))
	}
	return part.Section(words.T("membership.year"), nil, parts...)
}

// statement is that of the year chosen, by the edition of its last day.
func (p *Page) statement() statement.Statement {
	rules := p.data.rights.Plan(civil.Date{Year: p.year, Month: 12, Day: 31})
	if p.data.plan == nil {
		rules = nil
	}
	return statement.Of(p.data.household, p.data.claims, rules, p.year)
}

// figure is one line of the statement.
type figure struct {
	label string
	sum   money.Cents
	bold  bool
}

// figures are the lines of a statement in their order.
func (p *Page) figures(s statement.Statement) []figure {
	list := []figure{{words.T("membership.year.paid", "Year", s.Year), s.Contributions, true}}
	for _, x := range s.Parts {
		if who, ok := p.data.household.Person(x.Person); ok && len(s.Parts) > 1 {
			list = append(list, figure{words.T("membership.year.part", "Name", who.GivenName), x.Cents, false})
		}
	}
	if s.Relief {
		list = append(list, figure{words.T("membership.year.counted"), s.Counted, false}, figure{words.T("membership.year.credit", "Percent", s.Tax.Percent), s.Credit, true})
	}
	return append(list, figure{words.T("membership.year.spent"), s.Refunds.Total.Spent, false}, figure{words.T("membership.year.refunded"), s.Refunded(), false},
		figure{words.T("membership.year.own"), s.Deductible(), true})
}

// figure shows a sum with a button that copies it as a field of a form takes it: "246,00".
func (p *Page) figure(f figure) fyne.CanvasObject {
	label, sum := widget.NewText(f.label, theme.Body), widget.NewText(words.Money(f.sum), theme.Body).OneLine()
	if f.bold {
		label.Bold()
		sum.Bold()
	}
	copied := widget.NewIconButton(theme.IconCopy, words.T("part.copy", "What", f.label), func() {
		fyne.CurrentApp().Clipboard().SetContent(f.sum.String())
		p.Toast(words.T("part.copied", "What", f.label))
	})
	return widget.Row(12, widget.Grow(label), sum, copied)
}

func (p *Page) yearActions(s statement.Statement) []fyne.CanvasObject {
	name := words.T("membership.year.file") + "-" + strconv.Itoa(s.Year) + ".pdf"
	draw := func() ([]byte, error) {
		papers := claims.Papers{Household: p.data.household, Mutual: p.config.Mutual(), Now: p.config.Clock.Now().UTC()}
		return papers.Year(s)
	}
	actions := []fyne.CanvasObject{widget.NewButton(words.T("membership.year.copy"), widget.Secondary, func() {
		fyne.CurrentApp().Clipboard().SetContent(p.plainYear(s))
		p.Toast(words.T("membership.copied"))
	}).WithIcon(theme.IconCopy).Compact()}
	if p.config.SaveFile != nil {
		actions = append(actions, widget.NewButton(words.T("membership.year.save"), widget.Secondary, func() { p.save(name, draw) }).WithIcon(theme.IconDownloadSimple).Compact())
	}
	if p.config.Print != nil {
		actions = append(actions, widget.NewButton(words.T("membership.year.print"), widget.Secondary, func() { p.print(name, draw) }).WithIcon(theme.IconPrinter).Compact())
	}
	return actions
}

// plainYear is the statement as lines of text.
func (p *Page) plainYear(s statement.Statement) string {
	lines := []string{words.T("membership.year") + " " + strconv.Itoa(s.Year)}
	for _, f := range p.figures(s) {
		lines = append(lines, f.label+": "+words.Money(f.sum))
	}
	return strings.Join(append(lines, words.T("membership.year.note")), "\n")
}
