// Package reading reads an invoice, a receipt or another paper of a claim: from lines with their boxes to what the form
// asks for. What it proposes is a suggestion that the member checks. A wrong proposal is worse than none, so a field stays
// empty unless the paper says it plainly and the value passes its own check. docs/reading.md has how often that holds.
package reading

import (
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fiscalcode"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
)

// Type is the kind of a paper. The first three are the document types of a claim (CLM-10), by the same names.
type Type string

// The types; "" when the paper does not say.
const (
	Invoice      Type = "invoice"      // fattura, parcella
	Receipt      Type = "receipt"      // ricevuta, scontrino, quietanza
	Certificate  Type = "certificate"  // certificato
	Prescription Type = "prescription" // ricetta, impegnativa, promemoria (CLM-30, CLM-36)
	Discharge    Type = "discharge"    // lettera di dimissione (CLM-31)
)

// Source is where the lines came from.
type Source string

// The sources.
const (
	Text Source = "text" // the text of the file itself
	OCR  Source = "ocr"  // at least one page is a picture
)

// Paper is what a paper says. A zero field was not read, or not surely.
type Paper struct {
	Type      Type        `json:"type,omitempty"`
	Number    string      `json:"number,omitempty"` // as printed, at most MaxNumber characters
	IssuedOn  civil.Date  `json:"issuedOn,omitzero"`
	Total     money.Cents `json:"total,omitempty"`     // what the patient pays, stamp duty included
	StampDuty money.Cents `json:"stampDuty,omitempty"` // marca da bollo, part of Total
	Currency  string      `json:"currency,omitempty"`  // ISO 4217 code of Total when it is not the euro
	Provider  string      `json:"provider,omitempty"`
	VAT       string      `json:"vat,omitempty"`      // partita IVA of the provider: 11 digits, the last one checked
	Province  string      `json:"province,omitempty"` // two-letter sigla of the provider's address
	// Codes lists the codici fiscali of people, in the order of the paper, each with a right check letter. From a picture
	// a code may be well formed and still be misread: only Person says whose paper it is.
	Codes []fiscalcode.Code `json:"codes,omitempty"`
	// Person is the one of the household whom the paper is about, by codice fiscale, else by name.
	Person member.ID `json:"person,omitempty"`
	// Stranger says that the paper is about somebody who is not of the household: the patient's code is somebody else's.
	Stranger bool    `json:"stranger,omitempty"`
	Notice   *Notice `json:"notice,omitempty"`

	Source     Source `json:"source,omitempty"`
	Confidence int    `json:"confidence,omitempty"` // mean of the OCR, 1 to 100; 0 for Text
	Turned     bool   `json:"turned,omitempty"`     // a page lies on its side or upside down
}

// Notice is what the QR of a pagoPA payment notice says (docs.pagopa.it: PAGOPA|002|notice|creditor|cents).
type Notice struct {
	Number   string      `json:"number"`   // codice avviso, 18 digits
	Creditor string      `json:"creditor"` // codice fiscale of the body, 11 digits
	Amount   money.Cents `json:"amount"`
}

// MaxNumber is the most characters that the number of a paper has.
const MaxNumber = 20

// Empty reports whether nothing was read that a form could take.
func (p Paper) Empty() bool {
	return p.Type == "" && p.Number == "" && p.IssuedOn.IsZero() && p.Total == 0 && p.Provider == "" && p.VAT == "" &&
		p.Person == "" && len(p.Codes) == 0 && p.Notice == nil
}
