package desktop

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/reminder"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/screen/notices"
	"github.com/sodale/sodale/ui/screen/overview"
	"github.com/sodale/sodale/ui/screen/queue"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// load reads what the shell shows: the person, the notices, and how much there is to do.
func (s *Shell) load() {
	runner.Go(s.runner, "load", func(ctx context.Context) (f facts, err error) {
		if f.household, err = s.services.Profile.Household(ctx); err != nil {
			return f, err
		}
		if f.notices, err = s.services.Profile.Notices(ctx); err != nil {
			return f, err
		}
		f.summaries, err = s.services.Desk.List(ctx)
		claimTerms := reminder.Of(f.summaries, s.services.Desk.Rules(f.household))
		f.terms = reminder.Merge(claimTerms, s.planTerms(f))
		f.todo = len(overview.NewModel(f.summaries, nil, claimTerms, civil.Of(s.services.Clock.Now())).ToDo)
		return f, err
	}, func(f facts, err error) {
		if err != nil {
			return // the page says what is wrong; the frame keeps what it showed
		}
		newPerson := f.household.Holder.FullName() != s.facts.household.Holder.FullName()
		s.facts = f
		if newPerson && s.frame != nil {
			s.frame.showPerson()
		}
		s.showFacts()
		s.announce()
	})
}

// showFacts writes the counts.
func (s *Shell) showFacts() {
	if s.frame == nil {
		return
	}
	s.frame.header.bell.SetCount(notices.Unread(s.facts.notices))
	s.frame.items[Claims].SetCount(s.facts.todo)
}

// newChip makes the sync chip of the page that is shown.
func (s *Shell) newChip() *widget.Chip {
	s.chip = widget.NewChip(s.showQueue)
	s.showChip()
	return s.chip
}

// diagnoseEvery is how long an answer to "why" is good for the chip.
const diagnoseEvery = time.Minute

// showChip writes what the line is like, and finds out why when contacts fail while something waits.
func (s *Shell) showChip() {
	if s.chip == nil {
		return
	}
	link, now := s.services.Link(), s.services.Clock.Now()
	if !queue.WorthAsking(link) {
		s.cause = ""
	} else if now.Sub(s.asked) >= diagnoseEvery {
		s.asked = now
		runner.Go(s.runner, "why", func(ctx context.Context) ([]submission.Finding, error) { return s.services.Diagnose(ctx), nil },
			func(findings []submission.Finding, _ error) {
				first, _ := queue.FirstFailure(findings)
				s.cause = first.Cause
				s.showChip()
			})
	}
	chip := queue.ChipOf(link, s.cause, now)
	if text := chip.Text(s.services.Clock); text != s.chip.Name() {
		chip.Show(s.chip, s.services.Clock)
		s.relayout()
	}
}

// relayout lets the header find room for a chip that became wider.
func (s *Shell) relayout() {
	if s.frame != nil {
		s.frame.root.Refresh()
	}
}

// showQueue opens the sheet of what waits.
func (s *Shell) showQueue() {
	if !s.open || s.queue != nil {
		return
	}
	c := queue.Config{List: s.services.Desk.List, Household: s.services.Profile.Household, Link: s.services.Link,
		Diagnose: s.services.Diagnose, SendNow: s.services.SendNow, CheckNow: s.services.CheckNow, Open: s.openClaim,
		Clock: s.services.Clock, Runner: s.newRunner()}
	if m := s.services.Membership; m != nil {
		c.Requests, c.OpenRequest = m.Requests.Requests, s.openRequest
	}
	if k := s.services.Courier; k != nil {
		c.Courier = &queue.Courier{Take: k.Take, Bring: k.Bring, Choose: func(chosen func(string)) { k.ChooseFolder(s.window, chosen) }}
	}
	s.queue = queue.Open(c, s.window.Canvas(), func() { s.queue = nil })
}

// showNotices opens the list of what the mutual said, and of what ends soon.
func (s *Shell) showNotices() {
	titles := notices.Titles{}
	for _, c := range s.facts.summaries {
		titles[string(c.Claim.ID)] = claims.Title(c.Claim, claims.Words())
	}
	for _, x := range s.facts.household.People() {
		titles[string(x.ID)] = x.GivenName
	}
	notices.Sheet(s.window.Canvas(), notices.List{Notices: s.facts.notices, Terms: s.facts.terms, Titles: titles},
		notices.Actions{Open: s.openNotice, Claim: s.openClaim, Plan: func() { s.Go(Place{Screen: Plan}) }, Read: func() { s.markRead(s.facts.notices...) }})
}

// showMenu opens the navigation of a narrow window.
func (s *Shell) showMenu() {
	var sheet *widget.Sheet
	item := func(icon theme.IconName, label string, do func()) fyne.CanvasObject {
		return widget.NewNavItem(icon, label, func() {
			sheet.Close()
			do()
		})
	}
	var list []fyne.CanvasObject
	for _, section := range sections {
		if !s.offered(section.screen) {
			continue
		}
		list = append(list, item(section.icon, words.T("shell.screen."+string(section.screen)), func() { s.Go(Place{Screen: section.screen}) }))
	}
	list = append(list, item(theme.IconMagnifyingGlass, words.T("shell.goto"), s.goTo), widget.Rule(),
		item(theme.IconTextAa, words.T("shell.screen.settings"), func() { s.Go(Place{Screen: Appearance}) }))
	if s.services.Lock != nil {
		list = append(list, item(theme.IconLockSimple, words.T("shell.lock"), s.Lock))
	}
	if s.services.Membership != nil {
		list = append(list, widget.Rule())
		for _, p := range personal {
			list = append(list, item(p.icon, words.T("shell.screen."+string(p.screen)), func() { s.Go(Place{Screen: p.screen}) }))
		}
	}
	done := widget.NewButton(words.T("shell.close"), widget.Secondary, func() { sheet.Close() })
	sheet = widget.NewSheet(words.T("shell.menu"), widget.Pad(8, widget.Column(4, list...)), done).Wide(400)
	sheet.ShowOn(s.window.Canvas())
}
