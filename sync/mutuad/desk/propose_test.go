package desk_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/plan"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/desk"
	"github.com/sodale/sodale/sync/mutuad/register"
	"github.com/sodale/sodale/sync/mutuad/store"
	"github.com/sodale/sodale/sync/mutuad/storetest"
)

var today = civil.Date{Year: 2026, Month: time.November, Day: 22}

// fresh runs a test at the desk of the demo mutual before anything was claimed.
func fresh(t *testing.T, test func(t *testing.T, d bench)) {
	storetest.Each(t, func(t *testing.T, databaseURL string) {
		a, err := archive.Open(ctx, t.TempDir(), archive.Options{DatabaseURL: databaseURL, Clock: clockAt(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))})
		must(t, err)
		t.Cleanup(func() { a.Close() })
		must(t, demo.Seed(ctx, a))
		test(t, bench{&desk.Desk{Archive: a, Actor: "rossi"}, databaseURL})
	})
}

func (b bench) newID(t *testing.T) string {
	t.Helper()
	id, err := b.Archive.NewID()
	must(t, err)
	return id
}

// files files the next revision of a claim, frozen on a day, and returns its number.
func (b bench) files(t *testing.T, c *claim.Claim, frozen civil.Date) string {
	t.Helper()
	if c.ID == "" {
		c.ID = claim.ID(b.newID(t))
	}
	if c.Holder == "" {
		c.Holder, c.Procedure = demo.Elena, claim.Standard
	}
	for i := range c.Documents {
		if d := &c.Documents[i]; d.ID == "" {
			d.ID, d.Province, d.Provider, d.Number = b.newID(t), "MI", "Ospedale San Rocco", b.newID(t)
		}
	}
	c.Revision, c.OpID = c.Revision+1, b.newID(t)
	plain, err := claim.Encode(*c, demo.Household(), frozen.Noon())
	must(t, err)
	letter, err := register.Read(string(submission.KindClaim), plain)
	must(t, err)
	var sealed bytes.Buffer
	w, err := b.Archive.Box.Seal(&sealed)
	must(t, err)
	_, err = w.Write(plain)
	must(t, err)
	must(t, w.Close())
	sum := sha256.Sum256(plain)
	_, err = register.File(ctx, b.Archive, register.Entry{Member: string(demo.Elena), Device: "test", Letter: letter,
		Put: api.Put{OpID: c.OpID, Kind: string(submission.KindClaim), Body: sealed.Bytes(), Plain: hex.EncodeToString(sum[:]), Blobs: []string{}}})
	must(t, err)
	row, err := b.Archive.Store.Claim(ctx, string(demo.Elena), string(c.ID))
	must(t, err)
	return row.Protocol
}

func ticket(person member.ID, cents money.Cents, bend ...func(*claim.ExpenseDocument)) claim.ExpenseDocument {
	d := claim.ExpenseDocument{Type: claim.ReceiptSlip, Person: person, Service: claim.Visit, Amount: cents, IssuedOn: today.AddDays(-13)}
	for _, b := range bend {
		b(&d)
	}
	return d
}

func stay(in, out civil.Date) claim.ExpenseDocument {
	return claim.ExpenseDocument{Type: claim.HospitalCertificate, Person: demo.Elena, Service: claim.HospStay, Admitted: in, Discharged: out, IssuedOn: out,
		Attachments: []claim.Attachment{{ID: "f", Role: claim.DischargeLetter}}}
}

// CLM-49, CLM-43, CRT-05: what is proposed are outcome, cents, own share, a reason in Italian and the article.
func TestAProposalSaysOfEachDocumentWhatThePlanSays(t *testing.T) {
	fresh(t, func(t *testing.T, d bench) {
		c := claim.Claim{Documents: []claim.ExpenseDocument{
			ticket(demo.Elena, 3615),
			ticket(demo.Paolo, 9000, func(d *claim.ExpenseDocument) { d.Form = plan.Private }),
			ticket(demo.Luca, 2480, func(d *claim.ExpenseDocument) {
				d.Service, d.Diagnosis, d.Attachments = claim.Exams, "controllo", []claim.Attachment{{ID: "f", Role: claim.Prescription}}
			}),
			ticket(demo.Elena, 5000, func(d *claim.ExpenseDocument) { d.IssuedOn = today.AddDays(-120) }),
			ticket(demo.Elena, 4500, func(d *claim.ExpenseDocument) { d.Service = claim.OtherCare }),
		}}
		number := d.files(t, &c, today)
		before := len(d.events(t))
		said, err := d.Propose(ctx, number)
		must(t, err)
		want := []desk.Proposed{
			{Outcome: claim.Approved, Granted: 2892, Own: 723, Article: "art. 1.1"},
			{Outcome: claim.Rejected, Reason: "Le prestazioni private non sono rimborsate.", Article: "art. 5"},
			{Outcome: claim.DocumentsRequested, Reason: "La prescrizione non riporta una diagnosi valida.", Article: "art. 1.2"},
			{Outcome: claim.Rejected, Reason: "La richiesta è arrivata oltre il termine (23/10/2026).", Article: "art. 14.2"},
			{},
		}
		for i, q := range said.Documents {
			w := want[i]
			if q.Place != i+1 || q.Document != c.Documents[i].ID || q.Claim != number || q.Outcome != w.Outcome || q.Granted != w.Granted || q.Own != w.Own || q.Reason != w.Reason || q.Article != w.Article {
				t.Errorf("%d: %+v", i+1, q)
			}
		}
		if len(said.Documents) != len(want) || said.State != "" || said.Granted != 2892 || len(said.Documents[0].Check) == 0 {
			t.Errorf("%+v", said)
		}
		if _, err := d.Accept(ctx, number, ""); fault.CodeOf(err) != desk.CodeByHand {
			t.Fatalf("what nobody can say was decided: %v", err)
		}
		row, err := d.Archive.Store.Claim(ctx, string(demo.Elena), string(c.ID))
		must(t, err)
		if len(d.events(t)) != before || row.State != claim.Registered {
			t.Fatal("a proposal changed something")
		}
		if got := d.actions(t); !slices.Contains(got, "rossi claim.proposed") || slices.Contains(got, "rossi claim.decided") {
			t.Fatalf("%v", got)
		}
		if _, err := d.Propose(ctx, "26-999999"); fault.CodeOf(err) != store.CodeNone {
			t.Fatal(err)
		}
	})
}

// BPB-15, CLM-24: what was paid before and what stands before it in the same decision leaves less, and a decision that is taken over
// says the same cents to the member.
func TestAnAcceptedProposalIsTheDecisionAndCountsWhatWasPaidBefore(t *testing.T) {
	fresh(t, func(t *testing.T, d bench) {
		spring := claim.Claim{Documents: []claim.ExpenseDocument{stay(today.AddDays(-92), today.AddDays(-10))}} // 82 days
		first := d.files(t, &spring, today)
		r, err := d.Accept(ctx, first, "")
		must(t, err)
		if r.State != claim.Approved || r.Granted != 205000 {
			t.Fatalf("%+v", r)
		}
		_, err = d.Decide(ctx, first, desk.Decision{State: claim.Paid})
		must(t, err)
		autumn := claim.Claim{Documents: []claim.ExpenseDocument{stay(today.AddDays(-9), today.AddDays(-4))}} // 5 days
		winter := claim.Claim{Documents: []claim.ExpenseDocument{stay(today.AddDays(-4), today.AddDays(-1)), stay(today.AddDays(-1), today)}}
		second := d.files(t, &autumn, today)
		if winter.ID = claim.ID(d.newID(t)); winter.ID < autumn.ID { // begun in the same instant
			winter.ID = autumn.ID[:len(autumn.ID)-12] + "ffffffffffff"
		}
		d.files(t, &winter, today) // joined to the one before
		said, err := d.Propose(ctx, second)
		must(t, err)
		var cents []money.Cents
		for _, q := range said.Documents {
			cents = append(cents, q.Granted)
		}
		if !slices.Equal(cents, []money.Cents{12500, 7500, 0}) || said.Documents[2].Outcome != claim.Rejected || said.Documents[2].Article != "art. 2.8" || said.State != claim.Approved {
			t.Fatalf("%+v", said)
		}
		r, err = d.Accept(ctx, second, "Decisa come da regolamento.")
		must(t, err)
		after, err := d.Propose(ctx, second)
		must(t, err)
		if r.State != claim.Approved || r.Granted != 12500 || after.Documents[1].Before.Granted != 7500 || after.Granted != 20000 {
			t.Fatalf("%+v %+v", r, after)
		}
		var told claim.StatusNews
		for _, e := range d.events(t) {
			if e.Text == "Decisa come da regolamento." {
				must(t, json.Unmarshal(e.Body, &told))
			}
		}
		if told.State != claim.Approved || told.Granted != 12500 || len(told.Outcomes) != 1 || told.Outcomes[0].Granted != 12500 {
			t.Fatalf("%+v", told)
		}
	})
}

// A document that waited for a line, or was integrated later, was sent on the day on which it was first frozen; a clock that is ahead
// brings no more time.
func TestADocumentWasSentWhenItWasFirstFrozen(t *testing.T) {
	fresh(t, func(t *testing.T, d bench) {
		in := ticket(demo.Elena, 3615, func(d *claim.ExpenseDocument) { d.IssuedOn = today.AddDays(-95) })
		for name, c := range map[string]struct {
			frozen, want civil.Date
			outcome      claim.State
		}{
			"in time, and waited for a line": {today.AddDays(-6), today.AddDays(-6), claim.Approved},
			"too late":                       {today, today, claim.Rejected},
			"by a clock that is ahead":       {today.AddDays(40), today, claim.Rejected},
		} {
			one := claim.Claim{Documents: []claim.ExpenseDocument{in}}
			number := d.files(t, &one, c.frozen)
			d.files(t, &one, today) // a correction changes no day
			said, err := d.Propose(ctx, number)
			must(t, err)
			i := slices.IndexFunc(said.Documents, func(q desk.Proposed) bool { return q.Document == one.Documents[0].ID })
			if q := said.Documents[i]; q.Sent != c.want || q.Outcome != c.outcome {
				t.Errorf("%s: %+v", name, q)
			}
		}
	})
}

// A decision that was made by hand stands; only the rest is proposed.
func TestWhatWasDecidedByHandStands(t *testing.T) {
	fresh(t, func(t *testing.T, d bench) {
		c := claim.Claim{Documents: []claim.ExpenseDocument{ticket(demo.Elena, 4500, func(d *claim.ExpenseDocument) { d.Service = claim.OtherCare }), ticket(demo.Paolo, 3615)}}
		number := d.files(t, &c, today)
		_, err := d.Decide(ctx, number, desk.Decision{State: claim.DocumentsRequested, Documents: []desk.Verdict{
			{Document: "1", Outcome: claim.Approved, Granted: 1000, Own: 3500}, {Document: "2", Outcome: claim.DocumentsRequested, Reason: "Manca la ricetta."}}})
		must(t, err)
		said, err := d.Propose(ctx, number)
		must(t, err)
		if said.State != claim.Approved || said.Granted != 3892 || said.Documents[0].Before == nil || said.Documents[0].Outcome != "" {
			t.Fatalf("%+v", said)
		}
		r, err := d.Accept(ctx, number, "")
		must(t, err)
		if r.Granted != 3892 || r.State != claim.Approved {
			t.Fatalf("%+v", r)
		}
	})
}
