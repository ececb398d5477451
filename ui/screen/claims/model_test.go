package claims

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/submission"
)

var plain = Vocabulary{
	Service: func(s claim.Service) string { return string(s) },
	And:     func(parts []string) string { return strings.Join(parts, " e ") },
	Nothing: "Bozza vuota",
	State:   func(_ claim.Standing, s claim.State) string { return string(s) },
	Day:     func(d civil.Date) string { return d.Italian() },
}

var family = member.Household{Holder: member.Person{ID: "elena", GivenName: "Elena", FamilyName: "Marchetti"},
	Family: []member.Person{{ID: "paolo", GivenName: "Paolo", FamilyName: "Marchetti"}}}

func sent(id claim.ID, state claim.State, at time.Time, documents ...claim.ExpenseDocument) claim.Summary {
	return claim.Summary{State: state, Delivery: &submission.Delivery{FrozenAt: at, Status: submission.Delivered, DoneAt: at.Add(time.Hour), Receipt: []byte("{}"), Protocol: "26-004471"},
		Claim: claim.Claim{ID: id, Revision: 1, OpID: "op-" + string(id), Documents: documents, EditedAt: at}}
}

var noon = time.Date(2026, 11, 16, 11, 0, 0, 0, time.UTC)

func TestEveryStateStandsUnderOnePill(t *testing.T) {
	want := map[claim.State]Filter{
		claim.Draft: ToDo, claim.Ready: ToDo, claim.Held: ToDo, claim.DocumentsRequested: ToDo, claim.Blocked: ToDo,
		claim.Queued: Going, claim.Sending: Going, claim.Unconfirmed: Going, claim.Delivered: Going, claim.Registered: Going,
		claim.InReview: Going, claim.Approved: Going, "mutual-audit": Going,
		claim.Rejected: Closed, claim.Merged: Closed, claim.Paid: Closed, claim.Withdrawn: Closed,
	}
	for state, pill := range want {
		if got := filterOf(claim.Summary{State: state}); got != pill {
			t.Errorf("%s: got %s, want %s", state, got, pill)
		}
	}
	if filterOf(claim.Summary{State: claim.InReview, Claim: claim.Claim{Open: true, Revision: 1}}) != ToDo {
		t.Error("an open correction is not under Da fare")
	}
}

func TestTheListIsNewestFirstWithAHeadingForEachMonth(t *testing.T) {
	b := NewBook([]claim.Summary{
		sent("old", claim.Paid, noon.AddDate(0, -2, 0)), sent("new", claim.InReview, noon), sent("middle", claim.InReview, noon.AddDate(0, 0, -3)),
	}, family, plain)
	var got []string
	for _, l := range b.Lines(All, "") {
		if l.Row == nil {
			got = append(got, l.Month.String())
		} else {
			got = append(got, string(l.Row.ID))
		}
	}
	if want := []string{"2026-11-01", "new", "middle", "2026-09-01", "old"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if b.Count(All) != 3 || b.Count(Going) != 2 || b.Count(Closed) != 1 || b.Count(ToDo) != 0 {
		t.Errorf("counts %v", b.counts)
	}
	if lines := b.Lines(Closed, ""); len(lines) != 2 || lines[1].Row.ID != "old" {
		t.Errorf("closed: %+v", lines)
	}
}

func TestTheSearchIgnoresAccentsCaseAndOrder(t *testing.T) {
	doc := claim.ExpenseDocument{Service: claim.Exams, Person: "paolo", Amount: 4615, Provider: "Casa di cura dell’Università", Number: "2026/118830",
		Attachments: []claim.Attachment{{Name: "ricetta.pdf"}}}
	b := NewBook([]claim.Summary{sent("one", claim.InReview, noon, doc), sent("two", claim.Paid, noon)}, family, plain)
	for query, want := range map[string]int{
		"": 2, "universita": 1, "UNIVERSITÀ paolo": 1, "l'universita": 1, "46,15": 1, "118830": 1, "26-004471": 2, "ricetta": 1, "16/11/2026": 2, "paolo elena": 0, "nessuno": 0,
	} {
		rows := 0
		for _, l := range b.Lines(All, query) {
			if l.Row != nil {
				rows++
			}
		}
		if rows != want {
			t.Errorf("%q: %d rows, want %d", query, rows, want)
		}
	}
}

func TestTenThousandClaimsAreSearchedInTime(t *testing.T) { // UX section 5: under 100 ms
	var all []claim.Summary
	for i := range 10_000 {
		all = append(all, sent(claim.ID(fmt.Sprint(i)), claim.Paid, noon.Add(-time.Duration(i)*time.Hour),
			claim.ExpenseDocument{Service: claim.Visit, Person: "elena", Amount: money.Cents(i), Provider: "Ospedale San Rocco", Number: fmt.Sprint("2026/", i)}))
	}
	b := NewBook(all, family, plain)
	best := time.Hour
	for range 5 {
		start := time.Now()
		if lines := b.Lines(All, "rocco 2026/9999"); len(lines) != 2 {
			t.Fatalf("%d lines", len(lines))
		}
		best = min(best, time.Since(start))
	}
	if best > 100*time.Millisecond {
		t.Errorf("a search took %v", best)
	}
}

func TestARowShowsWhatWasDecidedOnceItIs(t *testing.T) {
	doc := claim.ExpenseDocument{Service: claim.Exams, Person: "paolo", Amount: 4615}
	for state, want := range map[claim.State]money.Cents{claim.InReview: 4615, claim.Approved: 3692, claim.Paid: 3692, claim.Queued: 4615} {
		s := sent("x", state, noon, doc)
		s.Claim.Mutual.Granted = 3692
		if got := Amount(s); got != want {
			t.Errorf("%s: %v, want %v", state, got, want)
		}
	}
	if got := Amount(sent("x", claim.Rejected, noon, doc)); got != 0 {
		t.Errorf("a refused claim shows %v", got)
	}
}

func TestTitleAndPeopleNameEachThingOnce(t *testing.T) {
	c := claim.Claim{Documents: []claim.ExpenseDocument{{Service: claim.Visit, Person: "elena"}, {Service: claim.Exams, Person: "paolo"}, {Service: claim.Visit, Person: "elena"}, {}}}
	if got := Title(c, plain); got != "visit e exams" {
		t.Errorf("title %q", got)
	}
	if got := People(c, family); got != "Elena, Paolo" {
		t.Errorf("people %q", got)
	}
	if got := Title(claim.Claim{}, plain); got != "Bozza vuota" {
		t.Errorf("an empty draft is called %q", got)
	}
}
