package firstrun

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/screen/secret"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

func (p *Page) helpButton() fyne.CanvasObject {
	return widget.NewButton(words.T("firstrun.help"), widget.Tertiary, p.help).WithIcon(theme.IconChatCircleText)
}

// helpText is what a member writes to the mutual when the way in does not go on: the user name, what happened, a telephone
// number, and never a password (FAC-13, SUP-08, AMB-60).
func (p *Page) helpText() string {
	user := p.m.enrolment.User
	if user == "" && p.m.text(fieldUser) != "" {
		user = p.m.user()
	}
	what := errtext.Of(p.m.fault)
	if what == "" {
		what = words.T("firstrun.head." + string(p.m.stage))
	}
	lines := []string{secret.UserLabel(p.m.rules()) + ": " + user, words.T("firstrun.help.phone", "Mobile", p.m.text(fieldMobile)),
		words.T("firstrun.help.what", "What", what), words.T("firstrun.help.version", "Version", p.config.Version)}
	return strings.Join(lines, "\n")
}

// help shows whom to write to and a text to copy.
func (p *Page) help() {
	c := p.canvas()
	if c == nil {
		return
	}
	contacts := p.m.rules().Contacts
	to := contacts.Support
	if to == "" {
		to = contacts.EMail
	}
	say := words.T("firstrun.help.none")
	if to != "" {
		say = words.T("firstrun.help.to", "To", to)
	}
	text := p.helpText()
	var sheet *widget.Sheet
	copied := widget.NewButton(words.T("firstrun.help.copy"), widget.Secondary, func() {
		fyne.CurrentApp().Clipboard().SetContent(text)
		sheet.Close()
		widget.ShowToast(c, words.T("firstrun.help.copied"), nil)
	}).WithIcon(theme.IconCopy)
	done := widget.NewButton(words.T("firstrun.close"), widget.Primary, func() { sheet.Close() })
	body := widget.Column(14, widget.NewText(say, theme.Body), widget.Well(widget.NewText(text, theme.Body)),
		widget.NewText(words.T("firstrun.help.never"), theme.Secondary), p.contactsCard())
	sheet = widget.NewSheet(words.T("firstrun.help"), body, copied, done).First(copied)
	sheet.ShowOn(c)
}

// noticeLink opens a notice. Its title may take several lines.
func (p *Page) noticeLink(n mutual.Notice) fyne.CanvasObject {
	title := widget.NewText(n.Title, theme.Body).Bold().Color(theme.Accent)
	return widget.NewTile(n.Title, widget.Row(10, widget.NewIcon(theme.IconFileText, 22, theme.Accent), widget.Grow(title)), func() { p.read(n) })
}

// read shows a notice; it needs no network (PRV-05 … PRV-16).
func (p *Page) read(n mutual.Notice) {
	c := p.canvas()
	if c == nil {
		return
	}
	var parts []fyne.CanvasObject
	for _, s := range n.Sections {
		if s.Title != "" {
			parts = append(parts, widget.NewText(s.Title, theme.H3))
		}
		for _, text := range s.Paragraphs {
			parts = append(parts, widget.NewText(text, theme.Body))
		}
		for _, row := range s.Rows {
			parts = append(parts, noticeRow(s.Columns, row))
		}
	}
	var sheet *widget.Sheet
	done := widget.NewButton(words.T("firstrun.close"), widget.Primary, func() { sheet.Close() })
	sheet = widget.NewSheet(n.Title, widget.Column(12, parts...), done).First(done).Wide(760)
	sheet.ShowOn(c)
}

// noticeRow is one row of a table, each cell under the name of its column.
func noticeRow(columns, cells []string) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	for i, cell := range cells {
		if i < len(columns) && columns[i] != "" {
			parts = append(parts, widget.NewText(columns[i], theme.Caption))
		}
		parts = append(parts, widget.NewText(cell, theme.Body))
	}
	return widget.Column(2, append(parts, widget.Rule())...)
}
