package widget

import (
	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

// DateEntry is a field for a day, typed as gg/mm/aaaa (also 9-11-26, 09112026) or picked from an Italian calendar,
// which the button, the arrow down and F4 open.
type DateEntry struct {
	Entry
	// OnDate is called at every change: the day and "" when the text is a day or empty (then the zero date), else the
	// zero date and the text as it stands.
	OnDate func(date civil.Date, unreadable string)

	today func() civil.Date
	popup *dropDown
}

// NewDateEntry returns an empty field. today tells which day the calendar marks and opens at.
func NewDateEntry(label string, today func() civil.Date) *DateEntry {
	d := &DateEntry{today: today}
	d.setUp(d, label, newLine(false))
	d.SetPlaceholder(words.T("kit.date.format"))
	d.well.after = NewIconButton(theme.IconCalendarBlank, words.T("kit.date.open"), d.OpenCalendar)
	d.line.OnChanged = d.changed
	d.line.keys = func(key *fyne.KeyEvent) bool {
		if key.Name == fyne.KeyDown || key.Name == fyne.KeyF4 {
			d.OpenCalendar()
			return true
		}
		return false
	}
	leave := d.line.focusChanged
	d.line.focusChanged = func(focused bool) {
		if !focused {
			d.Check()
		}
		leave(focused)
	}
	return d
}

func (d *DateEntry) changed(text string) {
	if d.OnChanged != nil {
		d.OnChanged(text)
	}
	if d.OnDate == nil {
		return
	}
	date, err := d.Date()
	if err != nil {
		d.OnDate(civil.Date{}, text)
		return
	}
	d.OnDate(date, "")
}

// Date reads the text: the zero date when empty, an error of package civil when it is no day.
func (d *DateEntry) Date() (civil.Date, error) {
	if d.line.Text == "" {
		return civil.Date{}, nil
	}
	return civil.ParseItalian(d.line.Text)
}

// SetDate writes a day; the zero date empties the field.
func (d *DateEntry) SetDate(date civil.Date) { d.SetText(date.Italian()) }

// Check shows at the field what is wrong with the text, and reports whether it is a day or empty. Leaving the field
// calls it.
func (d *DateEntry) Check() bool {
	date, err := d.Date()
	if err != nil {
		d.SetError(errtext.Of(err))
		return false
	}
	d.SetError("")
	if text := date.Italian(); d.line.Text != text {
		d.SetText(text)
	}
	return true
}

// OpenCalendar shows the calendar under the field. Picking a day or Esc closes it and gives the keyboard back.
func (d *DateEntry) OpenCalendar() {
	if d.line.Disabled() {
		return
	}
	at, err := d.Date()
	if err != nil || at.IsZero() {
		at = d.today()
	}
	calendar := newCalendar(at, d.today(), func(date civil.Date) {
		d.popup.close()
		d.SetDate(date)
		d.SetError("")
	})
	d.popup = openDropDown(d.well, d.line, calendar, theme.Px(340), calendar.natural())
	focus(calendar)
}
