package plan

import (
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/money"
)

// Case is everything that an estimate rests on.
type Case struct {
	Insured Insured
	History []Paid // what the mutual already paid for this person, in any order
	Expense Expense
	Sent    civil.Date // day on which the claim, or the request for direct assistance, is sent
}

// Insured is a person as the plan knows them.
type Insured struct {
	Role      Role
	Category  string // of the fee, where a plan has several: "socio", "cliente"
	Birth     civil.Date
	Sex       string // "F", "M", "" = not known
	Start     civil.Date
	Left      bool       // not enrolled
	Requested civil.Date // newborns: day on which enrolment was asked for
	Dues      []Due
	Missed    []Month    // months whose instalment was not paid in time
	Cured     civil.Date // day on which all missed months were paid; zero = not yet
}

// Due is a contribution with the day by which it is due and the day on which it was paid, zero when it is not.
type Due struct{ On, Paid civil.Date }

// Month is a month of a year.
type Month struct {
	Year  int
	Month time.Month
}

// Paid is something that the mutual paid, to the member or to the provider.
type Paid struct {
	Date      civil.Date // of the fiscal document, or of the discharge
	Benefit   ID
	Form      Form
	Cents     money.Cents
	Days      int            // of a subsidy
	Units     int            // services; 0 = one
	Specialty string         // of a visit
	Treats    map[string]int // by Treatment.ID
	Programme string
	SameStay  bool // a refund of a service given during a hospital stay
}

// Form is how a service is paid for.
type Form string

// The forms.
const (
	Ticket      Form = "ticket_ssn"    // co-payment to the national health service
	Private     Form = "private"       // paid by the member, refunded (*forma indiretta*)
	Intramoenia Form = "intramoenia"   // paid private activity of public doctors: counts as private (BEG-08)
	Directly    Form = "direct"        // authorised at an affiliated provider, which the mutual pays (*forma diretta*)
	Subsidy     Form = "daily_subsidy" // so much a day
	Lump        Form = "lump_sum"      // once
)

// Cause is why a service was needed.
type Cause string

// The causes.
const (
	Illness    Cause = "illness"
	Injury     Cause = "injury"
	Pregnancy  Cause = "pregnancy"
	Childbirth Cause = "childbirth"
	Prevention Cause = "prevention"

	// Of waiting periods alone: the two plans have no benefit for them (AMB-36).
	MajorSurgery Cause = "major_surgery"
	EyeSurgery   Cause = "eye_surgery"
)

// Fact is something about a case that a regulation treats apart.
type Fact string

// The facts.
const (
	Preexisting         Fact = "preexisting"         // the illness was there before the start
	HIVAtStart          Fact = "hiv-at-start"        // BPB-18
	PregnantAtStart     Fact = "pregnant-at-start"   // BPB-18
	Smoking             Fact = "smoking"             // caused by tobacco
	Mental              Fact = "mental"              // a mental illness
	Congenital          Fact = "congenital"          // a congenital illness or malformation
	ThirdParty          Fact = "third-party"         // caused by the negligence of somebody else
	ThirdPartyUnknown   Fact = "third-party-unknown" // who is untraceable or insolvent
	CompetitiveSport    Fact = "competitive-sport"   // at a competitive event
	ForCertificate      Fact = "for-certificate"     // done to issue a certificate
	FetalDNA            Fact = "fetal-dna"           // a prenatal test on fetal DNA
	AdvanceInvoice      Fact = "advance-invoice"     // for a service not yet done
	PrescriberProvides  Fact = "prescriber-provides" // one doctor prescribed and performed
	NotPertinentService Fact = "not-pertinent"       // service and illness do not match
	SameStayRefunded    Fact = "same-stay-refunded"  // services of the same stay were refunded, or are asked for
)

// Answer is what is known of something: the zero Answer is that nobody said.
type Answer int

// The answers.
const (
	Unsaid Answer = iota
	Yes
	No
)

// Paper is something that documents show, or one of them.
type Paper string

// The papers that rules of the two plans ask for; a plan may name others.
const (
	DischargeLetter      Paper = "discharge_letter_with_diagnosis"
	PregnancyCertificate Paper = "pregnancy_certificate"
	DoctorCertificate    Paper = "certificate"         // of the loss of self-sufficiency
	Receipted            Paper = "receipted"           // the document says that it was paid
	TicketReceipt        Paper = "receipt_is_ticket"   // the receipt shows that it is a ticket
	ServiceOnReceipt     Paper = "receipt_has_service" // and the kind of service, or the doctor's speciality
	DetailedInvoice      Paper = "invoice_detailed"    // with the care given and its days
)

// Expense is what a claim or a request is about.
type Expense struct {
	Benefit   ID
	Form      Form
	Cause     Cause
	Service   string // as the document names it
	Specialty string // of a visit
	On        civil.Date
	Document  civil.Date // of the fiscal document; zero = On
	Facts     []Fact
	Onset     civil.Date // of the illness; zero = not known
	Injured   civil.Date // day of the injury
	Emergency Answer     // the report of the emergency room is there

	Amount    money.Cents // of the document, or the agreed price
	NonHealth money.Cents // of Amount: stamp duty, administrative charges (BEE-03)
	Excluded  money.Cents // of Amount: things that are not covered, as a frame
	Other     money.Cents // paid by another fund or insurer (BEE-07, AMB-41)
	Lines     []Line

	Prescribed Prescribed
	Papers     map[Paper]Answer
	Affiliated Answer // the provider
	Doctor     Answer // and its doctor
	Authorised Answer

	Stay      Stay
	Care      Care
	Loss      Loss
	Visus     Visus
	Lens      string // "glasses", "quarterly", "monthly", "daily"
	Programme string
	Listed    Answer // the service is in the benefit's closed list; Unsaid = its name tells
}

// Line is one treatment of an expense.
type Line struct {
	Treatment string
	Amount    money.Cents
}

// Prescribed is the prescription.
type Prescribed struct {
	There     Answer
	On        civil.Date
	Issuer    string // "MMG", "specialist"; "" = not known
	Diagnosis string // as written
	Unread    bool   // nobody copied it from the paper: an empty Diagnosis is in doubt, and not weak
}

// Stay is a hospital stay.
type Stay struct {
	Entry, Exit civil.Date
	Accesses    []civil.Date // of a day hospital
	Times       int          // accesses whose dates are not known
	Facility    Facility
	Reason      string // "surgery", "chemotherapy", "diagnostics", "medical"
	SSN         bool   // wholly paid by the national health service
}

// Facility is the kind of place of a stay.
type Facility string

// The facilities; a plan names those that it leaves out.
const (
	Hospital     Facility = "hospital" // clinics, university institutes and authorised nursing homes too
	Thermal      Facility = "thermal"
	Convalescent Facility = "convalescent"
	Residential  Facility = "residential"
	Dietetic     Facility = "dietetic"
	Aesthetic    Facility = "aesthetic"
)

// Care is assistance after a discharge.
type Care struct {
	Discharge  civil.Date
	Days       []civil.Date
	AtHome     Answer
	Prescribed Answer
}

// Loss is a loss of self-sufficiency.
type Loss struct {
	Acts      []string // that can't be done any more, in the regulation's words
	Since     civil.Date
	Permanent Answer
}

// Visus is the certificate of a change of sight.
type Visus struct {
	There   Answer
	On      civil.Date
	Issuer  string
	Changed Answer
}
