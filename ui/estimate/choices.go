package estimate

import (
	"slices"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Need is the condition of a benefit by a rule, or nil: only then is the member asked about it.
func Need(b *plan.Benefit, r plan.Rule) *plan.Need {
	i := slices.IndexFunc(b.Needs, func(n plan.Need) bool { return n.Rule == r })
	if i < 0 {
		return nil
	}
	return &b.Needs[i]
}

// Treatments are the choices of a treatment, in the plan's names. Of one that was chosen before they end with taking it away.
func Treatments(b *plan.Benefit, chosen bool) []widget.Option {
	list := make([]widget.Option, 0, len(b.Treatments)+1)
	for _, t := range b.Treatments {
		list = append(list, widget.Option{Value: t.ID, Label: t.Name})
	}
	if chosen {
		list = append(list, widget.Option{Label: words.T("plan.ask.treatment.none")})
	}
	return list
}

// Programmes are the choices of a prevention programme, in the plan's names.
func Programmes(b *plan.Benefit) []widget.Option {
	list := make([]widget.Option, len(b.Programmes))
	for i, p := range b.Programmes {
		list[i] = widget.Option{Value: p.ID, Label: p.Name}
	}
	return list
}

// Lenses are the choices of a kind of lens: all of them, for the plan to say which it pays.
func Lenses() []widget.Option {
	var list []widget.Option
	for _, kind := range []string{"glasses", "yearly", "half_yearly", "quarterly", "monthly", "daily"} {
		list = append(list, widget.Option{Value: kind, Label: words.T("plan.lens." + kind)})
	}
	return list
}

// Issuers are the choices of who certified something, in the plan's words, and somebody else.
func Issuers(n *plan.Need) []widget.Option {
	list := make([]widget.Option, 0, len(n.Of)+1)
	for _, who := range n.Of {
		list = append(list, widget.Option{Value: who, Label: Capital(who)})
	}
	return append(list, widget.Option{Value: "other", Label: words.T("plan.ask.issuer.other")})
}

// YesOrNo are the choices of a question.
func YesOrNo() []widget.Option {
	return []widget.Option{{Value: string(claim.SaidYes), Label: words.T("plan.ask.yes")}, {Value: string(claim.SaidNo), Label: words.T("plan.ask.no")}}
}

// Acts are boxes to tick for the acts that a condition counts, in the plan's words and order. said is called with those that are
// ticked after each change.
func Acts(label string, n *plan.Need, ticked []string, said func([]string)) *widget.Field {
	on := map[string]bool{}
	for _, act := range ticked {
		on[act] = true
	}
	boxes := widget.Column(4)
	for _, act := range n.Of {
		box := widget.NewCheck(Capital(act))
		box.SetChecked(on[act])
		box.OnChanged = func(checked bool) {
			on[act] = checked
			said(slices.DeleteFunc(slices.Clone(n.Of), func(a string) bool { return !on[a] }))
		}
		boxes.Add(box)
	}
	return widget.NewField(label, boxes)
}
