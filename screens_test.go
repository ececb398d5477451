package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/pquerna/otp/totp"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/drive"
	"github.com/sodale/sodale/ui/screen/firstrun"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/words"
)

// seat is a person before the real screens of one computer, with a real mutual at the other end.
type seat struct {
	*drive.Window
	t      *testing.T
	dir    string
	first  *threshold
	house  *house
	mutual *localMutual
	paper  atomic.Pointer[string] // the recovery code that the first run made
	kept   atomic.Pointer[[]byte] // what was saved last as a file
	locked bool
	papers int // that were dropped and are to be read
}

// sitDown shows the window on the vault in dir, or the first run where there is none; nothing in it is a stand-in but the display.
func sitDown(t *testing.T, m *localMutual, dir string) *seat {
	t.Helper()
	words.Set(words.Italian)
	if err := connectionsBeside(dir).add(m.profile); err != nil {
		t.Fatal(err)
	}
	s := &seat{t: t, dir: dir, mutual: m, first: &threshold{dir: dir}}
	h, err := openHouse(dir, nil)
	s.house = h
	a := drive.NewApp()
	window := desktop.NewWindow(a)
	services := servicesOf(h, err, s.first, window, func() { s.locked = true })
	services.SaveFile = func(_ context.Context, name string, data []byte) (string, error) {
		s.kept.Store(&data)
		return name, nil
	}
	services.LoadSettings, services.SaveSettings = func() settingsOf { return settings.Default }, func(settingsOf) {}
	if services.FirstRun != nil {
		found := services.FirstRun.Found
		services.FirstRun.Found = func(ctx context.Context, f firstrun.Founding) (string, error) {
			code, err := found(ctx, f)
			s.paper.Store(&code)
			return code, err
		}
	}
	shell := desktop.In(window, services)
	shell.Window().Resize(fyne.NewSize(1280, 800))
	s.Window = a.Attach(shell.Window(), shell.Drop)
	t.Cleanup(s.stand)
	return s
}

// stand gets up: everything is closed.
func (s *seat) stand() {
	if s.house != nil {
		s.house.close()
	}
	s.first.close()
}

// do fails the test at the first step that can't be done, with what is seen.
func (s *seat) do(steps ...error) {
	s.t.Helper()
	if err := errors.Join(steps...); err != nil {
		s.t.Fatalf("%v; seen: %s", err, strings.Join(s.Words(), " | "))
	}
}

// await waits until all of these are seen.
func (s *seat) await(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		s.do(s.AwaitWords(text, 30*time.Second))
	}
}

// press waits until each button is there and enabled, and presses it.
func (s *seat) press(names ...string) {
	s.t.Helper()
	for _, name := range names {
		s.do(s.Await(name, 30*time.Second, func() bool { return s.Press(name) == nil }))
	}
}

// keepsPaper types back whichever groups of the recovery code are asked for, and goes in to the card.
func (s *seat) keepsPaper() {
	s.t.Helper()
	s.do(s.Await("the recovery code", 30*time.Second, func() bool { return s.paper.Load() != nil }))
	groups := strings.Split(*s.paper.Load(), "-")
	s.await(groups[0])
	s.press("Continua")
	s.await("Gruppo ")
	for i, g := range groups {
		if field := fmt.Sprintf("Gruppo %d", i+1); s.Sees(field) { // only two of them are asked for
			s.do(s.Fill(field, g))
		}
	}
	s.press("Conferma")
	s.await("Fatto")
	s.press("Vedi la tessera")
}

const chosenPassword = "Tiglio-lanterna-42"

func newSeat(t *testing.T, m *localMutual) *seat {
	t.Helper()
	return sitDown(t, m, filepath.Join(t.TempDir(), "vault"))
}

// TestEveryWayInOnTheRealScreens goes from nothing to the card in the ways of the demo mutual: first access with the derived
// password, registration against the archive, and an activation code (FAC-02 … FAC-16, REG-03 … REG-19, CTV-04 … CTV-09).
func TestEveryWayInOnTheRealScreens(t *testing.T) {
	m := startTestMutual(t)
	t.Run("first access", func(t *testing.T) {
		s, box := newSeat(t, m), mailboxOf(m)
		s.press("Mutua Aurora", "Ho la matricola")
		s.do(s.Fill("Matricola o codice utente", "5517"), s.Fill("Codice fiscale per calcolarla", "FRRBRN71E08A944K"), s.Press("Calcola la password"))
		s.press("Continua")
		s.await("Ciao, Bruno", "bruno@posta.example")
		s.do(s.Fill("Nuova password", chosenPassword), s.Fill("Ripeti la nuova password", chosenPassword))
		s.do(s.Press("Autorizzo il trattamento dei dati personali, necessario a Mutua Aurora per fornirmi il servizio."))
		s.press("Prosegui", "Procedi")
		s.await("Codice ricevuto per e-mail")
		s.do(s.Fill("Codice ricevuto per e-mail", box.code(t, ".eml")), s.Fill("Codice ricevuto per SMS", box.code(t, ".sms.txt")))
		s.press("Procedi")
		s.await("La verifica è avvenuta correttamente")
		s.press("Continua")
		s.keepsPaper()
		s.await("Bruno Ferri", "000000005517")
	})
	t.Run("registration", func(t *testing.T) {
		s, box := newSeat(t, m), mailboxOf(m)
		s.press("Mutua Aurora", "Prima Iscrizione")
		s.await("Cognome")
		s.do(s.Fill("Cognome", "Conti"), s.Fill("Nome", "Chiara"), s.Choose("Sesso", "Femmina"), s.Fill("Data di nascita", "30/10/1988"),
			s.Fill("Luogo di nascita", "Torin"))
		s.press("Torino (TO)")
		s.do(s.Fill("Codice fiscale", "CNTCHR88R70L219T"), s.Fill("Via e numero", "Corso delle Querce 7"), s.Fill("CAP", "10121"), s.Fill("Comune", "Torino"),
			s.Choose("Provincia", "Torino"))
		s.press("Continua")
		s.await("E-mail")
		s.do(s.Fill("E-mail", "chiara@posta.example"), s.Fill("Cellulare (facoltativo)", "+39 333 000 6608"), s.Fill("Nuova password", chosenPassword),
			s.Fill("Ripeti la nuova password", chosenPassword))
		for _, c := range s.first.doors.rulesOf("aurora").ConsentsAt(mutual.AtRegistration) {
			s.do(s.Press(c.Text))
		}
		s.press("Iscriviti")
		s.await("Codice ricevuto per e-mail")
		s.do(s.Fill("Codice ricevuto per e-mail", box.code(t, ".eml")), s.Fill("Codice ricevuto per SMS", box.code(t, ".sms.txt")))
		s.press("Procedi", "Continua")
		s.keepsPaper()
		s.await("Chiara Conti")
	})
	t.Run("activation code", func(t *testing.T) {
		s, box := newSeat(t, m), mailboxOf(m)
		s.press("Mutua Aurora", "Ho un codice di attivazione")
		for _, c := range s.first.doors.rulesOf("aurora").ConsentsAt(mutual.AtRegistration) {
			s.press(c.Text)
		}
		s.press("Continua")
		s.await("Il mio profilo")
		s.do(s.Fill("Cognome", "Riva"), s.Fill("Nome", "Davide"), s.Choose("Sesso", "Maschio"), s.Fill("Data di nascita", "17/01/1979"),
			s.Fill("Luogo di nascita", "Mantov"))
		s.press("Mantova (MN)")
		s.do(s.Fill("Codice fiscale", "RVIDVD79A17E897C"))
		s.press("Continua")
		s.await("Nuova password")
		s.do(s.Fill("Nuova password", chosenPassword), s.Fill("Ripeti la nuova password", chosenPassword), s.Fill("E-mail", "davide@posta.example"))
		s.press("Completa la registrazione")
		s.await("Codice ricevuto per e-mail")
		s.do(s.Fill("Codice ricevuto per e-mail", box.code(t, ".eml")))
		s.press("Procedi", "Continua")
		s.await("Attiva il tuo fascicolo")
		for _, c := range s.first.doors.rulesOf("aurora").ConsentsAt(mutual.AtDossier) {
			s.press(c.Text)
		}
		s.do(s.Fill("Codice di attivazione", "DV7A-2K9M-4QXT-8BNW"))
		s.press("Attiva")
		s.keepsPaper()
		s.await("Davide Riva")
	})
}

// signedIn is Elena before a vault of her own, open.
func signedIn(t *testing.T, m *localMutual) *seat {
	t.Helper()
	s := sitDown(t, m, computerOf(t, m, m.password))
	s.do(s.Fill(words.T("unlock.password"), m.password))
	s.press(words.T("unlock.open"))
	s.await("Panoramica", m.user)
	return s
}

// goes opens one of the sections under the member's name through the search over the whole program (Ctrl+K).
func (s *seat) goes(section string) {
	s.t.Helper()
	s.Shortcut(fyne.KeyK, fyne.KeyModifierControl)
	s.await(words.T("shell.goto.title"))
	s.do(s.Type(section))
	s.Key(fyne.KeyReturn)
	s.do(s.Await(section, 30*time.Second, func() bool { return !s.Sees(words.T("shell.goto.title")) }))
}

// A password that was forgotten is reset by the code in the e-mail, on the screen of the door, and the new one opens the vault
// from then on (LOG-09 … LOG-12).
func TestAForgottenPasswordOnTheRealScreens(t *testing.T) {
	m := startTestMutual(t)
	first := signedIn(t, m)
	waitFor(t, "the share at the mutual", first.house.store.ShareKept)
	first.stand()
	s, box := sitDown(t, m, first.dir), mailboxOf(m)
	s.press("Password dimenticata?")
	s.await(m.user)
	s.press("Procedi")
	s.await("Codice di sicurezza")
	s.do(s.Fill("Codice di sicurezza", box.code(t, ".eml")), s.Fill("Nuova password", chosenPassword), s.Fill("Ripeti la nuova password", chosenPassword))
	s.press("Procedi", "Entra")
	s.await("Panoramica", m.user)
	s.stand()
	s = sitDown(t, m, first.dir)
	s.do(s.Fill(words.T("unlock.password"), m.password))
	s.press(words.T("unlock.open"))
	s.await("Password non corretta")
	s.do(s.Fill(words.T("unlock.password"), chosenPassword))
	s.press(words.T("unlock.open"))
	s.await("Panoramica", m.user)
}

var secretShape = regexp.MustCompile(`^[A-Z2-7]{4}( [A-Z2-7]{1,4})+$`)

// The second factor is turned on with password, key and code, asked at the sign-in of another computer, where a recovery code does
// as well, and turned off with the password (TFA-03 … TFA-09).
func TestTheSecondFactorOnTheRealScreens(t *testing.T) {
	m := startTestMutual(t)
	s := signedIn(t, m)
	s.goes("Sicurezza")
	s.press("Abilita")
	s.do(s.Fill(words.T("part.password"), m.password))
	s.press("Abilita")
	s.await("Codici di recupero")
	var secret string
	var codes []string
	for _, text := range s.Words() {
		if secretShape.MatchString(text) && secret == "" {
			secret = strings.ReplaceAll(text, " ", "")
		}
		if len(text) > 20 && strings.Count(text, "-") >= 3 && !strings.Contains(text, " ") {
			codes = append(codes, text)
		}
	}
	code, err := totp.GenerateCode(secret, time.Now())
	if err != nil || len(codes) != 10 {
		t.Fatalf("key %q, %d codes, %v; seen: %s", secret, len(codes), err, strings.Join(s.Words(), " | "))
	}
	s.do(s.Fill(words.T("security.factor.code"), code))
	s.press(words.T("security.factor.confirm"))
	s.await(words.T("security.factor.on"))
	s.stand()

	other := newSeat(t, m)
	other.press("Mutua Aurora", "Ho già le credenziali")
	other.do(other.Fill("Matricola o codice utente", "3423"), other.Fill("Password", m.password))
	other.press("Entra")
	other.await("Autenticazione a due fattori")
	other.press("Usa un codice di recupero")
	other.do(other.Fill("Codice di recupero dell’autenticazione a due fattori", codes[2]))
	other.press("Entra")
	other.keepsPaper()
	other.await("Elena Marchetti")
	other.goes("Sicurezza")
	other.await(words.N("security.codes.left", 9))
	other.press(words.T("security.factor.disable"))
	other.do(other.Fill(words.T("part.password"), m.password))
	other.press(words.T("security.factor.disable"))
	other.await(words.T("security.factor.off"))
}

// One computer signs another out: it locks, says so at its door, opens with its password all the same, and may sign in again (SES-02).
func TestASessionIsEndedOnTheRealScreens(t *testing.T) {
	m := startTestMutual(t)
	other := computerOf(t, m, m.password)
	h := opened(t, other, m.password)
	lockedNow := make(chan struct{}, 1)
	h.onSignedOut(func() { lockedNow <- struct{}{} })
	s := signedIn(t, m)
	s.goes("Sicurezza")
	s.press(words.T("security.sessions.end"))
	s.do(s.Fill(words.T("part.password"), m.password))
	s.press(words.T("security.sessions.end"))
	s.await("non è più collegato")
	h.line().Poke()
	select {
	case <-lockedNow:
	case <-time.After(30 * time.Second):
		t.Fatal("the other computer did not lock")
	}
	s.stand()
	h.close()
	door := sitDown(t, m, other)
	door.await(words.T("unlock.revoked"))
	door.do(door.Fill(words.T("unlock.password"), m.password))
	door.press(words.T("unlock.open"))
	door.await(words.T("unlock.again.text"))
	door.do(door.Fill(words.T("unlock.password"), m.password))
	door.press(words.T("unlock.again.do"))
	door.do(door.Await("the tokens", 30*time.Second, func() bool { return door.house.store.Full() != "" }))
}

// A relative who gave the same mobile at the desk is added, and one who gave another is refused with the way out; each is a
// submission (FAM-01 … FAM-07).
func TestARelativeIsAddedOnTheRealScreens(t *testing.T) {
	m := startTestMutual(t)
	for _, who := range []struct {
		given, surname, born, place, label, sex, fiscal, code string
		same                                                  bool
	}{
		{"Marta", "Galli", "22/06/1941", "Bresci", "Brescia (BS)", "Femmina", "GLLMRT41H62B157A", "MR4T-7H2P-9WXC-3DKE", true},
		{"Pietro", "Marchetti", "03/12/1938", "Bergam", "Bergamo (BG)", "Maschio", "MRCPTR38T03A794B", "PT3R-5V8N-6JZB-2FGY", false},
	} {
		s := signedIn(t, m)
		s.goes("Famiglia")
		s.press(words.T("family.add"))
		s.await(words.T("family.given"))
		s.do(s.Fill(words.T("family.given"), who.given), s.Fill(words.T("family.surname"), who.surname), s.Fill(words.T("family.born"), who.born),
			s.Fill(words.T("family.birthplace"), who.place))
		s.press(who.label)
		s.do(s.Choose(words.T("family.sex"), who.sex), s.Choose(words.T("person.role"), words.T("person.role.other")), s.Fill(words.T("family.fiscal"), who.fiscal),
			s.Press(s.house.rules().ConsentsAt(mutual.AtDossier)[0].Text), s.Fill(words.T("family.code"), who.code))
		s.press(words.T("family.send"))
		if who.same {
			waitFor(t, "the relative in the household", func() bool {
				household, err := s.house.store.Household(context.Background())
				return err == nil && strings.Contains(fmt.Sprint(household.Family), who.fiscal)
			})
		} else {
			s.await(words.T("family.own.title"))
		}
		s.stand()
	}
}
