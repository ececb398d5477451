// Package reminder is what the program says by itself before a term ends (NTF-09): terms of claims, of contributions and of the
// membership. Those of booking and reports come with their own pages.
package reminder

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
)

// Code is what ends.
type Code string

// The codes.
const (
	ClaimTerm    Code = "claim-term"   // of a draft: the last day to claim one of its documents (CLM-29, CLM-35)
	February     Code = "february"     // likewise, where it is the 28 February of December's documents (CLM-35, AMB-39)
	Integration  Code = "integration"  // of a claim that the mutual asks documents for (CLM-42)
	Prescription Code = "prescription" // of a draft: the last day that an expense may rest on its prescription (CLM-37)

	Contribution Code = "contribution" // one that is not paid: the last day to pay it (MEM-09, MEM-27)
	Withdrawal   Code = "withdrawal"   // the last day to leave the mutual at the end of the year (MEM-14, MEM-29)
	Cover        Code = "cover"        // a waiting period is over: the first day covered (BPB-21, BEE-25)
)

// Near is how many days before its end a term is told of; an integration is told of at once.
const Near = 14

// thresholds are the days left at which a notice is shown on the desktop, once each.
var thresholds = []int{0, 1, 3, 7, Near}

// Reminder is one term that ends soon.
type Reminder struct {
	// ID is the same until the next threshold: whoever showed it need not show it again. "" = not near enough for a notice of
	// its own.
	ID       string
	Code     Code
	Claim    claim.ID
	Document string     // id of the document; "" for Integration
	Person   member.ID  // of Cover
	Name     string     // of Cover: the waiting periods, in the plan's words
	Article  string     // of the plan's terms
	Day      civil.Date // the last day, included; of Cover the first
	DaysLeft int        // 0 = today is the last
}

// Of lists what ends soon for claims with their state, the nearest first. A term that has passed is no reminder: claim.Check warns
// of it. An integration counts from the day that the mutual asked, unless it names the last day (AMB-02: the first day is not
// counted, the last is).
func Of(claims []claim.Summary, r claim.Rules) []Reminder { return Soon(All(claims, r)) }

// All lists every term of claims that has not passed, the nearest first.
func All(claims []claim.Summary, r claim.Rules) []Reminder {
	var list []Reminder
	for _, s := range claims {
		switch s.State {
		case claim.Draft, claim.Ready:
			for _, d := range s.Claim.Documents {
				list = append(list, ofDocument(s.Claim.ID, d, r)...)
			}
		case claim.DocumentsRequested:
			if day, ok := replyBy(s.Claim.Mutual, r); ok {
				list = append(list, Reminder{Code: Integration, Claim: s.Claim.ID, Day: day})
			}
		}
	}
	return open(list, r.Today)
}

// Soon leaves out of a list what ends later than Near, but for integrations.
func Soon(all []Reminder) []Reminder {
	var soon []Reminder
	for _, m := range all {
		if m.DaysLeft <= Near || m.Code == Integration {
			soon = append(soon, m)
		}
	}
	return soon
}

// Merge puts lists together, the nearest first.
func Merge(lists ...[]Reminder) []Reminder {
	all := slices.Concat(lists...)
	slices.SortStableFunc(all, func(a, b Reminder) int { return cmp.Compare(a.DaysLeft, b.DaysLeft) })
	return all
}

// open counts the days left and leaves out what has passed.
func open(list []Reminder, today civil.Date) []Reminder {
	var left []Reminder
	for _, m := range list {
		if m.DaysLeft = m.Day.Sub(today); m.DaysLeft < 0 {
			continue
		}
		m.ID = m.id()
		left = append(left, m)
	}
	return Merge(left)
}

func ofDocument(c claim.ID, d claim.ExpenseDocument, r claim.Rules) []Reminder {
	var list []Reminder
	if day, stated := r.LastDay(d.IssuedOn); stated && d.Type != claim.SchoolCertificate {
		code := ClaimTerm
		if r.Mutual.Claims.DecemberFebruary && d.IssuedOn.Month == time.December {
			code = February
		}
		list = append(list, Reminder{Code: code, Claim: c, Document: d.ID, Day: day})
	}
	if days := r.Mutual.Claims.PrescriptionDays; days > 0 && !d.PrescribedOn.IsZero() && d.IssuedOn.IsZero() {
		list = append(list, Reminder{Code: Prescription, Claim: c, Document: d.ID, Day: d.PrescribedOn.AddDays(days)})
	}
	return list
}

// replyBy is the last day to answer a request for documents; false where none is stated.
func replyBy(s claim.Standing, r claim.Rules) (civil.Date, bool) {
	if !s.ReplyBy.IsZero() {
		return s.ReplyBy, true
	}
	days := r.Mutual.Terms.IntegrateDays
	for _, p := range slices.Backward(s.Steps) {
		if p.State == claim.DocumentsRequested && days > 0 {
			return civil.Of(p.At).AddDays(days), true
		}
	}
	return civil.Date{}, false
}

// Key names the term, whatever the day is.
func (m Reminder) Key() string {
	key := string(m.Code) + "/" + string(m.Claim) + "/" + m.Document + "/" + m.Day.String()
	if m.Code == Cover {
		key += "/" + string(m.Person)
	}
	return key
}

// id names the reminder and the threshold that it has passed.
func (m Reminder) id() string {
	for _, t := range thresholds {
		if m.DaysLeft <= t {
			return m.Key() + "/" + strconv.Itoa(t)
		}
	}
	return ""
}
