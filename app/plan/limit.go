package plan

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sodale/sodale/app/civil"
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

// remain reports what is left of a limit.
func (r *reckoning) remain(l *Limit, year int, value int64) {
	left := l.left(year, value)
	if left.Value == 0 && left.Unit != UnitNext && left.Key != "" {
		r.warn(ExhaustedAfter)
	}
	r.Left = append(r.Left, left)
}

func (l *Limit) left(year int, value int64) Left {
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
	return left
}

// Remaining is what is left of each limit of a person in a calendar year, in the order of the plan. A limit that is counted for each
// speciality comes once for each that was used. Next is zero for a right that is there now.
func (p *Plan) Remaining(history []Paid, year int) []Left {
	var list []Left
	for i := range p.Limits {
		l := &p.Limits[i]
		specialties := []string{""}
		if l.By == BySpecialty {
			specialties = l.specialties(history, year)
		}
		for _, s := range specialties {
			left := l.remaining(history, year, s, p.treatment(l.ID))
			if s != "" {
				left.Name += ": " + s
			}
			list = append(list, left)
		}
	}
	return list
}

func (l *Limit) remaining(history []Paid, year int, specialty, treatment string) Left {
	whole := int64(l.Cents) + int64(l.Days) + int64(l.Times) // one of them
	left := l.left(year, whole-l.used(history, year, specialty, treatment))
	if left.Unit == UnitNext {
		left.Next = civil.Date{}
		for i := range history {
			if h := &history[i]; l.counts(h, year, specialty) {
				left.Next = civil.Date{Year: h.Date.Year + l.span(), Month: time.January, Day: 1}
			}
		}
	}
	return left
}

// specialties are those that a limit was used for in a year, in order.
func (l *Limit) specialties(history []Paid, year int) []string {
	var list []string
	for i := range history {
		if h := &history[i]; h.Date.Year == year && l.spentBy(h.Benefit) && h.Specialty != "" && (len(l.Forms) == 0 || slices.Contains(l.Forms, h.Form)) &&
			!slices.ContainsFunc(list, func(s string) bool { return fold(s) == fold(h.Specialty) }) {
			list = append(list, h.Specialty)
		}
	}
	slices.Sort(list)
	return list
}

// treatment is the kind of treatment that a limit is of, or "".
func (p *Plan) treatment(id ID) string {
	for i := range p.Benefits {
		for _, t := range p.Benefits[i].Treatments {
			if slices.Contains(t.Limits, id) {
				return t.ID
			}
		}
	}
	return ""
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
	return l.used(r.c.History, year, r.c.Expense.Specialty, treatment)
}

func (l *Limit) used(history []Paid, year int, specialty, treatment string) int64 {
	var sum int64
	for i := range history {
		h := &history[i]
		switch {
		case l.Days > 0 && l.spentBy(h.Benefit) && h.Date.Year == year:
			sum += int64(max(1, h.Days, h.Units))
		case l.Days > 0:
		case !l.counts(h, year, specialty):
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
