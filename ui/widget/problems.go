package widget

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

// ProblemLine is one line of the summary: what is missing, and the jump to its field.
type ProblemLine struct {
	Text string
	Jump func()
}

// Problems is the summary at the top of a form after *Continua*: how many things are missing, each line leading to its
// field. It is hidden while there are none.
type Problems struct {
	composite
	box   *fyne.Container
	lines []*Button
}

// NewProblems returns an empty, hidden summary.
func NewProblems() *Problems {
	p := &Problems{box: Column(0)}
	p.compose(p, p.box)
	p.Hide()
	return p
}

// Set shows the lines, or hides the summary when there are none.
func (p *Problems) Set(lines []ProblemLine) {
	p.lines = nil
	p.box.RemoveAll()
	if len(lines) == 0 {
		p.Hide()
		return
	}
	head := Row(10, NewIcon(theme.IconWarningCircle, 22, theme.Bad).Filled(), Grow(NewText(words.N("kit.problems", len(lines)), theme.Body).Bold()))
	links := Column(2)
	for _, line := range lines {
		link := NewButton(line.Text, Tertiary, line.Jump).IconAfter(theme.IconCaretRight).Wrapped()
		p.lines = append(p.lines, link)
		links.Add(link)
	}
	p.box.Add(Stack(NewPanel(theme.BadVeil, theme.Bad, theme.CardRadius), PadXY(20, 14, Column(8, head, links))))
	p.Show()
	p.Refresh()
}

// Focus puts the keyboard on the first line.
func (p *Problems) Focus() {
	if len(p.lines) > 0 {
		focus(p.lines[0])
	}
}
