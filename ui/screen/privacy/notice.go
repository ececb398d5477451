package privacy

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// noticeParts shows a notice. A table becomes one card for each row, every cell under the name of its column: so it can be
// read in a narrow window and at 200 % (PRV-07, LST-01).
func (p *Page) noticeParts(n mutual.Notice) []fyne.CanvasObject {
	back := widget.NewButton(words.T("privacy.back"), widget.Tertiary, func() { p.Back() }).WithIcon(theme.IconCaretLeft)
	parts := []fyne.CanvasObject{widget.Flow(0, back), widget.NewText(n.Title, theme.H1), widget.NewText(words.T("privacy.notice.version", "Version", n.Version), theme.Caption)}
	for _, s := range n.Sections {
		lines := []fyne.CanvasObject{}
		for _, text := range s.Paragraphs {
			lines = append(lines, widget.NewText(text, theme.Body))
		}
		for i, row := range s.Rows {
			if i > 0 {
				lines = append(lines, widget.Rule())
			}
			lines = append(lines, rowOf(s.Columns, row))
		}
		parts = append(parts, part.Section(s.Title, nil, lines...))
	}
	return parts
}

// rowOf is one row of a table. Columns without names are a list of names and values.
func rowOf(columns, row []string) fyne.CanvasObject {
	if len(row) == 2 && strings.Join(columns, "") == "" {
		return part.Line(row[0], row[1], row[1])
	}
	cells := []fyne.CanvasObject{}
	for i, text := range row {
		if text == "" || i >= len(columns) {
			continue
		}
		value := widget.NewText(text, theme.Body)
		if i == 0 {
			value = value.Bold()
		}
		cells = append(cells, widget.NewColumns(12, widget.Col{Object: widget.NewText(columns[i], theme.Secondary), Width: 190}, widget.Col{Object: value, FoldBelow: 420}))
	}
	return widget.Column(8, cells...)
}
