package plan

import (
	"slices"
	"time"

	"github.com/sodale/sodale/app/civil"
)

// Status is how a person stands with the plan on a day (MEM-42).
type Status string

// The statuses. Waiting is no status: it differs from benefit to benefit (Waiting).
const (
	NotStarted    Status = "not_started"
	Active        Status = "active"
	IsSuspended   Status = "suspended"
	AwaitsRights  Status = "reacquisition_wait"
	HasEnded      Status = "ceased"
	NeverEnrolled Status = "not_enrolled"
)

// Cover is how a person stands on a day.
type Cover struct {
	Status  Status
	Covered bool
	Debt    bool // contributions are overdue, with no effect on the cover yet (AMB-89)
	Code    Code // why not covered; OK when covered
	Article string
	Reading string
	Until   civil.Date // last day of this status as far as it is known; zero = open
}

// Cover says whether a person is covered on a day. Waiting periods are left out: they concern single benefits.
func (p *Plan) Cover(i Insured, on civil.Date) Cover {
	if i.Left {
		return Cover{Status: NeverEnrolled, Code: PersonNotCovered, Article: p.personArticle()}
	}
	if start := p.start(i); on.Before(start) {
		return Cover{Status: NotStarted, Code: BeforeCoverage, Article: p.startArticle(i), Until: start.AddDays(-1)}
	}
	state := Cover{Status: Active, Covered: true, Code: OK}
	if p.Arrears == nil {
		return state
	}
	switch {
	case p.Arrears.ByDue != nil:
		state = p.Arrears.ByDue.cover(i.Dues, on)
	case p.Arrears.ByMonth != nil:
		state = p.Arrears.ByMonth.cover(i, on)
	}
	if !state.Covered {
		state.Reading = p.Arrears.Reading
		if state.Article == "" {
			state.Article = p.Arrears.Article
		}
	}
	return state
}

// start is the first day of the cover: that of the person, for newborns as the plan says.
func (p *Plan) start(i Insured) civil.Date {
	if p.Newborns == nil || i.Role != Newborn || i.Birth.IsZero() {
		return i.Start
	}
	switch {
	case i.Requested.IsZero() && !i.Start.IsZero():
		return i.Start
	case i.Requested.IsZero() || i.Requested.Sub(i.Birth) <= p.Newborns.Days:
		return i.Birth
	}
	return civil.Date{Year: i.Requested.Year + 1, Month: time.January, Day: 1}
}

// fromBirth reports whether a newborn is covered from the day of birth, with no waiting period.
func (p *Plan) fromBirth(i Insured) bool {
	return p.Newborns != nil && i.Role == Newborn && !i.Birth.IsZero() && p.start(i) == i.Birth
}

func (p *Plan) startArticle(i Insured) string {
	if i.Role == Newborn && p.Newborns != nil {
		return p.Newborns.Article
	}
	return p.Start
}

func (p *Plan) personArticle() string {
	if p.Persons == nil {
		return p.Start
	}
	return p.Persons.Article
}

func (a *ArrearsByDue) cover(dues []Due, on civil.Date) Cover {
	state := Cover{Status: Active, Covered: true, Code: OK}
	for _, due := range dues {
		endOfYear := civil.Date{Year: due.On.Year, Month: time.December, Day: 31}
		unpaid := due.Paid.IsZero() || due.Paid.After(on)
		switch {
		case !on.After(due.On) || !due.Paid.IsZero() && !due.Paid.After(due.On):
		case on.After(endOfYear) && (due.Paid.IsZero() || due.Paid.After(endOfYear)):
			return Cover{Status: HasEnded, Code: Ceased, Article: a.LapseArticle}
		case unpaid:
			state = Cover{Status: IsSuspended, Code: Suspended}
		case state.Status != IsSuspended:
			if last := a.lastWait(due); !on.After(last) && (state.Covered || last.After(state.Until)) {
				state = Cover{Status: AwaitsRights, Code: Reacquiring, Until: last}
			}
		}
	}
	return state
}

// lastWait is the last day without rights after a late payment (MEM-11, MEM-12).
func (a *ArrearsByDue) lastWait(due Due) civil.Date {
	if due.Paid.After(due.On.AddMonths(a.LongMonths)) {
		return due.Paid.AddMonths(a.LongWait)
	}
	return due.Paid.AddDays(a.WaitDays)
}

func (a *ArrearsByMonth) cover(i Insured, on civil.Date) Cover {
	from, last, ok := a.suspension(i)
	active := Cover{Status: Active, Covered: true, Code: OK, Debt: len(i.Missed) > 0 && (i.Cured.IsZero() || on.Before(i.Cured))}
	switch cured := !i.Cured.IsZero() && !i.Cured.After(last); {
	case !ok || on.Before(from) || cured && !on.Before(i.Cured):
		return active
	case on.After(last):
		return Cover{Status: HasEnded, Code: Ceased}
	}
	return Cover{Status: IsSuspended, Code: Suspended, Until: last}
}

// suspension returns the first day without cover and the last day on which all can still be paid. ok is false when too few months in
// a row were missed, or all was paid before.
func (a *ArrearsByMonth) suspension(i Insured) (from, last civil.Date, ok bool) {
	months := slices.Clone(i.Missed)
	slices.SortFunc(months, func(a, b Month) int { return a.first().Compare(b.first()) })
	run := 1
	for k := range months {
		if k > 0 && months[k].first() == months[k-1].first().AddMonths(1) {
			run++
		} else {
			run = 1
		}
		if run == a.Months {
			from = months[k].first().AddMonths(1)
			last = months[k+1-run].first().AddMonths(a.CureMonths).EndOfMonth()
			return from, last, i.Cured.IsZero() || !i.Cured.Before(from)
		}
	}
	return from, last, false
}

// tainted reports whether something began while the cover was suspended: it stays uncovered after all is paid (MEM-33).
func (p *Plan) tainted(i Insured, began civil.Date) bool {
	if began.IsZero() || p.Arrears == nil || p.Arrears.ByMonth == nil || len(i.Missed) == 0 {
		return false
	}
	from, last, ok := p.Arrears.ByMonth.suspension(i)
	return ok && !began.Before(from) && (i.Cured.IsZero() || i.Cured.After(last) || began.Before(i.Cured))
}

func (m Month) first() civil.Date { return civil.Date{Year: m.Year, Month: m.Month, Day: 1} }

// Waiting is one line of the table of waiting periods of a person.
type Waiting struct {
	Name    string
	Until   civil.Date // last day without cover
	Article string
	Reading string
}

// Waiting lists the waiting periods of a person that end after a day or later, soonest first.
func (p *Plan) Waiting(i Insured, on civil.Date) []Waiting {
	start := p.start(i)
	if start.IsZero() || p.fromBirth(i) {
		return nil
	}
	var list []Waiting
	add := func(name string, days int, article, reading string) {
		if last := start.AddDays(days - 1); days > 0 && !last.Before(on) {
			list = append(list, Waiting{name, last, article, reading})
		}
	}
	for _, w := range p.Waits {
		add(w.Name, w.Days, w.Article, w.Reading)
	}
	for _, b := range p.Benefits {
		if b.WaitDays != nil {
			add(b.Name, *b.WaitDays, p.waitArticle(), b.WaitNote)
		}
	}
	slices.SortStableFunc(list, func(a, b Waiting) int { return a.Until.Compare(b.Until) })
	return list
}

// FirstCovered is the first day on which a cause, or a benefit with a waiting period of its own, is covered for one who starts on a
// day. ok is false when the plan has neither.
func (p *Plan) FirstCovered(what string, start civil.Date) (first civil.Date, ok bool) {
	if b := p.benefit(ID(what)); b != nil && b.WaitDays != nil {
		return start.AddDays(*b.WaitDays), true
	}
	for _, w := range p.Waits {
		if slices.Contains(w.Causes, Cause(what)) || len(w.Causes) == 0 && slices.Contains(allCauses, Cause(what)) {
			return start.AddDays(w.Days), true
		}
	}
	return civil.Date{}, false
}

func (p *Plan) waitArticle() string {
	if len(p.Waits) == 0 {
		return p.Start
	}
	return p.Waits[0].Article
}
