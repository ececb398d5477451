package print_test

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/document/worker"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/print"
	"github.com/sodale/sodale/app/refund"
	"github.com/sodale/sodale/app/statement"
	"github.com/sodale/sodale/app/submission"
)

// TestMain makes this test binary its own worker, as main does with the program.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "__preview" {
		os.Exit(worker.Main())
	}
	os.Exit(m.Run())
}

var (
	digestA = strings.Repeat("a1", 32)
	digestB = strings.Repeat("b2", 32)
	digestC = strings.Repeat("c3", 32)
)

// filing is an invented claim of two documents with three files, one of which was added after it was sent.
func filing(t testing.TB) print.Filing {
	t.Helper()
	data, err := os.ReadFile("../../assets/mutuals/aurora.yaml")
	if err != nil {
		t.Fatal(err)
	}
	rules, err := mutual.Load("aurora.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	holder := member.Person{ID: "elena", GivenName: "Elena", FamilyName: "Marchetti"}
	paolo := member.Person{ID: "paolo", GivenName: "Paolo", FamilyName: "Marchetti"}
	file := func(name, digest, blob string) claim.Attachment {
		return claim.Attachment{ID: name, Name: name, Kind: document.PDF, Pages: 1, Size: 412 << 10, Plain: digest, Blob: blob}
	}
	c := claim.Claim{ID: "c", Revision: 1, OpID: "op", Documents: []claim.ExpenseDocument{
		{ID: "1", Type: claim.Invoice, Person: "elena", Service: claim.Visit, Amount: 12000, Number: "318", IssuedOn: civil.Date{Year: 2026, Month: 11, Day: 9}, Provider: "Studio Bianconi",
			Notes: "per la depressione", Diagnosis: "episodio depressivo", Attachments: []claim.Attachment{file("fattura-318.pdf", digestA, "blob-a"), file("ricetta.pdf", digestB, "blob-b")}},
		{ID: "2", Type: claim.HospitalCertificate, Person: "paolo", Service: claim.HospStay, Admitted: civil.Date{Year: 2026, Month: 10, Day: 1}, Discharged: civil.Date{Year: 2026, Month: 10, Day: 5},
			Attachments: []claim.Attachment{file("dopo.pdf", digestC, "blob-c")}}}}
	return print.Filing{Claim: c, Mutual: rules, MadeAt: noon, Household: member.Household{Number: "000000003423", Holder: holder, Family: []member.Person{paolo}, IBAN: "IT56N0542801602000000417435"},
		Delivery: submission.Delivery{OpID: "op", Revision: 1, FrozenAt: noon.Add(-3e12), Plain: strings.Repeat("d4", 32), Blobs: []submission.Blob{{Digest: "blob-a"}, {Digest: "blob-b"}}}}
}

var proof = print.Proof{Protocol: "26-004471", Revision: 1, At: noon, Digest: strings.Repeat("d4", 32), Signed: []byte(`{"statement":"e30="}`)}

func receipt(t testing.TB, f print.Filing) []byte {
	return drawn(t, func(w io.Writer) error { return print.ClaimReceipt(w, fonts(t), f, proof) })
}

func TestTheReceiptSaysWhatWasSentWhenAndThatItWasSigned(t *testing.T) { // CLM-21
	f := filing(t)
	text := textOf(t, receipt(t, f))
	wants(t, text, "Ricevuta della pratica 26-004471", f.Mutual.Name, "22/11/2026, ore 13:00", "Elena Marchetti", "000000003423", "IT56 N054 2801 6020 0000 0417 435",
		"1. Fattura 318 del 09/11/2026", "120,00", "Studio Bianconi", "fattura-318.pdf", "a1a1a1a1 a1a1a1a1", "ricetta.pdf", "2. Certificato ospedaliero", "dal 01/10/2026 al 05/10/2026", "Paolo Marchetti",
		"d4d4d4d4 d4d4d4d4", proof.Fingerprint()[:8], "Pagina 1 di")
	if strings.Contains(text, "dopo.pdf") {
		t.Error("the receipt names a file that was not delivered")
	}
}

func TestNeitherPaperSaysWhySomebodyWasTreated(t *testing.T) { // CLM-21
	f := filing(t)
	for _, text := range []string{textOf(t, receipt(t, f)), textOf(t, reminder(t, f))} {
		if strings.Contains(text, "depress") {
			t.Errorf("a diagnosis or a note is on the paper:\n%s", text)
		}
	}
}

func reminder(t testing.TB, f print.Filing) []byte {
	return drawn(t, func(w io.Writer) error { return print.Reminder(w, fonts(t), f) })
}

func TestTheReminderIsNoReceipt(t *testing.T) { // CLM-22
	text := textOf(t, reminder(t, filing(t)))
	wants(t, text, "Promemoria della pratica", "Non è ancora una ricevuta.", "fattura-318.pdf", "d4d4d4d4", "Documenti che aspettano")
	for _, wrong := range []string{"Firma della mutua", "26-004471", "ha ricevuto"} {
		if strings.Contains(text, wrong) {
			t.Errorf("a reminder says %q", wrong)
		}
	}
}

func TestAReceiptDrawnWhileACorrectionIsWrittenDoesNotShowTheCorrection(t *testing.T) { // CLM-21
	f := filing(t)
	f.Claim.Open, f.Claim.Documents[0].Number = true, "999-corretta"
	text := textOf(t, receipt(t, f))
	wants(t, text, "La correzione che stai scrivendo non è compresa.", "fattura-318.pdf")
	if strings.Contains(text, "999-corretta") || strings.Contains(text, "120,00") {
		t.Errorf("what was not sent is on the receipt:\n%s", text)
	}
}

func TestTheReceiptOfAStudyGrantSaysSchoolMarkAndRegion(t *testing.T) { // STU-04, STU-06, STU-09
	f := filing(t)
	f.Mutual.Claims.Study.Schools = []mutual.Choice{{ID: "media", Name: "Scuola secondaria di primo grado"}}
	f.Claim.Kind, f.Claim.Region = claim.StudyGrant, "Lombardia"
	f.Claim.Documents = []claim.ExpenseDocument{{ID: "1", Type: claim.SchoolCertificate, Person: "paolo", School: "media", Mark: "10 e lode"}}
	wants(t, textOf(t, receipt(t, f)), "Sussidio allo studio", "Lombardia", "1. Certificato della scuola", "Scuola secondaria di primo grado", "10 e lode")
}

// paid is the invented claim after it was paid.
func paid(t testing.TB) print.RefundSheet {
	f := filing(t)
	f.Claim.Mutual = claim.Standing{State: claim.Paid, Number: "26-004471", Granted: 18000, PaidOn: civil.Date{Year: 2026, Month: 12, Day: 1}, Outcomes: []claim.Outcome{
		{Document: "1", State: claim.Approved, Granted: 8000, Own: 4000}, {Document: "2", State: claim.Approved, Granted: 10000}}}
	return print.RefundSheet{Summary: refund.Of([]claim.Claim{f.Claim}, refund.Competence, 2026), Household: f.Household, Mutual: f.Mutual.Name, MadeAt: noon}
}

func refunds(t testing.TB) []byte {
	return drawn(t, func(w io.Writer) error { return print.Refunds(w, fonts(t), paid(t)) })
}

func TestTheSummaryOfRefundsHasEachPersonWithTheInvoicesAndTheOwnPart(t *testing.T) { // CRT-02, CRT-03, CRT-05, CRT-08
	wants(t, textOf(t, refunds(t)), "Riepilogo dei sussidi ricevuti, 2026", "Anno di competenza", "Elena Marchetti", "Paolo Marchetti", "09/11/2026", "Visita specialistica", "Studio Bianconi", "318",
		"26-004471", "120,00", "80,00", "40,00", "Ricovero", "180,00", "Totale")
}

// TestTheSandboxedReaderDrawsThePapers draws the papers of a claim as a member's viewer does. SODALE_PAPERS names a folder that keeps the
// pictures for people to look at.
func TestTheYearSaysWhatIsDeductedAndThatItIsNoCertificate(t *testing.T) { // CRT-04, CRT-05, CRT-06, CRT-08
	day := civil.Date{Year: 2026, Month: 1, Day: 20}
	h := member.Household{Holder: member.Person{ID: "elena", GivenName: "Elena", FamilyName: "Marchetti"}}
	s := print.YearSheet{Household: h, Mutual: "Mutua Aurora", MadeAt: noon, Statement: statement.Statement{Year: 2026, Contributions: 160000, Dues: []member.Due{{On: day, Cents: 160000, Paid: day}},
		Parts: []statement.Part{{Person: "elena", Cents: 160000}}, Relief: true, Counted: 130000, Credit: 24700, Tax: plan.Tax{Percent: 19, Note: "Si contano al massimo 1.300 €.", Article: "art. 9"},
		Refunds: refund.Summary{Total: refund.Sums{Spent: 10000, Granted: 8000, Own: 2000}}}}
	wants(t, textOf(t, drawn(t, func(w io.Writer) error { return print.Year(w, fonts(t), s) })),
		"2026", "1.600,00", "1.300,00", "247,00", "Si contano al massimo", "80,00", "20,00", "Elena Marchetti", "Non è un'attestazione")
}

func TestTheSandboxedReaderDrawsThePapers(t *testing.T) { // CLM-21
	if !worker.Linked {
		t.Skip("built without cgo")
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	pool := document.Start(document.Config{Exe: exe, Args: []string{"__preview"}})
	t.Cleanup(func() { _ = pool.Close() })
	f := filing(t)
	for name, pdf := range map[string][]byte{"ricevuta": receipt(t, f), "promemoria": reminder(t, f), "riepilogo": refunds(t)} {
		page, err := pool.Page(context.Background(), pdf, document.Request{DPI: 96})
		if err != nil {
			t.Fatal(name, err)
		}
		if dark := ink(page); dark < 0.01 || dark > 0.4 {
			t.Errorf("%s: %.3f of the page is ink", name, dark)
		}
		lines, err := pool.Text(context.Background(), pdf, 0)
		if err != nil || !said(lines, "Elena Marchetti") {
			t.Errorf("%s: read %v, %v", name, lines, err)
		}
		keep(t, name+".png", page)
	}
}

// ink is how much of a picture is dark.
func ink(img *image.RGBA) float64 {
	dark := 0
	for i := 0; i < len(img.Pix); i += 4 {
		if img.Pix[i] < 128 {
			dark++
		}
	}
	return float64(dark) / float64(len(img.Pix)/4)
}

func said(lines []document.Line, want string) bool {
	for _, l := range lines {
		if strings.Contains(l.Text, want) {
			return true
		}
	}
	return false
}

func keep(t *testing.T, name string, img image.Image) {
	dir := os.Getenv("SODALE_PAPERS")
	if dir == "" {
		return
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
