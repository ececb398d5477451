package unlock

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/account/accounttest"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/ui/drive"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/widget"
)

// Passwords of the tests.
const (
	before = "Vecchia-parola-1"
	after  = "Tiglio-lanterna-42"
)

// entrance is a door with a mutual behind it.
type entrance struct {
	*drive.Window
	t       *testing.T
	page    *Page
	canvas  fyne.Canvas
	vault   *accounttest.VaultFake
	portal  *accounttest.PortalFake
	clock   *standing
	opened  []Entered
	kept    int
	forgot  int
	rejoins int
}

func entering(t *testing.T, edit ...func(*entrance, *Config)) *entrance {
	t.Helper()
	test.NewTempApp(t)
	rules, err := mutual.Load("aurora.yaml", assets.Mutuals()["aurora"])
	if err != nil {
		t.Fatal(err)
	}
	e := &entrance{t: t, clock: &standing{now}, vault: &accounttest.VaultFake{Name: "Elena", Owner: "000000003423", Password: before, Printed: "ABCD-EFGH", Share: []byte("share")}}
	e.portal = &accounttest.PortalFake{Profile: rules, Clock: e.clock, User: "000000003423", Password: before, Share: []byte("share"), Recovery: []string{"H4KM-92QT"}}
	c := Config{Gate: e.vault, Recover: e.vault.UnlockWithRecovery, Clock: e.clock, Runner: runner.NewSynchronous(), Mutual: "Mutua Aurora", Phone: "800 000 342", Version: "0.1.0",
		Access: Access{Desk: &account.Desk{Portal: e.portal, Vault: e.vault}, Rules: func() mutual.Profile { return rules }, SetHere: e.vault.SetPasswordHere},
		Link:   func() submission.Link { return submission.Link{Online: true} }, Settings: func() settings.Settings { return settings.Default },
		Change: func(settings.Settings) {}, Opened: func(how Entered) error { e.opened = append(e.opened, how); return nil }}
	for _, change := range edit {
		change(e, &c)
	}
	app := drive.NewApp()
	w := app.NewWindow("door")
	e.page = New(c)
	w.SetContent(widget.NewLayers(e.page.Content()))
	w.Resize(fyne.NewSize(1280, 800))
	e.canvas = w.Canvas()
	e.Window = app.Attach(w, nil)
	t.Cleanup(e.page.Leave)
	return e
}

func (e *entrance) do(steps ...error) {
	e.t.Helper()
	if err := errors.Join(steps...); err != nil {
		e.t.Fatal(err)
	}
}

func (e *entrance) must(texts ...string) {
	e.t.Helper()
	for _, text := range texts {
		if !e.Sees(text) {
			e.t.Fatalf("%q is not seen; seen: %s", text, strings.Join(e.Words(), " | "))
		}
	}
}

// resetting goes to the code and the new password.
func (e *entrance) resetting() {
	e.t.Helper()
	e.do(e.Press("Password dimenticata?"))
	e.must("000000003423") // known on this computer
	e.do(e.Press("Procedi"), e.Fill("Codice di sicurezza", accounttest.EMailCode), e.Fill("Nuova password", after), e.Fill("Ripeti la nuova password", after), e.Press("Procedi"))
}

func TestAForgottenPasswordIsResetByCodeAndOpensThisVault(t *testing.T) { // LOG-06, LOG-09, LOG-10, LOG-11, LOG-12
	e := entering(t)
	e.do(e.Press("Password dimenticata?"), e.Press("Procedi"))
	e.must("Se ricevi più codici, dovrai inserire l'ultimo ricevuto.", "Puoi chiedere un nuovo codice tra 60 secondi.", "Quello che è in coda parte lo stesso")
	e.do(e.Fill("Codice di sicurezza", "1"), e.Fill("Nuova password", "corta"), e.Fill("Ripeti la nuova password", "corta"), e.Press("Procedi"))
	e.must(e.portal.Profile.Password.Text)
	e.do(e.Fill("Nuova password", after), e.Fill("Ripeti la nuova password", after), e.Press("Procedi"))
	e.must("Il codice non è corretto.")
	e.do(e.Fill("Codice di sicurezza", accounttest.EMailCode), e.Press("Procedi"))
	e.must("La procedura è completata")
	e.do(e.Press("Entra"))
	if len(e.opened) != 1 || e.opened[0] != (Entered{}) || e.vault.Password != after || e.portal.Password != after || !e.vault.Aligned.Equal(now) {
		t.Errorf("opened %+v, vault %q, mutual %q", e.opened, e.vault.Password, e.portal.Password)
	}
}

func TestAResetNeverGoesRoundTheSecondFactor(t *testing.T) { // TFA-07, TFA-08
	e := entering(t)
	e.portal.Factor = "417032"
	e.resetting()
	e.must("Serve anche il secondo fattore", accounttest.EMailCode, after)
	if e.portal.Password != before || e.vault.Open {
		t.Fatal("the password was set without the second factor")
	}
	e.do(e.Press("Usa un codice di recupero"), e.Fill("Codice di recupero dell’autenticazione a due fattori", "H4KM-92QT"), e.Press("Procedi"))
	e.must("La procedura è completata")
}

func TestAResetWithoutThisComputersShareSaysWhatStillOpens(t *testing.T) {
	for name, share := range map[string][]byte{"no share": nil, "a share of another disk": []byte("other")} {
		e := entering(t)
		e.portal.Share = share
		e.resetting()
		e.must("La nuova password vale per la mutua.")
		e.do(e.Press("Torna alla password"), e.Fill("Password", before), e.Press("Sblocca"))
		if len(e.opened) != 1 || e.vault.Password != before {
			t.Errorf("%s: opened %+v", name, e.opened)
		}
	}
}

func TestWithNoNetworkTheResetSaysWhatOpensInstead(t *testing.T) {
	e := entering(t, func(_ *entrance, c *Config) { c.Link = func() submission.Link { return submission.Link{} } })
	e.portal.Err = fault.New("network.offline", "test", "")
	e.do(e.Press("Password dimenticata?"))
	e.must("Per una nuova password serve la rete", "Quello che è in coda parte lo stesso")
	e.do(e.Press("Procedi"))
	e.must("Non c’è rete.")
	e.do(e.Press("Codice di recupero"), e.Fill("Codice di recupero", "ABCD-EFGH"), e.Press("Apri con il codice"))
	if len(e.opened) != 1 || !e.opened[0].Choose {
		t.Fatalf("opened %+v", e.opened)
	}
}

func TestBehindThePrintedCodeANewPasswordIsOffered(t *testing.T) { // LOG-11
	e := entering(t)
	sheet := AskChoose(e.canvas, e.page.config.Access, e.page.config.Runner)
	e.do(e.Fill("Nuova password", after), e.Fill("Ripeti la nuova password", "altro"), e.Press("Salva la password"))
	e.must("Le due password non sono uguali.")
	e.do(e.Fill("Ripeti la nuova password", after), e.Press("Salva la password"))
	if sheet.Shown() || e.vault.Password != after || !e.vault.Apart {
		t.Errorf("the vault's password is %q", e.vault.Password)
	}
}

// changed is a vault whose account has another password since three days.
func changed(e *entrance, c *Config) {
	e.vault.Apart, e.portal.Password = true, after
	c.Changed = func() time.Time { return now.AddDate(0, 0, -3) }
}

func TestAPasswordThatWasChangedElsewhereIsSaidAndBothOpen(t *testing.T) {
	for name, c := range map[string]struct {
		old, new string
		want     Entered
		vault    string
	}{
		"the old one":             {before, "", Entered{Align: true}, before},
		"both":                    {before, after, Entered{}, after},
		"the new one alone":       {"", after, Entered{}, after},
		"both, and the new wrong": {before, "Altra-parola-3", Entered{Align: true}, before},
	} {
		t.Run(name, func(t *testing.T) {
			e := entering(t, changed)
			e.must("La password è stata cambiata su un altro dispositivo il 13 novembre 2026", "Quella di prima apre ancora questo computer.")
			e.do(e.Fill("Password di prima", c.old), e.Fill("Nuova password della mutua", c.new), e.Press("Sblocca"))
			if len(e.opened) != 1 || e.opened[0] != c.want || e.vault.Password != c.vault {
				t.Errorf("opened %+v, vault %q", e.opened, e.vault.Password)
			}
		})
	}
}

func TestTheNewPasswordAloneNeedsTheNetworkAndTheSecondFactor(t *testing.T) { // TFA-07
	e := entering(t, changed)
	e.portal.Factor, e.portal.Err = "417032", fault.New("network.offline", "test", "")
	e.do(e.Press("Sblocca"))
	e.must("Scrivi la password.")
	e.do(e.Fill("Nuova password della mutua", after), e.Press("Sblocca"))
	e.must("Non c’è rete.")
	e.portal.Err = nil
	e.do(e.Press("Sblocca"))
	e.must("Codice dell’app")
	e.do(e.Fill("Codice dell’app", "417032"), e.Press("Sblocca"))
	if len(e.opened) != 1 || e.vault.Password != after {
		t.Errorf("opened %+v, seen %v", e.opened, e.Words())
	}
}

func TestBehindTheOldPasswordTheNewOneIsAskedFor(t *testing.T) {
	e := entering(t, changed)
	e.portal.Factor = "417032"
	sheet := AskAlign(e.canvas, e.page.config.Access, e.page.config.Runner)
	e.do(e.Press("Usa questa"))
	e.must("Scrivi la password.")
	e.do(e.Fill("Nuova password della mutua", "sbagliata"), e.Press("Usa questa"))
	e.must("La password non è corretta.")
	e.do(e.Fill("Nuova password della mutua", after), e.Press("Usa questa"), e.Fill("Codice dell’app", "417032"), e.Press("Usa questa"))
	if sheet.Shown() || e.vault.Password != after || e.vault.Stale() {
		t.Errorf("the vault's password is %q", e.vault.Password)
	}
	sheet = AskAlign(e.canvas, e.page.config.Access, e.page.config.Runner)
	e.do(e.Press("Più tardi"))
	if sheet.Shown() {
		t.Error("it can't be put off")
	}
}

// remembering is a keyring in memory.
func (e *entrance) remembering(on bool, open func(context.Context) error) *Memory {
	return &Memory{On: on, Open: open, Keep: func(context.Context) error { e.kept++; return nil },
		Forget: func(context.Context) error { e.forgot++; return nil }}
}

func TestThePasswordIsRememberedOnlyWhenAsked(t *testing.T) {
	e := entering(t, func(e *entrance, c *Config) { c.Memory = e.remembering(false, nil) })
	if e.Sees("portachiavi") {
		t.Error("it is on by default")
	}
	e.do(e.Press("Ricordami su questo computer"))
	e.must("Una chiave di questo archivio resta nel portachiavi del sistema")
	e.do(e.Fill("Password", "sbagliata"), e.Press("Sblocca"))
	if e.kept != 0 {
		t.Fatal("a door that stayed shut was remembered")
	}
	e.page.view.password.SetText(before)
	e.do(e.Press("Sblocca"))
	if e.kept != 1 {
		t.Errorf("kept %d times", e.kept)
	}
}

func TestARememberedPasswordOpensByItselfAndCanBeForgotten(t *testing.T) {
	e := entering(t, func(e *entrance, c *Config) {
		c.Memory = e.remembering(true, func(ctx context.Context) error { return e.vault.Unlock(ctx, []byte(before)) })
	})
	if len(e.opened) != 1 {
		t.Fatalf("the door stays shut: %v", e.Words())
	}
	e = entering(t, func(e *entrance, c *Config) { c.Memory = e.remembering(true, nil) }) // after *Blocca*
	if len(e.opened) != 0 {
		t.Fatal("a lock that locks nothing")
	}
	e.do(e.Press("Ricordami su questo computer"), e.Fill("Password", before), e.Press("Sblocca"))
	if e.forgot != 1 {
		t.Error("it was not forgotten")
	}
}

func TestARememberedPasswordThatOpensNothingIsAskedFor(t *testing.T) {
	e := entering(t, func(e *entrance, c *Config) {
		c.Memory = e.remembering(true, func(ctx context.Context) error { return e.vault.Unlock(ctx, []byte("vecchissima")) })
	})
	e.must("Il portachiavi non apre più. Scrivi la password.")
	e.do(e.Fill("Password", before), e.Press("Sblocca"))
	if len(e.opened) != 1 {
		t.Error("the door stays shut")
	}
}

func TestAComputerThatWasSignedOutIsToldSoInPlainWords(t *testing.T) { // SES-02
	e := entering(t, func(_ *entrance, c *Config) { c.Revoked = func() Revocation { return SignedOut } })
	e.must("Questo computer è stato scollegato dalla mutua", "Quello che è in coda non si cancella.")
	e.do(e.Fill("Password", before), e.Press("Sblocca"))
	if len(e.opened) != 1 {
		t.Error("the vault does not open")
	}
	e = entering(t, func(e *entrance, c *Config) {
		c.Revoked, c.Rejoin = func() Revocation { return Destroyed }, func() { e.rejoins++ }
	})
	e.must("La chiave di questo computer è stata distrutta", "non si apre più")
	e.do(e.Press("Ricomincia su questo computer"))
	if e.rejoins != 1 {
		t.Error("there is no way to begin anew")
	}
}
