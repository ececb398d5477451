// Package reset is *Password dimenticata?*: user name, code by e-mail, new password and its confirmation (LOG-09 … LOG-12).
// It is a part of a page: the first run and the locked door both have it, and each finishes it in its own way. It looks the
// same for a user name that nobody has.
package reset

import (
	"context"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/runner"
)

// Config is what the part needs.
type Config struct {
	Rules mutual.Profile
	User  string // what is known of the user name
	// Start asks for a code, Resend for another one; Finish sets the new password. They run beside the window.
	Start  func(ctx context.Context, user string) (account.Reset, error)
	Resend func(ctx context.Context, ticket string) (account.Reset, error)
	Finish func(ctx context.Context, p account.ResetProof) error

	Done    func(user, password string) // after the last screen was read
	Back    func()                      // out of here
	Changed func()                      // the room that the part needs has changed
	// Instead is a word on what else can be done and what goes on meanwhile, shown below; nil = nothing.
	Instead func() fyne.CanvasObject

	Clock  clock.Clock
	Runner *runner.Runner
}

// stage is what is asked for.
type stage int

const (
	asking  stage = iota // the user name
	proving              // the code and the new password
	done
	apart // the account has the new password, and this computer the old one
)

// Reset is the part with its state. Use New.
type Reset struct {
	config Config
	stage  stage
	ticket account.Reset
	fault  error
	factor bool // the account has a second factor: a code by e-mail never stands for it

	user, code, password, again string

	view *view
}

// New begins with the user name.
func New(c Config) *Reset { return &Reset{config: c, user: c.User} }

// Content builds what is seen, with what was typed so far.
func (r *Reset) Content() fyne.CanvasObject {
	r.stopCounting()
	r.view = newView(r)
	return r.view.body
}

// Focus is where the keyboard goes.
func (r *Reset) Focus() {
	if r.view != nil && r.view.first != nil {
		r.view.first()
	}
}

// Back goes one step back, or out.
func (r *Reset) Back() {
	if r.stage == proving {
		r.stage, r.fault = asking, nil
		r.show()
		return
	}
	r.config.Back()
}

// Done reports whether the new password is set, so that there is no way back.
func (r *Reset) Done() bool { return r.stage == done }

// Leave forgets what was typed and stops counting.
func (r *Reset) Leave() {
	r.stopCounting()
	r.code, r.password, r.again = "", "", ""
}

func (r *Reset) stopCounting() {
	if r.view != nil && r.view.resend != nil {
		r.view.resend.Stop()
	}
}

// show builds the part anew in its place.
func (r *Reset) show() {
	old := r.view.body
	r.Content()
	old.Objects = r.view.body.Objects
	r.view.body = old
	old.Refresh()
	r.config.Changed()
	r.Focus()
}

// start asks for a code (LOG-09).
func (r *Reset) start() {
	user, err := r.config.Rules.UserName(r.user)
	if err != nil {
		r.fault = err
		r.show()
		return
	}
	r.user = user
	r.work(func(ctx context.Context) (account.Reset, error) { return r.config.Start(ctx, user) }, r.sent)
}

// resend asks for another code: only the last one counts (LOG-10).
func (r *Reset) resend() {
	ticket := r.ticket.Ticket
	r.work(func(ctx context.Context) (account.Reset, error) { return r.config.Resend(ctx, ticket) }, r.sent)
}

func (r *Reset) sent(t account.Reset) { r.stage, r.ticket = proving, t }

// finish sets the new password (LOG-11, LOG-12).
func (r *Reset) finish() {
	proof, ok := r.view.proof()
	if !ok {
		r.config.Changed()
		return
	}
	r.work(func(ctx context.Context) (account.Reset, error) { return r.ticket, r.config.Finish(ctx, proof) }, func(account.Reset) { r.stage = done })
}

// work does one thing beside the window and shows what came of it.
func (r *Reset) work(do func(context.Context) (account.Reset, error), then func(account.Reset)) {
	if r.config.Runner.Busy("reset") {
		return
	}
	r.fault = nil
	r.view.busy(true)
	runner.Go(r.config.Runner, "reset", do, func(t account.Reset, err error) {
		r.fault = err
		switch fault.CodeOf(err) {
		case "":
			if err == nil {
				then(t)
			}
		case account.CodeFactor:
			r.factor, r.fault = true, nil
		case account.CodeTicketOver:
			r.stage, r.code = asking, ""
		case account.CodeNoShare:
			r.stage = apart
		}
		r.show()
	})
}
