package newclaim_test

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/ui/gallery"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/words"
)

func TestEachTypeOfDocumentAsksForItsOwnFields(t *testing.T) { // CLM-02, CLM-10, CLM-11, CLM-31
	m := atDocuments(t)
	for _, c := range []struct {
		kind        string
		asks, leave []string
	}{
		{"receipt", []string{"service", "amount", "number", "issuedOn", "province", "provider"}, nil},
		{"invoice", []string{"service", "amount", "number"}, nil},
		{"certificate", []string{"service", "amount"}, nil},
		{"clinical-record", []string{"service", "number"}, []string{"amount"}},
		{"hospital-certificate", []string{"service", "provider"}, []string{"amount"}},
		{"employer-certificate", []string{"person", "provider"}, []string{"amount", "service"}},
		{"birth-certificate", []string{"person", "province"}, []string{"amount", "service"}},
	} {
		m.pick("type", words.T("claims.type."+c.kind))
		for _, f := range c.asks {
			m.seeText(field(f))
		}
		for _, f := range c.leave {
			if m.Sees(field(f)) {
				t.Errorf("%s asks for %s", c.kind, f)
			}
		}
	}
}

func TestOnlyWhatTheMutualOffersIsAskedFor(t *testing.T) { // CLM-39; Eticare, art. 15
	m := atDocuments(t)
	m.press("newclaim.more")
	m.see("newclaim.foreign")
	m.seeText(field("cover"))
	n := sit(t, settings.Default)
	n.UseRules("insieme")
	n.start()
	n.press("newclaim.continue")
	n.press("newclaim.more")
	n.seeText(field("notes"))
	if n.Sees(words.T("newclaim.foreign")) || n.Sees(field("cover")) {
		t.Fatalf("seen: %v", n.Words())
	}
}

func TestAnExpenseAbroadHasItsCurrencyAndNoProvince(t *testing.T) { // Eticare, art. 15
	m := atDocuments(t)
	m.fillTicket()
	m.press("newclaim.more")
	m.press("newclaim.foreign")
	m.pick("currency", words.T("newclaim.currency.CHF")+" · CHF")
	m.fill("foreign", "120,50")
	m.see("newclaim.hint.foreign")
	if m.Sees(field("province")) {
		t.Fatal("an expense abroad asks for a province")
	}
	m.stored("francs", func(c claim.Claim) bool {
		d := c.Documents[0]
		return d.Currency == "CHF" && d.Foreign == 12050 && d.Amount == 0 && d.Province == ""
	})
	m.press("newclaim.foreign")
	m.stored("what was typed before", func(c claim.Claim) bool {
		d := c.Documents[0]
		return d.Currency == "" && d.Foreign == 0 && d.Amount == 3615 && d.Province == "MI"
	})
}

func TestWhatOthersPaidIsDeclaredAndShownBeforeSending(t *testing.T) { // CLM-39
	m := atDocuments(t)
	m.fillTicket()
	m.see("error.claim.cover-unsaid")
	m.press("newclaim.cover.nobody")
	m.stored("that nobody else paid", func(c claim.Claim) bool { return c.Documents[0].Cover.Answer == claim.CoverNone })
	if m.Sees(words.T("error.claim.cover-unsaid")) {
		t.Fatal("it is still asked")
	}
	m.ok(m.Press(words.T("newclaim.more.filled", "N", 1)))
	m.pick("cover", words.T("newclaim.cover.paid"))
	m.fill("coverBody", "Fondo Est")
	m.fill("coverAmount", "10")
	m.stored("the cover", func(c claim.Claim) bool {
		return c.Documents[0].Cover == claim.Cover{Answer: claim.CoverPaid, Body: "Fondo Est", Amount: 1000}
	})
	m.press("newclaim.continue")
	m.seeText(words.T("newclaim.review.cover.by", "Amount", "10,00\u00a0€", "Who", "Fondo Est"))
}

func TestALineToTheOfficeGoesWithTheDocument(t *testing.T) { // CLM-08
	m := atDocuments(t)
	m.fillTicket()
	m.press("newclaim.more")
	m.see("newclaim.hint.notes")
	m.fill("notes", "Pagato con il conto di Paolo")
	m.press("newclaim.continue")
	m.seeText("Pagato con il conto di Paolo")
}

func TestAProviderOfAnEarlierClaimFillsItsFieldsTogether(t *testing.T) { // CLM-11
	m := sit(t, settings.Default)
	m.ClaimedBefore("ricevuta-esami.pdf")
	m.start()
	m.press("newclaim.continue")
	m.fill("provider", "rocco")
	m.ok(m.Press("Ospedale San Rocco"))
	m.stored("name, VAT number and province", func(c claim.Claim) bool {
		d := c.Documents[0]
		return c.Revision > 0 || d.Provider == "Ospedale San Rocco" && d.ProviderVAT == "01234567897" && d.Province == "MI"
	})
	m.Shortcut(fyne.KeyZ, ctrl)
	m.Find("provider").Focus()
	if m.Sees("01234567897") {
		t.Fatal("one step back leaves the VAT number")
	}
}

func TestAStudyGrantGoesFromTheRegionToItsReceipt(t *testing.T) { // STU-01 to STU-09
	m := sit(t, settings.Default)
	m.Shell.NewRequest()
	m.press("shell.new.study")
	m.see("newclaim.title.study")
	m.seeText("soli soci ordinari")                // STU-01
	m.seeText("www.aurora.example")                // STU-02
	m.seeText("IT56 N054 2801 6020 0000 0417 435") // STU-04
	m.press("newclaim.continue")
	m.see("error.claim.region-missing")
	m.ok(m.Choose(field("region"), "Lombardia"))
	m.press("newclaim.continue")
	m.see("newclaim.drop.school")
	m.pick("person", "Luca") // STU-05
	m.pick("school", "Laurea")
	m.pick("mark", "110 e lode") // STU-06
	m.pick("school", "Diploma di maturità")
	m.stored("no mark of another school", func(c claim.Claim) bool { return c.Documents[0].School == "diploma" && c.Documents[0].Mark == "" })
	m.pick("mark", "100 e lode")
	m.fill("issuedOn", "02/11/2026")
	m.press("newclaim.continue")
	m.see("error.claim.certificate-missing") // STU-07
	m.ok(m.DropNames("cartella.pdf"))
	m.see("newclaim.missing.none")
	m.press("newclaim.continue")
	m.see("newclaim.review.title")
	m.seeText("100 e lode")
	m.press("newclaim.send") // STU-08
	m.see("newclaim.sent.queued")
	c := m.stored("the frozen grant", func(c claim.Claim) bool { return c.Revision == 1 })
	if c.Kind != claim.StudyGrant || c.Region != "Lombardia" || c.Documents[0].Type != claim.SchoolCertificate {
		t.Fatalf("sent %+v", c)
	}
	m.Deliver(c.ID)
	m.see("newclaim.receipt")
	m.press("newclaim.paper.print") // STU-09
	m.ok(m.Await("the paper", gallery.Patience, func() bool { return slices.Contains(m.Printed, "ricevuta-26-004488.pdf") }))
}

func TestAMutualWithoutGrantsGoesStraightToTheRefund(t *testing.T) { // STU-01
	m := sit(t, settings.Default)
	m.UseRules("aurora", func(p *mutual.Profile) { p.Claims.Study.Offered = false })
	m.Shell.NewRequest()
	m.see("newclaim.procedure")
}

func TestAPhotoThatIsTooLargeIsMadeToFitBeforeItsOwnersEyes(t *testing.T) { // CLM-05
	m := atDocuments(t)
	m.ok(m.DropNames("foto.jpg"))
	m.seeText("pesa 3,4 MB, il massimo è 2")
	m.press("newclaim.mend.shrink")
	m.see("newclaim.mend.look")
	m.press("newclaim.mend.use")
	c := m.stored("the photo", func(c claim.Claim) bool { return len(c.Attachments()) == 1 })
	if a := c.Attachments()[0]; a.Size > document.MaxSize || a.Kind != document.JPEG || a.Name != "foto.jpg" {
		t.Fatalf("came in: %+v", a)
	}
}

func TestAnOriginalThatIsLeftOutLeavesNothingBehind(t *testing.T) { // CLM-05
	m := atDocuments(t)
	m.ok(m.DropNames("foto.jpg"))
	m.seeText("pesa 3,4 MB, il massimo è 2")
	m.press("newclaim.mend.shrink")
	m.see("newclaim.mend.look")
	m.press("newclaim.mend.keep")
	m.see("newclaim.drop.title")
	m.fill("number", "1")
	m.stored("no file", func(c claim.Claim) bool { return c.Documents[0].Number == "1" && len(c.Attachments()) == 0 })
}

func TestFilesHaveAnOrderARoleAndADocument(t *testing.T) { // CLM-13, CLM-16
	m := atDocuments(t)
	m.ok(m.DropNames("ricevuta-esami.pdf", "ricetta-cardiologo.tif"))
	m.seeText("ricetta-cardiologo.tif")
	about := func(name string) { m.ok(m.Press(words.T("newclaim.file.more", "Name", name))) }
	about("ricetta-cardiologo.tif")
	m.press("newclaim.file.up")
	m.stored("the other order", func(c claim.Claim) bool {
		return len(c.Attachments()) == 2 && c.Attachments()[0].Name == "ricetta-cardiologo.tif"
	})
	m.Shortcut(fyne.KeyDown, fyne.KeyModifierAlt) // the row kept the keyboard
	m.stored("the first order", func(c claim.Claim) bool {
		return len(c.Attachments()) == 2 && c.Attachments()[1].Name == "ricetta-cardiologo.tif"
	})
	about("ricetta-cardiologo.tif")
	m.ok(m.Choose(words.T("newclaim.role"), words.T("newclaim.role.prescription")))
	m.press("newclaim.file.done")
	m.seeText(words.T("newclaim.role.prescription") + " · ")
	m.press("newclaim.document.more")
	m.ok(m.Press("1 · Nuovo, Elena"))
	about("ricetta-cardiologo.tif")
	m.ok(m.Choose(words.T("newclaim.file.document"), "2 · Nuovo, Elena"))
	m.stored("the prescription in the other document", func(c claim.Claim) bool {
		return len(c.Documents) == 2 && len(c.Documents[0].Attachments) == 1 && len(c.Documents[1].Attachments) == 1 &&
			c.Documents[1].Attachments[0].Role == claim.Prescription
	})
}

func TestPagesOfTwoFilesBecomeOne(t *testing.T) { // CLM-13
	m := atDocuments(t)
	m.ok(m.DropNames("ricevuta-esami.pdf", "ricetta-cardiologo.tif"))
	m.seeText("ricetta-cardiologo.tif")
	m.ok(m.Press(words.T("newclaim.file.more", "Name", "ricetta-cardiologo.tif")))
	m.press("newclaim.pages.open")
	m.ok(m.AwaitWords(words.T("newclaim.pages.join", "Name", "ricevuta-esami.pdf"), gallery.Patience))
	m.ok(m.Press(words.T("newclaim.pages.join", "Name", "ricevuta-esami.pdf")))
	m.seeText("2 · ricevuta-esami.pdf")
	m.press("kit.page.right")
	m.press("newclaim.pages.save")
	m.stored("one file", func(c claim.Claim) bool {
		return len(c.Attachments()) == 1 && c.Attachments()[0].Kind == document.PDF && c.Attachments()[0].Name == "2 file uniti.pdf"
	})
}
