package firstrun

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/account/accounttest"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/ui/drive"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/widget"
	"github.com/sodale/sodale/ui/words"
)

var now = time.Date(2026, 11, 16, 9, 41, 0, 0, time.UTC)

// handClock is a clock that is set by hand.
type handClock struct{ at time.Time }

func (c *handClock) Now() time.Time { return c.at }

// The invented member, her password, and the recovery code of her vault.
const (
	number   = "000000003423"
	chosen   = "Tiglio-lanterna-42"
	recovery = "K7VD-2QPL-9XWM-4RTA-H3NC-6YEF"
)

// visit is a person at the first run.
type visit struct {
	*drive.Window
	t       *testing.T
	page    *Page
	portal  *accounttest.PortalFake
	clock   *handClock
	founded []Founding
	fail    error // of Found
	entered []bool
	printed []Paper
	online  bool
	shown   settings.Settings
}

// rules are those of a mutual in assets.
func rules(t *testing.T, id string) mutual.Profile {
	t.Helper()
	p, err := mutual.Load(id+".yaml", assets.Mutuals()[id])
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// visiting opens the first run on the mutual with that id, and on another without a connection.
func visiting(t *testing.T, id string, edit ...func(*visit)) *visit {
	t.Helper()
	test.NewTempApp(t)
	v := &visit{t: t, clock: &handClock{now}, online: true, shown: settings.Default}
	v.portal = &accounttest.PortalFake{Profile: rules(t, id), Clock: v.clock, User: number, First: "03423F205J", Name: "Elena", EMail: "elena@posta.example",
		Mobile: "+393330003423", Recovery: []string{"H4KM-92QT"}}
	for _, e := range edit {
		e(v)
	}
	app := drive.NewApp()
	w := app.NewWindow("first run")
	var layers *widget.Layers
	v.page = New(Config{Outside: Outside{Mutuals: []Mutual{{Rules: v.portal.Profile, Portal: v.portal}, {Rules: rules(t, "insieme")}}, Found: v.found, Device: "Computer di casa",
		Online:        func() bool { return v.online },
		PrintRecovery: func(_ context.Context, p Paper) error { v.printed = append(v.printed, p); return nil },
		SaveRecovery:  func(context.Context, Paper) (string, error) { return "Documenti/codice.pdf", nil },
		AddConnection: func(context.Context) (Mutual, error) {
			return Mutual{Rules: rules(t, "insieme"), Portal: v.portal}, nil
		}},
		Enter: func(card bool) error { v.entered = append(v.entered, card); return nil }, Clock: v.clock, Runner: runner.NewSynchronous(),
		Settings: func() settings.Settings { return v.shown }, Change: func(s settings.Settings) {
			v.shown = s
			words.Set(s.Language)
			layers.SetContent(v.page.Content())
		}, Version: "0.1.0"})
	layers = widget.NewLayers(v.page.Content())
	w.SetContent(layers)
	w.Resize(fyne.NewSize(1280, 800))
	v.Window = app.Attach(w, nil)
	t.Cleanup(func() {
		v.page.Leave()
		words.Set(words.Italian)
	})
	return v
}

func (v *visit) found(_ context.Context, f Founding) (string, error) {
	if v.fail != nil {
		return "", v.fail
	}
	v.founded = append(v.founded, f)
	return recovery, nil
}

// do fails the test at the first step that can't be done.
func (v *visit) do(steps ...error) {
	v.t.Helper()
	if err := errors.Join(steps...); err != nil {
		v.t.Fatal(err)
	}
}

// must sees all of these.
func (v *visit) must(texts ...string) {
	v.t.Helper()
	for _, text := range texts {
		if text == "" || !v.Sees(text) {
			v.t.Fatalf("%q is not seen; seen: %s", text, strings.Join(v.Words(), " | "))
		}
	}
}

// mustNot sees none of these.
func (v *visit) mustNot(texts ...string) {
	v.t.Helper()
	for _, text := range texts {
		if v.Sees(text) {
			v.t.Errorf("%q is seen", text)
		}
	}
}

// choose goes to the ways of the mutual.
func (v *visit) choose() { v.t.Helper(); v.do(v.Press(v.portal.Profile.Name)) }

// tick answers the box that begins so.
func (v *visit) tick(text string) { v.t.Helper(); v.do(v.Press(text)) }

// tickAll answers every box that is shown.
func (v *visit) tickAll(at mutual.Moment) {
	v.t.Helper()
	for _, c := range v.portal.Profile.ConsentsAt(at) {
		v.do(v.Press(c.Text))
	}
}

// person fills the form of personal data.
func (v *visit) person() {
	v.t.Helper()
	v.do(v.Fill("Cognome", "Marchetti"), v.Fill("Nome", "Elena"), v.Choose("Sesso", "Femmina"), v.Fill("Data di nascita", "14/03/1967"),
		v.Fill("Luogo di nascita", "Milan"), v.Press("Milano (MI)"), v.Fill("Codice fiscale", "mrc lne 67c54 f205j"))
}

// home fills the residence.
func (v *visit) home() {
	v.t.Helper()
	v.do(v.Fill("Via e numero", "Via dei Tigli 14"), v.Fill("CAP", "20123"), v.Fill("Comune", "Milano"), v.Choose("Provincia", "Milano"))
}

// password fills the new password and its confirmation.
func (v *visit) password(text string) {
	v.t.Helper()
	v.do(v.Fill("Nuova password", text), v.Fill("Ripeti la nuova password", text))
}

// finish types two groups of the recovery code back and goes in to the card.
func (v *visit) finish() {
	v.t.Helper()
	v.must("K7VD", "6YEF")
	v.do(v.Press("Continua"), v.Fill("Gruppo 3", "9xwm"), v.Fill("Gruppo 6", "6YEF"), v.Press("Conferma"))
	v.must("Fatto")
	v.do(v.Press("Vedi la tessera"))
	if !slices.Equal(v.entered, []bool{true}) {
		v.t.Errorf("entered %v", v.entered)
	}
}

func refused(code fault.Code, pairs ...string) error {
	e := fault.New(code, "test", "")
	for i := 0; i+1 < len(pairs); i += 2 {
		e = e.With(pairs[i], pairs[i+1])
	}
	return e
}

var _ account.Portal = (*accounttest.PortalFake)(nil)
