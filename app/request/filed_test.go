package request_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
)

const anID = "01890a5d-ac96-774b-bcce-b302099a8001"

func filed(kind submission.Kind) request.Filed {
	f := request.Filed{Format: 1, ID: anID, Revision: 1, OpID: anID, Kind: kind, Holder: "elena", Number: "000000003423", MadeAt: noon}
	switch kind {
	case submission.KindProfile:
		f.Change = &member.Change{Person: "elena", Base: member.Details{EMail: "a@posta.example"}, Mine: member.Details{EMail: "b@posta.example"}}
	case submission.KindFamily:
		f.Family = &member.Newcomer{GivenName: "Luca", FamilyName: "Marchetti", FiscalCode: "MRCLCU09S21F205T"}
		f.Family.DateOfBirth.Year, f.Family.DateOfBirth.Month, f.Family.DateOfBirth.Day = 2009, 11, 21
	case submission.KindConsent:
		f.Consent = &privacy.Answer{Consent: "newsletter", Version: "2026-01", Given: true, At: noon}
	case submission.KindErasure:
		erasure := privacy.ClearHistory
		f.Erasure = &erasure
	case submission.KindComplaint:
		c := aComplaint()
		f.Complaint = &c
	case submission.KindQuestion:
		f.Question = &complaint.Question{Topic: "Orari", Text: "Quando?"}
	}
	return f
}

var kinds = []submission.Kind{submission.KindProfile, submission.KindFamily, submission.KindConsent, submission.KindErasure, submission.KindComplaint, submission.KindQuestion}

func TestWhatIsEncodedIsReadBackAndEncodedAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := filed(rapid.SampledFrom(kinds).Draw(t, "kind"))
		f.Revision = rapid.IntRange(1, 9).Draw(t, "revision")
		f.MadeAt = noon.Add(time.Duration(rapid.Int64Range(0, 1e15).Draw(t, "later"))).In(time.FixedZone("CET", 3600))
		f.Number = rapid.String().Draw(t, "number")
		if f.Change != nil {
			f.Change.Mine.Photo = rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "photo")
			f.Change.Mine.Domicile = &member.Address{Street: rapid.String().Draw(t, "street")}
		}
		plain, err := request.Encode(f)
		if err != nil {
			t.Fatal(err)
		}
		back, err := request.Decode(plain)
		if err != nil {
			t.Fatal(err, string(plain))
		}
		again, err := request.Encode(back)
		if err != nil || !bytes.Equal(plain, again) {
			t.Fatalf("%s\n%s", plain, again)
		}
	})
}

func TestARequestThatIsNotExactlyOneThingIsRefused(t *testing.T) {
	for name, spoil := range map[string]func(*request.Filed){
		"two at once":  func(f *request.Filed) { f.Consent = filed(submission.KindConsent).Consent },
		"none":         func(f *request.Filed) { f.Change = nil },
		"another kind": func(f *request.Filed) { f.Kind = submission.KindErasure },
		"generic": func(f *request.Filed) {
			*f = filed(submission.KindComplaint)
			f.Complaint.Asked = "Tutto."
		},
		"no text": func(f *request.Filed) {
			*f = filed(submission.KindQuestion)
			f.Question.Text = ""
		},
		"a claim":         func(f *request.Filed) { f.Kind = submission.KindClaim },
		"no id":           func(f *request.Filed) { f.ID = "1" },
		"no operation":    func(f *request.Filed) { f.OpID = "" },
		"revision 0":      func(f *request.Filed) { f.Revision = 0 },
		"a later format":  func(f *request.Filed) { f.Format = 2 },
		"no holder":       func(f *request.Filed) { f.Holder = "" },
		"no instant":      func(f *request.Filed) { f.MadeAt = time.Time{} },
		"nothing changed": func(f *request.Filed) { f.Change.Mine = f.Change.Base },
		"a huge photo":    func(f *request.Filed) { f.Change.Mine.Photo = make([]byte, member.MaxPhoto+1) },
		"unknown postal":  func(f *request.Filed) { f.Change.Mine.Postal = "moon" },
		"unknown payment": func(f *request.Filed) { f.Change.Mine.Payment = "gold" },
	} {
		f := filed(submission.KindProfile)
		spoil(&f)
		if _, err := request.Encode(f); fault.CodeOf(err) != request.CodeFiled {
			t.Errorf("%s: %v", name, err)
		}
	}
	erasure := privacy.Erasure("everything")
	f := filed(submission.KindErasure)
	f.Erasure = &erasure
	if _, err := request.Encode(f); fault.CodeOf(err) != request.CodeFiled {
		t.Error(err)
	}
}

func TestABodyThatIsWrittenOtherwiseIsRefused(t *testing.T) {
	plain, err := request.Encode(filed(submission.KindConsent))
	if err != nil {
		t.Fatal(err)
	}
	text := string(plain)
	for name, body := range map[string]string{
		"a space":        strings.Replace(text, ":", ": ", 1),
		"an unknown key": strings.Replace(text, "{", `{"x":1,`, 1),
		"a key twice":    strings.Replace(text, `"revision":1`, `"revision":1,"revision":1`, 1),
		"capital keys":   strings.Replace(text, `"holder"`, `"Holder"`, 1),
		"trailing":       text + "\n",
		"null pointers":  strings.Replace(text, `"consent":{`, `"change":null,"consent":{`, 1),
		"another zone":   strings.Replace(text, `12:00:00Z`, `13:00:00+01:00`, 1),
		"nothing":        "",
	} {
		if body == text {
			t.Fatalf("%s: nothing was changed in %s", name, text)
		}
		if _, err := request.Decode([]byte(body)); fault.CodeOf(err) != request.CodeFiled {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestARevisionMayGiveUpWhatWasRefused(t *testing.T) {
	f := filed(submission.KindProfile)
	f.Revision, f.Change.Mine = 2, f.Change.Base
	if _, err := request.Encode(f); err != nil {
		t.Fatal(err)
	}
}

func FuzzDecode(f *testing.F) {
	for _, kind := range kinds {
		plain, err := request.Encode(filed(kind))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(plain)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := request.Decode(data)
		if err != nil {
			return
		}
		again, err := request.Encode(got)
		if err != nil || !bytes.Equal(again, data) {
			t.Fatalf("%v\n%s\n%s", err, data, again)
		}
	})
}
