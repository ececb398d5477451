package person

import (
	"bytes"
	"image/jpeg"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"github.com/sodale/sodale/app/fiscalcode"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/place"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// fill shows the page.
func (p *Page) fill() {
	p.fields = fields{}
	parts := []fyne.CanvasObject{}
	if p.refused() {
		parts = append(parts, widget.Banner(theme.IconWarning, words.T("person.refused"), errtext.Code(p.sheet.Last.Delivery.Reason, nil), widget.ToneCareful))
	}
	if len(p.sheet.Conflicts) > 0 {
		parts = append(parts, p.conflictCard())
	}
	for _, s := range p.sections {
		parts = append(parts, p.section(s)...)
	}
	parts = append(parts, p.actions())
	if p.sheet.Last != nil {
		parts = append(parts, part.Section(words.T("person.last"), nil, p.config.Sent.Row(p.Canvas, p.changeText(p.sheet.Last.Change.Fields()), *p.sheet.Last)))
	}
	if len(p.past) > 0 {
		parts = append(parts, p.pastCard())
	}
	p.Show(parts...)
}

// refused reports whether the mutual did not take the last change.
func (p *Page) refused() bool {
	return p.sheet.Last != nil && p.sheet.Last.Delivery.Status == submission.Held
}

func (p *Page) section(s Section) []fyne.CanvasObject {
	switch s {
	case Details:
		return p.detailsCards()
	case Contacts:
		return p.contactsCards()
	}
	return []fyne.CanvasObject{p.paymentsCard()}
}

// detailsCards are who the person is, and where they live (PER-01, PER-03, PER-04).
func (p *Page) detailsCards() []fyne.CanvasObject {
	x := p.person
	lines := []fyne.CanvasObject{p.face(),
		part.CodeLine(words.T("person.fiscal"), x.FiscalCode, x.FiscalCode),
		part.Line(words.T("person.born"), p.born(), ""),
		part.Line(words.T("person.role"), words.T("person.role."+string(x.Role)), "")}
	if p.who == "" {
		lines = append(lines, part.Line(words.T("person.number"), p.household.Number, p.household.Number))
		if !p.household.Since.IsZero() {
			lines = append(lines, part.Line(words.T("person.since"), words.Date(p.household.Since), ""))
		}
	}
	notice := p.config.Rules().Messages.Residence // MSG-13
	if notice == "" {
		notice = words.T("person.residence.office")
	}
	home := []fyne.CanvasObject{part.Line(words.T("person.residence"), addressText(p.household.Home), addressText(p.household.Home)),
		widget.RowTop(10, widget.NewIcon(theme.IconInfo, 20, theme.Ink2), widget.Grow(widget.NewText(notice, theme.Secondary))), widget.Rule()}
	if p.editing {
		home = append(home, p.addressForm()...)
	} else {
		home = append(home, p.line(member.FieldDomicile), p.line(member.FieldPostal))
	}
	return []fyne.CanvasObject{part.Section(x.FullName(), nil, lines...), part.Section(words.T("person.home"), nil, home...)}
}

func (p *Page) born() string {
	if p.person.DateOfBirth.IsZero() {
		return ""
	}
	text := words.Date(p.person.DateOfBirth)
	code := place.Code(p.person.BirthPlace)
	if code == "" {
		if parsed, err := fiscalcode.Parse(p.person.FiscalCode); err == nil {
			code = parsed.Place()
		}
	}
	if at, ok := place.At(code, p.person.DateOfBirth); ok {
		text = words.T("person.born.at", "Day", text, "Place", at.Label())
	}
	return text
}

// face is the photo or the initials, with the ways to change it (SES-02).
func (p *Page) face() fyne.CanvasObject {
	shown := fyne.CanvasObject(widget.NewAvatar(p.person.Initials(), faceSide))
	if picture := pictureOf(p.edit.Mine.Photo); picture != nil {
		shown = widget.Fixed(faceSide, faceSide, widget.Stack(picture))
	}
	if !p.editing || p.config.Photo == nil {
		return widget.Row(16, shown, widget.Grow(p.waiting(member.FieldPhoto)))
	}
	actions := []fyne.CanvasObject{widget.NewButton(words.T("person.photo.choose"), widget.Secondary, p.choosePhoto).WithIcon(theme.IconImage).Compact()}
	if len(p.edit.Mine.Photo) > 0 {
		actions = append(actions, widget.NewButton(words.T("person.photo.remove"), widget.Tertiary, func() {
			p.edit.Mine.Photo = nil
			p.changed()
			p.fill()
		}))
	}
	return widget.Row(16, shown, widget.Grow(widget.Flow(12, actions...)))
}

// faceSide is the side of the photo at 100 %.
const faceSide = 72

func pictureOf(data []byte) fyne.CanvasObject {
	if len(data) == 0 {
		return nil
	}
	picture, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil
	}
	image := canvas.NewImageFromImage(picture)
	image.FillMode = canvas.ImageFillCover
	image.CornerRadius = theme.Px(theme.CardRadius)
	return image
}

// line shows a field as the mutual says it, and beside it what waits for its confirmation.
func (p *Page) line(f member.Field) fyne.CanvasObject {
	shown, copied := valueText(p.sheet.Said, f, p.config.Rules()), copyOf(p.sheet.Said, f)
	label := words.T("person.field." + string(f))
	said := part.Line(label, shown, copied)
	if f == member.FieldIBAN {
		said = part.CodeLine(label, shown, copied)
	}
	return widget.Column(4, said, p.waiting(f))
}

// waiting is the new value of a field that is on its way; nothing where none is.
func (p *Page) waiting(f member.Field) fyne.CanvasObject {
	if p.sheet.Said.Same(p.sheet.Expected, f) {
		return widget.Column(0)
	}
	badge := widget.NewBadge(theme.IconClock, words.T("part.request.waiting"), widget.Calm)
	value := widget.NewText(valueText(p.sheet.Expected, f, p.config.Rules()), theme.Body)
	return widget.NewColumns(10, widget.Col{Object: widget.Row(0, badge), Natural: true}, widget.Col{Object: value, FoldBelow: 480})
}

// pastCard lists what was given up: nothing is lost silently.
func (p *Page) pastCard() fyne.CanvasObject {
	parts := []fyne.CanvasObject{widget.NewText(words.T("person.past.text"), theme.Secondary)}
	for _, old := range slices.Backward(p.past) {
		parts = append(parts, widget.Rule(), widget.Column(2,
			widget.NewText(words.T("person.field."+string(old.Field))+": "+valueText(old.Value, old.Field, p.config.Rules()), theme.Body),
			widget.NewText(words.T("person.past."+old.Whose, "When", words.LongMoment(old.At)), theme.Caption)))
	}
	return part.Section(words.T("person.past"), nil, parts...)
}

// committed says at which minute the edit was stored, or why not.
func (p *Page) committed(err error) {
	if err != nil {
		p.say(errtext.Of(err))
		return
	}
	p.say(words.T("person.saved", "Clock", words.Clock(p.now())))
}

// say writes the line about saving.
func (p *Page) say(text string) {
	if p.fields.saved != nil {
		p.fields.saved.SetText(text)
		p.Relayout()
	}
}
