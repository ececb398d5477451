package fiscalcode

import (
	"errors"
	"fmt"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/letters"
	"github.com/sodale/sodale/app/place"
)

// Codes of what Examine finds beside those of Parse. Values: Got is what the code says, Wanted what follows from what the
// person said.
const (
	CodeSurname      fault.Code = "fiscalcode.surname"       // Values: Got, Wanted (three letters)
	CodeName         fault.Code = "fiscalcode.name"          // Values: Got, Wanted (three letters)
	CodeSwapped      fault.Code = "fiscalcode.swapped"       // name and surname stand in each other's place
	CodeBirthDate    fault.Code = "fiscalcode.birth-date"    // Values: Got (14/03/67), Wanted (14/03/1967)
	CodeSex          fault.Code = "fiscalcode.sex"           // Values: Got, Wanted (F or M)
	CodePlace        fault.Code = "fiscalcode.place"         // Values: Got, Wanted (names of places)
	CodePlaceUnknown fault.Code = "fiscalcode.place-unknown" // Values: Got (a Belfiore code)
	CodePlaceThen    fault.Code = "fiscalcode.place-then"    // the place did not stand on the day of birth. Values: Got (its name)
)

// Finding is one thing that is wrong or doubtful about a codice fiscale. Screens say it in words by code and values.
type Finding struct {
	Part Part
	Code fault.Code
	// Blocking says that the text is no codice fiscale. Otherwise it can be right all the same: the member is asked, and
	// may go on.
	Blocking bool
	Values   map[string]string
}

// Examine reads a codice fiscale and compares it with what is known of the person, part by part in the order of the code;
// nil means that nothing is against it. What is not known is not compared. When the check character is wrong and a part
// differs, that part is named instead of the check character, since it is where the slip is.
func Examine(text string, p Person, today civil.Date) []Finding {
	code, err := Parse(text)
	if err == nil {
		return code.compare(p, today)
	}
	var e *fault.Error
	errors.As(err, &e)
	if e.Code == CodeCheck {
		found := differing(Code(Normalise(text)).compare(p, today))
		if len(found) > 0 {
			return found
		}
	}
	return []Finding{{Part: Part(e.Item), Code: e.Code, Blocking: true, Values: e.Values}}
}

// differing keeps the findings that say where code and person differ, and makes them blocking.
func differing(all []Finding) []Finding {
	var found []Finding
	for _, f := range all {
		if f.Code != CodePlaceThen {
			f.Blocking = true
			found = append(found, f)
		}
	}
	return found
}

// compare lists what differs between a code of the right form and a person.
func (c Code) compare(p Person, today civil.Date) []Finding {
	if !c.speaks() {
		return nil
	}
	is := split(string(c))
	found := append(is.compareNames(p), is.compareBirth(p)...)
	return append(found, c.comparePlace(p, today)...)
}

func (is parts) compareNames(p Person) []Finding {
	if p.Surname != "" && p.Name != "" && !fits(is.surname, p.Surname, surnameLetters) && !fits(is.name, p.Name, nameLetters) &&
		fits(is.surname, p.Name, surnameLetters) && fits(is.name, p.Surname, nameLetters) {
		return []Finding{{Part: Surname, Code: CodeSwapped}}
	}
	var found []Finding
	if p.Surname != "" && !fits(is.surname, p.Surname, surnameLetters) {
		found = append(found, difference(Surname, CodeSurname, is.surname, surnameLetters(p.Surname, letters.Spelled)))
	}
	if p.Name != "" && !fits(is.name, p.Name, nameLetters) {
		found = append(found, difference(Name, CodeName, is.name, nameLetters(p.Name, letters.Spelled)))
	}
	return found
}

// fits reports whether three letters follow from a name in either reading of its letters. A name without any letter of
// the Latin alphabet is not compared.
func fits(three, name string, rule func(string, letters.Reading) string) bool {
	return letters.Only(name, letters.Plain) == "" || three == rule(name, letters.Plain) || three == rule(name, letters.Spelled)
}

func (is parts) compareBirth(p Person) []Finding {
	var found []Finding
	if b := p.Born; !b.IsZero() && (b.Year%100 != is.year || b.Month != is.month || b.Day != is.day) {
		got := fmt.Sprintf("%02d/%02d/%02d", is.day, is.month, is.year)
		found = append(found, difference(BirthDate, CodeBirthDate, got, b.Italian()))
	}
	if p.Sex != "" && p.Sex != is.sex {
		found = append(found, difference(SexPart, CodeSex, string(is.sex), string(p.Sex)))
	}
	return found
}

func (c Code) comparePlace(p Person, today civil.Date) []Finding {
	code := split(string(c)).place
	if p.Place != "" && p.Place != code && !place.Succeeds(p.Place, code) && !place.Succeeds(code, p.Place) {
		return []Finding{difference(Place, CodePlace, label(code, p.Born), label(p.Place, p.Born))}
	}
	latest, known := place.Latest(code)
	if !known {
		return []Finding{{Part: Place, Code: CodePlaceUnknown, Values: map[string]string{"Got": string(code)}}}
	}
	days := []civil.Date{p.Born}
	if p.Born.IsZero() {
		days = c.Births(today)
	}
	for _, d := range days {
		if _, stood := place.At(code, d); stood {
			return nil
		}
	}
	return []Finding{{Part: Place, Code: CodePlaceThen, Values: map[string]string{"Got": latest.Label()}}}
}

// label names a place as it was called on a day, or last was; an unknown one by its code.
func label(code place.Code, on civil.Date) string {
	if p, ok := place.At(code, on); ok && !on.IsZero() {
		return p.Label()
	}
	if p, ok := place.Latest(code); ok {
		return p.Label()
	}
	return string(code)
}

func difference(part Part, code fault.Code, got, wanted string) Finding {
	return Finding{Part: part, Code: code, Values: map[string]string{"Got": got, "Wanted": wanted}}
}
