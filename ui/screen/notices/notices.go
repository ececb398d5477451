// Package notices shows what the mutual said as rows: on the overview, and all of them behind the bell with the terms that end
// soon (NTF-01, NTF-09).
package notices

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/app/reminder"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Titles names the claims that notices are about, by claim id, and the persons of terms by theirs.
type Titles map[string]string

// Text is what a notice says in one line: the claim and its state, or the mutual's own words.
func Text(n notice.Notice, titles Titles) string {
	said := n.Text
	if n.State != "" {
		said = widget.StateName(claim.State(n.State), n.Text)
	}
	title := titles[n.Subject]
	switch {
	case title == "":
		return said
	case said == "":
		return title
	}
	return said + ": " + title
}

// markWidth is how wide the icon of a term is at 100 %; the dots of the notices below it take as much.
const markWidth = 22

// Row is one notice; pressed opens what it is about.
func Row(n notice.Notice, titles Titles, pressed func()) *widget.Tile {
	return row(n, titles, 9, pressed)
}

// row is a notice whose text stands beside a mark of that width.
func row(n notice.Notice, titles Titles, width float32, pressed func()) *widget.Tile {
	text := Text(n, titles)
	line := widget.NewText(text, theme.Body)
	dot := theme.Clear
	if !n.Read {
		line.Bold()
		dot = theme.Accent
	}
	mark := widget.Fixed(width, 9, widget.Row(0, widget.Gap(), widget.Fixed(9, 9, widget.NewPanel(dot, theme.Clear, 5)), widget.Gap()))
	return widget.NewTile(text, widget.Row(12, mark, widget.Grow(widget.Column(2, line,
		widget.NewText(words.LongMoment(n.At), theme.Caption)))), pressed)
}

// Newest returns the notices with the newest first.
func Newest(list []notice.Notice) []notice.Notice {
	sorted := slices.Clone(list)
	slices.SortStableFunc(sorted, func(a, b notice.Notice) int { return b.At.Compare(a.At) })
	return sorted
}

// Unread counts those that were not read.
func Unread(list []notice.Notice) int {
	n := 0
	for _, x := range list {
		if !x.Read {
			n++
		}
	}
	return n
}

// List is what the sheet shows.
type List struct {
	Notices []notice.Notice
	Terms   []reminder.Reminder // what ends soon, the nearest first (NTF-09)
	Titles  Titles              // of claims, and the names of persons, by id
}

// Actions are what can be done from the sheet, each after it closed.
type Actions struct {
	Open  func(notice.Notice)
	Claim func(claim.ID) // opens the claim that a term is about
	Plan  func()         // opens the plan, for a term of the membership
	Read  func()         // marks every notice as read
}

// sheet is the list of everything that was said, or of what is unread alone.
type sheet struct {
	List
	do     Actions
	body   *fyne.Container
	pills  []*widget.FilterPill // Tutte, Da leggere
	unread bool
	shown  *widget.Sheet
}

// Sheet lists what ends soon and every notice over a canvas.
func Sheet(on fyne.Canvas, list List, do Actions) *widget.Sheet {
	s := &sheet{List: list, do: do, body: widget.Column(4)}
	parts := []fyne.CanvasObject{}
	if len(list.Notices) > 0 {
		s.pills = []*widget.FilterPill{widget.NewFilterPill(words.T("shell.notices.all"), len(list.Notices), func() { s.pick(false) }),
			widget.NewFilterPill(words.T("shell.notices.unread"), Unread(list.Notices), func() { s.pick(true) })}
		parts = append(parts, widget.Flow(8, s.pills[0], s.pills[1]))
	}
	done := widget.NewButton(words.T("shell.close"), widget.Secondary, func() { s.shown.Close() })
	actions := []fyne.CanvasObject{done}
	if Unread(list.Notices) > 0 {
		actions = slices.Insert(actions, 0, fyne.CanvasObject(widget.NewButton(words.T("shell.notices.read"), widget.Tertiary, s.after(do.Read)).WithIcon(theme.IconChecks)))
	}
	s.fill()
	s.shown = widget.NewSheet(words.T("shell.notices.title"), widget.Column(12, append(parts, s.body)...), actions...).First(done)
	s.shown.ShowOn(on)
	return s.shown
}

// pick shows all, or what is unread.
func (s *sheet) pick(unread bool) {
	s.unread = unread
	s.fill()
	s.shown.Refresh()
}

// after closes the sheet before something is done.
func (s *sheet) after(do func()) func() {
	return func() {
		s.shown.Close()
		do()
	}
}

func (s *sheet) fill() {
	for i, pill := range s.pills {
		pill.SetSelected(s.unread == (i == 1))
	}
	parts := s.terms()
	if len(s.Notices) == 0 {
		parts = append(parts, widget.NewText(words.T("shell.notices.none"), theme.Body))
	} else if Unread(s.Notices) == 0 {
		parts = append(parts, widget.PadXY(0, 8, widget.NewText(words.T("shell.notices.empty"), theme.Body)))
	}
	parts = append(parts, s.said()...)
	s.body.Objects = parts
	s.body.Refresh()
}

// said are the notices, newest first, with a heading for each month.
func (s *sheet) said() []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	month := ""
	for _, n := range Newest(s.Notices) {
		if s.unread && n.Read {
			continue
		}
		day := civil.Of(n.At)
		if m := words.Month(day.Year, day.Month); m != month {
			month = m
			parts = append(parts, heading(m))
		}
		parts = append(parts, row(n, s.Titles, markWidth, s.after(func() { s.do.Open(n) })))
	}
	return parts
}

func heading(text string) fyne.CanvasObject {
	return widget.PadXY(0, 4, widget.NewText(text, theme.Secondary).Bold())
}

// terms are what ends soon.
func (s *sheet) terms() []fyne.CanvasObject {
	if len(s.Terms) == 0 {
		return nil
	}
	parts := []fyne.CanvasObject{heading(words.T("shell.terms"))}
	for _, r := range s.Terms {
		title, text := Term(r, s.Titles)
		said := widget.Column(2, widget.NewText(title, theme.Body).Bold(), widget.NewText(text, theme.Caption))
		parts = append(parts, widget.NewTile(title, widget.Row(12, widget.NewIcon(theme.IconClockCountdown, markWidth, theme.Careful), widget.Grow(said)), s.after(func() { s.openTerm(r) })))
	}
	return parts
}

func (s *sheet) openTerm(r reminder.Reminder) {
	if r.Claim == "" {
		s.do.Plan()
		return
	}
	s.do.Claim(r.Claim)
}

// yearAway is how many days ahead a day is written with its year.
const yearAway = 300

// Term says what ends and when: the claim or person that it is about, and by which day.
func Term(r reminder.Reminder, titles Titles) (title, text string) {
	left := words.N("shell.term.left", r.DaysLeft)
	if r.DaysLeft == 0 {
		left = words.T("shell.term.today")
	}
	if r.Code == reminder.Cover {
		return words.T("shell.term.cover", "Name", titles[string(r.Person)]), words.T("shell.term.cover.day", "Day", words.Date(r.Day), "What", r.Name)
	}
	day := words.Day(r.Day)
	if r.DaysLeft > yearAway {
		day = words.Date(r.Day)
	}
	return words.T("shell.term."+string(r.Code), "Title", titles[string(r.Claim)]), words.T("shell.term.day", "Day", day, "Left", left)
}
