// Package mutual is what differs from one mutual to the next, as data: how its members are named, let in and reached, which
// rules a password and a file follow, whom to call (REQUIREMENTS, Per-mutual configuration: CFG-01 … CFG-32). Adding a mutual is
// adding a file under assets/mutuals; a mutual that changes its rules says so through its feed.
package mutual

import (
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
)

// Codes of a file that can't be used. Item is "file:line"; Values say what was expected.
const (
	CodeFile    fault.Code = "mutual.file"    // no YAML, an unknown key, a wrong kind of value; Values: Problem
	CodeMissing fault.Code = "mutual.missing" // a key that is needed is not there; Values: Key
	CodeValue   fault.Code = "mutual.value"   // a value out of its range; Values: Key, Expected
)

// Profile is one mutual's rules. The written-out values of its named types stand in files and on the wire.
type Profile struct {
	ID      string `json:"id" yaml:"id"`           // "cesarepozzo"
	Name    string `json:"name" yaml:"name"`       // "Mutua CesarePozzo"
	Version int    `json:"version" yaml:"version"` // grows with every change
	Area    string `json:"area" yaml:"area"`       // what the mutual calls its reserved area: "CesarePozzoXTE"

	Entry        Entry        `json:"entry" yaml:"entry"`
	Password     PasswordRule `json:"password" yaml:"password"`
	Verification Verification `json:"verification" yaml:"verification"`
	Consents     []Consent    `json:"consents" yaml:"consents"` // in the order they are asked
	Relatives    Relatives    `json:"relatives" yaml:"relatives"`
	Files        Files        `json:"files" yaml:"files"`
	Terms        Terms        `json:"terms" yaml:"terms"`
	Claims       Claims       `json:"claims" yaml:"claims"`
	Complaints   Complaints   `json:"complaints" yaml:"complaints"`
	Contacts     Contacts     `json:"contacts" yaml:"contacts"`
	Notices      []Notice     `json:"notices" yaml:"notices"` // privacy notices, readable offline
	Messages     Messages     `json:"messages" yaml:"messages"`
	Rows         []Row        `json:"rows" yaml:"rows"` // the rows of WordRows, in that order
}

// Row is one row of the configuration table that no rule computes with yet, in the mutual's words: readable offline.
type Row struct {
	Number string `json:"number" yaml:"number"` // "CFG-12"
	Text   string `json:"text" yaml:"text"`     // Italian; "" = not stated in the source
}

// WordRows are the rows of the configuration table that a profile holds in words. All others are values of their own.
var WordRows = []string{"CFG-08", "CFG-12", "CFG-17", "CFG-19", "CFG-20", "CFG-22", "CFG-23", "CFG-24", "CFG-25", "CFG-26",
	"CFG-27", "CFG-28", "CFG-29", "CFG-30", "CFG-32"}

// Way is how a person comes to an account (CFG-01, CFG-03).
type Way string

// The ways.
const (
	WayRegister    Way = "register"     // Prima Iscrizione against the mutual's archive (REG-03 … REG-14)
	WayFirstAccess Way = "first-access" // user name and derived password, then a password of one's own (FAC)
	WayCode        Way = "code"         // activation code from a paper form and codice fiscale (REG-15 … REG-19)
	WaySignIn      Way = "sign-in"      // the account is there already
)

// UserKind is what a user name is (CFG-02).
type UserKind string

// The kinds of user name.
const (
	UserNumber        UserKind = "number"          // digits, completed with leading zeros to UserDigits (FAC-04)
	UserEMail         UserKind = "email"           // LOG-01
	UserMobileOrEMail UserKind = "mobile-or-email" // LOG-03
)

// UserDigits is the length of a numeric user name (FAC-04).
const UserDigits = 12

// Entry is how members get in.
type Entry struct {
	Ways   []Way    `json:"ways" yaml:"ways"`
	User   UserKind `json:"user" yaml:"user"`
	Labels struct { // the mutual's own words for the user name (FAC-02, FAC-03)
		Single     string `json:"single" yaml:"single"`         // "matricola"
		Collective string `json:"collective" yaml:"collective"` // "codice utente"; "" = not used
	} `json:"labels" yaml:"labels"`
	FactorOffered bool `json:"factorOffered" yaml:"factorOffered"` // CFG-09
}

// PasswordRule is what a password must have (CFG-04, LOG-07; AMB-56: the rule of LOG-07 where the source states none).
type PasswordRule struct {
	Least  int    `json:"least" yaml:"least"` // characters
	Digit  bool   `json:"digit" yaml:"digit"`
	Upper  bool   `json:"upper" yaml:"upper"`
	Lower  bool   `json:"lower" yaml:"lower"`
	Stated bool   `json:"stated" yaml:"stated"` // the source states it; false = default of AMB-56
	Text   string `json:"text" yaml:"text"`     // the sentence that names the rule, Italian (MSG-04)
}

// Channel says how an address is proved (CFG-05, CFG-06, CTV-12).
type Channel string

// The channels.
const (
	ChannelNone Channel = ""     // not verified
	ChannelCode Channel = "code" // a code is typed
	ChannelLink Channel = "link" // a link in the message is opened (e-mail only)
)

// Verification is how contacts are proved (CTV).
type Verification struct {
	EMail           Channel `json:"email" yaml:"email"`
	EMailMandatory  bool    `json:"emailMandatory" yaml:"emailMandatory"`
	Mobile          Channel `json:"mobile" yaml:"mobile"`
	MobileMandatory bool    `json:"mobileMandatory" yaml:"mobileMandatory"`
	MobileAtSignIn  bool    `json:"mobileAtSignIn" yaml:"mobileAtSignIn"` // CTV-02: the mobile is proved at the following sign-in
	MobileFromDesk  bool    `json:"mobileFromDesk" yaml:"mobileFromDesk"` // CTV-11: the number given at the desk, not typed
	MobilePrefix    string  `json:"mobilePrefix" yaml:"mobilePrefix"`     // how the number is shown: "+39." (REG-07, AMB-57) or "+39 "
	ResendSeconds   int     `json:"resendSeconds" yaml:"resendSeconds"`   // CTV-08; 60 by default (CFG-07)
}

// Moment is when a consent is asked.
type Moment string

// The moments.
const (
	AtRegistration Moment = "registration"
	AtFirstAccess  Moment = "first-access"
	AtDossier      Moment = "dossier" // again for each relative's dossier (PRV-03)
	Later          Moment = "later"   // only in Privacy e consensi, as a newsletter
)

// Consent is one box to tick (CFG-10).
type Consent struct {
	ID        string `json:"id" yaml:"id"`           // "terms", "privacy", "dossier", "newsletter"
	Version   string `json:"version" yaml:"version"` // of the text, for example "2019-01"
	Text      string `json:"text" yaml:"text"`       // Italian sentence beside the box
	Notice    string `json:"notice" yaml:"notice"`   // id of the notice to read; "" = none
	Moment    Moment `json:"moment" yaml:"moment"`
	Mandatory bool   `json:"mandatory" yaml:"mandatory"`
	Standing  bool   `json:"standing" yaml:"standing"` // holds without being asked until it is withdrawn (AMB-78)
	Without   string `json:"without" yaml:"without"`   // what refusing or withdrawing it means, Italian (PRV-11)
}

// Notice is a text that stays readable with no network (PRV-05 … PRV-16).
type Notice struct {
	ID       string    `json:"id" yaml:"id"`
	Version  string    `json:"version" yaml:"version"`
	Title    string    `json:"title" yaml:"title"`
	Sections []Section `json:"sections" yaml:"sections"`
}

// Section is one part of a notice: paragraphs, or a table with its columns.
type Section struct {
	Title      string     `json:"title" yaml:"title"`
	Paragraphs []string   `json:"paragraphs,omitempty" yaml:"paragraphs,omitempty"`
	Columns    []string   `json:"columns,omitempty" yaml:"columns,omitempty"`
	Rows       [][]string `json:"rows,omitempty" yaml:"rows,omitempty"`
}

// Relatives is what may be done with the family (CFG-11).
type Relatives struct {
	Shown          bool `json:"shown" yaml:"shown"`
	Editable       bool `json:"editable" yaml:"editable"`             // PER-08
	Activation     bool `json:"activation" yaml:"activation"`         // FAM-01: a relative can be added here
	SameMobileOnly bool `json:"sameMobileOnly" yaml:"sameMobileOnly"` // FAM-05
	DossierCode    bool `json:"dossierCode" yaml:"dossierCode"`       // FAM-06: code from the collection form
}

// Files is what may be attached (CFG-16).
type Files struct {
	Kinds    []document.Kind `json:"kinds" yaml:"kinds"`       // "pdf", "jpeg", "tiff" (AMB-55)
	MaxBytes int64           `json:"maxBytes" yaml:"maxBytes"` // each (AMB-54)
	Stated   bool            `json:"stated" yaml:"stated"`     // the source states them; false = the program's default
}

// Terms are days. 0 = not stated.
type Terms struct {
	ClaimDays     int `json:"claimDays" yaml:"claimDays"`         // CFG-13
	IntegrateDays int `json:"integrateDays" yaml:"integrateDays"` // CFG-14
	PaymentDays   int `json:"paymentDays" yaml:"paymentDays"`     // CFG-15
	BookingDays   int `json:"bookingDays" yaml:"bookingDays"`     // CFG-18, working days
	ReportDays    int `json:"reportDays" yaml:"reportDays"`       // CFG-21
	RetainYears   int `json:"retainYears" yaml:"retainYears"`     // CFG-31, PRV-08: kept by law after the status is lost
}

// Claims is what this mutual's claims have beside the usual (CLM, STU).
type Claims struct {
	MergeOpen        bool `json:"mergeOpen" yaml:"mergeOpen"`               // CFG-17, CLM-24: new documents join an open claim that is not paid
	Withdraw         bool `json:"withdraw" yaml:"withdraw"`                 // a member may take a claim back while it is not decided
	OtherCover       bool `json:"otherCover" yaml:"otherCover"`             // CLM-39: what others paid must be declared
	Foreign          bool `json:"foreign" yaml:"foreign"`                   // expenses in another currency are taken (Eticare, art. 15)
	DecemberFebruary bool `json:"decemberFebruary" yaml:"decemberFebruary"` // CLM-35, AMB-39: documents of December until 28 February
	PrescriptionDays int  `json:"prescriptionDays" yaml:"prescriptionDays"` // CFG-30, CLM-37: how old a prescription may be; 0 = not stated
	// NeedPrescription lists the services that are not paid without a prescription (CLM-30, CLM-36), by claim.Service.
	NeedPrescription []string `json:"needPrescription" yaml:"needPrescription"`
	// VagueDiagnoses lists wordings that are no diagnosis when nothing else is said (BPB-06, AMB-22).
	VagueDiagnoses []string `json:"vagueDiagnoses" yaml:"vagueDiagnoses"`
	Study          Study    `json:"study" yaml:"study"`
}

// Study is the call for study grants (STU-01 … STU-09; AMB-62: the source has no lists).
type Study struct {
	Offered bool     `json:"offered" yaml:"offered"`
	Notice  string   `json:"notice" yaml:"notice"`   // who may ask, and where the regulation is (STU-01, STU-02)
	Schools []Choice `json:"schools" yaml:"schools"` // kinds of school, each with its marks (STU-06)
}

// Choice is one entry of a list that a mutual writes.
type Choice struct {
	ID    string   `json:"id" yaml:"id"`
	Name  string   `json:"name" yaml:"name"` // Italian
	Marks []string `json:"marks" yaml:"marks"`
}

// Complaints is how this mutual deals with complaints and questions (CMP).
type Complaints struct {
	Answers string     `json:"answers" yaml:"answers"` // who answers, Italian (CMP-01); "" = not stated
	Explain string     `json:"explain" yaml:"explain"` // how else one is told things, Italian (CMP-05); "" = not stated
	Ways    []Recourse `json:"ways" yaml:"ways"`       // what is left after the answer, in the order in which it is tried (CMP-03, CMP-04, CMP-06)
}

// Recourse is one way that is left to who is not content with an answer.
type Recourse struct {
	Name    string `json:"name" yaml:"name"`       // Italian
	Text    string `json:"text" yaml:"text"`       // Italian: who decides, what it costs, what comes after
	Article string `json:"article" yaml:"article"` // of the rules, as it is cited; "" = none
	Link    string `json:"link" yaml:"link"`       // https address; "" = none
}

// Contacts is how to reach the mutual (SUP).
type Contacts struct {
	Phone       string      `json:"phone" yaml:"phone"`
	TollFree    string      `json:"tollFree" yaml:"tollFree"`
	Fax         string      `json:"fax" yaml:"fax"`
	EMail       string      `json:"email" yaml:"email"`
	Refunds     string      `json:"refunds" yaml:"refunds"` // e-mail for refunds
	H24         string      `json:"h24" yaml:"h24"`
	Address     string      `json:"address" yaml:"address"`
	Site        string      `json:"site" yaml:"site"`
	Hours       string      `json:"hours" yaml:"hours"`     // verbatim (SUP-06)
	Support     string      `json:"support" yaml:"support"` // where a call for help goes (FAC-13)
	Controller  string      `json:"controller" yaml:"controller"`
	DPO         string      `json:"dpo" yaml:"dpo"`
	DPOEMail    string      `json:"dpoEmail" yaml:"dpoEmail"`
	FirstStep   string      `json:"firstStep" yaml:"firstStep"`     // whom to ask before the mutual when the codice fiscale is not found (SUP-09, REG-11)
	ResidenceAt string      `json:"residenceAt" yaml:"residenceAt"` // who changes the residence (PER-04)
	Reviewed    civil.Date  `json:"reviewed" yaml:"reviewed"`       // when these were last held against the source
	Other       []NamedLine `json:"other,omitempty" yaml:"other,omitempty"`
}

// NamedLine is a further contact.
type NamedLine struct {
	Name string `json:"name" yaml:"name"`
	Line string `json:"line" yaml:"line"`
}

// Messages are sentences that the mutual wants shown word for word, Italian. An empty one is not shown, or the program's own is.
type Messages struct {
	EMailWarning      string `json:"emailWarning" yaml:"emailWarning"`           // REG-06
	MobileWarning     string `json:"mobileWarning" yaml:"mobileWarning"`         // REG-07; FAC-09: why to give it
	WhyContacts       string `json:"whyContacts" yaml:"whyContacts"`             // CTV-10
	AlreadyRegistered string `json:"alreadyRegistered" yaml:"alreadyRegistered"` // MSG-01
	NotFound          string `json:"notFound" yaml:"notFound"`                   // MSG-02
	FirstWrong        string `json:"firstWrong" yaml:"firstWrong"`               // MSG-03
	Completed         string `json:"completed" yaml:"completed"`                 // MSG-05
	FileSize          string `json:"fileSize" yaml:"fileSize"`                   // MSG-06
	DossierEmpty      string `json:"dossierEmpty" yaml:"dossierEmpty"`           // MSG-07
	SameMobile        string `json:"sameMobile" yaml:"sameMobile"`               // MSG-08
	AwaitReceipt      string `json:"awaitReceipt" yaml:"awaitReceipt"`           // MSG-09
	Joined            string `json:"joined" yaml:"joined"`                       // MSG-10
	LastCode          string `json:"lastCode" yaml:"lastCode"`                   // MSG-11
	FactorCode        string `json:"factorCode" yaml:"factorCode"`               // MSG-12
	Residence         string `json:"residence" yaml:"residence"`                 // MSG-13
	RelativesFixed    string `json:"relativesFixed" yaml:"relativesFixed"`       // MSG-14
	FirstAccess       string `json:"firstAccess" yaml:"firstAccess"`             // instructions on the sign-in screen (FAC-15)
}
