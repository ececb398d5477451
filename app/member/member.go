// Package member is who the program works for: the person who holds the membership, the family it covers, how to reach
// them and where money goes (PER, FAM; REQUIREMENTS sections 9 and 10).
package member

import (
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/money"
)

// ID is the mutual's identifier of a person, a UUID.
type ID string

// Role is what a person is to the holder.
type Role string

// The roles.
const (
	Holder Role = "holder"
	Spouse Role = "spouse"
	Child  Role = "child"
	Other  Role = "other"
)

// Sex is what the codice fiscale says of it.
type Sex string

// The sexes of a codice fiscale.
const (
	Female Sex = "F"
	Male   Sex = "M"
)

// Person is the holder or one relative.
type Person struct {
	ID          ID         `json:"id"`
	Role        Role       `json:"role"`
	GivenName   string     `json:"givenName"`
	FamilyName  string     `json:"familyName"`
	FiscalCode  string     `json:"fiscalCode"` // codice fiscale, 16 characters
	DateOfBirth civil.Date `json:"dateOfBirth"`
	Sex         Sex        `json:"sex,omitempty"`
	BirthPlace  string     `json:"birthPlace,omitempty"` // Belfiore code
	Details     Details    `json:"details,omitzero"`     // of a relative, where the mutual keeps them apart (PER-08); the holder's are the household's
	Dossier     bool       `json:"dossier,omitempty"`    // the dossier of reports is open (FAM-06)
}

// FullName writes "Elena Marchetti".
func (p Person) FullName() string { return strings.TrimSpace(p.GivenName + " " + p.FamilyName) }

// Initials writes "EM".
func (p Person) Initials() string {
	first := func(s string) string {
		for _, r := range s {
			return string(r)
		}
		return ""
	}
	return strings.ToUpper(first(p.GivenName) + first(p.FamilyName))
}

// Address is where a person lives.
type Address struct {
	Street   string `json:"street"`
	PostCode string `json:"postCode"`
	Town     string `json:"town"`
	Province string `json:"province"` // two-letter sigla
}

// Plan is the form of assistance a household has, as the mutual last said it.
type Plan struct {
	Name     string     `json:"name"`
	Active   bool       `json:"active"`
	PaidUpTo civil.Date `json:"paidUpTo"`

	ID     string  `json:"id,omitempty"`     // of the rules: plan.Plan.ID; "" = they are not known here
	Covers []Cover `json:"covers,omitempty"` // the persons, each with the start of their own (MEM-01)
	Dues   []Due   `json:"dues,omitempty"`   // contributions, oldest first
	Way    string  `json:"way,omitempty"`    // how they are paid: plan.PayWay.ID
}

// Cover is that one person of the household is in the plan.
type Cover struct {
	Person    ID         `json:"person"`
	Role      string     `json:"role"`               // in the plan: plan.Role
	Category  string     `json:"category,omitempty"` // of the fee, where the plan has several
	Start     civil.Date `json:"start"`              // decorrenza
	Requested civil.Date `json:"requested,omitzero"` // newborns: day on which enrolment was asked for
}

// Due is one contribution.
type Due struct {
	On    civil.Date  `json:"on"` // last day to pay it
	Cents money.Cents `json:"cents"`
	Paid  civil.Date  `json:"paid,omitzero"` // zero = not paid
}

// Household is everything the mutual says of one membership (OVW-02): holder, relatives, contacts, payment and plan.
type Household struct {
	Number string     `json:"number"` // matricola, 12 digits (FAC-04)
	Since  civil.Date `json:"since"`
	Holder Person     `json:"holder"`
	Family []Person   `json:"family"`
	Home   Address    `json:"home"`
	EMail  string     `json:"email"`
	Mobile string     `json:"mobile"`
	IBAN   string     `json:"iban"`
	// Domicile is nil while it equals the residence, which is Home (PER-03).
	Domicile *Address `json:"domicile,omitempty"`
	Postal   Postal   `json:"postal,omitempty"`
	Payment  Payment  `json:"payment,omitempty"`
	Photo    []byte   `json:"photo,omitempty"` // JPEG, at most MaxPhoto bytes (SES-02)
	Plan     Plan     `json:"plan"`
	Version  int64    `json:"version"` // grows with every change at the mutual
}

// People lists the holder first, then the family in the mutual's order.
func (h Household) People() []Person { return append([]Person{h.Holder}, h.Family...) }

// Person finds one of the household by id.
func (h Household) Person(id ID) (Person, bool) {
	for _, p := range h.People() {
		if p.ID == id {
			return p, true
		}
	}
	return Person{}, false
}
