// Package vectors reads test cases of benefits, fees, terms, states of cover, enrolment and tax in the format
// mutual-benefit-vectors/1, asks package plan and says which answers are as expected. It is how a mutual checks a plan file.
package vectors

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
)

// File is a file of cases.
type File struct {
	Format  string   `json:"format"`
	Vectors []Vector `json:"vectors"`
}

// Vector is one case.
type Vector struct {
	ID           string           `json:"id"`
	Plan         string           `json:"plan"`
	Kind         string           `json:"kind"`
	Member       member           `json:"member"`
	Family       []map[string]any `json:"family"`
	History      []paid           `json:"history"`
	Expense      expense          `json:"expense"`
	Facts        map[string]any   `json:"facts"`
	Sent         civil.Date       `json:"submission_date"`
	Expected     map[string]any   `json:"expected"`
	Alternatives []map[string]any `json:"accepted_alternatives"`
}

type member struct {
	Role      string     `json:"role"`
	Category  string     `json:"category"`
	Birth     civil.Date `json:"birth_date"`
	Sex       string     `json:"sex"`
	Start     civil.Date `json:"effective_date"`
	Enrolled  *bool      `json:"enrolled"`
	Requested civil.Date `json:"enrolment_requested"`
	Dues      []struct {
		Due  civil.Date `json:"due"`
		Paid civil.Date `json:"paid"`
	} `json:"contributions"`
	Missed struct {
		Months      []string   `json:"months"`
		Regularised civil.Date `json:"regularised_on"`
	} `json:"missed_instalments"`
	Resident *bool  `json:"resident_in_italy"`
	Lives    string `json:"residence"` // country
}

type paid struct {
	Date      civil.Date      `json:"date"`
	Benefit   string          `json:"benefit"`
	Form      string          `json:"form"`
	Cents     money.Cents     `json:"paid_cents"`
	Days      int             `json:"days"`
	Specialty string          `json:"specialty"`
	Units     json.RawMessage `json:"units"` // a number, or numbers by treatment
	Treatment string          `json:"treatment"`
	Pulled    int             `json:"extractions"`
	Filled    int             `json:"fillings"`
	Lines     []line          `json:"lines"`
	Programme string          `json:"programme"`
	SameStay  bool            `json:"same_stay"`
}

type line struct {
	Treatment string      `json:"treatment"`
	Amount    money.Cents `json:"amount_cents"`
}

type expense struct {
	Benefit      string       `json:"benefit"`
	Form         string       `json:"form"`
	Cause        string       `json:"cause"`
	Service      string       `json:"service"`
	Specialty    string       `json:"specialty"`
	On           civil.Date   `json:"service_date"`
	Document     civil.Date   `json:"document_date"`
	Amount       money.Cents  `json:"amount_cents"`
	NonHealth    money.Cents  `json:"non_health_cents"`
	Excluded     money.Cents  `json:"excluded_items_cents"`
	Other        money.Cents  `json:"other_reimbursement_cents"`
	Onset        civil.Date   `json:"illness_onset"`
	Annex        *bool        `json:"in_annex_1"`
	Lines        []line       `json:"lines"`
	Lens         string       `json:"lens_type"`
	Programme    string       `json:"programme"`
	Authorised   *bool        `json:"authorised"`
	Prescription prescription `json:"prescription"`
	Provider     struct {
		Affiliated *bool `json:"affiliated"`
		Doctor     *bool `json:"doctor_affiliated"`
	} `json:"provider"`
	Injury struct {
		Date        civil.Date `json:"date"`
		Certificate *bool      `json:"er_certificate"`
	} `json:"injury"`
	Stay struct {
		Type     string          `json:"type"`
		Entry    civil.Date      `json:"entry"`
		Exit     civil.Date      `json:"exit"`
		Facility string          `json:"facility"`
		Reason   string          `json:"reason"`
		SSN      bool            `json:"paid_by_ssn"`
		Accesses json.RawMessage `json:"accesses"` // a number, or the dates
	} `json:"stay"`
	Care struct {
		Discharge  civil.Date   `json:"discharge"`
		Dates      []civil.Date `json:"service_dates"`
		Affiliated *bool        `json:"provider_affiliated"`
		AtHome     *bool        `json:"at_home"`
		Prescribed *bool        `json:"prescribed"`
	} `json:"post_hospital"`
	Loss struct {
		Acts        []string   `json:"lost_activities"`
		Onset       civil.Date `json:"onset_date"`
		Certificate *bool      `json:"certificate"`
		Permanent   *bool      `json:"permanent"`
	} `json:"non_self_sufficiency"`
	Visus struct {
		Present *bool      `json:"present"`
		Date    civil.Date `json:"date"`
		Issuer  string     `json:"issuer"`
		Changed *bool      `json:"change_of_visus"`
	} `json:"visus_certificate"`
	Documents map[string]any  `json:"documents"`
	Flags     json.RawMessage `json:"flags"` // names, or names with true or false
	all       map[string]any  // every key: a flag may stand beside the others
}

func (e *expense) UnmarshalJSON(data []byte) error {
	type fields expense
	if err := json.Unmarshal(data, (*fields)(e)); err != nil {
		return err
	}
	return json.Unmarshal(data, &e.all)
}

type prescription struct {
	Present            bool       `json:"present"`
	Issuer             string     `json:"issuer"`
	Diagnosis          string     `json:"diagnosis"`
	Date               civil.Date `json:"date"`
	PrescriberProvides bool       `json:"prescriber_is_provider"`
	Matches            *bool      `json:"diagnosis_matches_service"`
}

// answer reads what may be left out as not said.
func answer(b *bool) plan.Answer {
	switch {
	case b == nil:
		return plan.Unsaid
	case *b:
		return plan.Yes
	}
	return plan.No
}

// facts of the flags, as the format names them.
var flagFacts = map[string]plan.Fact{
	"preexisting": plan.Preexisting, "hiv_at_enrolment": plan.HIVAtStart, "pregnancy_at_enrolment": plan.PregnantAtStart,
	"smoking": plan.Smoking, "mental_illness": plan.Mental, "congenital": plan.Congenital, "third_party_liable": plan.ThirdParty,
	"third_party_unknown": plan.ThirdPartyUnknown, "competitive_sport": plan.CompetitiveSport, "certificate_purpose": plan.ForCertificate,
	"fetal_dna_test": plan.FetalDNA, "advance_invoice": plan.AdvanceInvoice,
}

// facts reads the flags: a list of names, or names with their truth.
func (e *expense) facts() []plan.Fact {
	var names []string
	var truths map[string]any
	if json.Unmarshal(e.Flags, &names) != nil && json.Unmarshal(e.Flags, &truths) == nil {
		for name, is := range truths {
			if is == true {
				names = append(names, name)
			}
		}
	}
	var list []plan.Fact
	for name, f := range flagFacts {
		if slices.Contains(names, name) || e.all[name] == true {
			list = append(list, f)
		}
	}
	slices.Sort(list)
	return list
}

// facilities that are none for a plan, by a part of the name.
var facilities = []struct {
	part string
	is   plan.Facility
}{
	{"therm", plan.Thermal}, {"spa", plan.Thermal}, {"convalesc", plan.Convalescent}, {"residen", plan.Residential}, {"rest_home", plan.Residential},
	{"rsa", plan.Residential}, {"soggiorno", plan.Residential}, {"diet", plan.Dietetic}, {"aesthetic", plan.Aesthetic}, {"estetic", plan.Aesthetic}, {"beauty", plan.Aesthetic},
}

func facility(name string) plan.Facility {
	for _, f := range facilities {
		if strings.Contains(strings.ToLower(name), f.part) {
			return f.is
		}
	}
	return plan.Hospital
}

// paperParts are papers by a part of their name.
var paperParts = map[string]plan.Paper{"ticket": plan.TicketReceipt, "service": plan.ServiceOnReceipt, "specialty": plan.ServiceOnReceipt, "detail": plan.DetailedInvoice,
	"itemi": plan.DetailedInvoice, "discharge": plan.DischargeLetter, "pregnancy": plan.PregnancyCertificate, "certificate": plan.DoctorCertificate,
	"receipted": plan.Receipted, "quietanz": plan.Receipted, "paid": plan.Receipted}

// papers reads what the documents show. A name that the plans do not know is a missing detail of them.
// Two that a benefit rests on are missing unless they are named.
func papers(documents map[string]any) map[plan.Paper]plan.Answer {
	list := map[plan.Paper]plan.Answer{plan.DischargeLetter: plan.No, plan.PregnancyCertificate: plan.No}
	for name, is := range documents {
		a := plan.Yes
		if is == false || is == nil {
			a = plan.No
		}
		list[plan.Paper(name)] = a
		known := false
		for part, paper := range paperParts {
			if strings.Contains(name, part) {
				list[paper], known = a, true
			}
		}
		if !known && a == plan.No {
			list[plan.ServiceOnReceipt] = a
		}
	}
	return list
}

// Case is the question of a claim vector.
func (v *Vector) claim() *plan.Case {
	e := &v.Expense
	c := &plan.Case{Insured: v.Member.insured(), Sent: v.Sent}
	for _, h := range v.History {
		c.History = append(c.History, h.paid(e))
	}
	c.Expense = plan.Expense{Benefit: plan.ID(e.Benefit), Form: plan.Form(e.Form), Cause: plan.Cause(e.Cause), Service: e.Service, Specialty: e.Specialty,
		On: e.On, Document: e.Document, Facts: e.facts(), Onset: e.Onset, Injured: e.Injury.Date, Emergency: answer(e.Injury.Certificate),
		Amount: e.Amount, NonHealth: e.NonHealth, Excluded: e.Excluded, Other: e.Other, Papers: papers(e.Documents),
		Affiliated: answer(e.Provider.Affiliated), Doctor: answer(e.Provider.Doctor), Authorised: answer(e.Authorised), Lens: e.Lens, Programme: e.Programme}
	x := &c.Expense
	for _, l := range e.Lines {
		x.Lines = append(x.Lines, plan.Line{Treatment: l.Treatment, Amount: l.Amount})
	}
	p := e.Prescription
	x.Prescribed = plan.Prescribed{There: answer(&p.Present), On: p.Date, Issuer: issuer(p.Issuer), Diagnosis: p.Diagnosis}
	if p.PrescriberProvides {
		x.Facts = append(x.Facts, plan.PrescriberProvides)
	}
	if p.Matches != nil && !*p.Matches {
		x.Facts = append(x.Facts, plan.NotPertinentService)
	}
	if plan.ID(e.Benefit) == "high_specialisation" {
		x.Listed = plan.Yes
		if e.Annex != nil && !*e.Annex {
			x.Listed = plan.No
		}
	}
	x.Stay = plan.Stay{Entry: e.Stay.Entry, Exit: e.Stay.Exit, Facility: facility(e.Stay.Facility), Reason: e.Stay.Reason, SSN: e.Stay.SSN}
	if json.Unmarshal(e.Stay.Accesses, &x.Stay.Accesses) != nil {
		_ = json.Unmarshal(e.Stay.Accesses, &x.Stay.Times) // a number; anything else is one access
	}
	if e.Stay.Type == "day_hospital" && x.Benefit == "hospital_stay" {
		x.Benefit = "day_hospital"
	}
	if e.Care.Affiliated != nil {
		x.Affiliated = answer(e.Care.Affiliated)
	}
	x.Care = plan.Care{Discharge: e.Care.Discharge, Days: e.Care.Dates, AtHome: answer(e.Care.AtHome), Prescribed: answer(e.Care.Prescribed)}
	x.Loss = plan.Loss{Acts: e.Loss.Acts, Since: e.Loss.Onset, Permanent: answer(e.Loss.Permanent)}
	if e.Loss.Certificate != nil {
		x.Papers[plan.DoctorCertificate] = answer(e.Loss.Certificate)
	}
	x.Visus = plan.Visus{There: answer(e.Visus.Present), On: e.Visus.Date, Issuer: e.Visus.Issuer, Changed: answer(e.Visus.Changed)}
	return c
}

// issuer names doctors as package plan does.
func issuer(name string) string {
	switch strings.ToLower(name) {
	case "mmg", "gp", "medico di medicina generale", "guardia medica":
		return "MMG"
	case "specialist", "specialista", "medico specialista":
		return "specialist"
	}
	return name
}

func (m *member) insured() plan.Insured {
	i := plan.Insured{Role: plan.Role(m.Role), Category: m.Category, Birth: m.Birth, Sex: m.Sex, Start: m.Start, Requested: m.Requested,
		Left: m.Enrolled != nil && !*m.Enrolled, Cured: m.Missed.Regularised}
	for _, d := range m.Dues {
		i.Dues = append(i.Dues, plan.Due{On: d.Due, Paid: d.Paid})
	}
	for _, month := range m.Missed.Months {
		var first civil.Date
		if first.UnmarshalText([]byte(month+"-01")) == nil {
			i.Missed = append(i.Missed, plan.Month{Year: first.Year, Month: first.Month})
		}
	}
	return i
}

// paid reads one payment; a number of treatments without their kind is of the kind that is asked for.
func (h *paid) paid(e *expense) plan.Paid {
	p := plan.Paid{Date: h.Date, Benefit: plan.ID(h.Benefit), Form: plan.Form(h.Form), Cents: h.Cents, Days: h.Days, Specialty: h.Specialty,
		Programme: h.Programme, SameStay: h.SameStay, Treats: map[string]int{}}
	var number int
	byKind := map[string]int{}
	switch {
	case json.Unmarshal(h.Units, &number) == nil:
		p.Units = number
	case json.Unmarshal(h.Units, &byKind) == nil:
		for kind, n := range byKind {
			p.Treats[strings.TrimSuffix(kind, "s")] += n
			p.Units += n
		}
		return p
	}
	for _, l := range h.Lines {
		p.Treats[l.Treatment]++
	}
	if h.Pulled+h.Filled > 0 {
		p.Treats["extraction"], p.Treats["filling"] = h.Pulled, h.Filled
	}
	kind := h.Treatment
	if kind == "" && len(e.Lines) > 0 {
		kind = e.Lines[0].Treatment
	}
	if len(p.Treats) == 0 && kind != "" {
		p.Treats[kind] = max(1, number)
	}
	return p
}
