package claim_test

import (
	"context"
	"errors"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/claim/claimtest"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/submission"
)

func TestAStudyGrantBeginsWithTheCertificateOfTheSchool(t *testing.T) { // STU-03, STU-07
	c, err := newDesk(newVault()).NewOf(context.Background(), claim.StudyGrant)
	if err != nil || c.Kind != claim.StudyGrant || len(c.Documents) != 1 || c.Documents[0].Type != claim.SchoolCertificate || c.Documents[0].Person != "elena" {
		t.Fatalf("%+v, %v", c, err)
	}
}

func TestACopyTakesWhomWhatAndWhereAndNothingOfThatOneExpense(t *testing.T) {
	v := newVault()
	d := newDesk(v)
	c := complete(t, d, draft(t, d))
	c.IBAN, c.Procedure = "IT60X0542811101000000123456", claim.Surgery
	doc := &c.Documents[0]
	doc.ProviderVAT, doc.StampDuty, doc.Notes, doc.Diagnosis = "01234567890", 200, "a note", "asma"
	doc.PrescribedOn, doc.Proposed = civil.Date{Year: 2026, Month: 11, Day: 1}, []string{claim.FieldAmount}
	doc.Cover = claim.Cover{Answer: claim.CoverPaid, Body: "Altra", Amount: 100}
	c, err := d.Save(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	again, err := d.Again(context.Background(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	got := again.Documents[0]
	want := claim.ExpenseDocument{ID: got.ID, Type: claim.ReceiptSlip, Person: "elena", Service: claim.Visit, Province: "MI", Provider: "Ospedale San Rocco", ProviderVAT: "01234567890"}
	if got.ID == doc.ID || got.ID == "" || len(got.Attachments) != 0 || !sameDocument(got, want) {
		t.Errorf("copied\n%+v\nwant\n%+v", got, want)
	}
	if again.ID == c.ID || again.Revision != 0 || !again.Open || again.IBAN != "" || again.Procedure != claim.Surgery || stored(t, v, again.ID).Version != again.Version {
		t.Errorf("%+v", again)
	}
}

// sameDocument compares two documents without files and proposals.
func sameDocument(a, b claim.ExpenseDocument) bool {
	if len(a.Attachments)+len(b.Attachments)+len(a.Proposed)+len(b.Proposed) > 0 {
		return false
	}
	a.Attachments, b.Attachments, a.Proposed, b.Proposed = nil, nil, nil, nil
	one, _ := claim.Encode(claim.Claim{Documents: []claim.ExpenseDocument{a}}, household, now)
	two, _ := claim.Encode(claim.Claim{Documents: []claim.ExpenseDocument{b}}, household, now)
	return string(one) == string(two)
}

func TestTheBinListsWhatCanComeBack(t *testing.T) {
	d := newDesk(newVault())
	c, err := d.Discard(context.Background(), draft(t, d))
	if err != nil {
		t.Fatal(err)
	}
	if bin, err := d.Bin(context.Background()); err != nil || len(bin) != 1 || bin[0].ID != c.ID {
		t.Fatalf("%+v, %v", bin, err)
	}
	if _, err := d.Restore(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	if bin, _ := d.Bin(context.Background()); len(bin) != 0 {
		t.Fatalf("%+v", bin)
	}
}

// sent is a claim that the mutual has, in a vault whose mutual lets claims be taken back.
func sent(t *testing.T) (*claimtest.Vault, *claim.Desk, claim.Claim) {
	t.Helper()
	v := newVault()
	d := newDesk(v)
	d.Mutual = func() mutual.Profile { return mutual.Profile{ID: "aurora", Claims: mutual.Claims{Withdraw: true}} }
	c, err := d.Finalise(context.Background(), complete(t, d, draft(t, d)).ID)
	if err != nil {
		t.Fatal(err)
	}
	deliver(v, c.ID)
	return v, d, c
}

func deliver(v *claimtest.Vault, id claim.ID) {
	v.Move(id, func(d *submission.Delivery) { d.Status = submission.Delivered })
}

func body(t *testing.T, s submission.Submission) claim.Filed {
	t.Helper()
	filed, err := claim.Decode(claimtest.Sealed(s.Body))
	if err != nil {
		t.Fatal(err)
	}
	return filed
}

func TestAClaimIsTakenBackByARevisionThatChangesNothingElse(t *testing.T) {
	v, d, c := sent(t)
	gone, err := d.Withdraw(context.Background(), c.ID)
	if err != nil || gone.Revision != 2 || !gone.Withdrawing || gone.Open {
		t.Fatalf("%+v, %v", gone, err)
	}
	first, second := body(t, v.Submissions()[0]), body(t, v.Submissions()[1])
	if !second.Withdraw || second.Revision != 2 || !sameFiled(first, second) || len(v.Submissions()[1].Blobs) != 1 {
		t.Fatalf("filed %+v", second)
	}
	for name, try := range map[string]func() error{
		"again":   func() error { _, err := d.Withdraw(context.Background(), c.ID); return err },
		"correct": func() error { _, err := d.Correct(context.Background(), gone); return err },
	} {
		if err := try(); fault.CodeOf(err) != claim.CodeBound {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func sameFiled(a, b claim.Filed) bool {
	one, _ := claim.Encode(claim.Claim{Documents: a.Documents, IBAN: a.IBAN}, household, now)
	two, _ := claim.Encode(claim.Claim{Documents: b.Documents, IBAN: b.IBAN}, household, now)
	return string(one) == string(two)
}

func TestTakingAClaimBackLeavesAnOpenCorrectionAsItWasTyped(t *testing.T) {
	v, d, c := sent(t)
	open, err := d.Correct(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	open.Documents[0].Amount = 9900
	if _, err = d.Save(context.Background(), open); err != nil {
		t.Fatal(err)
	}
	gone, err := d.Withdraw(context.Background(), c.ID)
	if err != nil || !gone.Open || gone.Documents[0].Amount != 9900 {
		t.Fatalf("%+v, %v", gone, err)
	}
	if filed := body(t, v.Submissions()[1]); filed.Documents[0].Amount != 3615 {
		t.Fatalf("what was typed went out: %+v", filed)
	}
	if _, err := d.Finalise(context.Background(), c.ID); fault.CodeOf(err) != claim.CodeBound {
		t.Fatalf("sent while it is being taken back: %v", err)
	}
	v.Move(c.ID, func(d *submission.Delivery) { d.Status = submission.Held })
	s, err := d.Open(context.Background(), c.ID)
	if err != nil || s.State != claim.Delivered {
		t.Fatalf("after the mutual refused: %s, %v", s.State, err)
	}
	if again, err := d.Finalise(context.Background(), c.ID); err != nil || again.Revision != 3 || again.Withdrawing {
		t.Fatalf("%+v, %v", again, err)
	}
}

func TestOnlyWhatTheMutualHasAndHasNotDecidedCanBeTakenBack(t *testing.T) {
	lets := claim.Rules{Mutual: mutual.Profile{Claims: mutual.Claims{Withdraw: true}}}
	for _, s := range append([]claim.State{claim.Draft, claim.Ready, claim.Queued, claim.Sending, claim.Unconfirmed, claim.Held, "a state to come"}, mutualStates...) {
		want := s == claim.Delivered || s == claim.Registered || s == claim.InReview || s == claim.DocumentsRequested || s == claim.Blocked
		if claim.Withdrawable(claim.Summary{State: s}, lets) != want {
			t.Errorf("%s: want %v", s, want)
		}
		if claim.Withdrawable(claim.Summary{State: s}, claim.Rules{}) {
			t.Errorf("%s: the mutual does not offer it", s)
		}
	}
}

func TestAWithdrawalThatCannotBeStoredChangesNothing(t *testing.T) {
	v, d, c := sent(t)
	v.FailSaves(errors.New("input/output error"))
	if _, err := d.Withdraw(context.Background(), c.ID); err == nil {
		t.Fatal("no error")
	}
	if got := stored(t, v, c.ID); got.Withdrawing || got.Revision != 1 || len(v.Submissions()) != 1 {
		t.Fatalf("%+v", got)
	}
}
