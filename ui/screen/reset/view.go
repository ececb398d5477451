package reset

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/screen/secret"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// view is what stands on the screen.
type view struct {
	reset  *Reset
	body   *fyne.Container
	first  func() // puts the keyboard where it belongs
	send   *widget.Button
	say    *widget.Text
	user   *widget.Entry
	code   *widget.Entry
	choice *secret.Choice
	factor *secret.Factor
	resend *secret.Resend
}

func newView(r *Reset) *view {
	v := &view{reset: r, say: widget.NewText("", theme.Secondary)}
	v.say.Hide()
	parts := []fyne.CanvasObject{widget.NewText(words.T("reset.title"), theme.H2)}
	switch r.stage {
	case asking:
		parts = append(parts, v.asking()...)
	case proving:
		parts = append(parts, v.proving()...)
	case apart:
		parts = append(parts, v.apart()...)
	default:
		parts = append(parts, v.done()...)
	}
	if r.stage != done && r.config.Instead != nil {
		parts = append(parts, r.config.Instead())
	}
	v.body = widget.Column(16, parts...)
	return v
}

// complaint says on top what went wrong, unless it belongs to a field.
func (v *view) complaint(atField bool) []fyne.CanvasObject {
	if v.reset.fault == nil || atField {
		return nil
	}
	return []fyne.CanvasObject{widget.Banner(theme.IconWarningCircle, "", errtext.Of(v.reset.fault), widget.ToneBad)}
}

// asking is the first screen: the user name (LOG-09).
func (v *view) asking() []fyne.CanvasObject {
	r := v.reset
	v.user = widget.NewEntry(secret.UserLabel(r.config.Rules))
	v.user.SetText(r.user)
	v.user.OnChanged = func(text string) {
		r.user = text
		v.user.SetError("")
	}
	v.user.OnSubmitted = func(string) { r.start() }
	v.first = v.user.Focus
	_, wrong := r.config.Rules.UserName(r.user)
	atField := r.fault != nil && wrong != nil
	if atField {
		v.user.SetError(errtext.Of(r.fault))
	}
	v.send = widget.NewButton(words.T("reset.go"), widget.Primary, r.start)
	parts := append(v.complaint(atField), widget.NewText(words.T("reset.text"), theme.Body), v.user)
	return append(parts, v.foot())
}

// proving is the second screen: the code and the new password, twice (LOG-10, LOG-11).
func (v *view) proving() []fyne.CanvasObject {
	r := v.reset
	v.code = widget.NewEntry(words.T("reset.code")).Mono()
	v.code.SetText(r.code)
	v.code.OnChanged = func(text string) {
		r.code = text
		v.code.SetError("")
	}
	v.choice = secret.NewChoice(r.config.Rules.Password, r.password, r.again)
	v.choice.OnChanged = func(password, again string) { r.password, r.again = password, again }
	v.choice.OnSubmitted(r.finish)
	v.resend = secret.NewResend(r.config.Clock, r.ticket.ResendAt, r.resend)
	v.resend.Start()
	v.first = v.code.Focus
	parts := append(v.complaint(v.atField()), widget.NewText(words.T("reset.sent"), theme.Body), widget.NewText(v.last(), theme.Secondary),
		v.code, v.resend.Object())
	if r.factor {
		v.factor = secret.NewFactor(r.config.Rules, r.finish)
		v.first = v.factor.Field().Focus
		if fault.CodeOf(r.fault) == account.CodeFactorWrong {
			v.factor.Field().SetError(errtext.Of(r.fault))
		}
		parts = append(parts, widget.NewText(words.T("reset.factor"), theme.Body).Bold(), v.factor.Object())
	}
	v.send = widget.NewButton(words.T("reset.go"), widget.Primary, r.finish)
	return append(parts, v.choice.Object(), v.foot())
}

// atField puts what is wrong with the code or the password at its field, and reports whether it did.
func (v *view) atField() bool {
	switch fault.CodeOf(v.reset.fault) {
	case account.CodeCodeWrong, account.CodeCodeOver:
		v.code.SetError(errtext.Of(v.reset.fault))
	case account.CodePasswordRule:
		v.choice.First().SetError(v.reset.config.Rules.Password.Text)
		v.first = v.choice.First().Focus
	case account.CodeFactorWrong:
	default:
		return false
	}
	return true
}

// last is the mutual's sentence that only the last code counts (MSG-11), or our own.
func (v *view) last() string {
	if text := v.reset.config.Rules.Messages.LastCode; text != "" {
		return text
	}
	return words.T("reset.last")
}

// done says that it is complete (LOG-12).
func (v *view) done() []fyne.CanvasObject {
	r := v.reset
	enter := widget.NewButton(words.T("reset.enter"), widget.Primary, func() {
		user, password := r.user, r.password
		r.Leave()
		r.config.Done(user, password)
	})
	v.first = func() {
		if c := fyne.CurrentApp().Driver().CanvasForObject(enter); c != nil {
			c.Focus(enter)
		}
	}
	return []fyne.CanvasObject{widget.Banner(theme.IconCheckCircle, words.T("reset.done"), words.T("reset.done.text"), widget.ToneGood), widget.Flow(16, enter)}
}

// apart says that this computer still opens with the password before.
func (v *view) apart() []fyne.CanvasObject {
	back := widget.NewButton(words.T("reset.apart.back"), widget.Primary, v.reset.config.Back)
	v.first = func() {}
	return []fyne.CanvasObject{widget.Banner(theme.IconWarning, "", errtext.Of(v.reset.fault), widget.ToneCareful), widget.Flow(16, back)}
}

func (v *view) foot() fyne.CanvasObject {
	back := widget.NewButton(words.T("reset.back"), widget.Tertiary, v.reset.Back).WithIcon(theme.IconCaretLeft)
	return widget.Column(8, v.say, widget.Flow(24, v.send, back))
}

// busy lets the button rest while the mutual is asked.
func (v *view) busy(on bool) {
	if v.send == nil {
		return
	}
	if on {
		v.send.Disable()
		v.say.SetText(words.T("reset.busy"))
	}
	widget.Show(v.say, on)
	v.reset.config.Changed()
}

// proof collects what was typed, and says at the fields what is missing.
func (v *view) proof() (account.ResetProof, bool) {
	r := v.reset
	p := account.ResetProof{Ticket: r.ticket.Ticket, Code: secret.Digits(strings.TrimSpace(r.code)), Password: r.password}
	if p.Code == "" {
		v.code.SetError(words.T("reset.code.missing"))
		v.code.Focus()
		return p, false
	}
	if v.factor != nil {
		if !v.factor.Check() {
			return p, false
		}
		p.Factor, p.Recovery = v.factor.Values()
	}
	return p, v.choice.Check()
}
