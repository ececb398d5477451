package desk

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// ComplaintRow is one complaint or question in the list.
type ComplaintRow struct {
	ID         string            `json:"id"`
	Number     string            `json:"number"` // "R26-000012"
	Member     string            `json:"member"` // matricola
	Kind       string            `json:"kind"`   // "complaint", "question"
	State      complaint.State   `json:"state"`
	Outcome    complaint.Outcome `json:"outcome"`
	ReceivedAt time.Time         `json:"receivedAt"`
	ChangedAt  time.Time         `json:"changedAt"`
}

// ComplaintDetail is one of them, opened. Exactly one of Complaint and Question is set.
type ComplaintDetail struct {
	ComplaintRow
	Complaint *complaint.Complaint `json:"complaint,omitempty"`
	About     string               `json:"about,omitempty"` // number of the claim that it is about
	Question  *complaint.Question  `json:"question,omitempty"`
	Said      complaint.StatusNews `json:"said"` // what the member was last told
}

// Reply is what the mutual says of a complaint or a question.
type Reply struct {
	State   complaint.State   // in-review, answered
	Outcome complaint.Outcome // needed for an answered complaint, and for nothing else
	Answer  string            // needed for answered
	By      string            // which body of the mutual answers (CMP-01); "" = not said
}

// check says what a reply to something of that kind lacks or has too much.
func (r Reply) check(kind string) error {
	answers := r.State == complaint.Answered
	decides := answers && kind == string(submission.KindComplaint)
	switch {
	case !answers && r.State != complaint.InReview:
		return wrong("state")
	case decides && !slices.Contains(complaint.Outcomes, r.Outcome), !decides && r.Outcome != "":
		return wrong("outcome")
	case answers == (strings.TrimSpace(r.Answer) == ""), utf8.RuneCountInString(r.Answer) > complaint.MostText:
		return wrong("text")
	case !answers && r.By != "":
		return wrong("by")
	}
	return nil
}

// Complaints lists all complaints and questions, first received first. It opens none.
func (d *Desk) Complaints(ctx context.Context) ([]ComplaintRow, error) {
	all, err := d.Archive.Store.Complaints(ctx)
	if err != nil {
		return nil, err
	}
	rows := make([]ComplaintRow, 0, len(all))
	for _, c := range all {
		rows = append(rows, complaintRow(c))
	}
	return rows, d.audit(ctx, "complaint.listed", "", "")
}

func complaintRow(c store.Complaint) ComplaintRow {
	return ComplaintRow{ID: c.Subject, Number: c.Protocol, Member: c.Number, Kind: c.Kind, State: c.State, Outcome: c.Outcome, ReceivedAt: c.ReceivedAt, ChangedAt: c.ChangedAt}
}

// Complaint opens one by its id or number, after the audit row was written. store.CodeNone when there is none.
func (d *Desk) Complaint(ctx context.Context, name string) (ComplaintDetail, error) {
	c, err := d.Archive.Store.FindComplaint(ctx, name)
	if err != nil {
		return ComplaintDetail{}, err
	}
	if err := d.audit(ctx, "complaint.opened", c.Member, c.Subject); err != nil {
		return ComplaintDetail{}, err
	}
	detail := ComplaintDetail{ComplaintRow: complaintRow(c)}
	damaged := func(err error) (ComplaintDetail, error) {
		return detail, fault.Wrap(CodeDamaged, "desk.complaint", c.Subject, err)
	}
	said, err := d.Archive.Opened(c.Said)
	if err == nil {
		err = json.Unmarshal(said, &detail.Said)
	}
	if err != nil {
		return damaged(err)
	}
	stored, err := d.Archive.Store.Revision(ctx, c.Member, c.Subject, c.Revision)
	if err != nil {
		return detail, err
	}
	plain, err := d.Archive.Opened(stored.Body)
	if err != nil {
		return damaged(err)
	}
	filed, err := request.Decode(plain)
	if err != nil {
		return damaged(err)
	}
	detail.Complaint, detail.Question = filed.Complaint, filed.Question
	if filed.Complaint != nil && filed.Complaint.Claim != "" {
		about, err := d.Archive.Store.Claim(ctx, c.Member, string(filed.Complaint.Claim))
		if err != nil && fault.CodeOf(err) != store.CodeNone {
			return detail, err
		}
		detail.About = about.Protocol
	}
	return detail, nil
}

// Answer moves a complaint or a question and tells the member, in one transaction. CodeDecision names what lacks or is too much,
// CodeNotAllowed when the state does not lead there; store.CodeNone when there is none of that id or number.
func (d *Desk) Answer(ctx context.Context, name string, say Reply) (ComplaintRow, error) {
	var c store.Complaint
	err := d.Archive.Store.Write(ctx, func(tx *store.Tx) error {
		found, err := tx.FindComplaint(ctx, name)
		if err != nil {
			return err
		}
		seq, err := tx.NextSeq(ctx, found.Member) // from here on the member's other writers wait
		if err != nil {
			return err
		}
		if c, err = tx.Complaint(ctx, found.Member, found.Subject); err != nil {
			return err
		}
		if err := say.check(c.Kind); err != nil {
			return err
		}
		if !complaint.MayMove(c.State, say.State) {
			return fault.New(CodeNotAllowed, "desk.answer", string(c.State))
		}
		return d.answer(ctx, tx, seq, &c, say)
	})
	return complaintRow(c), err
}

func (d *Desk) answer(ctx context.Context, tx *store.Tx, seq int64, c *store.Complaint, say Reply) error {
	news := complaint.StatusNews{State: say.State, Number: c.Protocol, Outcome: say.Outcome, Answer: say.Answer, By: say.By}
	said, err := d.Archive.Sealed(news)
	if err != nil {
		return err
	}
	c.State, c.Outcome, c.ChangedAt, c.Said = say.State, say.Outcome, d.Archive.Now(), said
	if err := tx.PutComplaint(ctx, *c); err != nil {
		return err
	}
	what := "La tua domanda "
	if c.Kind == string(submission.KindComplaint) {
		what = "Il tuo reclamo "
	}
	words := what + c.Protocol + map[complaint.State]string{complaint.InReview: " è in esame.", complaint.Answered: " ha una risposta."}[say.State]
	n := archive.News{Kind: submission.EventComplaint, Subject: c.Subject, At: c.ChangedAt, Words: words, Body: news}
	if err := d.Archive.Tell(ctx, tx, c.Member, seq, n); err != nil {
		return err
	}
	return d.Archive.Audit(ctx, tx, d.Actor, "complaint."+string(say.State), c.Member, c.Subject)
}
