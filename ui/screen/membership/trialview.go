package membership

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/estimate"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// trial is *Quanto mi rimborsano?*: what the plan would pay for an expense that is no claim yet. What is chosen stays while other tabs
// are shown.
type trial struct {
	page *Page
	doc  claim.ExpenseDocument
	said *fyne.Container
	card *estimate.Card
}

// try opens the tab with a benefit chosen.
func (p *Page) try(id plan.ID) {
	p.trial.choose(id)
	p.show(Trial)
}

func (t *trial) plan() *plan.Plan { return t.page.data.plan }

// benefit is the one chosen, or nil.
func (t *trial) benefit() *plan.Benefit { return t.plan().Benefit(t.doc.Benefit) }

// choose takes a benefit: what the form asks about it is begun anew, who and how much stay.
func (t *trial) choose(id plan.ID) {
	b := t.plan().Benefit(id)
	if b == nil {
		return
	}
	kept := claim.ExpenseDocument{Person: t.doc.Person, Amount: t.doc.Amount, IssuedOn: t.doc.IssuedOn}
	t.doc = kept
	t.doc.Type, t.doc.Benefit, t.doc.Service = claim.ReceiptSlip, id, claim.Service(b.Asked())
	if t.doc.Service == claim.HospStay {
		t.doc.Type = claim.HospitalCertificate
	}
	t.doc.Form = b.Forms[0].Form
	if usual := b.Usual(); usual != nil {
		t.doc.Form = usual.Form
	}
}

// parts are the form with what the plan says beside it.
func (t *trial) parts() []fyne.CanvasObject {
	if t.doc.Person == "" {
		t.doc.Person = t.page.person
	}
	if t.doc.IssuedOn.IsZero() {
		t.doc.IssuedOn = t.page.data.today
	}
	t.said, t.card = widget.Column(14), estimate.NewList()
	t.show()
	form := widget.Card(widget.Column(16, append([]fyne.CanvasObject{widget.NewText(words.T("membership.trial.text"), theme.Secondary)}, t.fields()...)...))
	return []fyne.CanvasObject{widget.NewColumns(24, widget.Col{Object: form}, widget.Col{Object: widget.Card(t.said), Width: 400, FoldBelow: 800})}
}

// fields are those that the benefit asks for.
func (t *trial) fields() []fyne.CanvasObject {
	list := []fyne.CanvasObject{t.who(), t.what()}
	b := t.benefit()
	if b == nil {
		return list
	}
	if len(b.Forms) > 1 {
		list = append(list, t.how(b))
	}
	list = append(list, t.details(b)...)
	if t.doc.Service == claim.HospStay {
		return append(list, t.day("membership.trial.admitted", t.doc.Admitted, func(d civil.Date) { t.doc.Admitted = d }),
			t.day("membership.trial.discharged", t.doc.Discharged, func(d civil.Date) { t.doc.Discharged = d }), t.cause())
	}
	if b.Forms[0].Sum == 0 && len(b.Treatments) == 0 {
		list = append(list, t.amount())
	}
	list = append(list, t.day("membership.trial.day", t.doc.IssuedOn, func(d civil.Date) { t.doc.IssuedOn = d }), t.cause())
	if t.doc.Cause == plan.Injury {
		list = append(list, t.day("membership.trial.injured", t.doc.Injured, func(d civil.Date) { t.doc.Injured = d }))
	}
	return list
}

// details are what a closed list, a limit of visits, treatments or conditions ask for.
func (t *trial) details(b *plan.Benefit) []fyne.CanvasObject {
	var list []fyne.CanvasObject
	text := func(key, value string, keep func(string)) {
		entry := widget.NewEntry(words.T(key))
		entry.SetText(value)
		entry.OnChanged = func(value string) {
			keep(value)
			t.show()
		}
		list = append(list, entry)
	}
	if len(b.Services) > 0 {
		text("membership.trial.named", t.doc.Named, func(s string) { t.doc.Named = s })
	}
	if t.bySpecialty(b) {
		text("membership.trial.specialty", t.doc.Specialty, func(s string) { t.doc.Specialty = s })
	}
	if len(b.Treatments) > 0 {
		list = append(list, t.treatments(b)...)
	}
	return append(list, t.conditions(b)...)
}

// bySpecialty reports whether visits are counted for each speciality.
func (t *trial) bySpecialty(b *plan.Benefit) bool {
	return slices.ContainsFunc(t.plan().Limits, func(l plan.Limit) bool { return l.By == plan.BySpecialty && slices.Contains(limits(b), l.ID) })
}

// choice is a field of options. What is asked may change with it, so that the form is drawn anew.
func (t *trial) choice(key string, options []widget.Option, value string, keep func(string)) *widget.Select {
	return t.labelled(words.T(key), options, value, keep)
}

func (t *trial) labelled(label string, options []widget.Option, value string, keep func(string)) *widget.Select {
	c := widget.NewSelect(label, options)
	c.SetValue(value)
	c.OnChanged = func(value string) {
		keep(value)
		t.page.fill()
	}
	return c
}

func (t *trial) who() fyne.CanvasObject {
	var options []widget.Option
	for _, x := range t.page.data.covered() {
		options = append(options, widget.Option{Value: string(x.ID), Label: x.GivenName})
	}
	return t.choice("membership.trial.who", options, string(t.doc.Person), func(v string) { t.doc.Person, t.page.person = member.ID(v), member.ID(v) })
}

func (t *trial) what() fyne.CanvasObject {
	var options []widget.Option
	for _, b := range t.plan().Benefits {
		options = append(options, widget.Option{Value: string(b.ID), Label: b.Name})
	}
	return t.choice("membership.trial.what", options, string(t.doc.Benefit), func(v string) { t.choose(plan.ID(v)) })
}

func (t *trial) how(b *plan.Benefit) fyne.CanvasObject {
	options := make([]widget.Option, len(b.Forms))
	for i, f := range b.Forms {
		options[i] = widget.Option{Value: string(f.Form), Label: words.T("membership.form." + string(f.Form))}
	}
	return t.choice("membership.trial.how", options, string(t.doc.Form), func(v string) { t.doc.Form = plan.Form(v) })
}

// causes are what a service may be needed for, the usual first.
var causes = []plan.Cause{plan.Illness, plan.Injury, plan.Pregnancy, plan.Childbirth, plan.Prevention}

func (t *trial) cause() fyne.CanvasObject {
	options := make([]widget.Option, len(causes))
	for i, c := range causes {
		options[i] = widget.Option{Value: string(c), Label: words.T("membership.cause." + string(c))}
	}
	value := t.doc.Cause
	if value == "" {
		value = plan.Illness
	}
	return t.choice("membership.trial.cause", options, string(value), func(v string) { t.doc.Cause = plan.Cause(v) })
}

func (t *trial) amount() fyne.CanvasObject {
	entry := widget.NewMoneyEntry(words.T("membership.trial.amount"))
	entry.SetAmount(t.doc.Amount)
	entry.OnAmount = func(c money.Cents, _ string) {
		t.doc.Amount = c
		t.show()
	}
	return entry
}

func (t *trial) day(key string, value civil.Date, keep func(civil.Date)) fyne.CanvasObject {
	entry := widget.NewDateEntry(words.T(key), t.page.today)
	entry.SetDate(value)
	entry.OnDate = func(d civil.Date, _ string) {
		keep(d)
		t.show()
	}
	return entry
}

// show writes what the plan says now.
func (t *trial) show() {
	t.card.Show(estimate.Ask(t.page.data.rights, t.doc, t.page.data.today), func(article, _ string) { t.page.openArticle(article) }, nil)
	t.said.Objects = []fyne.CanvasObject{t.card.Root}
	if t.benefit() != nil {
		t.said.Add(t.ask())
	}
	t.said.Refresh()
	t.page.Relayout()
}

// ask makes a claim of what was tried; direct assistance is no refund and is asked for before.
func (t *trial) ask() fyne.CanvasObject {
	if t.doc.Form == plan.Directly {
		return widget.NewText(words.T("membership.trial.direct"), theme.Secondary)
	}
	return widget.Flow(0, widget.NewButton(words.T("membership.trial.ask"), widget.Secondary, func() {
		d := t.doc
		d.Treatments = slices.Clone(d.Treatments)
		t.page.config.Ask(d)
	}).WithIcon(theme.IconPlus))
}
