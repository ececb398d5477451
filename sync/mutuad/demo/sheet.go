package demo

import (
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/mutual"
)

// Sheet says who was invented for a mutual, and how each of them comes to an account.
type Sheet struct {
	Mutual string  `json:"mutual"` // id
	Name   string  `json:"name"`
	People []Guide `json:"people"`
}

// Guide is what one invented person would know.
type Guide struct {
	Role        Role       `json:"role"`
	Name        string     `json:"name"`
	FiscalCode  string     `json:"fiscalCode"`
	DateOfBirth civil.Date `json:"dateOfBirth"`
	BirthPlace  string     `json:"birthPlace"` // Belfiore code
	Number      string     `json:"number,omitempty"`
	User        string     `json:"user,omitempty"`     // to sign in with, or for the first access
	Password    string     `json:"password,omitempty"` // the account's, or the derived one (FAC-05)
	EMail       string     `json:"email,omitempty"`
	Mobile      string     `json:"mobile,omitempty"`
	Code        string     `json:"code,omitempty"` // on the collection form
}

// NewSheet writes the sheet of a mutual: the member first, then whoever the mutual's ways are for.
func NewSheet(rules mutual.Profile) (Sheet, error) {
	h := Household()
	user := userOf(rules, h)
	if user == "" {
		user = h.Number
	}
	sheet := Sheet{Mutual: rules.ID, Name: rules.Name, People: []Guide{{Role: RoleMember, Name: h.Holder.FullName(), FiscalCode: h.Holder.FiscalCode,
		DateOfBirth: h.Holder.DateOfBirth, BirthPlace: h.Holder.BirthPlace, Number: h.Number, User: user, Password: Password, EMail: h.EMail, Mobile: h.Mobile}}}
	for _, a := range Cast() {
		if !takesPart(rules, a.Role) {
			continue
		}
		g := Guide{Role: a.Role, Name: a.Person.FullName(), FiscalCode: a.Person.FiscalCode, DateOfBirth: a.Person.DateOfBirth, BirthPlace: a.Person.BirthPlace,
			Number: a.Number, EMail: a.EMail, Mobile: a.Mobile, Code: a.Code}
		if a.Role == RoleFirstAccess {
			var err error
			g.User = a.Number
			if g.Password, err = rules.FirstPassword(a.Number, a.Person.FiscalCode); err != nil {
				return sheet, err
			}
		}
		sheet.People = append(sheet.People, g)
	}
	return sheet, nil
}

// takesPart reports whether a mutual's rules have something for a role.
func takesPart(rules mutual.Profile, role Role) bool {
	switch role {
	case RoleFirstAccess, RoleRegister, RoleCode:
		return rules.Has(mutual.Way(role))
	case RoleSameMobile, RoleOtherMobile:
		return rules.Relatives.Activation
	}
	return false
}
