package claim

import "github.com/sodale/sodale/app/fault"

// Codes of Check, in form order. Those without a word on warning stop a claim from being sent.
const (
	CodeNotOffered  fault.Code = "claim.study-not-offered"      // STU-01: the mutual has no study grants
	CodeNoIBAN      fault.Code = "claim.iban-missing"           // CLM-07, STU-04
	CodeBadIBAN     fault.Code = "claim.iban-unreadable"        // CLM-07, PER-09
	CodeNoRegion    fault.Code = "claim.region-missing"         // STU-04
	CodeNoRecord    fault.Code = "claim.surgery-record-missing" // CLM-09, CLM-31: warns
	CodeNoDocument  fault.Code = "claim.no-document"            // CLM-03
	CodeManyFiles   fault.Code = "claim.too-many-files"         // more than MaxFiles; Values: Max
	CodeNoType      fault.Code = "claim.type-missing"           // CLM-10
	CodeNoPerson    fault.Code = "claim.person-missing"         // CLM-12, STU-05
	CodeNoService   fault.Code = "claim.service-missing"        // CLM-10
	CodeNoSchool    fault.Code = "claim.school-missing"         // STU-06
	CodeNoMark      fault.Code = "claim.mark-missing"           // STU-06
	CodeNoForeign   fault.Code = "claim.foreign-refused"        // the mutual takes no expenses in another currency
	CodeBadCurrency fault.Code = "claim.currency-unknown"       // the ECB quotes no such currency (Eticare, art. 15)
	CodeNoAmount    fault.Code = "claim.amount-missing"         // CLM-10
	CodeBadAmount   fault.Code = "claim.amount-unreadable"      // CLM-14
	CodeStampDuty   fault.Code = "claim.stamp-duty-over"        // more than the amount it is part of
	CodeNoNumber    fault.Code = "claim.number-missing"         // CLM-10
	CodeNoDate      fault.Code = "claim.date-missing"           // CLM-11
	CodeBadDate     fault.Code = "claim.date-unreadable"        // CLM-14
	CodeFutureDate  fault.Code = "claim.date-future"            // CLM-14
	CodeOldDate     fault.Code = "claim.date-past-deadline"     // CLM-29, CLM-35: warns; Values: Days, LastDay

	CodeNoProvince   fault.Code = "claim.province-missing"  // CLM-11
	CodeNoProvider   fault.Code = "claim.provider-missing"  // CLM-11
	CodeNoAdmission  fault.Code = "claim.admission-missing" // CLM-31
	CodeNoDischarge  fault.Code = "claim.discharge-missing" // CLM-31
	CodeStayBackward fault.Code = "claim.discharge-before"  // CLM-31

	CodeCoverUnsaid fault.Code = "claim.cover-unsaid"         // CLM-39: warns
	CodeCoverBody   fault.Code = "claim.cover-body-missing"   // CLM-39
	CodeCoverAmount fault.Code = "claim.cover-amount-missing" // CLM-39
	CodeCoverOver   fault.Code = "claim.cover-over-amount"    // CLM-39: more than was paid

	CodeOldPrescription  fault.Code = "claim.prescription-old"   // CLM-37: warns; Values: Days
	CodeLatePrescription fault.Code = "claim.prescription-after" // CLM-37: warns: dated after the expense
	CodeVagueDiagnosis   fault.Code = "claim.diagnosis-vague"    // CLM-50, BPB-06: warns; Values: Text

	CodeNoFile         fault.Code = "claim.file-missing"             // CLM-03
	CodeNoCertificate  fault.Code = "claim.certificate-missing"      // STU-07
	CodeFileTooLarge   fault.Code = "claim.file-too-large"           // CLM-05; Values: File, Name
	CodeFileKind       fault.Code = "claim.file-kind"                // CLM-04, CFG-16; Values: File, Name
	CodeNoPrescription fault.Code = "claim.prescription-missing"     // CLM-30, CLM-36: warns
	CodeNoLetter       fault.Code = "claim.discharge-letter-missing" // CLM-31: warns
	CodeBlankFile      fault.Code = "claim.file-blank"               // warns; Values: File, Name; so do the next four
	CodeBlurredFile    fault.Code = "claim.file-blurred"
	CodeDarkFile       fault.Code = "claim.file-dark"
	CodeTurnedFile     fault.Code = "claim.file-turned"
	CodeStranger       fault.Code = "claim.paper-stranger" // the paper is about somebody outside the household

	CodeOtherPerson fault.Code = "claim.paper-person" // warns: the paper is about another of the household; Values: File, Name, Person (id)
	CodeOtherAmount fault.Code = "claim.paper-amount" // warns; Values: File, Name, Read, Typed
	CodeOtherNumber fault.Code = "claim.paper-number" // warns; Values: File, Name, Read
	CodeOtherDate   fault.Code = "claim.paper-date"   // warns; Values: File, Name, Read

	CodeUnseen fault.Code = "claim.unseen" // read from the paper and not looked at: nothing is submitted unseen
)
