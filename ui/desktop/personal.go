package desktop

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/ui/screen/family"
	"github.com/sodale/sodale/ui/screen/help"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/screen/person"
	"github.com/sodale/sodale/ui/screen/privacy"
	"github.com/sodale/sodale/ui/screen/security"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// isPersonal reports whether a screen is one of those under the member's name.
func isPersonal(screen Screen) bool {
	for _, p := range personal {
		if p.screen == screen {
			return true
		}
	}
	return false
}

// personalPage builds a page under the member's name, nil for any other.
func (s *Shell) personalPage(to Place) Page {
	if s.services.Membership == nil {
		return nil
	}
	switch to.Screen {
	case Person:
		if to.ID != "" && member.ID(to.ID) != s.facts.household.Holder.ID {
			return person.New(s.personConfig(), member.ID(to.ID), person.Details, person.Contacts, person.Payments)
		}
		return person.New(s.personConfig(), "", person.Details)
	case Contacts:
		return person.New(s.personConfig(), "", person.Contacts)
	case Payments:
		return person.New(s.personConfig(), "", person.Payments)
	case Family:
		return s.familyPage()
	case Security:
		return s.securityPage()
	case Privacy:
		return s.privacyPage(to.ID)
	case Complaints:
		return s.complaintsPage(to.ID)
	case Support:
		return s.supportPage()
	}
	return nil
}

// openRequest shows the page where a request was made.
func (s *Shell) openRequest(r request.Request) {
	switch {
	case r.Family != nil:
		s.Go(Place{Screen: Family})
	case r.Consent != nil, r.Erasure != nil:
		s.Go(Place{Screen: Privacy})
	case r.Complaint != nil, r.Question != nil:
		s.Go(Place{Complaints, r.ID})
	case r.Change.Person != s.facts.household.Holder.ID:
		s.Go(Place{Person, string(r.Change.Person)})
	default:
		s.Go(Place{Screen: Screen(person.SectionOf(r.Change.Fields()))})
	}
}

func (s *Shell) online() bool { return s.services.Link().Online }

// sent is how requests show their receipts.
func (s *Shell) sent() part.Requests {
	return part.Requests{Receipt: s.services.Receipt, SaveFile: s.services.SaveFile, Runner: s.newRunner()}
}

func (s *Shell) personConfig() person.Config {
	m := s.services.Membership
	return person.Config{Requests: m.Requests, Household: s.services.Profile.Household, Rules: m.Rules, Account: m.Account, Online: s.online,
		Ask: s.services.SendNow, Sent: s.sent(), Choose: s.choose, ReadFile: s.services.ReadFile, Photo: m.Photo, Clock: s.services.Clock, Runner: s.newRunner()}
}

func (s *Shell) familyPage() Page {
	m := s.services.Membership
	return family.New(family.Config{Requests: m.Requests, Household: s.services.Profile.Household, Rules: m.Rules, Draft: &s.relative,
		Open: func(id member.ID) { s.Go(Place{Person, string(id)}) }, Notice: func(n mutual.Notice) { s.Go(Place{Privacy, n.ID}) },
		Sent: s.sent(), Clock: s.services.Clock, Runner: s.newRunner()})
}

func (s *Shell) securityPage() Page {
	m, run := s.services.Membership, s.newRunner()
	paper := part.Paper{SaveFile: s.services.SaveFile, Print: m.Print, Runner: run}
	factor, recovery := paper, paper
	factor.Name, factor.Draw = words.T("security.file.factor"), m.FactorSheet
	recovery.Name = words.T("security.file.recovery")
	if m.RecoverySheet != nil {
		recovery.Draw = func(codes []string) ([]byte, error) { return m.RecoverySheet(codes[0]) }
	}
	return security.New(security.Config{Desk: m.Account, Rules: m.Rules, Online: s.online, Ask: s.services.SendNow, FactorPaper: factor, RecoveryPaper: recovery,
		CanRemember: m.CanRemember, Remembered: m.Remembered, Remember: m.Remember, Idle: func() int { return s.settings.Idle }, Appearance: func() { s.Go(Place{Screen: Appearance}) },
		Clock: s.services.Clock, Runner: run})
}

// privacyPage is *Privacy e consensi*, with a notice open where one is named.
func (s *Shell) privacyPage(notice string) Page {
	m := s.services.Membership
	c := privacy.Config{Requests: m.Requests, Household: s.services.Profile.Household, Rules: m.Rules, Online: s.online, Ask: s.services.SendNow, Sent: s.sent(),
		Takeout: m.Takeout, OpenFolder: m.OpenFolder, Leaving: m.Leaving, Leave: m.Leave, Left: m.Left, Tell: fyne.Do, Clock: s.services.Clock, Runner: s.newRunner()}
	if m.ChooseFolder != nil {
		c.ChooseFolder = func(chosen func(string)) { m.ChooseFolder(s.window, chosen) }
	} else {
		c.Takeout = nil
	}
	if n, ok := m.Rules().Notice(notice); ok {
		return privacy.Read(c, n)
	}
	return privacy.New(c)
}

// factorOff says whether the mutual offers a second factor that is not on.
func (s *Shell) factorOff(ctx context.Context) (bool, error) {
	m := s.services.Membership
	if !m.Rules().Entry.FactorOffered {
		return false, nil
	}
	standing, err := m.Account.Vault.Standing(ctx)
	return !standing.FactorOn, err
}

func (s *Shell) supportPage() Page {
	m := s.services.Membership
	return help.New(help.Config{Rules: m.Rules, Household: s.services.Profile.Household, User: m.Account.Vault.User, Version: s.services.Version, Keys: s.showHelp,
		Picture: s.before, Write: func(form string) { s.Go(Place{Complaints, form}) }, SaveFile: s.services.SaveFile, Runner: s.newRunner()})
}

// photograph keeps what is seen before the page of help opens, for a message that the member may send.
func (s *Shell) photograph(to Place) {
	if here, ok := s.way.here(); to.Screen == Support && ok && here.Screen != Support {
		s.before = s.window.Canvas().Capture()
	}
}

// personTile is the member's name at the foot of the navigation: it opens the menu of their pages (SES-01, SES-04).
func (f *frame) personTile(holder member.Person, name fyne.CanvasObject) fyne.CanvasObject {
	content := widget.Row(10, widget.NewAvatar(holder.Initials(), 40), widget.Grow(widget.Column(0, name, widget.NewText(words.T("shell.person.text"), theme.Caption).Short())),
		widget.NewIcon(theme.IconCaretUp, 16, theme.Ink2))
	return widget.NewTile(words.T("shell.person", "Name", holder.FullName()), content, f.shell.showPersonMenu)
}

// showPersonMenu opens the menu under the member's name.
func (s *Shell) showPersonMenu() {
	var sheet *widget.Sheet
	var list []fyne.CanvasObject
	for _, p := range personal {
		list = append(list, widget.NewNavItem(p.icon, words.T("shell.screen."+string(p.screen)), func() {
			sheet.Close()
			s.Go(Place{Screen: p.screen})
		}))
	}
	done := widget.NewButton(words.T("shell.close"), widget.Secondary, func() { sheet.Close() })
	sheet = widget.NewSheet(s.facts.household.Holder.FullName(), widget.Pad(8, widget.Column(4, list...)), done).Wide(400)
	sheet.ShowOn(s.window.Canvas())
}

// Widths at 100 % of the list of pages beside one of them, and of the room below which it is left out: the menu has it too.
const (
	besideWidth = 252
	besideAt    = 900
)

// beside puts the list of the pages under the member's name at the left of one of them.
func (f *frame) beside(content fyne.CanvasObject) fyne.CanvasObject {
	here, _ := f.shell.way.here()
	if f.shell.services.Membership == nil || !isPersonal(here.Screen) {
		return content
	}
	var list []fyne.CanvasObject
	for _, p := range personal {
		item := widget.NewNavItem(p.icon, words.T("shell.screen."+string(p.screen)), func() { f.shell.Go(Place{Screen: p.screen}) })
		item.SetSelected(p.screen == here.Screen)
		list = append(list, item)
	}
	return container.New(besideLayout{}, widget.PadXY(20, 4, ringed(widget.Column(8, list...))), content)
}

// besideLayout is the list at the left and the page at the right; without room there is only the page.
type besideLayout struct{}

// Layout implements fyne.Layout.
func (besideLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	list, page := objects[0], objects[1]
	wide := widget.ScaledWidth(size.Width) >= besideAt
	widget.Show(list, wide)
	left := float32(0)
	if wide {
		left = theme.Px(besideWidth)
	}
	place(list, 0, 0, left, size.Height)
	place(page, left, 0, size.Width-left, size.Height)
}

// MinSize implements fyne.Layout.
func (besideLayout) MinSize(objects []fyne.CanvasObject) fyne.Size { return objects[1].MinSize() }
