package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/storage"
)

// runDemo shows the whole job on invented people: the window where there is a display, or else the tour. What the demo
// makes lies below --out and may be deleted at any time.
func runDemo(args []string, stdout, stderr io.Writer) int {
	f := flags("demo", stderr)
	out := f.String("out", "demo", "folder for what the demo makes")
	if f.Parse(args) != nil {
		return 2
	}
	if !hasDisplay() {
		fmt.Fprintln(stdout, "There is no display: the tour shows the job in pictures.")
		return runTour([]string{"--out", *out}, stdout, stderr)
	}
	if err := demoWindow(*out, stdout, stderr); err != nil {
		fmt.Fprintln(stderr, "sodale:", fault.CodeOf(err), err)
		return 1
	}
	return 0
}

// hasDisplay reports whether a window may be opened.
func hasDisplay() bool {
	return runtime.GOOS != "linux" || os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// demoWindow serves the demo mutual, activates its member the first time, and opens the window.
func demoWindow(out string, stdout, stderr io.Writer) error {
	m, err := startMutual(filepath.Join(out, "window", "mutua"))
	if err != nil {
		return err
	}
	defer m.stop()
	vault := filepath.Join(out, "window", "vault")
	if err := demoVault(vault, m); err != nil {
		return err
	}
	folder, err := writePapers(filepath.Join(out, "ricevute"), paperTicket, paperFax, paperPhoto, paperForm)
	if err != nil {
		return err
	}
	fresh := filepath.Join(out, "window", "nuovo", "vault")
	if err := connectionsBeside(fresh).add(m.profile); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "\n  %s, password: %s\n  Receipts to drop into the window: %s\n  What the mutual has: %s claim list --data %s\n",
		"Elena Marchetti", m.password, folder, m.program, m.data)
	fmt.Fprintf(stdout, "  Codes by e-mail and SMS: %s\n  To come in as somebody new, while this runs: sodale --data %s\n  Who is there, and what they know: %s demo --data %s\n\n",
		filepath.Join(m.data, "outgoing"), fresh, m.program, m.data)
	showWindow(vault, true, stderr)
	return nil
}

// demoVault makes the vault the first time. The demo's server has another port at every start, so an older vault is made
// to know it.
func demoVault(dir string, m *localMutual) error {
	ctx, cancel := context.WithTimeout(context.Background(), activateTime)
	defer cancel()
	if _, err := os.Stat(dir); err != nil {
		_, err := activate(ctx, dir, m.profile, m.user, m.password)
		return err
	}
	return moveMutual(ctx, dir, m)
}

// Names of the invented receipts.
const (
	paperTicket = "ricevuta-ticket.pdf"
	paperFax    = "esami-fax.tif"
	paperPhoto  = "dentista-foto.jpg"
	paperForm   = "modulo-compilato.pdf"
)

// papers makes each invented receipt.
var papers = map[string]func() []byte{
	paperTicket: sample.Ticket().ScanPDF,
	paperFax:    sample.Analyses().TIFF,
	paperPhoto:  func() []byte { return sample.Dentist().Photo(6) },
	paperForm:   sample.FilledForm,
}

// writePapers writes the named receipts and returns their folder, absolute.
func writePapers(dir string, names ...string) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(dir, name), papers[name](), 0o644); err != nil {
			return "", err
		}
	}
	return filepath.Abs(dir)
}

// moveMutual tells an existing demo vault where the server is now.
func moveMutual(ctx context.Context, dir string, m *localMutual) error {
	profile, err := json.Marshal(m.profile)
	if err != nil {
		return err
	}
	store, err := storage.Open(dir, storage.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Unlock(ctx, []byte(m.password)); err != nil {
		return err
	}
	return store.SetProfile(ctx, profile)
}
