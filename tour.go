package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine"
	"github.com/sodale/sodale/sync/seal"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/drive"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/words"
)

// tourPatience is how long a step of the tour may wait for what it expects to see.
const tourPatience = 30 * time.Second

// The window of the tour, as the mock-ups have it.
const (
	tourWidth  = 1280
	tourHeight = 800
)

// tourStep is one step in tour.json.
type tourStep struct {
	Name    string `json:"name"`
	Picture string `json:"picture"` // file name beside tour.json
	Millis  int64  `json:"millis"`
}

// tourResult is tour.json.
type tourResult struct {
	Claim    string      `json:"claim"` // id
	State    string      `json:"state"` // the Italian name, "Consegnata" once a verified receipt is here
	Mutual   claim.State `json:"mutual"`
	Number   string      `json:"number"`
	Receipt  api.Receipt `json:"receipt"`
	Signed   []byte      `json:"signedReceipt"` // as it came, for whoever wants to verify it again
	Verified bool        `json:"verified"`
	Server   string      `json:"server"` // data folder of the mutual, for `mutuad claim list --data`
	Files    []string    `json:"files"`  // originals that were attached
	Steps    []tourStep  `json:"steps"`
}

// tour is the main job on its way: a real server, a real vault and the real screens, driven by their words.
type tour struct {
	out    string
	mutual *localMutual
	house  *house
	cable  *line
	window *drive.Window
	result tourResult
}

// runTour drives the main job and writes pictures and tour.json. It returns 1 when the job did not come to its end.
func runTour(args []string, stdout, stderr io.Writer) int {
	f := flags("tour", stderr)
	out := f.String("out", "tour", "folder for the pictures")
	if f.Parse(args) != nil {
		return 2
	}
	t := &tour{out: *out}
	if err := t.run(); err != nil {
		fmt.Fprintln(stderr, "sodale: tour:", fault.CodeOf(err), err)
		return 1
	}
	fmt.Fprintf(stdout, "The job is done: state %s, number %s, receipt verified: %v.\nThe pictures and tour.json are in %s\nWhat the mutual has: %s claim list --data %s\n",
		t.result.State, t.result.Number, t.result.Verified, t.out, t.mutual.program, t.mutual.data)
	if !t.result.Verified {
		return 1
	}
	return 0
}

func (t *tour) run() error {
	if err := t.prepare(); err != nil {
		return err
	}
	defer t.mutual.stop()
	folder, err := writePapers(filepath.Join(t.out, "ricevute"), paperTicket, paperFax)
	if err != nil {
		return err
	}
	if err := t.open(); err != nil {
		return err
	}
	defer t.house.close()
	t.result.Files = []string{filepath.Join(folder, paperTicket), filepath.Join(folder, paperFax)}
	for i, s := range t.script() {
		start := time.Now()
		if err := s.do(); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		picture := fmt.Sprintf("%02d-%s.png", i+1, s.name)
		t.result.Steps = append(t.result.Steps, tourStep{s.name, picture, time.Since(start).Milliseconds()})
		if err := t.window.Picture(filepath.Join(t.out, picture)); err != nil {
			return err
		}
	}
	return t.write()
}

// prepare makes everything anew: the mutual with its server, and a member's vault.
func (t *tour) prepare() error {
	for _, old := range []string{"mutua", "vault", "ricevute"} {
		if err := os.RemoveAll(filepath.Join(t.out, old)); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(t.out, 0o755); err != nil {
		return err
	}
	var err error
	if t.mutual, err = startMutual(filepath.Join(t.out, "mutua")); err != nil {
		return err
	}
	t.result.Server = t.mutual.data
	ctx, cancel := context.WithTimeout(context.Background(), activateTime)
	defer cancel()
	if _, err = activate(ctx, t.vault(), t.mutual.profile, t.mutual.user, t.mutual.password); err != nil {
		t.mutual.stop()
	}
	return err
}

func (t *tour) vault() string { return filepath.Join(t.out, "vault") }

// open puts the real window before the driver.
func (t *tour) open() error {
	t.cable = newLine(engine.NewTransport(t.mutual.profile))
	h, err := openHouse(t.vault(), t.cable)
	if err != nil {
		return err
	}
	t.house = h
	services := windowServices(h, t.vault(), nil)
	services.LoadSettings, services.SaveSettings = func() settingsOf { return settings.Default }, func(settingsOf) {}
	a := drive.NewApp()
	shell := desktop.New(a, services)
	shell.Window().Resize(fyne.NewSize(tourWidth, tourHeight))
	t.window = a.Attach(shell.Window(), shell.Drop)
	return nil
}

// write takes the claim as it stands in the vault and writes tour.json.
func (t *tour) write() error {
	rows, err := t.house.desk.List(context.Background())
	if err != nil || len(rows) != 1 || rows[0].Delivery == nil {
		return fmt.Errorf("%d claims, %w", len(rows), err)
	}
	c := rows[0]
	t.result.Claim, t.result.Mutual, t.result.Number = string(c.Claim.ID), c.Claim.Mutual.State, c.Delivery.Protocol
	t.result.State = words.T("state." + string(c.Delivery.Status))
	t.result.Signed = c.Delivery.Receipt
	if t.result.Receipt, err = seal.VerifyReceipt(t.mutual.profile.SignKey, c.Delivery.Receipt); err == nil {
		t.result.Verified = t.result.Receipt.Subject == t.result.Claim && t.result.Receipt.Revision == c.Claim.Revision
	}
	text, err := json.MarshalIndent(t.result, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(t.out, "tour.json"), append(text, '\n'), 0o644)
}
