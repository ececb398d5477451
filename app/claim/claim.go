// Package claim is the refund claim: one *pratica* with its expense documents and their files (CLM-06, CLM-17).
//
// The promise: what was finalised never changes; a correction is the next revision. A draft is saved as it is typed and
// may be incomplete; Check says what is missing; Finalise freezes it, and from then on its way is that of its submission.
//
//	Draft → Ready → [Queued → Sending → Unconfirmed → Delivered, Held: package submission]
//	      → Registered → InReview → DocumentsRequested | Blocked → Approved | Rejected | Merged → Paid
//
// What lives elsewhere: what the plan pays (app/plan, asked by app/entitlement), delivery (sync/engine), files on disk (storage).
package claim

import (
	"strings"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/reading"
)

// ID names a claim for ever: a UUIDv7 made on the member's computer.
type ID string

// Kind is what a claim asks for.
type Kind string

// The kinds. A refund is stored as nothing: every claim was one before study grants were.
const (
	Refund     Kind = ""
	StudyGrant Kind = "study" // Sussidio allo studio (STU)
)

// Procedure is the button of step 1 (CLM-09).
type Procedure string

// The procedures.
const (
	Standard Procedure = "standard"
	Surgery  Procedure = "surgery"
)

// DocumentType is the kind of an expense document (CLM-02, CLM-10).
type DocumentType string

// The types. Invoice and receipt need number and amount (CLM-10); everything else proves something that may have neither.
const (
	Invoice             DocumentType = "invoice"
	ReceiptSlip         DocumentType = "receipt" // a *ricevuta*, not the mutual's DeliveryReceipt
	Certificate         DocumentType = "certificate"
	ClinicalRecord      DocumentType = "clinical-record"      // cartella clinica
	HospitalCertificate DocumentType = "hospital-certificate" // certificato ospedaliero, lettera di dimissione
	EmployerCertificate DocumentType = "employer-certificate" // certificato del datore di lavoro
	BirthCertificate    DocumentType = "birth-certificate"
	SchoolCertificate   DocumentType = "school-certificate" // of a study grant (STU-07)
)

// Expense reports whether a document of that type states an amount that was paid (CLM-10).
func (t DocumentType) Expense() bool { return t == Invoice || t == ReceiptSlip }

// Service is what was paid for, in the words the member chooses from.
type Service string

// The services of the form. Which benefit of a plan each means is for the plan to say (plan.Benefit.Meets).
const (
	Visit     Service = "visit"     // Visita specialistica · ticket
	Exams     Service = "exams"     // Esami · ticket
	Imaging   Service = "imaging"   // Diagnostica per immagini · ticket
	Emergency Service = "emergency" // Pronto soccorso · ticket
	HospStay  Service = "stay"      // Ricovero
	OtherCare Service = "other"     // Altro
)

// Role is what a file of a document proves.
type Role string

// The roles. A paper of the expense itself is stored as nothing; for what a plan asks for by a name of its own see PaperRole.
const (
	ExpensePaper     Role = ""
	Prescription     Role = "prescription" // ricetta (CLM-30, CLM-36)
	DischargeLetter  Role = "discharge"    // lettera di dimissione (CLM-31)
	EmergencyReport  Role = "emergency"    // verbale di pronto soccorso (BPB-22, BEE-15)
	SightCertificate Role = "sight"        // certificato della variazione del visus (BEE-21)
	OtherPaper       Role = "other"
)

const paperRole = "paper/"

// PaperRole is the role of a file that is what a plan asks for.
func PaperRole(p plan.Paper) Role {
	if p == plan.DischargeLetter {
		return DischargeLetter
	}
	return Role(paperRole + string(p))
}

// Paper is what a plan calls a file of that role, or "".
func (r Role) Paper() plan.Paper {
	if r == DischargeLetter {
		return plan.DischargeLetter
	}
	paper, ok := strings.CutPrefix(string(r), paperRole)
	if !ok {
		return ""
	}
	return plan.Paper(paper)
}

// Cover is what another body, fund or insurer paid for the same expense (CLM-39).
type Cover struct {
	Answer     CoverAnswer `json:"answer,omitempty"`
	Body       string      `json:"body,omitempty"` // who paid
	Amount     money.Cents `json:"amount,omitempty"`
	AmountText string      `json:"amountText,omitempty"` // what stands in the field while it can't be read as an amount
}

// CoverAnswer is the member's word on other cover.
type CoverAnswer string

// The answers. None is that nothing was said.
const (
	CoverUnsaid CoverAnswer = ""
	CoverNone   CoverAnswer = "none"
	CoverPaid   CoverAnswer = "paid"
)

// Attachment is one file of an expense document. Blob names the sealed file; everything else was read from the plain
// bytes when the file came in.
type Attachment struct {
	ID     string        `json:"id"`   // UUIDv7
	Name   string        `json:"name"` // as it was called on the member's disk; shown, never used as a path
	Kind   document.Kind `json:"kind"`
	Pages  int           `json:"pages"`
	Size   int64         `json:"size"`   // bytes, plain
	Plain  string        `json:"plain"`  // lower-case hex SHA-256 of the plain bytes
	Blob   string        `json:"blob"`   // lower-case hex SHA-256 of the sealed bytes: its name in the blob store
	Sealed int64         `json:"sealed"` // bytes, sealed

	Role  Role            `json:"role,omitempty"`
	Print string          `json:"print,omitempty"` // picture.Fingerprint of the first page in hex; "" = not taken
	Flaws []document.Flaw `json:"flaws,omitempty"` // what makes it hard to read
	Paper *reading.Paper  `json:"paper,omitempty"` // what was read from it on this computer; never sent
}

// ExpenseDocument is a set of data and files that proves one expense (CLM-10 to CLM-13, CLM-17).
type ExpenseDocument struct {
	ID         string       `json:"id"` // UUIDv7
	Type       DocumentType `json:"type"`
	Person     member.ID    `json:"person"` // l'intestatario (CLM-12)
	Service    Service      `json:"service"`
	Amount     money.Cents  `json:"amount"`
	AmountText string       `json:"amountText,omitempty"` // what stands in the field while it can't be read as an amount
	Number     string       `json:"number"`
	IssuedOn   civil.Date   `json:"issuedOn"`
	IssuedText string       `json:"issuedText,omitempty"` // likewise for the date
	Admitted   civil.Date   `json:"admitted"`             // HospStay: ingresso
	Discharged civil.Date   `json:"discharged"`           // HospStay: dimissione
	// What stands in the two date fields of a stay while it can't be read as a date.
	AdmittedText   string       `json:"admittedText,omitempty"`
	DischargedText string       `json:"dischargedText,omitempty"`
	Province       string       `json:"province"` // two-letter sigla
	Provider       string       `json:"provider"`
	Notes          string       `json:"notes"`
	Attachments    []Attachment `json:"attachments"`

	ProviderVAT string `json:"providerVat,omitempty"` // partita IVA of who issued it, 11 digits
	// StampDuty is the part of Amount that is *imposta di bollo*.
	StampDuty money.Cents `json:"stampDuty,omitempty"`
	// An expense in another currency is refunded at the mean rate of its week (plan Eticare, art. 15): the mutual converts, so
	// Amount is 0. Currency is ISO 4217, "" = euro; Foreign is in hundredths of it.
	Currency    string `json:"currency,omitempty"`
	Foreign     int64  `json:"foreign,omitempty"`
	ForeignText string `json:"foreignText,omitempty"` // what stands in the field while it can't be read
	Cover       Cover  `json:"cover,omitzero"`
	// The prescription that the expense rests on (CLM-30, CLM-36, CLM-37).
	PrescribedOn   civil.Date `json:"prescribedOn,omitzero"`
	PrescribedText string     `json:"prescribedText,omitempty"`
	Diagnosis      string     `json:"diagnosis,omitempty"` // or the symptom
	// What the health plan asks about beside the service. The zero values are what is usual: the benefit that the service means, in
	// the plan's usual form, for an illness.
	Benefit     plan.ID     `json:"benefit,omitempty"` // where Service does not say which
	Form        plan.Form   `json:"form,omitempty"`
	Cause       plan.Cause  `json:"cause,omitempty"`
	Named       string      `json:"named,omitempty"`     // the service, as the document names it (LST-04)
	Specialty   string      `json:"specialty,omitempty"` // of a visit (BEE-11)
	Reason      string      `json:"reason,omitempty"`    // of a day hospital: plan.Stay.Reason (BPB-10)
	Injured     civil.Date  `json:"injured,omitzero"`    // day of the injury (BPB-22)
	InjuredText string      `json:"injuredText,omitempty"`
	Treatments  []Treatment `json:"treatments,omitempty"`
	Lens        string      `json:"lens,omitempty"` // plan.Expense.Lens (BEE-21)
	Sight       Sight       `json:"sight,omitzero"`
	Loss        Loss        `json:"loss,omitzero"`
	Programme   string      `json:"programme,omitempty"` // plan.Programme.ID, of what is no refund: never sent (BEE-18)
	// Of a school certificate (STU-06): kind of school and mark, values of the mutual's lists.
	School string `json:"school,omitempty"`
	Mark   string `json:"mark,omitempty"`
	// Proposed names the fields that were read from the paper and that the member has not looked at yet; never sent.
	Proposed []string `json:"proposed,omitempty"`
}

// Claim is one pratica as it stands on this computer. Its state is not a field: State derives it.
type Claim struct {
	ID        ID                `json:"id"`
	Holder    member.ID         `json:"holder"`
	Procedure Procedure         `json:"procedure"`
	IBAN      string            `json:"iban"`               // for this claim only; "" = the household's (CLM-07, CLM-08)
	IBANText  string            `json:"ibanText,omitempty"` // what stands in its field while it is no IBAN
	Documents []ExpenseDocument `json:"documents"`
	Open      bool              `json:"open"`     // may be edited: a draft, or a correction in the making
	Revision  int               `json:"revision"` // last frozen revision; 0 = never sent
	OpID      string            `json:"opId"`     // submission of the last frozen revision
	CreatedAt time.Time         `json:"createdAt"`
	EditedAt  time.Time         `json:"editedAt"`
	Step      int               `json:"step,omitempty"` // 1 to 3: where the member was in the form; 0 = not opened yet
	DeletedAt time.Time         `json:"deletedAt"`      // a draft in the bin, kept 30 days; zero = not deleted
	Mutual    Standing          `json:"mutual"`
	Version   uint64            `json:"version"` // grows with every save; SaveDraft refuses a stale one

	Kind        Kind   `json:"kind,omitempty"`
	Region      string `json:"region,omitempty"`      // of a study grant: the region that it is asked in (STU-04)
	Field       string `json:"field,omitempty"`       // the field the member was in, as Problem.Where names it
	Withdrawing bool   `json:"withdrawing,omitempty"` // the last frozen revision asks the mutual to put the claim aside
}

// Standing is what the mutual last said of a claim.
type Standing struct {
	State   State       `json:"state"`  // "" = nothing yet
	Number  string      `json:"number"` // numero di pratica, "26-004471"
	Text    string      `json:"text"`   // the mutual's words for it
	Reason  string      `json:"reason"`
	Article string      `json:"article"`
	Granted money.Cents `json:"granted"`
	PaidOn  civil.Date  `json:"paidOn"`
	ReplyBy civil.Date  `json:"replyBy"` // last day, included, to answer a request for documents (CLM-42)
	Steps   []Passage   `json:"steps"`   // oldest first

	Into     string    `json:"into,omitempty"`     // Merged: number of the open claim that this one was joined to (CLM-24)
	Joined   []string  `json:"joined,omitempty"`   // numbers of the claims that were joined to this one
	Outcomes []Outcome `json:"outcomes,omitempty"` // what was decided of each document
}

// Outcome is what the mutual decided of one document.
type Outcome struct {
	Document string      `json:"document"` // id of the ExpenseDocument
	State    State       `json:"state"`    // Approved, Rejected or DocumentsRequested
	Granted  money.Cents `json:"granted,omitempty"`
	Own      money.Cents `json:"own,omitempty"` // the part left to the member (CRT-05)
	Reason   string      `json:"reason,omitempty"`
	Article  string      `json:"article,omitempty"`
}

// Passage is one state that the mutual put the claim in, for the timeline.
type Passage struct {
	State State     `json:"state"`
	At    time.Time `json:"at"` // UTC, the mutual's clock
	Text  string    `json:"text"`
}

// Total adds up the amounts of the documents.
func (c Claim) Total() money.Cents {
	var sum money.Cents
	for _, d := range c.Documents {
		sum += d.Amount
	}
	return sum
}

// Attachments lists the files of all documents in form order.
func (c Claim) Attachments() []Attachment {
	var all []Attachment
	for _, d := range c.Documents {
		all = append(all, d.Attachments...)
	}
	return all
}

// Document returns a pointer to the document with that id inside c, or nil.
func (c *Claim) Document(id string) *ExpenseDocument {
	for i := range c.Documents {
		if c.Documents[i].ID == id {
			return &c.Documents[i]
		}
	}
	return nil
}
