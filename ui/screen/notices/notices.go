// Package notices shows what the mutual said as rows: on the overview, and all of them behind the bell (NTF-01).
package notices

import (
	"slices"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Titles names the claims that notices are about, by claim id.
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

// Row is one notice; pressed opens what it is about.
func Row(n notice.Notice, titles Titles, pressed func()) *widget.Tile {
	text := Text(n, titles)
	line := widget.NewText(text, theme.Body)
	dot := theme.Clear
	if !n.Read {
		line.Bold()
		dot = theme.Accent
	}
	mark := widget.Fixed(9, 9, widget.NewPanel(dot, theme.Clear, 5))
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

// Sheet lists every notice over a canvas. open is told which was pressed, after the sheet closed; read marks all of
// them as read.
func Sheet(on fyne.Canvas, list []notice.Notice, titles Titles, open func(notice.Notice), read func()) *widget.Sheet {
	var sheet *widget.Sheet
	parts := []fyne.CanvasObject{}
	month := ""
	for _, n := range Newest(list) {
		if m := words.Month(n.At.Year(), n.At.Month()); m != month {
			month = m
			parts = append(parts, widget.NewText(m, theme.Secondary).Bold())
		}
		parts = append(parts, Row(n, titles, func() {
			sheet.Close()
			open(n)
		}))
	}
	if len(list) == 0 {
		parts = append(parts, widget.NewText(words.T("shell.notices.none"), theme.Body))
	} else if Unread(list) == 0 {
		parts = slices.Insert(parts, 0, fyne.CanvasObject(widget.NewText(words.T("shell.notices.empty"), theme.Body)))
	}
	done := widget.NewButton(words.T("shell.close"), widget.Secondary, func() { sheet.Close() })
	actions := []fyne.CanvasObject{done}
	if Unread(list) > 0 {
		actions = slices.Insert(actions, 0, fyne.CanvasObject(widget.NewButton(words.T("shell.notices.read"), widget.Tertiary, func() {
			sheet.Close()
			read()
		}).WithIcon(theme.IconChecks)))
	}
	sheet = widget.NewSheet(words.T("shell.notices.title"), widget.Column(4, parts...), actions...).First(done)
	sheet.ShowOn(on)
	return sheet
}
