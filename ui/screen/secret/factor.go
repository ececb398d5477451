package secret

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Factor asks for the code of the app (TFA-02, TFA-07) or, in its place, for one of the recovery codes (TFA-08), of which
// each works once (TFA-09).
type Factor struct {
	app, recovery *widget.Entry
	byCode        bool
	other         *widget.Button
	note          *widget.Text
	say           string
	body          *fyne.Container
}

// NewFactor returns the empty field of the app's code. submit is called at Enter.
func NewFactor(rules mutual.Profile, submit func()) *Factor {
	f := &Factor{app: widget.NewEntry(words.T("secret.factor")).Mono(), recovery: widget.NewEntry(words.T("secret.factor.recovery")).Mono(),
		note: widget.NewText("", theme.Secondary), say: rules.Messages.FactorCode}
	f.recovery.SetHint(words.T("secret.factor.once"))
	for _, e := range []*widget.Entry{f.app, f.recovery} {
		e.OnChanged = func(string) { e.SetError("") }
		e.OnSubmitted = func(string) { submit() }
	}
	f.other = widget.NewButton("", widget.Tertiary, f.turn).WithIcon(theme.IconKey)
	f.body = widget.Column(12, f.note, f.app, f.recovery, widget.Flow(0, f.other))
	f.show()
	return f
}

// Object is what is seen.
func (f *Factor) Object() fyne.CanvasObject { return f.body }

// Field is the one that is typed into.
func (f *Factor) Field() *widget.Entry {
	if f.byCode {
		return f.recovery
	}
	return f.app
}

// Values returns what was typed without spaces and dashes of the app's code; one of them is empty.
func (f *Factor) Values() (factor, recovery string) {
	if f.byCode {
		return "", strings.TrimSpace(f.recovery.Text())
	}
	return Digits(f.app.Text()), ""
}

// Check says where nothing was typed, and reports whether something was.
func (f *Factor) Check() bool {
	if factor, recovery := f.Values(); factor+recovery != "" {
		return true
	}
	f.Field().SetError(words.T("secret.factor.missing"))
	f.Field().Focus()
	return false
}

func (f *Factor) turn() {
	f.byCode = !f.byCode
	f.show()
	f.Field().Focus()
}

func (f *Factor) show() {
	widget.Show(f.app, !f.byCode)
	widget.Show(f.recovery, f.byCode)
	f.other.SetLabel(words.T("secret.factor.use-recovery"))
	f.note.SetText(f.say)
	if f.say == "" {
		f.note.SetText(words.T("secret.factor.text"))
	}
	if f.byCode {
		f.other.SetLabel(words.T("secret.factor.use-app"))
		f.note.SetText(words.T("secret.factor.recovery.text"))
	}
	f.body.Refresh()
}

// Digits takes spaces and dashes out of a code that was typed or pasted in groups.
func Digits(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' {
			return -1
		}
		return r
	}, text)
}
