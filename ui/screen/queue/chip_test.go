package queue

import (
	"testing"
	"time"

	"github.com/sodale/sodale/app/submission"
)

var now = time.Date(2026, 11, 16, 9, 41, 0, 0, time.UTC)

func TestTheChipSaysWhatTheLineIsLike(t *testing.T) {
	contact := now.Add(-9 * time.Minute)
	for name, c := range map[string]struct {
		link  submission.Link
		cause submission.Cause
		want  Chip
	}{
		"all sent":                       {submission.Link{Online: true, LastContact: contact}, "", Chip{Look: Fresh, At: contact}},
		"offline with nothing to send":   {submission.Link{LastContact: contact}, "", Chip{Look: Offline, At: contact}},
		"offline with two waiting":       {submission.Link{Waiting: 2, Failures: 1}, "", Chip{Look: Offline, N: 2}},
		"no network for an hour":         {submission.Link{Waiting: 2, Failures: 40, FailingFrom: now.Add(-time.Hour)}, submission.CauseNetwork, Chip{Look: Offline, N: 2}},
		"no network for a day":           {submission.Link{Waiting: 2, Failures: 90, FailingFrom: now.Add(-24 * time.Hour)}, submission.CauseNetwork, Chip{Look: Stuck, N: 2}},
		"a portal in the way":            {submission.Link{Waiting: 2, Failures: 3}, submission.CauseMutual, Chip{Look: Stuck, N: 2}},
		"two failures are too few":       {submission.Link{Online: true, Waiting: 1, Failures: 2}, "", Chip{Look: Waiting, N: 1}},
		"three failures while online":    {submission.Link{Online: true, Waiting: 1, Failures: 3}, "", Chip{Look: Stuck, N: 1}},
		"failures with nothing to send":  {submission.Link{Failures: 9, FailingFrom: now.Add(-48 * time.Hour)}, submission.CauseMutual, Chip{Look: Offline}},
		"first of three":                 {submission.Link{Online: true, Sending: 1, Waiting: 2, SendingOf: 3}, "", Chip{Look: Sending, N: 1, Of: 3}},
		"second of three":                {submission.Link{Online: true, Sending: 1, Waiting: 1, SendingOf: 3}, "", Chip{Look: Sending, N: 2, Of: 3}},
		"last of three":                  {submission.Link{Online: true, Sending: 1, SendingOf: 3}, "", Chip{Look: Sending, N: 3, Of: 3}},
		"cut in the middle of a file":    {submission.Link{Sending: 1, Waiting: 1, SendingOf: 3}, "", Chip{Look: Offline, N: 2}},
		"an answer got lost":             {submission.Link{Online: true, Unconfirmed: 1, Waiting: 3}, "", Chip{Look: Unconfirmed, N: 1}},
		"lost answer, then no line":      {submission.Link{Unconfirmed: 1}, "", Chip{Look: Unconfirmed, N: 1}},
		"waiting for its turn":           {submission.Link{Online: true, Waiting: 2}, "", Chip{Look: Waiting, N: 2}},
		"the mutual refused":             {submission.Link{Online: true, Held: 1, Waiting: 4, Failures: 5}, "", Chip{Look: Held, N: 1}},
		"refused and failing for a week": {submission.Link{Held: 2, Waiting: 1, FailingFrom: now.AddDate(0, 0, -7)}, "", Chip{Look: Held, N: 2}},
	} {
		if got := ChipOf(c.link, c.cause, now); got != c.want {
			t.Errorf("%s: got %+v, want %+v", name, got, c.want)
		}
	}
}

func TestOnlyTheFirstFailureIsTheOneToMend(t *testing.T) {
	findings := []submission.Finding{{Cause: submission.CauseNetwork}, {Cause: submission.CauseClock, Code: "engine.clock"}, {Cause: submission.CauseSpace, Code: "storage.disk-full"}}
	f, ok := FirstFailure(findings)
	if !ok || f.Cause != submission.CauseClock {
		t.Errorf("got %+v, %v", f, ok)
	}
	if _, ok := FirstFailure(findings[:1]); ok {
		t.Error("a diagnosis without failure has a first one")
	}
}

func TestADiagnosisIsWorthItsTimeOnlyWhenSomethingWaitsAndFails(t *testing.T) {
	for l, want := range map[submission.Link]bool{
		{Failures: 3, Waiting: 1}: true, {Failures: 2, Waiting: 1}: false, {Failures: 9}: false, {Failures: 3, Unconfirmed: 1}: true,
	} {
		if WorthAsking(l) != want {
			t.Errorf("%+v: got %v", l, !want)
		}
	}
}
