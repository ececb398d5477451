package newclaim

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/estimate"
)

// treatmentOf is which treatment a field is of, from 0, and whether it is its amount; ok is false for other fields.
func treatmentOf(f field) (at int, cost, ok bool) {
	name, number, _ := strings.Cut(f, ".")
	at, err := strconv.Atoi(number)
	return at, name == claim.FieldCost, err == nil
}

// listText is what a field of d holds that is a list or part of one: acts one a line, treatments one a line with its amount. ok is
// false for other fields.
func listText(d *claim.ExpenseDocument, f field) (text string, ok bool) {
	switch f {
	case claim.FieldActs:
		return strings.Join(d.Loss.Acts, "\n"), true
	case claim.FieldTreatments:
		lines := make([]string, len(d.Treatments))
		for i := range d.Treatments {
			lines[i] = d.Treatments[i].ID + "\t" + amountText(d.Treatments[i].Amount, d.Treatments[i].AmountText)
		}
		return strings.Join(lines, "\n"), true
	}
	at, cost, ok := treatmentOf(f)
	switch {
	case !ok || at >= len(d.Treatments):
		return "", ok
	case cost:
		return amountText(d.Treatments[at].Amount, d.Treatments[at].AmountText), true
	}
	return d.Treatments[at].ID, true
}

// putList is the reverse of listText. The lists of d are made anew: the form as it stood before keeps its own.
func putList(d *claim.ExpenseDocument, f field, text string) (ok bool) {
	switch f {
	case claim.FieldActs:
		d.Loss.Acts = nil
		if text != "" {
			d.Loss.Acts = strings.Split(text, "\n")
		}
		return true
	case claim.FieldTreatments:
		d.Treatments = nil
		for line := range strings.Lines(text) {
			id, cost, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			t := claim.Treatment{ID: id}
			t.Amount, t.AmountText = readAmount(cost)
			d.Treatments = append(d.Treatments, t)
		}
		return true
	}
	at, cost, ok := treatmentOf(f)
	if ok {
		d.Treatments = withTreatment(d.Treatments, at, cost, text)
	}
	return ok
}

// withTreatment changes one treatment of a copy. Without a kind it goes; the one that then stands alone has the whole amount.
func withTreatment(list []claim.Treatment, at int, cost bool, text string) []claim.Treatment {
	list = slices.Clone(list)
	if at == len(list) {
		list = append(list, claim.Treatment{})
	}
	switch {
	case cost:
		list[at].Amount, list[at].AmountText = readAmount(text)
	case text != "":
		list[at].ID = text
	default:
		list = slices.Delete(list, at, at+1)
	}
	if len(list) == 1 {
		list[0].Amount, list[0].AmountText = 0, ""
	}
	if len(list) == 0 {
		return nil
	}
	return list
}

// treatmentRows are the treatments of the open document, and room for one more. What each cost is asked where there are several.
func (f *form) treatmentRows(b *plan.Benefit) []fyne.CanvasObject {
	n := len(f.page.m.document().Treatments)
	var rows []fyne.CanvasObject
	for i := range n {
		kind := f.choice(claim.FieldTreatmentAt(i), estimate.Treatments(b, true))
		if n == 1 {
			rows = append(rows, kind)
		} else {
			rows = append(rows, beside(kind, f.amount(claim.FieldCostAt(i))))
		}
	}
	return append(rows, f.choice(claim.FieldTreatmentAt(n), estimate.Treatments(b, false)))
}

// acts are the acts of daily life that the plan counts.
func (f *form) acts(n *plan.Need) fyne.CanvasObject {
	name := claim.FieldActs
	return f.keep(name, estimate.Acts(label(name), n, f.page.m.document().Loss.Acts, func(acts []string) {
		f.choose(name, strings.Join(acts, "\n"))
	}))
}
