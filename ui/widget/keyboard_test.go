package widget

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"github.com/sodale/sodale/ui/theme"
)

// window shows a content as a shell would and returns its canvas.
func window(t *testing.T, content fyne.CanvasObject) fyne.Canvas {
	t.Helper()
	test.NewTempApp(t)
	theme.Use(theme.Settings{Look: theme.Light, Text: 100})
	w := test.NewTempWindow(t, NewLayers(content))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(900, 700))
	return w.Canvas()
}

// press types keys into what has the focus, as the window does: to the focused part, else to the window.
func press(c fyne.Canvas, keys ...fyne.KeyName) {
	for _, key := range keys {
		event := &fyne.KeyEvent{Name: key}
		switch {
		case key == fyne.KeyTab:
			if tabbable, ok := c.Focused().(fyne.Tabbable); ok && tabbable.AcceptsTab() {
				c.Focused().TypedKey(event)
			} else {
				c.FocusNext()
			}
		case c.Focused() != nil:
			c.Focused().TypedKey(event)
		case c.OnTypedKey() != nil:
			c.OnTypedKey()(event)
		}
	}
}

func write(c fyne.Canvas, text string) {
	for _, r := range text {
		c.Focused().TypedRune(r)
	}
}

func TestEnterAndSpacePressAButtonAndADisabledOneStaysStill(t *testing.T) {
	pressed := 0
	b := NewButton("Invia la pratica", Primary, func() { pressed++ })
	c := window(t, Pad(20, b))
	press(c, fyne.KeyTab, fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace)
	if pressed != 3 {
		t.Errorf("pressed %d times by three keys", pressed)
	}
	test.Tap(b)
	b.Disable()
	test.Tap(b)
	press(c, fyne.KeyReturn)
	if pressed != 4 {
		t.Errorf("pressed %d times", pressed)
	}
}

func TestKeysThatNobodyWantsReachTheWindow(t *testing.T) {
	for name, part := range map[string]fyne.CanvasObject{"button": NewButton("Invia", Primary, nothing), "field": NewEntry("Numero"), "list": testList(3, nil)} {
		c := window(t, Frame(nil, nil, part))
		var got []fyne.KeyName
		c.SetOnTypedKey(func(e *fyne.KeyEvent) { got = append(got, e.Name) })
		press(c, fyne.KeyTab, fyne.KeyF1, fyne.KeyF5, fyne.KeyF6, fyne.KeyEscape)
		if want := []fyne.KeyName{fyne.KeyF1, fyne.KeyF5, fyne.KeyF6, fyne.KeyEscape}; !slices.Equal(got, want) {
			t.Errorf("%s: the window got %v", name, got)
		}
	}
}

func TestShortcutsPassThroughAFieldAndEditingOnesStay(t *testing.T) {
	e := NewEntry("Numero")
	c := window(t, Column(8, e))
	heard := 0
	goTo := &desktop.CustomShortcut{KeyName: fyne.KeyK, Modifier: fyne.KeyModifierControl}
	e.line.pass = func(s fyne.Shortcut) {
		if s == fyne.Shortcut(goTo) {
			heard++
		}
	}
	e.Focus()
	write(c, "due parole")
	e.line.TypedShortcut(goTo)
	e.line.TypedShortcut(&fyne.ShortcutSelectAll{})
	if heard != 1 || e.line.SelectedText() != "due parole" {
		t.Errorf("heard %d, selected %q", heard, e.line.SelectedText())
	}
	e.line.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyBackspace, Modifier: fyne.KeyModifierControl})
	if heard != 1 {
		t.Error("deleting a word went to the window")
	}
}

func TestTabLeavesAFieldOfManyLinesAndEnterStaysInIt(t *testing.T) {
	notes, after := NewMultiLine("Note", 3), NewButton("Continua", Primary, nothing)
	c := window(t, Column(8, notes, after))
	press(c, fyne.KeyTab)
	write(c, "una")
	press(c, fyne.KeyReturn)
	write(c, "due")
	press(c, fyne.KeyTab)
	if notes.Text() != "una\ndue" {
		t.Errorf("text %q", notes.Text())
	}
	if c.Focused() != fyne.Focusable(after) {
		t.Errorf("the focus is on %T", c.Focused())
	}
}

func TestEnterInAFieldSubmitsIt(t *testing.T) {
	e := NewPasswordEntry("Password")
	c := window(t, Column(8, e))
	got := ""
	e.OnSubmitted = func(text string) { got = text }
	e.Focus()
	write(c, "segreta")
	press(c, fyne.KeyReturn)
	if got != "segreta" {
		t.Errorf("submitted %q", got)
	}
}

func TestTabGoesInReadingOrder(t *testing.T) {
	amount, date := NewMoneyEntry("Importo"), NewDateEntry("Data", today)
	kind := NewSelect("Tipo", []Option{{"r", "Ricevuta"}})
	radio := NewRadio("Procedura", []Option{{"s", "Standard"}, {"c", "Intervento"}})
	next := NewButton("Continua", Primary, nothing)
	c := window(t, Column(8, NewColumns(8, Col{Object: kind}, Col{Object: amount}), date, radio, next))
	want := []fyne.Focusable{kind.button, amount.line, date.line, date.well.after.(*IconButton), radio.group, next}
	for i, f := range want {
		press(c, fyne.KeyTab)
		if c.Focused() != f {
			t.Fatalf("stop %d is %T, want %T", i, c.Focused(), f)
		}
	}
}

func TestASheetTakesTheKeyboardClosesAtEscAndGivesItBack(t *testing.T) {
	before := NewButton("Elimina", Danger, nothing)
	c := window(t, Column(8, before))
	press(c, fyne.KeyTab)
	closed := 0
	field := NewEntry("Motivo")
	s := NewSheet("Perché", Column(8, field), NewButton("Annulla", Secondary, nothing)).OnClose(func() { closed++ })
	s.ShowOn(c)
	if c.Focused() != fyne.Focusable(field.line) {
		t.Fatalf("the keyboard starts on %T", c.Focused())
	}
	press(c, fyne.KeyEscape)
	if s.Shown() || closed != 1 || c.Focused() != fyne.Focusable(before) {
		t.Errorf("shown %v, closed %d, focus %T", s.Shown(), closed, c.Focused())
	}
	s.Close()
	if closed != 1 {
		t.Error("closing twice was told twice")
	}
}

func TestASheetAnswersEscAndEnterWhenNothingInItHasTheKeyboard(t *testing.T) {
	c := window(t, NewText("sotto", theme.Body))
	entered := 0
	s := NewSheet("Titolo", NewText("testo", theme.Body)).OnEnter(func() { entered++ })
	s.ShowOn(c)
	if !HandleKey(c, &fyne.KeyEvent{Name: fyne.KeyReturn}) || entered != 1 {
		t.Error("Enter was not taken")
	}
	if !ModalOpen(c) || !HandleKey(c, &fyne.KeyEvent{Name: fyne.KeyEscape}) || s.Shown() {
		t.Error("Esc did not close")
	}
	if HandleKey(c, &fyne.KeyEvent{Name: fyne.KeyEscape}) {
		t.Error("a key was taken with nothing open")
	}
}

func TestAConfirmationStartsOnTheAnswerThatChangesNothing(t *testing.T) {
	c := window(t, NewText("sotto", theme.Body))
	done := 0
	s := Confirm(c, "Elimini la bozza?", "Resta nel cestino per 30 giorni.", "Elimina", "Tieni la bozza", Danger, func() { done++ })
	press(c, fyne.KeyReturn)
	if done != 0 || s.Shown() {
		t.Errorf("Enter did it %d times", done)
	}
	s = Confirm(c, "Elimini la bozza?", "", "Elimina", "Tieni", Danger, func() { done++ })
	test.Tap(Find(s, "Elimina").(*Button))
	if done != 1 || s.Shown() {
		t.Errorf("the verb did it %d times", done)
	}
}

func TestEachLineOfTheSummaryLeadsToItsField(t *testing.T) {
	number, province := NewEntry("Numero"), NewSelect("Provincia", []Option{{"MI", "Milano"}})
	p := NewProblems()
	c := window(t, Column(8, p, number, province))
	if p.Visible() {
		t.Error("an empty summary is seen")
	}
	p.Set([]ProblemLine{{"Scrivi il numero", number.Focus}, {"Scegli la provincia", province.Focus}})
	p.Focus()
	press(c, fyne.KeyReturn)
	if c.Focused() != fyne.Focusable(number.line) {
		t.Errorf("the first line leads to %T", c.Focused())
	}
	test.Tap(Find(p, "Scegli la provincia").(*Button))
	if c.Focused() != fyne.Focusable(province.button) {
		t.Errorf("the second line leads to %T", c.Focused())
	}
	p.Set(nil)
	if p.Visible() {
		t.Error("the summary stays without problems")
	}
}

func TestALineOfTheSummaryTakesTwoLinesWhereTheRoomIsNarrow(t *testing.T) {
	p := NewProblems()
	window(t, p)
	p.Set([]ProblemLine{{"Allega il certificato della segreteria della scuola o dell’università.", nothing}, {"Scegli il voto.", nothing}})
	p.Resize(fyne.NewSize(320, p.HeightAt(320)))
	for i, least := range []float32{theme.Px(56), theme.Px(theme.TargetHeight)} {
		link := p.lines[i]
		if right := link.text.Position().X + link.text.Size().Width; right > link.Size().Width || link.Size().Height < least {
			t.Errorf("%q ends at %v of %v, %v high", link.Name(), right, link.Size().Width, link.Size().Height)
		}
	}
}

func TestArrowsMoveBetweenTheTabsOfDocuments(t *testing.T) {
	at := 0
	var tabs *Tabs
	tabs = NewTabs(func(i int) { at = i; tabs.Set([]string{"1", "2", "3"}, at, nil) })
	c := window(t, Column(8, tabs))
	tabs.Set([]string{"1", "2", "3"}, 0, nil)
	press(c, fyne.KeyTab, fyne.KeyRight, fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft)
	if at != 1 {
		t.Errorf("at tab %d", at)
	}
}

func testList(n int, open func(int)) *List {
	l := NewList("Pratiche", 64, func(i int) fyne.CanvasObject { return NewText("riga", theme.Body) }, open)
	l.SetCount(n)
	return l
}

func TestAListOfTenThousandIsDrivenByKeyboardAndBuildsOnlyWhatIsSeen(t *testing.T) {
	built, opened := 0, -1
	l := NewList("Pratiche", 64, func(i int) fyne.CanvasObject { built++; return NewText("riga", theme.Body) }, func(i int) { opened = i })
	l.SetCount(10_000)
	c := window(t, Frame(nil, nil, l))
	press(c, fyne.KeyTab, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if opened != 2 {
		t.Errorf("opened %d", opened)
	}
	press(c, fyne.KeyEnd, fyne.KeyUp, fyne.KeySpace)
	if opened != 9_998 || l.Selected() != 9_998 {
		t.Errorf("opened %d, selected %d", opened, l.Selected())
	}
	if built > 1_000 {
		t.Errorf("%d rows were built", built)
	}
	l.SetCount(3)
	if l.Selected() != -1 {
		t.Error("a row that is gone is still selected")
	}
}

func TestAScrollBringsTheFocusedPartIntoView(t *testing.T) {
	column := Column(8)
	var last *Entry
	for range 40 {
		last = NewEntry("Campo")
		column.Add(last)
	}
	s := NewScroll(column)
	window(t, Frame(nil, nil, s))
	last.Focus()
	driver := fyne.CurrentApp().Driver()
	top := driver.AbsolutePositionForObject(last.line).Y
	if top < 0 || top+last.line.Size().Height > 700 || s.Offset() == 0 {
		t.Errorf("the field lies at %v, scrolled by %v", top, s.Offset())
	}
	column.Objects[0].(*Entry).Focus()
	if s.Offset() > 60 {
		t.Errorf("the first field: scrolled by %v", s.Offset())
	}
}

func TestAScrollBringsWhatIsWrongWithTheFocusedPartIntoView(t *testing.T) {
	column := Column(8)
	for range 40 {
		column.Add(NewEntry("Campo"))
	}
	wrong := column.Objects[20].(*Entry)
	s := NewScroll(column)
	c := window(t, Frame(nil, nil, s))
	wrong.Focus()
	wrong.SetError("Scrivi il nome.")
	s.Refresh()
	wrong.Focus()
	top := fyne.CurrentApp().Driver().AbsolutePositionForObject(wrong.alert).Y
	if bottom := top + wrong.alert.Size().Height; top < 0 || bottom > c.Size().Height {
		t.Errorf("the error reaches from %v to %v of %v, scrolled by %v", top, bottom, c.Size().Height, s.Offset())
	}
}

func TestAToastUndoesAndGoesAway(t *testing.T) {
	c := window(t, NewText("sotto", theme.Body))
	undone := 0
	ShowToast(c, "File tolto", func() { undone++ })
	b, ok := Find(c.Content(), "Annulla").(*Button)
	if !ok {
		t.Fatal("no Annulla")
	}
	test.Tap(b)
	if undone != 1 || Find(c.Content(), "Annulla") != nil {
		t.Errorf("undone %d times", undone)
	}
	toast := ShowToast(c, "Già salvato", nil)
	if !slices.Contains(Words(c.Content()), "Già salvato") {
		t.Error("the toast is not seen")
	}
	toast.Dismiss()
	toast.Dismiss()
}

func TestThePartThatHasTheFocusWearsARing(t *testing.T) {
	b := NewButton("Invia", Primary, nothing)
	c := window(t, Pad(20, b))
	if !b.ring.Hidden {
		t.Error("a ring without focus")
	}
	press(c, fyne.KeyTab)
	if b.ring.Hidden || b.ring.Size().Width != b.Size().Width+2*(theme.RingStroke+theme.RingGap) {
		t.Errorf("ring hidden %v, %v wide round %v", b.ring.Hidden, b.ring.Size().Width, b.Size().Width)
	}
	c.Unfocus()
	if !b.ring.Hidden {
		t.Error("the ring stays")
	}
}

func TestATooltipNamesAnIconWhileItHasTheFocus(t *testing.T) {
	bell := NewIconButton(theme.IconBell, "Notifiche", nothing)
	c := window(t, Column(8, Row(8, bell)))
	layers := layersIn(c)
	press(c, fyne.KeyTab)
	if len(layers.tips.Objects) != 1 || !slices.Contains(Words(layers.tips.Objects[0]), "Notifiche") {
		t.Error("no tooltip")
	}
	c.Unfocus()
	if len(layers.tips.Objects) != 0 {
		t.Error("the tooltip stays")
	}
	press(c, fyne.KeyTab)
	layers.SetContent(Column(8, NewText("", theme.Body))) // the icon is gone, and then the focus
	c.Unfocus()
	if len(layers.tips.Objects) != 0 {
		t.Error("the tooltip outlives its icon")
	}
}
