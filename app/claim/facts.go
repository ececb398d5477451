package claim

import (
	"strconv"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
)

// Treatment is one treatment of an expense with its part of the amount (BEE-14). One that stands alone has all of it.
type Treatment struct {
	ID         string      `json:"id,omitempty"` // plan.Treatment.ID
	Amount     money.Cents `json:"amount,omitempty"`
	AmountText string      `json:"amountText,omitempty"` // what stands in the field while it can't be read as an amount
}

// Sight is what the certificate of a change of sight says (BEE-21).
type Sight struct {
	On      civil.Date `json:"on,omitzero"`
	OnText  string     `json:"onText,omitempty"` // what stands in the field while it can't be read as a date
	Issuer  string     `json:"issuer,omitempty"` // in the plan's word
	Changed Said       `json:"changed,omitempty"`
}

// Loss is a loss of self-sufficiency (BPB-24).
type Loss struct {
	Acts      []string   `json:"acts,omitempty"` // that can't be done any more, in the plan's words
	Since     civil.Date `json:"since,omitzero"`
	SinceText string     `json:"sinceText,omitempty"` // what stands in the field while it can't be read as a date
	Permanent Said       `json:"permanent,omitempty"`
}

// Said is the member's yes or no, "" before they say.
type Said string

// The two words.
const (
	SaidYes Said = "yes"
	SaidNo  Said = "no"
)

// Answer is the word as the plan knows answers.
func (s Said) Answer() plan.Answer {
	switch s {
	case SaidYes:
		return plan.Yes
	case SaidNo:
		return plan.No
	}
	return plan.Unsaid
}

// FieldTreatmentAt names the field of a treatment's kind, the first at 0.
func FieldTreatmentAt(i int) string { return FieldTreatments + "." + strconv.Itoa(i) }

// FieldCostAt names the field of a treatment's amount, the first at 0.
func FieldCostAt(i int) string { return FieldCost + "." + strconv.Itoa(i) }
