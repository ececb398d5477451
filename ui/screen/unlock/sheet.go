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
	return askAccount(on, a, r, question{title: words.T("unlock.align"), text: words.T("unlock.align.text"), field: words.T("unlock.password.newer"),
		do: words.T("unlock.align.do"), done: "unlock.align.done", try: a.Desk.Align})
}

// AskAgain asks behind the door of a computer that was signed out elsewhere for the account's password, and makes it a device of
// the member once more. *Più tardi* leaves it as it is: everything can be read, nothing is sent.
func AskAgain(on fyne.Canvas, a Access, r *runner.Runner) *widget.Sheet {
	return askAccount(on, a, r, question{title: words.T("unlock.again"), text: words.T("unlock.again.text"), field: words.T("unlock.password"),
		do: words.T("unlock.again.do"), done: "unlock.again.done", try: a.SignIn})
}

// question is what is asked of a member behind the door, with the mutual to answer it.
type question struct {
	title, text, field, do string
	done                   string // key of the sentence said after it
	try                    func(context.Context, account.Credentials) error
}

// askAccount asks for the account's password, and for the second factor where the mutual wants it.
func askAccount(on fyne.Canvas, a Access, r *runner.Runner, q question) *widget.Sheet {
	password := secret.NewPassword(q.field)
	var factor *secret.Factor
	body := widget.Column(14, widget.NewText(q.text, theme.Body), password.Object())
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
		runner.Go(r, "ask", func(ctx context.Context) (struct{}, error) { return struct{}{}, q.try(ctx, c) }, func(_ struct{}, err error) {
			confirm.Enable()
			switch {
			case err == nil:
				sheet.Close()
				widget.ShowToast(on, words.T(q.done), nil)
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
	confirm = widget.NewButton(q.do, widget.Primary, do)
	password.OnSubmitted = func(string) { do() }
	password.OnTyped = func(string) { sheet.Refresh() }
	sheet = widget.NewSheet(q.title, body, later, confirm).First(password.Focusable())
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
		next := []byte(choice.Password())
		save.Disable()
		runner.Go(r, "choose", func(ctx context.Context) (struct{}, error) {
			defer clear(next)
			return struct{}{}, a.SetHere(ctx, next)
		}, func(_ struct{}, err error) {
			save.Enable()
			if err == nil {
				sheet.Close()
				widget.ShowToast(on, words.T("unlock.choose.done"), nil)
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
