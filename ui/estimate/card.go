package estimate

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Offer is a button below a line that does what the line asks for: its label and what it does. An empty label offers nothing.
type Offer func(plan.Finding) (label string, do func())

// Card is the panel of one answer: the amount, then what the plan looked at. open shows an article.
type Card struct {
	Root *fyne.Container
	list *fyne.Container
	said string // what is shown, to rebuild only when it changes
}

// NewCard returns an empty panel.
func NewCard() *Card {
	c := NewList()
	c.Root = widget.Stack(widget.NewPanel(theme.Surface, theme.Line, theme.CardRadius), widget.PadXY(14, 20, c.list))
	return c
}

// NewList returns what is on a panel without its ground: Root is still empty.
func NewList() *Card {
	c := &Card{list: widget.Column(0)}
	c.Root = c.list
	return c
}

// Show brings the panel up to date, and reports whether anything on it changed.
func (c *Card) Show(a Answer, open func(article, reading string), offer Offer) bool {
	checks := a.Checks()
	lines := []string{string(a.Verdict()), string(a.Why), a.amount(), a.below()}
	if a.Plan != nil {
		lines = append(lines, a.Plan.Code)
	}
	for _, k := range checks {
		lines = append(lines, k.Text, k.Source)
	}
	said := strings.Join(lines, "\n")
	if said == c.said {
		return false
	}
	c.said = said
	c.list.Objects = append([]fyne.CanvasObject{widget.PadXY(8, 0, a.head())}, widget.Space(0, 12), widget.PadXY(8, 0, a.ground()))
	for i, k := range checks {
		if i > 0 {
			c.list.Add(widget.PadXY(8, 0, widget.Rule()))
		} else {
			c.list.Add(widget.Space(0, 6))
		}
		c.list.Add(line(k, open))
		label, do := "", func() {}
		if offer != nil {
			label, do = offer(k.Finding)
		}
		if label != "" {
			button := widget.NewButton(label, widget.Secondary, do).WithIcon(theme.IconPaperclip).Compact()
			c.list.Add(widget.PadXY(8, 0, widget.Row(0, widget.Space(34, 0), widget.Grow(button))))
			c.list.Add(widget.Space(0, 10))
		}
	}
	c.list.Add(widget.Space(0, 8))
	c.list.Add(widget.PadXY(8, 0, Note(a)))
	c.list.Refresh()
	return true
}

// Note always stands by what was estimated: the mutual decides, and nothing here forbids to send (UX section 4).
func Note(a Answer) fyne.CanvasObject {
	if a.Plan == nil {
		return widget.NewText(words.T("plan.decides"), theme.Caption)
	}
	text := words.T("plan.estimate")
	if v := a.Verdict(); v == NotCovered || a.Said.Outcome == plan.Integrate {
		text += " " + words.T("plan.anyway")
	}
	return widget.NewText(text, theme.Caption)
}

// line is one check; pressing it opens its article.
func line(k Check, open func(article, reading string)) fyne.CanvasObject {
	said := widget.Outcome(k.Tone, k.Text, k.Source)
	if k.Article == "" {
		return widget.PadXY(8, 12, said)
	}
	return widget.NewTile(plain(k.Text), said, func() { open(k.Article, k.Reading) })
}

func (a Answer) head() fyne.CanvasObject {
	title := widget.Row(10, widget.NewIcon(theme.IconShieldCheck, 22, theme.Accent).Filled(), widget.Grow(widget.NewText(words.T("plan.title"), theme.H3)))
	if a.Plan == nil {
		return title
	}
	return widget.Column(4, title, widget.NewText(a.Plan.Name+" · "+a.Plan.Edition, theme.Caption))
}

// ground is the answer itself on the colour of its verdict.
func (a Answer) ground() fyne.CanvasObject {
	ink, veil := theme.Accent, theme.AccentVeil
	switch a.Verdict() {
	case NotCovered:
		ink, veil = theme.Bad, theme.BadVeil
	case Partly:
	case Open:
		ink, veil = theme.Ink, theme.Well
	}
	parts := []fyne.CanvasObject{widget.NewText(a.label(), theme.Secondary).Color(theme.Ink)}
	if amount := a.amount(); amount != "" {
		parts = append(parts, widget.NewText(amount, theme.Amount).Color(ink))
	}
	parts = append(parts, widget.NewText(a.below(), theme.Secondary).Color(theme.Ink))
	return widget.Stack(widget.NewPanel(veil, theme.Clear, 10), widget.PadXY(16, 14, widget.Column(2, parts...)))
}

// label is the verdict, with what the amount is.
func (a Answer) label() string {
	verdict := "**" + words.T("plan.outcome."+string(a.Verdict())) + "**"
	switch {
	case a.Said.Outcome == plan.PayDirect:
		return words.T("plan.expected.direct", "Verdict", verdict)
	case a.Said.Eligible() && a.amount() != "":
		return words.T("plan.expected", "Verdict", verdict)
	}
	return verdict
}

// amount is what the plan would pay, or "" while nobody can say.
func (a Answer) amount() string {
	switch {
	case a.Said.Outcome == plan.Reject:
		return words.Money(0)
	case !a.Said.Eligible() || a.Amount == 0 && a.Said.Shared:
		return ""
	case a.Said.Outcome == plan.PayDirect:
		return words.Money(a.Said.Provider)
	}
	return words.Money(a.Said.Refund)
}

// below is how it was reckoned and what is left to the member, or why nobody can say.
func (a Answer) below() string {
	switch {
	case a.Why != None:
		return words.T("plan.why." + string(a.Why))
	case a.Said.Outcome == plan.Integrate:
		return words.T("plan.integrate")
	case a.Said.Outcome == plan.Reject:
		return words.T("plan.reject", "Article", Cite(a.Said.Article))
	}
	text := words.T("plan.formula", "Formula", a.Formula(), "Article", Cite(a.Said.Article))
	if a.Said.Shared && a.Amount > 0 {
		text += "\n" + words.T("plan.share", "Sum", words.Money(a.Said.Share))
	}
	return text
}
