package firstrun

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/screen/reset"
	"github.com/sodale/sodale/ui/screen/secret"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// firstScreen is the first access: user name and derived password (FAC-02 … FAC-05), with the mutual's instructions (FAC-15).
func (p *Page) firstScreen() []fyne.CanvasObject {
	rules := p.m.rules()
	user := p.userEntry(secret.UserLabel(rules))
	password := p.passwordEntry(fieldFirst, words.T("firstrun.field.first"))
	parts := []fyne.CanvasObject{user, password.Object()}
	if text := rules.Messages.FirstAccess; text != "" {
		parts = append(parts, widget.Well(widget.RowTop(14, widget.NewIcon(theme.IconInfo, 24, theme.Ink), widget.Grow(widget.NewText(text, theme.Body)))))
	}
	derive := widget.NewButton(words.T("firstrun.derive"), widget.Tertiary, func() { p.derive(password) }).WithIcon(theme.IconIdentificationCard)
	code := p.entry(fieldFiscalCode, words.T("firstrun.field.fiscal-code.derive")).Mono()
	code.OnLeft = nil
	code.OnSubmitted = func(string) { p.derive(password) }
	return append(parts, widget.Card(widget.Column(8, widget.NewText(words.T("firstrun.derive.text"), theme.Secondary), code, widget.Flow(0, derive))),
		widget.Flow(24, p.helpButton()))
}

// derive writes the password of the first access from user name and codice fiscale (FAC-05).
func (p *Page) derive(into *secret.Password) {
	derived, err := p.m.rules().FirstPassword(p.m.text(fieldUser), p.m.text(fieldFiscalCode))
	if err != nil {
		f := fieldUser
		if fault.CodeOf(err) == mutual.CodeFiscalCode {
			f = fieldFiscalCode
		}
		p.fields[f].SetError(errtext.Of(err))
		p.jumpTo(f)
		p.relayout()
		return
	}
	into.SetText(derived)
	into.Focus()
}

// agreeScreen asks for the consent before anything else (REG-16).
func (p *Page) agreeScreen() []fyne.CanvasObject {
	return append([]fyne.CanvasObject{widget.NewText(words.T("firstrun.agree.text"), theme.Body)}, p.consents(mutual.AtRegistration)...)
}

// personScreen is who registers: the codice fiscale and the other personal data, and where they live (REG-04).
func (p *Page) personScreen() []fyne.CanvasObject {
	sexes := []widget.Option{{Value: string(member.Female), Label: words.T("firstrun.sex.f")}, {Value: string(member.Male), Label: words.T("firstrun.sex.m")}}
	two := func(a, b fyne.CanvasObject) fyne.CanvasObject {
		return widget.NewColumns(16, widget.Col{Object: a}, widget.Col{Object: b, FoldBelow: 560})
	}
	family := p.entry(fieldFamilyName, words.T("firstrun.field.family-name"))
	family.SetHint(words.T("firstrun.field.family-name.hint"))
	given := p.entry(fieldGivenName, words.T("firstrun.field.given-name"))
	given.SetHint(words.T("firstrun.field.given-name.hint"))
	parts := []fyne.CanvasObject{two(family, given), two(p.selectField(fieldSex, words.T("firstrun.field.sex"), sexes), p.dateEntry(fieldBirthDate, words.T("firstrun.field.birth-date"))),
		p.placeEntry().body, p.fiscalEntry()}
	if p.m.asksResidence() {
		parts = append(parts, widget.NewText(words.T("firstrun.residence"), theme.H3), p.entry(fieldStreet, words.T("firstrun.field.street")),
			widget.NewColumns(16, widget.Col{Object: p.entry(fieldPostCode, words.T("firstrun.field.post-code")), Width: 140}, widget.Col{Object: p.entry(fieldTown, words.T("firstrun.field.town")), FoldBelow: 560}),
			p.selectField(fieldProvince, words.T("firstrun.field.province"), provinces()))
	}
	return append(parts, widget.Flow(24, p.helpButton()))
}

// reachScreen is how to be reached and what to enter with (FAC-06 … FAC-10, REG-04 … REG-08).
func (p *Page) reachScreen() []fyne.CanvasObject {
	rules := p.m.rules()
	var parts []fyne.CanvasObject
	if p.m.way == mutual.WayFirstAccess {
		parts = append(parts, widget.NewText(words.T("firstrun.reach.first"), theme.Body)) // FAC-06
		if text := rules.Messages.WhyContacts; text != "" {
			parts = append(parts, widget.NewText(text, theme.Secondary)) // CTV-10
		}
	}
	parts = append(parts, p.emailEntry())
	if rules.Verification.MobileFromDesk {
		parts = append(parts, widget.NewText(words.T("firstrun.reach.desk"), theme.Secondary)) // CTV-11
	} else {
		parts = append(parts, p.mobileEntry())
	}
	parts = append(parts, p.choice())
	if p.m.way != mutual.WayCode {
		parts = append(parts, p.consents(p.m.moment())...)
	}
	return append(parts, widget.Flow(24, p.helpButton()))
}

func (p *Page) emailEntry() fyne.CanvasObject {
	rules := p.m.rules()
	label := words.T("firstrun.field.email")
	if !rules.Verification.EMailMandatory && rules.Entry.User != mutual.UserEMail {
		label = words.T("firstrun.field.optional", "Label", label)
	}
	e := p.entry(fieldEMail, label)
	switch {
	case rules.Messages.EMailWarning != "" && p.m.way != mutual.WayFirstAccess:
		e.SetHint(rules.Messages.EMailWarning) // REG-06
	case rules.Entry.User == mutual.UserEMail:
		e.SetHint(words.T("firstrun.field.email.user")) // REG-05
	case rules.Verification.EMail != mutual.ChannelNone:
		e.SetHint(words.T("firstrun.field.email.code")) // FAC-08
	}
	return e
}

func (p *Page) mobileEntry() fyne.CanvasObject {
	rules := p.m.rules()
	label := words.T("firstrun.field.mobile")
	if !rules.Verification.MobileMandatory {
		label = words.T("firstrun.field.optional", "Label", label)
	}
	e := p.entry(fieldMobile, label)
	e.SetPlaceholder(rules.Verification.MobilePrefix)
	e.SetHint(rules.Messages.MobileWarning) // REG-07, FAC-09
	e.OnLeft = func() {
		p.left(fieldMobile, e)
		if shown := rules.ShowMobile(p.m.mobile()); p.m.mobile() != "" && shown != e.Text() {
			e.SetText(shown)
		}
	}
	return e
}

// choice is the new password and its confirmation (FAC-06, LOG-07, LOG-11).
func (p *Page) choice() fyne.CanvasObject {
	c := secret.NewChoice(p.m.rules().Password, p.m.text(fieldNew), p.m.text(fieldAgain))
	c.OnChanged = func(password, again string) {
		p.m.set(fieldNew, password)
		p.m.set(fieldAgain, again)
		p.relayout()
	}
	c.OnSubmitted(p.Forward)
	p.keep(fieldNew, c.First())
	p.keep(fieldAgain, c.Again())
	return c.Object()
}

// consents are the boxes of a moment, each apart, with its notice (REG-08, FAC-14, PRV-02).
func (p *Page) consents(at mutual.Moment) []fyne.CanvasObject {
	asked := p.m.rules().ConsentsAt(at)
	if len(asked) == 0 {
		return nil
	}
	parts := []fyne.CanvasObject{widget.NewText(words.T("firstrun.consents"), theme.H3)}
	p.boxes, p.lacks = nil, nil
	for _, c := range asked {
		box := widget.NewCheck(c.Text)
		lack := widget.NewText("", theme.Secondary).Color(theme.Bad)
		lack.Hide()
		box.SetChecked(p.m.ticked(c))
		box.OnChanged = func(checked bool) {
			when := p.config.Clock.Now()
			if !checked {
				when = time.Time{}
			}
			p.m.tick(c, when)
			lack.Hide()
			p.relayout()
		}
		p.boxes, p.lacks = append(p.boxes, box), append(p.lacks, lack)
		inside := []fyne.CanvasObject{box, lack}
		if n, ok := p.m.rules().Notice(c.Notice); ok {
			inside = append(inside, p.noticeLink(n))
		}
		parts = append(parts, widget.Card(widget.Column(4, inside...)))
	}
	return parts
}

// asksAt is the moment whose consents the screen asks for.
func (p *Page) asksAt() mutual.Moment {
	if p.m.stage == stageDossier {
		return mutual.AtDossier
	}
	return p.m.moment()
}

// asksConsents reports whether the screen has boxes.
func (p *Page) asksConsents() bool {
	switch p.m.stage {
	case stageAgree, stageDossier:
		return true
	}
	return p.m.stage == stageReach && p.m.way != mutual.WayCode
}

// sayLacking says at each mandatory box that is not ticked what its absence means (FAC-14, REG-08).
func (p *Page) sayLacking() {
	for n, c := range p.m.rules().ConsentsAt(p.asksAt()) {
		if n < len(p.lacks) && c.Mandatory && !p.m.ticked(c) {
			p.lacks[n].SetText(c.Without)
			p.lacks[n].Show()
		}
	}
}

// jumpToConsent puts the keyboard on the i-th mandatory box that is not ticked.
func (p *Page) jumpToConsent(i int) {
	for n, c := range p.m.rules().ConsentsAt(p.asksAt()) {
		if !c.Mandatory || p.m.ticked(c) {
			continue
		}
		if i == 0 && n < len(p.boxes) {
			if on := p.canvas(); on != nil {
				on.Focus(p.boxes[n])
			}
			return
		}
		i--
	}
}

// signInScreen is the sign-in of who has credentials (LOG-01 … LOG-03), with the way back to a forgotten password (LOG-09).
func (p *Page) signInScreen() []fyne.CanvasObject {
	forgot := widget.NewButton(words.T("firstrun.forgot"), widget.Tertiary, p.forgot)
	return []fyne.CanvasObject{widget.NewText(words.T("firstrun.signin.text", "Area", p.m.rules().Area), theme.Body), p.userEntry(secret.UserLabel(p.m.rules())),
		p.passwordEntry(fieldPassword, words.T("firstrun.field.password")).Object(), widget.Flow(24, forgot, p.helpButton())}
}

// forgot opens the way back to a forgotten password.
func (p *Page) forgot() {
	portal := p.m.portal()
	user := p.m.text(fieldUser)
	if user == "" {
		user = p.m.email()
	}
	finish := func(ctx context.Context, proof account.ResetProof) error {
		_, err := portal.FinishReset(ctx, proof) // there is no vault yet that a share could open
		return err
	}
	p.reset = reset.New(reset.Config{Rules: p.m.rules(), User: user, Start: portal.Reset, Resend: portal.ResendReset, Finish: finish,
		Done: p.afterReset, Back: func() { p.m.back(); p.show() }, Changed: p.relayout, Clock: p.config.Clock, Runner: p.config.Runner})
	p.goTo(stageReset)
}

func (p *Page) resetScreen() []fyne.CanvasObject { return []fyne.CanvasObject{p.reset.Content()} }

// afterReset signs in with the new password (LOG-12).
func (p *Page) afterReset(user, password string) {
	p.m.set(fieldUser, user)
	p.m.set(fieldPassword, password)
	p.m.back() // the reset is over: no way leads into it again
	p.m.take(mutual.WaySignIn)
	p.show()
	p.signIn()
}

// dossierScreen opens the dossier at the first sign-in: notice and consent, codice fiscale, activation code (REG-15, REG-18).
func (p *Page) dossierScreen() []fyne.CanvasObject {
	parts := append([]fyne.CanvasObject{widget.NewText(words.T("firstrun.dossier.text"), theme.Body)}, p.consents(mutual.AtDossier)...)
	code := p.entry(fieldActivation, words.T("firstrun.field.activation")).Mono()
	code.SetHint(words.T("firstrun.field.activation.hint"))
	parts = append(parts, p.fiscalEntry(), code)
	if text := p.m.rules().Messages.DossierEmpty; text != "" {
		parts = append(parts, widget.NewText(text, theme.Secondary)) // MSG-07
	}
	return append(parts, widget.Flow(24, p.helpButton()))
}

// factorScreen asks for the second factor (TFA-07, TFA-08).
func (p *Page) factorScreen() []fyne.CanvasObject {
	p.factor = secret.NewFactor(p.m.rules(), p.Forward)
	p.first = p.factor.Field().Focusable()
	if fault.CodeOf(p.m.fault) == account.CodeFactorWrong {
		p.factor.Field().SetError(errtext.Of(p.m.fault))
	}
	return []fyne.CanvasObject{widget.NewText(words.T("firstrun.factor.text", "Area", p.m.rules().Area), theme.Body), p.factor.Object()}
}
