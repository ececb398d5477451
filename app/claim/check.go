package claim

import (
	"strconv"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
)

// Problem is one thing that is missing or odd. Where names its field: "documents", or "documents/<id>/amount".
type Problem struct {
	Code     fault.Code
	Where    string
	Blocking bool // false: the member may send all the same
	Values   map[string]string
}

// Codes of Check, in form order.
const (
	CodeNoDocument   fault.Code = "claim.no-document"        // CLM-03
	CodeNoType       fault.Code = "claim.type-missing"       // CLM-10
	CodeNoPerson     fault.Code = "claim.person-missing"     // CLM-12
	CodeNoService    fault.Code = "claim.service-missing"    // CLM-10
	CodeNoAmount     fault.Code = "claim.amount-missing"     // CLM-10
	CodeBadAmount    fault.Code = "claim.amount-unreadable"  // CLM-14
	CodeNoNumber     fault.Code = "claim.number-missing"     // CLM-10
	CodeNoDate       fault.Code = "claim.date-missing"       // CLM-11
	CodeBadDate      fault.Code = "claim.date-unreadable"    // CLM-14
	CodeFutureDate   fault.Code = "claim.date-future"        // CLM-14
	CodeOldDate      fault.Code = "claim.date-past-deadline" // CLM-29, CLM-35: warns
	CodeNoProvince   fault.Code = "claim.province-missing"   // CLM-11
	CodeNoProvider   fault.Code = "claim.provider-missing"   // CLM-11
	CodeNoAdmission  fault.Code = "claim.admission-missing"  // CLM-31
	CodeNoDischarge  fault.Code = "claim.discharge-missing"  // CLM-31
	CodeStayBackward fault.Code = "claim.discharge-before"   // CLM-31
	CodeNoFile       fault.Code = "claim.file-missing"       // CLM-03
	CodeFileTooLarge fault.Code = "claim.file-too-large"     // CLM-05
	CodeNoIBAN       fault.Code = "claim.iban-missing"       // CLM-07
	CodeBadIBAN      fault.Code = "claim.iban-unreadable"    // CLM-07, PER-09
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

// Check lists every problem of a claim in form order. It is pure.
func Check(c Claim, r Rules) []Problem {
	var p []Problem
	if c.IBANText != "" {
		p = append(p, Problem{Code: CodeBadIBAN, Where: "iban", Blocking: true})
	} else if c.IBAN == "" && r.IBAN == "" {
		p = append(p, Problem{Code: CodeNoIBAN, Where: "iban", Blocking: true})
	}
	if len(c.Documents) == 0 {
		p = append(p, Problem{Code: CodeNoDocument, Where: "documents", Blocking: true})
	}
	for _, d := range c.Documents {
		p = append(p, checkDocument(d, r)...)
	}
	return p
}

// Stops reports whether any of the problems stops sending.
func Stops(problems []Problem) bool {
	for _, p := range problems {
		if p.Blocking {
			return true
		}
	}
	return false
}

// checker collects the problems of one document.
type checker struct {
	Rules
	where    string
	problems []Problem
}

func (k *checker) need(ok bool, code fault.Code, field string) {
	if !ok {
		k.problems = append(k.problems, Problem{Code: code, Where: k.where + field, Blocking: true})
	}
}

func checkDocument(d ExpenseDocument, r Rules) []Problem {
	k := &checker{Rules: r, where: "documents/" + d.ID + "/"}
	k.need(d.Type != "", CodeNoType, "type")
	k.need(d.Person != "", CodeNoPerson, "person")
	k.need(d.Service != "", CodeNoService, "service")
	switch {
	case d.Service == HospStay:
		k.stayDay(d.Admitted, d.AdmittedText, CodeNoAdmission, "admitted")
		k.stayDay(d.Discharged, d.DischargedText, CodeNoDischarge, "discharged")
		k.need(d.Admitted.IsZero() || d.Discharged.IsZero() || !d.Discharged.Before(d.Admitted), CodeStayBackward, "discharged")
	case d.AmountText != "":
		k.need(false, CodeBadAmount, "amount")
	default:
		k.need(d.Amount > 0 || d.Type != "" && !d.Type.Expense(), CodeNoAmount, "amount")
	}
	k.need(d.Number != "" || d.Type != "" && !d.Type.Expense(), CodeNoNumber, "number")
	k.date(d)
	k.need(d.Province != "", CodeNoProvince, "province")
	k.need(d.Provider != "", CodeNoProvider, "provider")
	k.need(len(d.Attachments) > 0, CodeNoFile, "files")
	for _, a := range d.Attachments {
		k.need(a.Size <= k.MaxFile(), CodeFileTooLarge, "files")
	}
	return k.problems
}

func (k *checker) stayDay(day civil.Date, text string, missing fault.Code, field string) {
	k.need(text == "", CodeBadDate, field)
	k.need(text != "" || !day.IsZero(), missing, field)
}

func (k *checker) date(d ExpenseDocument) {
	switch {
	case d.IssuedText != "":
		k.need(false, CodeBadDate, "issuedOn")
	case d.IssuedOn.IsZero():
		k.need(false, CodeNoDate, "issuedOn")
	case k.Today.Before(d.IssuedOn):
		k.need(false, CodeFutureDate, "issuedOn")
	default:
		if last, stated := k.LastDay(d.IssuedOn); stated && last.Before(k.Today) {
			k.problems = append(k.problems, Problem{Code: CodeOldDate, Where: k.where + "issuedOn",
				Values: map[string]string{"Days": strconv.Itoa(k.ClaimDays()), "LastDay": last.Italian()}})
		}
	}
}
