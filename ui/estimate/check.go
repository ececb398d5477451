package estimate

import (
	"slices"
	"strings"

	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Check is one line of the answer, with the article that it rests on.
type Check struct {
	Tone    widget.Tone
	Text    string
	Source  string       // the line below: "Articolo 1.2"
	Article string       // of the plan; "" = none
	Reading string       // the ambiguity that it rests on, "" = none
	Finding plan.Finding // that it is about; zero = none
}

// Checks lists what the plan looked at, problems first. Where something stands in the way that no document can cure, what documents
// are missing is not worth asking for.
func (a Answer) Checks() []Check {
	var list, doubts []Check
	for _, f := range a.Said.Findings {
		switch {
		case f.Doubt && f.Name == "" && f.Code == plan.DocumentIncomplete && (a.Why == NoDays || a.Why == Visits): // said already
		case f.Doubt && f.Code == plan.DocumentIncomplete && len(doubts) > 0 && doubts[len(doubts)-1].Finding.Code == f.Code:
			last := &doubts[len(doubts)-1] // several things that one document must show are one line
			last.Finding.Name += "; " + f.Name
			last.Text = Sentence(last.Finding)
		case f.Doubt:
			doubts = append(doubts, a.problem(f))
		default:
			list = append(list, a.problem(f))
		}
	}
	if a.Said.Outcome != plan.Reject {
		list = append(list, doubts...)
	}
	list = append(append(list, a.warnings()...), a.fine()...)
	slices.SortStableFunc(list, func(x, y Check) int { return gravity(x.Tone) - gravity(y.Tone) })
	return list
}

// gravity orders the lines: what stands in the way, what to do, what is fine, and what is only good to know.
func gravity(t widget.Tone) int {
	return slices.Index([]widget.Tone{widget.ToneBad, widget.ToneCareful, widget.ToneGood, widget.Calm}, t)
}

// problem is a finding: what refuses is red, what a document cures amber, and what only has to be looked at calm.
func (a Answer) problem(f plan.Finding) Check {
	tone := widget.ToneBad
	switch {
	case f.Doubt && (f.Code == plan.DocumentIncomplete || !f.Code.Curable()):
		tone = widget.Calm
	case f.Code.Curable():
		tone = widget.ToneCareful
	}
	return a.check(tone, Sentence(f), f.Article, f.Reading).about(f)
}

func (c Check) about(f plan.Finding) Check { c.Finding = f; return c }

func (a Answer) check(tone widget.Tone, text, article, reading string) Check {
	c := Check{Tone: tone, Text: text, Article: article, Reading: reading}
	if article != "" {
		c.Source = Capital(Cite(article))
	}
	if reading != "" {
		c.Source = strings.TrimPrefix(c.Source+" · "+words.T("plan.reading"), " · ")
	}
	return c
}

// quiet are warnings that another line says already: the last day, and the formula.
var quiet = []plan.Warning{plan.WeekendTerm, plan.DecemberWarning, plan.CappedEach}

// loud are those that the member should act on.
var loud = []plan.Warning{plan.LastDayWarning, plan.OldPrescription, plan.NoTerm, plan.StayWithRefund, plan.PregnancyDoubt}

func (a Answer) warnings() []Check {
	var list []Check
	for _, w := range a.Said.Warnings {
		tone := widget.Calm
		if slices.Contains(loud, w) {
			tone = widget.ToneCareful
		}
		if !slices.Contains(quiet, w) {
			list = append(list, a.check(tone, a.warning(w), a.articleOf(w), ""))
		}
	}
	return list
}

// articleOf is where a warning comes from: the term, or the benefit.
func (a Answer) articleOf(w plan.Warning) string {
	switch {
	case w == plan.LastDayWarning && a.Form == plan.Directly && a.Plan.Direct != nil:
		return a.Plan.Direct.Article
	case w == plan.LastDayWarning && a.Plan.Claims != nil:
		return a.Plan.Claims.Article
	case (w == plan.OldPrescription || w == plan.NoTerm) && a.Plan.Prescriptions != nil:
		return a.Plan.Prescriptions.DayArticle
	case a.Benefit != nil:
		return a.Benefit.Article
	}
	return ""
}

// fine lists what is as it should be, and what is left after this.
func (a Answer) fine() []Check {
	if !a.Said.Eligible() {
		return nil
	}
	text := words.T("plan.fine.covered", "Name", a.Benefit.Name)
	if words.Has("plan.fine.covered." + string(a.Form)) {
		text = words.T("plan.fine.covered."+string(a.Form), "Name", a.Benefit.Name)
	}
	list := []Check{a.check(widget.ToneGood, text, a.Said.Article, "")}
	if in, ok := a.inTime(); ok {
		list = append(list, in)
	}
	if a.Cover.Covered {
		list = append(list, a.coverLine())
	}
	for _, l := range a.Said.Left {
		text := words.T("plan.left", "Name", l.Name, "Left", Left(l, a.Year))
		list = append(list, a.check(widget.Calm, text, a.limitArticle(l.Limit), ""))
	}
	return list
}

// inTime says until when the claim can be sent, or direct assistance asked for.
func (a Answer) inTime() (Check, bool) {
	if a.Said.LastDay.IsZero() || a.Warns(plan.LastDayWarning) {
		return Check{}, false
	}
	if d := a.Plan.Direct; a.Form == plan.Directly && d != nil {
		c := a.check(widget.ToneGood, words.T("plan.fine.direct", "Day", words.Date(a.Said.LastDay)), d.Article, d.Reading)
		c.Source = words.N("plan.fine.workdays", d.WorkingDays) + ", " + Cite(d.Article)
		return c, true
	}
	t := a.Plan.Claims
	if t == nil {
		return Check{}, false
	}
	text := words.T("plan.fine.time", "Day", words.Date(a.Said.LastDay))
	for _, w := range []plan.Warning{plan.DecemberWarning, plan.WeekendTerm} {
		if a.Warns(w) {
			text += " " + a.warning(w)
		}
	}
	c := a.check(widget.ToneGood, text, t.Article, t.Reading)
	if !a.Warns(plan.DecemberWarning) {
		c.Source = words.N("plan.fine.days", t.Days) + ", " + Cite(t.Article)
	}
	return c, true
}

// coverLine says that the person is covered, and whether contributions are overdue.
func (a Answer) coverLine() Check {
	article := a.Plan.Start
	if a.Plan.Arrears != nil {
		article = a.Plan.Arrears.Article
	}
	if a.Cover.Debt {
		return a.check(widget.ToneCareful, words.T("plan.fine.debt"), article, "")
	}
	return a.check(widget.ToneGood, words.T("plan.fine.cover"), article, "")
}

func (a Answer) limitArticle(id plan.ID) string {
	for i := range a.Plan.Limits {
		if a.Plan.Limits[i].ID == id {
			return a.Plan.Limits[i].Article
		}
	}
	return ""
}
