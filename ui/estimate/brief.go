package estimate

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Brief is the answer in two lines, for a list of documents: the verdict with the amount, and how it was reckoned or what stands in
// the way first.
func Brief(a Answer) fyne.CanvasObject {
	tone, text := widget.Calm, words.T("plan.brief", "Verdict", words.T("plan.outcome."+string(a.Verdict())))
	switch a.Verdict() {
	case Covered, Partly:
		tone, text = widget.ToneGood, words.T("plan.brief.amount", "Verdict", words.T("plan.outcome."+string(a.Verdict())), "Sum", a.amount())
	case NotCovered:
		tone = widget.ToneBad
	case Open:
		if a.Said.Outcome == plan.Integrate {
			tone = widget.ToneCareful
		}
	}
	if first := a.first(); tone == widget.ToneGood && first.Tone == widget.ToneCareful {
		tone = widget.ToneCareful
	}
	return widget.Outcome(tone, text, a.reason())
}

// reason is the line below the verdict.
func (a Answer) reason() string {
	first := a.first()
	switch {
	case a.Why != None:
		return words.T("plan.why." + string(a.Why))
	case first.Tone == widget.ToneBad || first.Tone == widget.ToneCareful:
		return plain(first.Text) + " " + first.Source
	}
	return words.T("plan.formula", "Formula", a.Formula(), "Article", Cite(a.Said.Article))
}

// first is the first line of the answer, the zero Check where there is none.
func (a Answer) first() Check {
	if checks := a.Checks(); len(checks) > 0 {
		return checks[0]
	}
	return Check{}
}
