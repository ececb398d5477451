package plan

// Code is why an expense is paid or not. The codes are stable: screens translate "plan.CODE", the mutual's decisions carry them.
type Code string

// The codes, in the order in which one of several is the reason: first what no document can cure. What a document can cure comes
// last, because it is worth asking for only when nothing else stands in the way.
const (
	OK Code = "OK"

	PersonNotCovered Code = "PERSON_NOT_COVERED"
	NotInPlan        Code = "NOT_IN_PLAN"
	ExcludedBenefit  Code = "EXCLUDED_BENEFIT"
	PrivateNot       Code = "PRIVATE_NOT_COVERED"
	FormNotAllowed   Code = "FORM_NOT_ALLOWED"
	BeforeCoverage   Code = "BEFORE_COVERAGE"
	Ceased           Code = "CEASED"
	Suspended        Code = "SUSPENDED"
	Reacquiring      Code = "REACQUISITION_WAIT"
	ExcludedCause    Code = "EXCLUDED_CAUSE"
	PreexistingCode  Code = "PREEXISTING"
	PregnancyBefore  Code = "PREGNANCY_AT_ENROLMENT"
	InjuryBefore     Code = "INJURY_BEFORE_COVERAGE"
	WaitingPeriod    Code = "WAITING_PERIOD"
	Late             Code = "LATE_SUBMISSION"
	DirectLate       Code = "DIRECT_REQUEST_LATE"
	Advance          Code = "ADVANCE_INVOICE"
	AgeOrSex         Code = "AGE_OR_SEX_REQUIREMENT"
	NotAffiliated    Code = "PROVIDER_NOT_AFFILIATED"
	NotAuthorised    Code = "NOT_AUTHORISED"
	NotEligible      Code = "FACILITY_NOT_ELIGIBLE"
	DayHospital      Code = "DAY_HOSPITAL_REASON"
	NotAtHome        Code = "NOT_AT_HOME"
	OutOfWindow      Code = "OUT_OF_WINDOW"
	SameStay         Code = "SEPARATE_REFUND_SAME_STAY"
	TooShort         Code = "MEMBERSHIP_TOO_SHORT"
	NotMet           Code = "CONDITION_NOT_MET"
	AlreadyPaid      Code = "ALREADY_PAID"
	Prescriber       Code = "PRESCRIBER_IS_PROVIDER"
	Expired          Code = "PRESCRIPTION_EXPIRED"
	AfterExpense     Code = "PRESCRIPTION_AFTER_EXPENSE"
	NotPertinent     Code = "NOT_PERTINENT"
	Frequency        Code = "FREQUENCY"
	VisitsExceeded   Code = "VISITS_PER_SPECIALTY_EXCEEDED"
	Exhausted        Code = "LIMIT_EXHAUSTED"

	NotCertified        Code = "INJURY_NOT_CERTIFIED"
	PrescriptionMissing Code = "PRESCRIPTION_MISSING"
	DiagnosisInvalid    Code = "DIAGNOSIS_INVALID"
	DocumentMissing     Code = "DOCUMENT_MISSING"
	DocumentIncomplete  Code = "DOCUMENT_INCOMPLETE"

	// Of enrolment only.
	AgeLimit         Code = "AGE_LIMIT"
	FamilyIncomplete Code = "FAMILY_INCOMPLETE"
	Residence        Code = "RESIDENCE"
)

// ranks is the order of the codes above.
var ranks = map[Code]int{}

var (
	refusing = []Code{PersonNotCovered, NotInPlan, ExcludedBenefit, PrivateNot, FormNotAllowed, BeforeCoverage, Ceased, Suspended, Reacquiring,
		ExcludedCause, PreexistingCode, PregnancyBefore, InjuryBefore, WaitingPeriod, Late, DirectLate, Advance, AgeOrSex, NotAffiliated,
		NotAuthorised, NotEligible, DayHospital, NotAtHome, OutOfWindow, SameStay, TooShort, NotMet, AlreadyPaid, Prescriber, Expired,
		AfterExpense, NotPertinent, Frequency, VisitsExceeded, Exhausted, AgeLimit, FamilyIncomplete, Residence}
	curable = []Code{NotCertified, PrescriptionMissing, DiagnosisInvalid, DocumentMissing, DocumentIncomplete}
)

func init() {
	for i, c := range append(append([]Code{}, refusing...), curable...) {
		ranks[c] = i
	}
}

// Codes lists all codes, in the order in which one of several is the reason.
func Codes() []Code { return append(append([]Code{OK}, refusing...), curable...) }

// Curable reports whether a document can put right what the code says.
func (c Code) Curable() bool {
	for _, d := range curable {
		if c == d {
			return true
		}
	}
	return false
}

// Warning is something that the member should see beside what is paid.
type Warning string

// The warnings.
const (
	CappedEach      Warning = "CAPPED_PER_SERVICE"
	CappedAnnual    Warning = "CAPPED_ANNUAL"
	ExhaustedAfter  Warning = "LIMIT_EXHAUSTED_AFTER"
	ChargesOut      Warning = "STAMP_DUTY_EXCLUDED"
	ItemsOut        Warning = "ITEMS_EXCLUDED"
	PartialDays     Warning = "PARTIAL_DAYS"
	LastDayWarning  Warning = "LAST_DAY"
	DecemberWarning Warning = "DECEMBER_DEADLINE"
	OtherCover      Warning = "OTHER_COVERAGE"
	OldPrescription Warning = "PRESCRIPTION_OLD"    // of a ticket, where no term is stated (AMB-38)
	NoTerm          Warning = "PRESCRIPTION_AFTER"  // dated after the document, where no term is stated
	EmergencyReport Warning = "EMERGENCY_REPORT"    // stands in for the prescription (AMB-10)
	WeekendTerm     Warning = "TERM_ON_HOLIDAY"     // the last day is a holiday and is not moved (AMB-02)
	CheapDirect     Warning = "PRICE_BELOW_SHARE"   // the direct price is no more than the member's share (AMB-31)
	StayWithRefund  Warning = "SUBSIDY_LOST"        // a refund within a free stay takes its subsidy away (AMB-20)
	PregnancyDoubt  Warning = "PREGNANCY_UNDER_WAY" // a birth soon after the start
)

// Warnings lists all warnings.
func Warnings() []Warning {
	return []Warning{CappedEach, CappedAnnual, ExhaustedAfter, ChargesOut, ItemsOut, PartialDays, LastDayWarning, DecemberWarning, OtherCover,
		OldPrescription, NoTerm, EmergencyReport, WeekendTerm, CheapDirect, StayWithRefund, PregnancyDoubt}
}

// Outcome is what would come of a claim.
type Outcome string

// The outcomes.
const (
	Refund    Outcome = "refund"    // to the member
	Subsidise Outcome = "subsidy"   // daily or once
	PayDirect Outcome = "direct"    // to the provider
	Integrate Outcome = "integrate" // not payable as it stands, a document can cure it
	Reject    Outcome = "reject"
	Unknown   Outcome = "unknown" // too little is known to say
)
