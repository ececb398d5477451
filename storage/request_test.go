package storage_test

import (
	"bytes"
	"context"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/storage"
)

// anEdit is Elena's edit of her e-mail.
func anEdit(email string, at time.Time) member.Edit {
	said, _ := household.Details("elena")
	mine := said
	mine.EMail, mine.Domicile = email, &member.Address{Street: "Via Verdi 2", PostCode: "20121", Town: "Milano", Province: "MI"}
	return member.Edit{Change: member.Change{Person: "elena", Base: said, Mine: mine}, SavedAt: at}
}

// aRequest is a request with its submission, not frozen yet.
func aRequest(t testing.TB, f request.Filed) (request.Request, submission.Submission) {
	t.Helper()
	f.Format, f.OpID, f.Revision, f.Holder, f.Number, f.MadeAt = 1, newID(t), f.Revision+1, "elena", household.Number, start
	if f.ID == "" {
		f.ID = newID(t)
	}
	var body bytes.Buffer
	if err := sealed(t, []byte("a request"))(&body); err != nil {
		t.Fatal(err)
	}
	return request.Request{Filed: f}, submission.Submission{OpID: f.OpID, Kind: f.Kind, Subject: f.ID, Revision: f.Revision, Body: body.Bytes(), FrozenAt: start}
}

// requested freezes a request.
func requested(t testing.TB, s *storage.Store, f request.Filed) request.Request {
	t.Helper()
	r, sub := aRequest(t, f)
	if err := s.FreezeRequest(context.Background(), r, sub); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAnEditIsThereAfterTheVaultWasClosedAndGoesWithTheRequestMadeOfIt(t *testing.T) { // PER-05
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	mine, his := anEdit("nuova@example.org", start.Add(time.Minute)), anEdit("", start)
	his.Person = "paolo"
	for _, e := range []member.Edit{anEdit("n@example.org", start), mine, his} {
		if err := s.SaveEdit(ctx, e); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	s = openVault(t, dir, code, storage.Options{})
	if got := must[[]member.Edit](t)(s.Edits(ctx)); !reflect.DeepEqual(got, []member.Edit{his, mine}) {
		t.Fatalf("%+v", got)
	}
	var heard []change.Change
	defer s.Feed().Listen(func(c change.Change) { heard = append(heard, c) })()
	r, sub := aRequest(t, request.Filed{Kind: submission.KindProfile, Change: &mine.Change})
	for range 2 { // freezing it again changes nothing
		if err := s.FreezeRequest(ctx, r, sub); err != nil {
			t.Fatal(err)
		}
	}
	if want := []change.Change{{Topic: change.Profile, ID: r.ID}, {Topic: change.Delivery, ID: r.OpID}}; !slices.Equal(heard, want) {
		t.Errorf("heard %v", heard)
	}
	s.Close()
	s = openVault(t, dir, code, storage.Options{})
	if got := must[[]member.Edit](t)(s.Edits(ctx)); !reflect.DeepEqual(got, []member.Edit{his}) {
		t.Fatalf("%+v", got)
	}
	r.Delivery = submission.Delivery{OpID: sub.OpID, Kind: sub.Kind, Subject: sub.Subject, Revision: 1, Status: submission.Queued, FrozenAt: start}
	if got := must[[]request.Request](t)(s.Requests(ctx)); !reflect.DeepEqual(got, []request.Request{r}) {
		t.Fatalf("%+v", got)
	}
	if err := s.DropEdit(ctx, "paolo"); err != nil || s.DropEdit(ctx, "paolo") != nil {
		t.Fatal(err)
	}
	if got := must[[]member.Edit](t)(s.Edits(ctx)); len(got) != 0 {
		t.Fatalf("%+v", got)
	}
}

func TestRequestsStayInTheOrderTheyWereFrozenWhateverTheClockSays(t *testing.T) { // PRV-04
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	erasure := privacy.ClearHistory
	var ops []string
	for i := range 4 {
		r, sub := aRequest(t, request.Filed{Kind: submission.KindConsent, Consent: &privacy.Answer{Consent: "newsletter", Version: "1", Given: i%2 == 0, At: start}})
		if i == 3 {
			r, sub = aRequest(t, request.Filed{Kind: submission.KindErasure, Erasure: &erasure})
		}
		sub.FrozenAt, r.MadeAt = start.Add(-time.Duration(i)*time.Hour), start.Add(-time.Duration(i)*time.Hour) // the clock was set back
		if err := s.FreezeRequest(context.Background(), r, sub); err != nil {
			t.Fatal(err)
		}
		ops = append(ops, r.OpID)
	}
	for range 2 {
		var got []string
		for _, r := range must[[]request.Request](t)(s.Requests(context.Background())) {
			got = append(got, r.OpID)
		}
		if !slices.Equal(got, ops) {
			t.Fatalf("%v, want %v", got, ops)
		}
		s.Close()
		s = openVault(t, dir, code, storage.Options{})
	}
	if got := must[[]privacy.Answer](t)(s.Consents(context.Background())); len(got) != 0 {
		t.Errorf("an answer on its way is said to be the mutual's: %+v", got)
	}
}

func TestALockedVaultDeliversARequestAndSaysSo(t *testing.T) { // PER-05, FAM-01
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	r := requested(t, s, request.Filed{Kind: submission.KindFamily, Family: &member.Newcomer{GivenName: "Luca", FamilyName: "Marchetti", FiscalCode: "MRCLCU12A01F205X"}})
	s.Close()
	s = locked(t, dir, storage.Options{})
	if n := must[int](t)(s.Pending(ctx)); n != 1 {
		t.Fatalf("%d pending", n)
	}
	var heard []change.Change
	defer s.Feed().Listen(func(c change.Change) { heard = append(heard, c) })()
	for _, step := range []submission.Step{submission.Ask, submission.Refuse} {
		if _, err := s.Move(ctx, r.OpID, step, func(d *submission.Delivery) { d.Reason = request.CodeMobile }); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Contains(heard, change.Change{Topic: change.Profile, ID: r.ID}) {
		t.Errorf("heard %v", heard)
	}
	_, err := s.Requests(ctx)
	wantCode(t, err, storage.CodeLocked)
	if err := s.UnlockWithRecovery(ctx, code); err != nil {
		t.Fatal(err)
	}
	got := must[[]request.Request](t)(s.Requests(ctx))
	if len(got) != 1 || got[0].Delivery.Status != submission.Held || got[0].Delivery.Reason != request.CodeMobile || !got[0].Waiting() {
		t.Fatalf("%+v", got)
	}
}

func TestWhatWasGivenUpIsKeptWithTheEditThatWonOverIt(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	e := anEdit("mia@example.org", start)
	var want []member.Past
	for i := range 3 {
		lost := member.Past{Person: "elena", Field: member.FieldEMail, Value: member.Details{EMail: string(rune('a'+i)) + "@example.org"}, Whose: member.WhoseMutual, At: start}
		if err := s.Resolve(ctx, e, []member.Past{lost}); err != nil {
			t.Fatal(err)
		}
		want = append(want, lost)
		s.Close()
		s = openVault(t, dir, code, storage.Options{})
	}
	if got := must[[]member.Past](t)(s.Past(ctx)); !reflect.DeepEqual(got, want) {
		t.Fatalf("%+v", got)
	}
	if got := must[[]member.Edit](t)(s.Edits(ctx)); !reflect.DeepEqual(got, []member.Edit{e}) {
		t.Fatalf("%+v", got)
	}
}

func TestWhatCallersDoToARequestOrAnEditDoesNotChangeTheVault(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	e := anEdit("nuova@example.org", start)
	if err := s.SaveEdit(ctx, e); err != nil {
		t.Fatal(err)
	}
	e.Mine.Domicile.Street = "not saved"
	got := must[[]member.Edit](t)(s.Edits(ctx))
	if got[0].Mine.Domicile.Street != "Via Verdi 2" {
		t.Fatal("the vault holds what was changed after saving")
	}
	got[0].Mine.Domicile.Street = "not saved"
	if again := must[[]member.Edit](t)(s.Edits(ctx)); again[0].Mine.Domicile.Street != "Via Verdi 2" {
		t.Fatal("the vault holds what a caller did")
	}
	change := anEdit("nuova@example.org", start).Change
	requested(t, s, request.Filed{Kind: submission.KindProfile, Change: &change})
	change.Mine.EMail, change.Mine.Domicile.Street = "not sent", "not sent"
	if r := must[[]request.Request](t)(s.Requests(ctx)); r[0].Change.Mine.EMail != "nuova@example.org" || r[0].Change.Mine.Domicile.Street != "Via Verdi 2" {
		t.Fatalf("%+v", r[0].Change)
	}
}

func TestABackupHoldsRequestsAndEdits(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	e := anEdit("nuova@example.org", start)
	if err := s.Resolve(ctx, e, []member.Past{{Person: "elena", Field: member.FieldEMail, At: start}}); err != nil {
		t.Fatal(err)
	}
	r := requested(t, s, request.Filed{Kind: submission.KindConsent, Consent: &privacy.Answer{Consent: "newsletter", Version: "1", At: start}})
	path, elsewhere := filepath.Join(t.TempDir(), "backup.sodale"), filepath.Join(t.TempDir(), "restored")
	if err := s.Backup(ctx, path); err != nil {
		t.Fatal(err)
	}
	if err := storage.Restore(path, elsewhere, storage.Options{}); err != nil {
		t.Fatal(err)
	}
	back := openVault(t, elsewhere, code, storage.Options{})
	if got := must[[]request.Request](t)(back.Requests(ctx)); len(got) != 1 || !reflect.DeepEqual(got[0].Filed, r.Filed) || got[0].Delivery.Status != submission.Queued {
		t.Fatalf("%+v", got)
	}
	if got := must[[]member.Edit](t)(back.Edits(ctx)); !reflect.DeepEqual(got, []member.Edit{e}) || len(must[[]member.Past](t)(back.Past(ctx))) != 1 {
		t.Fatalf("%+v", got)
	}
}

func TestLettersInTheMakingAreThereAfterTheVaultWasClosedAndGoWithTheLetterMadeOfThem(t *testing.T) { // CMP-02
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	of := func(id claim.ID) complaint.Draft {
		return complaint.Draft{Complaint: complaint.Complaint{About: complaint.OfClaim, Claim: id, Matter: complaint.Time, Why: "Tre mesi di attesa.", Asked: "Chiedo il pagamento."}}
	}
	drafts := complaint.Drafts{Complaints: []complaint.Draft{of("a"), of("b")}, Question: &complaint.Question{Topic: "Orari", Text: "Quando?"}}
	if err := s.SaveLetterDrafts(ctx, drafts); err != nil {
		t.Fatal(err)
	}
	reopen := func() {
		t.Helper()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = openVault(t, dir, code, storage.Options{})
	}
	want := func(want complaint.Drafts) {
		t.Helper()
		if got, err := s.LetterDrafts(ctx); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("%+v, %v", got, err)
		}
	}
	reopen()
	want(drafts)
	if l, err := s.Leaving(ctx); err != nil || l.Drafts != 3 {
		t.Fatalf("%+v, %v", l, err)
	}
	c := of("a").Complaint
	requested(t, s, request.Filed{Kind: submission.KindComplaint, Complaint: &c})
	want(complaint.Drafts{Complaints: []complaint.Draft{of("b")}, Question: drafts.Question})
	requested(t, s, request.Filed{Kind: submission.KindQuestion, Question: drafts.Question})
	reopen()
	defer s.Close()
	want(complaint.Drafts{Complaints: []complaint.Draft{of("b")}})
}

func TestALetterAndWhatWasSaidOfItAreThereAfterTheVaultWasClosed(t *testing.T) { // CMP-01
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	r := requested(t, s, request.Filed{Kind: submission.KindComplaint, Complaint: &complaint.Complaint{About: complaint.OfBenefit, Named: "Fisioterapia", Why: "Il piano la esclude.", Asked: "Chiedo di rivederlo."}})
	var heard []change.Change
	s.Feed().Listen(func(c change.Change) { heard = append(heard, c) })
	received := feedEvent(t, submission.EventComplaint, r.ID, 7, complaint.StatusNews{State: complaint.Received, Number: "R26-000001"})
	answered := feedEvent(t, submission.EventComplaint, r.ID, 8, complaint.StatusNews{State: complaint.Answered, Number: "R26-000001", Outcome: complaint.Dismissed, Answer: "No."})
	answered.At, answered.Text = start.Add(time.Hour), "Il tuo reclamo ha una risposta."
	if err := s.Apply(ctx, []submission.FeedEvent{received, answered}, submission.Cursor{Epoch: "e", Seq: 8}); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(heard, change.Change{Topic: change.Profile, ID: r.ID}) {
		t.Fatalf("%v", heard)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openVault(t, dir, code, storage.Options{})
	defer s.Close()
	said, err := s.Said(ctx, submission.EventComplaint)
	if err != nil || len(said) != 2 || complaint.StandingOf(r.ID, said).Answer != "No." {
		t.Fatalf("%+v, %v", said, err)
	}
	said[0].Body[0] = '!'
	if again, _ := s.Said(ctx, submission.EventComplaint); again[0].Body[0] == '!' {
		t.Fatal("the vault hands out its own bytes")
	}
	all, err := s.Requests(ctx)
	if err != nil || len(all) != 1 || all[0].Complaint.Named != "Fisioterapia" {
		t.Fatalf("%+v, %v", all, err)
	}
	all[0].Complaint.Named = "altro"
	if again, _ := s.Requests(ctx); again[0].Complaint.Named != "Fisioterapia" {
		t.Fatal("the vault hands out its own complaint")
	}
}
