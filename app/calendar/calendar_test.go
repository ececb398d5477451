package calendar_test

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sodale/sodale/app/calendar"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
)

var made = time.Date(2026, 11, 16, 9, 41, 0, 0, time.UTC)

func written(t testing.TB, events ...calendar.Event) string {
	t.Helper()
	var b strings.Builder
	if err := calendar.Write(&b, made, events); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// property is one line as a reader understands it: unfolded, its text unescaped.
type property struct{ name, value string }

// read is a reader of its own, after RFC 5545 sections 3.1 and 3.3.11.
func read(t testing.TB, file string) []property {
	t.Helper()
	if !strings.HasSuffix(file, "\r\n") || strings.Contains(strings.ReplaceAll(file, "\r\n", ""), "\r") || strings.Contains(strings.ReplaceAll(file, "\r\n", ""), "\n") {
		t.Fatalf("a line does not end with CRLF: %q", file)
	}
	for line := range strings.SplitSeq(file, "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) {
			t.Fatalf("a line of %d octets: %q", len(line), line)
		}
	}
	var list []property
	for line := range strings.SplitSeq(strings.TrimSuffix(strings.ReplaceAll(file, "\r\n ", ""), "\r\n"), "\r\n") {
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			t.Fatalf("no property: %q", line)
		}
		var b strings.Builder
		for i := 0; i < len(value); i++ {
			if value[i] == '\\' {
				i++
				if value[i] == 'n' {
					b.WriteByte('\n')
					continue
				}
			}
			b.WriteByte(value[i])
		}
		list = append(list, property{name, b.String()})
	}
	return list
}

func value(list []property, name string) string {
	for _, p := range list {
		if p.name == name {
			return p.value
		}
	}
	return ""
}

func TestAnEventIsAWholeDayWithItsAlarms(t *testing.T) {
	got := written(t, calendar.Event{ID: "claim/1", Day: civil.Date{Year: 2026, Month: 12, Day: 31}, Title: "Ultimo giorno; rimborso", Text: "art. 14.2\nstima, non decisione", Alarms: []int{14, 1, 0}})
	want := strings.ReplaceAll(`BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Sodale//Sodale//IT
CALSCALE:GREGORIAN
METHOD:PUBLISH
BEGIN:VEVENT
UID:`+calendar.UID("claim/1")+`
DTSTAMP:20261116T094100Z
DTSTART;VALUE=DATE:20261231
DTEND;VALUE=DATE:20270101
SUMMARY:Ultimo giorno\; rimborso
DESCRIPTION:art. 14.2\nstima\, non decisione
TRANSP:TRANSPARENT
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Ultimo giorno\; rimborso
TRIGGER:-P13DT15H
END:VALARM
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Ultimo giorno\; rimborso
TRIGGER:-PT15H
END:VALARM
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Ultimo giorno\; rimborso
TRIGGER:PT9H
END:VALARM
END:VEVENT
END:VCALENDAR
`, "\n", "\r\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAnEventKeepsItsNameAndOthersHaveAnother(t *testing.T) {
	later := written(t, calendar.Event{ID: "a", Day: civil.Date{Year: 2027, Month: 1, Day: 5}, Title: "Altro titolo"})
	if uid := value(read(t, later), "UID"); uid != calendar.UID("a") || strings.Contains(uid, "claim") {
		t.Errorf("UID %q", uid)
	}
	if calendar.UID("a") == calendar.UID("b") {
		t.Error("two events have one name")
	}
}

func TestLongLinesAreFoldedBetweenCharacters(t *testing.T) {
	title := strings.Repeat("così perché 🙂 ", 40)
	if got := value(read(t, written(t, calendar.Event{ID: "a", Day: civil.Date{Year: 2027, Month: 1, Day: 5}, Title: title})), "SUMMARY"); got != title {
		t.Errorf("got %q", got)
	}
}

func TestAFileThatCanNotBeWrittenSaysSo(t *testing.T) {
	if err := calendar.Write(broken{}, made, nil); fault.CodeOf(err) != calendar.CodeFailed {
		t.Errorf("got %v", err)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("full") }

// FuzzWhatIsWrittenIsReadBack holds the escaping against a reader of its own: no text adds a property, none is lost.
func FuzzWhatIsWrittenIsReadBack(f *testing.F) {
	for _, s := range []string{"", "a,b;c\\n", "\\", "uno\r\ndue\rtre\n", "BEGIN:VEVENT\nUID:x", strings.Repeat("è", 80), "\x00\xff", "\t;"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, title, text string) {
		list := read(t, written(t, calendar.Event{ID: title, Day: civil.Date{Year: 2027, Month: 1, Day: 5}, Title: title, Text: text}))
		if got, want := value(list, "SUMMARY"), plain(title); got != want {
			t.Fatalf("title %q, want %q", got, want)
		}
		if got, want := value(list, "DESCRIPTION"), plain(text); got != want {
			t.Fatalf("text %q, want %q", got, want)
		}
		if n := 15; len(list) != n && (text != "" || len(list) != n-1) {
			t.Fatalf("%d properties", len(list))
		}
	})
}

// plain is a text without what no calendar shows.
func plain(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), "\ufffd"))
}
