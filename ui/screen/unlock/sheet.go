package unlock

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/secret"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// AskAlign asks behind the door for the account's password, which was changed elsewhere, and makes it the vault's own once the
// mutual confirmed it. *Più tardi* leaves the old one.
func AskAlign(on fyne.Canvas, a Access, r *runner.Runner) *widget.Sheet {
	password := secret.NewPassword(words.T("unlock.password.newer"))
	var factor *secret.Factor
	body := widget.Column(14, widget.NewText(words.T("unlock.align.text"), theme.Body), password.Object())
	var sheet *widget.Sheet
	var confirm *widget.Button
	do := func() {
		c := account.Credentials{User: a.Desk.Vault.User(), Password: password.Text()}
		if c.Password == "" {
			password.SetError(words.T("unlock.empty"))
			sheet.Refresh()
			return
		}
		if factor != nil {
			if !factor.Check() {
				return
			}
			c.Factor, c.Recovery = factor.Values()
		}
		confirm.Disable()
		runner.Go(r, "align", func(ctx context.Context) (Entered, error) {
			if err := a.Desk.Align(ctx, c); err != nil {
				return Entered{}, err
			}
			return Entered{Memory: a.follow(ctx, c.Password)}, nil
		}, func(e Entered, err error) {
			confirm.Enable()
			switch {
			case err == nil:
				sheet.Close()
				widget.ShowToast(on, afterwards("unlock.align.done", e.Memory), nil)
				return
			case fault.CodeOf(err) == account.CodeFactor && factor == nil:
				factor = secret.NewFactor(a.Rules(), func() { confirm.Tapped(nil) })
				body.Add(factor.Object())
				factor.Field().Focus()
			case fault.CodeOf(err) == account.CodeFactorWrong && factor != nil:
				factor.Field().SetError(errtext.Of(err))
			default:
				password.SetError(errtext.Of(err))
			}
			sheet.Refresh()
		})
	}
	later := widget.NewButton(words.T("unlock.later"), widget.Secondary, func() { sheet.Close() })
	confirm = widget.NewButton(words.T("unlock.align.do"), widget.Primary, do)
	password.OnSubmitted = func(string) { do() }
	password.OnTyped = func(string) { sheet.Refresh() }
	sheet = widget.NewSheet(words.T("unlock.align"), body, later, confirm).First(password.Focusable())
	sheet.ShowOn(on)
	return sheet
}

// AskChoose offers a new password behind the door that the printed code opened. It is that of this computer; the account's is
// asked for when the network is there.
func AskChoose(on fyne.Canvas, a Access, r *runner.Runner) *widget.Sheet {
	rules := a.Rules()
	choice := secret.NewChoice(rules.Password, "", "")
	fail := widget.NewText("", theme.Secondary).Color(theme.Bad)
	fail.Hide()
	var sheet *widget.Sheet
	var save *widget.Button
	do := func() {
		if !choice.Check() {
			sheet.Refresh()
			return
		}
		password := choice.Password()
		save.Disable()
		runner.Go(r, "choose", func(ctx context.Context) (Entered, error) {
			next := []byte(password)
			defer clear(next)
			if err := a.SetHere(ctx, next); err != nil {
				return Entered{}, err
			}
			return Entered{Memory: a.follow(ctx, password)}, nil
		}, func(e Entered, err error) {
			save.Enable()
			if err == nil {
				sheet.Close()
				widget.ShowToast(on, afterwards("unlock.choose.done", e.Memory), nil)
				return
			}
			fail.SetText(errtext.Of(err))
			fail.Show()
			sheet.Refresh()
		})
	}
	later := widget.NewButton(words.T("unlock.later"), widget.Secondary, func() { sheet.Close() })
	save = widget.NewButton(words.T("unlock.choose.do"), widget.Primary, do)
	choice.OnSubmitted(do)
	choice.OnChanged = func(string, string) { sheet.Refresh() }
	body := widget.Column(14, widget.NewText(words.T("unlock.choose.text"), theme.Body), choice.Object(), fail)
	sheet = widget.NewSheet(words.T("unlock.choose"), body, later, save).First(choice.First().Focusable())
	sheet.ShowOn(on)
	return sheet
}

// afterwards is the word after a new password, with why the keyring could not keep it.
func afterwards(done string, unkept error) string {
	if unkept == nil {
		return words.T(done)
	}
	return words.T(done) + ". " + errtext.Of(unkept)
}
