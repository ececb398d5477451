package desk

import (
	"slices"
	"strconv"
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
)

// planFields are what the desk can set of a household's plan and of the person's part in it. A due is "DAY SUM", for example
// "2026-06-30 163,50"; a sum of 0 takes it away. A payment is "DAY OF THE DUE DAY", for example "2026-06-30 2026-06-18"; the first
// alone takes it back.
var planFields = map[string]func(*sheet, string) error{
	"plan":       func(s *sheet, v string) error { s.household.Plan.Name = v; return nil },
	"paid-up-to": func(s *sheet, v string) error { return s.household.Plan.PaidUpTo.UnmarshalText([]byte(v)) },
	"plan-id":    func(s *sheet, v string) error { s.household.Plan.ID = v; return nil },
	"plan-way":   func(s *sheet, v string) error { s.household.Plan.Way = v; return nil },
	"plan-role":  (*sheet).role,
	"plan-category": func(s *sheet, v string) error {
		return s.cover(func(c *member.Cover) error { c.Category = v; return nil })
	},
	"plan-start": func(s *sheet, v string) error {
		return s.cover(func(c *member.Cover) error { return day(v, &c.Start) })
	},
	"plan-requested": func(s *sheet, v string) error {
		return s.cover(func(c *member.Cover) error { return day(v, &c.Requested) })
	},
	"due":      (*sheet).due,
	"due-paid": (*sheet).paid,
}

// day reads a day; "" is none.
func day(text string, into *civil.Date) error {
	*into = civil.Date{}
	if text == "" {
		return nil
	}
	return into.UnmarshalText([]byte(text))
}

// cover changes the person's part in the plan, which it begins where there is none.
func (s *sheet) cover(change func(*member.Cover) error) error {
	covers := slices.Clone(s.household.Plan.Covers)
	i := slices.IndexFunc(covers, func(c member.Cover) bool { return c.Person == s.person.ID })
	if i < 0 {
		i, covers = len(covers), append(covers, member.Cover{Person: s.person.ID})
	}
	s.household.Plan.Covers = covers
	return change(&covers[i])
}

// role sets what the person is in the plan; "" takes the person out of it.
func (s *sheet) role(v string) error {
	if v != "" {
		return s.cover(func(c *member.Cover) error { c.Role = v; return nil })
	}
	s.household.Plan.Covers = slices.DeleteFunc(slices.Clone(s.household.Plan.Covers), func(c member.Cover) bool { return c.Person == s.person.ID })
	return nil
}

// due adds a contribution, or changes the sum of the one of that day. They stay in the order of their days.
func (s *sheet) due(v string) error {
	text, sum, _ := strings.Cut(v, " ")
	var due member.Due
	if err := due.On.UnmarshalText([]byte(text)); err != nil {
		return err
	}
	var err error
	if due.Cents, err = Amount(sum); err != nil {
		return err
	}
	if due.Cents < 0 || due.Cents > money.Max {
		return fault.New(CodeField, "desk.due", sum)
	}
	dues := slices.Clone(s.household.Plan.Dues)
	i, there := slices.BinarySearchFunc(dues, due.On, func(d member.Due, on civil.Date) int { return d.On.Compare(on) })
	switch {
	case there && due.Cents == 0:
		dues = slices.Delete(dues, i, i+1)
	case there:
		dues[i].Cents = due.Cents
	case due.Cents > 0:
		dues = slices.Insert(dues, i, due)
	}
	s.household.Plan.Dues = dues
	return nil
}

// paid says on which day the contribution of a day was paid.
func (s *sheet) paid(v string) error {
	text, paid, _ := strings.Cut(v, " ")
	var on civil.Date
	if err := on.UnmarshalText([]byte(text)); err != nil {
		return err
	}
	dues := slices.Clone(s.household.Plan.Dues)
	i := slices.IndexFunc(dues, func(d member.Due) bool { return d.On == on })
	if i < 0 {
		return fault.New(CodeField, "desk.paid", text)
	}
	s.household.Plan.Dues = dues
	return day(strings.TrimSpace(paid), &dues[i].Paid)
}

// Amount reads a sum as the desk types it: cents, or euro with a comma ("2892", "28,92").
func Amount(text string) (money.Cents, error) {
	if strings.Contains(text, ",") {
		return money.Parse(text)
	}
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	return money.Cents(n), err
}
