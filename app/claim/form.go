package claim

import (
	"slices"

	"github.com/sodale/sodale/app/plan"
)

// The fields of a document, as the last part of Problem.Where and in ExpenseDocument.Proposed; in the order of the form.
const (
	FieldType        = "type"
	FieldPerson      = "person"
	FieldService     = "service"
	FieldSchool      = "school"
	FieldMark        = "mark"
	FieldAdmitted    = "admitted"
	FieldDischarged  = "discharged"
	FieldCurrency    = "currency"
	FieldForeign     = "foreign"
	FieldAmount      = "amount"
	FieldStampDuty   = "stampDuty"
	FieldNumber      = "number"
	FieldIssued      = "issuedOn"
	FieldProvince    = "province"
	FieldProvider    = "provider"
	FieldVAT         = "providerVat"
	FieldCover       = "cover"
	FieldCoverBody   = "coverBody"
	FieldCoverAmount = "coverAmount"
	FieldPrescribed  = "prescribedOn"
	FieldDiagnosis   = "diagnosis"
	FieldBenefit     = "benefit"
	FieldForm        = "form"
	FieldNamed       = "named"
	FieldSpecialty   = "specialty"
	FieldTreatments  = "treatments"
	FieldCost        = "cost" // of one treatment: FieldCostAt
	FieldReason      = "reason"
	FieldCause       = "cause"
	FieldInjured     = "injured"
	FieldLens        = "lens"
	FieldSightOn     = "sightOn"
	FieldSightIssuer = "sightIssuer"
	FieldSight       = "sightChanged"
	FieldActs        = "acts"
	FieldLossSince   = "lossSince"
	FieldPermanent   = "permanent"
	FieldFiles       = "files"
)

// The fields of a claim itself, as Problem.Where.
const (
	WhereKind      = "kind"
	WhereProcedure = "procedure"
	WhereIBAN      = "iban"
	WhereRegion    = "region"
	WhereDocuments = "documents"
)

// MaxFiles is how many files one claim may have: a submission names no more (openapi.yaml, Submission.blobs).
const MaxFiles = 1000

// Types lists the types of document of a kind of claim, the usual first (CLM-02, CLM-10, STU-07).
func Types(k Kind) []DocumentType {
	if k == StudyGrant {
		return []DocumentType{SchoolCertificate}
	}
	return []DocumentType{ReceiptSlip, Invoice, Certificate, ClinicalRecord, HospitalCertificate, EmployerCertificate, BirthCertificate}
}

// Asks reports whether the form asks for a field of the document. What it does not ask for is not checked either.
//
//	every type                                      type, person, files; number and date (needed as Check says)
//	invoice, receipt, certificate, clinical record,
//	hospital certificate                            service, province, provider; prescription and diagnosis; what the
//	                                                plan asks about the service, as far as its benefit does
//	employer's and birth certificate                province and provider (who issued it)
//	invoice, receipt                                currency, stamp duty, VAT number, other cover; amount, or foreign in another
//	                                                currency; but a stay is paid by the day and states no amount
//	certificate                                     amount, if there is one
//	school certificate                              school and mark; no number (STU-05 … STU-07)
//	a stay                                          admitted, discharged (CLM-31)
//
// An expense in another currency was made abroad: it has no province.
func (d ExpenseDocument) Asks(field string) bool {
	if d.Type == SchoolCertificate {
		return slices.Contains([]string{FieldType, FieldPerson, FieldSchool, FieldMark, FieldIssued, FieldFiles}, field)
	}
	family := d.Type == EmployerCertificate || d.Type == BirthCertificate
	stay := d.Service == HospStay && !family
	expense := d.Type == "" || d.Type.Expense()
	foreign := expense && !stay && d.Currency != ""
	switch field {
	case FieldSchool, FieldMark:
		return false
	case FieldService, FieldPrescribed, FieldDiagnosis, FieldBenefit, FieldForm, FieldNamed, FieldSpecialty, FieldTreatments, FieldReason,
		FieldCause, FieldLens, FieldSightOn, FieldSightIssuer, FieldSight, FieldActs, FieldLossSince, FieldPermanent:
		return !family
	case FieldInjured:
		return !family && d.Cause == plan.Injury
	case FieldAdmitted, FieldDischarged:
		return stay
	case FieldAmount:
		return !stay && !foreign && (expense || d.Type == Certificate)
	case FieldCurrency, FieldStampDuty, FieldVAT, FieldCover, FieldCoverBody, FieldCoverAmount:
		return expense && !stay
	case FieldForeign:
		return foreign
	case FieldProvince:
		return !foreign
	}
	return true
}

// Regions are the regions that a study grant may be asked in: the twenty of Italy (STU-04, AMB-62), by name.
func Regions() []string {
	return []string{"Abruzzo", "Basilicata", "Calabria", "Campania", "Emilia-Romagna", "Friuli-Venezia Giulia", "Lazio", "Liguria",
		"Lombardia", "Marche", "Molise", "Piemonte", "Puglia", "Sardegna", "Sicilia", "Toscana", "Trentino-Alto Adige", "Umbria",
		"Valle d’Aosta", "Veneto"}
}

// Currencies are those that an expense can be in beside the euro: what the European Central Bank quotes a rate for, since
// the refund is at its mean rate of the week (Eticare, art. 15). ISO 4217, the usual first.
func Currencies() []string {
	return []string{"USD", "GBP", "CHF", "AUD", "BRL", "CAD", "CNY", "CZK", "DKK", "HKD", "HUF", "IDR", "ILS", "INR", "ISK", "JPY",
		"KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON", "SEK", "SGD", "THB", "TRY", "ZAR"}
}
