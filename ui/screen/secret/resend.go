package secret

import (
	"time"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// Resend asks for a new code, and counts the seconds until that may be done (CTV-08, LOG-10).
type Resend struct {
	clock  clock.Clock
	at     time.Time
	wait   *widget.Text
	button *widget.Button
	body   *fyne.Container
	stop   func()
}

// NewResend returns the button, which rests until at. Start makes it count.
func NewResend(c clock.Clock, at time.Time, press func()) *Resend {
	r := &Resend{clock: c, at: at, wait: widget.NewText("", theme.Secondary),
		button: widget.NewButton(words.T("secret.resend"), widget.Tertiary, press).WithIcon(theme.IconArrowClockwise)}
	r.body = widget.Column(0, r.wait, r.button)
	r.Tick()
	return r
}

// Object is what is seen.
func (r *Resend) Object() fyne.CanvasObject { return r.body }

// Start counts down until Stop.
func (r *Resend) Start() {
	r.Stop()
	r.stop = runner.Every(time.Second, r.Tick)
}

// Stop ends the counting. Calling it twice does no harm.
func (r *Resend) Stop() {
	if r.stop != nil {
		r.stop()
		r.stop = nil
	}
}

// Left returns the whole seconds until a new code may be asked for, at least 0.
func (r *Resend) Left() int {
	return max(0, int((r.at.Sub(r.clock.Now())+time.Second-1)/time.Second))
}

// Tick shows how long it is still to wait, or the button.
func (r *Resend) Tick() {
	left := r.Left()
	r.wait.SetText(words.N("secret.resend.wait", left))
	widget.Show(r.wait, left > 0)
	widget.Show(r.button, left == 0)
	r.body.Refresh()
	if left == 0 {
		r.Stop()
	}
}
