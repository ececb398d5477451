package store

import (
	"context"
	"time"

	"github.com/sodale/sodale/app/fault"
)

// Factor is a member's second factor. Its secrets are sealed.
type Factor struct {
	Member  string
	Secret  string // "" = it is off
	Pending string // shown and not confirmed yet; "" = none
	Counter int64  // of the last code that was used: it and those before are used up
}

// Factor reads a member's; the zero one of that member when they have none.
func (q *Queries) Factor(ctx context.Context, memberID string) (Factor, error) {
	f := Factor{Member: memberID}
	err := failed("store.factor", q.q.QueryRowContext(ctx, `SELECT secret, pending, counter FROM factor WHERE member_id = $1`, memberID).
		Scan(&f.Secret, &f.Pending, &f.Counter))
	if fault.CodeOf(err) == CodeNone {
		return f, nil
	}
	return f, err
}

// PutFactor stores a member's.
func (tx *Tx) PutFactor(ctx context.Context, f Factor) error {
	return tx.exec(ctx, "store.put-factor", `INSERT INTO factor (member_id, secret, pending, counter) VALUES ($1, $2, $3, $4)
		ON CONFLICT (member_id) DO UPDATE SET secret = excluded.secret, pending = excluded.pending, counter = excluded.counter`,
		f.Member, f.Secret, f.Pending, f.Counter)
}

// DropFactor turns the second factor off and forgets the recovery codes.
func (tx *Tx) DropFactor(ctx context.Context, memberID string) error {
	if err := tx.exec(ctx, "store.drop-factor", `DELETE FROM recovery WHERE member_id = $1`, memberID); err != nil {
		return err
	}
	return tx.exec(ctx, "store.drop-factor", `DELETE FROM factor WHERE member_id = $1`, memberID)
}

// UseCounter uses a code up: of two that come with the same or an older counter, only the first gets true.
func (tx *Tx) UseCounter(ctx context.Context, memberID string, counter int64) (bool, error) {
	return tx.changed(ctx, "store.use-counter", `UPDATE factor SET counter = $2 WHERE member_id = $1 AND secret <> '' AND counter < $2`, memberID, counter)
}

// UseRecovery uses the recovery code of that hash up: true for the first who comes with it.
func (tx *Tx) UseRecovery(ctx context.Context, memberID, hash string, at time.Time) (bool, error) {
	return tx.changed(ctx, "store.use-recovery", `UPDATE recovery SET used_at = $3 WHERE member_id = $1 AND hash = $2 AND used_at = 0 AND pending = 0`,
		memberID, hash, micros(at))
}

// changed reports whether a statement changed a row.
func (tx *Tx) changed(ctx context.Context, op, query string, args ...any) (bool, error) {
	r, err := tx.q.ExecContext(ctx, query, args...)
	if err != nil {
		return false, failed(op, err)
	}
	n, err := r.RowsAffected()
	return n > 0, failed(op, err)
}

// ReplaceRecovery stores new recovery codes by their hashes. With pending they wait for KeepRecovery beside the old ones.
func (tx *Tx) ReplaceRecovery(ctx context.Context, memberID string, hashes []string, pending bool) error {
	waits := 0
	query := `DELETE FROM recovery WHERE member_id = $1`
	if pending {
		waits, query = 1, query+` AND pending = 1`
	}
	if err := tx.exec(ctx, "store.replace-recovery", query, memberID); err != nil {
		return err
	}
	for _, h := range hashes {
		err := tx.exec(ctx, "store.replace-recovery", `INSERT INTO recovery (hash, member_id, pending, used_at) VALUES ($1, $2, $3, 0)`, h, memberID, waits)
		if err != nil {
			return err
		}
	}
	return nil
}

// KeepRecovery puts the pending recovery codes in the place of the old ones.
func (tx *Tx) KeepRecovery(ctx context.Context, memberID string) error {
	if err := tx.exec(ctx, "store.keep-recovery", `DELETE FROM recovery WHERE member_id = $1 AND pending = 0`, memberID); err != nil {
		return err
	}
	return tx.exec(ctx, "store.keep-recovery", `UPDATE recovery SET pending = 0 WHERE member_id = $1`, memberID)
}

// RecoveryLeft counts the recovery codes that still work.
func (q *Queries) RecoveryLeft(ctx context.Context, memberID string) (int, error) {
	var n int
	err := q.q.QueryRowContext(ctx, `SELECT COUNT(*) FROM recovery WHERE member_id = $1 AND used_at = 0 AND pending = 0`, memberID).Scan(&n)
	return n, failed("store.recovery-left", err)
}
