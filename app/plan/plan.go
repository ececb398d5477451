// Package plan is what a health plan says, as data, and what follows from it: whether an expense is covered, how much is paid and
// under which article, what is missing, by when; whether a person is covered on a day, may join and what it costs. A plan is a file
// under assets/plans, one for each edition; adding a plan is adding a file. Where a regulation is unclear, the file follows the
// register of ambiguities (AMB-nn) and every answer that rests on such a reading says so.
//
// Every answer is an estimate: the mutual decides. All functions are pure: they know no clock, no disk and no screen.
//
//	Case (member, history, expense, day of sending) → Plan.Estimate → Estimate (outcome, cents, findings with their articles)
//
// What lives elsewhere: what a claim's form holds (app/claim), the files (assets/plans), the JSON of test cases (package vectors).
package plan

import (
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/money"
)

// Codes of a file that can't be used. Item is "file:line"; Values say what was expected.
const (
	CodeFile    fault.Code = "plan.file"    // no YAML, an unknown key, a wrong kind of value; Values: Problem
	CodeMissing fault.Code = "plan.missing" // a key that is needed is not there; Values: Key
	CodeValue   fault.Code = "plan.value"   // a value out of its range; Values: Key, Expected
)

// Plan is one edition of a health plan. Texts are Italian, as the regulation has them.
type Plan struct {
	ID      string     `yaml:"id"`              // of all editions: "piano-base"
	Code    string     `yaml:"code"`            // of this edition: "PIANO_BASE_2019"
	Mutuals []string   `yaml:"mutuals"`         // ids of the mutual profiles that offer it
	Name    string     `yaml:"name"`            // "Piano Base"
	Title   string     `yaml:"title"`           // as the regulation is headed
	Edition string     `yaml:"edition"`         // in the regulation's words
	Source  string     `yaml:"source"`          // of its articles, put before them in citations: "003"
	From    civil.Date `yaml:"from"`            // first day in force (AMB-87)
	Until   civil.Date `yaml:"until,omitempty"` // last day in force; left out = until the next edition

	Articles []Article `yaml:"articles"`
	Readings []Reading `yaml:"readings,omitempty"` // the ambiguities that this file takes a stand on

	Persons       *Persons      `yaml:"persons,omitempty"`
	Start         string        `yaml:"start"`             // article by which nothing is covered before the start
	NotProvided   string        `yaml:"notProvided"`       // article that lists all that is
	Private       string        `yaml:"private,omitempty"` // article that leaves private services out
	Newborns      *Newborns     `yaml:"newborns,omitempty"`
	Waits         []Wait        `yaml:"waits,omitempty"`
	Injuries      *Injuries     `yaml:"injuries,omitempty"`
	Exclusions    []Exclusion   `yaml:"exclusions,omitempty"`
	Never         []Never       `yaml:"never,omitempty"` // services that are never paid
	Arrears       *Arrears      `yaml:"arrears,omitempty"`
	Claims        *ClaimTerm    `yaml:"claims,omitempty"`
	Direct        *DirectTerm   `yaml:"direct,omitempty"`
	Prescriptions *Prescription `yaml:"prescriptions,omitempty"`
	Limits        []Limit       `yaml:"limits,omitempty"`
	Benefits      []Benefit     `yaml:"benefits,omitempty"`

	Fees    *Fees     `yaml:"fees,omitempty"`
	Joining *Joining  `yaml:"joining,omitempty"`
	Tax     *Tax      `yaml:"tax,omitempty"`
	Terms   []Term    `yaml:"terms,omitempty"`
	Helps   []Help    `yaml:"helps,omitempty"` // assistance by telephone, around the clock (H24)
	Annexes []Annexed `yaml:"annexes,omitempty"`
}

// Article is a passage of the regulation, word for word.
type Article struct {
	ID    string `yaml:"id"`    // as it is cited: "art. 1.1"
	Title string `yaml:"title"` // its heading
	Text  string `yaml:"text"`  // verbatim, paragraphs between empty lines
}

// Reading is how an unclear point is understood (register of ambiguities).
type Reading struct {
	ID   string `yaml:"id"`   // "AMB-04"
	Text string `yaml:"text"` // Italian, for the member
}

// Persons are who the plan covers.
type Persons struct {
	Roles   []Role `yaml:"roles"`
	Article string `yaml:"article"`
}

// Role is what a person is in the plan.
type Role string

// The roles of the two plans; a plan may have others.
const (
	Holder  Role = "titolare"
	Spouse  Role = "coniuge"
	Child   Role = "figlio"   // from the age at which Minor ends
	Minor   Role = "minore14" // under 14
	Newborn Role = "neonato"
	Member  Role = "aderente"
)

// Newborns are covered from birth when they are enrolled in time, otherwise from 1 January of the next year (AMB-17).
type Newborns struct {
	Days    int    `yaml:"days"` // from birth, the last included
	Article string `yaml:"article"`
	Reading string `yaml:"reading,omitempty"`
}

// Wait is a waiting period (*carenza*). The first of a plan's that fits a case counts; the first covered day is the start and Days.
type Wait struct {
	Causes    []Cause `yaml:"causes,omitempty"` // none = every cause
	Certified bool    `yaml:"certified,omitempty"`
	Days      int     `yaml:"days"`
	Article   string  `yaml:"article"`
	Reading   string  `yaml:"reading,omitempty"`
	Name      string  `yaml:"name"` // for the table of waiting periods
}

// Injuries must have happened on the start and AfterDays, or later.
type Injuries struct {
	AfterDays int    `yaml:"afterDays"`
	Article   string `yaml:"article"`
	Reading   string `yaml:"reading,omitempty"`
}

// Exclusion is a cause or a fact that takes the cover away. It holds when one of its conditions does.
type Exclusion struct {
	Name    string  `yaml:"name"` // in the regulation's words
	Facts   []Fact  `yaml:"facts,omitempty"`
	Causes  []Cause `yaml:"causes,omitempty"`
	Words   []Word  `yaml:"words,omitempty"` // in the name of the service or of the speciality
	In      []ID    `yaml:"in,omitempty"`    // only in these benefits
	Unless  Fact    `yaml:"unless,omitempty"`
	Months  int     `yaml:"months,omitempty"` // covered again after so many months in the plan; 0 = never
	Code    Code    `yaml:"code"`
	Article string  `yaml:"article"`
	Reading string  `yaml:"reading,omitempty"`
}

// Word is what a name must hold: the beginning of a word or words, lower case, without accents ("odontoiatr").
type Word string

// ID names a benefit or a limit inside its plan.
type ID string

// Never is a service that no plan of this regulation pays.
type Never struct {
	Benefit ID     `yaml:"benefit"`
	Name    string `yaml:"name"`
	Article string `yaml:"article"`
}

// Arrears are what late contributions do to the cover: by due dates, or by months missed.
type Arrears struct {
	ByDue   *ArrearsByDue   `yaml:"byDue,omitempty"`
	ByMonth *ArrearsByMonth `yaml:"byMonth,omitempty"`
	Article string          `yaml:"article"`
	Reading string          `yaml:"reading,omitempty"`
}

// ArrearsByDue is this: suspended from the day after the due date; after payment rights come back after a wait; at the end of the year of
// the due date membership lapses (MEM-11 to MEM-13, AMB-18).
type ArrearsByDue struct {
	WaitDays     int    `yaml:"waitDays"`     // after the payment
	LongMonths   int    `yaml:"longMonths"`   // arrears longer than this …
	LongWait     int    `yaml:"longWait"`     // … wait so many months
	LapseArticle string `yaml:"lapseArticle"` // automatic loss at the end of the year
}

// ArrearsByMonth is this: so many months missed in a row suspend the cover from the next month; it is taken up again on the day on which all
// is paid, until the end of a month; later it has ended (MEM-31 to MEM-34, AMB-43).
type ArrearsByMonth struct {
	Months     int `yaml:"months"`
	CureMonths int `yaml:"cureMonths"` // after the month of the first missed payment
}

// ClaimTerm is by when a refund must be asked for.
type ClaimTerm struct {
	Days            int        `yaml:"days"`                      // after the day that counts
	From            TermStart  `yaml:"from"`                      // which day counts
	December        *MonthDay  `yaml:"december,omitempty"`        // of the next year, for December, in place of Days (AMB-39)
	PaymentDays     int        `yaml:"paymentDays,omitempty"`     // by which the mutual pays
	IntegrationDays int        `yaml:"integrationDays,omitempty"` // to add documents when asked
	Advance         string     `yaml:"advance,omitempty"`         // article that forbids advance invoices; left out = none does
	Article         string     `yaml:"article"`
	Reading         string     `yaml:"reading,omitempty"`
	Papers          []PaperAsk `yaml:"papers,omitempty"` // what a receipt must show
}

// PaperAsk is something that a document must show.
type PaperAsk struct {
	Paper   Paper  `yaml:"paper"`
	Name    string `yaml:"name"`
	Forms   []Form `yaml:"forms,omitempty"` // none = all
	Article string `yaml:"article"`
}

// TermStart is the day from which a term counts.
type TermStart string

// The days. A stay's service ends with the discharge (AMB-09).
const (
	FromService  TermStart = "service"
	FromDocument TermStart = "document"
)

// MonthDay is a day of every year.
type MonthDay struct {
	Month int `yaml:"month"`
	Day   int `yaml:"day"`
}

// DirectTerm is what direct assistance needs (BKG-14, BKG-19).
type DirectTerm struct {
	WorkingDays int    `yaml:"workingDays"` // before the appointment (AMB-03)
	Article     string `yaml:"article"`
	Reading     string `yaml:"reading,omitempty"`
}

// Prescription is what a prescription must be like wherever a benefit asks for one.
type Prescription struct {
	Days       int       `yaml:"days,omitempty"`  // at most before the document; 0 = no term
	Forms      []Form    `yaml:"forms,omitempty"` // in these forms the term refuses, in others it warns (AMB-38)
	DayArticle string    `yaml:"dayArticle,omitempty"`
	DayReading string    `yaml:"dayReading,omitempty"`
	Diagnosis  Diagnosis `yaml:"diagnosis"`
}

// Diagnosis is which words are no valid diagnosis. A text is weak when nothing is left of it but such words, qualifiers and
// words of two letters.
type Diagnosis struct {
	Vague      []Word `yaml:"vague"`                // "controllo"
	Symptoms   []Word `yaml:"symptoms,omitempty"`   // where a symptom is not enough (AMB-53)
	Endings    []Word `yaml:"endings,omitempty"`    // of words that name symptoms: "algia"
	Illnesses  []Word `yaml:"illnesses,omitempty"`  // that end like a symptom and are none
	Qualifiers []Word `yaml:"qualifiers,omitempty"` // "cronica", "ginocchio": say nothing of the illness
	Article    string `yaml:"article"`
	Reading    string `yaml:"reading,omitempty"`
}

// Limit is what the plan pays at most in a span of calendar years, in money, in days or in number.
type Limit struct {
	ID      ID          `yaml:"id"`
	Name    string      `yaml:"name"`
	Cents   money.Cents `yaml:"cents,omitempty"`
	Days    int         `yaml:"days,omitempty"`
	Times   int         `yaml:"times,omitempty"`
	Years   int         `yaml:"years,omitempty"` // calendar years from that of use; 0 = one
	By      Split       `yaml:"by,omitempty"`
	Forms   []Form      `yaml:"forms,omitempty"` // only what was paid in these forms spends it; none = all
	Code    Code        `yaml:"code,omitempty"`  // when nothing is left; left out = LIMIT_EXHAUSTED
	Key     string      `yaml:"key,omitempty"`   // as what is left is reported; YYYY stands for the year
	Article string      `yaml:"article"`
	Reading string      `yaml:"reading,omitempty"`

	benefits []ID // that spend it
}

// Split says whether a limit is counted apart.
type Split string

// The splits.
const (
	Whole       Split = ""
	BySpecialty Split = "specialty"
)

// Benefit is one thing that the plan provides.
type Benefit struct {
	ID         ID          `yaml:"id"`
	Name       string      `yaml:"name"`
	Area       string      `yaml:"area"`
	Article    string      `yaml:"article"`
	Summary    string      `yaml:"summary"`            // one sentence for the table of benefits
	Meets      []Service   `yaml:"meets,omitempty"`    // what a claim's form calls it: no two benefits of a plan meet one service
	As         Service     `yaml:"as,omitempty"`       // how the form asks about it; left out = as the first that it meets, or OtherCare
	Services   []Word      `yaml:"services,omitempty"` // a closed list: the service's name has one of them
	ListedIn   string      `yaml:"listedIn,omitempty"` // article of that list
	WaitDays   *int        `yaml:"waitDays,omitempty"` // in place of the waiting periods by cause
	WaitNote   string      `yaml:"waitReading,omitempty"`
	Needs      []Need      `yaml:"needs,omitempty"`
	Warns      []Warning   `yaml:"warns,omitempty"` // beside whatever is paid
	Limits     []ID        `yaml:"limits,omitempty"`
	Treatments []Treatment `yaml:"treatments,omitempty"`
	Others     string      `yaml:"others,omitempty"` // article that leaves other treatments out
	Programmes []Programme `yaml:"programmes,omitempty"`
	Forms      []Payment   `yaml:"forms"` // the first that is not direct is what a claim means when it says none
}

// Service is what a claim's form calls a service, the values of claim.Service.
type Service string

// The services.
const (
	Visit     Service = "visit"
	Exams     Service = "exams"
	Imaging   Service = "imaging"
	Emergency Service = "emergency"
	HospStay  Service = "stay"
	OtherCare Service = "other"
)

// Treatment is one kind of line of an expense that is paid on its own.
type Treatment struct {
	ID     string      `yaml:"id"`
	Name   string      `yaml:"name"`
	Each   money.Cents `yaml:"each"` // at most for each
	Limits []ID        `yaml:"limits,omitempty"`
}

// Programme is a package of examinations for some persons.
type Programme struct {
	ID   string   `yaml:"id"`
	Name string   `yaml:"name"`
	Sex  string   `yaml:"sex,omitempty"`  // "F", "M"; left out = both
	Over int      `yaml:"over,omitempty"` // completed years greater than this (AMB-34); 0 = any age
	Has  []string `yaml:"has"`
}

// Payment is how much is paid in one form. Exactly one of Percent, Direct, Daily and Sum says how.
type Payment struct {
	Form    Form        `yaml:"form"`
	Percent int         `yaml:"percent,omitempty"` // of the base
	Each    money.Cents `yaml:"each,omitempty"`    // at most for each service
	Direct  *Share      `yaml:"direct,omitempty"`
	Daily   *Daily      `yaml:"daily,omitempty"`
	Sum     money.Cents `yaml:"sum,omitempty"` // a lump sum
	Limits  []ID        `yaml:"limits,omitempty"`
	Needs   []Need      `yaml:"needs,omitempty"`
	Article string      `yaml:"article,omitempty"` // in place of the benefit's
}

// Share is what the member pays the provider for each service in direct form; the mutual pays the rest.
type Share struct {
	Cents money.Cents `yaml:"cents"`
}

// Daily is a subsidy for each day.
type Daily struct {
	Cents money.Cents `yaml:"cents"`
	For   DayKind     `yaml:"for"`
	First int         `yaml:"first,omitempty"` // ForVisits: days after the discharge that count, both included
	Last  int         `yaml:"last,omitempty"`
}

// DayKind is which days are paid.
type DayKind string

// The kinds.
const (
	ForStay   DayKind = "stay"   // from entry to the day before the exit, at least one (BPB-09, AMB-07, AMB-08)
	ForAccess DayKind = "access" // each access of a day hospital (AMB-11)
	ForVisits DayKind = "visits" // each day with care, after a discharge (BPB-11, AMB-81)
)

// Help is a service of the telephone centre.
type Help struct {
	Name    string `yaml:"name"`
	Text    string `yaml:"text"`
	Number  string `yaml:"number,omitempty"` // to call; left out = that of the mutual
	Hours   string `yaml:"hours"`
	Times   int    `yaml:"times,omitempty"` // a year; 0 = no maximum (H24-23)
	Article string `yaml:"article"`
}

// Annexed is a list of the regulation that is read on its own.
type Annexed struct {
	Title string   `yaml:"title"`
	Items []string `yaml:"items"`
}
