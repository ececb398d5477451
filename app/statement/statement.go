// Package statement is what one year of a membership comes to, for the tax return too: contributions paid, refunds, what was left to
// the member, and which of it the law counts (CRT-04 to CRT-08). It is made of what this computer knows and is no certificate: that
// comes from the mutual.
package statement

import (
	"slices"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/refund"
)

// Statement is one calendar year.
type Statement struct {
	Year          int
	Contributions money.Cents  // paid in the year, whatever year they are of
	Dues          []member.Due // those
	Parts         []Part       // of the contributions, by person; nil where the plan's fees do not add up to them
	Refunds       refund.Summary

	Relief  bool        // the plan says what the law counts
	Counted money.Cents // of the contributions
	Credit  money.Cents // tax that they save
	Tax     plan.Tax    // where Relief is set
}

// Part is one person's part of the contributions.
type Part struct {
	Person member.ID
	Cents  money.Cents
}

// Deductible is what was spent and not refunded: the part of the expenses that may go into the tax return (CRT-08).
func (s Statement) Deductible() money.Cents { return s.Refunds.Total.Own }

// Refunded is the part that may not, because it came back.
func (s Statement) Refunded() money.Cents { return s.Refunds.Total.Granted }

// Years lists the years in which something was paid or spent, last first.
func Years(h member.Household, claims []claim.Claim) []int {
	years := refund.Years(claims, refund.Competence)
	for _, d := range h.Plan.Dues {
		if y := d.Paid.Year; !d.Paid.IsZero() && !slices.Contains(years, y) {
			years = append(years, y)
		}
	}
	slices.Sort(years)
	slices.Reverse(years)
	return years
}

// Of adds up one year. p is the plan's edition of that year, nil when it is not known here: then nothing is said of tax.
func Of(h member.Household, claims []claim.Claim, p *plan.Plan, year int) Statement {
	s := Statement{Year: year, Refunds: refund.Of(claims, refund.Competence, year)}
	for _, d := range h.Plan.Dues {
		if d.Paid.Year == year && !d.Paid.IsZero() {
			s.Dues = append(s.Dues, d)
			s.Contributions += d.Cents
		}
	}
	if p == nil {
		return s
	}
	s.Parts = parts(h, p, year, s.Contributions)
	if p.Tax != nil {
		s.Relief, s.Tax = true, *p.Tax
		s.Counted, s.Credit = p.Tax.Relief(s.Contributions)
	}
	return s
}

// parts shares the contributions of a year out to the persons by the plan's fees. Where they do not add up to what was paid, as in a
// year that somebody joined in, only the mutual can say.
func parts(h member.Household, p *plan.Plan, year int, paid money.Cents) []Part {
	var list []Part
	var sum money.Cents
	for _, c := range h.Plan.Covers {
		who, _ := h.Person(c.Person)
		fee, ok := p.Fee(plan.FeeCase{Event: plan.Renews, Year: year, Category: c.Category, Persons: []plan.FeePerson{{Role: plan.Role(c.Role), Birth: who.DateOfBirth}}})
		if !ok {
			return nil
		}
		months := money.Cents(max(1, fee.Months))
		each := fee.Sum / months * 12 // of the calendar year alone
		list, sum = append(list, Part{c.Person, each}), sum+each
	}
	if sum != paid || sum == 0 {
		return nil
	}
	return list
}
