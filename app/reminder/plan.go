package reminder

import (
	"slices"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/plan"
)

// Membership is what the plan's own terms hang on.
type Membership struct {
	Plan   *plan.Plan // nil = its rules are not known here: only contributions are told of
	Dues   []member.Due
	People []Covered
}

// Covered is one person of the plan.
type Covered struct {
	ID      member.ID
	Insured plan.Insured
}

// names of the term by which a plan lets its members go.
var withdrawals = []string{"withdrawal", "cancellation"}

// OfPlan lists every term of a membership that has not passed, the nearest first: contributions not paid, the last day to leave at
// the end of this year or the next, and the end of each waiting period of each person.
func OfPlan(m Membership, today civil.Date) []Reminder {
	var list []Reminder
	for _, d := range m.Dues {
		if d.Paid.IsZero() {
			list = append(list, Reminder{Code: Contribution, Day: d.On, Article: feeArticle(m.Plan)})
		}
	}
	if m.Plan == nil {
		return open(list, today)
	}
	if day, article, ok := leaveBy(m.Plan, today); ok {
		list = append(list, Reminder{Code: Withdrawal, Day: day, Article: article})
	}
	for _, p := range m.People {
		list = append(list, covers(p, m.Plan.Waiting(p.Insured, today))...)
	}
	return open(list, today)
}

// covers are the days on which waiting periods of a person are over, soonest first as the plan lists them: those of one day are one.
func covers(p Covered, waits []plan.Waiting) []Reminder {
	var list []Reminder
	for _, w := range waits {
		day := w.Until.AddDays(1)
		if n := len(list); n > 0 && list[n-1].Day == day {
			list[n-1].Name += ", " + w.Name
			continue
		}
		list = append(list, Reminder{Code: Cover, Person: p.ID, Name: w.Name, Article: w.Article, Day: day})
	}
	return list
}

func feeArticle(p *plan.Plan) string {
	if p == nil || p.Fees == nil {
		return ""
	}
	return p.Fees.Article
}

// leaveBy is the next last day to leave, with its article.
func leaveBy(p *plan.Plan, today civil.Date) (civil.Date, string, bool) {
	i := slices.IndexFunc(withdrawals, func(name string) bool { _, ok := p.Term(name); return ok })
	if i < 0 {
		return civil.Date{}, "", false
	}
	term, _ := p.Term(withdrawals[i])
	day := term.LastDay(today)
	if day.Before(today) {
		day = term.LastDay(civil.Date{Year: today.Year + 1, Month: today.Month, Day: 1})
	}
	return day, term.Article, true
}
