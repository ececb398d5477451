package fiscalcode

import (
	"strings"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/place"
)

// Sex is what a codice fiscale says of it.
type Sex string

// The sexes of a codice fiscale.
const (
	Female Sex = "F"
	Male   Sex = "M"
)

// OfAge is the age, in years, that a holder has at least: who is younger is covered as a relative. AnyAge asks for none.
const (
	OfAge  = 18
	AnyAge = 0
)

// oldest is the greatest age, in years, that a code is read to mean.
const oldest = 120

// months has the letter of each month, January first.
const months = "ABCDEHLMPRST"

// parts is what stands in a code.
type parts struct {
	surname, name string
	year          int        // 0 to 99
	month         time.Month // 0 when no month has the letter
	day           int        // 1 to 31, when it is one
	sex           Sex
	place         place.Code
}

// split reads 16 characters of which each stands where it may.
func split(s string) parts {
	s = plain(s)
	number := func(t string) int { return int(t[0]-'0')*10 + int(t[1]-'0') }
	p := parts{surname: s[:3], name: s[3:6], year: number(s[6:8]), day: number(s[9:11]), sex: Male, place: place.Code(s[11:15])}
	p.month = time.Month(strings.IndexByte(months, s[8]) + 1)
	if p.day > 40 {
		p.day, p.sex = p.day-40, Female
	}
	return p
}

// dayExists reports whether the month has the day, in some century.
func (p parts) dayExists() bool {
	_, nineteen := civil.New(1900+p.year, p.month, p.day)
	_, twenty := civil.New(2000+p.year, p.month, p.day)
	return nineteen || twenty
}

// Sex returns what the code says of it, "" for a provisional code or none.
func (c Code) Sex() Sex {
	if !c.speaks() {
		return ""
	}
	return split(string(c)).sex
}

// Place returns the Belfiore code of the birthplace, "" for a provisional code or none. No table may know it.
func (c Code) Place() place.Code {
	if !c.speaks() {
		return ""
	}
	return split(string(c)).place
}

// Births lists the days of birth that the code can mean on the day today, the youngest first. A code has two digits of
// the year: they mean a day of this century and one of the last, of which those count that are not after today and not
// more than 120 years ago. None is left for a provisional code.
func (c Code) Births(today civil.Date) []civil.Date {
	if !c.speaks() {
		return nil
	}
	p := split(string(c))
	var days []civil.Date
	for _, century := range []int{2000, 1900, 1800} {
		d, ok := civil.New(century+p.year, p.month, p.day)
		if ok && !today.Before(d) && Age(d, today) <= oldest {
			days = append(days, d)
		}
	}
	return days
}

// Birth returns the day of birth that the code is read to mean when nobody says it: the youngest of Births at which the
// person is at least so many years old, OfAge for a holder and AnyAge for a relative. So 19 means 2019 of a child and 1919
// of a holder. A day that the person or the mutual gives outranks it. False when no day is left.
func (c Code) Birth(today civil.Date, atLeast int) (civil.Date, bool) {
	for _, d := range c.Births(today) {
		if Age(d, today) >= atLeast {
			return d, true
		}
	}
	return civil.Date{}, false
}

// Age returns the whole years from a day of birth to today. Who was born on 29 February is a year older on 1 March.
func Age(born, today civil.Date) int {
	years := today.Year - born.Year
	if today.Month < born.Month || today.Month == born.Month && today.Day < born.Day {
		years--
	}
	return years
}
