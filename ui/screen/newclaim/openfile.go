package newclaim

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// openFile shows what can be done with a file: what it proves, its place, its pages (CLM-16).
func (p *Page) openFile(a claim.Attachment) {
	c := p.canvas()
	if c == nil {
		return
	}
	var sheet *widget.Sheet
	at := p.m.fileAt(a.ID)
	if at < 0 {
		return
	}
	a = p.m.document().Attachments[at]
	act := func(do func()) func() {
		return func() {
			sheet.Close()
			do()
		}
	}
	role := p.roleChoice(a)
	up := widget.NewButton(words.T("newclaim.file.up"), widget.Secondary, act(func() { p.reorder(a.ID, -1) })).WithIcon(theme.IconCaretUp)
	down := widget.NewButton(words.T("newclaim.file.down"), widget.Secondary, act(func() { p.reorder(a.ID, 1) })).WithIcon(theme.IconCaretDown)
	if at == 0 {
		up.Disable()
	}
	if at == len(p.m.document().Attachments)-1 {
		down.Disable()
	}
	parts := []fyne.CanvasObject{role}
	if len(p.m.document().Attachments) > 1 {
		parts = append(parts, widget.Flow(12, up, down), widget.NewText(words.T("newclaim.file.keys"), theme.Caption))
	}
	if len(p.m.Claim.Documents) > 1 {
		parts = append(parts, p.documentChoice(a, func() { sheet.Close() }))
	}
	if p.needs.Previewer != nil {
		parts = append(parts, widget.Flow(0, widget.NewButton(words.T("newclaim.pages.open"), widget.Secondary, act(func() { p.openPages(a) })).WithIcon(theme.IconFiles)))
	}
	done := widget.NewButton(words.T("newclaim.file.done"), widget.Primary, func() { sheet.Close() })
	sheet = widget.NewSheet(a.Name, widget.Column(16, parts...), done).OnClose(func() { p.files.focusFile(a.ID) })
	sheet.ShowOn(c)
}

// roleChoice says what a file proves.
func (p *Page) roleChoice(a claim.Attachment) fyne.CanvasObject {
	choice := widget.NewRadio(words.T("newclaim.role"), p.m.papers())
	choice.SetValue(string(a.Proves()))
	choice.OnChanged = func(value string) {
		p.m.SetRole(a.ID, claim.Role(value))
		p.changed()
		p.files.show()
	}
	return choice
}

// documentChoice moves a file to another document of the claim.
func (p *Page) documentChoice(a claim.Attachment, closed func()) fyne.CanvasObject {
	options := make([]widget.Option, 0, len(p.m.Claim.Documents))
	for i, d := range p.m.Claim.Documents {
		options = append(options, widget.Option{Value: d.ID, Label: p.tabName(i, d)})
	}
	choice := widget.NewSelect(words.T("newclaim.file.document"), options)
	choice.SetValue(p.m.Current)
	choice.OnChanged = func(documentID string) {
		closed()
		p.m.HandFile(a.ID, documentID)
		p.m.Open(documentID)
		p.changed()
		p.show()
		p.files.focusFile(a.ID)
	}
	return choice
}
