package plan

import (
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/money"
)

// Fees are the contributions of a plan. The year is the calendar year.
type Fees struct {
	Monthly   []Fee       `yaml:"monthly"`
	OneOff    money.Cents `yaml:"oneOff,omitempty"`    // for each person that joins (MEM-04)
	NextYear  bool        `yaml:"nextYear,omitempty"`  // joining during a year takes the whole next one with it (MEM-26, MEM-27)
	Free      []Role      `yaml:"free,omitempty"`      // until the end of the year in which they join, with no one-off fee (AMB-23)
	Survivors int         `yaml:"survivors,omitempty"` // per cent that relatives pay for the year after the holder's death (MEM-19)
	Ways      []PayWay    `yaml:"ways"`
	Article   string      `yaml:"article"`
	Reading   string      `yaml:"reading,omitempty"`
}

// Fee is what one person pays for a month.
type Fee struct {
	Role     Role        `yaml:"role"`
	Category string      `yaml:"category,omitempty"`
	Under    int         `yaml:"under,omitempty"`   // years of age at the start, at renewals on 1 January (AMB-14) …
	Instead  Role        `yaml:"instead,omitempty"` // … at which this fee takes the place of that role's
	Cents    money.Cents `yaml:"cents"`
	Name     string      `yaml:"name"`
}

// PayWay is a way to pay.
type PayWay struct {
	ID       string    `yaml:"id"` // "SEPA", "bonifico"
	Name     string    `yaml:"name"`
	NoOneOff bool      `yaml:"noOneOff,omitempty"` // the one-off fee is not due
	Monthly  bool      `yaml:"monthly,omitempty"`  // one instalment for each month
	January  int       `yaml:"january,omitempty"`  // instalments in the first year if it starts on 1 January; 0 = one
	Renewals []Renewal `yaml:"renewals,omitempty"` // the first is the usual one
}

// Renewal is one way to split a year's contributions.
type Renewal struct {
	Instalments int        `yaml:"instalments"`
	Due         []MonthDay `yaml:"due,omitempty"` // left out = not stated
}

// FeeEvent is why contributions are due.
type FeeEvent string

// The events.
const (
	Joins    FeeEvent = "new_enrolment"
	Renews   FeeEvent = "renewal"
	Survives FeeEvent = "death" // of the holder: the others' next year
)

// FeeCase is what a fee is asked for.
type FeeCase struct {
	Event       FeeEvent
	Joining     JoinEvent  // Joins: of relatives, why
	On          civil.Date // Joins: day of the wedding or the birth
	Way         string     // PayWay.ID; "" = the first
	Asked       civil.Date // Joins: day on which the complete papers were delivered, or of joining and paying
	Year        int        // Renews, Survives: the year paid for
	Category    string
	Persons     []FeePerson
	Instalments int // Renews: how many; 0 = the usual
}

// FeePerson is one person to pay for.
type FeePerson struct {
	Role  Role
	Birth civil.Date // zero = not known: the role decides
}

// FeeAnswer is what is to be paid.
type FeeAnswer struct {
	Start, End  civil.Date // first and last day covered
	Months      int        // paid for
	Persons     []PersonFee
	FirstYear   money.Cents // of Contribution, when it reaches into the next year
	NextYear    money.Cents
	Sum         money.Cents // contributions
	OneOff      money.Cents
	Total       money.Cents
	Instalments []Instalment
}

// PersonFee is the part of one person.
type PersonFee struct {
	Role   Role
	Cents  money.Cents
	OneOff money.Cents
}

// Instalment is one payment. Due is zero when the regulation states no day.
type Instalment struct {
	Due   civil.Date
	Cents money.Cents
}

// Fee computes the contributions of an event. false when the plan has no fee for one of the persons.
func (p *Plan) Fee(c FeeCase) (FeeAnswer, bool) {
	f := p.Fees
	if f == nil {
		return FeeAnswer{}, false
	}
	a := FeeAnswer{Start: civil.Date{Year: c.Year, Month: time.January, Day: 1}}
	switch {
	case c.Event == Joins && p.Joining != nil:
		a.Start, _ = p.Joining.start(JoinCase{Event: c.Joining, On: c.On, Asked: c.Asked})
	case c.Event == Joins:
		a.Start = FirstOfNextMonth(c.Asked)
	}
	first := 13 - int(a.Start.Month)
	next := 0
	if f.NextYear && first < 12 {
		next = 12
	}
	a.Months = first + next
	a.End = civil.Date{Year: a.Start.Year + next/12, Month: time.December, Day: 31}
	way := f.way(c.Way)
	for _, person := range c.Persons {
		fee, ok := f.of(person, c.Category, a.Start)
		if !ok {
			return FeeAnswer{}, false
		}
		part := PersonFee{Role: fee.Role, Cents: fee.Cents * money.Cents(a.Months)}
		free := f.frees(fee.Role) && c.Event == Joins
		switch {
		case free:
			part.Cents = 0
		case c.Event == Survives:
			part.Cents = percent(part.Cents, f.Survivors)
		}
		if c.Event == Joins && !f.frees(person.Role) && !way.NoOneOff {
			part.OneOff = f.OneOff
		}
		a.Persons = append(a.Persons, part)
		a.Sum, a.OneOff = a.Sum+part.Cents, a.OneOff+part.OneOff
		if next > 0 {
			a.FirstYear += fee.Cents * money.Cents(first)
			a.NextYear += fee.Cents * money.Cents(next)
		}
	}
	if next == 0 {
		a.NextYear = a.Sum
	}
	a.Total = a.Sum + a.OneOff
	a.Instalments = way.split(a, c)
	return a, true
}

// FirstOfNextMonth is when a cover starts that was asked for on a day (MEM-02, MEM-25).
func FirstOfNextMonth(asked civil.Date) civil.Date { return asked.EndOfMonth().AddDays(1) }

func (f *Fees) way(id string) PayWay {
	for _, w := range f.Ways {
		if w.ID == id {
			return w
		}
	}
	return f.Ways[0]
}

func (f *Fees) frees(r Role) bool {
	for _, free := range f.Free {
		if free == r {
			return true
		}
	}
	return false
}

// of finds the fee of a person on the day that decides about age.
func (f *Fees) of(p FeePerson, category string, on civil.Date) (Fee, bool) {
	var found *Fee
	for i, fee := range f.Monthly {
		switch {
		case fee.Category != "" && fee.Category != category:
		case fee.Role == p.Role && found == nil:
			found = &f.Monthly[i]
		case fee.Instead == p.Role && fee.Instead != "" && !p.Birth.IsZero() && on.Age(p.Birth) < fee.Under:
			found = &f.Monthly[i]
		}
	}
	switch {
	case found == nil && f.frees(p.Role) && (p.Birth.IsZero() || on.Year == p.Birth.Year):
		return Fee{Role: p.Role}, true
	case found == nil && f.frees(p.Role):
		return f.youngest(), true // the free year is over
	case found == nil:
		return Fee{}, false
	case found.Under > 0 && found.Role == p.Role && !p.Birth.IsZero() && on.Age(p.Birth) >= found.Under:
		return f.of(FeePerson{Role: found.Instead, Birth: p.Birth}, category, on) // no longer a minor
	}
	return *found, true
}

// youngest is the fee of those who are under an age, or the first one.
func (f *Fees) youngest() Fee {
	for _, fee := range f.Monthly {
		if fee.Under > 0 {
			return fee
		}
	}
	return f.Monthly[0]
}

// split divides what is due into its payments; cents that can't be divided go first.
func (w PayWay) split(a FeeAnswer, c FeeCase) []Instalment {
	n, due := 1, []MonthDay(nil)
	switch {
	case w.Monthly:
		n = a.Months
	case c.Event == Joins && a.Months == 12:
		n = max(1, w.January)
	case c.Event != Joins:
		for i, r := range w.Renewals {
			if i == 0 && c.Instalments == 0 || r.Instalments == c.Instalments {
				n, due = r.Instalments, r.Due
			}
		}
	}
	parts := make([]Instalment, n)
	for i := range parts {
		parts[i].Cents = a.Total / money.Cents(n)
		if i < int(a.Total%money.Cents(n)) {
			parts[i].Cents++
		}
		if i < len(due) {
			parts[i].Due = civil.Date{Year: a.Start.Year, Month: time.Month(due[i].Month), Day: due[i].Day}
		}
	}
	return parts
}
