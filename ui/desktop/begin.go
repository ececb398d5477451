package desktop

import (
	"github.com/sodale/sodale/ui/screen/firstrun"
	"github.com/sodale/sodale/ui/screen/settings"
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
