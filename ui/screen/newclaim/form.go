package newclaim

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// input is what the form needs of a field of the kit.
type input interface {
	fyne.CanvasObject
	SetError(text string)
	SetWarning(text string)
	Error() string
	SetHint(text string)
	Focus()
}

// form is the left column of step 2: the tabs of the documents, the fields of the open one, its files.
type form struct {
	page      *Page
	body      *fyne.Container
	tabs      *fyne.Container
	problems  *widget.Problems
	unchecked int
	check     *fyne.Container // how much was read, with *Ho controllato*
	fields    map[field]input
	refill    map[field]func() // writes what the model holds into a field, as if nobody had typed
	toggle    fyne.Focusable   // of *Altri dati*
	tab       string           // what the tab of the open document says
}

func newForm(p *Page) *form {
	f := &form{page: p, tabs: widget.Flow(8), problems: widget.NewProblems(), check: widget.Column(0), fields: map[field]input{}, refill: map[field]func(){}}
	f.showTabs()
	f.showSummary()
	f.showCheck()
	parts := []fyne.CanvasObject{f.tabs, f.problems, f.check}
	parts = append(parts, f.rows()...)
	parts = append(parts, p.files.body, f.foot())
	f.body = widget.Column(12, parts...)
	f.recheck()
	return f
}

// fill writes what was read into its fields, and marks them. The field that is typed into is left alone: what stands in it
// is half a number, or half a day.
func (f *form) fill() {
	at := f.focused()
	for name, refill := range f.refill {
		if name != at && f.page.m.Unseen(name) {
			refill()
			_ = f.keep(name, f.fields[name])
		}
	}
	f.showCheck()
	f.recheck()
}

// focused is the field that has the keyboard, or "".
func (f *form) focused() field {
	for name, in := range f.fields {
		if f.page.focusedIn(in) {
			return name
		}
	}
	return ""
}

// focusedIn reports whether a part has the keyboard, or something inside it.
func (p *Page) focusedIn(part fyne.CanvasObject) bool {
	c := p.canvas()
	if c == nil || c.Focused() == nil {
		return false
	}
	return !widget.Walk(part, func(o fyne.CanvasObject) bool { f, ok := o.(fyne.Focusable); return !ok || f != c.Focused() })
}

// foot is what can be done with the whole document, and the way back and forth through its changes.
func (f *form) foot() fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if len(f.page.m.Claim.Documents) > 1 {
		parts = append(parts, widget.NewButton(words.T("newclaim.document.remove"), widget.Tertiary, f.page.removeDocument).WithIcon(theme.IconTrash))
	}
	return widget.Flow(16, append(parts, f.page.changes()...)...)
}

// focus puts the keyboard into a field and brings it into view.
func (f *form) focus(name field) {
	if name == claim.FieldFiles {
		f.page.files.focus()
		return
	}
	if in := f.fields[name]; in != nil {
		in.Focus()
	}
}

// showTabs shows a tab for each document, and *Altro*.
func (f *form) showTabs() {
	f.tabs.RemoveAll()
	for i, d := range f.page.m.Claim.Documents {
		name := f.page.tabName(i, d)
		if d.ID == f.page.m.Current {
			f.tab = name
			f.tabs.Add(widget.Stack(widget.NewPanel(theme.AccentVeil, theme.Accent, theme.ButtonRadius),
				widget.PadXY(14, 0, widget.NewButton(name, widget.Tertiary, func() {}))))
			continue
		}
		f.tabs.Add(widget.Stack(widget.NewButton(name, widget.Secondary, func() { f.page.openDocument(d.ID) }).Compact()))
	}
	f.tabs.Add(widget.PadXY(8, 0, widget.NewButton(words.T("newclaim.document.more"), widget.Tertiary, f.page.addDocument).WithIcon(theme.IconPlus)))
	f.tabs.Refresh()
}

// followTab writes the tabs anew when what the open one says has changed.
func (f *form) followTab() {
	for i, d := range f.page.m.Claim.Documents {
		if d.ID == f.page.m.Current && f.page.tabName(i, d) != f.tab {
			f.showTabs()
		}
	}
	if f.page.summary {
		f.showSummary()
	}
}

// showSummary lists on top what *Continua* found, each line leading to its field.
func (f *form) showSummary() {
	var lines []widget.ProblemLine
	if f.page.summary {
		for _, problem := range f.page.m.Problems() {
			if problem.Blocking {
				lines = append(lines, widget.ProblemLine{Text: f.page.problemLine(problem), Jump: func() { f.page.jump(problem.Where) }})
			}
		}
	}
	f.problems.Set(lines)
}

func (f *form) focusSummary() { f.problems.Focus() }

// openDocument shows the form of another document.
func (p *Page) openDocument(documentID string) {
	p.m.Open(documentID)
	p.show()
	p.refocus()
}

// addDocument is *Altro*: the form is ready for another document (CLM-15).
func (p *Page) addDocument() {
	person := p.m.Household.Holder.ID
	c, err := p.needs.Desk.AddDocument(p.m.Snapshot(), person)
	if err != nil {
		p.said(saveStatus{At: p.status.At, Err: err})
		return
	}
	p.m.Added(c)
	p.changed()
	p.show()
	p.refocus()
}

// removeDocument takes the open document out; *Annulla* puts it back for ten seconds (CLM-16).
func (p *Page) removeDocument() {
	if !p.m.RemoveDocument() {
		return
	}
	p.changed()
	p.show()
	p.offerUndo(words.T("newclaim.document.removed"))
}

// offerUndo shows the toast of a removal.
func (p *Page) offerUndo(text string) {
	c := p.canvas()
	if c == nil {
		return
	}
	p.dismissToast()
	p.toast = widget.ShowToast(c, text, func() {
		p.toast = nil
		p.m.PutBack()
		p.changed()
		p.show()
	})
}

func (p *Page) dismissToast() {
	if p.toast != nil {
		p.toast.Dismiss()
		p.toast = nil
	}
}
