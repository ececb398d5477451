// Package reminder is what the program says by itself before a term ends (NTF-09). Only terms of claims are here: those of booking,
// reports, fees and membership come with their own pages.
package reminder

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
)

// Code is what ends.
type Code string

// The codes.
const (
	ClaimTerm    Code = "claim-term"   // of a draft: the last day to claim one of its documents (CLM-29, CLM-35)
	February     Code = "february"     // likewise, where it is the 28 February of December's documents (CLM-35, AMB-39)
	Integration  Code = "integration"  // of a claim that the mutual asks documents for (CLM-42)
	Prescription Code = "prescription" // of a draft: the last day that an expense may rest on its prescription (CLM-37)
)

// Near is how many days before its end a term of a draft is told of.
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
	Day      civil.Date // the last day, included
	DaysLeft int        // 0 = today is the last
}

// Of lists what ends soon for claims with their state, the nearest first. A term that has passed is no reminder: claim.Check warns
// of it. An integration counts from the day that the mutual asked, unless it names the last day (AMB-02: the first day is not
// counted, the last is).
func Of(claims []claim.Summary, r claim.Rules) []Reminder {
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
	var soon []Reminder
	for _, m := range list {
		m.DaysLeft = m.Day.Sub(r.Today)
		if m.DaysLeft < 0 || m.DaysLeft > Near && m.Code != Integration {
			continue
		}
		m.ID = m.id()
		soon = append(soon, m)
	}
	slices.SortStableFunc(soon, func(a, b Reminder) int { return cmp.Compare(a.DaysLeft, b.DaysLeft) })
	return soon
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

// id names the reminder and the threshold that it has passed.
func (m Reminder) id() string {
	for _, t := range thresholds {
		if m.DaysLeft <= t {
			return string(m.Code) + "/" + string(m.Claim) + "/" + m.Document + "/" + m.Day.String() + "/" + strconv.Itoa(t)
		}
	}
	return ""
}
