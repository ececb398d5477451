package complaint

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// faulty is a field that says what is wrong with it.
type faulty interface {
	SetError(text string)
	Focus()
}

// complaintForm is the form of a complaint: about what, why, and what is asked (CMP-02, BEG-19).
type complaintForm struct {
	page   *Page
	draft  *Draft
	fields map[complaint.Field]faulty

	about, matter    *widget.Radio
	claim, document  *widget.Select
	named            *widget.Entry
	on               *widget.DateEntry
	why, asked       *widget.Entry
	documents, thing *fyne.Container // what depends on the claim, and on the kind of thing
}

func newComplaintForm(p *Page) *complaintForm {
	f := &complaintForm{page: p, draft: p.config.Draft, fields: map[complaint.Field]faulty{}, documents: widget.Column(0), thing: widget.Column(14)}
	d := &f.draft.Complaint
	f.about = choose(f.fields, complaint.FieldAbout, complaint.Kinds, func(a complaint.About) string { return words.T("complaint.about." + string(a)) }, &d.About, f.turnThing)
	f.matter = choose(f.fields, complaint.FieldMatter, complaint.Matters, func(m complaint.Matter) string { return words.T("complaint.matter." + string(m)) }, &d.Matter, p.typed)
	f.claim = widget.NewSelect(words.T("complaint.field.claim"), p.claimOptions())
	f.claim.SetValue(string(d.Claim))
	f.claim.OnChanged = func(id string) {
		f.claim.SetError("")
		f.turn(claim.ID(id))
	}
	f.fields[complaint.FieldClaim] = f.claim
	f.named = f.entry(complaint.FieldNamed, widget.NewEntry(words.T("complaint.field.named")), &d.Named)
	f.why = f.entry(complaint.FieldWhy, widget.NewMultiLine(words.T("complaint.field.why"), 5), &d.Why)
	f.why.SetHint(words.T("complaint.why.hint"))
	f.asked = f.entry(complaint.FieldAsked, widget.NewMultiLine(words.T("complaint.field.asked"), 3), &d.Asked)
	f.asked.SetHint(words.T("complaint.asked.hint"))
	f.on = widget.NewDateEntry(words.T("complaint.field.on"), p.today)
	f.on.SetText(d.Day)
	f.on.OnChanged = func(text string) {
		d.Day = text
		d.On, _ = f.on.Date()
		p.typed()
	}
	f.fields[complaint.FieldOn] = f.on
	f.showThing()
	return f
}

// choose is a choice of a few, whose value goes into the draft; then is done after it.
func choose[T ~string](fields map[complaint.Field]faulty, field complaint.Field, values []T, label func(T) string, into *T, then func()) *widget.Radio {
	options := make([]widget.Option, len(values))
	for i, v := range values {
		options[i] = widget.Option{Value: string(v), Label: label(v)}
	}
	r := widget.NewRadio(words.T("complaint.field."+string(field)), options)
	r.SetValue(string(*into))
	r.OnChanged = func(v string) {
		r.SetError("")
		*into = T(v)
		then()
	}
	fields[field] = r
	return r
}

// entry is a field of text, whose text goes into the draft.
func (f *complaintForm) entry(field complaint.Field, e *widget.Entry, into *string) *widget.Entry {
	return typed(f.page, f.fields, field, e, into)
}

func typed(p *Page, fields map[complaint.Field]faulty, field complaint.Field, e *widget.Entry, into *string) *widget.Entry {
	e.SetText(*into)
	e.OnChanged = func(text string) {
		if e.Error() != "" {
			e.SetError("")
			p.Relayout()
		}
		*into = text
		p.typed()
	}
	fields[field] = e
	return e
}

// claimOptions are the claims that the mutual has, latest first.
func (p *Page) claimOptions() []widget.Option {
	var options []widget.Option
	for _, s := range p.summaries {
		if s.Claim.Mutual.Number != "" {
			options = append(options, widget.Option{Value: string(s.Claim.ID), Label: p.claimName(s) + " · " + widget.StateName(s.State, s.Claim.Mutual.Text)})
		}
	}
	return options
}

// showThing shows the fields of the kind of thing that was chosen.
func (f *complaintForm) showThing() {
	switch f.draft.Complaint.About {
	case complaint.OfClaim:
		f.showDocuments()
		f.thing.Objects = []fyne.CanvasObject{f.claim, f.documents, f.matter}
	case complaint.OfBenefit:
		f.named.SetLabel(words.T("complaint.named.benefit"))
		f.named.SetHint(words.T("complaint.named.benefit.hint"))
		f.thing.Objects = []fyne.CanvasObject{f.named}
	case complaint.OfService:
		f.named.SetLabel(words.T("complaint.named.service"))
		f.named.SetHint(words.T("complaint.named.service.hint"))
		f.thing.Objects = []fyne.CanvasObject{f.named, f.on}
	default:
		f.thing.Objects = nil
	}
	f.thing.Refresh()
	f.page.Relayout()
}

// turnThing lets the complaint be about another kind of thing: then it is about no claim any more.
func (f *complaintForm) turnThing() {
	p, d := f.page, &f.draft.Complaint
	about := d.About
	if about == complaint.OfClaim || d.Claim == "" {
		p.typed()
		f.showThing()
		return
	}
	f.turn("")
	d.About, d.Document, d.Matter = about, "", ""
	p.typed()
	p.openForm()
	p.fill()
}

// turn lets the complaint be about another claim. What was typed goes with it, unless one about that claim was begun before.
func (f *complaintForm) turn(to claim.ID) {
	p, d := f.page, &f.draft.Complaint
	if begun := p.saved.About(to); !begun.Empty() && f.draft.Corrects == "" {
		*d = begun
		p.openForm()
		p.fill()
		return
	}
	if f.draft.Corrects == "" {
		p.saved = p.saved.Without(d.Claim)
	}
	d.Claim, d.Document = to, ""
	p.typed()
	f.showDocuments()
	p.Relayout()
}

// showDocuments offers the documents of the claim where it has several.
func (f *complaintForm) showDocuments() {
	f.documents.Objects = nil
	d := &f.draft.Complaint
	s, ok := f.page.claim(d.Claim)
	if !ok || len(s.Claim.Documents) < 2 {
		return
	}
	options := []widget.Option{{Value: "", Label: words.T("complaint.document.all")}}
	for i := range s.Claim.Documents {
		doc := &s.Claim.Documents[i]
		options = append(options, widget.Option{Value: doc.ID, Label: documentName(doc)})
	}
	f.document = widget.NewSelect(words.T("complaint.field.document"), options)
	f.document.SetValue(d.Document)
	f.document.OnChanged = func(id string) {
		d.Document = id
		f.page.typed()
	}
	f.documents.Objects = []fyne.CanvasObject{f.document}
	f.documents.Refresh()
}

func (f *complaintForm) content() []fyne.CanvasObject {
	p := f.page
	ask := widget.NewButton(words.T("complaint.instead.question"), widget.Tertiary, func() { p.write(QuestionForm, "") }).WithIcon(theme.IconQuestion)
	parts := []fyne.CanvasObject{p.back(),
		widget.Banner(theme.IconInfo, words.T("complaint.what.title"), words.T("complaint.what.text"), widget.Calm, ask)}
	if f.draft.Corrects != "" {
		parts = append(parts, widget.Banner(theme.IconPencilSimpleLine, "", words.T("complaint.correcting"), widget.ToneCareful))
	}
	text := []fyne.CanvasObject{f.why, f.asked}
	if answers := p.config.Rules().Complaints.Answers; answers != "" {
		text = append(text, widget.NewText(answers, theme.Secondary)) // CMP-01
	}
	return append(parts, part.Section(words.T("complaint.about"), nil, f.about, f.thing), part.Section(words.T("complaint.reason"), nil, text...),
		widget.Flow(12, widget.NewButton(words.T("complaint.send"), widget.Primary, f.send).WithIcon(theme.IconPaperPlaneTilt)))
}

// send sends the complaint, unless something is missing.
func (f *complaintForm) send() {
	c, corrects, desk := f.draft.Complaint.Only(), f.draft.Corrects, f.page.config.Requests
	complete := mark(f.page, f.fields, c.Check(f.page.today()))
	if _, err := f.on.Date(); err != nil && c.About == complaint.OfService && f.draft.Complaint.Day != "" {
		f.on.Check() // says what is wrong with what was typed
	}
	if !complete {
		return
	}
	f.page.send("complaint.sent", func(ctx context.Context) error {
		_, err := desk.Complain(ctx, c, corrects)
		return err
	})
}

// mark says at each field what is wrong, goes to the first, and reports whether nothing is.
func mark(p *Page, fields map[complaint.Field]faulty, problems []complaint.Problem) bool {
	for field, at := range fields {
		i := slices.IndexFunc(problems, func(q complaint.Problem) bool { return q.Field == field })
		text := ""
		if i >= 0 {
			text = words.T("complaint.flaw." + string(field) + "." + string(problems[i].Flaw))
		}
		at.SetError(text)
	}
	if len(problems) == 0 {
		return true
	}
	p.Relayout()
	fields[problems[0].Field].Focus()
	p.Toast(words.T("complaint.missing"))
	return false
}
