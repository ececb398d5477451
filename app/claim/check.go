package claim

import (
	"slices"
	"strconv"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/money"
)

// Problem is one thing that is missing or odd. Where names its field: "documents", or "documents/<id>/amount". One of a file
// stands at "documents/<id>/files" and names the file in Values: File is its id, Name what it is called.
type Problem struct {
	Code     fault.Code
	Where    string
	Blocking bool // false: the member may send all the same
	Values   map[string]string
}

// Check lists every problem of a claim in form order. It is pure. Whether a document was claimed before is not its business:
// see Known.
func Check(c Claim, r Rules) []Problem {
	k := &checker{Rules: r}
	study := c.Kind == StudyGrant
	k.need(!study || r.Mutual.Claims.Study.Offered, CodeNotOffered, WhereKind)
	switch {
	case c.IBANText != "":
		k.need(false, CodeBadIBAN, WhereIBAN)
	default:
		k.need(c.IBAN != "" || r.IBAN != "", CodeNoIBAN, WhereIBAN)
	}
	k.need(!study || slices.Contains(Regions(), c.Region), CodeNoRegion, WhereRegion)
	k.warn(c.Procedure != Surgery || study || operated(c), CodeNoRecord, WhereProcedure, nil)
	k.need(len(c.Documents) > 0, CodeNoDocument, WhereDocuments)
	if len(c.Attachments()) > MaxFiles {
		k.add(Problem{Code: CodeManyFiles, Where: WhereDocuments, Blocking: true, Values: map[string]string{"Max": strconv.Itoa(MaxFiles)}})
	}
	for _, d := range c.Documents {
		k.document(c, d)
	}
	return k.problems
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

// operated reports whether a claim about an operation has a paper of the operation or at least the stay it belongs to, which
// asks for its own letter (CLM-09, CLM-31).
func operated(c Claim) bool {
	return len(c.Documents) == 0 || slices.ContainsFunc(c.Documents, func(d ExpenseDocument) bool {
		return d.Service == HospStay || d.discharged()
	})
}

// checker collects problems.
type checker struct {
	Rules
	where    string // what stands before a field
	problems []Problem
}

func (k *checker) add(p Problem) {
	p.Where = k.where + p.Where
	k.problems = append(k.problems, p)
}

func (k *checker) need(ok bool, code fault.Code, field string) {
	if !ok {
		k.add(Problem{Code: code, Where: field, Blocking: true})
	}
}

func (k *checker) warn(ok bool, code fault.Code, field string, values map[string]string) {
	if !ok {
		k.add(Problem{Code: code, Where: field, Values: values})
	}
}

func (k *checker) document(c Claim, d ExpenseDocument) {
	k.where = WhereDocuments + "/" + d.ID + "/"
	k.need(slices.Contains(Types(c.Kind), d.Type), CodeNoType, FieldType)
	k.need(d.Person != "", CodeNoPerson, FieldPerson)
	k.need(d.Service != "" || !d.Asks(FieldService), CodeNoService, FieldService)
	k.school(d)
	k.stay(d)
	k.amounts(d)
	expense := d.Type == "" || d.Type.Expense()
	k.need(d.Number != "" || !expense, CodeNoNumber, FieldNumber)
	k.issued(d)
	k.need(d.Province != "" || !d.Asks(FieldProvince), CodeNoProvince, FieldProvince)
	k.need(d.Provider != "" || !d.Asks(FieldProvider), CodeNoProvider, FieldProvider)
	k.cover(d)
	k.prescription(d)
	k.planned(d)
	k.files(c, d)
	k.papers(d)
	for _, field := range d.Proposed {
		k.need(false, CodeUnseen, field)
	}
}

// school is what a certificate of a study grant states (STU-06).
func (k *checker) school(d ExpenseDocument) {
	if !d.Asks(FieldSchool) {
		return
	}
	marks := k.Marks(d.School)
	k.need(marks != nil, CodeNoSchool, FieldSchool)
	k.need(slices.Contains(marks, d.Mark), CodeNoMark, FieldMark)
}

func (k *checker) stay(d ExpenseDocument) {
	if !d.Asks(FieldAdmitted) {
		return
	}
	k.stayDay(d.Admitted, d.AdmittedText, CodeNoAdmission, FieldAdmitted)
	k.stayDay(d.Discharged, d.DischargedText, CodeNoDischarge, FieldDischarged)
	k.need(d.Admitted.IsZero() || d.Discharged.IsZero() || !d.Discharged.Before(d.Admitted), CodeStayBackward, FieldDischarged)
}

func (k *checker) stayDay(day civil.Date, text string, missing fault.Code, field string) {
	switch {
	case text != "":
		k.need(false, CodeBadDate, field)
	case day.IsZero():
		k.need(false, missing, field)
	default:
		k.need(!k.Today.Before(day), CodeFutureDate, field)
	}
}

// amounts are what was paid, in euro or in another currency, and the stamp duty in it.
func (k *checker) amounts(d ExpenseDocument) {
	needed := d.Type == "" || d.Type.Expense()
	switch {
	case d.Asks(FieldForeign):
		if !k.Mutual.Claims.Foreign {
			k.need(false, CodeNoForeign, FieldCurrency)
			return
		}
		k.need(slices.Contains(Currencies(), d.Currency), CodeBadCurrency, FieldCurrency)
		k.amount(money.Cents(d.Foreign), d.ForeignText, CodeNoAmount, FieldForeign, needed)
	case d.Asks(FieldAmount):
		k.amount(d.Amount, d.AmountText, CodeNoAmount, FieldAmount, needed)
		k.need(!d.Asks(FieldStampDuty) || d.Amount <= 0 || d.StampDuty <= d.Amount, CodeStampDuty, FieldStampDuty)
	}
}

// amount checks one sum. What can't be read stops also where nothing is needed: it was meant to say something.
func (k *checker) amount(sum money.Cents, text string, missing fault.Code, field string, needed bool) {
	if text != "" {
		k.need(false, CodeBadAmount, field)
		return
	}
	k.need(sum > 0 || !needed, missing, field)
}

// issued is the date of the document. A grant is for what the call says, not for what is recent: its certificate may have no
// date and is never late.
func (k *checker) issued(d ExpenseDocument) {
	switch {
	case d.IssuedText != "":
		k.need(false, CodeBadDate, FieldIssued)
	case d.IssuedOn.IsZero():
		k.need(d.Type == SchoolCertificate, CodeNoDate, FieldIssued)
	case k.Today.Before(d.IssuedOn):
		k.need(false, CodeFutureDate, FieldIssued)
	case d.Type != SchoolCertificate:
		last, stated := k.LastDay(d.IssuedOn)
		k.warn(!stated || !last.Before(k.Today), CodeOldDate, FieldIssued,
			map[string]string{"Days": strconv.Itoa(k.ClaimDays()), "LastDay": last.Italian()})
	}
}

// cover is what others paid for the same expense (CLM-39).
func (k *checker) cover(d ExpenseDocument) {
	if !d.Asks(FieldCover) {
		return
	}
	k.warn(d.Cover.Answer != CoverUnsaid || !k.Mutual.Claims.OtherCover, CodeCoverUnsaid, FieldCover, nil)
	if d.Cover.Answer != CoverPaid {
		return
	}
	k.need(d.Cover.Body != "", CodeCoverBody, FieldCoverBody)
	k.amount(d.Cover.Amount, d.Cover.AmountText, CodeCoverAmount, FieldCoverAmount, true)
	k.need(d.Amount <= 0 || d.Cover.Amount <= d.Amount, CodeCoverOver, FieldCoverAmount)
}

// prescription checks its day against that of the expense (CLM-37) and that the diagnosis is one (CLM-50, BPB-06).
func (k *checker) prescription(d ExpenseDocument) {
	if !d.Asks(FieldPrescribed) {
		return
	}
	days := k.Mutual.Claims.PrescriptionDays
	switch {
	case d.PrescribedText != "":
		k.need(false, CodeBadDate, FieldPrescribed)
	case d.PrescribedOn.IsZero():
	case k.Today.Before(d.PrescribedOn):
		k.need(false, CodeFutureDate, FieldPrescribed)
	case d.IssuedOn.IsZero() || days == 0 || !d.Type.Expense():
	case d.IssuedOn.Before(d.PrescribedOn):
		k.warn(false, CodeLatePrescription, FieldPrescribed, nil)
	default:
		k.warn(d.IssuedOn.Sub(d.PrescribedOn) <= days, CodeOldPrescription, FieldPrescribed, map[string]string{"Days": strconv.Itoa(days)})
	}
	k.warn(!k.Mutual.Vague(d.Diagnosis), CodeVagueDiagnosis, FieldDiagnosis, map[string]string{"Text": d.Diagnosis})
}

// planned checks days and amounts that nothing but the plan needs.
func (k *checker) planned(d ExpenseDocument) {
	k.dayGone(d, FieldInjured, d.Injured, d.InjuredText)
	k.dayGone(d, FieldSightOn, d.Sight.On, d.Sight.OnText)
	k.dayGone(d, FieldLossSince, d.Loss.Since, d.Loss.SinceText)
	for i, t := range d.Treatments {
		k.need(t.AmountText == "" || !d.Asks(FieldTreatments), CodeBadAmount, FieldCostAt(i))
	}
}

// dayGone checks a day that need not be said and is not to come.
func (k *checker) dayGone(d ExpenseDocument, field string, day civil.Date, text string) {
	if d.Asks(field) {
		k.need(text == "", CodeBadDate, field)
		k.need(day.IsZero() || !k.Today.Before(day), CodeFutureDate, field)
	}
}
