package store

import (
	"context"
	"time"

	"github.com/sodale/sodale/app/fault"
)

// Blob is how much of one member's sealed file is durably there.
type Blob struct {
	Digest   string
	Size     int64 // bytes in all, as the first append said
	Have     int64 // bytes that are synced to disk
	Complete bool  // all bytes are there and have the digest
}

// Blob reads one; the zero Blob with that digest when nothing of it came.
func (q *Queries) Blob(ctx context.Context, memberID, digest string) (Blob, error) {
	b := Blob{Digest: digest}
	var complete int64
	err := failed("store.blob", q.q.QueryRowContext(ctx, `SELECT size, have, complete FROM blob WHERE member_id = $1 AND digest = $2`,
		memberID, digest).Scan(&b.Size, &b.Have, &complete))
	if fault.CodeOf(err) == CodeNone {
		return b, nil
	}
	b.Complete = complete == 1
	return b, err
}

// Blobs reads several, in the order asked.
func (q *Queries) Blobs(ctx context.Context, memberID string, digests []string) ([]Blob, error) {
	all := make([]Blob, 0, len(digests))
	for _, d := range digests {
		b, err := q.Blob(ctx, memberID, d)
		if err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	return all, nil
}

// Advance stores next if the stored state is still was, else CodeStale. Its bytes must be synced before.
func (tx *Tx) Advance(ctx context.Context, memberID string, was, next Blob, at time.Time) error {
	complete := 0
	if next.Complete {
		complete = 1
	}
	r, err := tx.q.ExecContext(ctx, `INSERT INTO blob (member_id, digest, size, have, complete, updated_at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (member_id, digest) DO UPDATE SET size = excluded.size, have = excluded.have, complete = excluded.complete,
		updated_at = excluded.updated_at WHERE blob.have = $7 AND blob.size = $8`,
		memberID, next.Digest, next.Size, next.Have, complete, micros(at), was.Have, was.Size)
	if err != nil {
		return failed("store.advance", err)
	}
	n, err := r.RowsAffected()
	if err != nil {
		return failed("store.advance", err)
	}
	if n == 0 {
		return fault.New(CodeStale, "store.advance", next.Digest)
	}
	return nil
}
