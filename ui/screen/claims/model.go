// Package claims is *Rimborsi e sussidi*: the list of claims with its filters and its search, one claim with its
// timeline, files and the things a member may do with it now, and the signed receipt (UX sections 3 and 5, mock-up 05;
// OVW-05, CLM-40 to CLM-44, CLM-48).
//
// The files without "view" in their name are pure: they turn what app/claim tells into what is shown, and know no Fyne.
package claims

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
)

// Vocabulary is what the rows say in the language of the moment.
type Vocabulary struct {
	Service func(claim.Service) string // "Visita specialistica"
	And     func(parts []string) string
	Nothing string // title of a claim in which nothing was chosen yet
	State   func(claim.Standing, claim.State) string
	Day     func(civil.Date) string // "16 novembre 2026"
	Month   func(civil.Date) string // "novembre 2026"
	Unpaid  string                  // heading over what was not paid yet
	Study   string                  // title of a study grant
}

// Row is one claim of the list.
type Row struct {
	ID     claim.ID
	Title  string
	People string     // given names, "Elena, Paolo"
	Day    civil.Date // when it was sent, or last edited while it is a draft
	State  claim.State
	Label  string // the state in words
	Amount money.Cents
	PaidOn civil.Date    // when the mutual paid; zero = not yet
	Icon   claim.Service // whose icon stands beside it

	summary claim.Summary
	filter  Filter
	stage   int // the place of its state among the stages
	folded  string
}

// NewRow makes the row of one claim.
func NewRow(s claim.Summary, household member.Household, v Vocabulary) Row {
	r := Row{ID: s.Claim.ID, Title: Title(s.Claim, v), People: People(s.Claim, household), Day: dayOf(s),
		State: s.State, Label: v.State(s.Claim.Mutual, s.State), Amount: Amount(s), PaidOn: s.Claim.Mutual.PaidOn, summary: s, filter: filterOf(s), stage: stageOf(s.State)}
	if len(s.Claim.Documents) > 0 {
		r.Icon = s.Claim.Documents[0].Service
	}
	r.folded = fold(strings.Join(append([]string{r.Title, r.People, r.Label, r.Amount.String(), v.Day(r.Day), r.Day.Italian(),
		s.Claim.Mutual.Number, protocol(s)}, documentTexts(s.Claim)...), " "))
	return r
}

// documentTexts are the words of the documents by which a claim is found.
func documentTexts(c claim.Claim) []string {
	var texts []string
	for _, d := range c.Documents {
		texts = append(texts, d.Provider, d.Number, d.Notes, d.Amount.String())
		for _, a := range d.Attachments {
			texts = append(texts, a.Name)
		}
	}
	return texts
}

func (r *Row) matches(wanted []string) bool {
	for _, w := range wanted {
		if !strings.Contains(r.folded, w) {
			return false
		}
	}
	return true
}

// concerns reports whether one of the documents is made out to a person.
func (r *Row) concerns(person member.ID) bool {
	return slices.ContainsFunc(r.summary.Claim.Documents, func(d claim.ExpenseDocument) bool { return d.Person == person })
}

// Title names a claim by what was paid for: "Visita specialistica ed esami".
func Title(c claim.Claim, v Vocabulary) string {
	if c.Kind == claim.StudyGrant {
		return v.Study
	}
	var parts []string
	for _, d := range c.Documents {
		if d.Service == "" {
			continue
		}
		name := v.Service(d.Service)
		if len(parts) > 0 && name != parts[0] {
			name = lowered(name)
		}
		if !slices.Contains(parts, name) {
			parts = append(parts, name)
		}
	}
	if len(parts) == 0 {
		return v.Nothing
	}
	return v.And(parts)
}

// lowered is a name within a phrase, where only the first word has a capital.
func lowered(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToLower(first)) + name[size:]
}

// People lists the given names of those the documents are made out to.
func People(c claim.Claim, household member.Household) string {
	var names []string
	for _, d := range c.Documents {
		if p, ok := household.Person(d.Person); ok && !slices.Contains(names, p.GivenName) {
			names = append(names, p.GivenName)
		}
	}
	return strings.Join(names, ", ")
}

// Amount is what a row shows: what the mutual granted once it has decided, until then what was paid.
func Amount(s claim.Summary) money.Cents {
	if Decided(s.State) {
		return s.Claim.Mutual.Granted
	}
	return s.Claim.Total()
}

// Decided reports whether the mutual has said how much it pays.
func Decided(s claim.State) bool {
	return s == claim.Approved || s == claim.Paid || s == claim.Rejected
}

func dayOf(s claim.Summary) civil.Date {
	if s.Delivery != nil && !s.Delivery.FrozenAt.IsZero() && !s.Claim.Open {
		return civil.Of(s.Delivery.FrozenAt)
	}
	return civil.Of(s.Claim.EditedAt)
}

// protocol is the mutual's number of a claim, or "".
func protocol(s claim.Summary) string {
	if s.Claim.Mutual.Number != "" {
		return s.Claim.Mutual.Number
	}
	if s.Delivery != nil {
		return s.Delivery.Protocol
	}
	return ""
}
