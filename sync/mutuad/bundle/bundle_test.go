package bundle_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/sync/mutuad/desk"
)

func cents(n int) money.Cents { return money.Cents(n) }

func approved(document string, granted, own int) desk.Verdict {
	return desk.Verdict{Document: document, Outcome: claim.Approved, Granted: cents(granted), Own: cents(own)}
}

func rejected(document string) desk.Verdict {
	return desk.Verdict{Document: document, Outcome: claim.Rejected, Reason: "Non è nel piano.", Article: "2.4"}
}

func asked(document string) desk.Verdict {
	return desk.Verdict{Document: document, Outcome: claim.DocumentsRequested, Reason: "Manca la ricetta."}
}

func says(s claim.State, documents ...desk.Verdict) desk.Decision {
	return desk.Decision{State: s, Documents: documents}
}

// CLM-24, CFG-17, AMB-61
func TestANewClaimIsJoinedToTheOpenOneAndPaidWithIt(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		m := h.someone(t)
		open, second, third := m.filed(3615), m.filed(2480, 900), m.filed(100)
		m.wants(open, claim.Registered)
		m.wants(second, claim.Merged)
		if second.Mutual.Into != open.Mutual.Number || !slices.Equal(open.Mutual.Joined, []string{second.Mutual.Number, third.Mutual.Number}) {
			t.Fatalf("%+v, %+v", open.Mutual, second.Mutual)
		}
		wantCode(t, m.decide(second, says(claim.InReview)), desk.CodeJoined)
		wantCode(t, m.decide(open, desk.Decision{State: claim.Approved, Granted: 100}), desk.CodeDecision) // which document?
		must(t, m.decide(open, says(claim.Approved, approved("1", 2892, 723), rejected("2"), approved("3", 900, 0), rejected("4"))))
		m.wants(open, claim.Approved)
		m.wants(second, claim.Merged)
		must(t, m.decide(open, says(claim.Paid)))
		m.wants(open, claim.Paid)
		m.wants(second, claim.Paid)
		m.wants(third, claim.Merged) // nothing of it is paid
		today := civil.Date{Year: 2026, Month: 11, Day: 22}
		if open.Mutual.Granted != 2892 || second.Mutual.Granted != 900 || second.Mutual.PaidOn != today || third.Mutual.Granted != 0 {
			t.Fatalf("%+v, %+v, %+v", open.Mutual, second.Mutual, third.Mutual)
		}
		if o := second.Mutual.Outcomes; len(o) != 2 || o[0].Document != second.Documents[0].ID || o[0].State != claim.Rejected || o[0].Reason == "" || o[1].Granted != 900 {
			t.Fatalf("%+v", o)
		}
		if o := open.Mutual.Outcomes; len(o) != 1 || o[0].Own != 723 {
			t.Fatalf("%+v", o)
		}
		later := m.filed(10) // the open one is paid: the next stands by itself
		m.wants(later, claim.Registered)
	})
}

// CLM-24: each state that is open and not paid takes new documents, and keeps what it said.
func TestAClaimIsJoinedWhateverTheOpenOneWaitsFor(t *testing.T) {
	for _, c := range []struct {
		say  desk.Decision
		into bool
	}{
		{desk.Decision{State: claim.InReview}, true},
		{desk.Decision{State: claim.DocumentsRequested, Reason: "Manca la ricetta."}, true},
		{desk.Decision{State: claim.Blocked, Reason: "Quota non pagata."}, true},
		{desk.Decision{State: claim.Approved, Granted: 1000}, true},
		{desk.Decision{State: claim.Rejected, Reason: "Tardi."}, false},
		{desk.Decision{State: claim.Withdrawn}, false},
		{desk.Decision{State: claim.Paid, Granted: 1000}, false},
	} {
		everywhere(t, func(t *testing.T, h *house) {
			m := h.someone(t)
			open := m.filed(3615)
			must(t, m.decide(open, c.say))
			before := open.Mutual
			next := m.filed(100)
			if got := next.Mutual.State == claim.Merged; got != c.into {
				t.Fatalf("%s: the next is %s", c.say.State, next.Mutual.State)
			}
			m.wants(open, c.say.State)
			if after := open.Mutual; after.Reason != before.Reason || after.ReplyBy != before.ReplyBy || after.Granted != before.Granted {
				t.Fatalf("%+v, before %+v", after, before)
			}
		})
	}
}

func TestAStudyGrantIsNeverJoinedAndTakesNothing(t *testing.T) { // CLM-24, STU-03
	everywhere(t, func(t *testing.T, h *house) {
		m := h.someone(t)
		grant := m.draft(0)
		grant.Kind, grant.Region = claim.StudyGrant, "Lombardia"
		m.file(grant)
		refund := m.filed(100)
		other := m.draft(0)
		other.Kind = claim.StudyGrant
		m.file(other)
		for _, c := range []*claim.Claim{grant, refund, other} {
			m.wants(c, claim.Registered)
		}
	})
}

func TestAMutualThatJoinsNothingLeavesEachClaimByItself(t *testing.T) { // CFG-17
	everywhere(t, func(t *testing.T, h *house) {
		rules, err := h.archive.Rules(ctx)
		must(t, err)
		rules.Claims.MergeOpen = false
		must(t, h.archive.SetRules(ctx, rules))
		m := h.someone(t)
		one, two := m.filed(10), m.filed(20)
		m.wants(one, claim.Registered)
		m.wants(two, claim.Registered)
		wantCode(t, m.decide(two, desk.Decision{State: claim.Merged}), desk.CodeDecision)
		must(t, m.decide(two, desk.Decision{State: claim.Merged, Into: one.Mutual.Number})) // by hand
		m.wants(two, claim.Merged)
		wantCode(t, m.decide(one, desk.Decision{State: claim.Merged, Into: two.Mutual.Number}), desk.CodeDecision)
	})
}

// CLM-41, CLM-42: the answer to what was asked brings the claim back, and what was decided of other documents stands.
func TestAnAnswerOpensWhatWasAskedForAndNothingElse(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		m := h.someone(t)
		c := m.filed(3615, 2480)
		must(t, m.decide(c, says(claim.DocumentsRequested, approved("1", 2892, 723), asked("2"))))
		if last := (civil.Date{Year: 2026, Month: 12, Day: 22}); c.Mutual.ReplyBy != last || c.Mutual.Granted != 2892 {
			t.Fatalf("%+v, want an answer by %s", c.Mutual, last)
		}
		c.Documents[1].Notes = "Ecco la ricetta."
		m.file(c)
		m.wants(c, claim.Registered)
		if o := c.Mutual.Outcomes; len(o) != 1 || o[0].Document != c.Documents[0].ID || !c.Mutual.ReplyBy.IsZero() {
			t.Fatalf("%+v", c.Mutual)
		}
		c.Documents[0].Amount = 9999 // what was approved is another document now
		m.file(c)
		if len(c.Mutual.Outcomes) != 0 {
			t.Fatalf("%+v", c.Mutual.Outcomes)
		}
	})
}

func TestAnAnswerOfAJoinedClaimReopensTheOneItIsDecidedWith(t *testing.T) { // CLM-24, CLM-42
	everywhere(t, func(t *testing.T, h *house) {
		m := h.someone(t)
		open, joined := m.filed(3615), m.filed(2480)
		must(t, m.decide(open, says(claim.DocumentsRequested, asked("1"), asked("2"))))
		if joined.Mutual.ReplyBy.IsZero() || joined.Mutual.State != claim.Merged || joined.Mutual.Outcomes[0].Reason == "" {
			t.Fatalf("%+v", joined.Mutual)
		}
		m.file(joined)
		m.wants(joined, claim.Merged)
		m.wants(open, claim.DocumentsRequested) // its own document is still awaited
		m.file(open)
		m.wants(open, claim.Registered)
	})
}

// A correction of what a closed claim took along stands by itself: it is not paid twice, and not lost.
func TestALaterRevisionOfAJoinedClaimWhoseLeadIsClosedStandsByItself(t *testing.T) { // CLM-24
	everywhere(t, func(t *testing.T, h *house) {
		m := h.someone(t)
		open, refused := m.filed(3615), m.filed(2480)
		must(t, m.decide(open, says(claim.Paid, approved("1", 100, 0), rejected("2"))))
		refused.Documents[0].Notes = "Con la ricetta."
		m.file(refused)
		m.wants(refused, claim.Registered)
		if refused.Mutual.Into != "" || len(open.Mutual.Joined) != 0 {
			t.Fatalf("%+v, %+v", refused.Mutual, open.Mutual)
		}
		must(t, m.decide(refused, desk.Decision{State: claim.Approved, Granted: 2000}))
		must(t, m.decide(refused, says(claim.Paid)))
		m.file(open) // paid: it stays as it is
		m.wants(open, claim.Paid)
		if open.Mutual.Granted != 100 || refused.Mutual.Granted != 2000 {
			t.Fatalf("%+v, %+v", open.Mutual, refused.Mutual)
		}
	})
}

// The member may take a claim back while it is not decided; later the mutual says that it came too late.
func TestAClaimIsTakenBackWhileItIsNotDecided(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		for _, c := range []struct {
			say  desk.Decision
			want claim.State
		}{
			{desk.Decision{}, claim.Withdrawn},
			{desk.Decision{State: claim.InReview}, claim.Withdrawn},
			{desk.Decision{State: claim.DocumentsRequested, Reason: "Manca la ricetta."}, claim.Withdrawn},
			{desk.Decision{State: claim.Blocked, Reason: "Quota."}, claim.Withdrawn},
			{desk.Decision{State: claim.Approved, Granted: 1000}, claim.Approved},
			{desk.Decision{State: claim.Rejected, Reason: "Tardi."}, claim.Rejected},
			{desk.Decision{State: claim.Paid, Granted: 1000}, claim.Paid},
		} {
			m := h.someone(t)
			filed := m.filed(3615)
			if c.say.State != "" {
				must(t, m.decide(filed, c.say))
			}
			m.withdraw(filed)
			m.wants(filed, c.want)
			if late := strings.Contains(filed.Mutual.Text, "dopo la decisione"); late != (c.want != claim.Withdrawn) || m.row(filed).Revision != 2 {
				t.Fatalf("%s: %q", c.say.State, filed.Mutual.Text)
			}
			m.file(filed) // nothing comes back from there
			if c.want == claim.Withdrawn {
				m.wants(filed, claim.Withdrawn)
			}
		}
	})
}

func TestOfJoinedClaimsOneIsTakenBackAndTheOthersGoOn(t *testing.T) { // CLM-24
	everywhere(t, func(t *testing.T, h *house) {
		m := h.someone(t)
		first, second, third := m.filed(1), m.filed(2), m.filed(3)
		must(t, m.decide(first, says(claim.InReview, approved("3", 3, 0))))
		m.withdraw(first)
		m.wants(first, claim.Withdrawn)
		m.wants(second, claim.Registered) // it leads now
		m.wants(third, claim.Merged)
		if third.Mutual.Into != second.Mutual.Number || len(third.Mutual.Outcomes) != 1 || !slices.Equal(second.Mutual.Joined, []string{third.Mutual.Number}) {
			t.Fatalf("%+v, %+v", second.Mutual, third.Mutual)
		}
		m.withdraw(third)
		m.wants(third, claim.Withdrawn)
		if len(second.Mutual.Joined) != 0 || third.Mutual.Into != "" {
			t.Fatalf("%+v, %+v", second.Mutual, third.Mutual)
		}
		must(t, m.decide(second, desk.Decision{State: claim.Approved, Granted: 2}))
	})
}

// CLM-42
func TestWhatWasAskedForAndDidNotComeInTimeIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		say  desk.Decision
		want claim.State
	}{
		"all was asked for":            {desk.Decision{State: claim.DocumentsRequested, Reason: "Manca tutto."}, claim.Rejected},
		"the rest is approved":         {says(claim.DocumentsRequested, approved("1", 100, 0), asked("2")), claim.Approved},
		"the rest is refused":          {says(claim.DocumentsRequested, rejected("1"), asked("2")), claim.Rejected},
		"the rest is still to be seen": {says(claim.DocumentsRequested, asked("2")), claim.InReview},
	} {
		everywhere(t, func(t *testing.T, h *house) {
			m := h.someone(t)
			f := m.filed(3615, 2480)
			must(t, m.decide(f, c.say))
			h.clock.pass(30) // the last day is included
			rows, err := h.desk.Expire(ctx)
			if must(t, err); len(rows) != 0 {
				t.Fatalf("%s: %+v", name, rows)
			}
			h.clock.pass(1)
			rows, err = h.desk.Expire(ctx)
			must(t, err)
			m.listen()
			if m.wants(f, c.want); len(rows) != 1 || rows[0].State != c.want {
				t.Fatalf("%s: %+v", name, rows)
			}
			i := slices.IndexFunc(f.Mutual.Outcomes, func(o claim.Outcome) bool { return o.Document == f.Documents[1].ID })
			if o := f.Mutual.Outcomes[i]; o.State != claim.Rejected || !strings.Contains(o.Reason, "22/12/2026") {
				t.Fatalf("%s: %+v", name, o)
			}
			if rows, err = h.desk.Expire(ctx); err != nil || len(rows) != 0 {
				t.Fatalf("%s, again: %+v, %v", name, rows, err)
			}
		})
	}
}

func TestADecisionOfDocumentsThatLacksOrHasTooMuchChangesNothing(t *testing.T) { // CLM-43, CRT-05
	everywhere(t, func(t *testing.T, h *house) {
		m := h.someone(t)
		c := m.filed(3615, 2480)
		for name, say := range map[string]desk.Decision{
			"no such document":         says(claim.InReview, approved("3", 1, 0)),
			"an outcome of no kind":    says(claim.InReview, desk.Verdict{Document: "1", Outcome: claim.Paid}),
			"nothing granted":          says(claim.InReview, approved("1", 0, 0)),
			"a refusal with a grant":   says(claim.InReview, desk.Verdict{Document: "1", Outcome: claim.Rejected, Reason: "x", Granted: 1}),
			"a refusal without reason": says(claim.InReview, desk.Verdict{Document: "1", Outcome: claim.Rejected}),
			"own share of a refusal":   says(claim.InReview, desk.Verdict{Document: "1", Outcome: claim.Rejected, Reason: "x", Own: 1}),
			"one is left open":         says(claim.Approved, approved("1", 1, 0)),
			"all refused, yet paid":    says(claim.Paid, rejected("1"), rejected("2")),
			"one granted, yet refused": says(claim.Rejected, approved("1", 1, 0), rejected("2")),
			"asked for nothing":        says(claim.DocumentsRequested, rejected("1")),
			"another sum":              {State: claim.Approved, Granted: 5, Documents: []desk.Verdict{approved("1", 1, 0), approved("2", 1, 0)}},
		} {
			before := m.heard
			wantCode(t, m.decide(c, say), desk.CodeDecision)
			if m.heard != before || m.row(c).State != claim.Registered || len(c.Mutual.Outcomes) != 0 {
				t.Fatalf("%s: %+v", name, c.Mutual)
			}
		}
		must(t, m.decide(c, says(claim.Approved, approved(c.Documents[1].ID, 5, 0), rejected("1")))) // by id as well
		if c.Mutual.Granted != 5 {
			t.Fatalf("%+v", c.Mutual)
		}
	})
}
