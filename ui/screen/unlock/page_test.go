package unlock

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/drive"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

// fakeGate answers err, after hold was closed if there is one.
type fakeGate struct {
	err   error
	hold  chan struct{}
	asked []string
}

func (g *fakeGate) Greeting() string { return "" }

func (g *fakeGate) Unlock(_ context.Context, password []byte) error {
	if g.hold != nil {
		<-g.hold
	}
	g.asked = append(g.asked, string(password))
	return g.err
}

// standing is a clock that is set by hand.
type standing struct{ at time.Time }

func (c *standing) Now() time.Time { return c.at }

// door is the page in a window.
type door struct {
	*Page
	t       *testing.T
	app     *drive.App
	gate    *fakeGate
	clock   *standing
	opened  int
	entered Entered
	codes   []string
}

func stand(t *testing.T, edit func(*Config)) *door {
	test.NewTempApp(t)
	d := &door{t: t, app: drive.NewApp(), gate: &fakeGate{}, clock: &standing{now}}
	c := Config{Gate: d.gate, Clock: d.clock, Runner: runner.NewSynchronous(), Mutual: "Mutua Aurora", Phone: "02 0000 123", Version: "0.1.0",
		Link:     func() submission.Link { return submission.Link{} },
		Settings: func() settings.Settings { return settings.Default }, Change: func(settings.Settings) {},
		Opened: func(e Entered) error { d.opened++; d.entered = e; return nil }}
	if edit != nil {
		edit(&c)
	}
	d.Page = New(c)
	w := d.app.NewWindow("door")
	w.SetContent(widget.NewLayers(d.Page.Content()))
	w.Resize(fyne.NewSize(1280, 800))
	t.Cleanup(d.Leave)
	return d
}

func (d *door) sees(text string) bool {
	return slices.ContainsFunc(widget.Words(d.view.root), func(w string) bool { return strings.Contains(w, text) })
}

func TestWhileTheKeyIsDerivedTheDoorSaysSo(t *testing.T) {
	hold := make(chan struct{})
	d := stand(t, func(c *Config) { c.Runner = runner.New() })
	d.gate.hold = hold
	d.view.password.SetText("apriti sesamo")
	d.Page.open()
	if !d.sees(words.T("unlock.opening")) || !d.view.open.Disabled() {
		t.Errorf("while opening: %q", widget.Words(d.view.root))
	}
	d.Page.open() // a second press while it works
	close(hold)
	for end := time.Now().Add(10 * time.Second); d.opened == 0; {
		if d.app.Pump(); time.Now().After(end) {
			t.Fatal("the door stayed shut")
		}
	}
	if d.opened != 1 || len(d.gate.asked) != 1 || d.model.password != "" {
		t.Errorf("opened %d times, asked %q, kept %q", d.opened, d.gate.asked, d.model.password)
	}
}

func TestTooManyWrongPasswordsWaitAndThenMayTryAgain(t *testing.T) {
	d := stand(t, nil)
	d.gate.err = fault.New(identity.CodeWait, "", "").With("Seconds", "8")
	d.view.password.SetText("sbagliata")
	d.Page.open()
	if !d.sees("Riprova tra 8 secondi") || !d.view.open.Disabled() {
		t.Fatalf("said %q", widget.Words(d.view.root))
	}
	d.clock.at = now.Add(7 * time.Second)
	d.tick()
	if !d.sees("Riprova tra 1 secondo.") {
		t.Errorf("said %q", widget.Words(d.view.root))
	}
	d.clock.at = now.Add(8 * time.Second)
	d.tick()
	if d.sees("Riprova tra") || d.view.open.Disabled() {
		t.Error("waiting does not end")
	}
}

func TestTheRecoveryCodeIsAWayOfItsOwn(t *testing.T) {
	d := stand(t, nil)
	d.config.Recover = func(_ context.Context, code string) error {
		d.codes = append(d.codes, code)
		return nil
	}
	d.view.show()
	d.view.toCode.Tapped(nil)
	if d.view.password.Object().Visible() || !d.view.code.Visible() {
		t.Fatal("the field of the code is not there")
	}
	d.Page.open()
	if !d.sees(words.T("unlock.empty.code")) {
		t.Error("an empty code was tried")
	}
	d.view.code.SetText("ABCD-EFGH")
	d.view.open.Tapped(nil)
	if d.opened != 1 || !slices.Equal(d.codes, []string{"ABCD-EFGH"}) || len(d.gate.asked) != 0 {
		t.Errorf("opened %d, codes %v, passwords %v", d.opened, d.codes, d.gate.asked)
	}
}

func TestEscGoesBackFromTheCodeToThePassword(t *testing.T) {
	d := stand(t, func(c *Config) { c.Recover = func(context.Context, string) error { return nil } })
	d.way(true)
	if !d.Back() || !d.view.password.Object().Visible() || d.Back() {
		t.Error("Esc does not lead back once")
	}
}

func TestAVaultInTroubleIsSaidBeforeAnythingIsTyped(t *testing.T) {
	d := stand(t, func(c *Config) {
		c.Trouble, c.Link, c.Phone = fault.New(identity.CodeDamaged, "", "").With("Lost", "2 pratiche"), nil, ""
	})
	if !d.sees("2 pratiche") || d.sees("{") || d.view.door.Visible() || d.sees("Sei senza rete") {
		t.Errorf("said %q", widget.Words(d.view.root))
	}
	d.retry()
	if !d.view.door.Visible() {
		t.Error("there is no way to try again")
	}
}

func TestWhatFailsBehindTheDoorKeepsItShut(t *testing.T) {
	d := stand(t, func(c *Config) { c.Opened = func(Entered) error { return errors.New("not ready") } })
	d.view.password.SetText("apriti sesamo")
	d.Page.open()
	if d.view.password.Error() == "" || d.model.stage != asking {
		t.Error("nothing is said")
	}
}

func TestHintsAppearWhileTyping(t *testing.T) {
	d := stand(t, nil)
	for _, c := range []struct{ typed, want string }{{"SESAMO ", "secret.hint.space"}, {"SESAMO", "secret.hint.caps"}} {
		if d.view.password.SetText(c.typed); !d.sees(words.T(c.want)) {
			t.Errorf("%q: said %q", c.typed, widget.Words(d.view.root))
		}
	}
}
