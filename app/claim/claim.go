// Package claim is the refund claim: one *pratica* with its expense documents and their files (CLM-06, CLM-17).
//
// The promise: what was finalised never changes; a correction is the next revision. A draft is saved as it is typed and
// may be incomplete; Check says what is missing; Finalise freezes it, and from then on its way is that of its submission.
//
//	Draft → Ready → [Queued → Sending → Unconfirmed → Delivered, Held: package submission]
//	      → Registered → InReview → DocumentsRequested | Blocked → Approved | Rejected | Merged → Paid
//
// What lives elsewhere: what the plan pays (app/plan), delivery (sync/engine), files on disk (storage).
package claim

import (
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
)

// ID names a claim for ever: a UUIDv7 made on the member's computer.
type ID string

// Procedure is the button of step 1 (CLM-09).
type Procedure string

// The procedures.
const (
	Standard Procedure = "standard"
	Surgery  Procedure = "surgery"
)

// DocumentType is the kind of an expense document (CLM-02, CLM-10).
type DocumentType string

// The types. Invoice and receipt need number and amount; the certificate may have no amount.
const (
	Invoice     DocumentType = "invoice"
	ReceiptSlip DocumentType = "receipt" // a *ricevuta*, not the mutual's DeliveryReceipt
	Certificate DocumentType = "certificate"
)

// Service is what was paid for, in the words the member chooses from.
type Service string

// The services of the form. Which plan article each meets is app/plan's business.
const (
	Visit     Service = "visit"     // Visita specialistica · ticket
	Exams     Service = "exams"     // Esami · ticket
	Imaging   Service = "imaging"   // Diagnostica per immagini · ticket
	Emergency Service = "emergency" // Pronto soccorso · ticket
	HospStay  Service = "stay"      // Ricovero
	OtherCare Service = "other"     // Altro
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
