package civil_test

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
)

func TestDatesAreReadAsItaliansTypeThem(t *testing.T) {
	want := civil.Date{Year: 2026, Month: time.November, Day: 9}
	for _, text := range []string{"9/11/2026", "09/11/2026", "09-11-2026", "9.11.26", "09112026", " 9 11 2026 "} {
		if got, err := civil.ParseItalian(text); err != nil || got != want {
			t.Errorf("%q = %v, %v", text, got, err)
		}
	}
}

func TestDaysThatTheCalendarDoesNotHaveAreRefused(t *testing.T) {
	for _, text := range []string{"", "31/02/2026", "29/02/2025", "0/1/2026", "1/13/2026", "2026-11-09x", "9/11", "domani", "1/1/1", "9/11/2026/1"} {
		if got, err := civil.ParseItalian(text); fault.CodeOf(err) != civil.CodeNotADate {
			t.Errorf("%q = %v, %v", text, got, err)
		}
	}
}

func TestTheDayIsTheOneInRome(t *testing.T) {
	for utc, want := range map[string]string{
		"2026-11-15T23:30:00Z": "2026-11-16", // winter: one hour ahead
		"2026-07-15T22:30:00Z": "2026-07-16", // summer: two
		"2026-11-15T22:30:00Z": "2026-11-15",
	} {
		at, _ := time.Parse(time.RFC3339, utc)
		if got := civil.Of(at).String(); got != want {
			t.Errorf("%s is %s, want %s", utc, got, want)
		}
	}
}

func TestCountingDaysCrossesTheChangeOfTheHour(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := civil.Date{Year: 2026, Month: 1, Day: 1}.AddDays(rapid.IntRange(-40000, 40000).Draw(t, "start"))
		n := rapid.IntRange(-4000, 4000).Draw(t, "n")
		end := start.AddDays(n)
		if end.Sub(start) != n || end.Before(start) != (n < 0) {
			t.Fatalf("%v + %d = %v", start, n, end)
		}
	})
}

func TestADateTravelsAsISOText(t *testing.T) {
	type box struct{ D civil.Date }
	for _, d := range []civil.Date{{}, {Year: 2026, Month: 11, Day: 9}} {
		b, _ := json.Marshal(box{d})
		var back box
		if err := json.Unmarshal(b, &back); err != nil || back.D != d {
			t.Errorf("%s: %v, %v", b, back, err)
		}
	}
	if err := json.Unmarshal([]byte(`{"D":"2026-02-30"}`), &box{}); err == nil {
		t.Error("30 February was accepted")
	}
}

func FuzzParseItalian(f *testing.F) {
	f.Add("9/11/2026")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := civil.ParseItalian(s)
		if err != nil {
			return
		}
		if back, err := civil.ParseItalian(d.Italian()); err != nil || back != d {
			t.Fatalf("%q = %v, then %v, %v", s, d, back, err)
		}
	})
}
