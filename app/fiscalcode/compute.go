package fiscalcode

import (
	"fmt"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/letters"
	"github.com/sodale/sodale/app/place"
)

// CodeIncomplete is the code of a person of whom too little is known to compute a code. Item is the Part that lacks.
const CodeIncomplete fault.Code = "fiscalcode.incomplete"

// Person is what a codice fiscale is made of. Zero fields are not known.
type Person struct {
	Surname string // at birth
	Name    string // all given names
	Born    civil.Date
	Sex     Sex
	Place   place.Code // of the comune as it was on that day, or of the state
}

// Compute returns the plain code that follows from what is known of a person. Only the registry gives codes: this one may
// be another's, or the registry may have given this person another one.
func Compute(p Person) (Code, error) {
	if part := p.lacks(); part != "" {
		return "", fault.New(CodeIncomplete, "fiscalcode.compute", string(part))
	}
	day := p.Born.Day
	if p.Sex == Female {
		day += 40
	}
	first := surnameLetters(p.Surname, letters.Spelled) + nameLetters(p.Name, letters.Spelled) +
		fmt.Sprintf("%02d%c%02d%s", p.Born.Year%100, months[p.Born.Month-1], day, p.Place)
	return Code(first + string(letters.Check(first))), nil
}

// lacks returns the first part that is not known, or "".
func (p Person) lacks() Part {
	_, born := civil.New(p.Born.Year, p.Born.Month, p.Born.Day)
	switch {
	case letters.Only(p.Surname, letters.Plain) == "":
		return Surname
	case letters.Only(p.Name, letters.Plain) == "":
		return Name
	case !born:
		return BirthDate
	case p.Sex != Female && p.Sex != Male:
		return SexPart
	case !p.Place.WellFormed():
		return Place
	}
	return ""
}
