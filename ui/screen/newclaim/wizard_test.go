package newclaim_test

import (
	"context"
	"errors"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/desktop"
	"github.com/sodale/sodale/ui/drive"
	"github.com/sodale/sodale/ui/gallery"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/theme"
	"github.com/sodale/sodale/ui/words"
)

const ctrl = fyne.KeyModifierShortcutDefault

func TestTheWholeClaimByKeyboardAlone(t *testing.T) { // UX 7; CLM-09 to CLM-13, CLM-17, CLM-18
	m := sit(t, settings.Default)
	m.WillChoose("ricevuta-ticket.pdf")
	m.Shortcut(fyne.KeyN, ctrl)
	m.Key(fyne.KeyReturn) // a refund is the first of what can be asked for
	m.see("newclaim.basics.title")
	m.see("newclaim.basics.text")
	m.Shortcut(fyne.KeyReturn, ctrl)
	m.see("newclaim.drop.title")
	m.Shortcut(fyne.KeyO, ctrl)
	m.seeText("ricevuta-ticket.pdf")
	m.ok(m.Await("the preview to rest", gallery.Patience, m.Previewer.Idle))
	m.Find("type").Focus()
	tab := func(n int) {
		for range n {
			m.Key(fyne.KeyTab)
		}
	}
	tab(2) // service
	m.Key(fyne.KeyDown)
	tab(1)
	m.ok(m.Type("36,15"))
	tab(2) // past how it was paid
	m.ok(m.Type("2026/004817"))
	tab(1)
	m.ok(m.Type("09112026"))
	tab(2) // past the calendar
	m.ok(m.Type("mila"))
	tab(1)
	m.ok(m.Type("Ospedale San Rocco"))
	m.see("newclaim.missing.none")
	m.Shortcut(fyne.KeyReturn, ctrl)
	m.see("newclaim.review.title")
	m.Shortcut(fyne.KeyReturn, ctrl)
	m.see("newclaim.sent.queued")
	c := m.stored("the frozen claim", func(c claim.Claim) bool { return c.Revision == 1 })
	d := c.Documents[0]
	if d.Service != claim.Exams || d.Benefit != "" || d.Amount != 3615 || d.Number != "2026/004817" || d.IssuedOn.Italian() != "09/11/2026" || d.Province != "MI" ||
		d.Provider != "Ospedale San Rocco" || len(d.Attachments) != 1 || d.Person != c.Holder {
		t.Fatalf("sent %+v", d)
	}
}

func TestTheKeyboardIsAtTheStartOfEachStepAndStaysWhereItIsWhileFilesComeIn(t *testing.T) { // UX 7
	m := sit(t, settings.Default)
	keyboard := func() fyne.Focusable { return m.Shell.Window().Canvas().Focused() }
	at := func(what string) {
		t.Helper()
		m.ok(m.Await("the keyboard at the start of "+what, gallery.Patience, func() bool { return keyboard() != nil }))
	}
	m.start()
	at("the first step")
	m.Shortcut(fyne.KeyReturn, ctrl)
	at("the second step")
	m.fillTicket()
	m.Find("number").Focus()
	field := keyboard()
	m.ok(m.DropNames("ricetta-cardiologo.tif"))
	m.seeText("ricetta-cardiologo.tif")
	m.ok(m.Await("the preview to rest", gallery.Patience, m.Previewer.Idle))
	if keyboard() != field {
		t.Fatalf("the keyboard went to %T", keyboard())
	}
	m.ok(m.Type("/bis"))
	m.stored("what was typed behind the number", func(c claim.Claim) bool { return c.Documents[0].Number == "2026/004817/bis" })
	m.Shortcut(fyne.KeyReturn, ctrl)
	m.see("newclaim.review.title")
	at("the third step")
}

func TestAFailedCommitNeverSaysSavedAndNothingIsLost(t *testing.T) { // CLM-22
	m := atDocuments(t)
	m.saidSaved(true)
	m.Vault.FailSaves(fault.New(identity.CodeDiskFull, "disk", ""))
	m.fill("number", "2026/004817")
	m.see("newclaim.unsaved")
	m.seeText("Il disco è pieno: libera 50 MB.")
	m.saidSaved(false)
	m.Vault.FailSaves(nil)
	m.stored("the number", func(c claim.Claim) bool { return c.Documents[0].Number == "2026/004817" })
	m.ok(m.Await("saved again", gallery.Patience, func() bool { return m.Sees(savedWords()) }))
}

func TestTwoDroppedFilesJoinTheOpenDocument(t *testing.T) { // CLM-06, CLM-13
	m := atDocuments(t)
	m.ok(m.DropNames("ricevuta-ticket.pdf", "ricetta-cardiologo.tif"))
	m.seeText("ricetta-cardiologo.tif")
	c := m.stored("both files", func(c claim.Claim) bool { return len(c.Attachments()) == 2 })
	for i, want := range []struct {
		name string
		kind document.Kind
	}{{"ricevuta-ticket.pdf", document.PDF}, {"ricetta-cardiologo.tif", document.TIFF}} {
		if a := c.Attachments()[i]; a.Name != want.name || a.Kind != want.kind || a.Pages != 1 {
			t.Errorf("file %d is %+v", i, a)
		}
	}
	m.seeText(words.T("kit.page.count", "Page", 1, "Pages", 1))
}

func TestARefusedFileSaysWhyAtItsPlaceAndTheOthersComeIn(t *testing.T) {
	for name, want := range map[string]string{
		"foto.jpg":      "pesa 3,4 MB, il massimo è 2", // CLM-05
		"appunti.docx":  "non è PDF, JPG o TIF",        // CLM-04
		"schermata.pdf": "è un’immagine PNG",           // CLM-04: by content, not by name
		"vuoto.pdf":     "è vuoto",                     // CLM-14
		"protetto.pdf":  "ha una password",             // CLM-14
		"sparito.pdf":   "non c’è più",                 // a stick that was pulled out
	} {
		t.Run(name, func(t *testing.T) {
			m := atDocuments(t)
			m.ok(m.DropNames(name, "ricevuta-ticket.pdf"))
			m.seeText(want)
			m.seeText("«" + name + "»")
			m.uncut("after a refusal")
			c := m.stored("the good file", func(c claim.Claim) bool { return len(c.Attachments()) == 1 })
			if c.Attachments()[0].Name != "ricevuta-ticket.pdf" {
				t.Fatalf("came in: %+v", c.Attachments())
			}
		})
	}
}

func TestAFullDiskSaysThatTheDraftIsSafe(t *testing.T) {
	m := atDocuments(t)
	m.Vault.FailBlobs(fault.New(identity.CodeDiskFull, "disk", ""))
	m.ok(m.DropNames("ricevuta-ticket.pdf"))
	m.seeText("Il disco è pieno. La bozza è salva")
}

func TestARemovedFileAndARemovedDocumentComeBackWithUndo(t *testing.T) { // CLM-16
	m := atDocuments(t)
	m.ok(m.DropNames("ricevuta-ticket.pdf"))
	m.stored("the file", func(c claim.Claim) bool { return len(c.Attachments()) == 1 })
	m.seeText("ricevuta-ticket.pdf")
	m.ok(m.Press(words.T("kit.file.remove", "Name", "ricevuta-ticket.pdf")))
	m.stored("no file", func(c claim.Claim) bool { return len(c.Attachments()) == 0 })
	m.press("kit.undo")
	m.stored("the file again", func(c claim.Claim) bool { return len(c.Attachments()) == 1 })

	m.press("newclaim.document.more")
	m.fill("number", "77")
	m.stored("two documents", func(c claim.Claim) bool { return len(c.Documents) == 2 && c.Documents[1].Number == "77" })
	m.press("newclaim.document.remove")
	m.stored("one document", func(c claim.Claim) bool { return len(c.Documents) == 1 })
	m.press("kit.undo")
	m.stored("two documents again", func(c claim.Claim) bool { return len(c.Documents) == 2 && c.Documents[1].Number == "77" })
}

func TestContinuaListsWhatIsMissingAndEachLineLeadsToItsField(t *testing.T) { // CLM-03, CLM-14
	m := atDocuments(t)
	m.press("newclaim.continue")
	m.seeText(words.N("kit.problems", 7))
	m.press("newclaim.problem.claim.amount-missing")
	m.ok(m.Type("12,50"))
	m.stored("the amount", func(c claim.Claim) bool { return c.Documents[0].Amount == 1250 })
	m.seeText(words.N("kit.problems", 6))
}

func TestTheIBANIsCheckedAtItsField(t *testing.T) { // CLM-07, CLM-08
	m := sit(t, settings.Default)
	m.start()
	m.seeText("IT56 N054 2801 6020 0000 0417 435")
	m.press("newclaim.iban.own")
	m.ok(m.Fill(words.T("newclaim.iban.label"), "IT60X0542811101000000123457"))
	m.see("error.iban.check-digits")
	m.press("newclaim.continue")
	m.see("newclaim.basics.title")
	m.ok(m.Fill(words.T("newclaim.iban.label"), "IT60X0542811101000000123456"))
	m.press("newclaim.continue")
	m.see("newclaim.drop.title")
	m.stored("the claim's own IBAN", func(c claim.Claim) bool { return c.IBAN == "IT60X0542811101000000123456" })
}

func TestAnOperationIsChosenInTheFirstStep(t *testing.T) { // CLM-09
	m := sit(t, settings.Default)
	m.start()
	m.ok(m.Choose(words.T("newclaim.procedure"), words.T("newclaim.procedure.surgery")))
	m.stored("the operation", func(c claim.Claim) bool { return c.Procedure == claim.Surgery })
}

func TestACertificateNeedsNeitherNumberNorAmount(t *testing.T) { // CLM-10, CLM-12
	m := atDocuments(t)
	m.fillTicket()
	m.fill("number", "")
	m.fill("amount", "")
	m.see("newclaim.problem.claim.number-missing")
	m.see("newclaim.problem.claim.amount-missing")
	m.pick("type", words.T("claims.type.certificate"))
	m.pick("person", "Paolo")
	m.see("newclaim.missing.none")
	m.stored("Paolo's certificate", func(c claim.Claim) bool {
		return c.Documents[0].Type == claim.Certificate && c.Documents[0].Person != c.Holder
	})
}

func TestAStayAsksForItsDaysInsteadOfAnAmount(t *testing.T) { // CLM-31
	m := atDocuments(t)
	m.pick("service", "Ricovero ospedaliero")
	m.fill("admitted", "02/11/2026")
	m.fill("discharged", "01/11/2026")
	m.see("newclaim.problem.claim.discharge-before")
	if m.Sees(field("amount")) {
		t.Fatal("a stay asks for an amount")
	}
}

func TestTheNextDocumentHasItsOwnFormAndTheFirstStaysOnTop(t *testing.T) { // CLM-15
	m := atDocuments(t)
	m.fillTicket()
	m.press("newclaim.document.more")
	m.seeText("1 · Visita, Elena")
	m.seeText("2 · Nuovo, Elena")
	if m.Sees("2026/004817") || m.Sees("ricevuta-ticket.pdf") {
		t.Fatalf("the new form is not empty: %v", m.Words())
	}
	m.ok(m.Press("1 · Visita, Elena"))
	m.seeText("2026/004817")
}

func TestTheSummaryShowsEverythingAndLeadsBack(t *testing.T) { // CLM-18
	m := atDocuments(t)
	m.fillTicket()
	m.press("newclaim.continue")
	for _, text := range []string{"Visita specialistica", "Elena · Ospedale San Rocco", "Ricevuta 2026/004817 del 9 novembre 2026", "ricevuta-ticket.pdf",
		"36,15", "IT56 N054 2801 6020 0000 0417 435", words.T("newclaim.after")} {
		m.seeText(text)
	}
	m.Key(fyne.KeyEscape)
	m.see("newclaim.drop.more")
	m.press("newclaim.continue")
	m.press("newclaim.review.edit")
	m.see("newclaim.drop.more")
}

func TestADraftReopensAtItsLastStepWithEverythingTyped(t *testing.T) { // CLM-22
	m := atDocuments(t)
	m.fill("number", "2026/00")
	m.fill("amount", "36,1x")
	m.press("newclaim.close.saved")
	c := m.stored("the draft", func(c claim.Claim) bool { return c.Documents[0].AmountText == "36,1x" && c.Step == 2 })
	m.Shell.Go(desktop.Place{Screen: desktop.NewClaim, ID: string(c.ID)})
	m.see("newclaim.drop.title")
	m.seeText("36,1x")
	m.seeText("2026/00")
}

func TestADraftThatWasNeverTouchedLeavesNothingBehind(t *testing.T) {
	m := atDocuments(t)
	m.press("newclaim.close.saved")
	m.ok(m.Await("an empty list", gallery.Patience, func() bool {
		all, err := m.Vault.Claims(context.Background())
		return err == nil && len(all) == 0
	}))
}

func TestSendingWorksOfflineAndTheReceiptComesByItself(t *testing.T) { // CLM-21, CLM-22
	m := atDocuments(t)
	m.Line(submission.Link{Waiting: 1})
	m.fillTicket()
	m.press("newclaim.continue")
	m.seeText("Adesso non c’è rete.")
	m.press("newclaim.send")
	m.see("newclaim.sent.queued")
	c := m.stored("the frozen claim", func(c claim.Claim) bool { return c.Revision == 1 && !c.Open })
	m.Vault.Move(c.ID, func(d *submission.Delivery) { d.Status = submission.Unconfirmed })
	m.see("newclaim.sent.unconfirmed")
	m.Deliver(c.ID)
	m.see("newclaim.receipt")
	m.seeText("26-004488")
}

func TestAFailedSendSaysThatTheDraftIsSafe(t *testing.T) { // CLM-19
	m := atDocuments(t)
	m.fillTicket()
	m.press("newclaim.continue")
	m.see("newclaim.review.title")
	m.Vault.FailSaves(fault.New(identity.CodeDiskFull, "disk", ""))
	m.press("newclaim.send")
	m.see("newclaim.send.failed")
	m.Vault.FailSaves(nil)
	m.press("newclaim.send")
	m.see("newclaim.sent.queued")
}

func TestAnOpenUnpaidPraticaIsSaid(t *testing.T) { // CLM-24
	w := gallery.NewWorld(settings.Default)
	t.Cleanup(w.Close)
	m := &member{w, t}
	m.FillVault()
	m.ok(m.Unlock())
	m.start()
	m.seeText("si uniranno alla 26-004471")
}

func TestThePreviewLeafsZoomsAndSaysWhyThereIsNoPicture(t *testing.T) {
	m := atDocuments(t)
	m.ok(m.DropNames("cartella.pdf"))
	m.seeText(words.T("kit.page.count", "Page", 1, "Pages", 3))
	m.press("kit.page.after")
	m.seeText(words.T("kit.page.count", "Page", 2, "Pages", 3))
	for range 9 {
		m.press("kit.page.larger")
	}
	m.seeText("400\u00a0%")
	m.press("kit.page.fit")
	m.seeText("100\u00a0%")
	m.Previewer.Refuse(document.CodeTimeout)
	m.press("kit.page.right")
	m.ok(m.Await("tools at rest", gallery.Patience, func() bool {
		return errors.Is(m.Press(words.T("kit.page.right")), drive.ErrDisabled)
	}))
	m.see("error.document.timeout")
}

func TestNothingIsCutAtTwiceTheSizeInASmallWindow(t *testing.T) { // UX 8
	s := settings.Default
	s.Text, s.Look = 200, theme.Light
	m := sit(t, s)
	m.Resize(1024, 700)
	m.start()
	m.uncut("step 1")
	m.press("newclaim.continue")
	m.see("newclaim.drop.title")
	m.uncut("step 2, empty")
	m.press("newclaim.continue")
	m.uncut("step 2, problems")
	m.fillTicket()
	m.uncut("step 2, filled")
	m.press("newclaim.continue")
	m.see("newclaim.review.title")
	m.uncut("step 3")
	m.press("newclaim.send")
	m.see("newclaim.sent.queued")
	m.uncut("sent")
}
