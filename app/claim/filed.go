package claim

import (
	"encoding/json"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
)

// FiledFormat is the version of the body that goes to the mutual. The mutual accepts this one and the two before it.
const FiledFormat = 1

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
}

// Encode writes the canonical body of a claim: fixed field order, no white space. The same claim gives the same bytes.
func Encode(c Claim, h member.Household, at time.Time) ([]byte, error) {
	iban := c.IBAN
	if iban == "" {
		iban = h.IBAN
	}
	return json.Marshal(Filed{Format: FiledFormat, ID: c.ID, Revision: c.Revision, OpID: c.OpID, Holder: c.Holder, Number: h.Number,
		Procedure: c.Procedure, IBAN: iban, Documents: c.Documents, FiledAt: at.UTC().Truncate(time.Microsecond)})
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
