package civil

import "time"

// holidays are those of every year, as month and day (L. 260/1949 and its changes; Saint Francis again from 2026: L. 151/2025).
var holidays = map[[2]int]int{ // first year that has it
	{1, 1}: 0, {1, 6}: 0, {4, 25}: 0, {5, 1}: 0, {6, 2}: 0, {8, 15}: 0, {10, 4}: 2026, {11, 1}: 0, {12, 8}: 0, {12, 25}: 0, {12, 26}: 0,
}

// Holiday reports whether d is a national holiday of Italy, Easter and the Monday after it included; patron saints are not.
func (d Date) Holiday() bool {
	since, ok := holidays[[2]int{int(d.Month), d.Day}]
	if ok && d.Year >= since {
		return true
	}
	easter := Easter(d.Year)
	return d == easter || d == easter.AddDays(1)
}

// Workday reports whether d is from Monday to Friday and no national holiday (AMB-03).
func (d Date) Workday() bool {
	day := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Weekday()
	return day != time.Saturday && day != time.Sunday && !d.Holiday()
}

// AddWorkdays goes n working days forward, or back if n is below 0; d itself is not counted (AMB-03).
func (d Date) AddWorkdays(n int) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n > 0 {
		d = d.AddDays(step)
		if d.Workday() {
			n--
		}
	}
	return d
}

// Easter returns Easter Sunday of a year from 1800 on, by the anonymous Gregorian rule (Meeus, Astronomical Algorithms, chapter 8).
func Easter(year int) Date {
	golden, century, inCentury := year%19, year/100, year%100
	correction := (century + 8) / 25
	moon := (19*golden + century - century/4 - (century-correction+1)/3 + 15) % 30
	sunday := (32 + 2*(century%4) + 2*(inCentury/4) - moon - inCentury%4) % 7
	late := (golden + 11*moon + 22*sunday) / 451
	month := (moon + sunday - 7*late + 114) / 31
	day := (moon+sunday-7*late+114)%31 + 1
	return Date{year, time.Month(month), day}
}
