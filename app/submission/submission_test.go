package submission_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/submission"
)

var statuses = []submission.Status{submission.Queued, submission.Sending, submission.Unconfirmed, submission.Delivered, submission.Held}
var steps = []submission.Step{submission.Start, submission.Interrupted, submission.Ask, submission.Receipt, submission.NothingThere, submission.Refuse, submission.Release}

// table is the way of a submission as the architecture tells it, written apart from the code: "status step" → status.
var table = map[string]submission.Status{
	"queued start": "sending", "queued ask": "unconfirmed", "queued receipt": "delivered", "queued refuse": "held",
	"sending start": "sending", "sending interrupted": "queued", "sending ask": "unconfirmed", "sending receipt": "delivered", "sending refuse": "held",
	"unconfirmed ask": "unconfirmed", "unconfirmed receipt": "delivered", "unconfirmed nothing-there": "queued", "unconfirmed refuse": "held",
	"held release": "queued", "held receipt": "delivered",
}

func TestEveryStatusMeetsEveryStep(t *testing.T) {
	for _, from := range statuses {
		for _, step := range steps {
			to, ok := submission.Next(from, step)
			want, wantOK := table[string(from)+" "+string(step)]
			if ok != wantOK || to != want {
				t.Errorf("%s + %s = %q %v, want %q %v", from, step, to, ok, want, wantOK)
			}
		}
	}
}

func TestAnUnconfirmedSubmissionIsNeverSentAgainWithoutTheMutualsWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		status := submission.Queued
		asked := false // a request left and nobody knows what became of it
		for range rapid.IntRange(1, 40).Draw(t, "length") {
			step := rapid.SampledFrom(steps).Draw(t, "step")
			to, ok := submission.Next(status, step)
			if !ok {
				continue
			}
			if status == submission.Delivered {
				t.Fatalf("delivered was left by %s", step)
			}
			if asked && to == submission.Queued && step != submission.NothingThere && step != submission.Release {
				t.Fatalf("%s sends again after a lost answer", step)
			}
			asked = to == submission.Unconfirmed
			status = to
		}
	})
}
