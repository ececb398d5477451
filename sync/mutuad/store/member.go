package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
)

// Member is one membership as the server needs it. People are the ids a claim may be made for, the holder's first.
type Member struct {
	ID       string // the holder's id, a UUID
	Number   string // matricola, 12 digits
	User     string // user name of the sign-in (FAC-02)
	Password string // Argon2id, PHC string
	People   []member.ID
}

const memberColumns = `id, number, user_name, password, people`

func scanMember(row interface{ Scan(...any) error }) (Member, error) {
	var m Member
	var people string
	if err := row.Scan(&m.ID, &m.Number, &m.User, &m.Password, &people); err != nil {
		return m, failed("store.member", err)
	}
	if err := json.Unmarshal([]byte(people), &m.People); err != nil {
		return m, fault.Wrap(CodeFailed, "store.member", m.ID, err)
	}
	return m, nil
}

// Member reads one by id, or CodeNone.
func (q *Queries) Member(ctx context.Context, id string) (Member, error) {
	return scanMember(q.q.QueryRowContext(ctx, `SELECT `+memberColumns+` FROM member WHERE id = $1`, id))
}

// MemberByUser reads one by user name, or CodeNone.
func (q *Queries) MemberByUser(ctx context.Context, user string) (Member, error) {
	return scanMember(q.q.QueryRowContext(ctx, `SELECT `+memberColumns+` FROM member WHERE user_name = $1`, user))
}

// MemberByNumber reads one by its matricola, or CodeNone.
func (q *Queries) MemberByNumber(ctx context.Context, number string) (Member, error) {
	return scanMember(q.q.QueryRowContext(ctx, `SELECT `+memberColumns+` FROM member WHERE number = $1`, number))
}

// PutMember adds a member, or changes all but the feed of the one with that id.
func (tx *Tx) PutMember(ctx context.Context, m Member) error {
	people, err := json.Marshal(m.People)
	if err != nil {
		return err
	}
	return tx.exec(ctx, "store.put-member", `INSERT INTO member (`+memberColumns+`) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE SET number = excluded.number, user_name = excluded.user_name,
		password = excluded.password, people = excluded.people`, m.ID, m.Number, m.User, m.Password, string(people))
}

// Attempt is how often signing in with one user name failed in a row.
type Attempt struct {
	Failures int64
	LastAt   time.Time
}

// LockAttempt reads the row of a user name's hash, a fresh one when there was none, and lets others that want the same
// row wait until this transaction ends.
func (tx *Tx) LockAttempt(ctx context.Context, userHash string, now time.Time) (Attempt, error) {
	var a Attempt
	var last int64
	err := tx.q.QueryRowContext(ctx, `INSERT INTO attempt (user_hash, failures, last_at) VALUES ($1, 0, $2)
		ON CONFLICT (user_hash) DO UPDATE SET failures = attempt.failures RETURNING failures, last_at`, userHash, micros(now)).Scan(&a.Failures, &last)
	a.LastAt = instant(last)
	return a, failed("store.lock-attempt", err)
}

// PutAttempt stores the row of a user name's hash.
func (tx *Tx) PutAttempt(ctx context.Context, userHash string, a Attempt) error {
	return tx.exec(ctx, "store.put-attempt", `INSERT INTO attempt (user_hash, failures, last_at) VALUES ($1, $2, $3)
		ON CONFLICT (user_hash) DO UPDATE SET failures = excluded.failures, last_at = excluded.last_at`, userHash, a.Failures, micros(a.LastAt))
}

// ForgetAttempts removes every row older than before: guessed names must not fill the disk.
func (tx *Tx) ForgetAttempts(ctx context.Context, before time.Time) error {
	return tx.exec(ctx, "store.forget-attempts", `DELETE FROM attempt WHERE last_at < $1`, micros(before))
}
