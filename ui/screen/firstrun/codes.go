package firstrun

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/screen/secret"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// announceScreen says where codes will be sent, before they are (CTV-06). *Indietro* changes the contacts.
func (p *Page) announceScreen() []fyne.CanvasObject {
	rows := []fyne.CanvasObject{}
	add := func(icon theme.IconName, label, value string) {
		rows = append(rows, widget.RowTop(12, widget.NewIcon(icon, 24, theme.Accent), widget.Grow(widget.Column(2, widget.NewText(label, theme.Secondary), widget.NewText(value, theme.Body).Bold()))))
	}
	v := p.m.rules().Verification
	if v.EMail != mutual.ChannelNone && p.m.email() != "" {
		add(theme.IconEnvelopeSimple, words.T("firstrun.announce.email"), p.m.email())
	}
	if v.Mobile != mutual.ChannelNone && p.m.mobile() != "" {
		add(theme.IconDeviceMobile, words.T("firstrun.announce.mobile"), p.m.rules().ShowMobile(p.m.mobile()))
	}
	parts := []fyne.CanvasObject{widget.NewText(words.T("firstrun.announce.text"), theme.Body), widget.Card(widget.Column(16, rows...))}
	if text := p.m.rules().Messages.WhyContacts; text != "" {
		parts = append(parts, widget.NewText(text, theme.Secondary)) // CTV-10
	}
	return parts
}

// codesScreen takes the codes, each in a field of its own (CTV-07), or only the one of the mobile (CTV-02, CTV-11).
func (p *Page) codesScreen() []fyne.CanvasObject {
	e := p.m.enrolment
	parts := p.progress()
	for _, c := range e.Channels {
		if c == channelEMail {
			code := p.entry(fieldCodeEMail, words.T("firstrun.field.code-email")).Mono()
			code.SetHint(words.T("firstrun.codes.email", "To", e.EMail))
			parts = append(parts, code)
		}
		if c == channelMobile {
			code := p.entry(fieldCodeMobile, words.T("firstrun.field.code-mobile")).Mono()
			code.SetHint(words.T("firstrun.codes.mobile", "To", p.m.rules().ShowMobile(e.Mobile)))
			parts = append(parts, code)
		}
	}
	parts = append(parts, widget.NewText(p.lastCode(), theme.Body))
	if slices.Contains(e.Channels, channelEMail) {
		parts = append(parts, widget.NewText(words.T("firstrun.spam"), theme.Secondary))
	}
	if text := p.m.rules().Messages.Completed; text != "" {
		parts = append(parts, widget.NewText(text, theme.Secondary)) // CTV-03, MSG-05
	}
	return append(parts, p.resendButton(), widget.Flow(24, p.helpButton()))
}

// lastCode is the sentence that only the last code counts (MSG-11).
func (p *Page) lastCode() string {
	if text := p.m.rules().Messages.LastCode; text != "" {
		return text
	}
	return words.T("firstrun.lastcode")
}

func (p *Page) resendButton() fyne.CanvasObject {
	p.resend = secret.NewResend(p.config.Clock, p.m.enrolment.ResendAt, p.again)
	p.resend.Start()
	return p.resend.Object()
}

// linkScreen waits for the link in the e-mail (CTV-01).
func (p *Page) linkScreen() []fyne.CanvasObject {
	said := widget.Card(widget.RowTop(16, widget.NewIcon(theme.IconEnvelopeSimple, 28, theme.Accent), widget.Grow(widget.Column(6,
		widget.NewText(words.T("firstrun.link.sent", "To", p.m.enrolment.EMail), theme.Body).Bold(), widget.NewText(words.T("firstrun.link.text"), theme.Body),
		widget.NewText(words.T("firstrun.spam"), theme.Secondary)))))
	parts := append(p.progress(), said)
	if p.linkTried {
		parts = append(parts, widget.Banner(theme.IconClock, "", words.T("firstrun.link.not-yet"), widget.ToneCareful))
	}
	return append(parts, p.resendButton(), widget.Flow(24, p.helpButton()))
}

// progress is how far the account is, and what comes next (REG-12, REG-14). Only a registration with a link has so many
// steps that a list helps.
func (p *Page) progress() []fyne.CanvasObject {
	m := p.m
	if m.rules().Verification.EMail != mutual.ChannelLink {
		return nil
	}
	e := m.enrolment
	emailDone := e.Step != account.StepLink
	mobileDone := e.Step == account.StepDone
	step := func(name string, done, now bool) fyne.CanvasObject {
		icon := widget.NewIcon(theme.IconCircle, 20, theme.Ink2)
		text := widget.NewText(words.T("firstrun.progress."+name), theme.Body)
		switch {
		case done:
			icon = widget.NewIcon(theme.IconCheckCircle, 20, theme.Good).Filled()
		case now:
			icon = widget.NewIcon(theme.IconClock, 20, theme.Accent).Filled()
			text.Bold()
		default:
			text.Color(theme.Ink2)
		}
		return widget.RowTop(10, icon, widget.Grow(text))
	}
	return []fyne.CanvasObject{widget.Well(widget.Column(6, step("registered", true, false), step("email", emailDone, !emailDone),
		step("mobile", mobileDone, emailDone && !mobileDone), step("active", false, false)))}
}

// verifiedScreen says that the verification was done correctly; the button leads to the services (CTV-09).
func (p *Page) verifiedScreen() []fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.Banner(theme.IconCheckCircle, words.T("firstrun.verified"), words.T("firstrun.verified.text", "Area", p.m.rules().Area), widget.ToneGood)}
	if user := p.m.enrolment.User; user != "" {
		parts = append(parts, widget.Card(widget.Column(2, widget.NewText(words.T("firstrun.verified.user"), theme.Secondary), widget.NewText(user, theme.Body).Mono())))
	}
	if p.m.rules().Verification.MobileAtSignIn {
		parts = append(parts, widget.NewText(words.T("firstrun.verified.mobile"), theme.Secondary)) // CTV-02
	}
	return append(parts, p.progress()...)
}
