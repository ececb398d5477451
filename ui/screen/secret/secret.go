// Package secret is the parts with which something secret is typed, alike at the first run, at the locked door and after it:
// a password that is there already, with what may be wrong with it (LOG-04, LOG-05), a new one under the mutual's rule
// (LOG-07, LOG-11), the second factor (TFA-07, TFA-08), and a code that was sent, with its countdown (CTV-08, LOG-10).
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

// Hint is what may be wrong with a password without knowing it.
type Hint string

// The hints.
const (
	NoHint    Hint = ""
	HintSpace Hint = "space" // it begins or ends with a space
	HintCaps  Hint = "caps"  // every letter is a capital one: the toolkit can't be asked for Caps Lock
)

// leastCaps is how many capital letters in a row, with no small one, look like Caps Lock.
const leastCaps = 4

// HintFor tells what may be wrong with what was typed.
func HintFor(password string) Hint {
	if strings.TrimSpace(password) != password {
		return HintSpace
	}
	upper := 0
	for _, r := range password {
		if unicode.IsLower(r) {
			return NoHint
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	if upper >= leastCaps {
		return HintCaps
	}
	return NoHint
}

// Password is a field for a password that exists. Below it stands what may be wrong, and the offer to take spaces away that
// came with copy and paste (LOG-05); nothing is changed unasked.
type Password struct {
	*widget.Entry
	// OnTyped is called with the text after every change; nil = nobody.
	OnTyped func(text string)

	trim *widget.Button // nil until there are spaces to take away
	body *fyne.Container
}

// NewPassword returns an empty field.
func NewPassword(label string) *Password {
	p := &Password{Entry: widget.NewPasswordEntry(label)}
	p.body = widget.Column(0, p.Entry)
	p.OnChanged = p.changed
	return p
}

// Object is what is seen.
func (p *Password) Object() fyne.CanvasObject { return p.body }

func (p *Password) changed(text string) {
	p.SetError("")
	hint := HintFor(text)
	if hint == NoHint {
		p.SetHint("")
	} else {
		p.SetHint(words.T("secret.hint." + string(hint)))
	}
	p.offerTrim(hint == HintSpace)
	p.body.Refresh()
	if p.OnTyped != nil {
		p.OnTyped(text)
	}
}

func (p *Password) offerTrim(offer bool) {
	if p.trim == nil && offer {
		p.trim = widget.NewButton(words.T("secret.trim"), widget.Tertiary, p.trimmed).WithIcon(theme.IconArrowUUpLeft)
		p.body.Add(p.trim)
	}
	if p.trim != nil {
		widget.Show(p.trim, offer)
	}
}

func (p *Password) trimmed() {
	p.SetText(strings.TrimSpace(p.Text()))
	p.Focus()
}

// UserLabel is what the mutual calls its user name, as a label: "Matricola o codice utente" (FAC-02, FAC-03, LOG-03).
func UserLabel(rules mutual.Profile) string {
	label := rules.Entry.Labels.Single
	if other := rules.Entry.Labels.Collective; other != "" {
		label = words.T("secret.user.either", "One", label, "Other", other)
	}
	if label == "" {
		return words.T("secret.user")
	}
	first := []rune(label)
	return string(unicode.ToUpper(first[0])) + string(first[1:])
}
