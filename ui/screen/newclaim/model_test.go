package newclaim

import (
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
)

var testDay = civil.Date{Year: 2026, Month: time.November, Day: 16}

func newTestModel(documents ...claim.ExpenseDocument) *model {
	h := member.Household{IBAN: "IT60X0542811101000000123456", Holder: member.Person{ID: "elena", GivenName: "Elena"}}
	return newModel(claim.Claim{ID: "c", Open: true, Documents: documents}, h, mutual.Profile{}, nil, testDay)
}

func TestTextThatIsNoAmountOrDateIsKeptAndStopsTheClaim(t *testing.T) { // CLM-14
	m := newTestModel(claim.ExpenseDocument{ID: "d", Service: claim.HospStay})
	m.Type(claim.FieldAmount, "36,1x")
	m.Type(claim.FieldIssued, "31/02/2026")
	m.Type(claim.FieldAdmitted, "ieri")
	d := m.document()
	if d.AmountText != "36,1x" || d.IssuedText != "31/02/2026" || d.AdmittedText != "ieri" || m.Text(claim.FieldAmount) != "36,1x" || m.Text(claim.FieldIssued) != "31/02/2026" {
		t.Fatalf("kept %+v", d)
	}
	m.Type(claim.FieldAmount, "36.15")
	m.Type(claim.FieldIssued, "9.11.26")
	if d.Amount != 3615 || d.AmountText != "" || d.IssuedOn != (civil.Date{Year: 2026, Month: 11, Day: 9}) || d.IssuedText != "" {
		t.Fatalf("read %+v", d)
	}
	m.Type(claim.FieldAmount, " ")
	if d.Amount != 0 || d.AmountText != "" {
		t.Fatalf("an empty field holds %+v", d)
	}
}

func TestAStayHidesTheAmountAndGivesItBack(t *testing.T) {
	m := newTestModel(claim.ExpenseDocument{ID: "d", Service: claim.Visit, Amount: 3615})
	m.Choose(claim.FieldService, string(claim.HospStay))
	if m.Total() != 0 {
		t.Fatalf("a stay counts %v", m.Total())
	}
	m.Choose(claim.FieldService, string(claim.Exams))
	if m.Total() != 3615 {
		t.Fatalf("the amount came back as %v", m.Total())
	}
}

func TestAFieldShowsItsErrorOnlyAfterItWasLeft(t *testing.T) { // CLM-14
	m := newTestModel(claim.ExpenseDocument{ID: "d"})
	if m.Shown(claim.FieldNumber) != nil {
		t.Fatal("an untouched field shows an error")
	}
	m.Leave(claim.FieldNumber)
	if p := m.Shown(claim.FieldNumber); p == nil || p.Code != claim.CodeNoNumber {
		t.Fatalf("got %+v", p)
	}
	m.document().Number = "1"
	if m.Shown(claim.FieldNumber) != nil {
		t.Fatal("a mended field shows an error")
	}
	m.LeaveAll()
	if m.Shown(claim.FieldProvider) == nil {
		t.Fatal("Continua does not show what is missing")
	}
}

func TestWhatWasRemovedIsPutBackWhereItStood(t *testing.T) { // CLM-16
	files := []claim.Attachment{{ID: "a"}, {ID: "b"}, {ID: "c"}}
	m := newTestModel(claim.ExpenseDocument{ID: "1", Attachments: files}, claim.ExpenseDocument{ID: "2"}, claim.ExpenseDocument{ID: "3"})
	m.Open("1")
	m.RemoveFile("b")
	if len(m.document().Attachments) != 2 || len(files) != 3 || files[1].ID != "b" {
		t.Fatalf("removed %+v of %+v", m.document().Attachments, files)
	}
	m.PutBack()
	if m.document().Attachments[1].ID != "b" {
		t.Fatalf("put back %+v", m.document().Attachments)
	}
	m.Open("2")
	if !m.RemoveDocument() || m.Current != "3" || len(m.Claim.Documents) != 2 {
		t.Fatalf("removed: %+v", m.Claim.Documents)
	}
	m.PutBack()
	if m.Claim.Documents[1].ID != "2" || m.Current != "2" {
		t.Fatalf("put back: %+v", m.Claim.Documents)
	}
	m.PutBack()
	if len(m.Claim.Documents) != 3 {
		t.Fatal("a second time did something")
	}
	alone := newTestModel(claim.ExpenseDocument{ID: "1"})
	if alone.RemoveDocument() {
		t.Fatal("the only document went")
	}
}

func TestASnapshotIsNotChangedByLaterEdits(t *testing.T) {
	m := newTestModel(claim.ExpenseDocument{ID: "d", Number: "1"})
	m.Step = stepDocuments
	c := m.Snapshot()
	m.document().Number = "2"
	if c.Documents[0].Number != "1" || c.Step != 2 {
		t.Fatalf("got %+v", c)
	}
}

func TestTheOpenUnpaidPraticaIsNamed(t *testing.T) { // CLM-24
	others := []claim.Summary{
		{State: claim.Paid, Claim: claim.Claim{ID: "a", Mutual: claim.Standing{Number: "26-1"}}},
		{State: claim.InReview, Claim: claim.Claim{ID: "b", Mutual: claim.Standing{Number: "26-2"}}},
		{State: claim.Delivered, Claim: claim.Claim{ID: "e"}},
	}
	if got := openPratica("c", others); got != "26-2" {
		t.Errorf("got %q", got)
	}
	if got := openPratica("b", others); got != "" {
		t.Errorf("a claim joins itself: %q", got)
	}
}

func TestHalfAnIBANIsKeptAndNeverPaidTo(t *testing.T) { // CLM-07
	m := newTestModel(claim.ExpenseDocument{ID: "d"})
	m.OwnIBAN(true)
	m.SetIBAN("IT60 X054")
	if m.Claim.IBAN != "" || m.Claim.IBANText != "IT60 X054" || m.IBANProblem() == nil || !claim.Stops(m.Problems()) {
		t.Fatalf("got %+v", m.Claim)
	}
	reopened := newModel(m.Snapshot(), m.Household, mutual.Profile{}, nil, testDay)
	if !reopened.ownIBAN || reopened.IBANText() != "IT60 X054" {
		t.Fatalf("reopened with %q", reopened.IBANText())
	}
	m.OwnIBAN(false)
	if m.IBANProblem() != nil || m.IBAN() != m.Household.IBAN {
		t.Fatalf("back to %q", m.IBAN())
	}
}
