package widget

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/ui/theme"
)

func TestAnAmountIsReadAsPeopleTypeItAndWrittenOneWay(t *testing.T) {
	for typed, want := range map[string]struct {
		cents money.Cents
		text  string
		wrong bool
	}{
		"36,15": {3615, "36,15", false}, "36.15": {3615, "36,15", false}, "1234": {123400, "1.234,00", false}, "1.234,5 €": {123450, "1.234,50", false},
		"": {0, "", false}, "trenta": {0, "trenta", true}, "1,234": {0, "1,234", true},
	} {
		m := NewMoneyEntry("Importo")
		c := window(t, Column(8, m))
		var cents money.Cents
		unreadable := ""
		m.OnAmount = func(a money.Cents, u string) { cents, unreadable = a, u }
		m.Focus()
		write(c, typed)
		c.Unfocus()
		if cents != want.cents || m.Text() != want.text || (m.Error() != "") != want.wrong || (unreadable != "") != want.wrong {
			t.Errorf("%q: %d, %q, error %q, unreadable %q", typed, cents, m.Text(), m.Error(), unreadable)
		}
	}
}

func TestADayIsReadAsPeopleTypeItAndItsErrorStandsAtTheField(t *testing.T) {
	ninth := civil.Date{Year: 2026, Month: 11, Day: 9}
	for typed, want := range map[string]struct {
		day   civil.Date
		text  string
		wrong bool
	}{
		"9/11/2026": {ninth, "09/11/2026", false}, "9.11.26": {ninth, "09/11/2026", false}, "09112026": {ninth, "09/11/2026", false},
		"": {civil.Date{}, "", false}, "31/2/2026": {civil.Date{}, "31/2/2026", true}, "ieri": {civil.Date{}, "ieri", true},
	} {
		d := NewDateEntry("Data", today)
		c := window(t, Column(8, d))
		var day civil.Date
		d.OnDate = func(got civil.Date, _ string) { day = got }
		d.Focus()
		write(c, typed)
		c.Unfocus()
		if day != want.day || d.Text() != want.text || (d.Error() != "") != want.wrong {
			t.Errorf("%q: %v, %q, error %q", typed, day, d.Text(), d.Error())
		}
	}
}

func TestAWarningStandsAtItsFieldAndIsNoError(t *testing.T) {
	e := NewEntry("Data")
	e.SetWarning("Sono passati più di 90 giorni.")
	if e.Error() == "" || !e.alert.Visible() || e.well.box.wrong || e.fault.colour != theme.Careful {
		t.Errorf("%q, seen %v, red edge %v, in %v", e.Error(), e.alert.Visible(), e.well.box.wrong, e.fault.colour)
	}
	e.SetError("Questa data non esiste.")
	if !e.well.box.wrong || e.fault.colour != theme.Bad {
		t.Error("an error looks like a warning")
	}
	e.SetWarning("")
	if e.alert.Visible() || e.well.box.wrong {
		t.Error("what was said stays")
	}
}

func TestTheCalendarIsDrivenByTheKeyboardAndEscGoesBack(t *testing.T) {
	d := NewDateEntry("Data", today)
	c := window(t, Column(8, d))
	d.Focus()
	press(c, fyne.KeyDown)
	cal, ok := c.Focused().(*calendar)
	if !ok {
		t.Fatalf("the keyboard is on %T", c.Focused())
	}
	if got := cal.title.Plain(); got != "novembre 2026" {
		t.Errorf("the calendar opens at %q", got)
	}
	press(c, fyne.KeyPageUp, fyne.KeyUp, fyne.KeyLeft, fyne.KeyReturn)
	if d.Text() != "08/10/2026" {
		t.Errorf("picked %q", d.Text())
	}
	press(c, fyne.KeyF4, fyne.KeyRight, fyne.KeyEscape)
	if d.Text() != "08/10/2026" || c.Focused() != fyne.Focusable(d.line) || c.Overlays().Top() != nil {
		t.Errorf("after Esc: %q, focus %T", d.Text(), c.Focused())
	}
}

func TestTheCalendarGoesToTheLastDayOfAShorterMonth(t *testing.T) {
	window(t, NewText("", theme.Body))
	cal := newCalendar(civil.Date{Year: 2026, Month: 3, Day: 31}, today(), func(civil.Date) {})
	cal.month(-1)
	if got := cal.day.String(); got != "2026-02-28" {
		t.Errorf("a month before 31 March is %s", got)
	}
	if first := cal.cells[0].day; first.Noon().Weekday() != 1 {
		t.Errorf("the week begins on %s", first.Noon().Weekday())
	}
}

func TestASelectIsChangedByArrowsAndByTyping(t *testing.T) {
	s := NewSelect("Provincia", []Option{{"MI", "Milano"}, {"FO", "Forlì-Cesena"}, {"MO", "Modena"}, {"LO", "Lodi"}})
	c := window(t, Column(8, s))
	var got []string
	s.OnChanged = func(v string) { got = append(got, v) }
	press(c, fyne.KeyTab, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyEnd)
	write(c, "mo")
	write(c, "forli")
	if want := []string{"MI", "FO", "MI", "LO", "MI", "MO", "FO"}; !slices.Equal(got, want) {
		t.Errorf("values %v, want %v", got, want)
	}
}

func TestTheListOfASelectOpensTakesAndClosesByKeyboard(t *testing.T) {
	s := NewSelect("Tipo", []Option{{"r", "Ricevuta"}, {"f", "Fattura"}, {"c", "Certificato"}})
	c := window(t, Column(8, s))
	press(c, fyne.KeyTab, fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if s.Value() != "c" || c.Overlays().Top() != nil || c.Focused() != fyne.Focusable(s.button) {
		t.Errorf("value %q, focus %T", s.Value(), c.Focused())
	}
	press(c, fyne.KeySpace, fyne.KeyHome, fyne.KeyEscape)
	if s.Value() != "c" || c.Overlays().Top() != nil {
		t.Errorf("Esc took %q", s.Value())
	}
	if !s.Choose("Fattura") || s.Value() != "f" || s.Choose("Scontrino") {
		t.Error("choosing by label:", s.Value())
	}
}

func TestARadioIsOneStopAndArrowsGoRound(t *testing.T) {
	r := NewRadio("Procedura", []Option{{"s", "Standard"}, {"c", "Intervento"}})
	after := NewButton("Continua", Primary, nothing)
	c := window(t, Column(8, r, after))
	var got []string
	r.OnChanged = func(v string) { got = append(got, v) }
	press(c, fyne.KeyTab, fyne.KeySpace, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp)
	if want := []string{"s", "c", "s", "c"}; !slices.Equal(got, want) {
		t.Errorf("values %v, want %v", got, want)
	}
	press(c, fyne.KeyTab)
	if c.Focused() != fyne.Focusable(after) {
		t.Errorf("the second stop is %T", c.Focused())
	}
	test.Tap(Find(r, "Standard").(*radioItem))
	if r.Value() != "s" {
		t.Error("a tap did not take the option")
	}
}

func TestACheckTurnsByEnterSpaceAndTap(t *testing.T) {
	k := NewCheck("Ricordami")
	c := window(t, Column(8, k))
	press(c, fyne.KeyTab, fyne.KeySpace)
	if !k.Checked() {
		t.Error("Space did not tick it")
	}
	press(c, fyne.KeyReturn)
	test.Tap(k)
	if !k.Checked() {
		t.Error("Enter and tap: not ticked")
	}
}

func TestAHiddenTextHasOneEye(t *testing.T) {
	app := test.NewTempApp(t)
	w := app.NewWindow("")
	e := NewPasswordEntry("Password")
	w.SetContent(e)
	for _, o := range test.WidgetRenderer(e.line).Objects() {
		if _, ok := o.(fyne.Tappable); ok {
			t.Errorf("the toolkit's own eye is there too: %T", o)
		}
	}
	e.SetText("segreto")
	if e.Text() != "segreto" || e.line.ActionItem != nil {
		t.Error("the field does not hold what was typed")
	}
}

func TestALongAddressIsBrokenBehindAStroke(t *testing.T) {
	test.NewTempApp(t)
	const address = "https://www.garanteprivacy.it/web/guest/home/docweb/-/docweb-display/docweb/4535524"
	long, plain := NewText(address, theme.Body), NewText("web/guest/home/docweb/-/", theme.Body)
	if long.MinSize().Width > plain.MinSize().Width+1 {
		t.Errorf("the address needs %v, its longest part %v", long.MinSize().Width, plain.MinSize().Width)
	}
	if long.Plain() != address || long.HeightAt(plain.MinSize().Width) < 3*plain.MinSize().Height {
		t.Error("the address is not broken into lines")
	}
}
