package store

import (
	"context"
	"fmt"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/money"
)

// Claim is what the mutual knows of one claim without opening it.
type Claim struct {
	Member     string
	Number     string // of the membership; filled by reading
	Subject    string
	Protocol   string // "26-004471"
	State      claim.State
	Revision   int // newest
	Total      money.Cents
	ReceivedAt time.Time // of the first revision
	ChangedAt  time.Time
	Kind       claim.Kind
	JoinedTo   string     // protocol number of the claim that it is decided with (CLM-24); "" = by itself
	ReplyBy    civil.Date // last day, included, of an integration that is waited for (CLM-42); zero = none
	Said       []byte     // sealed JSON of the claim.StatusNews that the member was last told; empty = see the feed
}

// Revision is one revision of one subject, as it came and as it was answered.
type Revision struct {
	Member      string
	Subject     string
	Revision    int
	Kind        string
	OpID        string
	Plain       string // hex SHA-256 of the body before sealing
	Body        []byte // sealed
	Receipt     []byte // JSON of api.Signed, the same bytes for ever
	Total       money.Cents
	ReceivedAt  time.Time
	Attachments []Attachment
}

// Attachment is one file of a revision.
type Attachment struct {
	ID     string
	Digest string // of the sealed bytes
	Plain  string // hex SHA-256 of the plain bytes
	Size   int64  // plain bytes
}

// NextProtocol takes the next number of a two-digit year: "26-000001" is the first of 2026. A year with more than
// 999,999 claims gets longer numbers.
func (tx *Tx) NextProtocol(ctx context.Context, year int) (string, error) {
	year %= 100
	n, err := tx.count(ctx, fmt.Sprintf("protocol-%02d", year))
	return fmt.Sprintf("%02d-%06d", year, n), err
}

// NextRequest takes the next number of a two-digit year for what is no claim: "R26-000001".
func (tx *Tx) NextRequest(ctx context.Context, year int) (string, error) {
	year %= 100
	n, err := tx.count(ctx, fmt.Sprintf("request-%02d", year))
	return fmt.Sprintf("R%02d-%06d", year, n), err
}

func (tx *Tx) count(ctx context.Context, name string) (int64, error) {
	var n int64
	err := tx.q.QueryRowContext(ctx, `INSERT INTO counter (name, value) VALUES ($1, 1)
		ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value`, name).Scan(&n)
	return n, failed("store.count", err)
}

// SetProtocol makes n the last number given in a year, if it is larger than that.
func (tx *Tx) SetProtocol(ctx context.Context, year int, n int64) error {
	return tx.exec(ctx, "store.set-protocol", `INSERT INTO counter (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE counter.value < excluded.value`, fmt.Sprintf("protocol-%02d", year%100), n)
}

// Revision reads one without its attachments, or CodeNone.
func (q *Queries) Revision(ctx context.Context, memberID, subject string, revision int) (Revision, error) {
	r := Revision{Member: memberID, Subject: subject, Revision: revision}
	var received int64
	err := q.q.QueryRowContext(ctx, `SELECT kind, op_id, plain, body, receipt, total_cents, received_at FROM revision
		WHERE member_id = $1 AND subject = $2 AND revision = $3`, memberID, subject, revision).
		Scan(&r.Kind, &r.OpID, &r.Plain, &r.Body, &r.Receipt, &r.Total, &received)
	r.ReceivedAt = instant(received)
	return r, failed("store.revision", err)
}

// NewestRevision reads the one with the highest number, without its attachments; CodeNone when there is none.
func (q *Queries) NewestRevision(ctx context.Context, memberID, subject string) (Revision, error) {
	var newest int
	err := q.q.QueryRowContext(ctx, `SELECT COALESCE(MAX(revision), 0) FROM revision WHERE member_id = $1 AND subject = $2`, memberID, subject).Scan(&newest)
	if err != nil {
		return Revision{}, failed("store.newest-revision", err)
	}
	return q.Revision(ctx, memberID, subject, newest)
}

// AddRevision writes a revision with its attachments.
func (tx *Tx) AddRevision(ctx context.Context, r Revision) error {
	err := tx.exec(ctx, "store.add-revision", `INSERT INTO revision (member_id, subject, revision, kind, op_id, plain, body, receipt,
		total_cents, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
		r.Member, r.Subject, r.Revision, r.Kind, r.OpID, r.Plain, r.Body, r.Receipt, int64(r.Total), micros(r.ReceivedAt))
	for i, a := range r.Attachments {
		if err == nil {
			err = tx.exec(ctx, "store.add-attachment", `INSERT INTO attachment (member_id, subject, revision, position, id, digest, plain, size)
				VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, r.Member, r.Subject, r.Revision, i, a.ID, a.Digest, a.Plain, a.Size)
		}
	}
	return err
}

// Attachments lists the files of a revision in form order.
func (q *Queries) Attachments(ctx context.Context, memberID, subject string, revision int) ([]Attachment, error) {
	rows, err := q.q.QueryContext(ctx, `SELECT id, digest, plain, size FROM attachment
		WHERE member_id = $1 AND subject = $2 AND revision = $3 ORDER BY position`, memberID, subject, revision)
	if err != nil {
		return nil, failed("store.attachments", err)
	}
	defer func() { _ = rows.Close() }()
	all := []Attachment{}
	for rows.Next() {
		var a Attachment
		if err := rows.Scan(&a.ID, &a.Digest, &a.Plain, &a.Size); err != nil {
			return nil, failed("store.attachments", err)
		}
		all = append(all, a)
	}
	return all, failed("store.attachments", rows.Err())
}

// PutClaim adds a claim, or changes what may change of it: all but its kind, its number and when it was received.
func (tx *Tx) PutClaim(ctx context.Context, c Claim) error {
	return tx.exec(ctx, "store.put-claim", `INSERT INTO claim (member_id, subject, protocol, state, revision, total_cents, received_at, changed_at,
		kind, joined_to, reply_by, said) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
		ON CONFLICT (member_id, subject) DO UPDATE SET state = excluded.state, revision = excluded.revision,
		total_cents = excluded.total_cents, changed_at = excluded.changed_at, joined_to = excluded.joined_to, reply_by = excluded.reply_by, said = excluded.said`,
		c.Member, c.Subject, c.Protocol, string(c.State), c.Revision, int64(c.Total), micros(c.ReceivedAt), micros(c.ChangedAt),
		string(c.Kind), c.JoinedTo, c.ReplyBy.String(), bytesOf(c.Said))
}

// bytesOf is never nil, which would be NULL.
func bytesOf(b []byte) []byte { return append([]byte{}, b...) }

const claimQuery = `SELECT claim.member_id, member.number, claim.subject, claim.protocol, claim.state, claim.revision,
	claim.total_cents, claim.received_at, claim.changed_at, claim.kind, claim.joined_to, claim.reply_by, claim.said FROM claim JOIN member ON member.id = claim.member_id `

// Claim reads one by member and subject, or CodeNone.
func (q *Queries) Claim(ctx context.Context, memberID, subject string) (Claim, error) {
	return q.oneClaim(ctx, claimQuery+`WHERE claim.member_id = $1 AND claim.subject = $2`, memberID, subject)
}

// FindClaim reads one by its subject or protocol number. CodeNone when there is none; CodeAmbiguous when two members
// chose the same subject: then only the number tells them apart.
func (q *Queries) FindClaim(ctx context.Context, name string) (Claim, error) {
	return q.oneClaim(ctx, claimQuery+`WHERE claim.subject = $1 OR claim.protocol = $1`, name)
}

func (q *Queries) oneClaim(ctx context.Context, query string, args ...any) (Claim, error) {
	all, err := q.claims(ctx, query, args...)
	switch {
	case err != nil:
		return Claim{}, err
	case len(all) == 0:
		return Claim{}, fault.New(CodeNone, "store.claim", "")
	case len(all) > 1:
		return Claim{}, fault.New(CodeAmbiguous, "store.claim", "")
	}
	return all[0], nil
}

// OpenClaim reads the first received refund of a member beside subject that new documents can be joined to (CLM-24): it is not paid, not
// refused, not taken back, and stands by itself. CodeNone when there is none.
func (q *Queries) OpenClaim(ctx context.Context, memberID, subject string) (Claim, error) {
	return q.oneClaim(ctx, claimQuery+`WHERE claim.member_id = $1 AND claim.subject <> $2 AND claim.kind = '' AND claim.joined_to = ''
		AND claim.state NOT IN `+closedStates+` ORDER BY claim.received_at, claim.protocol LIMIT 1`, memberID, subject)
}

// JoinedClaims lists what was joined to the claim of that number, first received first.
func (q *Queries) JoinedClaims(ctx context.Context, memberID, protocol string) ([]Claim, error) {
	return q.claims(ctx, claimQuery+`WHERE claim.member_id = $1 AND claim.joined_to = $2 ORDER BY claim.received_at, claim.protocol`, memberID, protocol)
}

// LateClaims lists those whose integration was to come before a day, first received first (CLM-42).
func (q *Queries) LateClaims(ctx context.Context, day civil.Date) ([]Claim, error) {
	return q.claims(ctx, claimQuery+`WHERE claim.state = $1 AND claim.reply_by <> '' AND claim.reply_by < $2 ORDER BY claim.received_at, claim.protocol`,
		string(claim.DocumentsRequested), day.String())
}

// ClaimsOf lists the claims of a member, first received first.
func (q *Queries) ClaimsOf(ctx context.Context, memberID string) ([]Claim, error) {
	return q.claims(ctx, claimQuery+`WHERE claim.member_id = $1 ORDER BY claim.received_at, claim.protocol`, memberID)
}

// Claims lists all claims, first received first.
func (q *Queries) Claims(ctx context.Context) ([]Claim, error) {
	return q.claims(ctx, claimQuery+`ORDER BY claim.received_at, claim.protocol`)
}

func (q *Queries) claims(ctx context.Context, query string, args ...any) ([]Claim, error) {
	rows, err := q.q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, failed("store.claims", err)
	}
	defer func() { _ = rows.Close() }()
	all := []Claim{}
	for rows.Next() {
		var c Claim
		var received, changed int64
		var replyBy string
		if err := rows.Scan(&c.Member, &c.Number, &c.Subject, &c.Protocol, &c.State, &c.Revision, &c.Total, &received, &changed,
			&c.Kind, &c.JoinedTo, &replyBy, &c.Said); err != nil {
			return nil, failed("store.claims", err)
		}
		if err := c.ReplyBy.UnmarshalText([]byte(replyBy)); err != nil {
			return nil, failed("store.claims", err)
		}
		c.ReceivedAt, c.ChangedAt = instant(received), instant(changed)
		all = append(all, c)
	}
	return all, failed("store.claims", rows.Err())
}
