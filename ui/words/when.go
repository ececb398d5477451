package words

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/money"
)

// FileSize writes "412 KB" or "1,4 MB", with the comma or the point of the language.
func FileSize(bytes int64) string {
	if bytes < 1<<20 {
		return strconv.FormatInt(max(1, (bytes+512)>>10), 10) + "\u00a0KB"
	}
	return Decimal(document.Megabytes(bytes)) + "\u00a0MB"
}

// Decimal writes a fraction that has a comma, "3,4", the way of the language.
func Decimal(fraction string) string {
	if Language() == English {
		return strings.Replace(fraction, ",", ".", 1)
	}
	return fraction
}

// Date writes "9 novembre 2026", or "" for the zero date.
func Date(d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return Day(d) + " " + strconv.Itoa(d.Year)
}

// Day writes "9 novembre", or "" for the zero date.
func Day(d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return strconv.Itoa(d.Day) + " " + monthName(d.Month)
}

// WeekdayDate writes "lunedì 16 novembre 2026", or "" for the zero date.
func WeekdayDate(d civil.Date) string {
	if d.IsZero() {
		return ""
	}
	return Weekday(d.Noon().Weekday()) + " " + Date(d)
}

// Weekday writes "lunedì".
func Weekday(day time.Weekday) string { return T("weekday." + strconv.Itoa(int(day))) }

// ShortWeekday writes "lun".
func ShortWeekday(day time.Weekday) string { return short(Weekday(day)) }

// Month writes "novembre 2026".
func Month(year int, month time.Month) string { return monthName(month) + " " + strconv.Itoa(year) }

func monthName(m time.Month) string { return T("month." + strconv.Itoa(int(m))) }

// short cuts a day's or a month's name to three letters.
func short(name string) string { return string([]rune(name)[:min(3, len([]rune(name)))]) }

// Clock writes the hour in Rome: "10:41", without a leading zero before ten: "7:02".
func Clock(t time.Time) string { return t.In(civil.Rome).Format("15:04")[trim(t):] }

func trim(t time.Time) int {
	if t.In(civil.Rome).Hour() < 10 {
		return 1
	}
	return 0
}

// Moment writes day and hour in Rome as a timeline shows them: "lun 12 ott, 21:14".
func Moment(t time.Time) string {
	d := civil.Of(t)
	return fmt.Sprintf("%s %d %s, %s", ShortWeekday(d.Noon().Weekday()), d.Day, short(monthName(d.Month)), Clock(t))
}

// LongMoment writes "sabato 14 novembre, 18:05".
func LongMoment(t time.Time) string {
	d := civil.Of(t)
	return Weekday(d.Noon().Weekday()) + " " + Day(d) + ", " + Clock(t)
}

// Money writes "28,92 €" in Italian and "€28.92" in English.
func Money(c money.Cents) string {
	if Language() != English {
		return c.Euro()
	}
	swap := strings.NewReplacer(".", ",", ",", ".")
	text, negative := strings.CutPrefix(c.String(), "-")
	if negative {
		return "-€" + swap.Replace(text)
	}
	return "€" + swap.Replace(text)
}
