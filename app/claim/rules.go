package claim

import (
	"slices"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/mutual"
)

// ClaimDays is how many days after the service a claim may be made where the mutual states none (CLM-29, CLM-35).
const ClaimDays = 90

// Rules is what a claim is checked against. The zero Mutual stands for a mutual that said nothing: the program's own limits
// hold.
type Rules struct {
	Today  civil.Date // in Rome
	IBAN   string     // of the household; "" = none
	Mutual mutual.Profile
}

// MaxFile is how large a file may be, in bytes (CLM-05, CFG-16).
func (r Rules) MaxFile() int64 {
	if r.Mutual.Files.MaxBytes > 0 {
		return r.Mutual.Files.MaxBytes
	}
	return document.MaxSize
}

// Takes reports whether the mutual takes files of that kind (CLM-04, CFG-16).
func (r Rules) Takes(k document.Kind) bool {
	return len(r.Mutual.Files.Kinds) == 0 || slices.Contains(r.Mutual.Files.Kinds, k)
}

// LastDay is the last day, included, on which a document of that date may be claimed; false when the mutual states no term
// (CLM-29, CLM-35, CFG-13). Documents of December may have until 28 February, leap year or not (AMB-39).
func (r Rules) LastDay(issued civil.Date) (civil.Date, bool) {
	days := r.ClaimDays()
	switch {
	case issued.IsZero() || days == 0:
		return civil.Date{}, false
	case r.Mutual.Claims.DecemberFebruary && issued.Month == time.December:
		return civil.Date{Year: issued.Year + 1, Month: time.February, Day: 28}, true
	}
	return issued.AddDays(days), true
}

// ClaimDays is how many days after the date of a document it may be claimed; 0 = no term is stated.
func (r Rules) ClaimDays() int {
	if r.Mutual.ID == "" {
		return ClaimDays
	}
	return r.Mutual.Terms.ClaimDays
}

// NeedsPrescription reports whether the expense of a document is not paid without a prescription (CLM-30, CLM-36).
func (r Rules) NeedsPrescription(d ExpenseDocument) bool {
	return d.Type.Expense() && slices.Contains(r.Mutual.Claims.NeedPrescription, string(d.Service))
}

// Marks lists the marks of a kind of school, by its id; none for a kind that the mutual does not have (STU-06).
func (r Rules) Marks(school string) []string {
	for _, s := range r.Mutual.Claims.Study.Schools {
		if s.ID == school {
			return s.Marks
		}
	}
	return nil
}
