package newclaim

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// files is the lower part of the form: the files of the open document, and where more of them come in (CLM-13, CLM-16).
type files struct {
	page *Page
	body *fyne.Container
	list *fyne.Container
	said *fyne.Container // what happened to the last files, at the place where they came in
	rows map[string]*widget.FileRow
	zone *fyne.Container
	asks string // what the zone waits for
}

func newFiles(p *Page) *files {
	f := &files{page: p, list: widget.Column(8), said: widget.Column(8), rows: map[string]*widget.FileRow{}}
	f.zone = widget.Stack()
	heading := widget.NewColumns(12, widget.Col{Object: widget.NewText(words.T("newclaim.files"), theme.Body).Bold()},
		widget.Col{Object: widget.NewText(words.T("newclaim.files.kinds"), theme.Caption), Width: 176, FoldBelow: 320})
	f.body = widget.Column(8, heading, f.list, f.zone, f.said, p.otherWays())
	f.show()
	return f
}

// invitation says what the zone waits for.
func (f *files) invitation() (title, text string) {
	d := f.page.m.document()
	switch {
	case len(d.Attachments) > 0:
		return words.T("newclaim.drop.more"), words.T("newclaim.drop.text.more")
	case d.Type == claim.SchoolCertificate:
		return words.T("newclaim.drop.school"), words.T("newclaim.drop.text.school")
	}
	return words.T("newclaim.drop.title"), words.T("newclaim.drop.text")
}

// invite writes what the zone waits for, where that has changed. The keyboard stays on its button.
func (f *files) invite() {
	title, text := f.invitation()
	if title == f.asks {
		return
	}
	f.asks = title
	at := f.page.focusedIn(f.zone)
	f.zone.Objects = []fyne.CanvasObject{widget.NewDropZone(title, text, words.T("newclaim.drop.choose"), f.page.ChooseFiles)}
	f.zone.Refresh()
	if at {
		f.focus()
	}
}

// show lists the files, invites more of them and says what happened to those that did not come in.
func (f *files) show() {
	at := f.focused()
	f.list.RemoveAll()
	for _, a := range f.page.m.document().Attachments {
		more := widget.NewIconButton(theme.IconDotsThree, words.T("newclaim.file.more", "Name", a.Name), func() { f.page.openFile(a) })
		row := widget.NewFileRow(a.Kind, a.Name, f.page.fileLine(a), func() { f.page.preview.open(a) }, func() { f.page.removeFile(a) }, more)
		row.SetSelected(f.page.preview.shows(a.ID))
		f.rows[a.ID] = row
		f.list.Add(row)
	}
	f.list.Hidden = len(f.list.Objects) == 0
	f.invite()
	f.said.RemoveAll()
	for _, r := range f.page.refused {
		f.said.Add(f.page.refusal(r))
	}
	for _, d := range f.page.doubled {
		f.said.Add(f.page.doubledCard(d))
	}
	for _, a := range f.page.m.document().Attachments {
		if len(a.Flaws) > 0 {
			f.said.Add(f.page.flawCard(a))
		}
	}
	if f.page.adding > 0 {
		stop := widget.NewButton(words.T("newclaim.drop.stop"), widget.Tertiary, f.page.stopAdding)
		f.said.Add(widget.Row(12, widget.Grow(widget.NewText(words.N("newclaim.drop.adding", f.page.adding), theme.Secondary)), stop))
	}
	if f.page.reads != "" {
		stop := widget.NewButton(words.T("newclaim.read.stop"), widget.Tertiary, f.page.stopReading)
		f.said.Add(widget.Row(12, widget.Grow(widget.NewText(words.T("newclaim.reading"), theme.Secondary)), stop))
	}
	if way := f.page.waySaid(); way != nil {
		f.said.Add(way)
	}
	f.said.Hidden = len(f.said.Objects) == 0
	if f.page.files == f {
		f.page.relayout()
	}
	f.focusFile(at)
}

// focused is the file whose row has the keyboard, or "".
func (f *files) focused() string {
	for id, row := range f.rows {
		if row.Focused() {
			return id
		}
	}
	return ""
}

// mark shows which file the preview shows.
func (f *files) mark() {
	for id, row := range f.rows {
		row.SetSelected(f.page.preview.shows(id))
	}
}

// focus puts the keyboard on *Scegli file*.
func (f *files) focus() {
	if part := focusableIn(f.zone); part != nil {
		if c := f.page.canvas(); c != nil {
			c.Focus(part)
		}
	}
}

// focusFile puts the keyboard on the row of a file.
func (f *files) focusFile(id string) {
	if row := f.rows[id]; row != nil {
		row.Focus()
	}
}

// moveFile moves the file whose row has the keyboard up or down (Alt+↑, Alt+↓).
func (p *Page) moveFile(by int) {
	if p.files == nil {
		return
	}
	if id := p.files.focused(); id != "" {
		p.reorder(id, by)
	}
}

// reorder moves a file and keeps the keyboard on it.
func (p *Page) reorder(id string, by int) {
	if p.m.MoveFile(id, by) {
		p.changed()
		p.show()
		p.files.focusFile(id)
	}
}

// removeFile takes a file out; *Annulla* puts it back for ten seconds (CLM-16).
func (p *Page) removeFile(a claim.Attachment) {
	p.m.RemoveFile(a.ID)
	if p.preview.shows(a.ID) {
		p.preview.clear()
	}
	p.changed()
	p.show()
	if rest := p.m.document().Attachments; len(rest) > 0 { // the row that had the keyboard is gone
		p.files.focusFile(rest[len(rest)-1].ID)
	} else {
		p.files.focus()
	}
	p.offerUndo(words.T("newclaim.file.removed", "Name", a.Name))
}
