package newclaim

import (
	"context"
	"path/filepath"
	"strconv"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
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
}

func newFiles(p *Page) *files {
	f := &files{page: p, list: widget.Column(8), said: widget.Column(8), rows: map[string]*widget.FileRow{}}
	title, text := f.invitation()
	f.zone = widget.NewDropZone(title, text, words.T("newclaim.drop.choose"), p.ChooseFiles)
	heading := widget.NewColumns(12, widget.Col{Object: widget.NewText(words.T("newclaim.files"), theme.Body).Bold()},
		widget.Col{Object: widget.NewText(words.T("newclaim.files.kinds"), theme.Caption), Width: 176, FoldBelow: 320})
	f.body = widget.Column(8, heading, f.list, f.zone, f.said)
	f.show()
	return f
}

// invitation says what the zone waits for.
func (f *files) invitation() (title, text string) {
	if d := f.page.m.document(); len(d.Attachments) > 0 {
		return words.T("newclaim.drop.more"), words.T("newclaim.drop.text.more")
	}
	return words.T("newclaim.drop.title"), words.T("newclaim.drop.text")
}

// show lists the files and says what happened to those that did not come in.
func (f *files) show() {
	f.list.RemoveAll()
	for _, a := range f.page.m.document().Attachments {
		row := widget.NewFileRow(a.Kind, a.Name, fileLine(a), func() { f.page.preview.open(a) }, func() { f.page.removeFile(a) })
		row.SetSelected(f.page.preview.shows(a.ID))
		f.rows[a.ID] = row
		f.list.Add(row)
	}
	f.list.Hidden = len(f.list.Objects) == 0
	f.said.RemoveAll()
	for _, r := range f.page.refused {
		f.said.Add(widget.Banner(theme.IconWarningCircle, "", refusal(r), widget.ToneBad))
	}
	if f.page.adding > 0 {
		f.said.Add(widget.NewText(words.N("newclaim.drop.adding", f.page.adding), theme.Secondary))
	}
	f.said.Hidden = len(f.said.Objects) == 0
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

// refused is a file that did not come in.
type refused struct {
	name string
	err  error
}

// refusal says why a file did not come in, with its name (CLM-04, CLM-05, CLM-14).
func refusal(r refused) string {
	code := fault.CodeOf(r.err)
	if !words.Has("newclaim.refused." + string(code)) {
		return words.T("newclaim.refused", "Name", r.name, "Reason", errtext.Of(r.err))
	}
	pairs := []any{"Name", r.name}
	for name, value := range errtext.Values(r.err) {
		pairs = append(pairs, name, value)
	}
	return words.T("newclaim.refused."+string(code), pairs...)
}

// ChooseFiles opens the file chooser (Ctrl+O); what is chosen joins the open document.
func (p *Page) ChooseFiles() {
	if p.m != nil && p.sent == nil && p.m.Step == stepDocuments && p.needs.Choose != nil {
		p.needs.Choose(p.addFiles)
	}
}

// arrived is what became of the files of one drop.
type arrived struct {
	files   []claim.Attachment
	refused []refused
}

// addFiles reads files off the window's goroutine and puts them into the document that is open now. On the first step
// it goes on to the second; a claim that was sent takes none.
func (p *Page) addFiles(paths []string) {
	if p.m == nil || p.sent != nil || len(paths) == 0 {
		return
	}
	if p.m.Step != stepDocuments {
		p.goTo(stepDocuments)
	}
	document := p.m.Current
	p.drops++
	p.adding += len(paths)
	p.refused = nil
	p.files.show()
	runner.Go(p.run, "drop "+strconv.Itoa(p.drops), func(ctx context.Context) (arrived, error) {
		return p.readAll(ctx, paths), nil
	}, func(a arrived, _ error) {
		p.adding -= len(paths)
		p.arrived(document, a)
	})
}

func (p *Page) readAll(ctx context.Context, paths []string) arrived {
	var a arrived
	for _, path := range paths {
		name := filepath.Base(path)
		data, err := p.needs.ReadFile(path)
		if err == nil {
			var file claim.Attachment
			if file, err = p.needs.Desk.Attach(ctx, name, data); err == nil {
				a.files = append(a.files, file)
			}
		}
		if err != nil {
			a.refused = append(a.refused, refused{name, err})
		}
	}
	return a
}

// arrived puts what came in into its document and shows the last of it.
func (p *Page) arrived(documentID string, a arrived) {
	p.refused = append(p.refused, a.refused...)
	for _, file := range a.files {
		if p.m.AddFile(documentID, file) && documentID == p.m.Current {
			p.preview.open(file)
		}
	}
	if len(a.files) > 0 {
		p.changed()
	}
	if p.m.Step != stepDocuments {
		return
	}
	p.show()
	if len(p.refused) > 0 {
		p.reveal(p.files.said)
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
	p.offerUndo(words.T("newclaim.file.removed", "Name", a.Name))
}
