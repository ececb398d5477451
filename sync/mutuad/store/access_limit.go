package store

import (
	"context"
	"time"
)

// Limit is how often something may happen: Burst times at once, and then once in Every.
type Limit struct {
	Burst int
	Every time.Duration
}

// Take counts one more under a name and returns how long to wait when it is one too many; then it does not count. What was
// counted holds across restarts. Should the clock be set back behind it, it counts anew: nobody waits for a time that is over.
func (tx *Tx) Take(ctx context.Context, name string, l Limit, now time.Time) (time.Duration, error) {
	var empty int64
	err := tx.q.QueryRowContext(ctx, `INSERT INTO bucket (name, empty_at) VALUES ($1, 0)
		ON CONFLICT (name) DO UPDATE SET empty_at = bucket.empty_at RETURNING empty_at`, name).Scan(&empty)
	if err != nil {
		return 0, failed("store.take", err)
	}
	full := time.Duration(l.Burst) * l.Every
	drains := instant(empty)
	if drains.Before(now) || drains.After(now.Add(full)) {
		drains = now
	}
	if wait := drains.Add(l.Every).Sub(now) - full; wait > 0 {
		return wait, nil
	}
	return 0, tx.exec(ctx, "store.take", `UPDATE bucket SET empty_at = $2 WHERE name = $1`, name, micros(drains.Add(l.Every)))
}

// ForgetBuckets removes those that are as if nothing had been counted.
func (tx *Tx) ForgetBuckets(ctx context.Context, now time.Time) error {
	return tx.exec(ctx, "store.forget-buckets", `DELETE FROM bucket WHERE empty_at < $1`, micros(now))
}
