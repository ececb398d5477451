package desk

import (
	"context"
	"encoding/json"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/bundle"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// Decision is what the mutual says of a claim, together with those that were joined to it.
type Decision struct {
	State     claim.State
	Reason    string      // needed for documents-requested, blocked and rejected, unless each document has its own
	Article   string      // of the rules
	Granted   money.Cents // cents, of approved and paid; where documents are decided, nothing or their sum
	ReplyBy   civil.Date  // documents-requested: last day, included; zero = by the mutual's rules (CLM-42)
	PaidOn    civil.Date  // paid; zero = today
	Into      string      // merged: number or id of the claim that it is joined to
	Words     string      // what the member reads; "" = usual words for the state
	Documents []Verdict   // what is decided of single documents
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

func wrong(field string) error { return fault.New(CodeDecision, "desk.decide", field) }

// check says what a decision lacks or has too much.
func (d Decision) check() error {
	needsReason := d.State == claim.DocumentsRequested || d.State == claim.Blocked || d.State == claim.Rejected
	pays := d.State == claim.Approved || d.State == claim.Paid
	apart := len(d.Documents) > 0
	switch {
	case words[d.State] == "":
		return wrong("state")
	case needsReason && d.Reason == "" && (d.State == claim.Blocked || !apart):
		return wrong("reason")
	case d.Granted < 0 || d.Granted > money.Max || d.Granted > 0 && !pays:
		return wrong("granted")
	case !d.ReplyBy.IsZero() && d.State != claim.DocumentsRequested:
		return wrong("reply-by")
	case !d.PaidOn.IsZero() && d.State != claim.Paid:
		return wrong("paid-on")
	case (d.Into != "") != (d.State == claim.Merged):
		return wrong("into")
	case apart && (d.State == claim.Merged || d.State == claim.Withdrawn):
		return wrong("document")
	}
	for _, v := range d.Documents {
		if err := v.check(); err != nil {
			return err
		}
	}
	return nil
}

// Decide moves the claim of that id or number, with those that were joined to it, and tells the member, in one transaction. After an
// error nothing changed: CodeDecision, CodeNotAllowed when the state does not lead there, CodeJoined when the claim is decided with
// another one, store.CodeNone when there is no such claim.
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
	decided, err := d.change(ctx, name, "claim.decided", func(b *bundle.Bundle, c *bundle.Claim, tx *store.Tx) error {
		if c.JoinedTo != "" && say.State != claim.Withdrawn {
			return fault.New(CodeJoined, "desk.decide", c.JoinedTo)
		}
		return d.apply(ctx, tx, b, c, say)
	})
	if err != nil {
		return Row{}, err
	}
	return d.row(ctx, decided)
}

// change works on the bundle of a claim in one transaction, and then tells the member what came of it.
func (d *Desk) change(ctx context.Context, name, action string, work func(*bundle.Bundle, *bundle.Claim, *store.Tx) error) (store.Claim, error) {
	var changed store.Claim
	err := d.Archive.Store.Write(ctx, func(tx *store.Tx) error {
		found, err := tx.FindClaim(ctx, name)
		if err != nil {
			return err
		}
		seq, err := tx.NextSeq(ctx, found.Member) // from here on the member's other writers wait
		if err != nil {
			return err
		}
		if found, err = tx.Claim(ctx, found.Member, found.Subject); err != nil {
			return err
		}
		b, err := bundle.Read(ctx, d.Archive, tx, found)
		if err != nil {
			return err
		}
		c := b.Find(found.Subject)
		if err := work(b, c, tx); err != nil {
			return err
		}
		if err := d.tell(ctx, tx, found.Member, seq, b.News); err != nil {
			return err
		}
		changed = c.Claim
		return d.Archive.Audit(ctx, tx, d.Actor, action, found.Member, found.Subject)
	})
	return changed, err
}

// tell writes news into the member's feed, the first at the place seq.
func (d *Desk) tell(ctx context.Context, tx *store.Tx, memberID string, seq int64, news []archive.News) error {
	if len(news) == 0 {
		return fault.New(CodeNotAllowed, "desk.tell", "")
	}
	if err := d.Archive.Tell(ctx, tx, memberID, seq, news[0]); err != nil {
		return err
	}
	for _, n := range news[1:] {
		if err := d.Archive.TellNext(ctx, tx, memberID, n); err != nil {
			return err
		}
	}
	return nil
}

// apply does what a decision says of a claim that leads its bundle, or is to leave it.
func (d *Desk) apply(ctx context.Context, tx *store.Tx, b *bundle.Bundle, c *bundle.Claim, say Decision) error {
	again := c.State == say.State && len(say.Documents) == 0
	if again || c.State != say.State && !archive.MayMove(c.State, say.State) {
		return fault.New(CodeNotAllowed, "desk.decide", string(c.State))
	}
	switch say.State {
	case claim.Merged:
		return d.join(ctx, tx, b, say)
	case claim.Withdrawn:
		if !b.MayWithdraw(c) {
			return fault.New(CodeNotAllowed, "desk.decide", string(c.State))
		}
		return b.Withdraw(ctx, c, say.Words)
	case claim.DocumentsRequested:
		if err := d.term(ctx, tx, &say); err != nil {
			return err
		}
	}
	if err := settle(ctx, b, say); err != nil {
		return err
	}
	return conclude(ctx, b, say)
}

// term gives an integration the days of the mutual's rules, where no day was said (CLM-42, CFG-14).
func (d *Desk) term(ctx context.Context, tx *store.Tx, say *Decision) error {
	if !say.ReplyBy.IsZero() {
		return nil
	}
	rules, err := d.Archive.RulesIn(ctx, tx.Queries)
	if days := rules.Terms.IntegrateDays; err == nil && days > 0 {
		say.ReplyBy = d.today().AddDays(days)
	}
	return err
}

// join joins a refund by hand to another one of the same member that is open.
func (d *Desk) join(ctx context.Context, tx *store.Tx, b *bundle.Bundle, say Decision) error {
	into, err := tx.FindClaim(ctx, say.Into)
	if err != nil {
		return err
	}
	c := b.Lead
	if into.Member != c.Member || into.Subject == c.Subject || into.Kind != claim.Refund || c.Kind != claim.Refund || into.JoinedTo != "" ||
		bundle.Closed(into.State) || len(b.Joined) > 0 {
		return wrong("into")
	}
	lead, err := bundle.Read(ctx, d.Archive, tx, into)
	if err != nil {
		return err
	}
	err = lead.Join(ctx, c, say.Words)
	b.News = lead.News
	return err
}

// told reads back what the member was told. A body that can't be read gives an event without news.
func told(e api.Event) Event {
	t := Event{Seq: e.Seq, At: e.At, Text: e.Text}
	if err := json.Unmarshal(e.Body, &t.News); err != nil {
		t.News = claim.StatusNews{}
	}
	return t
}
