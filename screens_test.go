package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"

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
	paper  atomic.Pointer[string] // the recovery code that the first run made
	locked bool
}

// sitDown shows the window on the vault in dir, or the first run where there is none; nothing in it is a stand-in but the display.
func sitDown(t *testing.T, m *localMutual, dir string) *seat {
	t.Helper()
	words.Set(words.Italian)
	if err := connectionsBeside(dir).add(m.profile); err != nil {
		t.Fatal(err)
	}
	s := &seat{t: t, dir: dir, first: &threshold{dir: dir}}
	h, err := openHouse(dir, nil)
	s.house = h
	a := drive.NewApp()
	window := desktop.NewWindow(a)
	services := servicesOf(h, err, s.first, window, func() { s.locked = true })
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
