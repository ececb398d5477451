package claims

import (
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
	Month:   func(d civil.Date) string { return d.String()[:7] },
	Unpaid:  "Non pagate",
	Study:   "Sussidio",
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

func TestAStudyGrantHasNoAmountSpent(t *testing.T) { // STU-03
	c := claim.Claim{Documents: []claim.ExpenseDocument{{Person: "elena", Amount: 3615}}}
	if got := Subject(c, family); got != "Elena · 36,15\u00a0€" {
		t.Errorf("got %q", got)
	}
	c = claim.Claim{Kind: claim.StudyGrant, Documents: []claim.ExpenseDocument{{Person: "paolo", School: "high"}}}
	if got := Subject(c, family); got != "Paolo" {
		t.Errorf("got %q", got)
	}
}

func TestTitleAndPeopleNameEachThingOnce(t *testing.T) {
	c := claim.Claim{Documents: []claim.ExpenseDocument{{Service: claim.Visit, Person: "elena"}, {Service: claim.Exams, Person: "paolo"}, {Service: claim.Visit, Person: "elena"}, {}}}
	if got := Title(c, plain); got != "visit e exams" {
		t.Errorf("title %q", got)
	}
	named := plain
	named.Service = func(s claim.Service) string {
		return map[claim.Service]string{claim.Visit: "Visita", claim.Exams: "Esami"}[s]
	}
	if got := Title(c, named); got != "Visita e esami" {
		t.Errorf("only the first word has a capital, got %q", got)
	}
	if got := People(c, family); got != "Elena, Paolo" {
		t.Errorf("people %q", got)
	}
	if got := Title(claim.Claim{}, plain); got != "Bozza vuota" {
		t.Errorf("an empty draft is called %q", got)
	}
}
