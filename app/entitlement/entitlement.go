// Package entitlement asks the health plan about what a member has on this computer: it builds the plan's case of an expense document
// from the household, the claims of the past and the document itself (PLN, CLM-49). It decides nothing: package plan does the sums,
// and the mutual the rest.
//
// What counts as spent before a document: what the mutual granted, what was sent and is not decided yet as the plan would pay it, and
// the documents that stand before it in its own claim. So two documents never share what is left of one limit.
package entitlement

import (
	"slices"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/plan"
)

// Source is what an answer rests on. It is a value and holds no state: the same Source gives the same answers.
type Source struct {
	Plans     plan.Plans
	Household member.Household
	Past      []claim.Claim // in any order; drafts and withdrawn claims among them count for nothing, nor does Claim
	Claim     claim.Claim   // in which the documents stand that are asked about; zero = in none
	Today     civil.Date    // in Rome: contributions that were due before and are not paid were missed
}

// Answer is what the plan says of one document of a claim.
type Answer struct {
	Document string     // its id
	Plan     *plan.Plan // nil: the household's plan is not known here
	Estimate plan.Estimate
}

// Plan is the edition of the household's plan in force on a day, or nil when it is not known here.
func (s Source) Plan(day civil.Date) *plan.Plan {
	if s.Household.Plan.ID == "" {
		return nil
	}
	return s.Plans.On(s.Household.Plan.ID, day)
}

// Insured is how the plan knows a person of the household. One who is not among the persons covered has Left. false when there is
// no such person, or the mutual did not say whom the plan covers.
func (s Source) Insured(id member.ID) (plan.Insured, bool) {
	who, known := s.Household.Person(id)
	covers := s.Household.Plan.Covers
	if !known || len(covers) == 0 {
		return plan.Insured{}, false
	}
	insured := plan.Insured{Birth: who.DateOfBirth, Sex: string(who.Sex), Left: true}
	for _, c := range covers {
		if c.Person == id {
			insured.Left = false
			insured.Role, insured.Category, insured.Start, insured.Requested = plan.Role(c.Role), c.Category, c.Start, c.Requested
		}
	}
	for _, due := range s.Household.Plan.Dues {
		insured.Dues = append(insured.Dues, plan.Due{On: due.On, Paid: due.Paid})
	}
	insured.Missed, insured.Cured = s.missed()
	return insured, true
}

// missed lists the months in a row whose contribution was not paid in time: those that are still open, otherwise the last ones,
// with the day on which all of them were paid.
func (s Source) missed() (months []plan.Month, cured civil.Date) {
	open := false
	for _, due := range s.Household.Plan.Dues {
		unpaid := due.Paid.IsZero()
		if unpaid && !due.On.Before(s.Today) || !unpaid && !due.Paid.After(due.On) {
			continue
		}
		month := plan.Month{Year: due.On.Year, Month: due.On.Month}
		if n := len(months); n > 0 && after(months[n-1], month) > 1 {
			if open {
				break
			}
			months, cured = nil, civil.Date{}
		}
		if n := len(months); n == 0 || months[n-1] != month {
			months = append(months, month)
		}
		open = open || unpaid
		if due.Paid.After(cured) {
			cured = due.Paid
		}
	}
	if open {
		cured = civil.Date{}
	}
	return months, cured
}

// after is how many months b comes after a.
func after(a, b plan.Month) int { return (b.Year-a.Year)*12 + int(b.Month-a.Month) }

// Estimate is what the plan says of a document when its claim is sent on a day. The plan is nil when it is not known here; the
// outcome is Unknown then, and where what the form holds is too little to say.
func (s Source) Estimate(d claim.ExpenseDocument, sent civil.Date) (plan.Estimate, *plan.Plan) {
	return s.estimate(d, sent, s.before(d, sent))
}

// Answers asks about every document of the claim, in its order.
func (s Source) Answers(sent civil.Date) []Answer {
	spent := map[member.ID][]plan.Paid{}
	answers := make([]Answer, 0, len(s.Claim.Documents))
	for _, d := range s.Claim.Documents {
		if _, known := spent[d.Person]; !known {
			spent[d.Person] = s.elsewhere(d.Person)
		}
		said, p := s.estimate(d, sent, spent[d.Person])
		if said.Eligible() {
			spent[d.Person] = append(spent[d.Person], paidFor(p, d, said))
		}
		answers = append(answers, Answer{d.ID, p, said})
	}
	return answers
}

// Case is the plan's case of a document, or nil when the plan is not known here, or not how the person stands in it.
func (s Source) Case(d claim.ExpenseDocument, sent civil.Date) *plan.Case {
	return s.caseOf(d, sent, s.before(d, sent))
}

func (s Source) caseOf(d claim.ExpenseDocument, sent civil.Date, spent []plan.Paid) *plan.Case {
	p := s.Plan(day(d, sent))
	insured, known := s.Insured(d.Person)
	if p == nil || !known {
		return nil
	}
	return &plan.Case{Insured: insured, History: spent, Expense: expense(p, d), Sent: sent}
}

func (s Source) estimate(d claim.ExpenseDocument, sent civil.Date, spent []plan.Paid) (plan.Estimate, *plan.Plan) {
	p, c := s.Plan(day(d, sent)), s.caseOf(d, sent, spent)
	if p != nil && len(p.Benefits) == 0 {
		p = nil // what is known of it is terms
	}
	if p == nil || c == nil || s.Accompanies(d) {
		return plan.Estimate{Outcome: plan.Unknown}, p
	}
	said := p.Estimate(c)
	if said.Eligible() && (d.Asks(claim.FieldForeign) || said.Outcome == plan.Subsidise && (said.Refund == 0 || conditional(said))) {
		said.Outcome = plan.Unknown // the mutual converts the sum; the days are not typed yet; nobody asked about the conditions
	}
	return said, p
}

// conditional reports whether a lump sum hangs on conditions that the form does not ask about (BPB-23).
func conditional(said plan.Estimate) bool {
	return said.Formula.Sum > 0 && slices.ContainsFunc(said.Findings, func(f plan.Finding) bool { return !f.Code.Curable() })
}

// day is the one whose edition of the plan counts: that of the document (AMB-87), until it is typed that of sending.
func day(d claim.ExpenseDocument, sent civil.Date) civil.Date {
	if d.IssuedOn.IsZero() {
		return sent
	}
	return d.IssuedOn
}

// Accompanies reports whether a document is about a stay that one before it in the claim asks for already (CLM-31): a stay is paid
// once, however many papers prove it.
func (s Source) Accompanies(d claim.ExpenseDocument) bool {
	if !d.Asks(claim.FieldAdmitted) || d.Admitted.IsZero() {
		return false
	}
	for _, o := range s.Claim.Documents {
		switch {
		case o.ID == d.ID:
			return false
		case o.Person != d.Person || !o.Asks(claim.FieldAdmitted) || o.Admitted.IsZero():
		case o.Admitted == d.Admitted || o.Admitted.Before(d.Discharged) && d.Admitted.Before(o.Discharged):
			return true
		}
	}
	return false
}
