package unlock

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/reset"
	"github.com/sodale/sodale/ui/screen/settings"
)

// Access is what a door with a mutual behind it can do. Everything that it is asked for before the first frame is in memory.
type Access struct {
	// Desk has the mutual take part: after a forgotten password, and after one that was changed elsewhere. Unlocking through
	// Desk.Vault leaves the vault as ready as identity.Gate does.
	Desk *account.Desk
	// Rules are the mutual's; asked for when they are needed.
	Rules func() mutual.Profile
	// Changed is when the account's password was changed elsewhere; the zero instant = not known. nil = never known.
	Changed func() time.Time
	// SetHere makes a password that of the open vault alone (storage.SetPasswordHere): the mutual can't be asked, or need not.
	SetHere func(ctx context.Context, next []byte) error
	// Revoked is what became of this computer at the mutual; nil = it is never revoked.
	Revoked func() Revocation
	// SignIn makes a computer that was signed out a device of the member once more; nil hides it.
	SignIn func(ctx context.Context, c account.Credentials) error
	// Rejoin makes this computer the member's anew, after its key was destroyed; nil hides it.
	Rejoin func()
	// Memory is the operating system's keyring; nil = not offered on this computer.
	Memory *Memory
}

// Revocation is what became of a computer at the mutual.
type Revocation string

// The revocations.
const (
	NotRevoked Revocation = ""
	SignedOut  Revocation = "signed-out" // its tokens are void; the vault opens as before
	Destroyed  Revocation = "destroyed"  // its key is gone: nothing opens the vault any more
)

// Memory is the operating system's keyring, as far as it remembers what opens the vault. It is off until the member asks.
type Memory struct {
	On bool // something is remembered
	// Open opens the vault with it; nil = not now, as after *Blocca*, which would lock nothing otherwise.
	Open   func(ctx context.Context) error
	Keep   func(ctx context.Context) error // the open vault's
	Forget func(ctx context.Context) error
}

// Entered is how the vault was opened, and what is left to do behind the door.
type Entered struct {
	Align  bool // the account's password is another one: ask for it
	Choose bool // the printed code opened: offer a new password
	// Memory is why the password could not be remembered, or forgotten; nil = it could, or was not asked for.
	Memory error
}

// Config is what the door needs.
type Config struct {
	Access
	Gate    identity.Gate
	Recover func(ctx context.Context, code string) error // nil hides the recovery code
	Trouble error                                        // why the vault can't be opened whatever is typed; nil = nothing
	Link    func() submission.Link                       // nil: nothing is known of the line
	Clock   clock.Clock
	Runner  *runner.Runner
	Opened  func(Entered) error // called on the window's goroutine once the vault is open; an error keeps the door shut

	Settings func() settings.Settings
	Change   func(settings.Settings) // applies at once and shows the page anew
	Mutual   string
	Phone    string
	Version  string
}

// Page is the unlock screen. It is a desktop.Page.
type Page struct {
	config   Config
	model    model
	view     *view
	reset    *reset.Reset // nil unless the password was forgotten
	recalled bool         // the keyring was asked
	stop     func()       // ends the countdown; nil when none runs
}

// New returns the locked door.
func New(c Config) *Page {
	p := &Page{config: c}
	p.model.stale = c.Desk != nil && c.Desk.Vault.Stale()
	p.model.keep = c.Memory != nil && c.Memory.On
	if c.Trouble != nil {
		p.model.failed(c.Trouble, c.Clock.Now())
	}
	return p
}

// Title is empty: the door has no header.
func (p *Page) Title() string { return "" }

// Whole reports that the door takes the whole window.
func (p *Page) Whole() bool { return true }

// Content builds the screen with what was typed so far.
func (p *Page) Content() fyne.CanvasObject {
	p.view = newView(p)
	p.view.show()
	p.recall()
	return p.view.root
}

// Focus is the field to type into.
func (p *Page) Focus() fyne.Focusable {
	if p.view == nil || p.reset != nil || p.view.shut {
		return nil
	}
	return p.view.field().Focusable()
}

// Leave forgets what was typed and ends the work.
func (p *Page) Leave() {
	p.endCountdown()
	if p.reset != nil {
		p.reset.Leave()
	}
	p.config.Runner.Leave()
	p.model = model{}
}

// Refresh implements desktop.Refresher: the line may have come or gone.
func (p *Page) Refresh() {
	p.view.showLine()
	p.view.scroll.Refresh()
}

// Back returns from the recovery code, or from the reset, to the password.
func (p *Page) Back() bool {
	switch {
	case p.model.stage == opening:
		return false
	case p.reset != nil && !p.reset.Done():
		p.reset.Back()
		return true
	case !p.model.byCode:
		return false
	}
	p.way(false)
	return true
}

// way chooses between password and recovery code.
func (p *Page) way(byCode bool) {
	p.model.byCode, p.model.fault = byCode, nil
	if p.model.stage == barred {
		p.model.stage = asking
	}
	p.view.show()
	p.view.field().Focus()
}

// retry asks again after the reason to stay outside may be gone.
func (p *Page) retry() {
	p.model.stage, p.model.fault = asking, nil
	p.view.show()
	if p.model.typed() != "" {
		p.open()
		return
	}
	p.view.field().Focus()
}

// countdown shows the seconds that are left, and lets the member try again at the end.
func (p *Page) countdown() {
	p.endCountdown()
	p.stop = runner.Every(time.Second, p.tick)
}

// tick shows how long it is still to wait.
func (p *Page) tick() {
	if p.model.left(p.config.Clock.Now()) == 0 {
		p.endCountdown()
		p.view.show()
		p.view.field().Focus()
		return
	}
	p.view.show()
}

func (p *Page) endCountdown() {
	if p.stop != nil {
		p.stop()
		p.stop = nil
	}
}

func sizeLabel(text int) string { return strconv.Itoa(text) + " %" }
