package civil_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/civil"
)

func day(t testing.TB, text string) civil.Date {
	t.Helper()
	var d civil.Date
	if err := d.UnmarshalText([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEasterIsWhereTheAlmanacHasIt(t *testing.T) {
	for year, want := range map[int]string{1818: "1818-03-22", 1943: "1943-04-25", 1954: "1954-04-18", 1981: "1981-04-19", 2000: "2000-04-23",
		2019: "2019-04-21", 2024: "2024-03-31", 2025: "2025-04-20", 2026: "2026-04-05", 2038: "2038-04-25", 2049: "2049-04-18"} {
		if got := civil.Easter(year); got.String() != want {
			t.Errorf("Easter of %d: %s, want %s", year, got, want)
		}
	}
}

func TestWorkingDaysSkipWeekendsAndHolidays(t *testing.T) { // AMB-03
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2025-11-12", -3, "2025-11-07"},
		{"2025-04-23", -2, "2025-04-18"}, // Tuesday 22, then Easter Monday and Sunday and Saturday are none
		{"2025-04-28", -1, "2025-04-24"}, // Liberation day is a Friday
		{"2026-01-07", -2, "2026-01-02"},
		{"2025-12-23", 2, "2025-12-29"},
		{"2026-10-05", -1, "2026-10-02"},
		{"2025-10-06", -1, "2025-10-03"},
		{"2025-06-01", 0, "2025-06-01"},
	} {
		if got := day(t, c.from).AddWorkdays(c.n); got.String() != c.want {
			t.Errorf("%s and %d: %s, want %s", c.from, c.n, got, c.want)
		}
	}
}

func TestMonthsEndOnTheLastDayOfAShorterMonth(t *testing.T) { // AMB-50
	for _, c := range []struct {
		from string
		n    int
		want string
	}{{"2025-08-31", 6, "2026-02-28"}, {"2023-08-31", 6, "2024-02-29"}, {"2025-01-15", 12, "2026-01-15"}, {"2025-01-31", -2, "2024-11-30"}} {
		if got := day(t, c.from).AddMonths(c.n); got.String() != c.want {
			t.Errorf("%s and %d months: %s, want %s", c.from, c.n, got, c.want)
		}
	}
	if got := day(t, "2024-02-10").EndOfMonth(); got.String() != "2024-02-29" {
		t.Error(got)
	}
}

func TestAgeIsInWholeYears(t *testing.T) {
	for _, c := range []struct {
		birth, on string
		want      int
	}{{"1960-05-01", "2021-04-30", 60}, {"1960-05-01", "2021-05-01", 61}, {"2004-02-29", "2025-02-28", 20}, {"2004-02-29", "2025-03-01", 21}} {
		if got := day(t, c.on).Age(day(t, c.birth)); got != c.want {
			t.Errorf("born %s, on %s: %d", c.birth, c.on, got)
		}
	}
}

func TestDaysAddedAndTakenAwayAgreeWithTheTimeline(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := civil.Of(time.Date(rapid.IntRange(1990, 2050).Draw(t, "year"), 1, rapid.IntRange(1, 366).Draw(t, "day"), 12, 0, 0, 0, time.UTC))
		n := rapid.IntRange(-4000, 4000).Draw(t, "n")
		to := from.AddDays(n)
		if to.Sub(from) != n || to.AddDays(-n) != from || to.Before(from) != (n < 0) || to.After(from) != (n > 0) {
			t.Fatalf("%s and %d days: %s", from, n, to)
		}
	})
}
