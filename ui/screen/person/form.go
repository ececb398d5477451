package person

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/iban"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// fields are the parts of the form that say something while it is filled in.
type fields struct {
	saved  *widget.Text
	iban   *widget.Entry
	email  *widget.Entry
	mobile *widget.Entry
	street *widget.Entry
	code   *widget.Entry
	town   *widget.Entry
}

var (
	emailShape    = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[^\s@.]+$`)
	postCodeShape = regexp.MustCompile(`^\d{5}$`)
)

// addressForm is the domicile and where letters go (PER-02, PER-03).
func (p *Page) addressForm() []fyne.CanvasObject {
	other := widget.NewCheck(words.T("person.domicile.other"))
	other.SetChecked(p.edit.Mine.Domicile != nil)
	other.OnChanged = func(on bool) {
		p.edit.Mine.Domicile = nil
		if on {
			p.edit.Mine.Domicile = &member.Address{}
		} else {
			p.edit.Mine.Postal = member.ToResidence
		}
		p.changed()
		p.fill()
		if on {
			p.fields.street.Focus()
		}
	}
	parts := []fyne.CanvasObject{other, p.waiting(member.FieldDomicile)}
	if p.edit.Mine.Domicile == nil {
		return parts
	}
	d := p.edit.Mine.Domicile
	p.fields.street = p.addressField("person.street", d.Street, func(a *member.Address, text string) { a.Street = text })
	p.fields.code = p.addressField("person.postcode", d.PostCode, func(a *member.Address, text string) { a.PostCode = text })
	p.fields.town = p.addressField("person.town", d.Town, func(a *member.Address, text string) { a.Town = text })
	province := widget.NewSelect(words.T("person.province"), provinces())
	province.SetValue(d.Province)
	province.OnChanged = func(value string) { p.address(func(a *member.Address) { a.Province = value }) }
	postal := widget.NewRadio(words.T("person.field.postal"), []widget.Option{{Value: string(member.ToResidence), Label: words.T("person.postal.residence")},
		{Value: string(member.ToDomicile), Label: words.T("person.postal.domicile")}})
	postal.SetValue(string(member.ToResidence))
	if p.edit.Mine.Postal == member.ToDomicile {
		postal.SetValue(string(member.ToDomicile))
	}
	postal.OnChanged = func(value string) {
		p.edit.Mine.Postal = member.Postal(value)
		p.changed()
	}
	return append(parts, p.fields.street, widget.NewColumns(16, widget.Col{Object: p.fields.code, Width: 140}, widget.Col{Object: p.fields.town, FoldBelow: 420}),
		widget.AtMost(320, province), postal, p.waiting(member.FieldPostal))
}

func provinces() []widget.Option {
	var options []widget.Option
	for _, p := range assets.Provinces() {
		options = append(options, widget.Option{Value: p.Code, Label: p.Name})
	}
	return options
}

// address changes one part of the domicile. The edit gets an address of its own, since the one before may be being stored.
func (p *Page) address(change func(*member.Address)) {
	a := *p.edit.Mine.Domicile
	change(&a)
	p.edit.Mine.Domicile = &a
	p.saver.Change(p.edit)
}

func (p *Page) addressField(key, value string, set func(*member.Address, string)) *widget.Entry {
	e := widget.NewEntry(words.T(key))
	e.SetText(value)
	e.OnChanged = func(text string) {
		p.clear(e)
		p.address(func(a *member.Address) { set(a, strings.TrimSpace(text)) })
	}
	return e
}

// clear takes a fault away from a field that is being mended.
func (p *Page) clear(e *widget.Entry) {
	if e.Error() != "" {
		e.SetError("")
		p.Relayout()
	}
}

// check says what is wrong with a field when it is left, or at once after *Conferma*.
func (p *Page) check(e *widget.Entry, f member.Field) {
	fault := func() { e.SetError(p.faults()[f]) }
	e.OnLeft = func() {
		fault()
		p.Relayout()
	}
	if p.wrong {
		fault()
	}
}

// contactsForm is the e-mail and the mobile (PER-06).
func (p *Page) contactsForm() []fyne.CanvasObject {
	email := widget.NewEntry(words.T("person.field.email"))
	email.SetText(p.edit.Mine.EMail)
	email.OnChanged = func(text string) {
		p.clear(email)
		p.edit.Mine.EMail = strings.TrimSpace(text)
		p.changed()
	}
	p.check(email, member.FieldEMail)
	mobile := widget.NewEntry(words.T("person.field.mobile"))
	mobile.SetText(p.config.Rules().ShowMobile(p.edit.Mine.Mobile))
	mobile.SetHint(words.T("person.mobile.hint"))
	mobile.OnChanged = func(text string) {
		p.clear(mobile)
		p.edit.Mine.Mobile = strings.TrimSpace(text)
		if number, err := p.config.Rules().ParseMobile(text); err == nil {
			p.edit.Mine.Mobile = number
		}
		p.changed()
	}
	p.check(mobile, member.FieldMobile)
	p.fields.email, p.fields.mobile = email, mobile
	return []fyne.CanvasObject{email, p.waiting(member.FieldEMail), mobile, p.waiting(member.FieldMobile),
		widget.NewText(words.T("person.contacts.proof"), theme.Secondary)}
}

// paymentsCard is how subsidies are paid, and to which account (PER-02, PER-09).
func (p *Page) paymentsCard() fyne.CanvasObject {
	if !p.editing {
		return part.Section(words.T("person.payments"), nil, p.line(member.FieldPayment), p.line(member.FieldIBAN), widget.NewText(words.T("person.iban.text"), theme.Caption))
	}
	way := widget.NewRadio(words.T("person.field.payment"), []widget.Option{{Value: string(member.ByTransfer), Label: words.T("person.payment.transfer")},
		{Value: string(member.ByCheque), Label: words.T("person.payment.cheque")}})
	way.SetValue(string(member.ByTransfer))
	if p.edit.Mine.Payment == member.ByCheque {
		way.SetValue(string(member.ByCheque))
	}
	way.OnChanged = func(value string) {
		p.edit.Mine.Payment = member.Payment(value)
		p.changed()
	}
	number := widget.NewEntry(words.T("person.field.iban")).Mono()
	number.SetText(iban.Group(p.edit.Mine.IBAN))
	number.SetHint(words.T("person.iban.hint"))
	number.OnChanged = func(text string) {
		p.clear(number)
		p.edit.Mine.IBAN = iban.Normalise(text)
		p.changed()
	}
	p.check(number, member.FieldIBAN)
	p.fields.iban = number
	return part.Section(words.T("person.payments"), nil, way, p.waiting(member.FieldPayment), number, p.waiting(member.FieldIBAN),
		widget.NewText(words.T("person.iban.text"), theme.Caption))
}

// faults says what is wrong with each changed field, in words.
func (p *Page) faults() map[member.Field]string {
	found := map[member.Field]string{}
	rules, mine := p.config.Rules(), p.edit.Mine
	for _, f := range p.edit.Fields() {
		switch {
		case f == member.FieldEMail && mine.EMail == "" && rules.Verification.EMailMandatory && p.who == "",
			f == member.FieldEMail && mine.EMail != "" && !emailShape.MatchString(mine.EMail):
			found[f] = words.T("person.email.wrong")
		case f == member.FieldMobile && (mine.Mobile != "" || rules.Verification.MobileMandatory && p.who == ""):
			if _, err := rules.ParseMobile(rules.ShowMobile(mine.Mobile)); err != nil {
				found[f] = errtext.Of(err)
			}
		case f == member.FieldIBAN && (mine.IBAN != "" || mine.Payment != member.ByCheque):
			if _, err := iban.Parse(mine.IBAN); err != nil {
				found[f] = errtext.Of(err)
			}
		case f == member.FieldDomicile && mine.Domicile != nil && !whole(*mine.Domicile):
			found[f] = words.T("person.domicile.missing")
		}
	}
	return found
}

func whole(a member.Address) bool {
	return a.Street != "" && a.Town != "" && postCodeShape.MatchString(a.PostCode) && a.Province != ""
}

// actions are the way into the form, or out of it.
func (p *Page) actions() fyne.CanvasObject {
	switch {
	case !p.editable():
		return widget.Column(0)
	case !p.editing:
		return widget.Flow(12, widget.NewButton(words.T("person.edit"), widget.Primary, p.begin).WithIcon(theme.IconPencilSimple))
	}
	p.fields.saved = widget.NewText("", theme.Caption)
	if !p.edit.SavedAt.IsZero() {
		p.fields.saved.SetText(words.T("person.saved", "Clock", words.Clock(p.edit.SavedAt)))
	}
	parts := []fyne.CanvasObject{}
	if changed := p.edit.Fields(); len(changed) > 0 {
		parts = append(parts, widget.NewText(words.T("person.changes", "Fields", fieldNames(changed)), theme.Body))
	}
	if p.wrong {
		for _, f := range member.Fields {
			if text := p.faults()[f]; text != "" {
				parts = append(parts, widget.Outcome(widget.ToneBad, words.T("person.field."+string(f))+": "+text, p.elsewhere(f)))
			}
		}
	}
	confirm := widget.NewButton(words.T("person.confirm"), widget.Primary, p.confirm).WithIcon(theme.IconCheck)
	undo := widget.NewButton(words.T("person.undo"), widget.Tertiary, p.undo).WithIcon(theme.IconArrowUUpLeft)
	return widget.Column(10, append(parts, widget.Flow(12, confirm, undo), p.fields.saved)...)
}

// elsewhere names the page that a field is on, where it is not this one.
func (p *Page) elsewhere(f member.Field) string {
	if slices.Contains(p.sections, sectionOf[f]) {
		return ""
	}
	return words.T("person.elsewhere", "Page", words.T("shell.screen."+string(sectionOf[f])))
}

// begin opens the form.
func (p *Page) begin() {
	p.editing = true
	p.fill()
	p.Top()
	switch {
	case p.fields.email != nil && p.who == "":
		p.fields.email.Focus()
	case p.fields.iban != nil && p.who == "":
		p.fields.iban.Focus()
	}
}

// undo gives the edit up. Where it takes up a refused change, that is given up with it, and the mutual is told.
func (p *Page) undo() {
	p.edit.Mine = p.edit.Base
	p.wrong = false
	if p.edit.Carries != "" {
		p.send()
		return
	}
	p.editing = false
	p.saver.Change(p.edit)
	p.fill()
}

// confirm sends the change (PER-05), unless something is wrong or undecided.
func (p *Page) confirm() {
	if len(p.faults()) > 0 {
		p.wrong = true
		p.fill()
		return
	}
	p.send()
}

func (p *Page) send() {
	edit, desk := p.edit, p.config.Requests
	p.saver.Finish()
	runner.Go(p.config.Runner, "send", part.Done(func(ctx context.Context) error {
		_, err := desk.ChangeDetails(ctx, edit)
		return err
	}), func(_ struct{}, err error) {
		if err != nil {
			p.Toast(errtext.Of(err))
			p.Refresh()
			return
		}
		p.editing, p.wrong, p.loaded = false, false, false
		p.Toast(words.T("person.sent"))
		p.Refresh()
		p.Top()
	})
}

// choosePhoto takes a picture from a file and makes it small.
func (p *Page) choosePhoto() {
	p.config.Choose(func(paths []string) {
		if len(paths) == 0 {
			return
		}
		runner.Go(p.config.Runner, "photo", func(ctx context.Context) ([]byte, error) {
			data, err := p.config.ReadFile(paths[0])
			if err != nil {
				return nil, err
			}
			return p.config.Photo(ctx, data)
		}, func(small []byte, err error) {
			if err != nil {
				p.Toast(errtext.Of(err))
				return
			}
			p.edit.Mine.Photo = small
			p.changed()
			p.fill()
		})
	})
}
