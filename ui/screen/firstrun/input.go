package firstrun

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/place"
	"github.com/sodale/sodale/ui/screen/secret"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// keep remembers the part of a field and shows what is wrong with it already.
func (p *Page) keep(f field, in input) {
	p.fields[f] = in
	in.SetError(p.m.wrong[f])
}

// entry is a line of text.
func (p *Page) entry(f field, label string) *widget.Entry {
	e := widget.NewEntry(label)
	p.wire(f, e)
	return e
}

// wire keeps what is typed, takes the complaint away at once, and checks when the field is left.
func (p *Page) wire(f field, e *widget.Entry) {
	e.SetText(p.m.text(f))
	e.OnChanged = func(text string) { p.typed(f, e, text) }
	e.OnLeft = func() { p.left(f, e) }
	e.OnSubmitted = func(string) { p.Forward() }
	p.keep(f, e)
}

func (p *Page) typed(f field, in input, text string) {
	p.m.set(f, text)
	if in.Error() != "" {
		in.SetError("")
		p.relayout()
	}
}

// left checks a field that something was typed into.
func (p *Page) left(f field, in input) {
	if p.m.text(f) == "" || p.fields[f] != in {
		return
	}
	if text := p.m.problem(f); text != in.Error() {
		p.m.wrong[f] = text
		in.SetError(text)
		p.relayout()
	}
}

// userEntry is the user name; where it is a number it is completed with zeros by itself when the field is left (FAC-04).
func (p *Page) userEntry(label string) *widget.Entry {
	e := p.entry(fieldUser, label)
	if p.m.rules().Entry.User == mutual.UserNumber {
		e = e.Mono()
		e.SetHint(words.T("firstrun.user.hint"))
		e.OnLeft = func() {
			p.left(fieldUser, e)
			if full, err := p.m.rules().UserName(p.m.text(fieldUser)); err == nil && full != e.Text() {
				e.SetText(full)
			}
		}
	}
	return e
}

// passwordEntry is a password that exists.
func (p *Page) passwordEntry(f field, label string) *secret.Password {
	e := secret.NewPassword(label)
	e.SetText(p.m.text(f))
	e.OnTyped = func(text string) {
		p.m.set(f, text)
		p.relayout()
	}
	e.OnSubmitted = func(string) { p.Forward() }
	p.keep(f, e.Entry)
	return e
}

// choose is a field of a few options.
func (p *Page) selectField(f field, label string, options []widget.Option) *widget.Select {
	s := widget.NewSelect(label, options)
	s.SetValue(p.m.text(f))
	s.OnChanged = func(value string) { p.typed(f, s, value) }
	p.keep(f, s)
	return s
}

// dateEntry is the day of birth.
func (p *Page) dateEntry(f field, label string) *widget.DateEntry {
	e := widget.NewDateEntry(label, func() civil.Date { return p.m.today })
	p.wire(f, &e.Entry)
	p.fields[f] = e
	return e
}

// fiscalEntry is the codice fiscale: what is wrong names its part; what is only doubtful stands below and stops nobody.
func (p *Page) fiscalEntry() *widget.Entry {
	e := p.entry(fieldFiscalCode, words.T("firstrun.field.fiscal-code")).Mono()
	e.OnLeft = func() {
		if p.m.text(fieldFiscalCode) == "" {
			return
		}
		if code := fiscalCode(p.m.text(fieldFiscalCode)); code != e.Text() {
			e.SetText(code)
		}
		p.left(fieldFiscalCode, e)
		e.SetHint(p.m.fiscalDoubts())
		p.relayout()
	}
	return e
}

// provinces are the options of a province.
func provinces() []widget.Option {
	var options []widget.Option
	for _, one := range place.Provinces() {
		options = append(options, widget.Option{Value: one.Code, Label: one.Name})
	}
	return options
}

// mostPlaces is how many places are offered below the field.
const mostPlaces = 6

// placeField is where one was born: typing offers places as they were called on the day of birth, the arrow of Tab leads to
// them, Enter takes one.
type placeField struct {
	*widget.Entry
	page   *Page
	offers *fyne.Container
	body   *fyne.Container
}

func (p *Page) placeEntry() *placeField {
	f := &placeField{Entry: widget.NewEntry(words.T("firstrun.field.birth-place")), page: p, offers: widget.Column(0)}
	f.SetText(p.m.text(fieldBirthPlace))
	f.SetHint(words.T("firstrun.field.birth-place.hint"))
	f.offers.Hide()
	f.body = widget.Column(4, f.Entry, f.offers)
	f.OnChanged = f.typed
	f.OnSubmitted = func(string) { f.takeFirst() }
	f.OnLeft = f.left
	p.keep(fieldBirthPlace, f.Entry)
	return f
}

// typed offers the places that begin so.
func (f *placeField) typed(text string) {
	m := f.page.m
	m.set(fieldBirthPlace, text)
	m.set(fieldPlaceCode, "")
	f.SetError("")
	name, _, _ := strings.Cut(text, "(")
	found := place.Search(name, m.born(), mostPlaces)
	f.offers.RemoveAll()
	for _, one := range found {
		if one.Label() == text {
			m.set(fieldPlaceCode, string(one.Code))
			found = nil
			break
		}
	}
	if len([]rune(text)) >= 2 {
		for _, one := range found {
			f.offers.Add(widget.NewButton(one.Label(), widget.Tertiary, func() {
				f.take(one)
				f.Focus()
			}).WithIcon(theme.IconMapPin))
		}
	}
	f.offers.Hidden = len(f.offers.Objects) == 0
	f.page.relayout()
}

// left takes a name that was typed whole and that only one place had on that day.
func (f *placeField) left() {
	m := f.page.m
	if m.text(fieldPlaceCode) != "" || f.page.fields[fieldBirthPlace] != f.Entry {
		return
	}
	if found := place.Named(m.text(fieldBirthPlace), "", m.born()); len(found) == 1 {
		f.take(found[0])
	}
}

// take takes a place.
func (f *placeField) take(one place.Place) {
	f.page.m.set(fieldPlaceCode, string(one.Code))
	f.page.m.set(fieldBirthPlace, one.Label())
	f.OnChanged = nil
	f.SetText(one.Label())
	f.OnChanged = f.typed
	f.offers.RemoveAll()
	f.offers.Hide()
	f.SetError("")
	f.page.relayout()
}

// takeFirst answers Enter: the first place that is offered, or on.
func (f *placeField) takeFirst() {
	m := f.page.m
	if m.text(fieldPlaceCode) != "" {
		f.page.Forward()
		return
	}
	if found := place.Search(m.text(fieldBirthPlace), m.born(), 1); len(found) > 0 {
		f.take(found[0])
	}
}
