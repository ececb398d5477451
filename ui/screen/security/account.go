package security

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/screen/secret"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// passwordCard is the password and when it was changed last.
func (p *Page) passwordCard() fyne.CanvasObject {
	said := words.T("security.password.never")
	if at := p.standing.PasswordChanged; !at.IsZero() {
		said = words.T("security.password.changed", "Day", words.Date(civil.Of(at)))
	}
	return part.Section(words.T("security.password"), nil, widget.NewText(said, theme.Secondary),
		widget.Flow(12, p.needs(widget.NewButton(words.T("security.password.change"), widget.Secondary, p.changePassword).WithIcon(theme.IconLockKey))))
}

// changePassword asks for the current password, the new one and its confirmation (SES-03). The mutual changes it first; it
// goes on to the end even when the sheet is closed meanwhile, so that mutual and vault agree.
func (p *Page) changePassword() {
	fresh := secret.NewChoice(p.config.Rules().Password, "", "")
	others := widget.NewCheck(words.T("security.password.others"))
	part.Password(p.Canvas(), p.config.Runner, part.Ask{Title: words.T("security.password.change"), Text: words.T("security.password.text"),
		Verb: words.T("security.password.do"), Kind: widget.Primary, Extra: widget.Column(14, widget.NewText(p.config.Rules().Password.Text, theme.Secondary), fresh.Object(), others), Check: fresh.Check,
		Label: words.T("security.password.current")}, func(current string) part.Work[struct{}] {
		next, endOthers := fresh.Password(), others.Checked()
		return part.Done(func(ctx context.Context) error {
			return p.config.Desk.ChangePassword(context.WithoutCancel(ctx), current, next, endOthers)
		})
	}, func(struct{}) {
		p.Toast(words.T("security.password.done"))
		p.readSessions()
		p.Refresh()
	})
}

// sessionsCard lists the computers that are signed in (SES-02).
func (p *Page) sessionsCard() fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(words.T("security.sessions.text"), theme.Secondary)}
	switch {
	case !p.sessionsKnown && !p.online:
		parts = append(parts, part.Offline(words.T("security.sessions.offline")))
	case p.sessionsErr != nil:
		parts = append(parts, widget.Banner(theme.IconWarning, "", errtext.Of(p.sessionsErr), widget.ToneCareful,
			widget.NewButton(words.T("security.again"), widget.Secondary, p.readSessions)))
	}
	for i, s := range p.sessions {
		if i > 0 {
			parts = append(parts, widget.Rule())
		}
		parts = append(parts, p.sessionRow(s))
	}
	return part.Section(words.T("security.sessions"), nil, parts...)
}

func (p *Page) sessionRow(s account.Session) fyne.CanvasObject {
	since := words.T("security.sessions.since", "Day", words.Date(civil.Of(s.Since)), "Seen", words.LongMoment(s.LastSeen))
	said := widget.Column(2, widget.NewText(s.Name, theme.Body).Bold(), widget.NewText(since, theme.Caption))
	if s.Here {
		badge := widget.NewBadge(theme.IconDesktop, words.T("security.sessions.here"), widget.ToneGood)
		return widget.NewColumns(12, widget.Col{Object: said}, widget.Col{Object: widget.Row(0, badge), Natural: true, FoldBelow: 460})
	}
	end := p.needs(widget.NewButton(words.T("security.sessions.end"), widget.Secondary, func() { p.endSession(s) }).Compact())
	return widget.NewColumns(12, widget.Col{Object: said}, widget.Col{Object: widget.Row(0, end), Natural: true, FoldBelow: 460})
}

// endSession signs a computer out, and destroys the key of its vault where the member asks for that.
func (p *Page) endSession(s account.Session) {
	destroy := widget.NewCheck(words.T("security.sessions.destroy"))
	extra := widget.Column(6, destroy, widget.NewText(words.T("security.sessions.destroy.text"), theme.Secondary))
	part.Password(p.Canvas(), p.config.Runner, part.Ask{Title: words.T("security.sessions.end.title", "Name", s.Name), Text: words.T("security.sessions.end.text"),
		Verb: words.T("security.sessions.end"), Kind: widget.Danger, Extra: extra}, func(password string) part.Work[struct{}] {
		andKey := destroy.Checked()
		return part.Done(func(ctx context.Context) error { return p.config.Desk.Portal.EndSession(ctx, s.ID, password, andKey) })
	}, func(struct{}) {
		p.Toast(words.T("security.sessions.ended", "Name", s.Name))
		p.readSessions()
	})
}

// hereCard is what concerns this computer alone: it needs no network.
func (p *Page) hereCard() fyne.CanvasObject {
	reset := widget.Outcome(widget.ToneCareful, words.T("security.reset.not"), "")
	if p.config.Desk.Vault.ShareKept() {
		reset = widget.Outcome(widget.ToneGood, words.T("security.reset"), "")
	}
	parts := []fyne.CanvasObject{reset, widget.Rule(), widget.NewText(words.T("security.recovery.text"), theme.Body),
		widget.Flow(12, widget.NewButton(words.T("security.recovery.new"), widget.Secondary, p.newRecoveryCode).WithIcon(theme.IconKey))}
	if p.config.CanRemember != nil && p.config.CanRemember() {
		parts = append(parts, widget.Rule(), p.remember())
	}
	if p.config.Idle != nil {
		parts = append(parts, widget.Rule(), widget.NewText(words.N("security.idle", p.config.Idle()), theme.Body),
			widget.Flow(0, widget.NewButton(words.T("security.idle.change"), widget.Tertiary, p.config.Appearance).WithIcon(theme.IconTextAa)))
	}
	return part.Section(words.T("security.here"), nil, parts...)
}

// remember is *Ricordami su questo computer*: off unless the member turns it on.
func (p *Page) remember() fyne.CanvasObject {
	box := widget.NewCheck(words.T("security.remember"))
	box.SetChecked(p.config.Remembered())
	box.OnChanged = func(on bool) {
		runner.Go(p.config.Runner, "remember", part.Done(func(ctx context.Context) error { return p.config.Remember(ctx, on) }),
			func(_ struct{}, err error) {
				if err != nil {
					p.fails(err)
				}
				p.fill()
			})
	}
	return widget.Column(4, box, widget.NewText(words.T("security.remember.text"), theme.Secondary))
}

// newRecoveryCode makes a new printed code; the one before stops opening the vault.
func (p *Page) newRecoveryCode() {
	widget.Confirm(p.Canvas(), words.T("security.recovery.new"), words.T("security.recovery.confirm"), words.T("security.recovery.make"),
		words.T("part.cancel"), widget.Primary, func() {
			runner.Go(p.config.Runner, "recovery", p.config.Desk.Vault.NewRecoveryCode, func(code string, err error) {
				if err != nil {
					p.fails(err)
					return
				}
				p.Tell(words.T("security.recovery"), widget.Column(14, widget.NewText(words.T("security.recovery.once"), theme.Body),
					p.config.RecoveryPaper.Codes(p.Canvas, []string{code})))
			})
		})
}
