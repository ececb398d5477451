// Package security is *Sicurezza*: the second factor with its recovery codes, the password, the computers that are signed in,
// and what this computer keeps (SES-02, SES-03, TFA-01 … TFA-09).
package security

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/errtext"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/part"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Config is what the page needs.
type Config struct {
	Desk   *account.Desk
	Rules  func() mutual.Profile
	Online func() bool // what is changed here is changed at the mutual first
	Ask    func()      // asks the mutual for news, so that what was changed comes back

	FactorPaper   part.Paper // of the recovery codes
	RecoveryPaper part.Paper // of the printed code that opens the vault

	// Remember lets the operating system's keyring open this computer's vault. CanRemember is false on a computer that
	// several people use, and where there is no keyring; nil hides it.
	CanRemember func() bool
	Remembered  func() bool
	Remember    func(ctx context.Context, on bool) error

	// Idle is after how many idle minutes the window locks, which Appearance lets the member change; nil hides it.
	Idle       func() int
	Appearance func()

	Clock  clock.Clock
	Runner *runner.Runner
}

// Page is *Sicurezza*. It is a desktop.Page.
type Page struct {
	part.Scroll
	config   Config
	loaded   bool
	standing account.Standing
	told     *told // what was changed here and has not come back yet

	sessions      []account.Session
	sessionsKnown bool
	sessionsErr   error
	online        bool

	setup *setup // the second factor is being turned on
}

// told is the second factor as the mutual confirmed it, until the feed says so too.
type told struct {
	before account.Standing
	on     bool
	left   int
}

// New returns the page; it reads when it is first shown.
func New(c Config) *Page { return &Page{config: c} }

// Title implements desktop.Page.
func (p *Page) Title() string { return words.T("shell.screen.security") }

// Content implements desktop.Page.
func (p *Page) Content() fyne.CanvasObject {
	content := p.Open()
	if p.loaded {
		p.fill()
	} else {
		p.Refresh()
	}
	return content
}

// Focus implements desktop.Page.
func (p *Page) Focus() fyne.Focusable { return nil }

// Leave implements desktop.Page: a second factor that was not confirmed is not on.
func (p *Page) Leave() {
	p.setup = nil
	p.config.Runner.Leave()
}

// Refresh implements desktop.Refresher.
func (p *Page) Refresh() {
	runner.Go(p.config.Runner, "standing", p.config.Desk.Vault.Standing, func(s account.Standing, err error) {
		if err != nil {
			p.Fail(err)
			return
		}
		came := p.config.Online() && (!p.online || !p.sessionsKnown)
		changed := !p.loaded || s != p.standing || p.online != p.config.Online()
		p.loaded, p.standing, p.online = true, s, p.config.Online()
		if p.told != nil && p.told.before != s {
			p.told = nil
		}
		if changed && p.setup == nil {
			p.fill()
		}
		if came {
			p.readSessions()
		}
	})
}

// readSessions asks the mutual which computers are signed in.
func (p *Page) readSessions() {
	runner.Go(p.config.Runner, "sessions", p.config.Desk.Portal.Sessions, func(list []account.Session, err error) {
		p.sessions, p.sessionsErr, p.sessionsKnown = list, err, err == nil
		if p.setup == nil {
			p.fill()
		}
	})
}

// factor says whether the second factor is on, and how many recovery codes are left.
func (p *Page) factor() (on bool, left int) {
	if p.told != nil {
		return p.told.on, p.told.left
	}
	return p.standing.FactorOn, p.standing.RecoveryLeft
}

// tell notes what the mutual confirmed and asks it for news.
func (p *Page) tell(on bool, left int) {
	p.told = &told{p.standing, on, left}
	if p.config.Ask != nil {
		p.config.Ask()
	}
	p.fill()
}

func (p *Page) fill() {
	parts := []fyne.CanvasObject{}
	if !p.online {
		parts = append(parts, part.Offline(words.T("security.offline")))
	}
	if p.standing.Disabled { // DEL-01
		parts = append(parts, widget.Banner(theme.IconInfo, words.T("security.disabled"), words.T("security.disabled.text"), widget.ToneCareful))
	}
	if p.config.Rules().Entry.FactorOffered || p.standing.FactorOn {
		parts = append(parts, p.factorCard())
	}
	parts = append(parts, p.passwordCard(), p.sessionsCard(), p.hereCard())
	p.Show(parts...)
}

// fails shows an error as a toast: nothing was changed.
func (p *Page) fails(err error) { p.Toast(errtext.Of(err)) }
