package claim

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
)

// FiledFormat is the version of the body that goes to the mutual. The mutual accepts this one and the two before it.
// History: 1 the first; 2 study grants, other cover, foreign currency, prescriptions, withdrawal; 3 what the health plan asks about.
const FiledFormat = 3

// CodeFiled is the code of a body that can't be read.
const CodeFiled fault.Code = "claim.filed-unreadable"

// Filed is a claim as the mutual opens it: all that is needed to decide, and nothing of how it was edited.
type Filed struct {
	Format    int               `json:"format"`
	ID        ID                `json:"id"`
	Revision  int               `json:"revision"`
	OpID      string            `json:"opId"`
	Holder    member.ID         `json:"holder"`
	Number    string            `json:"number"` // matricola
	Procedure Procedure         `json:"procedure"`
	IBAN      string            `json:"iban"`
	Documents []ExpenseDocument `json:"documents"`
	FiledAt   time.Time         `json:"filedAt"` // UTC, the member's clock: a claim, not a proof
	Kind      Kind              `json:"kind,omitempty"`
	Region    string            `json:"region,omitempty"`
	Withdraw  bool              `json:"withdraw,omitempty"` // the member asks to put the claim aside; the documents are those of the revision before
}

// Encode writes the canonical body of a claim: fixed field order, no white space. The same claim gives the same bytes.
func Encode(c Claim, h member.Household, at time.Time) ([]byte, error) {
	iban := c.IBAN
	if iban == "" {
		iban = h.IBAN
	}
	return json.Marshal(Filed{Format: FiledFormat, ID: c.ID, Revision: c.Revision, OpID: c.OpID, Holder: c.Holder, Number: h.Number,
		Procedure: c.Procedure, IBAN: iban, Documents: filedDocuments(c.Documents), FiledAt: at.UTC().Truncate(time.Microsecond),
		Kind: c.Kind, Region: c.Region, Withdraw: c.Withdrawing})
}

// filedDocuments leaves out what only serves the member while editing. What a file proves is said, also where the program read it.
func filedDocuments(documents []ExpenseDocument) []ExpenseDocument {
	filed := slices.Clone(documents)
	for i := range filed {
		filed[i].Proposed, filed[i].Programme = nil, ""
		filed[i].Attachments = slices.Clone(filed[i].Attachments)
		for j := range filed[i].Attachments {
			a := &filed[i].Attachments[j]
			a.Role, a.Print, a.Flaws, a.Paper = a.Proves(), "", nil, nil
		}
	}
	return filed
}

// Decode reads a body that Encode wrote, and refuses one of a later format.
func Decode(plain []byte) (Filed, error) {
	var f Filed
	if err := json.Unmarshal(plain, &f); err != nil {
		return Filed{}, fault.Wrap(CodeFiled, "claim.decode", "", err)
	}
	if f.Format < 1 || f.Format > FiledFormat {
		return Filed{}, fault.New(CodeFiled, "claim.decode", string(f.ID))
	}
	return f, nil
}
