package claim_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/submission"
)

var today = civil.Date{Year: 2026, Month: 11, Day: 16}

func goodDocument() claim.ExpenseDocument {
	return claim.ExpenseDocument{ID: "d", Type: claim.ReceiptSlip, Person: "elena", Service: claim.Visit, Amount: 3615, Number: "1",
		IssuedOn: civil.Date{Year: 2026, Month: 11, Day: 9}, Province: "MI", Provider: "Ospedale San Rocco",
		Attachments: []claim.Attachment{{ID: "a", Size: 1000}}}
}

// stay makes a document that of a stay, with its discharge letter.
func stay(d claim.ExpenseDocument, admitted, discharged civil.Date) claim.ExpenseDocument {
	d.Service, d.Admitted, d.Discharged = claim.HospStay, admitted, discharged
	d.Attachments = append(d.Attachments, claim.Attachment{ID: "letter", Role: claim.DischargeLetter, Size: 1000})
	return d
}

func TestCheckNamesEveryProblemAtItsField(t *testing.T) {
	for name, c := range map[string]struct {
		edit     func(*claim.ExpenseDocument)
		code     fault.Code
		field    string
		blocking bool
	}{
		"CLM-03 no file":            {func(d *claim.ExpenseDocument) { d.Attachments = nil }, claim.CodeNoFile, "files", true},
		"CLM-05 file over 2 MB":     {func(d *claim.ExpenseDocument) { d.Attachments[0].Size = document.MaxSize + 1 }, claim.CodeFileTooLarge, "files", true},
		"CLM-10 no type":            {func(d *claim.ExpenseDocument) { d.Type = "" }, claim.CodeNoType, "type", true},
		"CLM-10 no number":          {func(d *claim.ExpenseDocument) { d.Number = "" }, claim.CodeNoNumber, "number", true},
		"CLM-10 no amount":          {func(d *claim.ExpenseDocument) { d.Amount = 0 }, claim.CodeNoAmount, "amount", true},
		"CLM-10 no service":         {func(d *claim.ExpenseDocument) { d.Service = "" }, claim.CodeNoService, "service", true},
		"CLM-11 no date":            {func(d *claim.ExpenseDocument) { d.IssuedOn = civil.Date{} }, claim.CodeNoDate, "issuedOn", true},
		"CLM-11 no province":        {func(d *claim.ExpenseDocument) { d.Province = "" }, claim.CodeNoProvince, "province", true},
		"CLM-11 no provider":        {func(d *claim.ExpenseDocument) { d.Provider = "" }, claim.CodeNoProvider, "provider", true},
		"CLM-12 nobody":             {func(d *claim.ExpenseDocument) { d.Person = "" }, claim.CodeNoPerson, "person", true},
		"CLM-14 amount unreadable":  {func(d *claim.ExpenseDocument) { d.AmountText = "abc" }, claim.CodeBadAmount, "amount", true},
		"CLM-14 date unreadable":    {func(d *claim.ExpenseDocument) { d.IssuedText = "31/02/2026" }, claim.CodeBadDate, "issuedOn", true},
		"CLM-14 date to come":       {func(d *claim.ExpenseDocument) { d.IssuedOn = today.AddDays(1) }, claim.CodeFutureDate, "issuedOn", true},
		"CLM-29 after 90 days":      {func(d *claim.ExpenseDocument) { d.IssuedOn = today.AddDays(-91) }, claim.CodeOldDate, "issuedOn", false},
		"CLM-31 stay, no admission": {func(d *claim.ExpenseDocument) { *d = stay(*d, civil.Date{}, today) }, claim.CodeNoAdmission, "admitted", true},
		"CLM-31 stay, no discharge": {func(d *claim.ExpenseDocument) { *d = stay(*d, today, civil.Date{}) }, claim.CodeNoDischarge, "discharged", true},
		"CLM-31 discharged before in": {func(d *claim.ExpenseDocument) {
			*d = stay(*d, today, today.AddDays(-1))
		}, claim.CodeStayBackward, "discharged", true},
		"CLM-31 admission unreadable": {func(d *claim.ExpenseDocument) {
			*d = stay(*d, civil.Date{}, today)
			d.AdmittedText = "31/02/2026"
		}, claim.CodeBadDate, "admitted", true},
	} {
		t.Run(name, func(t *testing.T) {
			d := goodDocument()
			c.edit(&d)
			got := claim.Check(claim.Claim{Documents: []claim.ExpenseDocument{d}}, claim.Rules{Today: today, IBAN: "IT60X0542811101000000123456"})
			if len(got) != 1 || got[0].Code != c.code || got[0].Where != "documents/d/"+c.field || got[0].Blocking != c.blocking {
				t.Fatalf("got %+v", got)
			}
		})
	}
}

func TestCheckAcceptsWhatIsComplete(t *testing.T) {
	lastDay := goodDocument()
	lastDay.IssuedOn = today.AddDays(-claim.ClaimDays)
	certificate := goodDocument()
	certificate.Type, certificate.Number, certificate.Amount = claim.Certificate, "", 0
	for name, d := range map[string]claim.ExpenseDocument{"receipt": goodDocument(), "AMB-02 last day included": lastDay, "CLM-10 certificate": certificate} {
		if got := claim.Check(claim.Claim{IBAN: "IT60X0542811101000000123456", Documents: []claim.ExpenseDocument{d}}, claim.Rules{Today: today, IBAN: ""}); len(got) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestCheckStopsAtAnIBANThatCannotBeRead(t *testing.T) { // CLM-07: the money must not silently go to the other one
	c := claim.Claim{IBANText: "IT60 X054", Documents: []claim.ExpenseDocument{goodDocument()}}
	got := claim.Check(c, claim.Rules{Today: today, IBAN: "IT60X0542811101000000123456"})
	if len(got) != 1 || got[0].Code != claim.CodeBadIBAN || got[0].Where != "iban" || !claim.Stops(got) {
		t.Fatalf("got %+v", got)
	}
}

func TestCheckWantsADocumentAndAnIBAN(t *testing.T) { // CLM-03, CLM-07
	got := claim.Check(claim.Claim{}, claim.Rules{Today: today, IBAN: ""})
	if len(got) != 2 || got[0].Code != claim.CodeNoIBAN || got[1].Code != claim.CodeNoDocument || !claim.Stops(got) {
		t.Fatalf("got %+v", got)
	}
}

var mutualStates = []claim.State{claim.Delivered, claim.Registered, claim.InReview, claim.DocumentsRequested, claim.Blocked,
	claim.Approved, claim.Rejected, claim.Merged, claim.Paid, claim.Withdrawn}

func news(s claim.State) submission.FeedEvent {
	body, _ := json.Marshal(claim.StatusNews{State: s, Number: "26-004471"})
	return submission.FeedEvent{ID: "e", Kind: submission.EventClaimStatus, At: now, Body: body}
}

// arrows is what CLM-48 lets the mutual do, written apart from the code: from, then every state it may move to.
var arrows = map[claim.State]string{
	claim.Delivered:          "registered in-review documents-requested blocked approved rejected merged paid withdrawn",
	claim.Registered:         "in-review documents-requested blocked approved rejected merged paid withdrawn",
	claim.InReview:           "documents-requested blocked approved rejected merged paid withdrawn",
	claim.DocumentsRequested: "registered in-review blocked approved rejected merged withdrawn",
	claim.Blocked:            "in-review documents-requested approved rejected merged withdrawn",
	claim.Approved:           "in-review blocked rejected merged paid",
	claim.Rejected:           "registered in-review approved",
	claim.Merged:             "registered withdrawn paid",
	claim.Paid:               "",
	claim.Withdrawn:          "",
}

func TestTheMutualMovesAClaimOnlyAlongTheTable(t *testing.T) { // CLM-48
	for _, from := range mutualStates {
		for _, to := range mutualStates {
			c := claim.Claim{ID: "c", Mutual: claim.Standing{State: from}}
			got, err := claim.Apply(c, news(to))
			words := bytes.Fields([]byte(arrows[from]))
			want := from == to || slices.ContainsFunc(words, func(w []byte) bool { return string(w) == string(to) })
			if (err == nil) != want {
				t.Errorf("%s → %s: %v, want allowed %v", from, to, err, want)
			}
			if err != nil && (got.Mutual.State != from || fault.CodeOf(err) != claim.CodeNotAllowed) {
				t.Errorf("%s → %s: refused with %v, now %s", from, to, err, got.Mutual.State)
			}
			if err == nil && (got.Mutual.State != to || len(got.Mutual.Steps) != 1 || got.Mutual.Number != "26-004471") {
				t.Errorf("%s → %s: %+v", from, to, got.Mutual)
			}
		}
	}
}

func TestAnUnknownStateIsKeptInTheMutualsWords(t *testing.T) {
	e := news("waiting-for-the-council")
	e.Text = "In attesa del consiglio"
	got, err := claim.Apply(claim.Claim{Mutual: claim.Standing{State: claim.InReview}}, e)
	if err != nil || got.Mutual.State != "waiting-for-the-council" || got.Mutual.Text != e.Text {
		t.Fatalf("%+v, %v", got.Mutual, err)
	}
	if got, err = claim.Apply(got, news(claim.Approved)); err != nil || got.Mutual.State != claim.Approved {
		t.Fatalf("no way back from an unknown state: %+v, %v", got.Mutual, err)
	}
}

func TestUnreadableNewsChangesNothing(t *testing.T) {
	c := claim.Claim{Mutual: claim.Standing{State: claim.InReview}}
	for _, body := range []string{"", "{}", "[]", `{"state":1}`} {
		got, err := claim.Apply(c, submission.FeedEvent{Body: []byte(body)})
		if fault.CodeOf(err) != claim.CodeNews || got.Mutual.State != claim.InReview || len(got.Mutual.Steps) != 0 {
			t.Errorf("%q: %+v, %v", body, got.Mutual, err)
		}
	}
}

func TestStateComesFromDraftDeliveryAndMutualInThatOrder(t *testing.T) {
	delivered := &submission.Delivery{Status: submission.Delivered}
	for name, c := range map[string]struct {
		claim    claim.Claim
		delivery *submission.Delivery
		blocked  bool
		want     claim.State
	}{
		"incomplete draft":                   {claim.Claim{Open: true}, nil, true, claim.Draft},
		"complete draft":                     {claim.Claim{Open: true}, nil, false, claim.Ready},
		"queued":                             {claim.Claim{Revision: 1}, &submission.Delivery{Status: submission.Queued}, false, claim.Queued},
		"answer lost":                        {claim.Claim{Revision: 1}, &submission.Delivery{Status: submission.Unconfirmed}, false, claim.Unconfirmed},
		"held":                               {claim.Claim{Revision: 1}, &submission.Delivery{Status: submission.Held}, false, claim.Held},
		"delivered":                          {claim.Claim{Revision: 1}, delivered, false, claim.Delivered},
		"decided":                            {claim.Claim{Revision: 1, Mutual: claim.Standing{State: claim.Paid}}, delivered, false, claim.Paid},
		"revision 2 queued over an old word": {claim.Claim{Revision: 2, Mutual: claim.Standing{State: claim.DocumentsRequested}}, &submission.Delivery{Status: submission.Queued}, false, claim.Queued},
		"correction open over an old word":   {claim.Claim{Revision: 1, Open: true, Mutual: claim.Standing{State: claim.DocumentsRequested}}, delivered, true, claim.DocumentsRequested},
	} {
		if got := claim.StateOf(c.claim, c.delivery, c.blocked); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestTheSameClaimEncodesToTheSameBytesAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := goodDocument()
		d.Provider, d.Notes = rapid.String().Draw(t, "provider"), rapid.String().Draw(t, "notes")
		d.Number = rapid.String().Draw(t, "number")
		c := claim.Claim{ID: "c", Revision: rapid.IntRange(1, 99).Draw(t, "revision"), Documents: []claim.ExpenseDocument{d}}
		one, err := claim.Encode(c, member.Household{IBAN: "x"}, now)
		if err != nil {
			t.Fatal(err)
		}
		two, _ := claim.Encode(c, member.Household{IBAN: "x"}, now.In(civil.Rome))
		if !bytes.Equal(one, two) {
			t.Fatal("two encodings differ")
		}
		back, err := claim.Decode(one)
		if err != nil || back.Revision != c.Revision || back.IBAN != "x" || !back.FiledAt.Equal(now.Truncate(time.Microsecond)) {
			t.Fatalf("%+v, %v", back, err)
		}
	})
}

func TestABodyOfALaterFormatIsRefused(t *testing.T) {
	if _, err := claim.Decode([]byte(`{"format":4}`)); fault.CodeOf(err) != claim.CodeFiled {
		t.Fatalf("got %v", err)
	}
}

func FuzzDecode(f *testing.F) {
	good, _ := claim.Encode(claim.Claim{ID: "c", Revision: 1, Documents: []claim.ExpenseDocument{goodDocument()}}, member.Household{}, now)
	f.Add(good)
	f.Add([]byte(`{"format":1,"documents":[{"issuedOn":"2026-02-30"}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		filed, err := claim.Decode(b)
		if err == nil && filed.Format != claim.FiledFormat {
			t.Fatalf("format %d was accepted", filed.Format)
		}
	})
}
