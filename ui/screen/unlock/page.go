package unlock

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/settings"
)

// Config is what the door needs.
type Config struct {
	Gate    identity.Gate
	Recover func(ctx context.Context, code string) error // nil hides the recovery code
	Trouble error                                        // why the vault can't be opened whatever is typed; nil = nothing
	Link    func() submission.Link                       // nil: nothing is known of the line
	Clock   clock.Clock
	Runner  *runner.Runner
	Opened  func() error // called on the window's goroutine once the vault is open; an error keeps the door shut

	Settings func() settings.Settings
	Change   func(settings.Settings) // applies at once and shows the page anew
	Mutual   string
	Phone    string
	Version  string
}

// Page is the unlock screen. It is a desktop.Page.
type Page struct {
	config Config
	model  model
	view   *view
	stop   func() // ends the countdown; nil when none runs
}

// New returns the locked door.
func New(c Config) *Page {
	p := &Page{config: c}
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
	return p.view.root
}

// Focus is the field to type into.
func (p *Page) Focus() fyne.Focusable {
	if p.view == nil {
		return nil
	}
	return p.view.field().Focusable()
}

// Leave forgets what was typed and ends the work.
func (p *Page) Leave() {
	p.endCountdown()
	p.config.Runner.Leave()
	p.model = model{}
}

// Refresh implements desktop.Refresher: the line may have come or gone.
func (p *Page) Refresh() {
	p.view.showLine()
	p.view.scroll.Refresh()
}

// Back returns from the recovery code to the password.
func (p *Page) Back() bool {
	if !p.model.byCode || p.model.stage == opening {
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

// open tries what was typed.
func (p *Page) open() {
	if p.model.stage == asking && p.model.typed() == "" {
		p.view.sayEmpty()
		return
	}
	if !p.model.begin() {
		return
	}
	p.view.show()
	typed, byCode := p.model.typed(), p.model.byCode
	runner.Go(p.config.Runner, "unlock", func(ctx context.Context) (struct{}, error) {
		return struct{}{}, p.try(ctx, typed, byCode)
	}, func(_ struct{}, err error) { p.answered(err) })
}

func (p *Page) try(ctx context.Context, typed string, byCode bool) error {
	if byCode {
		return p.config.Recover(ctx, typed)
	}
	password := []byte(typed)
	defer clear(password)
	return p.config.Gate.Unlock(ctx, password)
}

func (p *Page) answered(err error) {
	if err == nil {
		p.model = model{}
		err = p.config.Opened()
	}
	if err == nil {
		return
	}
	p.model.failed(err, p.config.Clock.Now())
	p.view.show()
	if p.model.stage == waiting {
		p.countdown()
		return
	}
	p.view.field().Focus()
	p.view.field().SelectAll()
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

// forgotten says what there is to do without the password.
func (p *Page) forgotten(c fyne.Canvas) { forgottenSheet(p).ShowOn(c) }

func sizeLabel(text int) string { return strconv.Itoa(text) + " %" }
