package plan

import (
	"slices"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/money"
)

// Estimate is what the plan says of a case. It is no decision: the mutual decides.
type Estimate struct {
	Outcome  Outcome
	Code     Code        // why; OK when something is payable
	Article  string      // that the outcome rests on
	Refund   money.Cents // to the member
	Provider money.Cents // to the provider, in direct form
	Share    money.Cents // of the amount, that stays with the member; 0 for subsidies
	Shared   bool        // there is an expense to share
	Units    int         // days or accesses paid, of a subsidy
	Formula  Formula
	Warnings []Warning
	Findings []Finding  // everything that stands in the way or is in doubt, gravest first
	Readings []string   // ambiguities that the outcome rests on
	Left     []Left     // under each limit, after this; none when nothing is paid
	LastDay  civil.Date // to send it; zero = no term
}

// Eligible reports whether something would be paid.
func (e Estimate) Eligible() bool {
	return e.Outcome == Refund || e.Outcome == Subsidise || e.Outcome == PayDirect
}

// Finding is one thing that stands in the way.
type Finding struct {
	Code    Code
	Article string
	Reading string
	Paper   Paper      // DOCUMENT_MISSING and _INCOMPLETE: which
	Name    string     // of the paper, the exclusion or the limit, in the plan's words
	Day     civil.Date // first covered day, last day of a term: what the code is about
	Doubt   bool       // nobody said: it would stand in the way if it were so
}

// Formula is how the amount was reckoned, for people: percent of base, or days times a daily sum, or the rest over a share.
type Formula struct {
	Base    money.Cents
	Percent int
	Each    money.Cents // cap of each service or treatment; 0 = none
	Treated int         // treatments paid, where they are paid one by one
	Daily   money.Cents
	Share   money.Cents // fixed, of the member
	Sum     money.Cents
}

// reckoning is one estimate in the making.
type reckoning struct {
	Estimate
	p       *Plan
	c       *Case
	b       *Benefit
	form    *Payment
	start   civil.Date
	doc     civil.Date
	folded  string         // service and speciality, for rules about words
	payable []civil.Date   // days of a subsidy that may be paid
	treated map[string]int // treatments paid, by kind
}

// Estimate says what the plan pays for a case. Order: person, benefit, form, exclusions, cover, waiting period, terms, needs; then
// the total less charges and things not covered, times the percentage, at most so much for each service, at most what is left of
// each limit, at most what other cover left to the member (BEE-07).
func (p *Plan) Estimate(c *Case) Estimate {
	r := &reckoning{p: p, c: c, start: p.start(c.Insured), doc: c.Expense.Document}
	if r.doc.IsZero() {
		r.doc = c.Expense.On
	}
	r.Shared = c.Expense.Form != Subsidy && c.Expense.Form != Lump
	if c.Expense.Benefit == "" {
		r.Outcome = Unknown
		return r.finish()
	}
	r.person()
	if !r.find() {
		return r.finish()
	}
	r.excluded()
	r.injury()
	r.days()
	r.terms()
	for _, needs := range [][]Need{r.b.Needs, r.form.Needs} {
		for i := range needs {
			if n := &needs[i]; len(n.Forms) == 0 || slices.Contains(n.Forms, c.Expense.Form) {
				rules[n.Rule](r, n)
			}
		}
	}
	r.listed()
	r.programme()
	r.caution()
	r.pay()
	return r.finish()
}

// finish picks the reason among the findings and takes the money away when nothing is payable.
func (r *reckoning) finish() Estimate {
	slices.SortStableFunc(r.Findings, func(a, b Finding) int { return a.weight() - b.weight() })
	if r.Outcome == Unknown {
		r.Share = r.c.Expense.Amount
		return r.Estimate
	}
	if len(r.Findings) == 0 || r.Findings[0].Doubt {
		r.Code = OK
		return r.Estimate
	}
	reason := r.Findings[0]
	r.Code, r.Article, r.Outcome = reason.Code, reason.Article, Reject
	if reason.Code.Curable() {
		r.Outcome = Integrate
	}
	r.Refund, r.Provider, r.Units, r.Left, r.Share = 0, 0, 0, nil, 0
	r.Warnings = nil
	r.Readings = nil
	r.rests(reason.Reading)
	if r.Shared {
		r.Share = max(0, r.c.Expense.Amount-r.c.Expense.Other)
	}
	return r.Estimate
}

// weight orders findings: doubts after what is certain.
func (f Finding) weight() int {
	if f.Doubt {
		return len(ranks) + ranks[f.Code]
	}
	return ranks[f.Code]
}

func (r *reckoning) note(f Finding) { r.Findings = append(r.Findings, f) }

func (r *reckoning) warn(w Warning) {
	if !slices.Contains(r.Warnings, w) {
		r.Warnings = append(r.Warnings, w)
	}
}

// rests notes the reading that an outcome rests on.
func (r *reckoning) rests(reading string) {
	if reading != "" && !slices.Contains(r.Readings, reading) {
		r.Readings = append(r.Readings, reading)
	}
}

func (r *reckoning) person() {
	i := r.c.Insured
	if i.Left || r.p.Persons != nil && !slices.Contains(r.p.Persons.Roles, i.Role) {
		r.note(Finding{Code: PersonNotCovered, Article: r.p.personArticle()})
	}
}

// find looks up benefit and form. false when there is nothing more to look at.
func (r *reckoning) find() bool {
	e := &r.c.Expense
	if i := slices.IndexFunc(r.p.Never, func(n Never) bool { return n.Benefit == e.Benefit }); i >= 0 {
		r.note(Finding{Code: ExcludedBenefit, Article: r.p.Never[i].Article, Name: r.p.Never[i].Name})
		return false
	}
	i := slices.IndexFunc(r.p.Benefits, func(b Benefit) bool { return b.ID == e.Benefit })
	if i < 0 {
		r.note(Finding{Code: NotInPlan, Article: r.p.NotProvided})
		return false
	}
	r.b = &r.p.Benefits[i]
	r.Article = r.b.Article
	if r.form = r.b.payment(e.Form); r.form == nil {
		code := FormNotAllowed
		if r.b.onlyTicket() && (e.Form == Private || e.Form == Intramoenia) {
			code = PrivateNot
		}
		r.note(Finding{Code: code, Article: r.p.formArticle(r.b, code)})
		return false
	}
	if r.form.Article != "" {
		r.Article = r.form.Article
	}
	r.folded = fold(e.Service + " " + e.Specialty)
	return true
}

func (p *Plan) formArticle(b *Benefit, code Code) string {
	if code == PrivateNot && p.Private != "" {
		return p.Private
	}
	return b.Article
}

// payment finds how a form is paid. Intramoenia counts as private (BEG-08).
func (b *Benefit) payment(f Form) *Payment {
	for i := range b.Forms {
		if b.Forms[i].Form == f {
			return &b.Forms[i]
		}
	}
	if f == Intramoenia {
		return b.payment(Private)
	}
	return nil
}

func (b *Benefit) onlyTicket() bool {
	return !slices.ContainsFunc(b.Forms, func(f Payment) bool { return f.Form != Ticket })
}

// has reports whether a fact is given, or follows from the dates.
func (r *reckoning) has(f Fact) bool {
	e := &r.c.Expense
	if f == Preexisting && e.Cause != Injury {
		for _, began := range []civil.Date{e.Onset, e.Loss.Since} {
			if !began.IsZero() && began.Before(r.start) {
				return true
			}
		}
	}
	return slices.Contains(e.Facts, f)
}

func (r *reckoning) excluded() {
	e := &r.c.Expense
	for i := range r.p.Exclusions {
		x := &r.p.Exclusions[i]
		if len(x.In) > 0 && !slices.Contains(x.In, r.b.ID) || x.Unless != "" && r.has(x.Unless) {
			continue
		}
		if x.Months > 0 && !e.day().IsZero() && !e.day().Before(r.start.AddMonths(x.Months)) {
			continue
		}
		if slices.ContainsFunc(x.Facts, r.has) || slices.Contains(x.Causes, e.Cause) || len(x.Words) > 0 && holds(r.folded, x.Words) {
			r.note(Finding{Code: x.Code, Article: x.Article, Reading: x.Reading, Name: x.Name})
		}
	}
}

// day is the day of the event: of a stay, the entry (BEG-04).
func (e *Expense) day() civil.Date {
	switch {
	case !e.On.IsZero():
		return e.On
	case !e.Stay.Entry.IsZero():
		return e.Stay.Entry
	case len(e.Stay.Accesses) > 0:
		return e.Stay.Accesses[0]
	case len(e.Care.Days) > 0:
		return e.Care.Days[0]
	}
	return e.Document
}

func (r *reckoning) injury() {
	e, rule := &r.c.Expense, r.p.Injuries
	if rule == nil || e.Cause != Injury || e.Injured.IsZero() {
		return
	}
	if first := r.start.AddDays(rule.AfterDays); e.Injured.Before(first) {
		r.note(Finding{Code: InjuryBefore, Article: rule.Article, Reading: rule.Reading, Day: first})
	}
}

// listed looks for a service in the closed list of its benefit (LST-04, LST-05).
func (r *reckoning) listed() {
	e := &r.c.Expense
	if len(r.b.Services) == 0 || e.Listed == Yes || e.Listed == Unsaid && holds(r.folded, r.b.Services) {
		return
	}
	r.note(Finding{Code: NotInPlan, Article: r.b.ListedIn, Doubt: e.Listed == Unsaid && r.folded == ""})
}

// programme looks whether a package of examinations is for this person (BEE-20, AMB-34).
func (r *reckoning) programme() {
	if len(r.b.Programmes) == 0 {
		return
	}
	i := slices.IndexFunc(r.b.Programmes, func(g Programme) bool { return g.ID == r.c.Expense.Programme })
	if i < 0 {
		r.note(Finding{Code: NotInPlan, Article: r.b.Article, Doubt: r.c.Expense.Programme == ""})
		return
	}
	g, who := r.b.Programmes[i], r.c.Insured
	if g.Sex != "" && who.Sex != "" && g.Sex != who.Sex || g.Over > 0 && !who.Birth.IsZero() && r.c.Expense.On.Age(who.Birth) <= g.Over {
		r.note(Finding{Code: AgeOrSex, Article: r.b.Article, Name: g.Name})
	}
}

// pregnancyDays is how long a pregnancy takes.
const pregnancyDays = 40 * 7

// caution warns of what a paper may show later: a birth so soon after the start that the pregnancy was there before (BPB-18), a
// refund within a free stay, which takes the stay's subsidy away (AMB-20), and what the benefit itself warns of.
func (r *reckoning) caution() {
	e, day := &r.c.Expense, r.c.Expense.day()
	for _, w := range r.b.Warns {
		r.warn(w)
	}
	pregnant := func(x Exclusion) bool { return slices.Contains(x.Facts, PregnantAtStart) }
	if (e.Cause == Childbirth || e.Cause == Pregnancy) && slices.ContainsFunc(r.p.Exclusions, pregnant) && day.Before(r.start.AddDays(pregnancyDays)) {
		r.warn(PregnancyDoubt)
	}
	if r.form.Daily != nil || day.IsZero() {
		return
	}
	for i := range r.c.History {
		h := &r.c.History[i]
		b := r.p.benefit(h.Benefit)
		forbids := func(n Need) bool { return n.Rule == NeedNoRefund }
		if b != nil && slices.ContainsFunc(b.Needs, forbids) && !day.After(h.Date) && !day.Before(h.Date.AddDays(-h.Days)) {
			r.warn(StayWithRefund)
		}
	}
}
