package desktop

import (
	"strings"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/screen/membership"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// target is one thing that can be gone to or done.
type target struct {
	icon   theme.IconName
	label  string
	second string
	open   func()
}

// mostTargets is how many the sheet shows at once.
const mostTargets = 8

// goTo opens the search over the whole program: sections, commands and claims.
func (s *Shell) goTo() {
	if !s.open {
		return
	}
	book := claims.NewBook(s.facts.summaries, s.facts.household, claims.Words())
	list := widget.Column(2)
	entry := widget.NewSearchEntry(words.T("shell.goto.field"))
	var sheet *widget.Sheet
	var found []target
	take := func(t target) {
		sheet.Close()
		t.open()
	}
	fill := func(text string) {
		found = s.targets(book, text)
		list.Objects = targetRows(found, take)
		sheet.Refresh()
	}
	entry.OnChanged = fill
	entry.OnSubmitted = func(string) {
		if len(found) > 0 {
			take(found[0])
		}
	}
	done := widget.NewButton(words.T("shell.close"), widget.Secondary, func() { sheet.Close() })
	sheet = widget.NewSheet(words.T("shell.goto.title"), widget.Pad(8, widget.Column(12, entry, list)), done).First(entry.Focusable())
	fill("")
	sheet.ShowOn(s.window.Canvas())
}

func targetRows(found []target, take func(target)) []fyne.CanvasObject {
	if len(found) == 0 {
		return []fyne.CanvasObject{widget.NewText(words.T("shell.goto.none"), theme.Body)}
	}
	rows := make([]fyne.CanvasObject, len(found))
	for i, t := range found {
		lines := []fyne.CanvasObject{widget.NewText(t.label, theme.Body)}
		if t.second != "" {
			lines = append(lines, widget.NewText(t.second, theme.Secondary))
		}
		rows[i] = widget.NewTile(t.label, widget.Row(14, widget.NewIcon(t.icon, 22, theme.Ink2), widget.Grow(widget.Column(2, lines...))), func() { take(t) })
	}
	return rows
}

// targets lists what a text finds: first sections and commands, then claims.
func (s *Shell) targets(book *claims.Book, text string) []target {
	var found []target
	for _, t := range s.commands() {
		if claims.Matches(t.label, text) {
			found = append(found, t)
		}
	}
	if strings.TrimSpace(text) != "" {
		for _, line := range book.Find(claims.Query{Search: text}).Lines {
			if line.Row != nil {
				id := line.Row.ID
				found = append(found, target{claims.Icon(line.Row.Icon), line.Row.Title,
					line.Row.Label + " · " + words.Date(line.Row.Day), func() { s.openClaim(id) }})
			}
		}
	}
	return found[:min(mostTargets, len(found))]
}

// commands are the sections and what can be done from everywhere.
func (s *Shell) commands() []target {
	list := []target{}
	for _, section := range sections {
		if !s.offered(section.screen) {
			continue
		}
		list = append(list, target{section.icon, words.T("shell.screen." + string(section.screen)), "", func() { s.Go(Place{Screen: section.screen}) }})
	}
	if s.services.Membership != nil {
		for _, p := range personal {
			list = append(list, target{p.icon, words.T("shell.screen." + string(p.screen)), "", func() { s.Go(Place{Screen: p.screen}) }})
		}
	}
	if s.services.Plans != nil {
		for _, tab := range []membership.Tab{membership.Trial, membership.Fees, membership.Helpline, membership.Rules} {
			list = append(list, target{theme.IconShieldCheck, words.T("membership.tab." + string(tab)), "", func() { s.Go(Place{Plan, string(tab)}) }})
		}
	}
	list = append(list, target{theme.IconPlus, words.T("shell.new"), "", s.NewRequest})
	if s.grantsOffered() {
		list = append(list, target{theme.IconGraduationCap, words.T("shell.new.study"), "", s.NewGrant})
	}
	list = append(list,
		target{theme.IconTextAa, words.T("shell.screen.settings"), "", func() { s.Go(Place{Screen: Appearance}) }},
		target{theme.IconPaperPlaneTilt, words.T("queue.title"), "", s.showQueue},
		target{theme.IconBell, words.T("shell.bell"), "", s.showNotices},
		target{theme.IconQuestion, words.T("shell.help.title"), "", s.showHelp})
	if s.services.Lock != nil {
		list = append(list, target{theme.IconLockSimple, words.T("shell.lock"), "", s.Lock})
	}
	return list
}
