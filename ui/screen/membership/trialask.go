package membership

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/estimate"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// conditions are what the benefit's own conditions ask for: lenses, the certificate of sight, the loss of self-sufficiency, the
// programme (BEE-18, BEE-21, BPB-24).
func (t *trial) conditions(b *plan.Benefit) []fyne.CanvasObject {
	var list []fyne.CanvasObject
	d := &t.doc
	if len(b.Programmes) > 0 {
		list = append(list, t.choice("membership.trial.programme", estimate.Programmes(b), d.Programme, func(v string) { d.Programme = v }))
	}
	if estimate.Need(b, plan.NeedLens) != nil {
		list = append(list, t.choice("membership.trial.lens", estimate.Lenses(), d.Lens, func(v string) { d.Lens = v }))
	}
	if n := estimate.Need(b, plan.NeedVisus); n != nil {
		list = append(list, t.day("membership.trial.sightOn", d.Sight.On, func(day civil.Date) { d.Sight.On = day }),
			t.choice("membership.trial.sightIssuer", estimate.Issuers(n), d.Sight.Issuer, func(v string) { d.Sight.Issuer = v }),
			t.yesOrNo("membership.trial.sightChanged", &d.Sight.Changed))
	}
	if n := estimate.Need(b, plan.NeedActs); n != nil {
		list = append(list, estimate.Acts(words.T("membership.trial.acts"), n, d.Loss.Acts, func(acts []string) {
			d.Loss.Acts = acts
			t.show()
		}))
	}
	if estimate.Need(b, plan.NeedLasting) != nil {
		list = append(list, t.day("membership.trial.lossSince", d.Loss.Since, func(day civil.Date) { d.Loss.Since = day }))
	}
	if estimate.Need(b, plan.NeedPermanence) != nil {
		list = append(list, t.yesOrNo("membership.trial.permanent", &d.Loss.Permanent))
	}
	return list
}

// yesOrNo is a question with yes or no.
func (t *trial) yesOrNo(key string, to *claim.Said) fyne.CanvasObject {
	return t.choice(key, estimate.YesOrNo(), string(*to), func(v string) { *to = claim.Said(v) })
}

// treatments are the lines of the expense, and room for one more; together they are its amount (BEE-14).
func (t *trial) treatments(b *plan.Benefit) []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for i := range t.doc.Treatments {
		cost := widget.NewMoneyEntry(words.T("membership.trial.cost", "N", i+1))
		cost.SetAmount(t.doc.Treatments[i].Amount)
		cost.OnAmount = func(c money.Cents, _ string) {
			t.doc.Treatments[i].Amount = c
			t.sum()
			t.show()
		}
		list = append(list, widget.NewColumns(16, widget.Col{Object: t.treatment(b, i)}, widget.Col{Object: cost, Width: 146, FoldBelow: 340}))
	}
	return append(list, t.treatment(b, len(t.doc.Treatments)))
}

// treatment is the kind of one line: the one behind the last is for one more, and none takes a line away.
func (t *trial) treatment(b *plan.Benefit, at int) fyne.CanvasObject {
	label, kind := words.T("membership.trial.treatment"), ""
	if at > 0 {
		label = words.T("membership.trial.treatment.more", "N", at+1)
	}
	there := at < len(t.doc.Treatments)
	if there {
		kind = t.doc.Treatments[at].ID
	}
	return t.labelled(label, estimate.Treatments(b, there), kind, func(v string) {
		switch {
		case v == "":
			t.doc.Treatments = slices.Delete(t.doc.Treatments, at, at+1)
		case there:
			t.doc.Treatments[at].ID = v
		default:
			t.doc.Treatments = append(t.doc.Treatments, claim.Treatment{ID: v})
		}
		t.sum()
	})
}

// sum is the amount of all lines.
func (t *trial) sum() {
	t.doc.Amount = 0
	for _, line := range t.doc.Treatments {
		t.doc.Amount += line.Amount
	}
}
