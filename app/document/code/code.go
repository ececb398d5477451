// Package code reads the QR codes and barcodes on a page of pixels: a pagoPA notice, the codice fiscale on a tessera
// sanitaria. What it finds is a help and never needed; nothing found is no error.
package code

import (
	"strings"

	"github.com/sodale/sodale/app/fiscalcode"
	"github.com/sodale/sodale/app/money"
)

// Code is what one code on a page says: a PagoPA, a FiscalCode or a Text.
type Code interface{ code() }

// PagoPA is the QR code of a payment notice (pagoPA, "Specifiche attuative dei codici identificativi di versamento").
type PagoPA struct {
	Notice   string // numero avviso, 18 digits
	Creditor string // codice fiscale of who is paid, 11 digits whose last follows from the others
	Amount   money.Cents
}

// FiscalCode is the codice fiscale of a person, of 16 characters, as the tessera sanitaria has it.
type FiscalCode fiscalcode.Code

// Text is what any other code says.
type Text string

func (PagoPA) code()     {}
func (FiscalCode) code() {}
func (Text) code()       {}

// Parse says what the text of a code is.
func Parse(text string) Code {
	if p, ok := parsePagoPA(text); ok {
		return p
	}
	if f, err := fiscalcode.Parse(text); err == nil && !f.Provisional() {
		return FiscalCode(f)
	}
	return Text(text)
}

// parsePagoPA reads PAGOPA|002|notice|creditor|cents. A text that is not so to the letter is not one.
func parsePagoPA(text string) (PagoPA, bool) {
	fields := strings.Split(text, "|")
	if len(fields) != 5 || fields[0] != "PAGOPA" || fields[1] != "002" {
		return PagoPA{}, false
	}
	notice, creditor := fields[2], fields[3]
	cents, ok := parseCents(fields[4])
	if !ok || len(notice) != 18 || !digits(notice) || len(creditor) != 11 || !digits(creditor) {
		return PagoPA{}, false
	}
	if _, err := fiscalcode.Parse(creditor); err != nil {
		return PagoPA{}, false
	}
	return PagoPA{Notice: notice, Creditor: creditor, Amount: cents}, true
}

// parseCents reads an amount of two to ten digits, more than nothing and no more than money.Max.
func parseCents(text string) (money.Cents, bool) {
	if len(text) < 2 || len(text) > 10 || !digits(text) {
		return 0, false
	}
	cents := money.Cents(0)
	for _, d := range text {
		cents = 10*cents + money.Cents(d-'0')
	}
	return cents, cents > 0 && cents <= money.Max
}

func digits(s string) bool { return strings.Trim(s, "0123456789") == "" }
