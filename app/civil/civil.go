// Package civil holds calendar days as Italy counts them (Europe/Rome), free of clocks and zones.
package civil

import (
	"cmp"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // Windows and bare machines carry no zone data

	"github.com/sodale/sodale/app/fault"
)

// CodeNotADate is the code of every text that is no day of the calendar.
const CodeNotADate fault.Code = "civil.not-a-date"

// Rome is the zone of every civil date of the program.
var Rome = mustRome()

func mustRome() *time.Location {
	l, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		panic(err) // the zone data is embedded: only a broken build comes here
	}
	return l
}

// Date is a day of the calendar. The zero Date means "not given".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Of returns the day that it is in Rome at the instant t.
func Of(t time.Time) Date {
	y, m, d := t.In(Rome).Date()
	return Date{y, m, d}
}

// New returns the day y-m-d and reports whether the calendar has it. Years run from 1800 to 2999.
func New(y int, m time.Month, d int) (Date, bool) {
	if y < 1800 || y > 2999 || m < 1 || m > 12 || d < 1 || d > 31 {
		return Date{}, false
	}
	t := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return Date{y, m, d}, t.Day() == d
}

// ParseItalian reads "9/11/2026", "09-11-2026", "9.11.26" or "09112026". Two-digit years are of this century.
func ParseItalian(text string) (Date, error) {
	s := strings.TrimSpace(text)
	if len(s) == 8 && !strings.ContainsAny(s, "/-. ") {
		s = s[:2] + "/" + s[2:4] + "/" + s[4:]
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == '-' || r == '.' || r == ' ' })
	if len(parts) == 3 {
		d, e1 := strconv.Atoi(parts[0])
		m, e2 := strconv.Atoi(parts[1])
		y, e3 := strconv.Atoi(parts[2])
		if len(parts[2]) == 2 {
			y += 2000
		}
		if date, ok := New(y, time.Month(m), d); ok && e1 == nil && e2 == nil && e3 == nil {
			return date, nil
		}
	}
	return Date{}, fault.New(CodeNotADate, "civil.parse", "")
}

// IsZero reports whether the date is not given.
func (d Date) IsZero() bool { return d == Date{} }

// Noon returns midday of the day in Rome, a safe instant to count days from.
func (d Date) Noon() time.Time { return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, Rome) }

// AddDays returns the day n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date {
	year, month, day := time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC).Date()
	return Date{year, month, day}
}

// AddMonths returns the same day of the month n months later, or the last day of a month that has no such day (AMB-50).
func (d Date) AddMonths(n int) Date {
	year, month, _ := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC).Date()
	return Date{year, month, min(d.Day, lastDay(year, month))}
}

// EndOfMonth returns the last day of the month.
func (d Date) EndOfMonth() Date { return Date{d.Year, d.Month, lastDay(d.Year, d.Month)} }

func lastDay(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Compare returns -1, 0 or +1 as d is before, on or after e.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Before reports whether d is earlier than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// After reports whether d is a later day than e.
func (d Date) After(e Date) bool { return d.Compare(e) > 0 }

// Age returns the whole years from a day of birth to d; one born on 29 February is a year older on 1 March.
func (d Date) Age(birth Date) int {
	years := d.Year - birth.Year
	if d.Month < birth.Month || d.Month == birth.Month && d.Day < birth.Day {
		years--
	}
	return years
}

// Sub returns how many days lie from e to d.
func (d Date) Sub(e Date) int {
	day := func(x Date) time.Time { return time.Date(x.Year, x.Month, x.Day, 0, 0, 0, 0, time.UTC) }
	return int(day(d).Sub(day(e)) / (24 * time.Hour))
}

// String writes "2026-11-09" (ISO 8601), or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

// Italian writes "09/11/2026", as a date stands in a field, or "" for the zero Date.
func (d Date) Italian() string {
	if d.IsZero() {
		return ""
	}
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Format("02/01/2006")
}

// MarshalText writes the ISO form.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the ISO form or an empty text.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	t, err := time.Parse(time.DateOnly, string(text))
	if err != nil {
		return fault.Wrap(CodeNotADate, "civil.unmarshal", "", err)
	}
	date, ok := New(t.Year(), t.Month(), t.Day())
	if !ok {
		return fault.New(CodeNotADate, "civil.unmarshal", "")
	}
	*d = date
	return nil
}
