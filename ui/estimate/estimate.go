// Package estimate shows what a health plan says of an expense (UX section 4, *Cosa dice il piano*): the amount and how it was
// reckoned, what stands in the way or is in doubt with its article, by when to send it, what is left. It is always called an estimate.
package estimate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Said is what a plan says of one expense. Plan is nil when it is not known here.
type Said struct {
	Plan     *plan.Plan
	Estimate plan.Estimate
	Year     int // of the expense: whose limits are told of
}

// Actions are what can be done from the panel. A nil func hides what it is for.
type Actions struct {
	Article func(id string)                      // opens an article
	Cure    func(f plan.Finding) *widget.Button  // what puts a finding right; it may return nil
	Tell    func(title string, reading []string) // shows the readings that the outcome rests on
}

// Head is the title of the panel with the plan's name.
func Head(s Said) fyne.CanvasObject {
	name := words.T("plan.unknown.name")
	if s.Plan != nil {
		name = s.Plan.Name
	}
	return widget.RowTop(12, widget.NewIcon(theme.IconShieldCheck, 24, theme.Accent).Filled(),
		widget.Grow(widget.Column(2, widget.NewText(words.T("plan.title"), theme.H2), widget.NewText(name, theme.Caption))))
}

// Parts are the amount, what stands in the way, when to send it and what is left, in the order in which they are read.
func Parts(s Said, a Actions) []fyne.CanvasObject {
	parts := []fyne.CanvasObject{amount(s)}
	e := s.Estimate
	for _, f := range e.Findings {
		parts = append(parts, finding(f, a))
	}
	for _, w := range e.Warnings {
		parts = append(parts, widget.Outcome(widget.ToneCareful, words.T("plan.warning."+string(w)), ""))
	}
	if e.Eligible() {
		parts = append(parts, cited(widget.ToneGood, words.T("plan.covered"), e.Article, a))
	}
	if !e.LastDay.IsZero() && e.Code != plan.Late && e.Code != plan.DirectLate {
		parts = append(parts, widget.Outcome(widget.ToneGood, words.T("plan.lastday", "Day", words.Date(e.LastDay)), ""))
	}
	for _, l := range e.Left {
		parts = append(parts, widget.Outcome(widget.Calm, l.Name, Left(l, s.Year)))
	}
	if texts := Readings(s); len(texts) > 0 && a.Tell != nil {
		parts = append(parts, widget.Flow(0, widget.NewButton(words.N("plan.readings", len(texts)), widget.Tertiary, func() { a.Tell(words.T("plan.readings.title"), texts) }).WithIcon(theme.IconInfo)))
	}
	return append(parts, widget.NewText(words.T("plan.note"), theme.Secondary))
}

// Readings are the texts of the readings that an outcome rests on.
func Readings(s Said) []string {
	var texts []string
	if s.Plan != nil {
		for _, id := range s.Estimate.Readings {
			if text := s.Plan.Reading(id); text != "" {
				texts = append(texts, text)
			}
		}
	}
	return texts
}

// amount is the outcome in one word, with the sum where there is one.
func amount(s Said) fyne.CanvasObject {
	e := s.Estimate
	head := func(key string) *widget.Text { return widget.NewText(words.T(key), theme.Body).Color(theme.Ink2) }
	switch {
	case s.Plan == nil:
		return widget.Well(widget.Column(4, widget.NewText(words.T("plan.unknown"), theme.H3), widget.NewText(words.T("plan.unknown.text"), theme.Secondary)))
	case e.Outcome == plan.Unknown || e.Outcome == "":
		return widget.Well(widget.Column(4, widget.NewText(words.T("plan.outcome.unknown"), theme.H3), widget.NewText(words.T("plan.outcome.unknown.text"), theme.Secondary)))
	case e.Outcome == plan.Integrate:
		return widget.Well(widget.Column(4, widget.NewText(words.T("plan.outcome.integrate"), theme.H3), widget.NewText(words.T("plan.anyway"), theme.Secondary)))
	case !e.Eligible():
		return widget.Well(widget.Column(4, widget.NewText(words.T("plan.outcome.reject"), theme.H3), widget.NewText(words.T("plan.anyway"), theme.Secondary)))
	}
	sum := e.Refund
	if e.Outcome == plan.PayDirect {
		sum = e.Provider
	}
	parts := []fyne.CanvasObject{head("plan.outcome." + string(e.Outcome)), widget.NewText(words.Money(sum), theme.Amount).Color(theme.Accent)}
	if text := Formula(e); text != "" {
		parts = append(parts, widget.NewText(text, theme.Body))
	}
	if e.Shared {
		parts = append(parts, widget.NewText(words.T("plan.share", "Sum", words.Money(e.Share)), theme.Secondary).Color(theme.Ink))
	}
	return widget.Veil(widget.Column(4, parts...))
}

// Formula says how an amount was reckoned: "80 % di 36,15 €", "25,00 € × 4 giorni".
func Formula(e plan.Estimate) string {
	f := e.Formula
	switch {
	case f.Daily > 0:
		return words.N("plan.formula.days", e.Units, "Sum", words.Money(f.Daily))
	case f.Sum > 0:
		return words.T("plan.formula.sum")
	case f.Percent > 0 && f.Each > 0:
		return words.T("plan.formula.percent.each", "Percent", f.Percent, "Base", words.Money(f.Base), "Each", words.Money(f.Each))
	case f.Percent > 0:
		return words.T("plan.formula.percent", "Percent", f.Percent, "Base", words.Money(f.Base))
	case f.Share > 0:
		return words.T("plan.formula.share", "Base", words.Money(f.Base), "Share", words.Money(f.Share))
	}
	return ""
}

// Left says what is left of a limit, "612,00 € di 750,00 € nel 2026".
func Left(l plan.Left, year int) string {
	switch l.Unit {
	case plan.UnitCents:
		return words.T("plan.left.cents", "Left", words.Money(money.Cents(l.Value)), "Of", words.Money(money.Cents(l.Of)), "Year", year)
	case plan.UnitDays:
		return words.T("plan.left.days", "Left", l.Value, "Of", l.Of, "Year", year)
	case plan.UnitNext:
		if l.Next.IsZero() {
			return words.T("plan.left.now")
		}
		return words.T("plan.left.next", "Day", words.Date(l.Next))
	}
	return words.T("plan.left.times", "Left", l.Value, "Of", l.Of, "Year", year)
}

// Text says what a finding means. One that nobody answered is in doubt.
func Text(f plan.Finding) string {
	text := words.T("plan." + string(f.Code))
	switch {
	case f.Paper != "" && f.Name != "":
		text = words.T("plan.paper", "Name", f.Name)
	case f.Name != "":
		text += " " + words.T("plan.named", "Name", f.Name)
	}
	if key := "plan.day." + string(f.Code); !f.Day.IsZero() && words.Has(key) {
		text += " " + words.T(key, "Day", words.Date(f.Day))
	}
	if f.Doubt {
		return words.T("plan.doubt", "What", text)
	}
	return text
}

func finding(f plan.Finding, a Actions) fyne.CanvasObject {
	tone := widget.ToneBad
	switch {
	case f.Doubt:
		tone = widget.Calm
	case f.Code.Curable():
		tone = widget.ToneCareful
	}
	row := cited(tone, Text(f), f.Article, a)
	if a.Cure == nil {
		return row
	}
	if cure := a.Cure(f); cure != nil {
		return widget.Column(8, row, widget.Flow(0, cure))
	}
	return row
}

// cited is one line of the check with its article, which opens where it can be read.
func cited(tone widget.Tone, text, article string, a Actions) fyne.CanvasObject {
	if a.Article == nil || article == "" {
		return widget.Outcome(tone, text, Capital(article))
	}
	return widget.Column(0, widget.Outcome(tone, text, ""), widget.PadXY(20, 0, widget.Flow(0, widget.NewButton(Capital(article), widget.Tertiary, func() { a.Article(article) }).WithIcon(theme.IconFileText))))
}

// Capital writes the first letter of a text large: "Art. 1.1".
func Capital(text string) string {
	first, size := utf8.DecodeRuneInString(strings.TrimSpace(text))
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + strings.TrimSpace(text)[size:]
}
