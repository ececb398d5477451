package plan

import (
	"maps"
	"slices"
)

// Need is a condition of a benefit, or of one form of it. Rule says which; the other keys are its measures.
type Need struct {
	Rule    Rule     `yaml:"rule"`
	Paper   Paper    `yaml:"paper,omitempty"`
	Name    string   `yaml:"name,omitempty"` // of the paper, for the member
	Of      []string `yaml:"of,omitempty"`
	Least   int      `yaml:"least,omitempty"`
	Months  int      `yaml:"months,omitempty"`
	Years   int      `yaml:"years,omitempty"`
	Forms   []Form   `yaml:"forms,omitempty"` // only in these forms; none = all
	Article string   `yaml:"article,omitempty"`
	Reading string   `yaml:"reading,omitempty"`
}

// Rule names a condition.
type Rule string

// The rules. Of, Least, Months and Years are what the comment says; each fails with the codes that it names.
const (
	NeedPrescription Rule = "prescription"     // Of: issuers; PRESCRIPTION_MISSING, _EXPIRED, _AFTER_EXPENSE, DIAGNOSIS_INVALID
	NeedOtherDoctor  Rule = "other-doctor"     // PRESCRIBER_IS_PROVIDER
	NeedPertinence   Rule = "pertinence"       // NOT_PERTINENT
	NeedPaper        Rule = "paper"            // Paper; DOCUMENT_MISSING
	NeedDetail       Rule = "detail"           // Paper: what a document must show; DOCUMENT_INCOMPLETE
	NeedEmergency    Rule = "emergency-report" // of an injury; INJURY_NOT_CERTIFIED
	NeedSoon         Rule = "within"           // Months after the injury; OUT_OF_WINDOW
	NeedNetwork      Rule = "affiliated"       // the provider and, if it is known, its doctor; PROVIDER_NOT_AFFILIATED
	NeedAuthority    Rule = "authorised"       // NOT_AUTHORISED
	NeedHome         Rule = "at-home"          // NOT_AT_HOME
	NeedOrder        Rule = "ordered"          // care prescribed at discharge or by the doctor; PRESCRIPTION_MISSING
	NeedFacility     Rule = "facility-not"     // Of: facilities that are none; FACILITY_NOT_ELIGIBLE
	NeedReason       Rule = "reason"           // Of: reasons of a day hospital; DAY_HOSPITAL_REASON
	NeedNoRefund     Rule = "no-refund"        // in a stay paid by the SSN; SEPARATE_REFUND_SAME_STAY
	NeedYears        Rule = "member-for"       // Years in the plan on the day of sending; MEMBERSHIP_TOO_SHORT
	NeedActs         Rule = "acts"             // Least of the acts Of are lost; CONDITION_NOT_MET
	NeedLasting      Rule = "lasting"          // Months since the loss on the day of sending; CONDITION_NOT_MET
	NeedPermanence   Rule = "permanent"        // CONDITION_NOT_MET
	NeedOnce         Rule = "once"             // never paid before; ALREADY_PAID
	NeedVisus        Rule = "visus"            // Of: issuers, Months before the document; DOCUMENT_MISSING, PRESCRIPTION_EXPIRED, CONDITION_NOT_MET
	NeedLens         Rule = "lens"             // Of: kinds of lens; NOT_IN_PLAN
)

// measures are the keys that each rule takes; one with ? may be left out.
var measures = map[Rule]string{
	NeedPrescription: "of?", NeedOtherDoctor: "", NeedPertinence: "", NeedPaper: "paper name", NeedDetail: "paper name", NeedEmergency: "",
	NeedSoon: "months", NeedNetwork: "", NeedAuthority: "", NeedHome: "", NeedOrder: "", NeedFacility: "of", NeedReason: "of", NeedNoRefund: "",
	NeedYears: "years", NeedActs: "of least", NeedLasting: "months", NeedPermanence: "", NeedOnce: "", NeedVisus: "of months name?", NeedLens: "of",
}

// Rules lists the conditions that a plan may name, in the order of their names.
func Rules() []Rule { return slices.Sorted(maps.Keys(measures)) }
