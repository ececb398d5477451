package part

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

// Ask is a sheet that asks for the account's password before something is done.
type Ask struct {
	Title, Text, Verb string
	Kind              widget.Kind
	Label             string            // of the field; "" = Password
	Extra             fyne.CanvasObject // below the field; nil = nothing
	Check             func() bool       // of Extra, before anything is done; nil = always right
}

// wrongPassword says what went wrong where only the password was typed.
func wrongPassword(err error) string {
	if fault.CodeOf(err) == account.CodeWrong {
		return words.T("part.password.wrong")
	}
	return errtext.Of(err)
}

// Work is done beside the window.
type Work[T any] = func(ctx context.Context) (T, error)

// With makes the begin of something that needs nothing but the password.
func With[T any](do func(ctx context.Context, password string) (T, error)) func(password string) Work[T] {
	return func(password string) Work[T] {
		return func(ctx context.Context) (T, error) { return do(ctx, password) }
	}
}

// Done makes Work of something that returns only an error.
func Done(do func(ctx context.Context) error) Work[struct{}] {
	return func(ctx context.Context) (struct{}, error) { return struct{}{}, do(ctx) }
}

// Password opens the sheet. begin reads what was typed and returns what is done with it beside the window; what is wrong
// stands at the field and the sheet stays open, so that nothing is half done. done is called after the sheet closed. begin
// and done are called on the window's goroutine.
func Password[T any](on fyne.Canvas, r *runner.Runner, a Ask, begin func(password string) Work[T], done func(T)) {
	if on == nil {
		return
	}
	label := a.Label
	if label == "" {
		label = words.T("part.password")
	}
	entry := secret.NewPassword(label)
	body := widget.Column(14, widget.NewText(a.Text, theme.Body), entry.Object())
	if a.Extra != nil {
		body.Objects = append(body.Objects, a.Extra)
	}
	var sheet *widget.Sheet
	var verb *widget.Button
	say := func(text string) {
		entry.SetError(text)
		sheet.Refresh()
	}
	do := func() {
		switch {
		case r.Busy("ask"):
			return
		case entry.Text() == "":
			say(words.T("part.password.missing"))
			entry.Focus()
			return
		case a.Check != nil && !a.Check():
			sheet.Refresh()
			return
		}
		say("")
		verb.Disable()
		runner.Go(r, "ask", begin(entry.Text()), func(result T, err error) {
			verb.Enable()
			if err != nil {
				say(wrongPassword(err))
				entry.Focus()
				return
			}
			sheet.Close()
			done(result)
		})
	}
	verb = widget.NewButton(a.Verb, a.Kind, do)
	keep := widget.NewButton(words.T("part.cancel"), widget.Secondary, func() { sheet.Close() })
	sheet = widget.NewSheet(a.Title, body, keep, verb).First(entry.Focusable()).OnEnter(do).OnClose(func() { r.Cancel("ask") })
	sheet.ShowOn(on)
}
