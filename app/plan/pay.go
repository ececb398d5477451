package plan

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/money"
)

// Left is what is left under a limit.
type Left struct {
	Limit ID
	Name  string
	Key   string // as it is reported
	Unit  Unit
	Value int64      // cents, days or times, by Unit
	Next  civil.Date // UnitNext: first day of a new right
	Of    int64      // the whole limit
}

// Unit is what a limit counts.
type Unit string

// The units. A right that comes again after several years is told by its next day.
const (
	UnitCents Unit = "cents"
	UnitDays  Unit = "days"
	UnitTimes Unit = "times"
	UnitNext  Unit = "next"
)

// pay reckons the amount.
func (r *reckoning) pay() {
	e := &r.c.Expense
	switch pay := r.form; {
	case pay.Daily != nil:
		r.Outcome, r.Formula.Daily = Subsidise, pay.Daily.Cents
		r.payDays(pay.Daily.Cents)
		return
	case pay.Sum > 0:
		r.Outcome, r.Formula.Sum = Subsidise, pay.Sum
		r.Refund = r.withinLimits(pay.Sum)
		return
	}
	if e.NonHealth > 0 {
		r.warn(ChargesOut)
	}
	if e.Excluded > 0 {
		r.warn(ItemsOut)
	}
	base := max(0, e.Amount-e.NonHealth-e.Excluded)
	r.Formula.Base = base
	var due money.Cents
	if r.form.Direct != nil {
		r.Outcome, r.Formula.Share = PayDirect, r.form.Direct.Cents
		due = max(0, base-r.form.Direct.Cents)
		if base > 0 && r.form.Direct.Cents > 0 && due == 0 {
			r.warn(CheapDirect)
		}
	} else {
		r.Outcome, r.Formula.Percent, r.Formula.Each = Refund, r.form.Percent, r.form.Each
		due = r.shareOf(base)
	}
	due = r.withinLimits(due)
	if e.Other > 0 {
		r.warn(OtherCover)
		due = min(due, max(0, e.Amount-e.Other))
		r.rests("AMB-41")
	}
	if r.Outcome == PayDirect {
		r.Provider = due
	} else {
		r.Refund = due
	}
	r.Share = max(0, e.Amount-due-e.Other)
	r.leave(due)
}

// shareOf takes the percentage, and the cap of each service; treatments are paid line by line.
func (r *reckoning) shareOf(base money.Cents) money.Cents {
	if len(r.b.Treatments) > 0 {
		return min(r.treatments(), base)
	}
	due := percent(base, r.form.Percent)
	if r.form.Each > 0 && due > r.form.Each {
		r.warn(CappedEach)
		return r.form.Each
	}
	return due
}

// treatments pays each line that the benefit knows, as far as the number of them reaches (BEE-14, AMB-32).
func (r *reckoning) treatments() money.Cents {
	var sum money.Cents
	known, paid := 0, map[string]int{}
	for _, line := range r.c.Expense.Lines {
		i := slices.IndexFunc(r.b.Treatments, func(t Treatment) bool { return t.ID == line.Treatment })
		if i < 0 {
			r.warn(ItemsOut)
			continue
		}
		known++
		t := &r.b.Treatments[i]
		if !r.room(t, paid[t.ID]) {
			r.warn(CappedAnnual)
			continue
		}
		paid[t.ID]++
		each := min(percent(line.Amount, r.form.Percent), t.Each)
		if each < percent(line.Amount, r.form.Percent) {
			r.warn(CappedEach)
		}
		sum += each
	}
	switch {
	case len(r.c.Expense.Lines) == 0:
		r.note(Finding{Code: DocumentIncomplete, Article: r.b.Article, Name: r.b.Name, Doubt: true})
	case known == 0:
		r.note(Finding{Code: ExcludedBenefit, Article: r.b.Others})
	case len(paid) == 0:
		r.note(Finding{Code: Exhausted, Article: r.b.Article})
	}
	r.treated = paid
	return sum
}

// room reports whether one more treatment of a kind is within its limits.
func (r *reckoning) room(t *Treatment, already int) bool {
	for _, id := range t.Limits {
		if l := r.p.limit(id); l.Times > 0 && r.used(l, r.doc.Year, t.ID) >= int64(l.Times-already) {
			return false
		}
	}
	return true
}

// payDays pays the days that are left of the limit of each year, the earliest first (BPB-15, AMB-07).
func (r *reckoning) payDays(daily money.Cents) {
	asked := len(r.payable)
	for _, l := range r.limits() {
		if l.Days == 0 {
			continue
		}
		left := map[int]int64{}
		var within []civil.Date
		for _, day := range r.payable {
			if _, ok := left[day.Year]; !ok {
				left[day.Year] = int64(l.Days) - r.used(l, day.Year, "")
			}
			if left[day.Year] > 0 {
				left[day.Year]--
				within = append(within, day)
			}
		}
		r.payable = within
		for _, year := range slices.Sorted(maps.Keys(left)) {
			r.remain(l, year, max(0, left[year]))
		}
		if asked > 0 && len(within) == 0 {
			r.note(Finding{Code: l.code(), Article: l.Article, Reading: l.Reading, Name: l.Name})
		}
	}
	if len(r.payable) < asked {
		r.warn(PartialDays)
		r.warn(CappedAnnual)
	}
	r.Units = len(r.payable)
	r.Refund = r.withinLimits(daily * money.Cents(r.Units))
}

// limits are those of the benefit and of the form.
func (r *reckoning) limits() []*Limit {
	list := make([]*Limit, 0, 4)
	for _, ids := range [][]ID{r.b.Limits, r.form.Limits} {
		for _, id := range ids {
			list = append(list, r.p.limit(id))
		}
	}
	return list
}

// withinLimits cuts an amount to what is left in money, and notes a limit of which nothing is left.
func (r *reckoning) withinLimits(due money.Cents) money.Cents {
	for _, l := range r.limits() {
		year := r.limitYear()
		switch {
		case l.Cents > 0:
			left := l.Cents - money.Cents(r.used(l, year, ""))
			if left <= 0 {
				r.note(Finding{Code: l.code(), Article: l.Article, Reading: l.Reading, Name: l.Name})
				return 0
			}
			if due > left {
				due = left
				r.warn(CappedAnnual)
				r.rests(l.Reading)
			}
		case l.Times > 0 && r.used(l, year, "") >= int64(l.Times):
			r.note(Finding{Code: l.code(), Article: l.Article, Reading: l.Reading, Name: l.Name, Day: l.next(r, year)})
		}
	}
	return due
}

// limitYear is the calendar year whose limits are spent: that of the fiscal document, of a subsidy that of its end (BEE-05, AMB-42).
func (r *reckoning) limitYear() int {
	if day := r.done(); r.form.Daily != nil && !day.IsZero() {
		return day.Year
	}
	if r.doc.IsZero() {
		return r.c.Sent.Year
	}
	return r.doc.Year
}

// leave reports what is left of each limit after an amount.
func (r *reckoning) leave(due money.Cents) {
	year := r.limitYear()
	for _, l := range r.limits() {
		switch {
		case l.Cents > 0:
			r.remain(l, year, int64(l.Cents)-r.used(l, year, "")-int64(due))
		case l.Times > 0:
			r.remain(l, year, int64(l.Times)-r.used(l, year, "")-1)
		}
	}
	for i := range r.b.Treatments {
		t := &r.b.Treatments[i]
		for _, id := range t.Limits {
			if l := r.p.limit(id); l.Times > 0 {
				r.remain(l, year, int64(l.Times)-r.used(l, year, t.ID)-int64(r.treated[t.ID]))
			}
		}
	}
}

// remain reports what is left of a limit.
func (r *reckoning) remain(l *Limit, year int, value int64) {
	left := Left{Limit: l.ID, Name: l.Name, Key: strings.ReplaceAll(l.Key, "YYYY", strconv.Itoa(year)), Value: max(0, value)}
	switch {
	case l.Cents > 0:
		left.Unit, left.Of = UnitCents, int64(l.Cents)
	case l.Days > 0:
		left.Unit, left.Of = UnitDays, int64(l.Days)
	case l.span() > 1 && l.Times == 1:
		left.Unit, left.Of, left.Next = UnitNext, 1, civil.Date{Year: year + l.span(), Month: time.January, Day: 1}
	default:
		left.Unit, left.Of = UnitTimes, int64(l.Times)
	}
	if left.Value == 0 && left.Unit != UnitNext && left.Key != "" {
		r.warn(ExhaustedAfter)
	}
	r.Left = append(r.Left, left)
}

// next is the first day on which a right that comes once in several years comes again.
func (l *Limit) next(r *reckoning, year int) civil.Date {
	last := year
	for i := range r.c.History {
		if h := &r.c.History[i]; l.counts(h, year, r.c.Expense.Specialty) {
			last = max(last-l.span()+1, h.Date.Year)
		}
	}
	return civil.Date{Year: last + l.span(), Month: time.January, Day: 1}
}

// span is the number of calendar years that the limit is for.
func (l *Limit) span() int { return max(1, l.Years) }

func (l *Limit) code() Code {
	if l.Code != "" {
		return l.Code
	}
	return Exhausted
}

// used is what was spent of a limit in the span of a year: cents, days or times, of one treatment where it names any.
func (r *reckoning) used(l *Limit, year int, treatment string) int64 {
	var sum int64
	for i := range r.c.History {
		h := &r.c.History[i]
		switch {
		case l.Days > 0 && l.spentBy(h.Benefit):
			sum += int64(r.p.daysIn(h, year))
		case !l.counts(h, year, r.c.Expense.Specialty):
		case l.Cents > 0:
			sum += int64(h.Cents)
		case treatment != "":
			sum += int64(h.Treats[treatment])
		default:
			sum += int64(max(1, h.Units))
		}
	}
	return sum
}

// counts reports whether a payment spends a limit of cents or times.
func (l *Limit) counts(h *Paid, year int, specialty string) bool {
	apart := year - h.Date.Year
	return max(apart, -apart) < l.span() && l.spentBy(h.Benefit) && (len(l.Forms) == 0 || slices.Contains(l.Forms, h.Form)) &&
		(l.By != BySpecialty || h.Specialty == specialty || fold(h.Specialty) == fold(specialty))
}

func (l *Limit) spentBy(b ID) bool { return slices.Contains(l.benefits, b) }

// daysIn is how many days of a paid subsidy lie in a year: those of a stay are the ones before its discharge (AMB-07).
func (p *Plan) daysIn(h *Paid, year int) int {
	days := max(1, h.Days, h.Units)
	b := p.benefit(h.Benefit)
	if b == nil || !b.forStay() || h.Date.AddDays(-days).Year == h.Date.Year {
		if h.Date.Year == year {
			return days
		}
		return 0
	}
	n := 0
	for i := 1; i <= days; i++ {
		if h.Date.AddDays(-i).Year == year {
			n++
		}
	}
	return n
}

func (b *Benefit) forStay() bool {
	return slices.ContainsFunc(b.Forms, func(f Payment) bool { return f.Daily != nil && f.Daily.For == ForStay })
}
