// Package place knows where a person can be born as a codice fiscale says it (FAM-02): every comune that Italy has or had
// since 1861 and every foreign state, by Belfiore code, each with its names and province between the days they stood.
//
// Source: ANPR, Archivio storico dei comuni (Ministero dell'Interno, CC BY 4.0), 16 May 2023; later comuni and foreign
// states from @marketto/belfiore-connector-embedded 1.2.1 (data of ANPR and ISTAT), 22 January 2024. assets/places has the
// whole story. The table ages: a code that it does not have may be newer, and the mutual's archive outranks it.
package place

import (
	"slices"
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/assets/places"
)

// Code is a Belfiore code: a capital letter and three digits, "F205" for Milano. Those of foreign states begin with Z.
type Code string

// WellFormed reports whether the code has the form of one, in the table or not.
func (c Code) WellFormed() bool {
	return len(c) == 4 && 'A' <= c[0] && c[0] <= 'Z' && strings.Trim(string(c[1:]), "0123456789") == ""
}

// Foreign reports whether the code is that of a foreign state or territory.
func (c Code) Foreign() bool { return strings.HasPrefix(string(c), "Z") }

// Place is a comune or a foreign state, as it was called and where it belonged from one day to another.
type Place struct {
	Code     Code
	Name     string // "Bolzano"
	Other    string // a name in a second language, or another that it goes or went by, or ""
	Province string // two letters, as it was then; "EE" for a foreign state
	From, To civil.Date
	// Withdrawn says that the register no longer gives the code, since a day that it does not publish. To is zero then.
	Withdrawn bool
}

// Stood reports whether it stood on a day under this name and province. Both ends are included, a zero end has no bound.
func (p Place) Stood(on civil.Date) bool {
	return (p.From.IsZero() || !on.Before(p.From)) && (p.To.IsZero() || !p.To.Before(on))
}

// Stands reports whether it still stands, as far as the table knows.
func (p Place) Stands() bool { return p.To.IsZero() && !p.Withdrawn }

// Label writes "Abetone (PT)" for a comune and "Albania" for a state, as a field shows it.
func (p Place) Label() string {
	if p.Code.Foreign() {
		return p.Name
	}
	return p.Name + " (" + p.Province + ")"
}

// AsOf is the last day that the table of comuni knows of.
func AsOf() civil.Date { return day(strings.ReplaceAll(places.AsOf, "-", "")) }

// History lists what a code stood for, oldest first; nil when the table does not have it.
func History(code Code) []Place { return slices.Clone(table().history(code)) }

// At returns what a code stood for on a day, and false when it stood for nothing then, or is not in the table.
func At(code Code, on civil.Date) (Place, bool) {
	history := table().history(code)
	for i := len(history) - 1; i >= 0; i-- {
		if history[i].Stood(on) {
			return history[i], true
		}
	}
	return Place{}, false
}

// Latest returns the last that a code stood for, whether it still does or not.
func Latest(code Code) (Place, bool) {
	history := table().history(code)
	if len(history) == 0 {
		return Place{}, false
	}
	return history[len(history)-1], true
}

// Province is a province by its two letters, with the days between which that code stood.
type Province struct {
	Code, Name string
	From, To   civil.Date // zero for no bound
}

// Provinces lists the 107 of today and, after them, the codes of the past that comuni of the table belonged to.
func Provinces() []Province {
	var list []Province
	for _, p := range places.Provinces() {
		list = append(list, Province{p.Code, p.Name, day(strings.ReplaceAll(p.From, "-", "")), day(strings.ReplaceAll(p.To, "-", ""))})
	}
	return list
}

// ProvinceOf returns a province by its code, and false when there never was one.
func ProvinceOf(code string) (Province, bool) {
	all := Provinces()
	i := slices.IndexFunc(all, func(p Province) bool { return p.Code == code })
	if i < 0 {
		return Province{}, false
	}
	return all[i], true
}
