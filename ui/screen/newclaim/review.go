package newclaim

import (
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/entitlement"
	"github.com/sodale/sodale/app/iban"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/estimate"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// review is step 3, *Riepilogo e invio* (CLM-18): what, for whom, which files, where the money goes, what comes then.
func (p *Page) review() fyne.CanvasObject {
	left := []fyne.CanvasObject{widget.Column(4, widget.NewText(words.T("newclaim.review.title"), theme.H1),
		widget.NewText(words.N("newclaim.review.count", len(p.m.Claim.Documents)), theme.Body).Color(theme.Ink2))}
	if p.sendErr != nil {
		left = append(left, widget.Banner(theme.IconWarningCircle, words.T("newclaim.send.failed"), errtext.Of(p.sendErr), widget.ToneBad))
	}
	answers := p.m.Answers()
	for _, d := range p.m.Claim.Documents {
		left = append(left, p.documentCard(d, answers))
	}
	left = append(left, p.payeeCard())
	right := []fyne.CanvasObject{p.totalCard(answers)}
	p.online = p.needs.Link == nil || p.needs.Link().Online
	if !p.online {
		right = append(right, widget.Well(widget.Row(16, widget.NewIcon(theme.IconWifiSlash, 26, theme.Ink),
			widget.Grow(widget.NewText(words.T("newclaim.review.offline"), theme.Body)))))
	}
	right = append(right, p.afterCard())
	return widget.PadXY(theme.PageMargin, 24, widget.NewColumns(32,
		widget.Col{Object: widget.Column(16, left...)},
		widget.Col{Object: widget.Column(16, right...), Width: 392, FoldBelow: 960}))
}

// documentCard is one document of the summary.
func (p *Page) documentCard(d claim.ExpenseDocument, answers []entitlement.Answer) fyne.CanvasObject {
	edit := widget.NewButton(words.T("newclaim.review.edit"), widget.Tertiary, func() {
		p.m.Open(d.ID)
		p.goTo(stepDocuments)
	}).WithIcon(theme.IconPencilSimple)
	icon := widget.Fixed(44, 44, widget.Stack(widget.NewPanel(theme.Well, theme.Clear, theme.ButtonRadius),
		widget.Row(0, widget.Gap(), widget.NewIcon(claims.Icon(d.Service), 24, theme.Ink2), widget.Gap())))
	lines := widget.Column(2, widget.NewText(p.title(d), theme.H3),
		widget.NewText(p.whoAndWhere(d), theme.Body).Color(theme.Ink2), widget.NewText(paperLine(d), theme.Body).Color(theme.Ink2))
	tags := make([]fyne.CanvasObject, 0, len(d.Attachments))
	for _, a := range d.Attachments {
		tags = append(tags, widget.FileTag(a.Kind, a.Name))
	}
	parts := []fyne.CanvasObject{widget.RowTop(16, icon, widget.Grow(widget.Column(10, lines, widget.Flow(8, tags...))), edit)}
	if facts := p.facts(d); len(facts) > 0 {
		parts = append(append(parts, widget.Rule()), facts...)
	}
	if a := p.m.Answer(d.ID, answers); a.Plan != nil {
		parts = append(parts, estimate.Brief(a))
	}
	return widget.Card(widget.Column(14, parts...))
}

// title is what a document of the summary is about.
func (p *Page) title(d claim.ExpenseDocument) string {
	switch {
	case d.School != "":
		return schoolName(p.m.Mutual, d.School)
	case d.Service != "":
		return words.T("claims.service." + string(d.Service))
	}
	return typeName(d.Type)
}

// facts are what was paid and by whom, the days of a stay, the mark, and the line to the office.
func (p *Page) facts(d claim.ExpenseDocument) []fyne.CanvasObject {
	var facts []fyne.CanvasObject
	say := func(key, value string) {
		facts = append(facts, widget.Row(10, widget.NewText(words.T(key), theme.Body).Color(theme.Ink2).OneLine(),
			widget.Grow(widget.NewText(value, theme.Body).Bold())))
	}
	if d.Asks(claim.FieldAdmitted) {
		facts = append(facts, widget.NewText(words.T("newclaim.review.stay", "From", words.Date(d.Admitted), "To", words.Date(d.Discharged)), theme.Body))
	}
	if d.Amount > 0 {
		say("newclaim.review.paid", words.Money(d.Amount))
	}
	if d.Foreign > 0 {
		say("newclaim.review.paid", textOf(&d, claim.FieldForeign)+" "+d.Currency)
		facts = append(facts, widget.NewText(words.T("newclaim.hint.foreign"), theme.Caption))
	}
	if d.Cover.Answer == claim.CoverPaid {
		say("newclaim.review.cover", words.T("newclaim.review.cover.by", "Amount", words.Money(d.Cover.Amount), "Who", d.Cover.Body))
	}
	if d.Mark != "" {
		say("newclaim.field.mark", d.Mark)
	}
	if d.Notes != "" {
		say("newclaim.field.notes", d.Notes)
	}
	return facts
}

// whoAndWhere is "Elena · Ospedale San Rocco".
func (p *Page) whoAndWhere(d claim.ExpenseDocument) string {
	who, _ := p.m.Household.Person(d.Person)
	return strings.Trim(who.GivenName+" · "+d.Provider, " ·")
}

// paperLine is "Ricevuta 2026/004817 del 9 novembre 2026".
func paperLine(d claim.ExpenseDocument) string {
	if d.Number == "" {
		return words.T("newclaim.review.paper.short", "Type", typeName(d.Type), "Day", words.Date(d.IssuedOn))
	}
	return words.T("newclaim.review.paper", "Type", typeName(d.Type), "Number", d.Number, "Day", words.Date(d.IssuedOn))
}

// payeeCard is where the money goes, with the way to change it.
func (p *Page) payeeCard() fyne.CanvasObject {
	change := widget.NewButton(words.T("newclaim.review.change"), widget.Tertiary, func() { p.goTo(stepBasics) }).WithIcon(theme.IconPencilSimple)
	return widget.Card(widget.Row(16, widget.NewIcon(theme.IconBank, 26, theme.Ink),
		widget.Grow(widget.Column(2, widget.NewText(p.byKind("newclaim.iban.to", "newclaim.iban.to.study"), theme.Secondary),
			widget.NewText(iban.Group(p.m.IBAN()), theme.Body).Mono())), change))
}

// totalCard is the sum of what was paid with what the plan is expected to pay of it, or the region of a grant, and that nothing is
// missing.
func (p *Page) totalCard(answers []entitlement.Answer) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if p.m.Claim.Kind == claim.StudyGrant {
		parts = append(parts, widget.NewText(words.T("newclaim.title.study"), theme.H3), widget.NewText(p.m.Claim.Region, theme.Body).Color(theme.Ink2))
	} else {
		parts = append(parts, widget.NewText(words.T("newclaim.review.total"), theme.Body).Color(theme.Ink2),
			widget.NewText(words.Money(p.m.Total()), theme.Amount).Color(theme.Accent).OneLine())
	}
	if sum, of := estimate.Total(answers); of > 0 {
		parts = append(parts, widget.Veil(widget.Column(2, widget.NewText(words.T("plan.total"), theme.Secondary).Color(theme.Ink),
			widget.NewText(words.Money(sum), theme.H1).Color(theme.Accent).OneLine(), widget.NewText(words.T("plan.estimate"), theme.Caption))))
	}
	warnings := 0
	for _, problem := range p.m.Problems() {
		if !problem.Blocking {
			warnings++
			parts = append(parts, widget.Outcome(widget.ToneCareful, p.problemLine(problem), ""))
		}
	}
	if warnings == 0 {
		parts = append(parts, widget.Row(10, widget.NewIcon(theme.IconCheckCircle, 20, theme.Good).Filled(),
			widget.Grow(widget.NewText(words.T("newclaim.missing.none"), theme.Body).Bold().Color(theme.Good))))
	} else {
		parts = append(parts, widget.NewText(words.T("newclaim.review.anyway"), theme.Secondary))
	}
	return widget.Card(widget.Column(8, parts...))
}

// afterCard is *Cosa succede dopo*.
func (p *Page) afterCard() fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(words.T("newclaim.after"), theme.H3)}
	for i := 1; i <= 4; i++ {
		n := strconv.Itoa(i)
		mark := widget.Fixed(28, 28, widget.Stack(widget.NewPanel(theme.AccentVeil, theme.Clear, 14),
			widget.Row(0, widget.Gap(), widget.NewText(n, theme.Secondary).Bold().OneLine().Color(theme.Accent), widget.Gap())))
		parts = append(parts, widget.RowTop(12, mark, widget.Grow(widget.Column(2,
			widget.NewText(words.T("newclaim.after."+n), theme.Body).Bold(),
			widget.NewText(words.T("newclaim.after.text."+n), theme.Secondary)))))
	}
	return widget.Card(widget.Column(12, parts...))
}
