package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/helpline"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/storage"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/screen/unlock"
)

// appID is the program's name for the desktop, as in FyneApp.toml.
const appID = "it.sodale.desktop"

// runWindow opens the window and returns when it is closed. After *Blocca* it starts the program afresh, so that no key
// stays in memory.
func runWindow(args []string, stderr io.Writer) int {
	f := flags("", stderr)
	dir := dataFlag(f)
	locked := f.Bool("locked", false, "ask for the password even where this computer remembers it")
	if f.Parse(args) != nil {
		return 2
	}
	again := showWindow(*dir, !*locked, stderr)
	if !again {
		return 0
	}
	if err := startAfresh("--data", *dir, "--locked"); err != nil {
		fmt.Fprintln(stderr, "sodale:", err)
		return 1
	}
	return 0
}

// showWindow holds the window and what stands behind it; it reports whether the member asked to lock. Only where recalls is set, what
// this computer remembers opens the vault by itself. Until the first frame
// is painted nothing is collected, the vault is opened beside the making of the window, and delivery and previewer wait.
func showWindow(dir string, recalls bool, stderr io.Writer) (locked bool) {
	collect := debug.SetGCPercent(-1)
	house := sync.OnceValues(func() (*house, error) { return prepareHouse(dir, nil) })
	go func() { _, _ = house() }()
	first := &threshold{dir: dir}
	closeAll := func() {
		if h, _ := house(); h != nil {
			h.close()
		}
		first.close()
	}
	opened := endWithoutGraphics(closeAll, stderr)
	a := app.NewWithID(appID)
	a.Lifecycle().SetOnStarted(func() {
		opened()
		debug.SetGCPercent(collect)
		if h, _ := house(); h != nil {
			h.begin()
		}
	})
	a.SetIcon(fyne.NewStaticResource("icon.png", assets.AppIcon()))
	window := desktop.NewWindow(a)
	h, err := house()
	if err != nil {
		slog.Warn("vault", "code", fault.CodeOf(err))
	}
	lock := func() {
		locked = true
		a.Quit()
	}
	services := servicesOf(h, err, first, window, lock)
	services.Suspended = suspended()
	if h != nil {
		services.Access.Memory = h.memory(recalls)
	}
	desktop.In(window, services).Run()
	closeAll()
	return locked
}

// servicesOf are those of the house, or where it could not be opened, of the first run or of a door that says why.
func servicesOf(h *house, openError error, first *threshold, window fyne.Window, lock func()) desktop.Services {
	s := windowServices(h, first.dir, lock)
	if h != nil {
		h.onSignedOut(func() { fyne.Do(lock) })
		return s
	}
	if beginsHere(openError) || gone(openError) {
		err := first.open()
		if err == nil {
			s.FirstRun = &desktop.FirstRun{Outside: first.outside(s, window), Enter: func() (desktop.Services, error) {
				return servicesOf(first.made(), nil, first, window, lock), nil
			}}
		} else {
			openError = err
		}
	}
	if s.FirstRun == nil || gone(openError) {
		s.Trouble = openError
		s.Gate = &closedGate{dir: first.dir, reason: openError, restart: func() { fyne.Do(lock) }}
	}
	return s
}

// windowServices is what the window needs of the house; without one, only what belongs to the window itself. lock ends the
// program and starts it afresh; nil hides what does so.
func windowServices(h *house, dir string, lock func()) desktop.Services {
	file := filepath.Join(filepath.Dir(dir), "window.json")
	s := desktop.Services{LoadSettings: func() settingsOf { return loadSettings(file) }, SaveSettings: func(v settingsOf) { saveSettings(file, v) },
		Clock: clock.System{}, ReadFile: readDocument, Version: version, Lock: lock}
	useDesktopChoosers(&s)
	if h == nil {
		return s
	}
	s.Gate, s.Desk, s.Profile, s.Previewer, s.Changes = h, h.desk, profile{h.store}, h.previewer, h.store.Feed()
	s.Recover, s.Damage = h.recover, h.damage
	s.Access = unlock.Access{Desk: h.access(), Rules: h.rules, SetHere: h.store.SetPasswordHere, Revoked: h.revoked, SignIn: h.signInAgain}
	s.Link = func() submission.Link { return h.line().Link() }
	s.Diagnose = func(ctx context.Context) []submission.Finding { return h.line().Diagnose(ctx) }
	s.SendNow, s.Release = func() { h.line().Poke() }, h.release
	s.CheckNow = func(opID string) { h.line().Check(opID) }
	s.Receipt = h.receipt
	s.Courier = &desktop.Courier{ChooseFolder: chooseFolder, Take: h.takeAway, Bring: h.bringBack}
	s.ReadPaper, s.ConvertPhoto, s.Intake = h.readPaper, h.convertPhoto, h.papersIn()
	s.MutualName, s.Phone = h.mutual().Name, h.mutual().Phone
	s.Plans, s.Help = knownPlans, &helpline.Desk{Vault: h.store, Clock: clock.System{}, Random: rand.Reader}
	s.Membership = h.membership(lock)
	s.Notify = func(title, text string) { fyne.CurrentApp().SendNotification(fyne.NewNotification(title, text)) }
	return s
}

// closedGate is the door of a vault that can't be opened: it says why, and starts the program afresh once the reason is gone,
// as when the other window was closed.
type closedGate struct {
	dir     string
	reason  error
	restart func()
}

// Greeting implements identity.Gate.
func (*closedGate) Greeting() string { return "" }

// Unlock implements identity.Gate.
func (g *closedGate) Unlock(context.Context, []byte) error {
	store, err := storage.Open(g.dir, storage.Options{})
	if err != nil {
		g.reason = err
		return err
	}
	defer g.restart()
	return errors.Join(g.reason, store.Close())
}

// startAfresh replaces this process, or where that can't be done, starts another one.
func startAfresh(args ...string) error {
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	return replaceProcess(exe, append([]string{exe}, args...))
}
