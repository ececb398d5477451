// Package estimate is *Cosa dice il piano*: what the health plan says of an expense, in words, with the article that each word rests
// on one press away (CLM-49, CLM-50, UX section 4). It reckons nothing: package entitlement asks the plan. No code is ever shown.
package estimate

import (
	"slices"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/entitlement"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
)

// Answer is what the plan says of one document.
type Answer struct {
	Plan    *plan.Plan // nil = its rules are not on this computer
	Said    plan.Estimate
	Benefit *plan.Benefit // that was asked for; nil = none
	Form    plan.Form
	Amount  money.Cents // that was paid; 0 = not typed yet
	Year    int         // of the expense: whose limits are told of
	Cover   plan.Cover  // on the day of the expense, when Covered is known
	Why     Why         // why the plan can't say anything
}

// Why is why the plan says nothing. Its words are "plan.why.<value>".
type Why string

// The reasons. None is that the plan does say something.
const (
	None        Why = ""
	NoPlan      Why = "no-plan"     // the household's plan is not known here
	NoPerson    Why = "no-person"   // nobody was chosen
	NoCover     Why = "no-cover"    // the mutual did not say whom the plan covers
	NoExpense   Why = "no-expense"  // the document is no expense
	NoService   Why = "no-service"  // nothing was chosen
	OtherThing  Why = "other"       // something that the plan has no name for
	NoDays      Why = "no-days"     // the days are not typed yet
	Visits      Why = "visits"      // the days of care are those of the invoice, which the mutual counts
	Conditions  Why = "conditions"  // a lump sum hangs on what the form does not ask
	Accompanies Why = "accompanies" // the stay is asked for by another document
	Foreign     Why = "foreign"     // the mutual converts the sum
)

// Verdict is the answer in one word. Its words are "plan.outcome.<value>".
type Verdict string

// The verdicts (UX section 4).
const (
	Covered    Verdict = "covered"
	Partly     Verdict = "partly" // something is left out beside the member's usual share
	NotCovered Verdict = "not"
	Open       Verdict = "open" // nobody can say yet
)

// Source answers for the persons of a household, as entitlement.Source does.
type Source interface {
	Insured(id member.ID) (plan.Insured, bool)
	Estimate(d claim.ExpenseDocument, sent civil.Date) (plan.Estimate, *plan.Plan)
	Accompanies(d claim.ExpenseDocument) bool
}

// Of puts an answer of the plan together with what it was asked about.
func Of(s Source, d claim.ExpenseDocument, asked entitlement.Answer) Answer {
	a := Answer{Plan: asked.Plan, Said: asked.Estimate, Amount: d.Amount, Year: d.IssuedOn.Year}
	if d.Asks(claim.FieldAdmitted) && !d.Discharged.IsZero() {
		a.Year = d.Discharged.Year
	}
	if a.Plan == nil {
		a.Why = NoPlan
		return a
	}
	if a.Benefit = entitlement.Benefit(a.Plan, d); a.Benefit != nil {
		a.Form = entitlement.Form(a.Benefit, d)
	}
	insured, known := s.Insured(d.Person)
	if known && !d.IssuedOn.IsZero() {
		a.Cover = a.Plan.Cover(insured, d.IssuedOn)
	}
	a.Why = why(s, d, a, known)
	return a
}

func why(s Source, d claim.ExpenseDocument, a Answer, known bool) Why {
	switch {
	case a.Said.Outcome != plan.Unknown:
		return None
	case d.Person == "":
		return NoPerson
	case !known:
		return NoCover
	case !d.Asks(claim.FieldService):
		return NoExpense
	case d.Service == "":
		return NoService
	case s.Accompanies(d):
		return Accompanies
	case a.Benefit == nil:
		return OtherThing
	case d.Asks(claim.FieldForeign):
		return Foreign
	}
	switch usual := a.Benefit.Usual(); {
	case usual != nil && usual.Sum > 0:
		return Conditions
	case usual != nil && usual.Daily != nil && usual.Daily.For == plan.ForVisits:
		return Visits
	}
	return NoDays
}

// Ask asks the plan about one document.
func Ask(s Source, d claim.ExpenseDocument, sent civil.Date) Answer {
	said, p := s.Estimate(d, sent)
	return Of(s, d, entitlement.Answer{Document: d.ID, Plan: p, Estimate: said})
}

// Verdict is the answer in one word.
func (a Answer) Verdict() Verdict {
	cut := func(w plan.Warning) bool {
		return w == plan.CappedEach || w == plan.CappedAnnual || w == plan.ItemsOut || w == plan.PartialDays
	}
	switch {
	case a.Said.Outcome == plan.Reject:
		return NotCovered
	case !a.Said.Eligible():
		return Open
	case slices.ContainsFunc(a.Said.Warnings, cut):
		return Partly
	}
	return Covered
}

// Says reports whether the answer is about a code, for sure or in doubt.
func (a Answer) Says(codes ...plan.Code) bool {
	return slices.ContainsFunc(a.Said.Findings, func(f plan.Finding) bool { return slices.Contains(codes, f.Code) })
}

// Warns reports whether the answer has one of the warnings.
func (a Answer) Warns(list ...plan.Warning) bool {
	return slices.ContainsFunc(a.Said.Warnings, func(w plan.Warning) bool { return slices.Contains(list, w) })
}

// Total is what the plan is expected to pay for the documents of a claim, and of how many it can say a sum.
func Total(answers []entitlement.Answer) (sum money.Cents, of int) {
	for _, a := range answers {
		if a.Estimate.Eligible() || a.Estimate.Outcome == plan.Reject {
			sum, of = sum+a.Estimate.Refund, of+1
		}
	}
	return sum, of
}
