package overview

import (
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/app/reminder"
)

var today = civil.Date{Year: 2026, Month: time.November, Day: 16}

func summary(id claim.ID, state claim.State, spent, granted money.Cents) claim.Summary {
	return claim.Summary{State: state, Claim: claim.Claim{ID: id, Documents: []claim.ExpenseDocument{{Amount: spent}},
		Mutual: claim.Standing{Granted: granted}}}
}

func TestTheMoneyOfTheYearCountsEachClaimOnce(t *testing.T) {
	thisYear, lastYear := summary("a", claim.Paid, 9000, 7000), summary("b", claim.Paid, 9000, 5000)
	thisYear.Claim.Mutual.PaidOn = civil.Date{Year: 2026, Month: 9, Day: 7}
	lastYear.Claim.Mutual.PaidOn = civil.Date{Year: 2025, Month: 9, Day: 7}
	m := NewModel([]claim.Summary{thisYear, lastYear,
		summary("c", claim.InReview, 4615, 0), summary("d", claim.Approved, 2065, 1652), summary("e", "audit", 1000, 0),
		summary("f", claim.Queued, 100, 0), summary("g", claim.Sending, 20, 0), summary("h", claim.Unconfirmed, 3, 0), summary("i", claim.Held, 4000, 0),
		summary("j", claim.Draft, 99999, 0), summary("k", claim.Ready, 99999, 0), summary("l", claim.Rejected, 99999, 0), summary("m", claim.Merged, 99999, 0),
	}, nil, nil, today)
	if want := (Money{Year: 2026, Paid: 7000, Going: 4615 + 1652 + 1000, Queued: 4123}); m.Money != want {
		t.Errorf("got %+v, want %+v", m.Money, want)
	}
}

func TestWhatToDoFirstIsWhatEndsFirst(t *testing.T) { // CLM-42
	late, soon, open := summary("late", claim.DocumentsRequested, 1, 0), summary("soon", claim.DocumentsRequested, 1, 0), summary("open", claim.DocumentsRequested, 1, 0)
	late.Claim.Mutual.ReplyBy, soon.Claim.Mutual.ReplyBy = today.AddDays(20), today.AddDays(3)
	correcting := summary("correcting", claim.DocumentsRequested, 1, 0)
	correcting.Claim.Open = true
	m := NewModel([]claim.Summary{summary("sent", claim.Delivered, 1, 0), summary("lost", claim.Unconfirmed, 1, 0), summary("held", claim.Held, 1, 0),
		open, late, soon, correcting, summary("draft", claim.Draft, 1, 0)}, nil, nil, today)
	want := []claim.ID{"soon", "late", "open", "held", "lost"}
	if len(m.ToDo) != len(want) {
		t.Fatalf("got %+v", m.ToDo)
	}
	for i, id := range want {
		if m.ToDo[i].Claim.Claim.ID != id {
			t.Errorf("place %d: got %s, want %s", i, m.ToDo[i].Claim.Claim.ID, id)
		}
	}
	if m.ToDo[0].Days != 4 || m.ToDo[2].Days != -1 {
		t.Errorf("days left: %d and %d", m.ToDo[0].Days, m.ToDo[2].Days)
	}
	if m.ToDo[0].Claim.Claim.Mutual.ReplyBy = today.AddDays(-2); toDo([]claim.Summary{m.ToDo[0].Claim}, today)[0].Days != 0 {
		t.Error("a term that has passed leaves days")
	}
}

func TestOnlyTheLastFourClaimsAndThreeNoticesAreShown(t *testing.T) { // OVW-05, OVW-06
	var summaries []claim.Summary
	var notices []notice.Notice
	for i := range 6 {
		summaries = append(summaries, summary(claim.ID(rune('a'+i)), claim.Paid, 1, 1))
		notices = append(notices, notice.Notice{ID: string(rune('a' + i)), At: today.Noon().Add(time.Duration(i) * time.Hour), Read: i%2 == 0})
	}
	m := NewModel(summaries, notices, nil, today)
	if len(m.Recent) != 4 || len(m.Notices) != 3 || m.Notices[0].ID != "f" || m.Unread != 3 {
		t.Errorf("got %d claims, notices %+v, %d unread", len(m.Recent), m.Notices, m.Unread)
	}
	if empty := NewModel(nil, nil, nil, today); len(empty.Recent) != 0 || len(empty.ToDo) != 0 || len(empty.Notices) != 0 {
		t.Errorf("nothing gave %+v", empty)
	}
}

func TestTheGreetingFollowsTheHourInRome(t *testing.T) {
	for hour, want := range map[int]Part{3: Evening, 4: Morning, 12: Morning, 13: Afternoon, 17: Afternoon, 18: Evening, 23: Evening} {
		if got := PartOf(time.Date(2026, 11, 16, hour, 30, 0, 0, civil.Rome)); got != want {
			t.Errorf("%d: got %s, want %s", hour, got, want)
		}
	}
}

func TestADraftWhoseTermEndsComesAfterWhatTheMutualWaitsFor(t *testing.T) { // NTF-09
	asked := summary("asked", claim.DocumentsRequested, 1, 0)
	summaries := []claim.Summary{asked, summary("draft", claim.Draft, 1, 0)}
	terms := []reminder.Reminder{{Code: reminder.Integration, Claim: "asked", DaysLeft: 1}, {Code: reminder.ClaimTerm, Claim: "draft", DaysLeft: 3}, {Code: reminder.Prescription, Claim: "draft", DaysLeft: 9},
		{Code: reminder.ClaimTerm, Claim: "gone"}}
	m := NewModel(summaries, nil, terms, today)
	if len(m.ToDo) != 2 || m.ToDo[0].Claim.Claim.ID != "asked" || m.ToDo[0].Term != nil || m.ToDo[1].Term == nil || m.ToDo[1].Term.DaysLeft != 3 {
		t.Errorf("got %+v", m.ToDo)
	}
}
