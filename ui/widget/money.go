package widget

import (
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/ui/errtext"
)

// MoneyEntry is a field for an amount in euro, typed as people do ("36,15", "36.15", "1.234,50 €") and written anew in
// one way when it is left.
type MoneyEntry struct {
	Entry
	// OnAmount is called at every change: the amount and "" when the text is an amount or empty (then 0), else 0 and
	// the text as it stands.
	OnAmount func(amount money.Cents, unreadable string)
}

// NewMoneyEntry returns an empty field with € at the right.
func NewMoneyEntry(label string) *MoneyEntry {
	m := &MoneyEntry{}
	m.setUp(m, label, newLine(false))
	m.SetSuffix("€")
	m.line.OnChanged = m.changed
	leave := m.line.focusChanged
	m.line.focusChanged = func(focused bool) {
		if !focused {
			m.Check()
		}
		leave(focused)
	}
	return m
}

func (m *MoneyEntry) changed(text string) {
	if m.OnChanged != nil {
		m.OnChanged(text)
	}
	if m.OnAmount == nil {
		return
	}
	amount, err := m.Amount()
	if err != nil {
		m.OnAmount(0, text)
		return
	}
	m.OnAmount(amount, "")
}

// Amount reads the text: 0 when empty, an error of package money when it is no amount.
func (m *MoneyEntry) Amount() (money.Cents, error) {
	if m.line.Text == "" {
		return 0, nil
	}
	return money.Parse(m.line.Text)
}

// SetAmount writes an amount; 0 empties the field.
func (m *MoneyEntry) SetAmount(amount money.Cents) {
	if amount == 0 {
		m.SetText("")
		return
	}
	m.SetText(amount.String())
}

// Check shows at the field what is wrong with the text, and reports whether it is an amount or empty. Leaving the field
// calls it.
func (m *MoneyEntry) Check() bool {
	amount, err := m.Amount()
	if err != nil {
		m.SetError(errtext.Of(err))
		return false
	}
	m.SetError("")
	if m.line.Text != "" && m.line.Text != amount.String() {
		m.SetText(amount.String())
	}
	return true
}
