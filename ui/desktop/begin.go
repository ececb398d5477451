package desktop

import (
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/screen/firstrun"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/screen/unlock"
)

// FirstRun is the way to a vault on a computer that has none. main fills it in.
type FirstRun struct {
	firstrun.Outside
	// Enter returns the services of the vault that Found made and left open.
	Enter func() (Services, error)
}

// begin shows the first run where this computer has no vault, else the locked door.
func (s *Shell) begin() {
	if s.services.Gate == nil && s.services.FirstRun != nil {
		s.showPage(s.firstRun())
		return
	}
	s.showPage(s.door())
}

// door is the locked door.
func (s *Shell) door() Page {
	access := s.services.Access
	if access.Rejoin == nil && s.services.FirstRun != nil {
		access.Rejoin = func() { s.showPage(s.firstRun()) }
	}
	return unlock.New(unlock.Config{Access: access, Gate: s.services.Gate, Trouble: s.services.Trouble, Recover: s.services.Recover, Link: s.services.Link,
		Clock: s.services.Clock, Runner: s.newRunner(), Opened: s.entered, Settings: func() settings.Settings { return s.settings }, Change: s.change,
		Mutual: s.services.MutualName, Phone: s.services.Phone, Version: s.services.Version})
}

// entered goes on behind the door, and asks there for what is left to be done about the password.
func (s *Shell) entered(e unlock.Entered) error {
	if err := s.opened(); err != nil {
		return err
	}
	switch {
	case e.Align:
		unlock.AskAlign(s.window.Canvas(), s.services.Access, s.runner)
	case s.signedOut():
		unlock.AskAgain(s.window.Canvas(), s.services.Access, s.runner)
	case e.Choose:
		unlock.AskChoose(s.window.Canvas(), s.services.Access, s.runner)
	}
	if e.Memory != nil {
		s.toast(errtext.Of(e.Memory))
	}
	return nil
}

// signedOut reports whether this computer was signed out elsewhere and may be signed in again.
func (s *Shell) signedOut() bool {
	a := s.services.Access
	return a.SignIn != nil && a.Revoked != nil && a.Revoked() == unlock.SignedOut
}

// firstRun is the page of the first run.
func (s *Shell) firstRun() Page {
	return firstrun.New(firstrun.Config{Outside: s.services.FirstRun.Outside, Enter: s.enter, Clock: s.services.Clock, Runner: s.newRunner(),
		Settings: func() settings.Settings { return s.settings }, Change: s.change, Version: s.services.Version})
}

// enter goes on behind the vault that the first run made and opened.
func (s *Shell) enter(card bool) error {
	made, err := s.services.FirstRun.Enter()
	if err != nil {
		return err
	}
	s.cancelAll()
	s.services = made
	s.listen()
	if err := s.opened(); err != nil {
		return err
	}
	if card {
		s.Go(Place{Screen: Card})
	}
	return nil
}
