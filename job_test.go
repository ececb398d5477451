package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/document/worker"
	"github.com/sodale/sodale/storage"
	"github.com/sodale/sodale/sync/engine"
	"github.com/sodale/sodale/sync/seal"
)

// The tests' own program does what sodale does when it is started with a hidden verb.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case verbPreview:
			os.Exit(worker.Main())
		case storage.CheckVerb:
			os.Exit(storage.RunCheck(os.Args[2:]))
		case verbSelf:
			os.Exit(run(os.Args[2:], os.Stdin, os.Stdout, os.Stderr))
		}
	}
	os.Exit(m.Run())
}

// buildMutuad puts the real server on the PATH.
func buildMutuad(t *testing.T) {
	t.Helper()
	bin := t.TempDir()
	build := exec.Command("go", "build", "-o", filepath.Join(bin, "mutuad"), "./sync/mutuad")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// startTestMutual fills a mutual with the demo data and serves it on loopback.
func startTestMutual(t *testing.T) *localMutual {
	t.Helper()
	buildMutuad(t)
	m, err := startMutual(filepath.Join(t.TempDir(), "mutual"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.stop)
	return m
}

// settle waits until the claim is in the state, woken by the vault's changes.
func settle(t *testing.T, h *house, id claim.ID, want claim.State) claim.Summary {
	t.Helper()
	deadline := time.After(30 * time.Second)
	for tick := time.NewTicker(10 * time.Millisecond); ; {
		s, err := h.desk.Open(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		if s.State == want {
			tick.Stop()
			return s
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("the claim is %s, not %s", s.State, want)
		}
	}
}

func TestAClaimDraftedWithNoNetworkReachesTheMutualOnce(t *testing.T) {
	ctx := context.Background()
	m := startTestMutual(t)
	dir := filepath.Join(t.TempDir(), "vault")
	code, err := activate(ctx, dir, m.profile, m.user, m.password)
	if err != nil || code == "" {
		t.Fatalf("recovery code %q, %v", code, err)
	}
	cable := newLine(engine.NewTransport(m.profile))
	h, err := openHouse(dir, cable)
	if err != nil {
		t.Fatal(err)
	}
	defer h.close()
	if err := h.Unlock(ctx, []byte(m.password)); err != nil {
		t.Fatal(err)
	}
	if h.Greeting() != "Elena" {
		t.Errorf("greeting %q", h.Greeting())
	}
	cable.cut()
	receipts := [][]byte{sample.Ticket().ScanPDF(), sample.Analyses().TIFF()}
	id := draftWith(t, h, receipts)
	if _, err := h.desk.Finalise(ctx, id); err != nil {
		t.Fatal(err)
	}
	settle(t, h, id, claim.Queued)
	cable.mend()
	h.line().Poke()
	s := settle(t, h, id, claim.Registered)
	if r, err := seal.VerifyReceipt(m.profile.SignKey, s.Delivery.Receipt); err != nil || r.Subject != string(id) || r.Protocol != s.Claim.Mutual.Number {
		t.Errorf("receipt %+v, %v; claim %+v", r, err, s.Claim.Mutual)
	}
	compareAtMutual(t, m, id, receipts)
}

// draftWith makes a complete draft with the files in one document.
func draftWith(t *testing.T, h *house, files [][]byte) claim.ID {
	t.Helper()
	ctx := context.Background()
	c, err := h.desk.New(ctx)
	if err != nil {
		t.Fatal(err)
	}
	doc := &c.Documents[0]
	doc.Service, doc.Amount, doc.Number, doc.Province, doc.Provider = claim.Visit, 3615, "2026/004817", "MI", "Ospedale San Rocco"
	doc.IssuedOn = civil.Of(time.Now()).AddDays(-7)
	for _, data := range files {
		a, err := h.desk.Attach(ctx, "ricevuta", data)
		if err != nil {
			t.Fatal(err)
		}
		doc.Attachments = append(doc.Attachments, a)
	}
	if c, err = h.desk.Save(ctx, c); err != nil {
		t.Fatal(err)
	}
	return c.ID
}

// atMutual is one claim as `mutuad claim list --json` tells it.
type atMutual struct {
	ID          string
	State       string
	Attachments []struct{ Plain string }
}

// compareAtMutual has the mutual list its claims and wants exactly one, with exactly these files.
func compareAtMutual(t *testing.T, m *localMutual, id claim.ID, files [][]byte) {
	t.Helper()
	var listed []atMutual
	if err := m.ask(&listed, "claim", "list"); err != nil {
		t.Fatal(err)
	}
	if len(listed) != 1 || listed[0].ID != string(id) || len(listed[0].Attachments) != len(files) {
		t.Fatalf("the mutual lists %+v", listed)
	}
	for i, a := range listed[0].Attachments {
		if sum := sha256.Sum256(files[i]); a.Plain != hex.EncodeToString(sum[:]) {
			t.Errorf("file %d arrived as %s", i, a.Plain)
		}
	}
	out := t.TempDir()
	if text, err := exec.Command(m.program, "claim", "export", out, "--data", m.data).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	for i, want := range files {
		if !holdsFile(t, out, want) {
			t.Errorf("file %d is not among the exported ones", i)
		}
	}
}

func holdsFile(t *testing.T, dir string, want []byte) (found bool) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			data, err := os.ReadFile(path)
			found = found || err == nil && bytes.Equal(data, want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
