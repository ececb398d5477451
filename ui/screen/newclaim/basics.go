package newclaim

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/iban"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// basics is step 1, *Dati preliminari* (CLM-07 to CLM-09, CLM-24).
func (p *Page) basics() fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(words.T("newclaim.basics.title"), theme.H1)}
	if p.m.Joins != "" {
		parts = append(parts, widget.Banner(theme.IconGitMerge, "", words.T("newclaim.joins", "Number", p.m.Joins), widget.Calm))
	}
	parts = append(parts, p.ibanCard())
	if p.m.Claim.Kind == claim.StudyGrant {
		parts = append(parts, p.regionCard())
	} else {
		parts = append(parts, p.procedureCard())
	}
	parts = append(parts, widget.Flow(16, p.changes()...))
	return widget.PadXY(theme.PageMargin, 24, widget.NewColumns(32, widget.Col{Object: widget.Column(16, parts...)},
		widget.Col{Object: widget.Column(16, p.meanings(), p.contactsCard()), Width: 392, FoldBelow: 960}))
}

// meanings says what a pratica and a document are (CLM-17).
func (p *Page) meanings() fyne.CanvasObject {
	return widget.Well(widget.RowTop(16, widget.NewIcon(theme.IconInfo, 26, theme.Ink),
		widget.Grow(widget.NewText(p.byKind("newclaim.basics.text", "newclaim.basics.text.study"), theme.Body))))
}

// byKind is a phrase that is another for a study grant.
func (p *Page) byKind(refund, study string) string {
	if p.m.Claim.Kind == claim.StudyGrant {
		return words.T(study)
	}
	return words.T(refund)
}

// ibanCard shows where the money goes and lets this claim have an IBAN of its own.
func (p *Page) ibanCard() fyne.CanvasObject {
	head := []fyne.CanvasObject{widget.NewIcon(theme.IconBank, 26, theme.Ink)}
	shown := widget.NewText(words.T("newclaim.iban.none"), theme.Body)
	if number := p.m.Household.IBAN; number != "" {
		shown = widget.NewText(iban.Group(number), theme.Body).Mono()
	}
	said := widget.Column(2, widget.NewText(p.byKind("newclaim.iban.to", "newclaim.iban.to.study"), theme.Secondary), shown)
	head = append(head, widget.Grow(said))
	if p.m.ownIBAN {
		return widget.Card(widget.Column(16, widget.Row(16, head...), p.ibanField()))
	}
	own := widget.NewButton(words.T("newclaim.iban.own"), widget.Tertiary, func() { p.openIBAN(true) }).WithIcon(theme.IconPencilSimple)
	change := widget.NewButton(words.T("newclaim.iban.change"), widget.Tertiary, p.explainIBAN).WithIcon(theme.IconUser)
	return widget.Card(widget.Column(12, widget.Row(16, head...), widget.Flow(24, own, change)))
}

func (p *Page) ibanField() fyne.CanvasObject {
	entry := widget.NewEntry(words.T("newclaim.iban.label")).Mono()
	entry.SetText(p.m.IBANText())
	entry.SetHint(words.T("newclaim.iban.hint"))
	entry.OnChanged = func(text string) {
		p.m.SetIBAN(text)
		if p.m.IBANProblem() == nil && entry.Error() != "" {
			entry.SetError("")
			p.relayout()
		}
		p.changed()
	}
	entry.UndoneBy(p.Undo, p.Redo)
	entry.OnLeft = func() {
		p.m.rest()
		if p.m.IBANText() != "" {
			entry.SetError(ibanError(p.m.IBANProblem()))
			p.relayout()
		}
	}
	if p.summary {
		entry.SetError(ibanError(p.m.IBANProblem()))
	}
	undo := widget.NewButton(words.T("newclaim.iban.usual"), widget.Tertiary, func() { p.openIBAN(false) }).WithIcon(theme.IconArrowUUpLeft)
	return widget.Column(8, entry, widget.Flow(0, undo))
}

// ibanError is what is wrong with an IBAN, in words; "" for nil.
func ibanError(err error) string {
	code := string(fault.CodeOf(err))
	if err == nil || !words.Has("newclaim.problem."+code) {
		return errtext.Of(err)
	}
	return words.T("newclaim.problem." + code)
}

// openIBAN opens or closes *Solo per questa pratica*.
func (p *Page) openIBAN(open bool) {
	p.m.OwnIBAN(open)
	p.changed()
	p.show()
	p.refocus()
}

// explainIBAN leads to where the IBAN of every claim is changed (CLM-07), or says that it is with the office.
func (p *Page) explainIBAN() {
	if p.needs.Payments != nil {
		p.needs.Payments()
		return
	}
	if c := p.canvas(); c != nil {
		var sheet *widget.Sheet
		done := widget.NewButton(words.T("newclaim.understood"), widget.Primary, func() { sheet.Close() })
		text := widget.NewText(words.T("newclaim.iban.office", "Phone", p.needs.Phone), theme.Body)
		sheet = widget.NewSheet(words.T("newclaim.iban.change"), text, done).First(done)
		sheet.ShowOn(c)
	}
}

func (p *Page) procedureCard() fyne.CanvasObject {
	choice := widget.NewRadio(words.T("newclaim.procedure"), []widget.Option{
		{Value: string(claim.Standard), Label: words.T("newclaim.procedure.standard")},
		{Value: string(claim.Surgery), Label: words.T("newclaim.procedure.surgery")},
	})
	choice.SetValue(string(p.m.Claim.Procedure))
	choice.OnChanged = func(value string) {
		p.m.before(claim.WhereProcedure, "")
		p.m.Claim.Procedure = claim.Procedure(value)
		p.changed()
	}
	return widget.Card(choice)
}

func (p *Page) contactsCard() fyne.CanvasObject {
	h := p.m.Household
	line := func(icon theme.IconName, text string) fyne.CanvasObject {
		return widget.Row(12, widget.NewIcon(icon, 22, theme.Ink2), widget.Grow(widget.NewText(text, theme.Body)))
	}
	parts := []fyne.CanvasObject{widget.NewText(words.T("newclaim.contacts"), theme.Body).Bold()}
	if h.EMail != "" {
		parts = append(parts, line(theme.IconEnvelopeSimple, h.EMail))
	}
	if h.Mobile != "" {
		parts = append(parts, line(theme.IconDeviceMobile, h.Mobile))
	}
	parts = append(parts, widget.NewText(words.T("newclaim.contacts.text"), theme.Secondary))
	return widget.Card(widget.Column(8, parts...))
}

// leaveBasics goes on, unless the IBAN can't be paid to or a grant has no region.
func (p *Page) leaveBasics() {
	bad := p.m.IBANProblem() != nil
	if !bad && !p.m.lacksRegion() {
		p.goTo(stepDocuments)
		return
	}
	if bad && !p.m.ownIBAN {
		p.m.OwnIBAN(true)
	}
	p.summary = true
	p.show()
	wrong := label(claim.WhereRegion)
	if bad {
		wrong = words.T("newclaim.iban.label")
	}
	if field, ok := widget.Find(p.root, wrong).(input); ok {
		field.Focus()
	}
}
