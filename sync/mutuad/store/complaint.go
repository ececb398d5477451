package store

import (
	"context"
	"time"

	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/fault"
)

// Complaint is what the mutual knows of one complaint or question without opening it.
type Complaint struct {
	Member     string
	Number     string // of the membership; filled by reading
	Subject    string
	Protocol   string // "R26-000012"
	Kind       string // submission.KindComplaint, KindQuestion
	State      complaint.State
	Outcome    complaint.Outcome
	Revision   int       // newest
	ReceivedAt time.Time // of the first revision
	ChangedAt  time.Time
	Said       []byte // sealed JSON of the complaint.StatusNews that the member was last told
}

const schema5 = `
CREATE TABLE complaint (
	member_id TEXT NOT NULL REFERENCES member(id),
	subject TEXT NOT NULL,
	protocol TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	outcome TEXT NOT NULL,
	revision BIGINT NOT NULL,
	received_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	said BYTEA NOT NULL,
	PRIMARY KEY (member_id, subject)
);
CREATE INDEX complaint_received ON complaint (received_at, protocol);
`

// PutComplaint adds a complaint, or changes what may change of it: all but its kind, its number and when it was received.
func (tx *Tx) PutComplaint(ctx context.Context, c Complaint) error {
	return tx.exec(ctx, "store.put-complaint", `INSERT INTO complaint (member_id, subject, protocol, kind, state, outcome, revision, received_at, changed_at, said)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (member_id, subject) DO UPDATE SET state = excluded.state, outcome = excluded.outcome, revision = excluded.revision,
		changed_at = excluded.changed_at, said = excluded.said`,
		c.Member, c.Subject, c.Protocol, c.Kind, string(c.State), string(c.Outcome), c.Revision, micros(c.ReceivedAt), micros(c.ChangedAt), bytesOf(c.Said))
}

const complaintQuery = `SELECT complaint.member_id, member.number, complaint.subject, complaint.protocol, complaint.kind, complaint.state,
	complaint.outcome, complaint.revision, complaint.received_at, complaint.changed_at, complaint.said FROM complaint JOIN member ON member.id = complaint.member_id `

// Complaint reads one by member and subject, or CodeNone.
func (q *Queries) Complaint(ctx context.Context, memberID, subject string) (Complaint, error) {
	return q.oneComplaint(ctx, complaintQuery+`WHERE complaint.member_id = $1 AND complaint.subject = $2`, memberID, subject)
}

// FindComplaint reads one by its subject or protocol number; CodeNone when there is none, CodeAmbiguous when two members chose the
// same subject: then only the number tells them apart.
func (q *Queries) FindComplaint(ctx context.Context, name string) (Complaint, error) {
	return q.oneComplaint(ctx, complaintQuery+`WHERE complaint.subject = $1 OR complaint.protocol = $1`, name)
}

func (q *Queries) oneComplaint(ctx context.Context, query string, args ...any) (Complaint, error) {
	all, err := q.complaints(ctx, query, args...)
	switch {
	case err != nil:
		return Complaint{}, err
	case len(all) == 0:
		return Complaint{}, fault.New(CodeNone, "store.complaint", "")
	case len(all) > 1:
		return Complaint{}, fault.New(CodeAmbiguous, "store.complaint", "")
	}
	return all[0], nil
}

// Complaints lists all, first received first.
func (q *Queries) Complaints(ctx context.Context) ([]Complaint, error) {
	return q.complaints(ctx, complaintQuery+`ORDER BY complaint.received_at, complaint.protocol`)
}

func (q *Queries) complaints(ctx context.Context, query string, args ...any) ([]Complaint, error) {
	rows, err := q.q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, failed("store.complaints", err)
	}
	defer func() { _ = rows.Close() }()
	all := []Complaint{}
	for rows.Next() {
		var c Complaint
		var received, changed int64
		if err := rows.Scan(&c.Member, &c.Number, &c.Subject, &c.Protocol, &c.Kind, &c.State, &c.Outcome, &c.Revision, &received, &changed, &c.Said); err != nil {
			return nil, failed("store.complaints", err)
		}
		c.ReceivedAt, c.ChangedAt = instant(received), instant(changed)
		all = append(all, c)
	}
	return all, failed("store.complaints", rows.Err())
}
