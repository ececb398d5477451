package newclaim

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/estimate"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Widths at 100 %: of the smaller field of a row, and under which the two fields of a row go one below the other.
const (
	shortField = 146
	foldPair   = 340
)

// rows lays out the fields that the open document is asked for, two by two, as the form on paper (mock-up 03).
func (f *form) rows() []fyne.CanvasObject {
	d := f.page.m.document()
	if f.page.m.Claim.Kind == claim.StudyGrant {
		return f.grantRows()
	}
	rows := []fyne.CanvasObject{pair(f.choice(claim.FieldType, types(f.page.m.Claim.Kind)), f.choice(claim.FieldPerson, people(f.page.m.Household)))}
	if d.Asks(claim.FieldService) {
		service := f.choice(claim.FieldService, f.page.m.services())
		if d.Asks(claim.FieldAmount) {
			rows = append(rows, beside(service, f.amount(claim.FieldAmount)))
		} else {
			rows = append(rows, service)
		}
	}
	rows = append(rows, f.planRows()...)
	if d.Asks(claim.FieldAdmitted) {
		rows = append(rows, pair(f.date(claim.FieldAdmitted), f.date(claim.FieldDischarged)))
	}
	if d.Asks(claim.FieldForeign) {
		rows = append(rows, pair(f.choice(claim.FieldCurrency, currencies()), f.foreign()))
	}
	rows = append(rows, pair(f.text(claim.FieldNumber), f.date(claim.FieldIssued)))
	rows = append(rows, f.issuer())
	return append(rows, f.more())
}

// planRows are what only the plan asks for about the benefit: two by two, and lists below.
func (f *form) planRows() []fyne.CanvasObject {
	m := f.page.m
	b := m.benefit()
	if b == nil {
		return nil
	}
	var asked, rows, lists []fyne.CanvasObject
	for _, name := range planned {
		switch {
		case !m.asks(m.document(), name):
		case name == claim.FieldTreatments:
			lists = f.treatmentRows(b)
		case name == claim.FieldActs:
			lists = append(lists, f.acts(estimate.Need(b, ruled[name])))
		default:
			asked = append(asked, f.planField(b, name))
		}
	}
	for len(asked) > 1 {
		rows, asked = append(rows, pair(asked[0], asked[1])), asked[2:]
	}
	return slices.Concat(rows, asked, lists)
}

// planField is one field that only the plan asks for.
func (f *form) planField(b *plan.Benefit, name field) input {
	switch name {
	case claim.FieldForm:
		return f.choice(name, forms())
	case claim.FieldReason:
		return f.choice(name, reasons())
	case claim.FieldLens:
		return f.choice(name, estimate.Lenses())
	case claim.FieldSightIssuer:
		return f.choice(name, estimate.Issuers(estimate.Need(b, ruled[name])))
	case claim.FieldSight, claim.FieldPermanent:
		return f.choice(name, estimate.YesOrNo())
	case claim.FieldSightOn, claim.FieldLossSince:
		return f.date(name)
	}
	return f.text(name)
}

// issuer is who gave the paper out, and where; what was written before is offered below (CLM-11).
func (f *form) issuer() fyne.CanvasObject {
	name := f.provider()
	if !f.page.m.document().Asks(claim.FieldProvince) {
		return name
	}
	return widget.NewColumns(16, widget.Col{Object: f.choice(claim.FieldProvince, provinces()), Width: shortField}, widget.Col{Object: name, FoldBelow: foldPair})
}

// pair puts two fields side by side in equal parts, folded where the text is large.
func pair(a, b fyne.CanvasObject) fyne.CanvasObject {
	return widget.NewColumns(16, widget.Col{Object: a}, widget.Col{Object: b, FoldBelow: foldPair})
}

// beside puts a short field at the right of a long one.
func beside(long, short fyne.CanvasObject) fyne.CanvasObject {
	return widget.NewColumns(16, widget.Col{Object: long}, widget.Col{Object: short, Width: shortField, FoldBelow: foldPair})
}

// label is the name of a field. Treatments are numbered.
func label(f field) string {
	at, cost, ok := treatmentOf(f)
	switch {
	case !ok:
		return words.T("newclaim.field." + f)
	case cost:
		return words.T("newclaim.field."+claim.FieldCost, "N", at+1)
	case at == 0:
		return words.T("newclaim.field." + claim.FieldTreatments)
	}
	return words.T("newclaim.field.treatment.more", "N", at+1)
}

// keep registers a field, and says so where it holds what was read from the paper.
func (f *form) keep(name field, in input) input {
	f.fields[name] = in
	if f.page.m.Unseen(name) {
		in.SetHint(words.T("newclaim.read.verify"))
	}
	return in
}

// typed is called after each key in a field.
func (f *form) typed(name field, text string) {
	f.page.m.Type(name, text)
	f.touched(name)
}

// touched is called after the member changed a field: errors that are no longer true go, and the draft is saved.
func (f *form) touched(name field) {
	f.unmark(name)
	f.recheck()
	f.page.changed()
}

// left is called when a field was left: it says what is wrong with it, and what was read into it counts as seen.
func (f *form) left(name field) {
	if f.page.m.Leave(name) {
		f.unmark(name)
		f.page.changed()
	}
	f.recheck()
}

// unmark takes «Letto dal documento, verifica» away.
func (f *form) unmark(name field) {
	if in := f.fields[name]; in != nil && !f.page.m.Unseen(name) {
		in.SetHint(hint(name))
	}
	if f.unchecked != f.page.m.Unchecked() {
		f.showCheck()
		f.page.relayout()
	}
}

// hint is the line of help below a field, or "".
func hint(name field) string {
	if key := "newclaim.hint." + name; words.Has(key) {
		return words.T("newclaim.hint." + name)
	}
	return ""
}

// recheck brings the errors of all fields up to date.
func (f *form) recheck() {
	changed := false
	for name, in := range f.fields {
		text, say := "", in.SetError
		if problem := f.page.m.Shown(name); problem != nil {
			text = f.page.problemText(*problem)
			if !problem.Blocking {
				say = in.SetWarning
			}
		}
		if in.Error() != text {
			say(text)
			changed = true
		}
	}
	if changed && f.page.form == f {
		f.page.relayout()
	}
}

func (f *form) choice(name field, options []widget.Option) input {
	s := widget.NewSelect(label(name), options)
	s.SetValue(f.page.m.Text(name))
	s.SetHint(hint(name))
	s.OnChanged = func(value string) { f.choose(name, value) }
	s.OnLeft = func() { f.left(name) }
	f.refill[name] = func() { s.SetValue(f.page.m.Text(name)) }
	return f.keep(name, s)
}

// choose takes an option; where the form then asks for other fields, it is laid out anew.
func (f *form) choose(name field, value string) {
	if !f.page.m.Choose(name, value) {
		f.touched(name)
		return
	}
	f.page.changed()
	f.page.show()
	f.page.form.focus(name)
}

// bind lets *Annulla* take back the changes of the form, not the letters of one field, and what is read come in.
func (f *form) bind(name field, e *widget.Entry) {
	e.UndoneBy(f.page.Undo, f.page.Redo)
	f.refill[name] = func() {
		text := f.page.m.Text(name)
		if e.Text() == text {
			return
		}
		typed := e.OnChanged
		e.OnChanged = nil
		e.SetText(text)
		e.OnChanged = typed
	}
}

func (f *form) text(name field) input { return f.line(name, widget.NewEntry(label(name))) }

// line makes a field of an entry.
func (f *form) line(name field, e *widget.Entry) input {
	e.SetText(f.page.m.Text(name))
	e.SetHint(hint(name))
	e.OnChanged = func(text string) { f.typed(name, text) }
	e.OnLeft = func() { f.left(name) }
	f.bind(name, e)
	return f.keep(name, e)
}

func (f *form) amount(name field) input { return f.money(name, widget.NewMoneyEntry(label(name))) }

// foreign is an amount in the currency that was chosen.
func (f *form) foreign() input {
	e := widget.NewMoneyEntry(label(claim.FieldForeign))
	e.SetSuffix(f.page.m.Text(claim.FieldCurrency))
	return f.money(claim.FieldForeign, e)
}

func (f *form) money(name field, e *widget.MoneyEntry) input {
	e.SetText(f.page.m.Text(name))
	e.SetHint(hint(name))
	e.OnChanged = func(text string) { f.typed(name, text) }
	e.OnLeft = func() { f.left(name) }
	f.bind(name, &e.Entry)
	return f.keep(name, e)
}

func (f *form) date(name field) input {
	e := widget.NewDateEntry(label(name), func() civil.Date { return f.page.m.Today })
	e.SetText(f.page.m.Text(name))
	e.SetHint(hint(name))
	e.OnChanged = func(text string) { f.typed(name, text) }
	e.OnLeft = func() { f.left(name) }
	f.bind(name, &e.Entry)
	return f.keep(name, e)
}
