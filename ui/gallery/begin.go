package gallery

import (
	"context"
	"time"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/account/accounttest"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/firstrun"
	"github.com/sodale/sodale/ui/screen/unlock"
)

// What a newcomer types, and the invented code on their paper.
const (
	newPassword  = "Tiglio-lanterna-42"
	recoveryCode = "K7VD-2QPL-9XWM-4RTA-H3NC-6YEF-T8WD"
)

// restart opens the window anew on services that differ.
func (w *World) restart(edit func(*desktop.Services)) {
	size := w.Shell.Window().Canvas().Size()
	w.Shell.Close()
	w.app.Pump()
	s := w.services()
	s.NewRunner = runner.NewSynchronous // nothing here takes so long that its waiting is a picture
	edit(&s)
	w.Shell = desktop.New(w.app, s)
	w.Window = w.app.Attach(w.Shell.Window(), w.Shell.Drop)
	w.Shell.Show()
	w.Resize(size.Width, size.Height)
}

// newcomer is the mutual's side of somebody who has no vault yet.
func (w *World) newcomer(id string) *accounttest.PortalFake {
	return &accounttest.PortalFake{Profile: rulesOf(id), Clock: w.Clock, User: Household().Number, First: "03423F205J", Name: "Elena", EMail: Household().EMail,
		Mobile: "+393330003423", Recovery: Recovery(), Share: []byte("share")}
}

// begin opens the window on a computer without a vault. The mutual of the portal comes first.
func (w *World) begin(p *accounttest.PortalFake) {
	mutuals := []firstrun.Mutual{{Rules: p.Profile, Portal: p}}
	for _, id := range []string{"aurora", "cesarepozzo", "coopsal", "insieme", "mantova"} {
		if id != p.Profile.ID {
			mutuals = append(mutuals, firstrun.Mutual{Rules: rulesOf(id)})
		}
	}
	w.restart(func(s *desktop.Services) {
		inside := *s
		s.Gate, s.Changes = nil, nil
		s.FirstRun = &desktop.FirstRun{Enter: func() (desktop.Services, error) { return inside, nil }, Outside: firstrun.Outside{Mutuals: mutuals, Device: "Computer di casa",
			Online:        func() bool { w.mu.Lock(); defer w.mu.Unlock(); return w.link.Online },
			AddConnection: func(context.Context) (firstrun.Mutual, error) { return firstrun.Mutual{}, nil },
			Found:         func(context.Context, firstrun.Founding) (string, error) { return recoveryCode, nil },
			PrintRecovery: func(context.Context, firstrun.Paper) error { return nil },
			SaveRecovery:  func(context.Context, firstrun.Paper) (string, error) { return "Documenti/codice-di-recupero.pdf", nil }}}
	})
}

// doorTo opens the locked door of a vault with a mutual behind it.
func (w *World) doorTo(edit func(*accounttest.VaultFake, *accounttest.PortalFake, *unlock.Access)) {
	vault := &accounttest.VaultFake{Name: "Elena", Owner: Household().Number, Password: password, Printed: recoveryCode, Share: []byte("share")}
	portal := w.newcomer("aurora")
	portal.Password = password
	access := unlock.Access{Desk: &account.Desk{Portal: portal, Vault: vault}, Rules: func() mutual.Profile { return portal.Profile }, SetHere: vault.SetPasswordHere}
	edit(vault, portal, &access)
	w.restart(func(s *desktop.Services) { s.Gate, s.Recover, s.Access = vault, vault.UnlockWithRecovery, access })
}

// stale is a vault whose account got another password three days ago.
func stale(vault *accounttest.VaultFake, portal *accounttest.PortalFake, access *unlock.Access) {
	vault.Apart, portal.Password = true, newPassword
	access.Changed = func() time.Time { return now.AddDate(0, 0, -3) }
}

// noLine is a line that is not there.
func noLine() submission.Link { return submission.Link{LastContact: now.Add(-3 * time.Hour)} }
