package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/ui/words"
)

// person sits at a real window on a virtual screen and has only the keyboard.
type person struct {
	t       *testing.T
	display string
}

func (p person) xdotool(args ...string) (string, error) {
	cmd := exec.Command("xdotool", args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+p.display)
	out, err := cmd.CombinedOutput()
	return strings.TrimSpace(string(out)), err
}

// presses sends keys to the window.
func (p person) presses(keys ...string) {
	p.t.Helper()
	if out, err := p.xdotool(append([]string{"key", "--delay", "30"}, keys...)...); err != nil {
		p.t.Fatalf("%v: %s", err, out)
	}
}

// types writes a text where the keyboard is.
func (p person) types(text string) {
	p.t.Helper()
	if out, err := p.xdotool("type", "--delay", "30", text); err != nil {
		p.t.Fatalf("%v: %s", err, out)
	}
}

// comesTo presses keys until the window has that title; they are pressed again when nothing has come of them for a while.
func (p person) comesTo(title string, keys ...string) {
	p.t.Helper()
	patience := 0
	p.awaits("«"+title+"»", func() bool {
		if p.faces(title) {
			return true
		}
		if patience--; patience < 0 {
			p.presses(keys...)
			patience = 50
		}
		return false
	})
}

// copies puts a file on the clipboard, as a program for files does.
func (p person) copies(path string) {
	p.t.Helper()
	cmd := exec.Command("xclip", "-selection", "clipboard", "-target", "text/uri-list", "-in")
	cmd.Env = append(os.Environ(), "DISPLAY="+p.display)
	cmd.Stdin = strings.NewReader("file://" + path + "\r\n")
	if err := cmd.Run(); err != nil {
		p.t.Fatal(err)
	}
}

// awaits waits until done, which may press keys again.
func (p person) awaits(what string, done func() bool) {
	p.t.Helper()
	deadline := time.After(time.Minute)
	for tick := time.NewTicker(300 * time.Millisecond); ; {
		if done() {
			tick.Stop()
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			p.t.Fatalf("waited in vain for %s", what)
		}
	}
}

// faces reports whether the window that takes the keys has that title.
func (p person) faces(title string) bool {
	name, err := p.xdotool("getwindowfocus", "getwindowname")
	return err == nil && name == title
}

// opens starts the program, which has only these others of the desktop's at hand, and waits for its locked door.
func (p person) opens(ctx context.Context, dir string, others ...string) {
	p.t.Helper()
	cmd := sodale(p.t, ctx, "--data", dir)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	cmd.Env = append(os.Environ(), "DISPLAY="+p.display, "LIBGL_ALWAYS_SOFTWARE=1", "PATH="+only(p.t, others...))
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { _ = cmd.Wait(); close(ended) }()
	p.t.Cleanup(func() { _ = cmd.Process.Kill(); <-ended })
	p.awaits("the locked door", func() bool {
		select {
		case <-ended:
			p.t.Fatalf("the program ended: %s", stderr.String())
		default:
		}
		return p.faces("Sodale")
	})
}

// only is a folder with these programs of the machine.
func only(t *testing.T, programs ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range programs {
		path, err := exec.LookPath(name)
		if err == nil {
			err = os.Symlink(path, filepath.Join(dir, name))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestByKeyboardAloneAReadyClaimLeavesTheRealWindow opens the real window, types the password, goes to the claims, sends the
// one that is ready and locks; then the mutual must have it once.
func TestByKeyboardAloneAReadyClaimLeavesTheRealWindow(t *testing.T) {
	words.Set(words.Italian)
	m := startTestMutual(t)
	dir := filepath.Join(t.TempDir(), "vault")
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	if _, err := activate(ctx, dir, m.profile, m.user, m.password); err != nil {
		t.Fatal(err)
	}
	receipts := [][]byte{sample.Ticket().PDF()}
	h, err := openHouse(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Unlock(ctx, []byte(m.password)); err != nil {
		t.Fatal(err)
	}
	id := draftWith(t, h, receipts)
	h.close()

	p := person{t, xvfb(t)}
	p.opens(ctx, dir)
	p.types(m.password)
	p.comesTo("Panoramica · Sodale", "Return")
	p.comesTo("Rimborsi e sussidi · Sodale", "ctrl+2")
	p.awaits("the claim at the mutual", func() bool {
		p.presses("ctrl+Return")
		var listed []atMutual
		return m.ask(&listed, "claim", "list") == nil && len(listed) > 0
	})
	compareAtMutual(t, m, id, receipts)
}

// TestByKeyboardAloneTheWizardIsWalkedFromItsStartToTheReceiptInTheRealWindow goes from the locked door through the three steps of
// a new request, pastes the file that was copied, types every field, sends, and sees the receipt; then the mutual must have once what
// was typed and the file to the byte (CLM-09 to CLM-13, CLM-18, CLM-21).
func TestByKeyboardAloneTheWizardIsWalkedFromItsStartToTheReceiptInTheRealWindow(t *testing.T) {
	m := startTestMutual(t)
	dir := computerOf(t, m, m.password)
	day, ticket := civil.Of(time.Now()).AddDays(-7), sample.Ticket()
	ticket.Date = day.Italian()
	path := filepath.Join(t.TempDir(), "Ricevuta del ticket.pdf")
	if err := os.WriteFile(path, ticket.PDF(), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()

	p := person{t, xvfb(t)}
	p.copies(path)
	p.opens(ctx, dir, "xclip")
	p.types(m.password)
	p.comesTo("Panoramica · Sodale", "Return")
	p.comesTo("Nuova richiesta, passo 1 di 3 · Sodale", "ctrl+n", "Return") // a refund is the first of what can be asked for
	p.comesTo("Nuova richiesta, passo 2 di 3 · Sodale", "ctrl+Return")
	p.presses("ctrl+v", "Down", "Up", "Tab", "Tab", "Down") // the file; the type and back, for whom as it stands, the first that the plan pays
	for _, typed := range []struct {
		tabs int
		text string
	}{{1, "36,15"}, {2, "2026/004817"}, {1, day.Italian()}, {2, "mila"}, {1, "Ospedale San Rocco"}} { // how it was paid lies before the number, the calendar behind the day
		p.presses(append(slices.Repeat([]string{"Tab"}, typed.tabs), "ctrl+a")...) // what was read from the file meanwhile gives way
		p.types(typed.text)
	}
	p.awaits("the file in the vault", func() bool { return storedFiles(t, dir) == 1 })
	p.comesTo("Nuova richiesta, passo 3 di 3 · Sodale", "ctrl+Return")
	p.comesTo("Ricevuta della richiesta · Sodale", "ctrl+Return")
	compareAtMutual(t, m, theTyped(t, m, day), [][]byte{ticket.PDF()})
}

// theTyped is the one claim at the mutual, which says what was typed.
func theTyped(t *testing.T, m *localMutual, day civil.Date) claim.ID {
	t.Helper()
	var listed []atMutual
	var opened struct{ Filed claim.Filed }
	err := m.ask(&listed, "claim", "list")
	if err == nil && len(listed) == 1 {
		err = m.ask(&opened, "claim", "show", listed[0].ID)
	}
	if err != nil || len(opened.Filed.Documents) != 1 {
		t.Fatalf("the mutual lists %+v, shows %+v, %v", listed, opened, err)
	}
	d := opened.Filed.Documents[0]
	got := []any{d.Type, d.Person, d.Service, d.Amount, d.Number, d.IssuedOn, d.Province, d.Provider, opened.Filed.Procedure}
	want := []any{claim.ReceiptSlip, opened.Filed.Holder, claim.Exams, money.Cents(3615), "2026/004817", day, "MI", "Ospedale San Rocco", claim.Standard}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the mutual has %v, typed was %v", got, want)
	}
	return opened.Filed.ID
}
