package desktop

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/claim/claimtest"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/ui/drive"
	"github.com/sodale/sodale/ui/runner"
	"github.com/sodale/sodale/ui/screen/claims"
	"github.com/sodale/sodale/ui/screen/settings"
	"github.com/sodale/sodale/ui/words"
)

// now is the moment at which every test's clock stands: Monday 16 November 2026, 10:41 in Rome.
var now = time.Date(2026, 11, 16, 9, 41, 0, 0, time.UTC)

// fakeGate opens with the password "apriti sesamo".
type fakeGate struct{ err error }

func (g *fakeGate) Greeting() string { return "Elena" }

func (g *fakeGate) Unlock(_ context.Context, password []byte) error {
	if g.err != nil {
		return g.err
	}
	if string(password) != "apriti sesamo" {
		return fault.New(identity.CodeWrongPassword, "gate.unlock", "")
	}
	return nil
}

// fakeVault is a vault in memory that is the Profile too.
type fakeVault struct {
	*claimtest.Vault
	cards   []card.Card
	notices []notice.Notice
	puts    int
	fail    error // of every reading
}

func (v *fakeVault) Household(ctx context.Context) (member.Household, error) {
	if v.fail != nil {
		return member.Household{}, v.fail
	}
	return v.Vault.Household(ctx)
}

func (v *fakeVault) Claims(ctx context.Context) ([]claim.Claim, error) {
	if v.fail != nil {
		return nil, v.fail
	}
	return v.Vault.Claims(ctx)
}

func (v *fakeVault) Cards(context.Context) ([]card.Card, error)       { return v.cards, v.fail }
func (v *fakeVault) Notices(context.Context) ([]notice.Notice, error) { return v.notices, v.fail }

func (v *fakeVault) MarkRead(_ context.Context, id string) error {
	for i := range v.notices {
		if v.notices[i].ID == id {
			v.notices[i].Read = true
		}
	}
	return nil
}

// claim is one as the vault has it.
func (st *stage) claim(id claim.ID) claim.Claim {
	st.t.Helper()
	c, err := st.vault.Claim(context.Background(), id)
	if err != nil {
		st.t.Fatal(err)
	}
	return c
}

// stage is a window over a vault in memory, with what the tests look at afterwards.
type stage struct {
	*Shell
	t        testing.TB
	pump     func() bool // does what was sent by fyne.Do
	vault    *fakeVault
	gate     *fakeGate
	link     submission.Link
	findings []submission.Finding
	stored   settings.Settings
	services Services
	sentNow  int
	checked  []string
	locked   int
	saved    map[string][]byte
	badSign  bool
}

func household() member.Household {
	return member.Household{Number: "000000003423", Since: civil.Date{Year: 2021, Month: 1, Day: 1}, IBAN: "IT60X0542811101000000123456",
		Holder: member.Person{ID: "elena", Role: member.Holder, GivenName: "Elena", FamilyName: "Marchetti", FiscalCode: "MRCLNE67C54F205J"},
		Family: []member.Person{{ID: "paolo", Role: member.Spouse, GivenName: "Paolo", FamilyName: "Marchetti", FiscalCode: "MRCPLA65P02A794S"},
			{ID: "luca", Role: member.Child, GivenName: "Luca", FamilyName: "Marchetti", FiscalCode: "MRCLCU09S21F205T"}},
		Home: member.Address{Street: "Via dei Tigli 14", PostCode: "20123", Town: "Milano", Province: "MI"}, EMail: "elena@posta.example", Mobile: "+39 333 000 1234",
		Plan: member.Plan{Name: "Piano Base", Active: true, PaidUpTo: civil.Date{Year: 2026, Month: 12, Day: 31}, ID: "piano-base", Way: "bonifico",
			Covers: []member.Cover{{Person: "elena", Role: "titolare", Start: civil.Date{Year: 2021, Month: 1, Day: 1}},
				{Person: "paolo", Role: "coniuge", Start: civil.Date{Year: 2021, Month: 1, Day: 1}}, {Person: "luca", Role: "figlio", Start: civil.Date{Year: 2021, Month: 1, Day: 1}}},
			Dues: []member.Due{{On: civil.Date{Year: 2026, Month: 1, Day: 31}, Cents: 16350, Paid: civil.Date{Year: 2026, Month: 1, Day: 20}},
				{On: civil.Date{Year: 2026, Month: 6, Day: 30}, Cents: 16350, Paid: civil.Date{Year: 2026, Month: 6, Day: 18}}}}}
}

func emptyVault() *fakeVault {
	return &fakeVault{Vault: claimtest.NewVault(household(), nil)}
}

// fullVault holds a claim in every state there is, three cards and four notices.
func fullVault() *fakeVault {
	v := emptyVault()
	for i, p := range household().People() {
		v.cards = append(v.cards, card.Card{Number: "000000003423", Name: p.FullName(), Role: string(p.Role), FiscalCode: p.FiscalCode, Since: household().Since,
			ValidTo: civil.Date{Year: 2026, Month: 12, Day: 31}, Plan: "Piano Base", Mutual: "Mutua Aurora", Helpline: "800 000 123",
			Code: fmt.Sprintf("SODALE1:%d:000000003423:20261231:dGhpcyBpcyBhIHNpZ25hdHVyZSBvZiA2NCBieXRlcyBmb3IgdGhlIHRlc3RzIG9ubHk=", i)})
	}
	day := func(back int) time.Time { return now.AddDate(0, 0, -back) }
	v.put("draft", claim.Draft, day(0), "elena", claim.Service(""), 0)
	v.put("ready", claim.Ready, day(1), "elena", claim.Visit, 3615)
	v.put("queued", claim.Queued, day(2), "elena", claim.Visit, 8230)
	v.put("sending", claim.Sending, day(3), "paolo", claim.Exams, 4615)
	v.put("unconfirmed", claim.Unconfirmed, day(4), "luca", claim.Imaging, 2500)
	v.put("held", claim.Held, day(5), "elena", claim.OtherCare, 1200)
	v.put("delivered", claim.Delivered, day(6), "elena", claim.Emergency, 2500)
	v.put("registered", claim.Registered, day(18), "elena", claim.Visit, 3615)
	v.put("requested", claim.DocumentsRequested, day(19), "paolo", claim.Imaging, 6000)
	v.put("review", claim.InReview, day(35), "elena", claim.Exams, 4615)
	v.put("blocked", claim.Blocked, day(36), "elena", claim.Exams, 4615)
	v.put("approved", claim.Approved, day(47), "luca", claim.Imaging, 2065)
	v.put("paid", claim.Paid, day(70), "paolo", claim.HospStay, 0)
	v.put("rejected", claim.Rejected, day(118), "elena", claim.OtherCare, 9000)
	v.put("merged", claim.Merged, day(140), "elena", claim.Exams, 1500)
	v.put("withdrawn", claim.Withdrawn, day(160), "elena", claim.Visit, 1500)
	v.put("odd", claim.State("sample-check"), day(170), "elena", claim.Visit, 1500)
	for i, n := range []notice.Notice{{Subject: "requested", State: "documents-requested"}, {Subject: "approved", State: "approved", Read: true},
		{Subject: "paid", State: "paid", Read: true}, {Text: "L’ufficio resta chiuso il 7 dicembre.", Read: true}} {
		n.ID, n.At = fmt.Sprint("n", i), day(2+9*i)
		v.notices = append(v.notices, n)
	}
	return v
}

var statuses = map[claim.State]submission.Status{claim.Queued: submission.Queued, claim.Sending: submission.Sending, claim.Unconfirmed: submission.Unconfirmed, claim.Held: submission.Held}

// put stores one claim in a state. Its id is its name.
func (v *fakeVault) put(id claim.ID, state claim.State, at time.Time, person member.ID, service claim.Service, amount money.Cents) {
	plain := []byte("%PDF-1.4 ricevuta " + id)
	sum, digest := sha256.Sum256(plain), fmt.Sprintf("%064x", v.puts)
	v.puts++
	v.SetBlob(digest, claimtest.Sealed(plain))
	doc := claim.ExpenseDocument{ID: "doc-" + string(id), Type: claim.ReceiptSlip, Person: person, Service: service, Amount: amount}
	if service != "" {
		doc.Number, doc.IssuedOn, doc.Province, doc.Provider = "2026/004817", civil.Of(at).AddDays(-3), "MI", "Ospedale San Rocco"
		doc.Attachments = []claim.Attachment{{ID: "file-" + string(id), Name: "ricevuta-ticket.pdf", Kind: document.PDF, Pages: 2, Size: int64(len(plain)), Plain: hex.EncodeToString(sum[:]), Blob: digest}}
	}
	if service == claim.HospStay {
		doc.Admitted, doc.Discharged = civil.Of(at).AddDays(-9), civil.Of(at).AddDays(-5)
	}
	c := claim.Claim{ID: id, Holder: "elena", Procedure: claim.Standard, Documents: []claim.ExpenseDocument{doc}, CreatedAt: at, EditedAt: at, Version: 1}
	if state == claim.Draft || state == claim.Ready {
		c.Open = true
		v.Put(c, nil)
		return
	}
	c.Revision, c.OpID = 1, "op-"+string(id)
	d := &submission.Delivery{OpID: c.OpID, Subject: string(id), Revision: 1, Blobs: make([]submission.Blob, 3), BlobsDone: 2, FrozenAt: at, Attempts: 1}
	if status, here := statuses[state]; here {
		d.Status = status
		if status == submission.Held {
			d.Reason = "submission.content"
		}
	} else {
		d.Status, d.DoneAt, d.Protocol, d.Receipt = submission.Delivered, at.Add(10*time.Hour), fmt.Sprintf("26-00%d", 4399+v.puts), []byte(`{"statement":"e30="}`)
		c.Mutual = standing(state, d, amount)
	}
	v.Put(c, d)
}

// standing is what the mutual said of a claim in that state.
func standing(state claim.State, d *submission.Delivery, amount money.Cents) claim.Standing {
	m := claim.Standing{Number: d.Protocol}
	if state == claim.Delivered {
		return claim.Standing{}
	}
	m.State = state
	for i, s := range []claim.State{claim.InReview, state} {
		if i == 0 && (state == claim.InReview || state == claim.Registered) {
			continue
		}
		m.Steps = append(m.Steps, claim.Passage{State: s, At: d.DoneAt.AddDate(0, 0, 2*i+2)})
	}
	switch state {
	case claim.DocumentsRequested:
		m.Reason, m.ReplyBy = "Nella ricetta serve la diagnosi.", civil.Of(now).AddDays(26)
	case claim.Approved:
		m.Granted, m.Article = amount*8/10, "1.1"
	case claim.Paid:
		m.Granted, m.PaidOn, m.Article = 10000, civil.Date{Year: 2026, Month: 9, Day: 21}, "2.1"
	case claim.Rejected:
		m.Reason, m.Article = "La prestazione non è prevista dal piano.", "5"
	case "sample-check":
		m.Text = "Controllo a campione"
	}
	return m
}

// open returns a window over a vault, on the locked door.
func open(t testing.TB, v *fakeVault, edit ...func(*stage)) *stage {
	t.Helper()
	test.NewTempApp(t) // puts back at the end what was the program's
	app := drive.NewApp()
	st := &stage{t: t, pump: app.Pump, vault: v, gate: &fakeGate{}, stored: settings.Default, saved: map[string][]byte{}, link: submission.Link{Waiting: 2}}
	st.findings = []submission.Finding{{Cause: submission.CauseNetwork}, {Cause: submission.CauseMutual}, {Cause: submission.CauseClock}, {Cause: submission.CauseAccess}, {Cause: submission.CauseFile}, {Cause: submission.CauseSpace}}
	st.services = Services{Gate: st.gate, Profile: v, Changes: &change.Feed{}, Clock: claimtest.NewClock(now),
		Desk: &claim.Desk{Vault: v, Sealer: claimtest.Sealer{}, Clock: claimtest.NewClock(now), Random: rand.NewChaCha8([32]byte{7})},
		Link: func() submission.Link { return st.link }, Diagnose: func(context.Context) []submission.Finding { return st.findings },
		SendNow: func() { st.sentNow++ }, CheckNow: func(op string) { st.checked = append(st.checked, op) }, Release: v.Release,
		Receipt: st.receipt, Lock: func() { st.locked++ },
		LoadSettings: func() settings.Settings { return st.stored }, SaveSettings: func(s settings.Settings) { st.stored = s },
		MutualName: "Mutua Aurora", Phone: "02 0000 123", Version: "0.1.0", NewRunner: runner.NewSynchronous,
		SaveFile: func(_ context.Context, name string, data []byte) (string, error) {
			st.saved[name] = data
			return "Documenti/" + name, nil
		}}
	for _, e := range edit {
		e(st)
	}
	st.Shell = New(app, st.services)
	t.Cleanup(func() {
		st.Close()
		words.Set(words.Italian)
	})
	return st
}

func (st *stage) receipt(raw []byte) (claims.Receipt, error) {
	if st.badSign {
		return claims.Receipt{}, fault.New("seal.signature", "seal.receipt", "")
	}
	return claims.Receipt{Mutual: "Mutua Aurora", Revision: 1, Protocol: "26-004471", At: now, Digest: fmt.Sprintf("%x", sha256.Sum256(raw)), Files: 2}, nil
}

// inside returns a window behind the door.
func inside(t testing.TB, v *fakeVault, edit ...func(*stage)) *stage {
	t.Helper()
	st := open(t, v, edit...)
	st.fill("Password", "apriti sesamo")
	st.press("Sblocca")
	return st
}

// size gives the window a size in pixels at scale 1.
func (st *stage) size(width, height float32) { st.Window().Resize(fyne.NewSize(width, height)) }
