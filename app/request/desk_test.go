package request_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim/claimtest"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/request/requesttest"
	"github.com/sodale/sodale/app/submission"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func household() member.Household {
	return member.Household{Number: "000000003423", Holder: member.Person{ID: "elena", GivenName: "Elena", FamilyName: "Marchetti"},
		Family: []member.Person{{ID: "paolo", GivenName: "Paolo", FamilyName: "Marchetti"}}, EMail: "elena@posta.example", Mobile: "+393330003423",
		IBAN: "IT56N0542801602000000417435", Home: member.Address{Street: "Via dei Tigli 14", PostCode: "20100", Town: "Milano", Province: "MI"}}
}

func newDesk() (*request.Desk, *requesttest.Vault, *claimtest.Clock) {
	vault, clock := requesttest.NewVault(household()), claimtest.NewClock(noon)
	return &request.Desk{Vault: vault, Sealer: claimtest.Sealer{}, Clock: clock, Random: rand.Reader}, vault, clock
}

func open(t testing.TB, s submission.Submission) request.Filed {
	t.Helper()
	r, err := claimtest.Sealer{}.Open(bytes.NewReader(s.Body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	f, err := request.Decode(plain)
	if err != nil {
		t.Fatalf("%v: %s", err, plain)
	}
	return f
}

func sheetOf(t testing.TB, d *request.Desk, person member.ID) request.Sheet {
	t.Helper()
	s, err := d.Sheet(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func send(t testing.TB, d *request.Desk, e member.Edit) request.Request {
	t.Helper()
	r, err := d.ChangeDetails(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAChangeOfDetailsIsFrozenSealedAndWaits(t *testing.T) { // PER-02, PER-05
	desk, vault, _ := newDesk()
	e := sheetOf(t, desk, "elena").Edit
	e.Mine.IBAN = "IT60X0542811101000000123456"
	r := send(t, desk, e)
	frozen := vault.Frozen()
	if len(frozen) != 1 || bytes.Contains(frozen[0].Body, []byte("IT60X")) || frozen[0].Revision != 1 || frozen[0].Subject != r.ID || frozen[0].Kind != submission.KindProfile {
		t.Fatalf("%+v", frozen)
	}
	f := open(t, frozen[0])
	if f.Number != "000000003423" || f.Holder != "elena" || !f.MadeAt.Equal(noon) || f.Change.Mine.IBAN != "IT60X0542811101000000123456" || f.Change.Base.IBAN != "IT56N0542801602000000417435" {
		t.Fatalf("%+v", f)
	}
	s := sheetOf(t, desk, "elena")
	if s.Expected.IBAN != f.Change.Mine.IBAN || s.Said.IBAN == s.Expected.IBAN || len(s.Edit.Fields()) != 0 || len(s.Conflicts) != 0 {
		t.Fatalf("%+v", s)
	}
	if _, err := desk.ChangeDetails(t.Context(), s.Edit); fault.CodeOf(err) != request.CodeNothing {
		t.Fatal(err)
	}
	if _, err := desk.Sheet(t.Context(), "nobody"); fault.CodeOf(err) != request.CodePerson {
		t.Fatal(err)
	}
}

func TestAnEditIsKeptAsItIsTypedAndGoneWhenItChangesNothing(t *testing.T) {
	desk, vault, _ := newDesk()
	e := sheetOf(t, desk, "paolo").Edit
	e.Mine.EMail = "paolo@posta.example"
	if _, err := desk.SaveEdit(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	if s := sheetOf(t, desk, "paolo"); s.Edit.Mine.EMail != "paolo@posta.example" || !s.Edit.SavedAt.Equal(noon) {
		t.Fatalf("%+v", s.Edit)
	}
	e.Mine.EMail = ""
	if _, err := desk.SaveEdit(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	if edits, _ := vault.Edits(t.Context()); len(edits) != 0 {
		t.Fatal(edits)
	}
}

func TestASecondChangeBeforeTheFirstLeftIsItsNextRevisionAndHoldsBoth(t *testing.T) {
	desk, vault, _ := newDesk()
	e := sheetOf(t, desk, "elena").Edit
	e.Mine.EMail, e.Mine.IBAN = "nuova@posta.example", "IT60X0542811101000000123456"
	first := send(t, desk, e)
	e = sheetOf(t, desk, "elena").Edit
	e.Mine.EMail = "terza@posta.example"
	second := send(t, desk, e)
	f := open(t, vault.Frozen()[1])
	if second.ID != first.ID || second.Revision != 2 || second.OpID == first.OpID {
		t.Fatalf("%+v", second.Filed)
	}
	if f.Change.Base.EMail != "nuova@posta.example" || f.Change.Mine.EMail != "terza@posta.example" || f.Change.Base.IBAN != household().IBAN || f.Change.Mine.IBAN != "IT60X0542811101000000123456" {
		t.Fatalf("%+v", f.Change)
	}
}

func TestAConfirmedChangeIsShownUntilItsNewsCome(t *testing.T) {
	desk, vault, _ := newDesk()
	h := household()
	h.Version = 7
	vault.SetHousehold(h)
	e := sheetOf(t, desk, "elena").Edit
	e.Mine.IBAN, e.Mine.EMail = "IT60X0542811101000000123456", "nuova@posta.example"
	r := send(t, desk, e)
	vault.SetStatus(r.OpID, submission.Delivered, "")
	s := sheetOf(t, desk, "elena")
	if r.Seen != 7 || s.Expected.IBAN != e.Mine.IBAN || s.Expected.EMail != h.EMail { // PER-06: an e-mail counts once it is proved
		t.Fatalf("%+v", s)
	}
	h.Version, h.IBAN = 8, "IT02L1234512345123456789012" // the mutual took it and changed it again
	vault.SetHousehold(h)
	if s := sheetOf(t, desk, "elena"); s.Expected.IBAN != h.IBAN || len(s.Conflicts) != 0 || len(s.Edit.Fields()) != 0 {
		t.Fatalf("%+v", s)
	}
}

func TestARefusedChangeIsTakenUpAgainAndCorrectedAfterTheMemberDecided(t *testing.T) {
	desk, vault, _ := newDesk()
	e := sheetOf(t, desk, "elena").Edit
	e.Mine.EMail, e.Mine.IBAN = "nuova@posta.example", "IT60X0542811101000000123456"
	first := send(t, desk, e)
	h := household()
	h.IBAN = "IT02L1234512345123456789012"
	vault.SetStatus(first.OpID, submission.Held, request.CodeConflict)
	vault.SetHousehold(h)

	s := sheetOf(t, desk, "elena")
	if len(s.Conflicts) != 1 || s.Conflicts[0].Field != member.FieldIBAN || s.Conflicts[0].Mine.IBAN != e.Mine.IBAN || s.Conflicts[0].Theirs.IBAN != h.IBAN || s.Edit.Mine.EMail != "nuova@posta.example" {
		t.Fatalf("%+v", s)
	}
	if _, err := desk.ChangeDetails(t.Context(), s.Edit); fault.CodeOf(err) != request.CodeUndecided {
		t.Fatal(err)
	}
	s, err := desk.Decide(t.Context(), s, map[member.Field]bool{member.FieldIBAN: false})
	if err != nil || len(s.Conflicts) != 0 {
		t.Fatal(s.Conflicts, err)
	}
	past, err := desk.History(t.Context(), "elena")
	if err != nil || len(past) != 1 || past[0].Value.IBAN != e.Mine.IBAN || past[0].Whose != member.WhoseMine || !past[0].At.Equal(noon) {
		t.Fatal(past, err)
	}
	second := send(t, desk, s.Edit)
	f := open(t, vault.Frozen()[1])
	if second.ID != first.ID || second.Revision != 2 || f.Change.Mine.EMail != "nuova@posta.example" || f.Change.Mine.IBAN != h.IBAN || f.Change.Base.IBAN != h.IBAN {
		t.Fatalf("%+v", f.Change)
	}
}

func TestARefusedChangeCanBeGivenUpForTheMutualsValue(t *testing.T) {
	desk, vault, _ := newDesk()
	e := sheetOf(t, desk, "elena").Edit
	e.Mine.IBAN = "IT60X0542811101000000123456"
	first := send(t, desk, e)
	h := household()
	h.IBAN = "IT02L1234512345123456789012"
	vault.SetStatus(first.OpID, submission.Held, request.CodeConflict)
	vault.SetHousehold(h)
	s, err := desk.Decide(t.Context(), sheetOf(t, desk, "elena"), map[member.Field]bool{member.FieldIBAN: false})
	if err != nil {
		t.Fatal(err)
	}
	if again := sheetOf(t, desk, "elena"); len(again.Conflicts) != 0 || again.Edit.Mine.IBAN != h.IBAN {
		t.Fatalf("what was given up came back: %+v", again)
	}
	second := send(t, desk, s.Edit)
	if second.Revision != 2 || len(second.Change.Fields()) != 0 {
		t.Fatalf("%+v", second)
	}
	if s := sheetOf(t, desk, "elena"); s.Expected.IBAN != h.IBAN || len(s.Edit.Fields()) != 0 {
		t.Fatalf("%+v", s)
	}
}

func TestARelativeIsAskedForAndARefusedCodeCorrected(t *testing.T) { // FAM-01, FAM-02, FAM-06
	desk, vault, _ := newDesk()
	luca := member.Newcomer{GivenName: "Luca", FamilyName: "Marchetti", Sex: member.Male, DateOfBirth: civil.Date{Year: 2009, Month: 11, Day: 21}, BirthPlace: "F205",
		FiscalCode: "MRCLCU09S21F205T", Role: member.Child, Code: "ABCD-1234", Consent: noon}
	first, err := desk.AddRelative(t.Context(), luca, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := desk.AddRelative(t.Context(), luca, first.ID); fault.CodeOf(err) != request.CodeNotFound {
		t.Fatal("corrected although it was not refused:", err)
	}
	vault.SetStatus(first.OpID, submission.Held, request.CodeActivation)
	luca.Code = "ABCD-1235"
	second, err := desk.AddRelative(t.Context(), luca, first.ID)
	if err != nil || second.ID != first.ID || second.Revision != 2 {
		t.Fatal(second, err)
	}
	if f := open(t, vault.Frozen()[1]); *f.Family != luca {
		t.Fatalf("%+v", f.Family)
	}
}

func TestAConsentIsDatedVersionedAndWithdrawn(t *testing.T) { // PRV-04, PRV-09
	desk, vault, clock := newDesk()
	letter := mutual.Consent{ID: "newsletter", Version: "2026-01"}
	first, err := desk.Answer(t.Context(), letter, "elena", true)
	if err != nil {
		t.Fatal(err)
	}
	clock.Set(noon.Add(time.Minute))
	second, err := desk.Answer(t.Context(), letter, "", false)
	if err != nil || second.ID != first.ID || second.Revision != 2 {
		t.Fatal("a second answer overtakes the first:", second, err)
	}
	if _, err := desk.Answer(t.Context(), letter, "paolo", true); err != nil {
		t.Fatal(err)
	}
	if _, err := desk.Answer(t.Context(), letter, "nobody", true); fault.CodeOf(err) != request.CodePerson {
		t.Fatal(err)
	}
	vault.SetStatus(first.OpID, submission.Delivered, "")
	vault.SetConsents([]privacy.Answer{{Consent: "newsletter", Version: "2026-01", Person: "elena", Given: true, At: noon}})
	ledger, err := desk.Ledger(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	history := ledger.History("newsletter", "elena")
	if len(history) != 2 || !history[0].Given || !history[0].Confirmed || history[1].Given || history[1].Confirmed || !history[1].At.Equal(noon.Add(time.Minute)) {
		t.Fatalf("%+v", history)
	}
	if ledger.Given("newsletter", "", "") || !ledger.Given("newsletter", "2026-01", "paolo") || ledger.Given("newsletter", "2027-01", "paolo") {
		t.Fatal("the latest answer does not count")
	}
	clock.Set(noon.Add(time.Hour))
	vault.SetStatus(second.OpID, submission.Held, request.CodeNotAllowed)
	if ledger, _ = desk.Ledger(t.Context()); !ledger.Given("newsletter", "", "elena") {
		t.Fatal("an answer that the mutual refused counts")
	}
}

func TestADeletionIsAskedForOnce(t *testing.T) { // DEL-01 … DEL-04
	desk, vault, _ := newDesk()
	seen := map[string]bool{}
	for _, what := range privacy.Erasures {
		r, err := desk.Erase(t.Context(), what)
		if err != nil || *r.Erasure != what || seen[r.ID] {
			t.Fatal(r, err)
		}
		seen[r.ID] = true
		if again, err := desk.Erase(t.Context(), what); err != nil || again.OpID != r.OpID {
			t.Fatal("asked twice:", again, err)
		}
	}
	if n := len(vault.Frozen()); n != 3 {
		t.Fatal(n)
	}
	if latest, err := desk.Requests(t.Context()); err != nil || *latest[0].Erasure != privacy.DeleteAccount {
		t.Fatal(latest, err)
	}
}

func TestAFreezeThatFailedIsSettledByReadingBack(t *testing.T) {
	for late, want := range map[bool]int{true: 1, false: 0} {
		desk, vault, _ := newDesk()
		vault.FailFreeze(errors.New("power"), late)
		r, err := desk.Erase(t.Context(), privacy.ClearHistory)
		if (err == nil) != late || len(vault.Frozen()) != want || late && r.OpID != vault.Frozen()[0].OpID {
			t.Errorf("late %v: %v %v", late, r, err)
		}
	}
}
