package plan

import (
	"maps"
	"slices"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/money"
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
		r.Formula.Treated, r.Formula.Each = r.Formula.Treated+1, max(r.Formula.Each, t.Each)
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
