// Package firstrun is the way from nothing to an open, protected vault on this computer (UX section 1, first run): which
// mutual, in which of its ways, the forms of that way, the codes, the sign-in, the recovery code on paper, and in. It needs
// the network once. Nothing that was typed is lost by going back; the password is forgotten when the page is left.
package firstrun

import (
	"context"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/settings"
)

// Mutual is one that the program knows.
type Mutual struct {
	Rules  mutual.Profile
	Portal account.Portal // nil = no connection: it can be read about, and not joined from here
}

// Founding is what a vault is made from.
type Founding struct {
	Device   account.Device
	Password string
	User     string // as the mutual knows it
	Rules    mutual.Profile
}

// Paper is a recovery code as it goes on paper.
type Paper struct {
	Code   string // grouped
	Mutual string
	Name   string // given name of the member, "" = not known
}

// Outside is what the rest of the program does for the first run. main fills it in.
type Outside struct {
	Mutuals []Mutual
	// AddConnection lets the member choose a connection file and returns the mutual that it leads to, in the place of the one
	// with the same id or beside the others. One without an id: the member thought better of it. It may block. nil hides it.
	AddConnection func(ctx context.Context) (Mutual, error)
	// Online is what is known of the network; nil = nothing is known.
	Online func() bool
	// Found makes the vault, opens it, and waits for the first word of the mutual. It returns the recovery code, grouped by
	// dashes. After an error there is no vault.
	Found func(ctx context.Context, f Founding) (recoveryCode string, err error)
	// PrintRecovery sends the recovery code to paper; nil hides it.
	PrintRecovery func(ctx context.Context, p Paper) error
	// SaveRecovery keeps the sheet as a PDF where the member wants it; "" = thought better of it. nil hides it.
	SaveRecovery func(ctx context.Context, p Paper) (path string, err error)
	// Device is a name that the member recognises this computer by, for the list of sessions.
	Device string
}

// Config is what the page needs.
type Config struct {
	Outside
	// Enter goes on into the program behind the vault that Found opened, to the card where card says so. It is called on the
	// window's goroutine. After an error the page stays.
	Enter func(card bool) error

	Clock    clock.Clock
	Runner   *runner.Runner
	Settings func() settings.Settings
	Change   func(settings.Settings) // applies at once and shows the page anew
	Version  string
}
