package bundle_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/mutuad/desk"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// CLM-24, CLM-42, CLM-48, AMB-61: whatever members send and the desk decides, no document is lost, none is paid twice, and the
// member's program takes every word of the mutual.
func TestNoDocumentIsLostOrPaidTwiceWhateverIsSentAndDecided(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		rapid.Check(t, func(r *rapid.T) {
			m := h.someone(r)
			for range rapid.IntRange(4, 16).Draw(r, "steps") {
				m.anything(r)
				m.whole(r)
			}
		})
	})
}

// anything does one thing that a member, the desk or time may do.
func (m *someone) anything(r *rapid.T) {
	if len(m.claims) == 0 {
		m.filed(100, 200)
		return
	}
	c := m.claims[rapid.IntRange(0, len(m.claims)-1).Draw(r, "claim")]
	switch rapid.SampledFrom([]string{"file", "correct", "withdraw", "decide", "decide", "decide", "pay", "wait"}).Draw(r, "what") {
	case "file":
		m.filed(rapid.SliceOfN(rapid.IntRange(1, 900), 1, 3).Draw(r, "amounts")...)
	case "correct":
		m.correct(r, c)
	case "withdraw":
		m.withdraw(c)
	case "decide":
		m.decideAny(r, c)
	case "pay":
		m.payAll(r, c)
	case "wait":
		m.clock.pass(rapid.IntRange(1, 40).Draw(r, "days"))
		_, err := m.desk.Expire(ctx)
		must(r, err)
		m.listen()
	}
}

// correct changes, adds or leaves out documents.
func (m *someone) correct(r *rapid.T, c *claim.Claim) {
	c.Documents = slices.Clone(c.Documents)
	switch rapid.SampledFrom([]string{"nothing", "amount", "more", "fewer"}).Draw(r, "change") {
	case "amount":
		c.Documents[0].Amount++
	case "more":
		c.Documents = append(c.Documents, m.document(50))
	case "fewer":
		c.Documents = c.Documents[:max(1, len(c.Documents)-1)]
	}
	m.file(c)
}

var deskStates = []claim.State{claim.InReview, claim.DocumentsRequested, claim.Blocked, claim.Approved, claim.Rejected, claim.Paid, claim.Withdrawn}

// decideAny decides something of some documents; much of it is refused, and then nothing may have changed.
func (m *someone) decideAny(r *rapid.T, c *claim.Claim) {
	say := desk.Decision{State: rapid.SampledFrom(deskStates).Draw(r, "state"), Reason: "Perché."}
	detail, err := m.desk.Show(ctx, string(c.ID))
	must(r, err)
	for _, p := range detail.Papers {
		switch rapid.SampledFrom([]string{"leave", "approve", "reject", "ask"}).Draw(r, "verdict") {
		case "approve":
			say.Documents = append(say.Documents, approved(p.ID, 10, 1))
		case "reject":
			say.Documents = append(say.Documents, rejected(p.ID))
		case "ask":
			say.Documents = append(say.Documents, asked(p.ID))
		}
	}
	m.mayFail(r, m.decide(c, say))
}

// payAll grants every document, and pays now or later.
func (m *someone) payAll(r *rapid.T, c *claim.Claim) {
	detail, err := m.desk.Show(ctx, string(c.ID))
	must(r, err)
	say := says(rapid.SampledFrom([]claim.State{claim.Approved, claim.Paid}).Draw(r, "when"))
	for _, p := range detail.Papers {
		say.Documents = append(say.Documents, approved(p.ID, 10, 0))
	}
	m.mayFail(r, m.decide(c, say))
}

func (m *someone) mayFail(r *rapid.T, err error) {
	if code := fault.CodeOf(err); err != nil && code != desk.CodeNotAllowed && code != desk.CodeDecision && code != desk.CodeJoined {
		r.Fatal(err)
	}
}

// whole checks what must always hold.
func (m *someone) whole(r *rapid.T) {
	var laid []string // every document that is decided anywhere
	for _, c := range m.claims {
		row := m.row(c)
		if c.Mutual.State != row.State || c.Mutual.Into != row.JoinedTo {
			r.Fatalf("the member heard %s in %q, the mutual has %s in %q", c.Mutual.State, c.Mutual.Into, row.State, row.JoinedTo)
		}
		if (row.State == claim.Merged) != (row.JoinedTo != "") && row.State != claim.Paid {
			r.Fatalf("%s is %s and joined to %q", row.Protocol, row.State, row.JoinedTo)
		}
		m.decidedAsPaid(r, c)
		m.led(r, c, row)
		if row.JoinedTo == "" {
			detail, err := m.desk.Show(ctx, string(c.ID))
			must(r, err)
			if !slices.Equal(detail.Joined, c.Mutual.Joined) && len(detail.Joined)+len(c.Mutual.Joined) > 0 {
				r.Fatalf("%v, the member heard %v", detail.Joined, c.Mutual.Joined)
			}
			for _, p := range detail.Papers {
				laid = append(laid, p.ID)
			}
		}
	}
	var filed []string
	for _, c := range m.claims {
		for _, d := range c.Documents {
			filed = append(filed, d.ID)
		}
	}
	slices.Sort(laid)
	slices.Sort(filed)
	if !slices.Equal(laid, filed) {
		r.Fatalf("decided are %v, filed were %v", laid, filed)
	}
	for document, times := range m.paid {
		if times != 1 {
			r.Fatalf("%s was paid %d times", document, times)
		}
	}
}

// decidedAsPaid checks that a paid claim has a last word for each of the documents that it was paid with.
func (m *someone) decidedAsPaid(r *rapid.T, c *claim.Claim) {
	var granted int64
	for _, o := range c.Mutual.Outcomes {
		granted += int64(o.Granted)
		if c.Mutual.State == claim.Paid && o.State == claim.DocumentsRequested {
			r.Fatalf("paid, and asked for: %+v", c.Mutual)
		}
	}
	if len(c.Mutual.Outcomes) > 0 && c.Mutual.State == claim.Paid && granted != int64(c.Mutual.Granted) {
		r.Fatalf("%+v", c.Mutual)
	}
}

// led checks that a joined claim waits only for one that still decides about it, and is paid only with it.
func (m *someone) led(r *rapid.T, c *claim.Claim, row store.Claim) {
	if row.JoinedTo == "" {
		return
	}
	lead, err := m.archive.Store.FindClaim(ctx, row.JoinedTo)
	must(r, err)
	decided := 0
	for _, o := range c.Mutual.Outcomes {
		if o.State == claim.Approved || o.State == claim.Rejected {
			decided++
		}
	}
	over := lead.State == claim.Paid || lead.State == claim.Rejected
	switch {
	case lead.JoinedTo != "" || lead.State == claim.Withdrawn || lead.State == claim.Merged:
		r.Fatalf("%s waits for %s, which is %s", row.Protocol, lead.Protocol, lead.State)
	case over && decided != len(c.Documents) && row.State != claim.Paid: // a paid claim may have been corrected later
		r.Fatalf("%s is left with %d of %d documents decided, %s is %s", row.Protocol, decided, len(c.Documents), lead.Protocol, lead.State)
	case row.State == claim.Paid && lead.State != claim.Paid:
		r.Fatalf("%s is paid, %s is %s", row.Protocol, lead.Protocol, lead.State)
	}
}
