package plan

import (
	"slices"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/money"
)

// Term is a deadline of the plan beside that of claims, or the day from which something is possible again. Exactly one of Days,
// Months, Workdays, Yearly and WholeYears says how it counts. The first day is not counted, the last is, and no holiday moves it
// (AMB-02).
type Term struct {
	ID       string    `yaml:"id"`
	Name     string    `yaml:"name"`
	Also     []string  `yaml:"also,omitempty"`   // other names of it
	From     []string  `yaml:"from"`             // names of the day from which it counts
	Days     int       `yaml:"days,omitempty"`   // after that day
	Months   int       `yaml:"months,omitempty"` // after that day
	MonthEnd bool      `yaml:"monthEnd,omitempty"`
	Workdays int       `yaml:"workdays,omitempty"` // before that day (AMB-03)
	Yearly   *MonthDay `yaml:"yearly,omitempty"`   // of that day's year
	// WholeYears: 1 January after so many whole calendar years that follow that day's (AMB-33, AMB-35, AMB-51).
	WholeYears int    `yaml:"wholeYears,omitempty"`
	Article    string `yaml:"article"`
	Reading    string `yaml:"reading,omitempty"`
}

// Term finds a term by its id or another name of it.
func (p *Plan) Term(name string) (Term, bool) {
	i := slices.IndexFunc(p.Terms, func(t Term) bool { return t.ID == name || slices.Contains(t.Also, name) })
	if i < 0 {
		return Term{}, false
	}
	return p.Terms[i], true
}

// LastDay is the last day of the term, that day included; of WholeYears the first day on which it is possible.
func (t Term) LastDay(from civil.Date) civil.Date {
	var day civil.Date
	switch {
	case t.Yearly != nil:
		return civil.Date{Year: from.Year, Month: time.Month(t.Yearly.Month), Day: t.Yearly.Day}
	case t.WholeYears > 0:
		return civil.Date{Year: from.Year + t.WholeYears + 1, Month: time.January, Day: 1}
	case t.Workdays > 0:
		return from.AddWorkdays(-t.Workdays)
	case t.Months > 0:
		day = from.AddMonths(t.Months)
	default:
		day = from.AddDays(t.Days)
	}
	if t.MonthEnd {
		return day.EndOfMonth()
	}
	return day
}

// LastDay is the last day on which a claim may be sent, that day included: of an expense, a stay or care of that day and document.
func (c *ClaimTerm) LastDay(service, document civil.Date) civil.Date {
	day := service
	if c.From == FromDocument {
		day = document
	}
	if c.December != nil && day.Month == time.December {
		return civil.Date{Year: day.Year + 1, Month: time.Month(c.December.Month), Day: c.December.Day}
	}
	return day.AddDays(c.Days)
}

// Tax is the relief that contributions give.
type Tax struct {
	Percent int         `yaml:"percent"`
	Most    money.Cents `yaml:"most,omitempty"` // of contributions that count in a year; 0 = not stated
	Note    string      `yaml:"note"`
	Article string      `yaml:"article"`
	Reading string      `yaml:"reading,omitempty"`
}

// Relief returns the part of a year's contributions that counts and the tax that it saves (CRT-06, CRT-07, AMB-24, AMB-46).
func (t *Tax) Relief(contributions money.Cents) (base, credit money.Cents) {
	base = contributions
	if t.Most > 0 {
		base = min(base, t.Most)
	}
	return base, percent(base, t.Percent)
}

// percent rounds half up to the cent (AMB-01). amount is not negative.
func percent(amount money.Cents, of int) money.Cents { return (amount*money.Cents(of) + 50) / 100 }
