// Package family is *Famiglia*: who the membership covers, each with a record of their own, and the way to add a relative and
// to open their dossier (PER-07, PER-08, PER-10, PER-11, FAM-01 … FAM-08).
package family

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/fiscalcode"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Config is what the page needs.
type Config struct {
	Requests  *request.Desk
	Household func(ctx context.Context) (member.Household, error)
	Rules     func() mutual.Profile
	Open      func(person member.ID) // shows one person's data
	Notice    func(n mutual.Notice)  // shows a notice
	Sent      part.Requests
	Draft     *Draft // the form that is being filled in; it outlives the page
	Clock     clock.Clock
	Runner    *runner.Runner
}

// Page is *Famiglia*. It is a desktop.Page.
type Page struct {
	part.Scroll
	config    Config
	loaded    bool
	household member.Household
	requests  []request.Request // family requests, latest first
	chosen    member.ID         // whose dossier is shown
	form      *form             // nil while nobody is being added
}

// New returns the page; it reads when it is first shown.
func New(c Config) *Page {
	if c.Draft == nil {
		c.Draft = &Draft{}
	}
	return &Page{config: c}
}

// Title implements desktop.Page.
func (p *Page) Title() string { return words.T("shell.screen.family") }

// Content implements desktop.Page.
func (p *Page) Content() fyne.CanvasObject {
	content := p.Open()
	if p.loaded {
		p.fill()
	} else {
		p.Refresh()
	}
	return content
}

// Focus implements desktop.Page.
func (p *Page) Focus() fyne.Focusable { return nil }

// Leave implements desktop.Page. The form stays in the Draft.
func (p *Page) Leave() { p.config.Runner.Leave() }

// Back implements desktop.Backer: it closes the form.
func (p *Page) Back() bool {
	if p.form == nil {
		return false
	}
	p.closeForm()
	return true
}

// read is what the page is made of.
type read struct {
	household member.Household
	requests  []request.Request
}

// Refresh implements desktop.Refresher. A form that is being filled in stays.
func (p *Page) Refresh() {
	runner.Go(p.config.Runner, "family", func(ctx context.Context) (r read, err error) {
		if r.household, err = p.config.Household(ctx); err != nil {
			return r, err
		}
		all, err := p.config.Requests.Requests(ctx)
		seen := map[string]bool{}
		for _, q := range all {
			if q.Kind == submission.KindFamily && !seen[q.ID] {
				seen[q.ID] = true
				r.requests = append(r.requests, q)
			}
		}
		return r, err
	}, func(r read, err error) {
		if err != nil {
			p.Fail(err)
			return
		}
		first := !p.loaded
		p.loaded, p.household, p.requests = true, r.household, r.requests
		if _, ok := p.household.Person(p.chosen); !ok {
			p.chosen = p.household.Holder.ID
		}
		if first && p.config.Draft.Open {
			p.form = newForm(p)
		}
		if p.form == nil || first {
			p.fill()
		}
	})
}

func (p *Page) today() civil.Date { return civil.Of(p.config.Clock.Now()) }

func (p *Page) fill() {
	if p.form != nil {
		p.Show(p.form.content()...)
		return
	}
	parts := []fyne.CanvasObject{p.peopleCard()}
	if p.config.Rules().Relatives.DossierCode {
		parts = append(parts, p.dossierCard())
	}
	parts = append(parts, p.addCard()...)
	if len(p.requests) > 0 {
		parts = append(parts, p.sentCard())
	}
	p.Show(append(parts, p.meaning())...)
}

// peopleCard lists the holder and the family, each with a record of their own.
func (p *Page) peopleCard() fyne.CanvasObject {
	rules := p.config.Rules()
	parts := []fyne.CanvasObject{}
	people := p.household.People()
	if !rules.Relatives.Shown {
		people = people[:1]
	}
	for i, x := range people {
		if i > 0 {
			parts = append(parts, widget.Rule())
		}
		said := widget.Column(2, widget.NewText(x.FullName(), theme.Body).Bold(), widget.NewText(p.role(x)+" · "+x.FiscalCode, theme.Secondary))
		row := widget.Row(14, widget.NewAvatar(x.Initials(), 44), widget.Grow(said), widget.NewIcon(theme.IconCaretRight, 18, theme.Ink2))
		parts = append(parts, widget.PadXY(-8, 0, widget.NewTile(x.FullName(), row, func() { p.config.Open(x.ID) })))
	}
	if notice := rules.Messages.RelativesFixed; notice != "" { // MSG-14
		parts = append(parts, fixed(notice))
	} else if !rules.Relatives.Editable {
		parts = append(parts, fixed(words.T("family.fixed")))
	}
	return part.Section(words.T("family.people"), nil, parts...)
}

func fixed(text string) fyne.CanvasObject {
	return widget.RowTop(10, widget.NewIcon(theme.IconInfo, 20, theme.Ink2), widget.Grow(widget.NewText(text, theme.Secondary)))
}

// The ages at which a child has a name of its own in the tables of contributions (PER-11).
const (
	newbornBelow = 1
	minorBelow   = 14
)

// role says what a person is to the holder (PER-11).
func (p *Page) role(x member.Person) string {
	name := words.T("person.role." + string(x.Role))
	if x.Role != member.Child || x.DateOfBirth.IsZero() {
		return name
	}
	switch age := fiscalcode.Age(x.DateOfBirth, p.today()); {
	case age < newbornBelow:
		return words.T("family.newborn")
	case age < minorBelow:
		return words.T("family.minor")
	}
	return name
}

// dossierCard shows one person's dossier at a time, and whose it is (FAM-04, FAM-08).
func (p *Page) dossierCard() fyne.CanvasObject {
	var options []widget.Option
	for _, x := range p.household.People() {
		options = append(options, widget.Option{Value: string(x.ID), Label: x.GivenName})
	}
	choice := widget.NewSegments(words.T("family.dossier.whose"), options)
	choice.SetValue(string(p.chosen))
	choice.OnChanged = func(id string) {
		p.chosen = member.ID(id)
		p.fill()
	}
	x, _ := p.household.Person(p.chosen)
	parts := []fyne.CanvasObject{choice, widget.NewText(words.T("family.dossier.of", "Name", x.FullName()), theme.H3)}
	if !x.Dossier {
		parts = append(parts, widget.NewText(words.T("family.dossier.closed", "Name", x.GivenName), theme.Body))
		return part.Section(words.T("family.dossier"), widget.NewBadge(theme.IconLockSimple, words.T("family.dossier.off"), widget.Calm), parts...)
	}
	empty := p.config.Rules().Messages.DossierEmpty // MSG-07
	if empty == "" {
		empty = words.T("family.dossier.empty")
	}
	parts = append(parts, widget.NewText(empty, theme.Body))
	return part.Section(words.T("family.dossier"), widget.NewBadge(theme.IconFolderOpen, words.T("family.dossier.on"), widget.ToneGood), parts...)
}

// addCard is the way to add a relative, where the mutual has one (FAM-01).
func (p *Page) addCard() []fyne.CanvasObject {
	if !p.config.Rules().Relatives.Activation {
		return nil
	}
	label := words.T("family.add")
	if p.config.Draft.Open || p.config.Draft.begun() {
		label = words.T("family.add.resume")
	}
	button := widget.NewButton(label, widget.Primary, func() { p.openForm("") }).WithIcon(theme.IconUserPlus)
	return []fyne.CanvasObject{part.Section(words.T("family.new"), nil, widget.NewText(words.T("family.add.text"), theme.Body), widget.Flow(12, button))}
}

// sentCard lists the relatives that were asked for. A refused one says why and can be corrected; another mobile number has
// a way of its own (FAM-07).
func (p *Page) sentCard() fyne.CanvasObject {
	parts := []fyne.CanvasObject{}
	for i, q := range p.requests {
		if i > 0 {
			parts = append(parts, widget.Rule())
		}
		actions := []fyne.CanvasObject{}
		if q.Delivery.Status == submission.Held {
			actions = append(actions, widget.NewButton(words.T("family.correct"), widget.Secondary, func() { p.correct(q) }).Compact())
		}
		name := member.Person{GivenName: q.Family.GivenName, FamilyName: q.Family.FamilyName}.FullName()
		parts = append(parts, p.config.Sent.Row(p.Canvas, name, q, actions...))
		if q.Delivery.Reason == request.CodeMobile && q.Delivery.Status == submission.Held {
			parts = append(parts, widget.Banner(theme.IconInfo, words.T("family.own.title"), words.T("family.own.text", "Name", q.Family.GivenName), widget.Calm))
		}
	}
	return part.Section(words.T("family.sent"), nil, parts...)
}

// meaning says who belongs to a household (PER-10).
func (p *Page) meaning() fyne.CanvasObject {
	return widget.Well(widget.Column(6, widget.NewText(words.T("family.unit"), theme.Body).Bold(), widget.NewText(words.T("family.unit.text"), theme.Secondary)))
}
