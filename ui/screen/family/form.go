package family

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/fiscalcode"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/place"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Draft is the form of a relative as it was typed. It outlives the page, so that going away and back loses nothing.
type Draft struct {
	Open     bool
	Who      member.Newcomer
	Born     string // as typed
	Place    string // as typed
	Consent  bool
	Corrects string // id of the refused request that it corrects, or ""
}

func (d *Draft) begun() bool { return d.Who != (member.Newcomer{}) || d.Born != "" || d.Place != "" }

// form is the Draft on the screen.
type form struct {
	page  *Page
	draft *Draft

	given, family, birthplace, fiscal, code *widget.Entry
	born                                    *widget.DateEntry
	age                                     *widget.Text
	sex, role                               *widget.Select
	consent                                 *widget.Check
	found                                   *fyne.Container // places that fit what was typed
	fault                                   *widget.Text    // of the consent
	doubts                                  *fyne.Container // about the codice fiscale
}

func (p *Page) openForm(corrects string) {
	p.config.Draft.Open = true
	if corrects != "" {
		p.config.Draft.Corrects = corrects
	}
	p.form = newForm(p)
	p.fill()
	p.Top()
	p.form.given.Focus()
}

func (p *Page) closeForm() {
	p.form, p.config.Draft.Open = nil, false
	p.fill()
	p.Top()
}

// correct takes a refused request up again.
func (p *Page) correct(q request.Request) {
	d := p.config.Draft
	*d = Draft{Who: *q.Family, Born: q.Family.DateOfBirth.Italian(), Consent: !q.Family.Consent.IsZero(), Corrects: q.ID}
	if at, ok := place.At(place.Code(q.Family.BirthPlace), q.Family.DateOfBirth); ok {
		d.Place = at.Label()
	}
	p.openForm(q.ID)
}

func newForm(p *Page) *form {
	f := &form{page: p, draft: p.config.Draft, found: widget.Column(4), fault: widget.NewText("", theme.Secondary).Color(theme.Bad), doubts: widget.Column(4)}
	d := f.draft
	f.given = f.entry("family.given", d.Who.GivenName, func(s string) { d.Who.GivenName = s })
	f.family = f.entry("family.surname", d.Who.FamilyName, func(s string) { d.Who.FamilyName = s })
	f.fiscal = f.entry("family.fiscal", d.Who.FiscalCode, func(s string) { d.Who.FiscalCode = fiscalcode.Normalise(s) }).Mono()
	f.fiscal.OnLeft = f.crossCheck
	f.code = f.entry("family.code", d.Who.Code, func(s string) { d.Who.Code = s })
	f.code.SetHint(words.T("family.code.hint"))
	f.birthplace = f.entry("family.birthplace", d.Place, f.search)
	f.birthplace.SetHint(words.T("family.birthplace.hint"))
	f.age = widget.NewText("", theme.Body)
	f.born = widget.NewDateEntry(words.T("family.born"), p.today)
	f.born.SetText(d.Born)
	f.born.OnChanged = func(text string) {
		d.Born = text
		d.Who.DateOfBirth, _ = f.born.Date()
		f.showAge()
	}
	f.sex = choice("family.sex", []widget.Option{{Value: string(member.Female), Label: words.T("family.female")}, {Value: string(member.Male), Label: words.T("family.male")}},
		string(d.Who.Sex), func(v string) { d.Who.Sex = member.Sex(v) })
	f.role = choice("person.role", roles(), string(d.Who.Role), func(v string) { d.Who.Role = member.Role(v) })
	f.fault.Hide()
	f.consent = f.consentBox()
	f.showAge()
	return f
}

func (f *form) entry(key, value string, set func(string)) *widget.Entry {
	e := widget.NewEntry(words.T(key))
	e.SetText(value)
	e.OnChanged = func(text string) {
		if e.Error() != "" {
			e.SetError("")
			f.page.Relayout()
		}
		set(strings.TrimSpace(text))
	}
	return e
}

// roles are what a relative can be to the holder.
func roles() []widget.Option {
	var options []widget.Option
	for _, r := range []member.Role{member.Spouse, member.Child, member.Other} {
		options = append(options, widget.Option{Value: string(r), Label: words.T("person.role." + string(r))})
	}
	return options
}

func choice(key string, options []widget.Option, value string, set func(string)) *widget.Select {
	s := widget.NewSelect(words.T(key), options)
	s.SetValue(value)
	s.OnChanged = func(v string) {
		s.SetError("")
		set(v)
	}
	return s
}

// consentBox is the consent of the dossier; ticking it notes when (FAM-06).
func (f *form) consentBox() *widget.Check {
	text := words.T("family.consent")
	if c, ok := f.asked(); ok {
		text = c.Text
	}
	box := widget.NewCheck(text)
	box.SetChecked(f.draft.Consent)
	box.OnChanged = func(on bool) {
		f.draft.Consent = on
		f.fault.SetText("")
		f.fault.Hide()
	}
	return box
}

// asked is the consent that the mutual asks for a dossier.
func (f *form) asked() (mutual.Consent, bool) {
	list := f.page.config.Rules().ConsentsAt(mutual.AtDossier)
	if len(list) == 0 {
		return mutual.Consent{}, false
	}
	return list[0], true
}

// showAge computes the age from the date of birth: it is not asked (FAM-02, AMB-59).
func (f *form) showAge() {
	born, today := f.draft.Who.DateOfBirth, f.page.today()
	if born.IsZero() || today.Before(born) {
		f.age.SetText(words.T("family.age.unknown"))
		return
	}
	f.age.SetText(words.N("family.age", fiscalcode.Age(born, today)))
}

// most places that are offered at once.
const mostPlaces = 6

// search offers the places whose name begins with what was typed, as they were called on the day of birth.
func (f *form) search(text string) {
	f.draft.Place, f.draft.Who.BirthPlace = text, ""
	f.found.Objects = nil
	name, _, _ := strings.Cut(text, " (") // as Label writes it
	for _, found := range place.Search(name, f.draft.Who.DateOfBirth, mostPlaces) {
		if found.Label() == text {
			f.take(found)
			break
		}
		f.found.Objects = append(f.found.Objects, widget.NewButton(found.Label(), widget.Tertiary, func() { f.take(found) }).WithIcon(theme.IconMapPin))
	}
	f.page.Relayout()
}

func (f *form) take(found place.Place) {
	f.draft.Place, f.draft.Who.BirthPlace = found.Label(), string(found.Code)
	f.found.Objects = nil
	if f.birthplace.Text() != found.Label() {
		f.birthplace.SetText(found.Label())
	}
	f.birthplace.SetError("")
	f.page.Relayout()
}

// crossCheck compares the codice fiscale with what else was typed, and names the wrong part.
func (f *form) crossCheck() {
	d := f.draft.Who
	f.doubts.Objects = nil
	f.fiscal.SetError("")
	if d.FiscalCode == "" {
		return
	}
	for _, finding := range fiscalcode.Examine(d.FiscalCode, fiscalcode.Person{Surname: d.FamilyName, Name: d.GivenName, Born: d.DateOfBirth,
		Sex: fiscalcode.Sex(d.Sex), Place: place.Code(d.BirthPlace)}, f.page.today()) {
		text := errtext.Code(finding.Code, finding.Values)
		if finding.Blocking {
			f.fiscal.SetError(text)
			continue
		}
		f.doubts.Objects = append(f.doubts.Objects, widget.Outcome(widget.ToneCareful, text, ""))
	}
	f.page.Relayout()
}

// content is the form with what has to be known first: inherited contacts (FAM-03), the same mobile (FAM-05, MSG-08).
func (f *form) content() []fyne.CanvasObject {
	rules := f.page.config.Rules()
	back := widget.NewButton(words.T("family.back"), widget.Tertiary, func() { f.page.Back() }).WithIcon(theme.IconCaretLeft)
	parts := []fyne.CanvasObject{widget.Flow(0, back)}
	if f.draft.Corrects != "" {
		parts = append(parts, widget.Banner(theme.IconPencilSimpleLine, "", words.T("family.correcting"), widget.ToneCareful))
	}
	if rules.Relatives.SameMobileOnly {
		text := rules.Messages.SameMobile // MSG-08
		if text == "" {
			text = words.T("family.same-mobile")
		}
		parts = append(parts, widget.Banner(theme.IconWarning, "", text, widget.ToneCareful))
	}
	two := func(a, b fyne.CanvasObject) fyne.CanvasObject {
		return widget.NewColumns(16, widget.Col{Object: a}, widget.Col{Object: b, FoldBelow: 420})
	}
	h := f.page.household
	parts = append(parts, part.Section(words.T("family.new"), nil, two(f.given, f.family), two(f.born, widget.Column(6, widget.NewText(words.T("family.age.label"), theme.Body).Bold(), f.age)),
		f.birthplace, f.found, two(f.sex, f.role), f.fiscal, f.doubts),
		part.Section(words.T("family.inherited"), nil, widget.NewText(words.T("family.inherited.text", "Name", h.Holder.GivenName), theme.Secondary),
			part.Line(words.T("person.field.email"), h.EMail, ""), part.Line(words.T("person.field.mobile"), rules.ShowMobile(h.Mobile), "")))
	if rules.Relatives.DossierCode {
		parts = append(parts, f.dossier())
	}
	send := widget.NewButton(words.T("family.send"), widget.Primary, f.send).WithIcon(theme.IconPaperPlaneTilt)
	return append(parts, widget.Flow(12, send))
}

// dossier is notice, consent and code, in that order (FAM-06, PRV-03).
func (f *form) dossier() fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(words.T("family.dossier.text"), theme.Secondary)}
	if asked, ok := f.asked(); ok {
		if notice, ok := f.page.config.Rules().Notice(asked.Notice); ok {
			parts = append(parts, widget.Flow(0, widget.NewButton(words.T("family.notice"), widget.Tertiary, func() { f.page.config.Notice(notice) }).WithIcon(theme.IconFileText)))
		}
	}
	return part.Section(words.T("family.dossier"), nil, append(parts, f.consent, f.fault, f.code)...)
}

// send asks the mutual to add the relative, unless something is missing.
func (f *form) send() {
	if !f.complete() {
		f.page.Relayout()
		f.page.Toast(words.T("family.missing"))
		return
	}
	who, corrects, desk := f.draft.Who, f.draft.Corrects, f.page.config.Requests
	who.Consent = who.Consent.UTC()
	if f.draft.Consent {
		who.Consent = f.page.config.Clock.Now().UTC()
	}
	runner.Go(f.page.config.Runner, "add", part.Done(func(ctx context.Context) error {
		_, err := desk.AddRelative(ctx, who, corrects)
		return err
	}), func(_ struct{}, err error) {
		if err != nil {
			f.page.Toast(errtext.Of(err))
			return
		}
		*f.draft = Draft{}
		f.page.form = nil
		f.page.Toast(words.T("family.sent.toast", "Name", who.GivenName))
		f.page.Refresh()
		f.page.Top()
	})
}

// faulty is a field that says what is wrong with it.
type faulty interface {
	SetError(text string)
	Focus()
}

// sayConsent says that the consent is missing, or no longer.
func (f *form) sayConsent() {
	text := ""
	if !f.draft.Consent {
		text = words.T("family.consent.missing")
	}
	f.fault.SetText(text)
	widget.Show(f.fault, text != "")
}

// complete says at each field what is missing, and reports whether nothing is.
func (f *form) complete() bool {
	d := f.draft.Who
	var first faulty
	need := func(ok bool, at faulty, key string) {
		if !ok {
			at.SetError(words.T(key))
		}
		if !ok && first == nil {
			first = at
		}
	}
	need(d.GivenName != "", f.given, "family.given.missing")
	need(d.FamilyName != "", f.family, "family.surname.missing")
	need(f.born.Check() && !d.DateOfBirth.IsZero() && !f.page.today().Before(d.DateOfBirth), f.born, "family.born.missing")
	need(d.BirthPlace != "", f.birthplace, "family.birthplace.missing")
	need(d.Sex != "", f.sex, "family.sex.missing")
	need(d.Role != "", f.role, "family.role.missing")
	if d.FiscalCode == "" {
		need(false, f.fiscal, "family.fiscal.missing")
	} else if f.crossCheck(); f.fiscal.Error() != "" && first == nil {
		first = f.fiscal
	}
	if f.page.config.Rules().Relatives.DossierCode && (d.Code != "" || f.draft.Consent) {
		need(d.Code != "", f.code, "family.code.missing")
		f.sayConsent()
	}
	if first != nil {
		first.Focus()
	}
	return first == nil && f.fault.Plain() == ""
}
