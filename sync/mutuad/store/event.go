package store

import (
	"context"
	"time"

	"github.com/sodale/sodale/sync/api"
)

// NextSeq takes the next place in a member's feed. The member's other writers wait until this transaction ends, and a
// transaction that fails gives its place back: the feed has no gap. CodeNone for an unknown member.
func (tx *Tx) NextSeq(ctx context.Context, memberID string) (int64, error) {
	var seq int64
	err := tx.q.QueryRowContext(ctx, `UPDATE member SET feed_seq = feed_seq + 1 WHERE id = $1 RETURNING feed_seq`, memberID).Scan(&seq)
	return seq, failed("store.next-seq", err)
}

// AddEvent writes an event at the place that NextSeq gave in this transaction.
func (tx *Tx) AddEvent(ctx context.Context, memberID string, e api.Event) error {
	return tx.exec(ctx, "store.add-event", `INSERT INTO event (member_id, seq, id, kind, subject, at, words, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, memberID, e.Seq, e.ID, e.Kind, e.Subject, micros(e.At), e.Text, e.Body)
}

// LastSeq is the newest place in a member's feed; 0 when it is empty, CodeNone for an unknown member.
func (q *Queries) LastSeq(ctx context.Context, memberID string) (int64, error) {
	var seq int64
	err := q.q.QueryRowContext(ctx, `SELECT feed_seq FROM member WHERE id = $1`, memberID).Scan(&seq)
	return seq, failed("store.last-seq", err)
}

// Events lists at most limit events of a member after a place, in order.
func (q *Queries) Events(ctx context.Context, memberID string, after int64, limit int) ([]api.Event, error) {
	rows, err := q.q.QueryContext(ctx, `SELECT seq, id, kind, subject, at, words, body FROM event
		WHERE member_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`, memberID, after, limit)
	if err != nil {
		return nil, failed("store.events", err)
	}
	defer func() { _ = rows.Close() }()
	events := []api.Event{}
	for rows.Next() {
		var e api.Event
		var at int64
		if err := rows.Scan(&e.Seq, &e.ID, &e.Kind, &e.Subject, &at, &e.Text, &e.Body); err != nil {
			return nil, failed("store.events", err)
		}
		e.At = instant(at)
		events = append(events, e)
	}
	return events, failed("store.events", rows.Err())
}

// LastEvent is the body of the newest event of a kind about a subject; CodeNone when there is none.
func (q *Queries) LastEvent(ctx context.Context, memberID, kind, subject string) ([]byte, error) {
	var body []byte
	err := q.q.QueryRowContext(ctx, `SELECT body FROM event WHERE member_id = $1 AND kind = $2 AND subject = $3 ORDER BY seq DESC LIMIT 1`,
		memberID, kind, subject).Scan(&body)
	return body, failed("store.last-event", err)
}

// Told reports whether a member's feed has an event of a kind.
func (q *Queries) Told(ctx context.Context, memberID, kind string) (bool, error) {
	var told bool
	err := q.q.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM event WHERE member_id = $1 AND kind = $2)`, memberID, kind).Scan(&told)
	return told, failed("store.told", err)
}

// Audit is one row of who did what to whose data. Actor is a device id or a name of the mutual's side.
type Audit struct {
	ID      string
	At      time.Time
	Actor   string
	Action  string
	Member  string
	Subject string
}

// AddAudit writes one row.
func (tx *Tx) AddAudit(ctx context.Context, a Audit) error {
	return tx.exec(ctx, "store.add-audit", `INSERT INTO audit (id, at, actor, action, member_id, subject) VALUES ($1, $2, $3, $4, $5, $6)`,
		a.ID, micros(a.At), a.Actor, a.Action, a.Member, a.Subject)
}

// Audits lists every row, oldest first.
func (q *Queries) Audits(ctx context.Context) ([]Audit, error) {
	rows, err := q.q.QueryContext(ctx, `SELECT id, at, actor, action, member_id, subject FROM audit ORDER BY at, id`)
	if err != nil {
		return nil, failed("store.audits", err)
	}
	defer func() { _ = rows.Close() }()
	all := []Audit{}
	for rows.Next() {
		var a Audit
		var at int64
		if err := rows.Scan(&a.ID, &at, &a.Actor, &a.Action, &a.Member, &a.Subject); err != nil {
			return nil, failed("store.audits", err)
		}
		a.At = instant(at)
		all = append(all, a)
	}
	return all, failed("store.audits", rows.Err())
}
