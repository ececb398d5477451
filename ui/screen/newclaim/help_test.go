package newclaim_test

import (
	"errors"
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/drive"
	"github.com/sodale/sodale/ui/gallery"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

func TestThePanelAddsTheMissingPrescription(t *testing.T) { // CLM-30, CLM-36
	m := atDocuments(t)
	m.fillTicket()
	m.WillChoose("ricetta-cardiologo.tif")
	m.press("newclaim.prescription.add")
	m.stored("the prescription", func(c claim.Claim) bool {
		return len(c.Attachments()) == 2 && c.Attachments()[1].Role == claim.Prescription
	})
	if m.Sees(words.T("newclaim.prescription.add")) {
		t.Fatal("it is still missing")
	}
}

func TestWhatWasReadFillsEmptyFieldsAndIsNotSentUnseen(t *testing.T) { // CLM-49
	m := atDocuments(t)
	m.Said("ricevuta-ticket.pdf", gallery.TicketPaper())
	m.fill("number", "77")
	m.ok(m.DropNames("ricevuta-ticket.pdf"))
	m.see("newclaim.read.verify")
	c := m.stored("what was read", func(c claim.Claim) bool { return c.Documents[0].Amount == 3615 })
	d := c.Documents[0]
	if d.Number != "77" || d.Provider != "Ospedale San Rocco" || d.Province != "MI" || d.ProviderVAT != "01234567897" || slices.Contains(d.Proposed, "number") ||
		d.Attachments[0].Paper == nil || d.Attachments[0].Paper.Number != "2026/004817" {
		t.Fatalf("read: %+v", d)
	}
	m.pick("service", "Visite specialistiche")
	m.press("newclaim.continue")
	m.seeText(words.T("newclaim.problem.claim.unseen", "Field", field("amount")))
	m.press("newclaim.read.checked")
	m.stored("all was looked at", func(c claim.Claim) bool { return len(c.Documents[0].Proposed) == 0 })
	m.press("newclaim.continue")
	m.see("newclaim.review.title")
}

func TestReadingLeavesTheFieldAloneThatIsTypedInto(t *testing.T) { // CLM-49
	m := atDocuments(t)
	release := m.HoldReading()
	m.Said("ricevuta-ticket.pdf", gallery.TicketPaper())
	m.ok(m.DropNames("ricevuta-ticket.pdf"))
	m.see("newclaim.reading")
	m.Find("amount").Focus()
	m.ok(m.Type("40,1"))
	release()
	m.see("newclaim.read.verify")
	m.ok(m.Type("5"))
	c := m.stored("the amount as it was typed", func(c claim.Claim) bool { return c.Documents[0].Amount == 4015 })
	if d := c.Documents[0]; slices.Contains(d.Proposed, claim.FieldAmount) || d.Number != "2026/004817" {
		t.Fatalf("read over what was typed: %+v", d)
	}
}

func TestReadingCanBeStopped(t *testing.T) {
	m := atDocuments(t)
	defer m.HoldReading()()
	m.Said("ricevuta-ticket.pdf", gallery.TicketPaper())
	m.ok(m.DropNames("ricevuta-ticket.pdf"))
	m.see("newclaim.reading")
	m.press("newclaim.read.stop")
	if m.Sees(words.T("newclaim.reading")) || m.Sees(words.T("newclaim.read.verify")) {
		t.Fatalf("seen: %v", m.Words())
	}
}

func TestAFieldThatWasLeftCountsAsLookedAt(t *testing.T) { // CLM-49
	m := atDocuments(t)
	m.Said("ricevuta-ticket.pdf", gallery.TicketPaper())
	m.ok(m.DropNames("ricevuta-ticket.pdf"))
	m.see("newclaim.read.verify")
	m.Find("number").Focus()
	m.Key(fyne.KeyTab)
	m.stored("the number was seen", func(c claim.Claim) bool {
		p := c.Documents[0].Proposed
		return len(p) > 0 && !slices.Contains(p, claim.FieldNumber) && slices.Contains(p, claim.FieldAmount)
	})
}

func TestAFileThatWasSentBeforeWaitsForItsOwnersWord(t *testing.T) { // CLM-49
	m := sit(t, settings.Default)
	m.ClaimedBefore("ricevuta-ticket.pdf")
	m.start()
	m.press("newclaim.continue")
	m.ok(m.DropNames("ricevuta-ticket.pdf"))
	m.seeText("nella 26-004471")
	if m.Sees(words.T("kit.file.remove", "Name", "ricevuta-ticket.pdf")) {
		t.Fatal("it came in unasked")
	}
	m.press("newclaim.double.add")
	m.stored("the file", func(c claim.Claim) bool { return c.Revision > 0 || len(c.Attachments()) == 1 })
	if m.Sees("nella 26-004471") {
		t.Fatal("it is still asked")
	}
}

func TestTheSameExpenseIsSaidAndShown(t *testing.T) { // CLM-49
	m := sit(t, settings.Default)
	before := m.ClaimedBefore("ricevuta-esami.pdf")
	m.start()
	m.press("newclaim.continue")
	c, err := m.Vault.Claim(t.Context(), before)
	m.ok(err)
	m.ok(m.DropNames("ricevuta-ticket.pdf"))
	m.seeText("ricevuta-ticket.pdf")
	m.fill("amount", "36,15")
	m.fill("number", "2026/004817")
	m.fill("issuedOn", c.Documents[0].IssuedOn.Italian())
	m.fill("provider", "Ospedale San Rocco")
	m.seeText(words.T("newclaim.double.same-paper", "Number", "26-004471"))
	m.press("newclaim.double.see")
	m.ok(m.Await("the other claim", gallery.Patience, func() bool { return m.Sees("26-004471") && m.Shell.Page().Title() != words.T("newclaim.title") }))
}

func TestChangesAreTakenBackAndDoneAgainByKey(t *testing.T) {
	m := atDocuments(t)
	m.fill("provider", "Studio Verdi")
	m.pick("province", "Roma")
	m.ok(m.DropNames("ricevuta-ticket.pdf"))
	m.seeText("ricevuta-ticket.pdf")
	m.Shortcut(fyne.KeyZ, ctrl)
	m.stored("no file", func(c claim.Claim) bool { return len(c.Attachments()) == 0 })
	m.Shortcut(fyne.KeyZ, ctrl)
	m.stored("no province", func(c claim.Claim) bool {
		return c.Documents[0].Province == "" && c.Documents[0].Provider == "Studio Verdi"
	})
	m.Find("provider").Focus()
	m.Shortcut(fyne.KeyZ, ctrl)
	m.stored("one word less", func(c claim.Claim) bool { return c.Documents[0].Provider == "Studio " })
	m.Shortcut(fyne.KeyY, ctrl)
	m.Shortcut(fyne.KeyZ, ctrl|fyne.KeyModifierShift)
	m.press("newclaim.redo")
	m.stored("all of it again", func(c claim.Claim) bool {
		return len(c.Attachments()) == 1 && c.Documents[0].Province == "RM" && c.Documents[0].Provider == "Studio Verdi"
	})
	if err := m.Press(words.T("newclaim.redo")); !errors.Is(err, drive.ErrDisabled) {
		t.Fatalf("there is more to do again: %v", err)
	}
}

func TestADraftReopensInTheFieldThatWasTypedInto(t *testing.T) { // CLM-22
	m := atDocuments(t)
	m.fill("provider", "Ospedale")
	m.fill("number", "20")
	c := m.stored("the field", func(c claim.Claim) bool { return c.Documents[0].Number == "20" })
	m.press("newclaim.close.saved")
	m.Shell.Go(desktop.Place{Screen: desktop.NewClaim, ID: string(c.ID)})
	m.see("newclaim.drop.title")
	m.Key(fyne.KeyEnd)
	m.ok(m.Type("26"))
	m.stored("what was typed on", func(c claim.Claim) bool { return c.Documents[0].Number == "2026" })
}

func TestPapersComeFromTheClipboardTheScannerAndItsFolder(t *testing.T) { // CLM-13
	m := atDocuments(t)
	m.Shell.Window().Canvas().Unfocus()
	m.Shortcut(fyne.KeyV, ctrl)
	m.see("error.intake.no-picture")
	m.Copied = "ricevuta-ticket.pdf"
	m.Shortcut(fyne.KeyV, ctrl)
	m.stored("what was copied", func(c claim.Claim) bool { return len(c.Attachments()) == 1 })
	m.Scanned = []string{"ricevuta-esami.pdf"}
	m.press("newclaim.ways.open")
	m.press("newclaim.way.scan")
	m.stored("what was scanned", func(c claim.Claim) bool { return len(c.Attachments()) == 2 })
	m.Scanned = []string{"cartella.pdf"}
	m.press("newclaim.ways.open")
	m.press("newclaim.way.watch")
	m.stored("what the scanner saved", func(c claim.Claim) bool { return len(c.Attachments()) == 3 })
	m.see("newclaim.way.watch.now")
	m.press("newclaim.way.stop")
	if m.Sees(words.T("newclaim.way.watch.now")) {
		t.Fatal("the folder is still watched")
	}
}

func TestWhatWaitsHasAReminderAndWhatIsJoinedSaysSo(t *testing.T) { // CLM-22, CLM-24, MSG-10
	w := gallery.NewWorld(settings.Default)
	t.Cleanup(w.Close)
	m := &member{w, t}
	m.FillVault()
	m.ok(m.Unlock())
	m.start()
	m.press("newclaim.continue")
	m.fillTicket()
	m.press("newclaim.continue")
	m.press("newclaim.send")
	m.see("newclaim.sent.queued")
	m.seeText("26-004471")
	m.press("newclaim.paper.remind")
	m.ok(m.Await("the reminder", gallery.Patience, func() bool { return slices.Contains(m.Printed, "promemoria.pdf") }))
}

func TestNothingOfTheFoldedPartsIsCutAtTwiceTheSize(t *testing.T) { // UX 8
	s := settings.Default
	s.Text, s.Look = 200, theme.Light
	m := sit(t, s)
	m.Resize(1024, 700)
	m.ClaimedBefore("ricevuta-esami.pdf")
	m.Said("ricevuta-ticket.pdf", gallery.TicketPaper())
	m.start()
	m.press("newclaim.continue")
	m.ok(m.DropNames("ricevuta-ticket.pdf", "ricevuta-esami.pdf", "foto.jpg"))
	m.see("newclaim.read.verify")
	m.seeText("pesa 3,4 MB")
	m.uncut("what was read, refused and sent before")
	m.pick("service", "Visite specialistiche")
	m.pick("cover", words.T("newclaim.cover.paid"))
	m.press("newclaim.foreign")
	m.uncut("more details")
	m.Shell.NewGrant()
	m.see("newclaim.hint.region")
	m.uncut("the region of a grant")
}

func TestAGrantWithoutARegionGoesOnOnlyOnceItHasOne(t *testing.T) { // STU-04
	m := sit(t, settings.Default)
	m.start()
	m.Shell.NewGrant()
	m.see("newclaim.hint.region")
	m.press("newclaim.continue")
	wrong := words.T("error.claim.region-missing")
	m.seeText(wrong)
	m.ok(m.Type("lom")) // the keyboard is in the field that lacks something
	m.ok(m.Await("no error", gallery.Patience, func() bool { return m.Sees("Lombardia") && !m.Sees(wrong) }))
	m.press("newclaim.continue")
	m.see("newclaim.drop.school")
}
