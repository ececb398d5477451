package membership

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/estimate"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// benefitParts is the table of benefits by area: what is paid in each form, up to which limit, and what is left this year (PLN-06).
func (p *Page) benefitParts() []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if whose := p.whose(); whose != nil {
		parts = append(parts, whose)
	}
	left := p.left()
	for _, area := range areas(p.data.plan) {
		var rows []fyne.CanvasObject
		for i := range p.data.plan.Benefits {
			if b := &p.data.plan.Benefits[i]; b.Area == area {
				if len(rows) > 0 {
					rows = append(rows, widget.Rule())
				}
				rows = append(rows, p.benefitRow(b, left))
			}
		}
		parts = append(parts, part.Section(area, nil, rows...))
	}
	return append(parts, estimateNote())
}

// estimateNote stands by every figure that the plan would pay (CLM-49).
func estimateNote() fyne.CanvasObject {
	return widget.NewText(words.T("membership.estimate.note"), theme.Secondary)
}

// areas are the plan's, in the order of its benefits.
func areas(p *plan.Plan) []string {
	var list []string
	for _, b := range p.Benefits {
		if !slices.Contains(list, b.Area) {
			list = append(list, b.Area)
		}
	}
	return list
}

// left is what is left of each limit for the person chosen, in this year.
func (p *Page) left() []plan.Left {
	return p.data.plan.Remaining(p.data.rights.History(p.person), p.data.today.Year)
}

func (p *Page) benefitRow(b *plan.Benefit, left []plan.Left) fyne.CanvasObject {
	name := widget.Column(2, widget.NewText(b.Name, theme.Body).Bold(), widget.NewText(b.Summary, theme.Secondary))
	var forms []fyne.CanvasObject
	for _, f := range b.Forms {
		forms = append(forms, widget.NewText("**"+words.T("membership.form."+string(f.Form))+":** "+payment(f), theme.Secondary).Color(theme.Ink))
	}
	for _, t := range b.Treatments {
		forms = append(forms, widget.NewText(words.T("membership.pays.each", "Name", t.Name, "Sum", words.Money(t.Each)), theme.Caption))
	}
	parts := []fyne.CanvasObject{widget.NewColumns(24, widget.Col{Object: name}, widget.Col{Object: widget.Column(4, forms...), Width: 380, FoldBelow: 640})}
	for _, l := range left {
		if slices.Contains(limits(b), l.Limit) {
			parts = append(parts, limitLine(l, p.data.today.Year))
		}
	}
	calculate := widget.NewButton(words.T("membership.calculate"), widget.Tertiary, func() { p.try(b.ID) }).WithIcon(theme.IconReceipt)
	return widget.Column(8, append(parts, widget.Flow(12, p.articleLink(b.Article), calculate))...)
}

// limits are those that a benefit spends, in any form.
func limits(b *plan.Benefit) []plan.ID {
	list := slices.Clone(b.Limits)
	for _, f := range b.Forms {
		list = append(list, f.Limits...)
	}
	for _, t := range b.Treatments {
		list = append(list, t.Limits...)
	}
	return list
}

// payment says how much is paid in one form.
func payment(f plan.Payment) string {
	switch {
	case f.Direct != nil && f.Direct.Cents == 0:
		return words.T("membership.pays.all")
	case f.Direct != nil:
		return words.T("membership.pays.share", "Sum", words.Money(f.Direct.Cents))
	case f.Daily != nil:
		return words.T("membership.pays."+string(f.Daily.For), "Sum", words.Money(f.Daily.Cents))
	case f.Sum > 0:
		return words.T("membership.pays.once", "Sum", words.Money(f.Sum))
	case f.Each > 0:
		return words.T("membership.pays.percent.each", "Percent", f.Percent, "Sum", words.Money(f.Each))
	}
	return words.T("membership.pays.percent", "Percent", f.Percent)
}

// limitLine is a limit with what is left of it, in words and as a bar.
func limitLine(l plan.Left, year int) fyne.CanvasObject {
	said := widget.NewText(estimate.Left(l, year), theme.Secondary).Color(theme.Ink)
	if l.Unit == plan.UnitNext {
		return widget.NewColumns(16, widget.Col{Object: widget.NewText(l.Name, theme.Secondary), Width: 300}, widget.Col{Object: said, FoldBelow: 560})
	}
	bar := widget.NewBarStrip(widget.Share{Amount: l.Value, Color: theme.Accent}, widget.Share{Amount: l.Of - l.Value, Color: theme.Border, Faint: true})
	return widget.NewColumns(16, widget.Col{Object: widget.NewText(l.Name, theme.Secondary), Width: 300}, widget.Col{Object: bar, FoldBelow: 560},
		widget.Col{Object: said, Width: 260, FoldBelow: 760, Under: 1})
}
