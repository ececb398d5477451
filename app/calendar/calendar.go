// Package calendar writes days to remember as a file that every calendar program reads: iCalendar, RFC 5545. The same input gives
// the same bytes, and an event keeps its UID, so that a file that is read in again changes what is there and doubles nothing.
package calendar

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
)

// CodeFailed is the code of a file that could not be written.
const CodeFailed fault.Code = "calendar.failed"

// Event is one whole day.
type Event struct {
	ID    string // what the event is, the same for ever; it is hashed, so that the file names nothing by it
	Day   civil.Date
	Title string
	Text  string // may have several lines; "" = none
	// Alarms are how many days before, each at 9 in the morning where the calendar is; 0 = on the day. None = silent.
	Alarms []int
}

// Write writes the events in their order. made is the instant at which the file is made, UTC. Errors carry CodeFailed.
func Write(w io.Writer, made time.Time, events []Event) error {
	var b strings.Builder
	line := func(name, value string) { b.WriteString(fold(name + ":" + value)) }
	line("BEGIN", "VCALENDAR")
	line("VERSION", "2.0")
	line("PRODID", "-//Sodale//Sodale//IT")
	line("CALSCALE", "GREGORIAN")
	line("METHOD", "PUBLISH")
	for _, e := range events {
		e.write(line, made)
	}
	line("END", "VCALENDAR")
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fault.Wrap(CodeFailed, "calendar.write", "", err)
	}
	return nil
}

func (e Event) write(line func(name, value string), made time.Time) {
	line("BEGIN", "VEVENT")
	line("UID", UID(e.ID))
	line("DTSTAMP", made.UTC().Format("20060102T150405Z"))
	line("DTSTART;VALUE=DATE", stamp(e.Day))
	line("DTEND;VALUE=DATE", stamp(e.Day.AddDays(1))) // the day after is no part of it
	line("SUMMARY", escape(e.Title))
	if e.Text != "" {
		line("DESCRIPTION", escape(e.Text))
	}
	line("TRANSP", "TRANSPARENT") // the day stays free
	for _, days := range e.Alarms {
		line("BEGIN", "VALARM")
		line("ACTION", "DISPLAY")
		line("DESCRIPTION", escape(e.Title))
		line("TRIGGER", trigger(days))
		line("END", "VALARM")
	}
	line("END", "VEVENT")
}

// UID names an event by its ID, as the file does.
func UID(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:16]) + "@sodale"
}

func stamp(d civil.Date) string { return fmt.Sprintf("%04d%02d%02d", d.Year, int(d.Month), d.Day) }

// trigger is 9 in the morning, so many days before the day begins.
func trigger(days int) string {
	switch {
	case days <= 0:
		return "PT9H"
	case days == 1:
		return "-PT15H"
	}
	return fmt.Sprintf("-P%dDT15H", days-1)
}

// escape writes a text as RFC 5545 section 3.3.11 has it. Of control characters only the end of a line is kept.
func escape(text string) string {
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\r\n", "\n"), "\ufffd")
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\\' || r == ';' || r == ',':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteByte(' ')
		case !unicode.IsControl(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// most is how many octets a line has at most, its end not counted (section 3.1).
const most = 75

// fold ends a line, and breaks it before it has more octets than it may; a character is never broken.
func fold(line string) string {
	var b strings.Builder
	room := most
	for line != "" {
		_, size := utf8.DecodeRuneInString(line)
		if size > room {
			b.WriteString("\r\n ")
			room = most - 1
		}
		b.WriteString(line[:size])
		room -= size
		line = line[size:]
	}
	return b.String() + "\r\n"
}
