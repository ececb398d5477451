package store

import (
	"context"
	"time"
)

// Notice is a message to a member that is still to leave. It holds neither address nor what the claim is about: both are looked up
// when it leaves, or not said at all.
type Notice struct {
	ID       string
	Member   string
	Channel  Channel
	Protocol string // number of the claim
	About    string // what happened to it
	Tries    int
}

// AddNotice lets a notice be due at once.
func (tx *Tx) AddNotice(ctx context.Context, n Notice, at time.Time) error {
	return tx.exec(ctx, "store.add-notice", `INSERT INTO notice (id, member_id, channel, protocol, about, tries, due_at)
		VALUES ($1, $2, $3, $4, $5, 0, $6)`, n.ID, n.Member, string(n.Channel), n.Protocol, n.About, micros(at))
}

// TakeNotices lists at most limit notices that are due, in the order they were written, and lets them be due again at next, so that
// nobody else takes them meanwhile.
func (tx *Tx) TakeNotices(ctx context.Context, now, next time.Time, limit int) ([]Notice, error) {
	rows, err := tx.q.QueryContext(ctx, `UPDATE notice SET due_at = $2, tries = tries + 1
		WHERE id IN (SELECT id FROM notice WHERE due_at <= $1 ORDER BY id LIMIT $3) RETURNING id, member_id, channel, protocol, about, tries`,
		micros(now), micros(next), limit)
	if err != nil {
		return nil, failed("store.take-notices", err)
	}
	defer func() { _ = rows.Close() }()
	var all []Notice
	for rows.Next() {
		var n Notice
		if err := rows.Scan(&n.ID, &n.Member, &n.Channel, &n.Protocol, &n.About, &n.Tries); err != nil {
			return nil, failed("store.take-notices", err)
		}
		all = append(all, n)
	}
	return all, failed("store.take-notices", rows.Err())
}

// DropNotice forgets a notice that left, or that nobody takes.
func (tx *Tx) DropNotice(ctx context.Context, id string) error {
	return tx.exec(ctx, "store.drop-notice", `DELETE FROM notice WHERE id = $1`, id)
}

// DropNotices forgets whatever is still to leave for a member.
func (tx *Tx) DropNotices(ctx context.Context, memberID string) error {
	return tx.exec(ctx, "store.drop-notices", `DELETE FROM notice WHERE member_id = $1`, memberID)
}
