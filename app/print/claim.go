package print

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/iban"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/submission"
)

// Filing is what left this computer, or waits to: the last frozen revision of a claim. Neither paper says why somebody was
// treated: diagnoses and notes have no place on them.
type Filing struct {
	Claim     claim.Claim
	Delivery  submission.Delivery // of that revision
	Household member.Household
	Mutual    mutual.Profile
	MadeAt    time.Time // UTC; when the paper is drawn
}

// Proof is what the mutual signed, after its signature was verified.
type Proof struct {
	Protocol string    // the mutual's number
	Revision int       // 1, 2, 3 …
	At       time.Time // UTC, the mutual's clock
	Digest   string    // hex SHA-256 of the content before it was sealed
	Signed   []byte    // the signed statement as it came
}

// Fingerprint is the hex SHA-256 of the signed statement: whoever has the statement as a file sees that it is this one.
func (p Proof) Fingerprint() string {
	sum := sha256.Sum256(p.Signed)
	return hex.EncodeToString(sum[:])
}

// Code is the text of the QR code of a receipt: number, revision and fingerprint.
func (p Proof) Code() string {
	return fmt.Sprintf("SODALE-RICEVUTA 1 %s %d %s", p.Protocol, p.Revision, p.Fingerprint())
}

// ClaimReceipt writes the receipt of a claim that the mutual has (CLM-21, STU-09).
func ClaimReceipt(w io.Writer, fonts Fonts, f Filing, proof Proof) error {
	return drawn(func() error { return claimReceipt(w, fonts, f, proof) })
}

func claimReceipt(w io.Writer, fonts Fonts, f Filing, proof Proof) error {
	p := newPaper(fonts, "Ricevuta della pratica "+proof.Protocol, f.MadeAt)
	p.line("Mutua", f.Mutual.Name)
	p.line("Numero della pratica", proof.Protocol)
	p.line("Revisione", strconv.Itoa(proof.Revision))
	p.line("Ricevuta dalla mutua", instant(proof.At))
	p.sender(f)
	p.gap(2)
	p.paragraph("La mutua ha firmato che ha ricevuto questa pratica.")
	p.documents(f, "Documenti consegnati")
	p.signature(proof)
	p.afterwards(f.Mutual)
	return p.finish(w)
}

// signature is the digests of what was signed, with their QR code at the right.
func (p *paper) signature(proof Proof) {
	const side = 34.0
	p.room(side + 5*lineHeight)
	p.heading("Firma della mutua")
	top := p.pdf.GetY()
	p.qr(proof.Code(), pageWidth-margin-side, top, side)
	width := textWidth - side - 6
	p.font("", bodySize)
	p.pdf.MultiCell(width, lineHeight, "Due impronte uguali vogliono dire lo stesso contenuto. Il codice a destra porta numero, revisione e impronta della ricevuta firmata.", "", "L", false)
	p.gap(1.5)
	p.digest("Contenuto della pratica", proof.Digest)
	p.digest("Ricevuta firmata", proof.Fingerprint())
	p.pdf.SetY(max(p.pdf.GetY(), top+side))
}

// Reminder writes what waits on this computer to be delivered. It is no receipt, and says so.
func Reminder(w io.Writer, fonts Fonts, f Filing) error {
	return drawn(func() error { return reminder(w, fonts, f) })
}

func reminder(w io.Writer, fonts Fonts, f Filing) error {
	p := newPaper(fonts, "Promemoria della pratica", f.MadeAt)
	p.font("B", 13)
	p.lines("Non è ancora una ricevuta.", 7)
	p.paragraph("La pratica è sigillata sul tuo computer e parte da sola quando c'è rete. La ricevuta firmata dalla mutua prende il posto di questo foglio dopo la consegna.")
	p.line("Mutua", f.Mutual.Name)
	p.line("Revisione", strconv.Itoa(f.Delivery.Revision))
	p.line("Sigillata", instant(f.Delivery.FrozenAt))
	p.sender(f)
	p.documents(f, "Documenti che aspettano")
	p.heading("Impronta")
	p.paragraph("La troverai uguale sulla ricevuta.")
	p.digest("Contenuto della pratica", f.Delivery.Plain)
	p.contacts(f.Mutual.Contacts)
	return p.finish(w)
}

// sender is whose claim it is and where the money goes.
func (p *paper) sender(f Filing) {
	p.line("Titolare", f.Household.Holder.FullName())
	p.line("Matricola", f.Household.Number)
	account := f.Claim.IBAN
	if account == "" {
		account = f.Household.IBAN
	}
	if account != "" {
		p.line("IBAN", iban.Group(account))
	}
	if f.Claim.Kind == claim.StudyGrant {
		p.line("Richiesta", "Sussidio allo studio")
		p.line("Regione", f.Claim.Region)
	}
	if f.Claim.Procedure == claim.Surgery {
		p.line("Procedura", "Intervento chirurgico")
	}
}

// documents lists what was sent, each document with its files and their digests. While a correction is being written the
// documents are no longer those that were sent: of them only the files are named.
func (p *paper) documents(f Filing, title string) {
	p.heading(title)
	if f.Claim.Withdrawing && !f.Claim.Open {
		p.paragraph("Questa revisione ritira la pratica.")
	}
	if f.Claim.Open {
		p.paragraph("La correzione che stai scrivendo non è compresa.")
	}
	for i, d := range f.Claim.Documents {
		files := sentFiles(d, f.Delivery)
		if f.Claim.Open && len(files) == 0 {
			continue
		}
		if !f.Claim.Open {
			p.document(strconv.Itoa(i+1)+". "+documentTitle(d), d, f)
		}
		for _, a := range files {
			p.digest(a.Name, a.Plain)
		}
		p.gap(2)
	}
}

// sentFiles are the files of a document that belong to a delivery.
func sentFiles(d claim.ExpenseDocument, delivery submission.Delivery) []claim.Attachment {
	return slices.DeleteFunc(slices.Clone(d.Attachments), func(a claim.Attachment) bool {
		return !slices.ContainsFunc(delivery.Blobs, func(b submission.Blob) bool { return b.Digest == a.Blob })
	})
}

func (p *paper) document(title string, d claim.ExpenseDocument, f Filing) {
	p.room(6 * lineHeight)
	p.font("B", bodySize)
	p.lines(title, lineHeight)
	person, _ := f.Household.Person(d.Person)
	for _, l := range []Line{{"Per", person.FullName()}, {"Prestazione", serviceOf(d)}, {"Ricovero", stay(d)}, {"Emesso da", d.Provider}, {"Importo", amount(d)},
		{"Scuola", f.Mutual.SchoolName(d.School)}, {"Voto", d.Mark}} {
		if l.Value != "" {
			p.line(l.Name, l.Value)
		}
	}
}

// documentNames are the Italian names of the documents.
var documentNames = map[claim.DocumentType]string{claim.Invoice: "Fattura", claim.ReceiptSlip: "Ricevuta", claim.Certificate: "Certificato",
	claim.ClinicalRecord: "Cartella clinica", claim.HospitalCertificate: "Certificato ospedaliero", claim.EmployerCertificate: "Certificato del datore di lavoro",
	claim.BirthCertificate: "Certificato di nascita", claim.SchoolCertificate: "Certificato della scuola"}

// serviceNames are the Italian names of what was paid for.
var serviceNames = map[claim.Service]string{claim.Visit: "Visita specialistica", claim.Exams: "Esami", claim.Imaging: "Diagnostica per immagini",
	claim.Emergency: "Pronto soccorso", claim.HospStay: "Ricovero", claim.OtherCare: "Altra spesa"}

// ServiceName is the Italian name of what was paid for, or the value itself where there is none.
func ServiceName(s claim.Service) string { return nameOf(serviceNames, s) }

func nameOf[K ~string](names map[K]string, value K) string {
	if name, ok := names[value]; ok {
		return name
	}
	return string(value)
}

func documentTitle(d claim.ExpenseDocument) string {
	title := nameOf(documentNames, d.Type)
	if d.Number != "" {
		title += " " + d.Number
	}
	if !d.IssuedOn.IsZero() {
		title += " del " + d.IssuedOn.Italian()
	}
	return title
}

func serviceOf(d claim.ExpenseDocument) string {
	if d.Service == claim.HospStay {
		return "" // its days say so
	}
	return ServiceName(d.Service)
}

func stay(d claim.ExpenseDocument) string {
	if d.Service != claim.HospStay || d.Admitted.IsZero() {
		return ""
	}
	return "dal " + d.Admitted.Italian() + " al " + d.Discharged.Italian()
}

func amount(d claim.ExpenseDocument) string {
	switch {
	case d.Currency != "":
		return fmt.Sprintf("%d,%02d %s", d.Foreign/100, d.Foreign%100, d.Currency)
	case d.Amount == 0:
		return ""
	}
	return d.Amount.Euro()
}

// digest is a name with a SHA-256 under it, in blocks that two people can compare.
func (p *paper) digest(name, digest string) {
	p.room(lineHeight + 2*smallLine)
	p.font("", smallSize)
	p.pdf.SetTextColor(80, 80, 80)
	p.lines(name, smallLine)
	p.pdf.SetTextColor(0, 0, 0)
	p.mono(blocks(digest), 8, textWidth)
	p.gap(1)
}

func blocks(digest string) string {
	var parts []string
	for part := range slices.Chunk([]byte(digest), 8) {
		parts = append(parts, string(part))
	}
	return strings.Join(parts, " ")
}

// afterwards says within how many days the mutual pays as a rule, where its rules state that (CLM-28, CLM-44), and whom to ask.
func (p *paper) afterwards(m mutual.Profile) {
	if days := m.Terms.PaymentDays; days > 0 {
		p.heading("Cosa succede dopo")
		p.paragraph(fmt.Sprintf("Se i documenti sono completi, il bonifico arriva di regola entro %d giorni dalla consegna.", days))
	}
	p.contacts(m.Contacts)
}

// instant writes a day and the hour in Rome.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return day(t) + ", ore " + t.In(civil.Rome).Format("15:04")
}
