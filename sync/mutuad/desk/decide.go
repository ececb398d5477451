package desk

import (
	"context"
	"encoding/json"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// Decision is what the mutual says of a claim.
type Decision struct {
	State   claim.State
	Reason  string      // needed for documents-requested, blocked and rejected
	Article string      // of the rules
	Granted money.Cents // needed for approved; with paid it may be left out
	ReplyBy civil.Date  // documents-requested: last day, included (CLM-42)
	PaidOn  civil.Date  // paid; zero = today
	Words   string      // what the member reads; "" = usual words for the state
}

// words are the usual words for a state.
var words = map[claim.State]string{
	claim.Registered:         "Pratica protocollata.",
	claim.InReview:           "Pratica in esame.",
	claim.DocumentsRequested: "Servono altri documenti.",
	claim.Blocked:            "La pratica è ferma per un blocco amministrativo.",
	claim.Approved:           "Pratica approvata.",
	claim.Rejected:           "Pratica respinta.",
	claim.Merged:             "Pratica unita a un'altra.",
	claim.Paid:               "Rimborso disposto.",
	claim.Withdrawn:          "Pratica ritirata.",
}

// check says what a decision lacks or has too much.
func (d Decision) check() error {
	wrong := func(field string) error { return fault.New(CodeDecision, "desk.decide", field) }
	needsReason := d.State == claim.DocumentsRequested || d.State == claim.Blocked || d.State == claim.Rejected
	pays := d.State == claim.Approved || d.State == claim.Paid
	switch {
	case words[d.State] == "":
		return wrong("state")
	case needsReason && d.Reason == "":
		return wrong("reason")
	case d.Granted < 0 || d.Granted > money.Max || d.Granted > 0 && !pays || d.Granted == 0 && d.State == claim.Approved:
		return wrong("granted")
	case !d.ReplyBy.IsZero() && d.State != claim.DocumentsRequested:
		return wrong("reply-by")
	case !d.PaidOn.IsZero() && d.State != claim.Paid:
		return wrong("paid-on")
	}
	return nil
}

// Decide moves the claim of that id or number and tells the member, in one transaction. After an error nothing changed:
// CodeDecision, CodeNotAllowed when the state does not lead there, store.CodeNone when there is no such claim.
func (d *Desk) Decide(ctx context.Context, name string, say Decision) (Row, error) {
	if err := say.check(); err != nil {
		return Row{}, err
	}
	if say.State == claim.Paid && say.PaidOn.IsZero() {
		say.PaidOn = d.today()
	}
	if say.Words == "" {
		say.Words = words[say.State]
	}
	var decided store.Claim
	err := d.Archive.Store.Write(ctx, func(tx *store.Tx) error {
		found, err := tx.FindClaim(ctx, name)
		if err != nil {
			return err
		}
		seq, err := tx.NextSeq(ctx, found.Member) // from here on the member's other writers wait
		if err != nil {
			return err
		}
		if decided, err = tx.Claim(ctx, found.Member, found.Subject); err != nil {
			return err
		}
		return d.apply(ctx, tx, &decided, seq, say)
	})
	if err != nil {
		return Row{}, err
	}
	return d.row(ctx, decided)
}

func (d *Desk) apply(ctx context.Context, tx *store.Tx, c *store.Claim, seq int64, say Decision) error {
	if c.State == say.State || !archive.MayMove(c.State, say.State) {
		return fault.New(CodeNotAllowed, "desk.decide", string(c.State))
	}
	c.State, c.ChangedAt = say.State, d.Archive.Now()
	if err := tx.PutClaim(ctx, *c); err != nil {
		return err
	}
	news := archive.News{Kind: submission.EventClaimStatus, Subject: c.Subject, At: c.ChangedAt, Words: say.Words,
		Body: claim.StatusNews{State: say.State, Number: c.Protocol, Reason: say.Reason, Article: say.Article, Granted: say.Granted,
			PaidOn: say.PaidOn, ReplyBy: say.ReplyBy}}
	if err := d.Archive.Tell(ctx, tx, c.Member, seq, news); err != nil {
		return err
	}
	return d.Archive.Audit(ctx, tx, d.Actor, "claim.decided", c.Member, c.Subject)
}

// told reads back what the member was told. A body that can't be read gives an event without news.
func told(e api.Event) Event {
	t := Event{Seq: e.Seq, At: e.At, Text: e.Text}
	if err := json.Unmarshal(e.Body, &t.News); err != nil {
		t.News = claim.StatusNews{}
	}
	return t
}
