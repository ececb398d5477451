package newclaim

import (
	"context"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// incoming is a file on its way in: what it is called, and where its bytes come from.
type incoming struct {
	name string
	read func() ([]byte, error)
}

// refused is a file that did not come in. data is kept where something can be done about it.
type refused struct {
	name     string
	err      error
	data     []byte
	document string // where it was to go
	role     claim.Role
}

// arrived is what became of the files of one drop.
type arrived struct {
	files   []claim.Attachment
	doubled []doubled
	refused []refused
}

// ChooseFiles opens the file chooser (Ctrl+O); what is chosen joins the open document.
func (p *Page) ChooseFiles() { p.chooseAs(claim.ExpensePaper) }

// chooseAs opens the file chooser for papers that prove something.
func (p *Page) chooseAs(role claim.Role) {
	if p.m != nil && p.sent == nil && p.m.Step == stepDocuments && p.needs.Choose != nil {
		p.needs.Choose(func(paths []string) { p.addFiles(paths, role) })
	}
}

// addFiles reads files of the member's disk.
func (p *Page) addFiles(paths []string, role claim.Role) {
	files := make([]incoming, len(paths))
	for i, path := range paths {
		files[i] = incoming{filepath.Base(path), func() ([]byte, error) { return p.needs.ReadFile(path) }}
	}
	p.add(files, role)
}

// add reads files off the window's goroutine and puts them into the document that is open now. On another step it goes
// to the second; a claim that was sent takes none.
func (p *Page) add(files []incoming, role claim.Role) {
	if p.m == nil || p.sent != nil || len(files) == 0 {
		return
	}
	if p.m.Step != stepDocuments {
		p.goTo(stepDocuments)
	}
	p.refused, p.doubled = nil, nil
	p.addInto(p.m.Current, files, role)
}

// addInto reads files into a document.
func (p *Page) addInto(into string, files []incoming, role claim.Role) {
	p.drops++
	key := "drop " + strconv.Itoa(p.drops)
	p.adding += len(files)
	p.underway = append(p.underway, key)
	p.files.show()
	known, self := p.m.known, p.m.Claim.ID
	runner.Go(p.run, key, func(ctx context.Context) (arrived, error) {
		return p.readAll(ctx, files, known, self, into, role), nil
	}, func(a arrived, _ error) {
		p.adding -= len(files)
		p.underway = slices.DeleteFunc(p.underway, func(k string) bool { return k == key })
		p.arrived(into, a)
	})
}

// stopAdding ends the reading of files that are on their way in: of what was dropped with them nothing comes in.
func (p *Page) stopAdding() {
	for _, key := range p.underway {
		p.run.Cancel(key)
	}
	p.adding, p.underway = 0, nil
	p.show()
}

// readAll attaches files. One that was claimed before, byte for byte, waits for the member's word.
func (p *Page) readAll(ctx context.Context, files []incoming, known *claim.Known, self claim.ID, into string, role claim.Role) arrived {
	var a arrived
	for _, f := range files {
		data, err := f.read()
		if err == nil {
			var file claim.Attachment
			if file, err = p.needs.Desk.Attach(ctx, f.name, data); err == nil {
				file.Role = role
				if twin, ok := claimedBefore(known, self, file); ok {
					a.doubled = append(a.doubled, doubled{file, twin, into})
				} else {
					a.files = append(a.files, file)
				}
			}
		}
		if err != nil {
			r := refused{name: f.name, err: err, document: into, role: role}
			if remedy(err) != "" {
				r.data = data
			}
			a.refused = append(a.refused, r)
		}
	}
	return a
}

// arrived puts what came in into its document and shows the last of it. Whoever is typing goes on typing.
func (p *Page) arrived(documentID string, a arrived) {
	p.refused, p.doubled = append(p.refused, a.refused...), append(p.doubled, a.doubled...)
	for _, file := range a.files {
		if p.m.AddFile(documentID, file) && documentID == p.m.Current {
			p.preview.open(file)
		}
	}
	if len(a.files) > 0 {
		p.changed()
		p.readPapers()
	}
	if p.m.Step != stepDocuments {
		return
	}
	p.files.show()
	flawed := slices.ContainsFunc(a.files, func(file claim.Attachment) bool { return len(file.Flaws) > 0 })
	switch {
	case flawed || len(p.refused)+len(p.doubled) > 0:
		p.reveal(p.files.said)
	case p.form.focused() == "":
		p.reveal(p.files.list)
	}
}

// remedy names what can be done about a file that did not come in: "shrink", "convert" or nothing.
func remedy(err error) string {
	switch fault.CodeOf(err) {
	case document.CodeTooLarge:
		return "shrink"
	case document.CodePNG, document.CodeHEIC:
		return "convert"
	}
	return ""
}

// refusal says why a file did not come in, with its name, and offers what can be done (CLM-04, CLM-05, CLM-14).
func (p *Page) refusal(r refused) fyne.CanvasObject {
	way := remedy(r.err)
	if way == "" || len(r.data) == 0 || !p.canMend(r) {
		return widget.Banner(theme.IconWarningCircle, "", refusalText(r), widget.ToneBad)
	}
	act := widget.NewButton(words.T("newclaim.mend."+way), widget.Secondary, func() { p.mend(r) }).Compact()
	return widget.Banner(theme.IconWarning, "", refusalText(r), widget.ToneCareful, act)
}

// refusalText is the sentence about a file that did not come in.
func refusalText(r refused) string {
	pairs := []any{"Name", r.name}
	for name, value := range errtext.Values(r.err) {
		pairs = append(pairs, name, value)
	}
	code := string(fault.CodeOf(r.err))
	if !words.Has("newclaim.refused." + code) {
		return words.T("newclaim.refused", "Name", r.name, "Reason", errtext.Of(r.err))
	}
	return words.T("newclaim.refused."+code, pairs...)
}

// madeName is what a file is called that was made of another: with the ending of what it is now.
func madeName(name string, kind document.Kind) string {
	ending := map[document.Kind]string{document.PDF: ".pdf", document.JPEG: ".jpg", document.TIFF: ".tif"}[kind]
	return strings.TrimSuffix(name, filepath.Ext(name)) + ending
}
