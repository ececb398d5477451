package bundle_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/desk"
	"github.com/sodale/sodale/sync/mutuad/register"
	"github.com/sodale/sodale/sync/mutuad/store"
	"github.com/sodale/sodale/sync/mutuad/storetest"
)

var ctx = context.Background()

// fataler is what a test and a property have in common.
type fataler interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// handClock is moved by hand.
type handClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *handClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *handClock) pass(days int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.AddDate(0, 0, days)
}

// house is a mutual that joins claims.
type house struct {
	archive *archive.Archive
	desk    *desk.Desk
	clock   *handClock
}

func everywhere(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, databaseURL string) {
		clock := &handClock{now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
		a, err := archive.Open(ctx, t.TempDir(), archive.Options{DatabaseURL: databaseURL, Clock: clock})
		must(t, err)
		t.Cleanup(func() { a.Close() })
		rules, err := demo.Rules(demo.Mutual.ID)
		must(t, err)
		must(t, a.SetMutual(ctx, demo.Mutual))
		must(t, a.SetRules(ctx, rules))
		test(t, &house{archive: a, desk: &desk.Desk{Archive: a, Actor: "rossi"}, clock: clock})
	})
}

func must(t fataler, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) id(t fataler) string {
	t.Helper()
	s, err := h.archive.NewID()
	must(t, err)
	return s
}

// someone is a member, and what their program knows.
type someone struct {
	*house
	t      fataler
	holder member.ID
	claims []*claim.Claim // as the program has them, in the order they were filed
	heard  int64
	paid   map[string]int // how often a document was paid, by claim and document
}

func (h *house) someone(t fataler) *someone {
	t.Helper()
	m := &someone{house: h, t: t, holder: member.ID(h.id(t)), paid: map[string]int{}}
	must(t, h.archive.Store.Write(ctx, func(tx *store.Tx) error {
		return tx.PutMember(ctx, store.Member{ID: string(m.holder), Number: string(m.holder), User: string(m.holder), People: []member.ID{m.holder}})
	}))
	return m
}

// draft is a refund with documents of these amounts.
func (m *someone) draft(amounts ...int) *claim.Claim {
	m.t.Helper()
	c := &claim.Claim{ID: claim.ID(m.id(m.t)), Holder: m.holder, Procedure: claim.Standard}
	for _, a := range amounts {
		c.Documents = append(c.Documents, m.document(a))
	}
	m.claims = append(m.claims, c)
	return c
}

func (m *someone) document(amount int) claim.ExpenseDocument {
	m.t.Helper()
	return claim.ExpenseDocument{ID: m.id(m.t), Type: claim.ReceiptSlip, Person: m.holder, Service: claim.Visit, Amount: cents(amount), Number: "1",
		IssuedOn: civil.Date{Year: 2026, Month: 11, Day: 9}, Province: "MI", Provider: "Ospedale"}
}

// file files the next revision of a claim, and hears what the mutual says.
func (m *someone) file(c *claim.Claim) {
	m.t.Helper()
	c.Revision, c.OpID = c.Revision+1, m.id(m.t)
	plain, err := claim.Encode(*c, member.Household{Number: string(m.holder)}, m.archive.Now())
	must(m.t, err)
	letter, err := register.Read(string(submission.KindClaim), plain)
	must(m.t, err)
	var body bytes.Buffer
	w, err := m.archive.Box.Seal(&body)
	must(m.t, err)
	_, err = w.Write(plain)
	must(m.t, err)
	must(m.t, w.Close())
	sum := sha256.Sum256(plain)
	_, err = register.File(ctx, m.archive, register.Entry{Member: string(m.holder), Device: "casa", Letter: letter,
		Put: api.Put{OpID: c.OpID, Kind: string(submission.KindClaim), Body: body.Bytes(), Plain: hex.EncodeToString(sum[:]), Blobs: []string{}}})
	must(m.t, err)
	m.listen()
}

// filed is a draft that was sent.
func (m *someone) filed(amounts ...int) *claim.Claim {
	m.t.Helper()
	c := m.draft(amounts...)
	m.file(c)
	return c
}

func (m *someone) withdraw(c *claim.Claim) {
	m.t.Helper()
	c.Withdrawing = true
	m.file(c)
	c.Withdrawing = false
}

// decide decides and hears what the member is told.
func (m *someone) decide(c *claim.Claim, say desk.Decision) error {
	m.t.Helper()
	_, err := m.desk.Decide(ctx, string(c.ID), say)
	m.listen()
	return err
}

// listen applies what the feed says, as the member's program does.
func (m *someone) listen() {
	m.t.Helper()
	events, err := m.archive.Store.Events(ctx, string(m.holder), m.heard, 1000)
	must(m.t, err)
	for _, e := range events {
		if m.heard++; e.Seq != m.heard {
			m.t.Fatalf("place %d after %d", e.Seq, m.heard-1)
		}
		i := slices.IndexFunc(m.claims, func(c *claim.Claim) bool { return string(c.ID) == e.Subject })
		if i < 0 {
			m.t.Fatalf("news of %q", e.Subject)
		}
		c := m.claims[i]
		before := c.Mutual.State
		next, err := claim.Apply(*c, submission.FeedEvent(e))
		if err != nil {
			m.t.Fatalf("%s from %s: %v", e.Body, before, err)
		}
		*c = next
		if c.Mutual.State == claim.Paid && before != claim.Paid {
			m.pay(c)
		}
	}
}

func (m *someone) pay(c *claim.Claim) {
	for _, o := range c.Mutual.Outcomes {
		if o.State == claim.Approved {
			m.paid[string(c.ID)+o.Document]++
		}
	}
}

// row is how the claim stands at the mutual.
func (m *someone) row(c *claim.Claim) store.Claim {
	m.t.Helper()
	row, err := m.archive.Store.Claim(ctx, string(m.holder), string(c.ID))
	must(m.t, err)
	return row
}

// wants fails when the member does not hear that state, or the mutual has another.
func (m *someone) wants(c *claim.Claim, s claim.State) {
	m.t.Helper()
	if row := m.row(c); c.Mutual.State != s || row.State != s || c.Mutual.Number != row.Protocol {
		m.t.Fatalf("%s: the member heard %s, the mutual has %s, want %s", c.Mutual.Number, c.Mutual.State, row.State, s)
	}
}

func wantCode(t fataler, err error, code fault.Code) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Fatalf("%v, want %s", err, code)
	}
}
