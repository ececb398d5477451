package request

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/id"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/submission"
)

// FiledFormat is the version of the body that goes to the mutual.
const FiledFormat = 1

// CodeFiled is the code of a body that is no request. Item says what is wrong with it.
const CodeFiled fault.Code = "request.filed-unreadable"

// Encode writes the canonical body: fixed field order, no white space, instants in UTC to the microsecond. The same request gives
// the same bytes. CodeFiled for one that Decode would refuse.
func Encode(f Filed) ([]byte, error) {
	f = f.canonical()
	if wrong := f.wrong(); wrong != "" {
		return nil, fault.New(CodeFiled, "request.encode", wrong)
	}
	return json.Marshal(f)
}

// Decode reads a body that Encode wrote, and nothing else: an unknown key, a key twice, a space, or a request that does not
// carry exactly what its kind says is CodeFiled.
func Decode(plain []byte) (Filed, error) {
	var f Filed
	if err := json.Unmarshal(plain, &f); err != nil {
		return Filed{}, fault.Wrap(CodeFiled, "request.decode", "json", err)
	}
	if wrong := f.wrong(); wrong != "" {
		return Filed{}, fault.New(CodeFiled, "request.decode", wrong)
	}
	if again, err := json.Marshal(f.canonical()); err != nil || !bytes.Equal(again, plain) {
		return Filed{}, fault.Wrap(CodeFiled, "request.decode", "canonical", err)
	}
	return f, nil
}

func (f Filed) canonical() Filed {
	instant := func(t time.Time) time.Time { return t.UTC().Truncate(time.Microsecond) }
	f.MadeAt = instant(f.MadeAt)
	if f.Consent != nil {
		c := *f.Consent
		c.At = instant(c.At)
		f.Consent = &c
	}
	if f.Family != nil {
		n := *f.Family
		n.Consent = instant(n.Consent)
		f.Family = &n
	}
	return f
}

// wrong names the first thing that does not fit, or "".
func (f Filed) wrong() string {
	switch {
	case f.Format != FiledFormat:
		return "format"
	case !id.Valid(f.ID):
		return "id"
	case !id.Valid(f.OpID):
		return "opId"
	case f.Revision < 1:
		return "revision"
	case f.Holder == "":
		return "holder"
	case f.MadeAt.IsZero():
		return "madeAt"
	}
	return f.wrongContent()
}

func (f Filed) wrongContent() string {
	carried := map[submission.Kind]bool{submission.KindProfile: f.Change != nil, submission.KindFamily: f.Family != nil,
		submission.KindConsent: f.Consent != nil, submission.KindErasure: f.Erasure != nil,
		submission.KindComplaint: f.Complaint != nil, submission.KindQuestion: f.Question != nil}
	n := 0
	for _, there := range carried {
		if there {
			n++
		}
	}
	switch {
	case n != 1 || !carried[f.Kind]:
		return "kind"
	case f.Change != nil:
		return wrongChange(*f.Change, f.Revision)
	case f.Consent != nil && (f.Consent.Consent == "" || f.Consent.Version == "" || f.Consent.At.IsZero()):
		return "consent"
	case f.Erasure != nil && !slices.Contains(privacy.Erasures, *f.Erasure):
		return "erasure"
	case f.Family != nil && (f.Family.FiscalCode == "" || f.Family.FamilyName == "" || f.Family.DateOfBirth.IsZero()):
		return "family"
	}
	return f.wrongLetter()
}

// wrongLetter names the first field of a complaint or of a question that is wrong, or "".
func (f Filed) wrongLetter() string {
	var found []complaint.Problem
	what := ""
	switch {
	case f.Complaint != nil:
		what, found = "complaint", f.Complaint.Check(civil.Of(f.MadeAt))
	case f.Question != nil:
		what, found = "question", f.Question.Check()
	}
	if len(found) == 0 {
		return ""
	}
	return what + "/" + string(found[0].Field)
}

// wrongChange: a change that changes nothing is only the answer to a refusal, which it gives up.
func wrongChange(c member.Change, revision int) string {
	fits := func(d member.Details) bool {
		return len(d.Photo) <= member.MaxPhoto && slices.Contains([]member.Postal{"", member.ToResidence, member.ToDomicile}, d.Postal) &&
			slices.Contains([]member.Payment{"", member.ByTransfer, member.ByCheque}, d.Payment)
	}
	if c.Person == "" || !fits(c.Base) || !fits(c.Mine) || revision == 1 && len(c.Fields()) == 0 {
		return "change"
	}
	return ""
}
