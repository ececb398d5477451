package part

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// NewPassword is the two fields of a new password, with the mutual's rule below them: each part of it is ticked as it is
// typed (LOG-07, SES-03).
type NewPassword struct {
	rule  mutual.PasswordRule
	first *widget.Entry
	again *widget.Entry
	parts *fyne.Container
	body  *fyne.Container
	// Changed is called when the room that the fields need may have changed; nil = nobody.
	Changed func()
}

// AskNewPassword returns empty fields under a rule.
func AskNewPassword(rule mutual.PasswordRule) *NewPassword {
	n := &NewPassword{rule: rule, first: widget.NewPasswordEntry(words.T("part.password.new")),
		again: widget.NewPasswordEntry(words.T("part.password.again")), parts: widget.Column(4)}
	n.first.OnChanged = func(string) {
		n.first.SetError("")
		n.tick()
	}
	n.again.OnChanged = func(string) { n.again.SetError("") }
	parts := []fyne.CanvasObject{n.first, n.parts, n.again}
	if rule.Text != "" {
		parts = []fyne.CanvasObject{n.first, widget.NewText(rule.Text, theme.Caption), n.parts, n.again}
	}
	n.body = widget.Column(12, parts...)
	n.tick()
	return n
}

// Object is what is seen.
func (n *NewPassword) Object() fyne.CanvasObject { return n.body }

// Text is the new password.
func (n *NewPassword) Text() string { return n.first.Text() }

// Check says at the fields what is wrong, and reports whether nothing is.
func (n *NewPassword) Check() bool {
	switch {
	case len(n.rule.Check(n.first.Text())) > 0:
		n.first.SetError(words.T("part.password.rule"))
	case n.first.Text() != n.again.Text():
		n.again.SetError(words.T("part.password.differs"))
	default:
		return true
	}
	n.changed()
	return false
}

func (n *NewPassword) tick() {
	broken := map[mutual.Broken]bool{}
	for _, b := range n.rule.Check(n.first.Text()) {
		broken[b] = true
	}
	n.parts.Objects = nil
	for _, p := range []struct {
		part  mutual.Broken
		asked bool
	}{{mutual.BrokenLeast, n.rule.Least > 0}, {mutual.BrokenDigit, n.rule.Digit}, {mutual.BrokenUpper, n.rule.Upper}, {mutual.BrokenLower, n.rule.Lower}} {
		if p.asked {
			n.parts.Objects = append(n.parts.Objects, n.line(p.part, !broken[p.part]))
		}
	}
	n.parts.Refresh()
	n.changed()
}

func (n *NewPassword) line(part mutual.Broken, kept bool) fyne.CanvasObject {
	icon := widget.NewIcon(theme.IconCircle, 18, theme.Ink2)
	if kept {
		icon = widget.NewIcon(theme.IconCheckCircle, 18, theme.Good).Filled()
	}
	return widget.Row(8, icon, widget.Grow(widget.NewText(words.T("part.password.rule."+string(part), "N", n.rule.Least), theme.Secondary)))
}

func (n *NewPassword) changed() {
	if n.Changed != nil {
		n.Changed()
	}
}

// Ready offers the caller the field that has the keyboard first.
func (n *NewPassword) Ready() fyne.Focusable { return n.first.Focusable() }
