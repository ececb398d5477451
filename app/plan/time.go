package plan

import (
	"slices"

	"github.com/sodale/sodale/app/civil"
)

// days judges every day of the case: for a subsidy one by one, otherwise the day of the service. What fails on all days stands in
// the way; what fails on some leaves fewer days to pay (AMB-12).
func (r *reckoning) days() {
	if r.form.Daily == nil {
		r.open()
		return
	}
	all := r.asked()
	if len(all) == 0 {
		told := r.form.Daily.For == ForVisits && !r.c.Expense.Care.Discharge.IsZero() // an invoice that names no day
		r.note(Finding{Code: DocumentIncomplete, Article: r.Article, Doubt: !told})
		return
	}
	var first *Finding
	for _, day := range all {
		if found := r.closed(day); found == nil {
			r.payable = append(r.payable, day)
		} else if first == nil {
			first = found
		}
	}
	switch {
	case len(r.payable) == 0 && first != nil:
		r.note(*first)
	case len(r.payable) < len(all):
		r.warn(PartialDays)
		r.rests(first.Reading)
	}
}

// asked are the days of a subsidy, in order.
func (r *reckoning) asked() []civil.Date {
	if r.form.Daily == nil {
		return nil
	}
	e := &r.c.Expense
	switch r.form.Daily.For {
	case ForStay:
		return e.Stay.days()
	case ForAccess:
		return e.Stay.accesses()
	}
	days := slices.Clone(e.Care.Days)
	slices.SortFunc(days, civil.Date.Compare)
	return slices.Compact(days)
}

// days are those from the entry to the day before the exit; entry and exit on one day are one day (BPB-09, AMB-07, AMB-08).
func (s Stay) days() []civil.Date {
	if s.Entry.IsZero() || s.Exit.IsZero() || s.Exit.Before(s.Entry) {
		return nil
	}
	days := make([]civil.Date, max(1, s.Exit.Sub(s.Entry)))
	for i := range days {
		days[i] = s.Entry.AddDays(i)
	}
	return days
}

// accesses are the days of a day hospital; those whose date is not known count on the day of entry.
func (s Stay) accesses() []civil.Date {
	if len(s.Accesses) > 0 {
		return s.Accesses
	}
	if s.Entry.IsZero() {
		return nil
	}
	return slices.Repeat([]civil.Date{s.Entry}, max(1, s.Times))
}

// closed says what keeps a day from being paid, or nil.
func (r *reckoning) closed(day civil.Date) *Finding {
	if w := r.form.Daily; w.For == ForVisits && !r.c.Expense.Care.Discharge.IsZero() {
		if after := day.Sub(r.c.Expense.Care.Discharge); after < w.First || after > w.Last {
			return &Finding{Code: OutOfWindow, Article: r.Article, Day: r.c.Expense.Care.Discharge.AddDays(w.Last)}
		}
		if t := r.p.Claims; t != nil && !r.c.Sent.IsZero() && t.LastDay(day, day).Before(r.c.Sent) {
			return &Finding{Code: Late, Article: t.Article, Reading: t.Reading, Day: t.LastDay(day, day)}
		}
	}
	return r.shut(day)
}

// open notes what keeps the single day of a service from being paid. A lump sum is for a state, not for a service: the day of asking
// counts.
func (r *reckoning) open() {
	day := r.c.Expense.day()
	if r.form.Form == Lump && day.IsZero() {
		day = r.c.Sent
	}
	if day.IsZero() {
		return
	}
	if found := r.shut(day); found != nil {
		r.note(*found)
	}
}

// shut says whether cover or waiting period keep a day from being paid.
func (r *reckoning) shut(day civil.Date) *Finding {
	i, e := r.c.Insured, &r.c.Expense
	if state := r.p.Cover(i, day); !state.Covered {
		return &Finding{Code: state.Code, Article: state.Article, Reading: state.Reading, Day: r.start}
	}
	began := e.Onset
	if e.Cause == Injury {
		began = e.Injured
	}
	if r.p.tainted(i, began) {
		return &Finding{Code: Suspended, Article: r.p.Arrears.Article, Reading: r.p.Arrears.Reading}
	}
	if r.p.fromBirth(i) {
		r.Article = r.p.Newborns.Article
		return nil
	}
	return r.waiting(day)
}

// waiting says whether a day lies in the waiting period. A shorter one that asks for a certificate applies with it only.
func (r *reckoning) waiting(day civil.Date) *Finding {
	if d := r.b.WaitDays; d != nil {
		if first := r.start.AddDays(*d); day.Before(first) {
			return &Finding{Code: WaitingPeriod, Article: r.p.waitArticle(), Reading: r.b.WaitNote, Day: first}
		}
		return nil
	}
	var certified, wait *Wait
	for i := range r.p.Waits {
		w := &r.p.Waits[i]
		switch {
		case len(w.Causes) > 0 && !slices.Contains(w.Causes, r.c.Expense.Cause):
		case w.Certified && certified == nil:
			certified = w
		case wait == nil:
			wait = w
		}
	}
	held := func(w *Wait) bool { return w != nil && day.Before(r.start.AddDays(w.Days)) }
	switch {
	case certified != nil && held(certified):
		return &Finding{Code: WaitingPeriod, Article: certified.Article, Reading: certified.Reading, Day: r.start.AddDays(certified.Days)}
	case !held(wait):
		return nil
	case certified == nil:
		return &Finding{Code: WaitingPeriod, Article: wait.Article, Reading: wait.Reading, Day: r.start.AddDays(wait.Days)}
	case r.c.Expense.Emergency != Yes:
		return &Finding{Code: NotCertified, Article: certified.Article, Reading: certified.Reading, Day: r.start.AddDays(wait.Days)}
	}
	r.Article = certified.Article // the certificate alone opens the cover
	return nil
}

// terms looks at the day of sending.
func (r *reckoning) terms() {
	e := &r.c.Expense
	switch {
	case r.form.Form == Directly:
		r.directTerm()
	case r.form.Form == Lump || r.p.Claims == nil:
	default:
		r.claimTerm(e)
	}
}

func (r *reckoning) directTerm() {
	t := r.p.Direct
	if t == nil || r.c.Expense.On.IsZero() {
		return
	}
	r.LastDay = r.c.Expense.On.AddWorkdays(-t.WorkingDays)
	r.sent(Finding{Code: DirectLate, Article: t.Article, Reading: t.Reading})
}

func (r *reckoning) claimTerm(e *Expense) {
	t := r.p.Claims
	if t.Advance != "" && (r.has(AdvanceInvoice) || !e.Document.IsZero() && e.Document.Before(e.On)) {
		r.note(Finding{Code: Advance, Article: t.Advance})
	}
	for _, ask := range t.Papers {
		if len(ask.Forms) == 0 || slices.Contains(ask.Forms, e.Form) {
			r.paper(DocumentIncomplete, ask.Paper, ask.Name, ask.Article, "")
		}
	}
	day := r.done()
	if day.IsZero() {
		return
	}
	doc := r.doc
	if doc.IsZero() {
		doc = day
	}
	r.LastDay = t.LastDay(day, doc)
	if t.December != nil && doc.Month == 12 {
		r.warn(DecemberWarning)
		r.rests(t.Reading)
		r.Article = t.Article
	}
	if r.form.Daily == nil || r.form.Daily.For != ForVisits { // those are judged day by day
		r.sent(Finding{Code: Late, Article: t.Article, Reading: t.Reading})
	}
}

// done is the day on which the service was over: of a stay the discharge, of several visits the last (AMB-09).
func (r *reckoning) done() civil.Date {
	e := &r.c.Expense
	switch {
	case r.form.Daily == nil:
		return e.day()
	case r.form.Daily.For == ForVisits && len(r.payable) > 0:
		return r.payable[len(r.payable)-1]
	case r.form.Daily.For == ForStay && !e.Stay.Exit.IsZero():
		return e.Stay.Exit
	case r.form.Daily.For == ForAccess && len(e.Stay.Accesses) > 0:
		return e.Stay.Accesses[len(e.Stay.Accesses)-1]
	case !e.Stay.Exit.IsZero():
		return e.Stay.Exit
	}
	return e.day()
}

// sent holds the day of sending against the last day.
func (r *reckoning) sent(late Finding) {
	switch {
	case r.c.Sent.IsZero():
	case r.c.Sent.After(r.LastDay):
		late.Day = r.LastDay
		r.note(late)
	case r.c.Sent == r.LastDay:
		r.warn(LastDayWarning)
	}
	if !r.LastDay.Workday() {
		r.warn(WeekendTerm)
	}
}
