package archive

import (
	"context"
	"encoding/json"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// News is one thing to tell a member. Body is written as JSON.
type News struct {
	Kind    string
	Subject string
	Words   string // the mutual's own, in Italian
	At      time.Time
	Body    any
}

// Tell writes news at the place seq of a member's feed, which tx gave.
func (a *Archive) Tell(ctx context.Context, tx *store.Tx, memberID string, seq int64, n News) error {
	eventID, err := a.NewID()
	if err != nil {
		return err
	}
	body, err := json.Marshal(n.Body)
	if err != nil {
		return err
	}
	return tx.AddEvent(ctx, memberID, api.Event{ID: eventID, Seq: seq, Kind: n.Kind, Subject: n.Subject, At: n.At, Text: n.Words, Body: body})
}

// Audit writes who did what to whose data into tx.
func (a *Archive) Audit(ctx context.Context, tx *store.Tx, actor, action, memberID, subject string) error {
	auditID, err := a.NewID()
	if err != nil {
		return err
	}
	return tx.AddAudit(ctx, store.Audit{ID: auditID, At: a.Now(), Actor: actor, Action: action, Member: memberID, Subject: subject})
}

// MayMove reports whether the member's program accepts a claim's move from one state to another (package claim has the table).
func MayMove(from, to claim.State) bool {
	body, err := json.Marshal(claim.StatusNews{State: to})
	if err != nil {
		return false
	}
	_, err = claim.Apply(claim.Claim{Mutual: claim.Standing{State: from}}, submission.FeedEvent{Body: body})
	return err == nil
}
