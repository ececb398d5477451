// Package complaint is what a member writes to the mutual and wants an answer to: a complaint (*reclamo*), which is always about
// one thing, or a question (*richiesta di informazioni*), which need not be (BEG-19, CMP-02). They are two forms, and never one.
package complaint

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
)

// About is the kind of thing that a complaint is about. The written-out values are stored and sent.
type About string

// The kinds.
const (
	OfClaim   About = "claim"   // a claim and what was decided of it
	OfBenefit About = "benefit" // something that the plan gives, or does not
	OfService About = "service" // how somebody at the mutual, or an affiliated provider, did something on a day
)

// Kinds lists them in the order they are shown.
var Kinds = []About{OfClaim, OfBenefit, OfService}

// Matter is what is contested of a claim (CMP-01).
type Matter string

// The matters.
const (
	Eligibility Matter = "eligibility" // whether it is paid (*ammissibilità*)
	Amount      Matter = "amount"      // how much is paid (*misura del rimborso*)
	Time        Matter = "time"        // how long it took
)

// Matters lists them in the order they are shown.
var Matters = []Matter{Eligibility, Amount, Time}

// Complaint is one complaint. Claim, Document and Matter are of OfClaim; Named of the others; On of OfService.
type Complaint struct {
	About    About      `json:"about"`
	Claim    claim.ID   `json:"claim,omitempty"`
	Document string     `json:"document,omitempty"` // id of one document of the claim; "" = the whole
	Matter   Matter     `json:"matter,omitempty"`
	Named    string     `json:"named,omitempty"` // which benefit; which service and where
	On       civil.Date `json:"on,omitzero"`     // when it was done
	Why      string     `json:"why"`             // what is wrong, and why
	Asked    string     `json:"asked"`           // what the mutual is to do
}

// Question is a generic request for information: no complaint.
type Question struct {
	Topic string `json:"topic"`
	Text  string `json:"text"`
}

// Most characters of the long fields and of the short ones.
const (
	MostText = 4000
	MostLine = 120
)

// LeastWords is how many words the reason of a complaint and what it asks have at least: less is no specific complaint (BEG-19).
const LeastWords = 3

// Field names one field of a form.
type Field string

// The fields, in the order they are shown.
const (
	FieldAbout    Field = "about"
	FieldClaim    Field = "claim"
	FieldDocument Field = "document"
	FieldMatter   Field = "matter"
	FieldNamed    Field = "named"
	FieldOn       Field = "on"
	FieldWhy      Field = "why"
	FieldAsked    Field = "asked"
	FieldTopic    Field = "topic"
	FieldText     Field = "text"
)

// Flaw is what is wrong with a field. Screens translate "complaint.flaw.FIELD.FLAW".
type Flaw string

// The flaws.
const (
	Missing Flaw = "missing"
	Generic Flaw = "generic" // too short to say something specific
	Long    Flaw = "long"
	Future  Flaw = "future"
	Foreign Flaw = "foreign" // does not belong to what the complaint is about
)

// Problem is one flaw of one field.
type Problem struct {
	Field Field
	Flaw  Flaw
}

// Check lists what is wrong with a complaint on a day, in the order of the fields.
func (c Complaint) Check(today civil.Date) []Problem {
	var found sheet
	found.need(FieldAbout, slices.Contains(Kinds, c.About))
	switch c.About {
	case OfClaim:
		found.need(FieldClaim, c.Claim != "")
		found.need(FieldMatter, slices.Contains(Matters, c.Matter))
	case OfBenefit, OfService:
		found.line(FieldNamed, c.Named)
	}
	if c.About == OfService {
		found.need(FieldOn, !c.On.IsZero())
		found.when(c.On.After(today), FieldOn, Future)
	}
	found.when(c.About != OfClaim && c.About != "" && c.Claim+claim.ID(c.Document)+claim.ID(c.Matter) != "", FieldClaim, Foreign)
	found.when(c.About == OfClaim && c.Named != "", FieldNamed, Foreign)
	found.when(c.About != OfService && !c.On.IsZero(), FieldOn, Foreign)
	found.specific(FieldWhy, c.Why)
	found.specific(FieldAsked, c.Asked)
	return found
}

// Only returns the complaint with nothing but what belongs to the thing that it is about, and no white space around its texts.
func (c Complaint) Only() Complaint {
	c.Named, c.Why, c.Asked = strings.TrimSpace(c.Named), strings.TrimSpace(c.Why), strings.TrimSpace(c.Asked)
	if c.About == OfClaim {
		c.Named = ""
	} else {
		c.Claim, c.Document, c.Matter = "", "", ""
	}
	if c.About != OfService {
		c.On = civil.Date{}
	}
	return c
}

// Check lists what is wrong with a question, in the order of the fields.
func (q Question) Check() []Problem {
	var found sheet
	found.line(FieldTopic, q.Topic)
	found.text(FieldText, q.Text)
	return found
}

// Only returns the question with no white space around its texts.
func (q Question) Only() Question {
	return Question{Topic: strings.TrimSpace(q.Topic), Text: strings.TrimSpace(q.Text)}
}

// sheet collects problems, one for each field at most.
type sheet []Problem

func (s *sheet) when(wrong bool, f Field, flaw Flaw) {
	if wrong && !slices.ContainsFunc(*s, func(p Problem) bool { return p.Field == f }) {
		*s = append(*s, Problem{f, flaw})
	}
}

func (s *sheet) need(f Field, there bool) { s.when(!there, f, Missing) }

func (s *sheet) line(f Field, text string) {
	s.need(f, strings.TrimSpace(text) != "")
	s.when(utf8.RuneCountInString(text) > MostLine, f, Long)
}

func (s *sheet) text(f Field, text string) {
	s.need(f, strings.TrimSpace(text) != "")
	s.when(utf8.RuneCountInString(text) > MostText, f, Long)
}

func (s *sheet) specific(f Field, text string) {
	s.text(f, text)
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	s.when(len(words) < LeastWords, f, Generic)
}
