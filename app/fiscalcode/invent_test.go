package fiscalcode

import (
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/letters"
	"github.com/sodale/sodale/app/place"
)

// plainStems and markedStems are parts that names of invented people are put together from: one person in five has some
// with the marks of Italian or of other languages.
var (
	plainStems = strings.Fields("ma ri a lu ca gian fran co pao lo e le na chia ra ste fa no al ber to bian chi ros si fer ra ri es po si sto " +
		"gre co d' de ' dell' - x y wj kz schw th ng o io u ae")
	markedStems = slices.Concat(plainStems, strings.Fields("ò à è ì ù ö ü ä ß ø å ç ñ š ž č ć đ ł ę ő ğ ı nguyễn strauß"))
)

// invented puts a name together.
func invented(r *rand.Rand, stems []string) string {
	for {
		var b strings.Builder
		for range 1 + r.IntN(6) {
			b.WriteString(stems[r.IntN(len(stems))])
			if r.IntN(8) == 0 {
				b.WriteByte(' ')
			}
		}
		if letters.Only(b.String(), letters.Plain) != "" {
			return b.String()
		}
	}
}

// everywhere lists every code that the table has, by searching for each letter.
func everywhere() []place.Code {
	var codes []place.Code
	for c := 'A'; c <= 'Z'; c++ {
		for _, p := range place.Search(string(c), civil.Date{}, 1<<20) {
			codes = append(codes, p.Code)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes)
}

// invent makes people who were born at most 119 years before today, each where it was possible on that day.
func invent(r *rand.Rand, n int, today civil.Date) []asked {
	codes := everywhere()
	first := today.AddDays(-119 * 365)
	var people []asked
	for len(people) < n {
		history := place.History(codes[r.IntN(len(codes))])
		at := history[r.IntN(len(history))]
		born := first.AddDays(r.IntN(today.Sub(first)))
		if !at.Stood(born) {
			if at.To.IsZero() || at.To.Before(first) {
				continue
			}
			if born = at.To.AddDays(-r.IntN(4000)); !at.Stood(born) || born.Before(first) {
				continue
			}
		}
		people = append(people, inventOne(r, at, born))
	}
	return people
}

func inventOne(r *rand.Rand, at place.Place, born civil.Date) asked {
	stems := plainStems
	if r.IntN(5) == 0 {
		stems = markedStems
	}
	p := asked{Surname: invented(r, stems), Name: invented(r, stems), Sex: []Sex{Female, Male}[r.IntN(2)], Day: born.Day, Month: int(born.Month),
		Year: born.Year, Place: at.Code, PlaceName: at.Name, Province: at.Province, born: born}
	last, _ := place.Latest(at.Code)
	p.LastName, p.LastProvince = last.Name, last.Province
	p.SurnameLetters, p.NameLetters = letters.Only(p.Surname, letters.Spelled), letters.Only(p.Name, letters.Spelled)
	p.code, _ = Compute(Person{p.Surname, p.Name, born, p.Sex, at.Code})
	variants := append(slices.Collect(p.code.Variants()), p.code)
	p.Variant = variants[r.IntN(len(variants))]
	p.Changed = changed(r, string(p.Variant))
	return p
}

// changed puts another character somewhere; half of the time the check character is made to fit again.
func changed(r *rand.Rand, code string) string {
	const characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	b := []byte(code)
	b[r.IntN(len(b))] = characters[r.IntN(len(characters))]
	if r.IntN(2) == 0 {
		b[15] = letters.Check(string(b[:15]))
	}
	return string(b)
}
