package secret

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// parts are the parts of a rule in the order in which its sentence names them.
var parts = []mutual.Broken{mutual.BrokenLeast, mutual.BrokenDigit, mutual.BrokenUpper, mutual.BrokenLower}

// Choice is two fields for a password that is chosen, the second to catch typing errors (LOG-11). The parts of the mutual's
// rule stand below the first and are ticked while it is typed (LOG-07).
type Choice struct {
	// OnChanged is called with both texts after every change; nil = nobody.
	OnChanged func(password, again string)

	rule  mutual.PasswordRule
	first *widget.Entry
	again *widget.Entry
	lines *fyne.Container
	body  *fyne.Container
}

// NewChoice returns the two fields with what they hold already.
func NewChoice(rule mutual.PasswordRule, password, again string) *Choice {
	c := &Choice{rule: rule, first: widget.NewPasswordEntry(words.T("secret.new")), again: widget.NewPasswordEntry(words.T("secret.again")), lines: widget.Column(4)}
	c.first.SetText(password)
	c.again.SetText(again)
	c.first.OnChanged, c.again.OnChanged = c.changed, c.changed
	c.body = widget.Column(12, c.first, c.lines, c.again)
	c.tick()
	return c
}

// Object is what is seen.
func (c *Choice) Object() fyne.CanvasObject { return c.body }

// Password returns what stands in the first field.
func (c *Choice) Password() string { return c.first.Text() }

// First is the first field.
func (c *Choice) First() *widget.Entry { return c.first }

// OnSubmitted is called at Enter in the second field.
func (c *Choice) OnSubmitted(f func()) { c.again.OnSubmitted = func(string) { f() } }

func (c *Choice) changed(string) {
	c.first.SetError("")
	c.again.SetError("")
	c.tick()
	if c.OnChanged != nil {
		c.OnChanged(c.first.Text(), c.again.Text())
	}
}

// tick shows which parts of the rule are kept. Their number never changes, so that nothing moves while somebody types.
func (c *Choice) tick() {
	broken := c.rule.Check(c.first.Text())
	c.lines.RemoveAll()
	for _, part := range parts {
		if !c.asks(part) {
			continue
		}
		icon := widget.NewIcon(theme.IconCheckCircle, 18, theme.Good).Filled()
		ink := theme.Ink
		if slices.Contains(broken, part) {
			icon, ink = widget.NewIcon(theme.IconCircle, 18, theme.Ink2), theme.Ink2
		}
		line := widget.NewText(words.N("secret.rule."+string(part), c.rule.Least), theme.Secondary).Color(ink)
		c.lines.Add(widget.RowTop(8, icon, widget.Grow(line)))
	}
}

func (c *Choice) asks(part mutual.Broken) bool {
	return part == mutual.BrokenLeast || part == mutual.BrokenDigit && c.rule.Digit || part == mutual.BrokenUpper && c.rule.Upper ||
		part == mutual.BrokenLower && c.rule.Lower
}

// Wrong is what is wrong with a pair of texts under a rule, in words: at the first field, at the second, or nothing.
func Wrong(rule mutual.PasswordRule, password, again string) (first, second string) {
	switch {
	case password == "":
		return words.T("secret.new.missing"), ""
	case len(rule.Check(password)) > 0:
		return rule.Text, ""
	case mutual.CommonPassword(password):
		return words.T("secret.new.common"), ""
	case again != password:
		return "", words.T("secret.again.differs")
	}
	return "", ""
}

// Check says at the fields what is wrong, puts the keyboard there, and reports whether nothing is.
func (c *Choice) Check() bool {
	first, second := Wrong(c.rule, c.first.Text(), c.again.Text())
	c.first.SetError(first)
	c.again.SetError(second)
	c.body.Refresh()
	switch {
	case first != "":
		c.first.Focus()
	case second != "":
		c.again.Focus()
	}
	return first+second == ""
}

// Again is the second field.
func (c *Choice) Again() *widget.Entry { return c.again }
