package queue

import (
	"testing"
	"time"

	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
)

func TestOfEachRequestTheLatestRevisionWaitsAndWhatNeedsTheMemberComesFirst(t *testing.T) { // PER-05
	at := time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)
	make := func(id string, revision, minute int, status submission.Status) request.Request {
		return request.Request{Filed: request.Filed{ID: id, Revision: revision, MadeAt: at.Add(time.Duration(minute) * time.Minute)}, Delivery: submission.Delivery{Status: status}}
	}
	got := Asked([]request.Request{make("old", 1, 0, submission.Queued), make("arrived", 1, 1, submission.Delivered), make("held", 1, 9, submission.Held),
		make("mended", 1, 2, submission.Held), make("mended", 2, 3, submission.Queued), make("done", 1, 4, submission.Held), make("done", 2, 5, submission.Delivered)})
	var names []string
	for _, r := range got {
		names = append(names, r.ID)
	}
	if len(names) != 3 || names[0] != "held" || names[1] != "old" || names[2] != "mended" || got[2].Revision != 2 {
		t.Errorf("waiting: %v", names)
	}
}
