// Package refund adds up, year by year and person by person, what was paid, what came back and what was left to the member
// (CRT-02, CRT-03, CRT-05, CRT-08, CLM-45): the *riepilogo dei sussidi ricevuti*, from what this computer knows.
package refund

import (
	"slices"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
)

// Basis says to which year a refund belongs (CRT-03).
type Basis string

// The bases. Of payment there are only paid claims; of competence also those that were refused: what they cost was left to the
// member.
const (
	Competence Basis = "competence" // anno di competenza: of the expense
	Payment    Basis = "payment"    // anno di pagamento: of the transfer
)

// Sums are what was spent, what of it came back, and what was left to the member.
type Sums struct{ Spent, Granted, Own money.Cents }

// Plus adds another.
func (s Sums) Plus(o Sums) Sums { return Sums{s.Spent + o.Spent, s.Granted + o.Granted, s.Own + o.Own} }

// Line is one document that was decided, or a whole claim where the mutual decided of it as a whole.
type Line struct {
	Claim    claim.ID
	Number   string                // of the claim at the mutual
	Document claim.ExpenseDocument // whose provider and number refer to the invoice; the first of a whole claim
	Whole    bool                  // of several documents at once
	Person   member.ID             // "" where a whole claim is of several
	Day      civil.Date            // of the expense; of a stay, its last
	PaidOn   civil.Date            // zero for what was refused
	Sums
}

// Summary is the refunds of one year, by person in the order in which they first occur, each by day.
type Summary struct {
	Basis  Basis
	Year   int
	Total  Sums
	People []Person
}

// Person is what belongs to one member of the household.
type Person struct {
	ID    member.ID
	Total Sums
	Lines []Line
}

// Years lists the years that have refunds, last first.
func Years(claims []claim.Claim, b Basis) []int {
	var years []int
	for _, c := range claims {
		for _, l := range lines(c) {
			if y, ok := l.year(b); ok && !slices.Contains(years, y) {
				years = append(years, y)
			}
		}
	}
	slices.Sort(years)
	slices.Reverse(years)
	return years
}

// Of adds up one year.
func Of(claims []claim.Claim, b Basis, year int) Summary {
	s := Summary{Basis: b, Year: year}
	for _, c := range claims {
		for _, l := range lines(c) {
			if y, ok := l.year(b); ok && y == year {
				s.add(l)
			}
		}
	}
	for _, p := range s.People {
		slices.SortStableFunc(p.Lines, func(x, y Line) int { return x.Day.Compare(y.Day) })
	}
	return s
}

func (s *Summary) add(l Line) {
	i := slices.IndexFunc(s.People, func(p Person) bool { return p.ID == l.Person })
	if i < 0 {
		s.People = append(s.People, Person{ID: l.Person})
		i = len(s.People) - 1
	}
	p := &s.People[i]
	p.Lines, p.Total = append(p.Lines, l), p.Total.Plus(l.Sums)
	s.Total = s.Total.Plus(l.Sums)
}

// year is the one that a line belongs to, and false where it belongs to none.
func (l Line) year(b Basis) (int, bool) {
	if b == Payment {
		return l.PaidOn.Year, !l.PaidOn.IsZero()
	}
	return l.Day.Year, true
}

// lines are what was decided of a claim for good: it was paid, or refused.
func lines(c claim.Claim) []Line {
	m := c.Mutual
	if m.State != claim.Paid && m.State != claim.Rejected || len(c.Documents) == 0 {
		return nil
	}
	if len(m.Outcomes) == 0 {
		return []Line{whole(c)}
	}
	var list []Line
	for _, o := range m.Outcomes {
		d := c.Document(o.Document)
		if d == nil {
			continue
		}
		l := Line{Claim: c.ID, Number: m.Number, Document: *d, Person: d.Person, Day: dayOf(c, *d),
			Sums: Sums{d.Amount, o.Granted, left(d.Amount, o.Granted, o.Own, d.Cover.Amount)}}
		if m.State == claim.Paid && o.Granted > 0 {
			l.PaidOn = m.PaidOn
		}
		list = append(list, l)
	}
	return list
}

// whole is a claim of which the mutual told only one amount.
func whole(c claim.Claim) Line {
	first := c.Documents[0]
	l := Line{Claim: c.ID, Number: c.Mutual.Number, Document: first, Whole: len(c.Documents) > 1, Person: first.Person, Day: dayOf(c, first), PaidOn: c.Mutual.PaidOn}
	var others money.Cents
	for _, d := range c.Documents {
		if d.Person != l.Person {
			l.Person = ""
		}
		others += d.Cover.Amount
	}
	l.Sums = Sums{c.Total(), c.Mutual.Granted, left(c.Total(), c.Mutual.Granted, 0, others)}
	return l
}

// left is the member's own part: what the mutual says it is, else what neither it nor another cover paid.
func left(spent, granted, own, others money.Cents) money.Cents {
	if own > 0 {
		return own
	}
	return max(0, spent-granted-others)
}

func dayOf(c claim.Claim, d claim.ExpenseDocument) civil.Date {
	switch {
	case !d.Discharged.IsZero():
		return d.Discharged
	case !d.IssuedOn.IsZero():
		return d.IssuedOn
	}
	return civil.Of(c.CreatedAt)
}
