// Package request is what a member asks of the mutual beside claims: a change of personal data, a relative, a consent, a
// deletion, a complaint, a question. A request is a submission like a claim: frozen, sealed, delivered once, answered with a signed receipt.
package request

import (
	"time"

	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/submission"
)

// Codes of a request that the mutual signed that it can't take. Item names the field.
const (
	CodeConflict   fault.Code = "request.conflict"        // the mutual changed the same field meanwhile; Field lists them, comma-separated
	CodeMobile     fault.Code = "access.mobile-differs"   // FAM-05
	CodeActivation fault.Code = "request.activation-code" // FAM-06: code and codice fiscale do not fit
	CodeNotAllowed fault.Code = "request.not-allowed"     // this mutual does not take it here (PER-04, PER-07)
	CodePerson     fault.Code = "request.person"          // not in the mutual's archive, or not of this household
)

// Filed is the canonical body that is sealed and sent. Exactly one of the pointers is set, the one of Kind.
type Filed struct {
	Format   int             `json:"format"` // 1
	ID       string          `json:"id"`     // UUIDv7: the subject
	Revision int             `json:"revision"`
	OpID     string          `json:"opId"`
	Kind     submission.Kind `json:"kind"`
	Holder   member.ID       `json:"holder"`
	Number   string          `json:"number"` // matricola
	Seen     int64           `json:"seen"`   // version of the household that this follows, with what was sent before
	MadeAt   time.Time       `json:"madeAt"` // UTC

	Change  *member.Change   `json:"change,omitempty"`  // KindProfile
	Family  *member.Newcomer `json:"family,omitempty"`  // KindFamily
	Consent *privacy.Answer  `json:"consent,omitempty"` // KindConsent
	Erasure *privacy.Erasure `json:"erasure,omitempty"` // KindErasure

	Complaint *complaint.Complaint `json:"complaint,omitempty"` // KindComplaint
	Question  *complaint.Question  `json:"question,omitempty"`  // KindQuestion
}

// Request is one request as this computer keeps it, with how far it has come.
type Request struct {
	Filed
	Delivery submission.Delivery `json:"-"` // read with it; the vault stores it apart
}

// Waiting reports whether the mutual has not confirmed it yet.
func (r Request) Waiting() bool { return r.Delivery.Status != submission.Delivered }
