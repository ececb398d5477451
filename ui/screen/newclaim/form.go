package newclaim

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// input is what the form needs of a field of the kit.
type input interface {
	fyne.CanvasObject
	SetError(text string)
	Error() string
	Focus()
}

// form is the left column of step 2: the tabs of the documents, the fields of the open one, its files.
type form struct {
	page     *Page
	body     *fyne.Container
	tabs     *fyne.Container
	problems *widget.Problems
	fields   map[field]input
	tab      string // what the tab of the open document says
}

func newForm(p *Page) *form {
	f := &form{page: p, tabs: widget.Flow(8), problems: widget.NewProblems(), fields: map[field]input{}}
	f.showTabs()
	f.showSummary()
	parts := []fyne.CanvasObject{f.tabs, f.problems}
	parts = append(parts, f.rows()...)
	parts = append(parts, widget.Space(0, 0), p.files.body)
	if len(p.m.Claim.Documents) > 1 {
		remove := widget.NewButton(words.T("newclaim.document.remove"), widget.Tertiary, p.removeDocument).WithIcon(theme.IconTrash)
		parts = append(parts, widget.Flow(0, remove))
	}
	f.body = widget.Column(12, parts...)
	f.recheck()
	return f
}

// rows lays the fields out two by two, as the form on paper (mock-up 03).
func (f *form) rows() []fyne.CanvasObject {
	stay := f.page.m.document().Service == claim.HospStay
	rows := []fyne.CanvasObject{pair(f.choice(fieldType, types()), f.choice(fieldPerson, people(f.page.m.Household)))}
	service := f.choice(fieldService, services(f.page.m.Claim.Procedure))
	if stay {
		rows = append(rows, service, pair(f.date(fieldAdmitted), f.date(fieldDischarged)))
	} else {
		rows = append(rows, widget.NewColumns(16, widget.Col{Object: service}, widget.Col{Object: f.amount(), Width: 146, FoldBelow: 340}))
	}
	return append(rows,
		pair(f.text(fieldNumber), f.date(fieldIssued)),
		widget.NewColumns(16, widget.Col{Object: f.choice(fieldProvince, provinces()), Width: 146}, widget.Col{Object: f.text(fieldProvider), FoldBelow: 340}))
}

// pair puts two fields side by side in equal parts, folded where the text is large.
func pair(a, b fyne.CanvasObject) fyne.CanvasObject {
	return widget.NewColumns(16, widget.Col{Object: a}, widget.Col{Object: b, FoldBelow: 340})
}

func label(f field) string { return words.T("newclaim.field." + string(f)) }

// keep registers a field.
func (f *form) keep(name field, in input) input {
	f.fields[name] = in
	return in
}

// touched is called after the member changed a field: errors that are no longer true go, and the draft is saved.
func (f *form) touched() {
	f.recheck()
	f.page.changed()
}

// left is called when a field was left: it says what is wrong with it.
func (f *form) left(name field) {
	f.page.m.Leave(name)
	f.recheck()
}

// recheck brings the errors of all fields up to date.
func (f *form) recheck() {
	changed := false
	for name, in := range f.fields {
		text := ""
		if problem := f.page.m.Shown(name); problem != nil {
			text = problemText(*problem)
		}
		if in.Error() != text {
			in.SetError(text)
			changed = true
		}
	}
	if changed && f.page.form == f {
		f.page.relayout()
	}
}

func (f *form) choice(name field, options []widget.Option) input {
	s := widget.NewSelect(label(name), options)
	s.SetValue(f.value(name))
	s.OnChanged = func(value string) { f.choose(name, value) }
	s.OnLeft = func() { f.left(name) }
	return f.keep(name, s)
}

// value is what a choice or a line of text of the open document holds.
func (f *form) value(name field) string {
	d := f.page.m.document()
	switch name {
	case fieldType:
		return string(d.Type)
	case fieldPerson:
		return string(d.Person)
	case fieldService:
		return string(d.Service)
	case fieldProvince:
		return d.Province
	case fieldProvider:
		return d.Provider
	}
	return d.Number
}

func (f *form) choose(name field, value string) {
	d := f.page.m.document()
	switch name {
	case fieldType:
		d.Type = claim.DocumentType(value)
	case fieldPerson:
		d.Person = member.ID(value)
	case fieldProvince:
		d.Province = value
	case fieldService:
		stay := d.Service == claim.HospStay
		f.page.m.SetService(claim.Service(value))
		if stay != (d.Service == claim.HospStay) {
			f.page.changed()
			f.page.show()
			f.page.form.focus(fieldService)
			return
		}
	}
	f.touched()
}

func (f *form) text(name field) input {
	e := widget.NewEntry(label(name))
	e.SetText(f.value(name))
	e.OnChanged = func(text string) {
		if d := f.page.m.document(); name == fieldProvider {
			d.Provider = text
		} else {
			d.Number = text
		}
		f.touched()
	}
	e.OnLeft = func() { f.left(name) }
	return f.keep(name, e)
}

func (f *form) amount() input {
	e := widget.NewMoneyEntry(label(fieldAmount))
	e.SetText(f.page.m.AmountText())
	e.OnChanged = func(text string) {
		f.page.m.SetAmount(text)
		f.touched()
	}
	e.OnLeft = func() { f.left(fieldAmount) }
	return f.keep(fieldAmount, e)
}

func (f *form) date(name field) input {
	e := widget.NewDateEntry(label(name), func() civil.Date { return f.page.m.Today })
	e.SetText(f.page.m.DateText(name))
	e.OnChanged = func(text string) {
		f.page.m.SetDate(name, text)
		f.touched()
	}
	e.OnLeft = func() { f.left(name) }
	return f.keep(name, e)
}

// focus puts the keyboard into a field and brings it into view.
func (f *form) focus(name field) {
	if name == fieldFiles {
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
		p.m.Undo()
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
