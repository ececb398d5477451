package newclaim

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
)

// grantRows are the fields of a school document (STU-05, STU-06). They stand in the frame of a refund (STU-03).
func (f *form) grantRows() []fyne.CanvasObject {
	return []fyne.CanvasObject{
		pair(f.choice(claim.FieldPerson, people(f.page.m.Household)), f.date(claim.FieldIssued)),
		f.choice(claim.FieldSchool, schools(f.page.m.Mutual)),
		f.choice(claim.FieldMark, marks(f.page.m.rules().Marks(f.page.m.Text(claim.FieldSchool)))),
		f.line(fieldNotes, widget.NewMultiLine(label(fieldNotes), 2)),
	}
}

// schools are the kinds of school of the mutual's call.
func schools(p mutual.Profile) []widget.Option {
	var options []widget.Option
	for _, s := range p.Claims.Study.Schools {
		options = append(options, widget.Option{Value: s.ID, Label: s.Name})
	}
	return options
}

// schoolName is what the mutual calls a kind of school.
func schoolName(p mutual.Profile, id string) string {
	i := slices.IndexFunc(p.Claims.Study.Schools, func(s mutual.Choice) bool { return s.ID == id })
	if i < 0 {
		return id
	}
	return p.Claims.Study.Schools[i].Name
}

// marks are the choices of *Voto conseguito*.
func marks(list []string) []widget.Option {
	options := make([]widget.Option, len(list))
	for i, mark := range list {
		options[i] = widget.Option{Value: mark, Label: mark}
	}
	return options
}

// regionCard asks where the grant is asked for, and says who may ask (STU-01, STU-02, STU-04).
func (p *Page) regionCard() fyne.CanvasObject {
	region := widget.NewSelect(label(claim.WhereRegion), regions())
	region.SetValue(p.m.Claim.Region)
	region.SetHint(hint(claim.WhereRegion))
	region.OnChanged = func(value string) {
		p.m.before(claim.WhereRegion, "")
		p.m.Claim.Region = value
		if region.Error() != "" {
			region.SetError("")
			p.relayout()
		}
		p.changed()
	}
	if p.summary && p.m.Claim.Region == "" {
		region.SetError(p.problemText(claim.Problem{Code: claim.CodeNoRegion}))
	}
	parts := []fyne.CanvasObject{region}
	if text := p.m.Mutual.Claims.Study.Notice; text != "" {
		parts = append(parts, widget.RowTop(12, widget.NewIcon(theme.IconGraduationCap, 22, theme.Ink2), widget.Grow(widget.NewText(text, theme.Secondary).Color(theme.Ink))))
	}
	return widget.Card(widget.Column(14, parts...))
}

func regions() []widget.Option {
	var options []widget.Option
	for _, name := range claim.Regions() {
		options = append(options, widget.Option{Value: name, Label: name})
	}
	return options
}

// lacksRegion reports whether a study grant names no region yet (STU-04).
func (m *model) lacksRegion() bool { return m.Claim.Kind == claim.StudyGrant && m.Claim.Region == "" }
