// Package card is the membership card (*tessera*, CRD): what stands on it and the signed code that proves it with no
// network.
package card

import "github.com/sodale/sodale/app/civil"

// Card is one person's card. Code is what the QR holds: text signed by the mutual, an identifier and never a secret.
type Card struct {
	Number     string     `json:"number"` // matricola, 12 digits
	Name       string     `json:"name"`
	Role       string     `json:"role"`
	FiscalCode string     `json:"fiscalCode"`
	Since      civil.Date `json:"since"`
	ValidTo    civil.Date `json:"validTo"` // last day, included
	Plan       string     `json:"plan"`
	Mutual     string     `json:"mutual"`
	Helpline   string     `json:"helpline"`
	Code       string     `json:"code"`
}
