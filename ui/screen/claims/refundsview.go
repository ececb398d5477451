package claims

import (
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/refund"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// refundsView is *Riepilogo sussidi ricevuti*: the totals of one year, by person on demand (CRT-02, CRT-03, CRT-05, CRT-08,
// CLM-25).
type refundsView struct {
	page    *Page
	claims  []claim.Claim
	basis   refund.Basis
	summary refund.Summary
	year    *widget.Select
	body    *fyne.Container
	sheet   *widget.Sheet   // nil before it is shown
	open    map[string]bool // people whose lines are shown
}

// showRefunds opens the summary of the year that refunds were last paid in.
func (p *Page) showRefunds() {
	v := &refundsView{page: p, claims: p.book.Claims(), basis: refund.Payment, body: widget.Column(16), open: map[string]bool{}}
	basis := widget.NewSelect(words.T("claims.refunds.basis"), []widget.Option{
		{Value: string(refund.Payment), Label: words.T("claims.refunds.payment")}, {Value: string(refund.Competence), Label: words.T("claims.refunds.competence")}})
	basis.SetValue(string(v.basis))
	v.year = widget.NewSelect(words.T("claims.refunds.year"), nil)
	basis.OnChanged = func(value string) {
		v.basis = refund.Basis(value)
		v.years()
	}
	v.year.OnChanged = func(string) { v.show() }
	v.years()
	chosen := widget.NewColumns(16, widget.Col{Object: basis}, widget.Col{Object: v.year, FoldBelow: 440})
	draw := func() ([]byte, error) { return p.papers().Refunds(v.summary) }
	name := func() string { return fileName(".pdf", words.T("claims.refunds.file"), strconv.Itoa(v.summary.Year)) }
	v.sheet = p.paperSheet(words.T("claims.refunds.title"), widget.Column(16, chosen, v.body), 760,
		later(p.saving, name, draw), later(p.printing, name, draw))
}

// later makes a button of a paper whose name is known only when it is pressed; nil where there is no such button.
func later(make func(string, func() ([]byte, error)) func(), name func() string, draw func() ([]byte, error)) func() {
	if make("", draw) == nil {
		return nil
	}
	return func() { make(name(), draw)() }
}

// years offers the years that have refunds and shows the last.
func (v *refundsView) years() {
	years := refund.Years(v.claims, v.basis)
	if len(years) == 0 {
		years = []int{civil.Of(v.page.config.Clock.Now()).Year}
	}
	options := make([]widget.Option, len(years))
	for i, y := range years {
		options[i] = widget.Option{Value: strconv.Itoa(y), Label: strconv.Itoa(y)}
	}
	v.year.SetOptions(options)
	if v.year.Value() == "" {
		v.year.SetValue(options[0].Value)
	}
	v.show()
}

func (v *refundsView) show() {
	year, _ := strconv.Atoi(v.year.Value())
	v.summary = refund.Of(v.claims, v.basis, year)
	parts := []fyne.CanvasObject{sumsWell(v.summary.Total)}
	if len(v.summary.People) == 0 {
		parts = append(parts, widget.NewText(words.T("claims.refunds.none"), theme.Body))
	}
	for _, person := range v.summary.People {
		parts = append(parts, widget.Rule(), v.person(person))
	}
	parts = append(parts, widget.NewText(words.T("claims.refunds.note"), theme.Caption))
	v.body.Objects = parts
	v.body.Refresh()
	if v.sheet != nil {
		v.sheet.Refresh()
	}
}

// sumsWell is what was spent, what came back and what was left.
func sumsWell(s refund.Sums) fyne.CanvasObject {
	return widget.Well(widget.NewColumns(16, widget.Col{Object: widget.Fact(words.T("claims.fact.spent"), words.Money(s.Spent))},
		widget.Col{Object: widget.Fact(words.T("claims.fact.refunded"), words.Money(s.Granted)), FoldBelow: 340},
		widget.Col{Object: widget.Fact(words.T("claims.fact.own"), words.Money(s.Own)), FoldBelow: 340, Under: 1}))
}

// person is one member of the household: the totals, and the lines once they are asked for.
func (v *refundsView) person(p refund.Person) fyne.CanvasObject {
	name := words.T("claims.refunds.several")
	if found, ok := v.page.household.Person(p.ID); ok {
		name = found.GivenName
	}
	open := v.open[string(p.ID)]
	icon, label := theme.IconCaretDown, words.N("claims.refunds.show", len(p.Lines), "Name", name)
	if open {
		icon, label = theme.IconCaretUp, words.T("claims.refunds.hide", "Name", name)
	}
	more := widget.NewButton(label, widget.Tertiary, func() {
		v.open[string(p.ID)] = !open
		v.show()
	}).WithIcon(icon).Compact()
	parts := []fyne.CanvasObject{widget.NewColumns(12, widget.Col{Object: widget.Row(0, widget.Grow(widget.NewText(name, theme.H3)))}, widget.Col{Object: widget.Flow(0, more), Natural: true, FoldBelow: 420}),
		widget.NewText(sumsText(p.Total), theme.Body)}
	if open {
		for _, l := range p.Lines {
			parts = append(parts, widget.Rule(), line(l))
		}
	}
	return widget.Column(6, parts...)
}

func sumsText(s refund.Sums) string {
	return words.T("claims.refunds.sums", "Spent", words.Money(s.Spent), "Granted", words.Money(s.Granted), "Own", words.Money(s.Own))
}

// line is one document with the reference of its invoice.
func line(l refund.Line) fyne.CanvasObject {
	title, reference := words.T("claims.refunds.whole"), ""
	if !l.Whole {
		title = Title(claim.Claim{Documents: []claim.ExpenseDocument{l.Document}}, Words())
		reference = joinedBy(", ", l.Document.Provider, l.Document.Number)
	}
	if l.Document.Type == claim.SchoolCertificate {
		title = words.T("claims.study")
	}
	number := ""
	if l.Number != "" {
		number = words.T("claims.refunds.number", "Number", l.Number)
	}
	return widget.Column(2, widget.NewText(joinedBy(" · ", words.Date(l.Day), title), theme.Body).Bold(),
		widget.NewText(joinedBy(" · ", reference, number), theme.Secondary), widget.NewText(sumsText(l.Sums), theme.Secondary).Color(theme.Ink))
}
