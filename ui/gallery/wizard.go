package gallery

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/intake"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/reading"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/screen/queue"
)

// readPaper says what Papers says of the file with those bytes.
func (w *World) readPaper(ctx context.Context, data []byte, _ []member.Person) (reading.Paper, error) {
	w.mu.Lock()
	gate := w.readGate
	w.mu.Unlock()
	if gate != nil {
		select {
		case <-gate:
		case <-ctx.Done():
			return reading.Paper{}, ctx.Err()
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for name, paper := range w.Papers {
		if bytes.Equal(w.files[name], data) {
			return paper, nil
		}
	}
	return reading.Paper{Source: reading.Text}, nil
}

// HoldReading makes every reading wait until release is called.
func (w *World) HoldReading() (release func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	gate := make(chan struct{})
	w.readGate = gate
	return func() { close(gate) }
}

// Said lets a file say something.
func (w *World) Said(name string, paper reading.Paper) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.Papers == nil {
		w.Papers = map[string]reading.Paper{}
	}
	w.Papers[name] = paper
}

// TicketPaper is what stands on ricevuta-ticket.pdf.
func TicketPaper() reading.Paper {
	return reading.Paper{Type: reading.Receipt, Number: "2026/004817", IssuedOn: day(2026, 11, 9), Total: 3615, Provider: "Ospedale San Rocco",
		VAT: "01234567897", Province: "MI", Person: elena, Source: reading.Text}
}

// ClaimedBefore puts a claim into the vault that has a file of the member's disk.
func (w *World) ClaimedBefore(name string) claim.ID {
	sum := sha256.Sum256(w.files[name])
	c := made("c-before", elena, claim.Visit, 3615, "Ospedale San Rocco", "2026/004817", 20)
	c.Documents[0].ProviderVAT = "01234567897"
	c.Documents[0].Attachments[0].Plain = hex.EncodeToString(sum[:])
	p := sent(c, submission.Delivered, stands(claim.Paid, "26-004471", nil))
	w.Vault.Put(p.claim, p.delivery)
	return c.ID
}

// intake is a clipboard, a scanner and a folder of the member's disk.
func (w *World) intake() desktop.Intake {
	bring := func(found func(string, []byte), names ...string) error {
		for _, name := range names {
			data, err := w.readFile(name)
			if err != nil {
				return err
			}
			found(name, data)
		}
		return nil
	}
	return desktop.Intake{
		Paste: func(_ context.Context, found func(string, []byte)) error {
			if w.Copied == "" {
				return fault.New(intake.CodeNoPicture, "gallery.paste", "")
			}
			return bring(found, w.Copied)
		},
		Scan: func(_ context.Context, found func(string, []byte)) error { return bring(found, w.Scanned...) },
		Watch: func(ctx context.Context, _ fyne.Window, found func(string, []byte)) error {
			err := bring(found, w.Scanned...)
			<-ctx.Done()
			return err
		}}
}

// courier is a stick.
func (w *World) courier() *desktop.Courier {
	return &desktop.Courier{ChooseFolder: func(_ fyne.Window, chosen func(string)) { chosen("chiavetta") },
		Take:  func(context.Context, string) (int, error) { return w.Carried, w.CarryErr },
		Bring: func(context.Context, string) (queue.Brought, error) { return w.Brought, w.CarryErr }}
}
