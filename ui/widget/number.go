package widget

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

// NewNumber shows a number or code that people need elsewhere (IBAN, codice fiscale, number of a pratica), with a
// button that copies it. plain is what is copied; shown is how it stands, as in groups of four.
func NewNumber(label, shown, plain string) *fyne.Container {
	return newNumber(label, plain, NewText(shown, theme.Body))
}

// NewCode is NewNumber in the font for codes.
func NewCode(label, shown, plain string) *fyne.Container {
	return newNumber(label, plain, NewText(shown, theme.Body).Mono())
}

func newNumber(label, plain string, text *Text) *fyne.Container {
	var copied *IconButton
	copied = NewIconButton(theme.IconCopy, words.T("kit.copy", "What", label), func() {
		fyne.CurrentApp().Clipboard().SetContent(plain)
		copied.SetIcon(theme.IconCheck, words.T("kit.copied", "What", label))
	})
	return Row(4, text.OneLine(), copied)
}

// Pair is a line of a list of facts: what it is at the left, the value at the right.
func Pair(label string, value fyne.CanvasObject) *fyne.Container {
	return Row(16, Grow(NewText(label, theme.Body).Color(theme.Ink2)), value)
}

// Fact is a small heading over a value, for the grey strip of a detail.
func Fact(label, value string) *fyne.Container {
	return Column(2, NewText(label, theme.Caption), NewText(value, theme.Body).Bold())
}
