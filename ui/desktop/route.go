package desktop

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/card"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/screen/newclaim"
	"github.com/sodale/sodale/ui/screen/overview"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Go shows a place and remembers the way.
func (s *Shell) Go(to Place) {
	if !s.open {
		return
	}
	s.photograph(to)
	s.way.enter(to)
	s.showPage(s.pageOf(to))
}

// Back closes what lies inside the page, or goes to the page before. It reports whether there was one.
func (s *Shell) Back() bool {
	if b, ok := s.page.(Backer); ok && b.Back() {
		return true
	}
	if !s.open {
		return false
	}
	to, ok := s.way.back()
	if ok {
		s.showPage(s.pageOf(to))
	}
	return ok
}

// pageOf builds the page of a place.
func (s *Shell) pageOf(to Place) Page {
	switch to.Screen {
	case Claims:
		return s.claimsPage(to.ID)
	case Card:
		return card.New(card.Config{Cards: s.services.Profile.Cards, Household: s.services.Profile.Household, Clock: s.services.Clock, Runner: s.newRunner()})
	case Plan:
		if s.services.Plans != nil {
			return s.planPage(to.ID)
		}
	case Appearance:
		return settings.New(settings.Config{Now: func() settings.Settings { return s.settings }, Change: s.change, Phone: s.services.Phone})
	case NewClaim:
		return s.wizard(draftOf(to.ID))
	}
	if page := s.personalPage(to); page != nil {
		return page
	}
	return s.overviewPage()
}

func (s *Shell) overviewPage() Page {
	c := overview.Config{List: s.services.Desk.List, Household: s.services.Profile.Household, Notices: s.services.Profile.Notices, Rules: s.services.Desk.Rules,
		Open: s.openClaim, OpenAll: func() { s.openList(claims.All) }, OpenToDo: func() { s.openList(claims.ToDo) }, New: s.NewRequest,
		Correct: s.correct, CheckNow: s.services.CheckNow, OpenNotice: s.openNotice, AllNotices: s.showNotices, Retitle: s.retitle,
		Copy: s.copy, Clock: s.services.Clock, Runner: s.newRunner()}
	if s.services.Membership != nil {
		c.Update, c.FactorOff, c.Secure = func() { s.Go(Place{Screen: Person}) }, s.factorOff, func() { s.Go(Place{Screen: Security}) }
	}
	return overview.New(c)
}

func (s *Shell) claimsPage(id string) Page {
	c := claims.Config{Desk: s.services.Desk, Household: s.services.Profile.Household, Previewer: s.services.Previewer,
		Clock: s.services.Clock, Runner: s.newRunner(), Edit: func(id claim.ID) { s.Go(Place{NewClaim, string(id)}) }, New: s.NewRequest,
		CheckNow: s.services.CheckNow, Release: s.services.Release, Receipt: s.services.Receipt, SaveFile: s.services.SaveFile,
		Rules: s.rules, Version: s.services.Version, Query: &s.query, Plans: s.services.Plans, Shown: func(id claim.ID) { s.way.enter(Place{Claims, string(id)}) }}
	if m := s.services.Membership; m != nil {
		c.Print, c.User = m.Print, m.Account.Vault.User
	}
	s.complaintsOf(&c)
	return claims.New(c, claim.ID(id))
}

// rules are the mutual's; without a membership only its name and its number are known.
func (s *Shell) rules() mutual.Profile {
	if m := s.services.Membership; m != nil {
		return m.Rules()
	}
	return mutual.Profile{Name: s.services.MutualName, Contacts: mutual.Contacts{Phone: s.services.Phone}}
}

func (s *Shell) wizard(id claim.ID, kind claim.Kind) Page {
	needs := newclaim.Needs{Desk: s.services.Desk, Household: s.services.Profile.Household, Previewer: s.services.Previewer,
		Clock: s.services.Clock, Link: s.services.Link, Receipt: s.services.Receipt, ReadFile: s.services.ReadFile, Choose: s.choose,
		SaveFile: s.services.SaveFile, Chip: func() fyne.CanvasObject { return s.newChip() }, Close: s.leaveWizard, Show: s.openClaim,
		Phone: s.services.Phone, Kind: kind, Rules: s.rules, Retitle: s.retitle, Plans: s.services.Plans,
		Read: s.services.ReadPaper, Convert: s.services.ConvertPhoto, Ways: s.ways(), Runner: s.newRunner()}
	if m := s.services.Membership; m != nil {
		needs.Payments, needs.Print = func() { s.Go(Place{Screen: Payments}) }, m.Print
	}
	return newclaim.New(needs, id)
}

// leaveWizard goes to where the member came from.
func (s *Shell) leaveWizard() {
	if to, ok := s.way.back(); ok {
		s.showPage(s.pageOf(to))
		return
	}
	s.Go(Place{Screen: Overview})
}

func (s *Shell) openClaim(id claim.ID) { s.Go(Place{Claims, string(id)}) }

// openList shows all claims under a pill.
func (s *Shell) openList(f claims.Filter) {
	s.query = claims.Query{Filter: f}
	s.Go(Place{Screen: Claims})
}

// correct opens the next revision of a claim in the wizard.
func (s *Shell) correct(id claim.ID) {
	runner.Go(s.runner, "correct", func(ctx context.Context) (claim.Claim, error) {
		found, err := s.services.Desk.Open(ctx, id)
		if err != nil || found.Claim.Open {
			return found.Claim, err
		}
		return s.services.Desk.Correct(ctx, found.Claim)
	}, func(c claim.Claim, err error) {
		if err != nil {
			s.toast(errtext.Of(err))
			return
		}
		s.Go(Place{NewClaim, string(c.ID)})
	})
}

// openNotice marks a notice as read and shows what it is about.
func (s *Shell) openNotice(n notice.Notice) {
	s.markRead(n)
	if n.Kind == submission.EventComplaint && s.services.Membership != nil {
		s.Go(Place{Complaints, n.Subject})
	} else if n.Subject != "" {
		s.openClaim(claim.ID(n.Subject))
	}
}

func (s *Shell) markRead(list ...notice.Notice) {
	runner.Go(s.runner, "read", func(ctx context.Context) (struct{}, error) {
		for _, n := range list {
			if n.Read {
				continue
			}
			if err := s.services.Profile.MarkRead(ctx, n.ID); err != nil {
				return struct{}{}, err
			}
		}
		return struct{}{}, nil
	}, func(_ struct{}, err error) {
		if err != nil {
			s.toast(errtext.Of(err))
		}
		s.load()
	})
}

func (s *Shell) copy(what, text string) {
	fyne.CurrentApp().Clipboard().SetContent(text)
	s.toast(words.T("shell.copied", "What", what))
}

func (s *Shell) toast(text string) { widget.ShowToast(s.window.Canvas(), text, nil) }

// Drop hands dropped files to the page, or says where they could go.
func (s *Shell) Drop(files []fyne.URI) {
	if widget.ModalOpen(s.window.Canvas()) {
		return
	}
	if d, ok := s.page.(Dropper); ok {
		d.Drop(files)
		return
	}
	if s.open {
		s.toast(words.T("shell.drop.nowhere"))
	}
}

// showPage leaves the page that is shown and shows another.
func (s *Shell) showPage(p Page) {
	s.leavePage()
	s.page = p
	s.build()
	if f := p.Focus(); f != nil {
		s.window.Canvas().Focus(f)
	}
}

func (s *Shell) leavePage() {
	if s.page != nil {
		s.page.Leave()
		s.page = nil
	}
}

// build puts the page into the window, with navigation and header unless it takes all of it.
func (s *Shell) build() {
	if s.page == nil {
		return
	}
	s.window.Canvas().Unfocus()
	if w, ok := s.page.(Whole); ok && w.Whole() {
		s.frame, s.chip = nil, nil
		s.layers.SetContent(s.page.Content())
	} else {
		s.frame = newFrame(s)
		s.layers.SetContent(s.frame.root)
		s.frame.fill(s.page.Content())
		s.showFacts()
	}
	s.showChip()
	s.bindPageKeys()
	s.window.SetTitle(s.windowTitle())
}

// windowTitle names the screen for the task bar, and never a person.
func (s *Shell) windowTitle() string {
	here, ok := s.way.here()
	if !ok || !s.open {
		return "Sodale"
	}
	caption := words.T("shell.screen." + string(here.Screen))
	if p, ok := s.page.(Captioned); ok {
		caption = p.Caption()
	}
	return caption + " · Sodale"
}

// retitle shows the titles of the page and of the window anew.
func (s *Shell) retitle() {
	s.window.SetTitle(s.windowTitle())
	if s.frame != nil {
		s.frame.title()
	}
}
