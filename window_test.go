package main

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/document/sample"
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

// opens starts the program and waits for its locked door.
func (p person) opens(ctx context.Context, dir string) {
	p.t.Helper()
	cmd := sodale(p.t, ctx, "--data", dir)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	cmd.Env = append(os.Environ(), "DISPLAY="+p.display, "LIBGL_ALWAYS_SOFTWARE=1", "PATH=")
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
	if out, err := p.xdotool("type", "--delay", "30", m.password); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	p.presses("Return")
	p.awaits("the overview", func() bool { return p.faces("Panoramica · Sodale") })
	p.presses("ctrl+2")
	p.awaits("the claims", func() bool { return p.faces("Rimborsi e sussidi · Sodale") })
	p.awaits("the claim at the mutual", func() bool {
		p.presses("ctrl+Return")
		var listed []atMutual
		return m.ask(&listed, "claim", "list") == nil && len(listed) > 0
	})
	compareAtMutual(t, m, id, receipts)
}
