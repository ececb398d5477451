package membership

import (
	"context"
	"slices"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/helpline"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/plan/search"
	"github.com/sodale/sodale/app/reminder"
)

// data is what the page is made of.
type data struct {
	household member.Household
	summaries []claim.Summary
	claims    []claim.Claim
	rights    Rights
	plan      *plan.Plan // in force today; nil = not known here
	index     *search.Index
	uses      []helpline.Use
	terms     []reminder.Reminder // of claims and of the membership, the nearest first
	today     civil.Date
}

func (p *Page) read(ctx context.Context) (*data, error) {
	d := &data{today: p.today()}
	var err error
	if d.household, err = p.config.Household(ctx); err != nil {
		return nil, err
	}
	if d.summaries, err = p.config.List(ctx); err != nil {
		return nil, err
	}
	for _, s := range d.summaries {
		d.claims = append(d.claims, s.Claim)
	}
	if p.config.Help != nil {
		if d.uses, err = p.config.Help.Uses(ctx); err != nil {
			return nil, err
		}
	}
	d.rights = p.config.Rights(d.household, d.claims)
	if d.plan = d.rights.Plan(d.today); d.plan != nil {
		if len(d.plan.Benefits) == 0 {
			d.plan = nil // what is known of it is terms
		} else {
			d.index = search.New(d.plan)
		}
	}
	d.terms = reminder.Merge(reminder.All(d.summaries, p.config.Rules(d.household)), reminder.OfPlan(d.membership(), d.today))
	return d, nil
}

// membership is what the plan's own terms hang on.
func (d *data) membership() reminder.Membership {
	m := reminder.Membership{Plan: d.plan, Dues: d.household.Plan.Dues}
	for _, x := range d.covered() {
		if i, ok := d.rights.Insured(x.ID); ok && !i.Left {
			m.People = append(m.People, reminder.Covered{ID: x.ID, Insured: i})
		}
	}
	return m
}

// covered lists the persons whom the plan covers; the holder where the mutual did not say.
func (d *data) covered() []member.Person {
	var list []member.Person
	for _, x := range d.household.People() {
		if slices.ContainsFunc(d.household.Plan.Covers, func(c member.Cover) bool { return c.Person == x.ID }) {
			list = append(list, x)
		}
	}
	if len(list) == 0 {
		return []member.Person{d.household.Holder}
	}
	return list
}

// status is how a person stands, as it is shown (MEM-42).
type status string

// The statuses beside those of the plan. Their words are "membership.status.<value>".
const (
	waiting status = "waiting" // active, with waiting periods
	debt    status = "debt"    // active, with contributions overdue
	unknown status = "unknown" // the plan or the person is not known here
)

// standing is how a person stands on a day.
type standing struct {
	person  member.Person
	role    string
	insured plan.Insured
	status  status
	cover   plan.Cover
	waits   []plan.Waiting
	back    civil.Date // suspended: first day of cover if everything is paid today; zero = never
}

// standings of everybody in the household, who is covered first.
func (d *data) standings() []standing {
	var list, out []standing
	for _, x := range d.household.People() {
		s := d.standing(x)
		if s.status == status(plan.NeverEnrolled) {
			out = append(out, s)
		} else {
			list = append(list, s)
		}
	}
	return append(list, out...)
}

func (d *data) standing(x member.Person) standing {
	s := standing{person: x, status: unknown}
	var ok bool
	if s.insured, ok = d.rights.Insured(x.ID); !ok || d.plan == nil {
		return s
	}
	s.role = roleName(d.plan, s.insured)
	s.cover = d.plan.Cover(s.insured, d.today)
	s.status = status(s.cover.Status)
	if s.cover.Status == plan.Active {
		s.waits = d.plan.Waiting(s.insured, d.today)
		switch {
		case s.cover.Debt:
			s.status = debt
		case len(s.waits) > 0:
			s.status = waiting
		}
	}
	if s.cover.Status == plan.IsSuspended {
		s.back, _ = d.plan.Regained(s.insured, d.today)
	}
	return s
}

// roleName is what the plan calls a person's role, from its table of fees.
func roleName(p *plan.Plan, i plan.Insured) string {
	if p.Fees == nil {
		return ""
	}
	for _, f := range p.Fees.Monthly {
		if f.Role == i.Role && (f.Category == "" || f.Category == i.Category) {
			return f.Name
		}
	}
	return ""
}

// overdue is what is not paid and was due before today.
func (d *data) overdue() (sum money.Cents, since civil.Date) {
	for _, due := range d.household.Plan.Dues {
		if due.Paid.IsZero() && due.On.Before(d.today) {
			sum += due.Cents
			if since.IsZero() || due.On.Before(since) {
				since = due.On
			}
		}
	}
	return sum, since
}
