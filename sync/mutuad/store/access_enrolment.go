package store

import (
	"context"
	"time"

	"github.com/sodale/sodale/app/fault"
)

// Enrolment is one activation or reset on its way. Nobody but the holder of its ticket can go on with it.
type Enrolment struct {
	ID        string
	Ticket    string // hash
	Kind      string // a mutual.Way, "mobile", "dossier" or "reset"
	Member    string // "" = of nobody: it looks like the others and leads nowhere
	Step      string
	User      string // user name that it will have
	Password  string // PHC string of the password that was chosen; "" = not yet
	EMail     string
	Mobile    string
	Data      string // JSON of what else was said
	Failures  int64  // wrong codes so far
	CreatedAt time.Time
	ExpiresAt time.Time
}

const enrolmentColumns = `id, ticket, kind, member_id, step, user_name, password, email, mobile, data, failures, created_at, expires_at`

func scanEnrolment(row interface{ Scan(...any) error }) (Enrolment, error) {
	var e Enrolment
	var created, expires int64
	err := row.Scan(&e.ID, &e.Ticket, &e.Kind, &e.Member, &e.Step, &e.User, &e.Password, &e.EMail, &e.Mobile, &e.Data, &e.Failures, &created, &expires)
	e.CreatedAt, e.ExpiresAt = instant(created), instant(expires)
	return e, failed("store.enrolment", err)
}

// LockEnrolment reads one by the hash of its ticket and lets others wait until this transaction ends; CodeNone when it is not
// there or its time is over.
func (tx *Tx) LockEnrolment(ctx context.Context, ticket string, now time.Time) (Enrolment, error) {
	return scanEnrolment(tx.q.QueryRowContext(ctx, `UPDATE enrolment SET failures = failures WHERE ticket = $1 AND expires_at > $2
		RETURNING `+enrolmentColumns, ticket, micros(now)))
}

// LockEnrolmentByID is LockEnrolment by id.
func (tx *Tx) LockEnrolmentByID(ctx context.Context, id string, now time.Time) (Enrolment, error) {
	return scanEnrolment(tx.q.QueryRowContext(ctx, `UPDATE enrolment SET failures = failures WHERE id = $1 AND expires_at > $2
		RETURNING `+enrolmentColumns, id, micros(now)))
}

// EnrolmentOf reads the newest of a kind that a member has under way, or CodeNone.
func (q *Queries) EnrolmentOf(ctx context.Context, memberID, kind string, now time.Time) (Enrolment, error) {
	return scanEnrolment(q.q.QueryRowContext(ctx, `SELECT `+enrolmentColumns+` FROM enrolment WHERE member_id = $1 AND kind = $2 AND expires_at > $3
		ORDER BY created_at DESC LIMIT 1`, memberID, kind, micros(now)))
}

// EnrolmentByUser reads the newest under way that will have a user name and has a password, or CodeNone.
func (q *Queries) EnrolmentByUser(ctx context.Context, user string, now time.Time) (Enrolment, error) {
	return scanEnrolment(q.q.QueryRowContext(ctx, `SELECT `+enrolmentColumns+` FROM enrolment WHERE user_name = $1 AND password <> '' AND expires_at > $2
		ORDER BY created_at DESC LIMIT 1`, user, micros(now)))
}

// PutEnrolment adds one, or changes the one with that id.
func (tx *Tx) PutEnrolment(ctx context.Context, e Enrolment) error {
	return tx.exec(ctx, "store.put-enrolment", `INSERT INTO enrolment (`+enrolmentColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
		ON CONFLICT (id) DO UPDATE SET ticket = excluded.ticket, step = excluded.step, user_name = excluded.user_name, password = excluded.password,
		email = excluded.email, mobile = excluded.mobile, data = excluded.data, failures = excluded.failures, expires_at = excluded.expires_at`,
		e.ID, e.Ticket, e.Kind, e.Member, e.Step, e.User, e.Password, e.EMail, e.Mobile, e.Data, e.Failures, micros(e.CreatedAt), micros(e.ExpiresAt))
}

// DropEnrolment removes one with its codes.
func (tx *Tx) DropEnrolment(ctx context.Context, id string) error {
	if err := tx.DropCodes(ctx, id); err != nil {
		return err
	}
	return tx.exec(ctx, "store.drop-enrolment", `DELETE FROM enrolment WHERE id = $1`, id)
}

// DropEnrolmentsOf removes what a member has under way of one kind, with its codes.
func (tx *Tx) DropEnrolmentsOf(ctx context.Context, memberID, kind string) error {
	err := tx.exec(ctx, "store.drop-enrolments", `DELETE FROM code WHERE owner IN (SELECT id FROM enrolment WHERE member_id = $1 AND kind = $2)`, memberID, kind)
	if err != nil {
		return err
	}
	return tx.exec(ctx, "store.drop-enrolments", `DELETE FROM enrolment WHERE member_id = $1 AND kind = $2`, memberID, kind)
}

// ForgetEnrolments removes those whose time is over, with codes that nobody can use any more.
func (tx *Tx) ForgetEnrolments(ctx context.Context, now time.Time) error {
	if err := tx.exec(ctx, "store.forget-enrolments", `DELETE FROM enrolment WHERE expires_at <= $1`, micros(now)); err != nil {
		return err
	}
	return tx.exec(ctx, "store.forget-enrolments", `DELETE FROM code WHERE expires_at <= $1`, micros(now.Add(-codeKept)))
}

const codeKept = 48 * time.Hour // after its end, so that it is answered as old and not as never sent

// Code is the newest code that was sent for something; those before it are gone (CTV-08).
type Code struct {
	Owner     string // enrolment's id, or "contacts/" and a member's id
	Channel   string // "email" or "mobile"
	Hash      string
	Link      string // hash of the token in the link; "" = it has none
	SentTo    string
	Tries     int64 // wrong ones so far
	SentAt    time.Time
	ExpiresAt time.Time
}

const codeColumns = `owner, channel, hash, link, sent_to, tries, sent_at, expires_at`

func scanCode(row interface{ Scan(...any) error }) (Code, error) {
	var c Code
	var sent, expires int64
	err := row.Scan(&c.Owner, &c.Channel, &c.Hash, &c.Link, &c.SentTo, &c.Tries, &sent, &expires)
	c.SentAt, c.ExpiresAt = instant(sent), instant(expires)
	return c, failed("store.code", err)
}

// Code reads the newest one of an owner and a channel; the zero Code when there is none.
func (q *Queries) Code(ctx context.Context, owner, channel string) (Code, error) {
	c, err := scanCode(q.q.QueryRowContext(ctx, `SELECT `+codeColumns+` FROM code WHERE owner = $1 AND channel = $2`, owner, channel))
	if fault.CodeOf(err) == CodeNone {
		return Code{Owner: owner, Channel: channel}, nil
	}
	return c, err
}

// CodeByLink reads the one whose link has that hash, or CodeNone.
func (q *Queries) CodeByLink(ctx context.Context, link string) (Code, error) {
	return scanCode(q.q.QueryRowContext(ctx, `SELECT `+codeColumns+` FROM code WHERE link = $1 AND link <> ''`, link))
}

// PutCode stores one in the place of the one before.
func (tx *Tx) PutCode(ctx context.Context, c Code) error {
	return tx.exec(ctx, "store.put-code", `INSERT INTO code (`+codeColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (owner, channel) DO UPDATE SET hash = excluded.hash, link = excluded.link, sent_to = excluded.sent_to, tries = excluded.tries,
		sent_at = excluded.sent_at, expires_at = excluded.expires_at`,
		c.Owner, c.Channel, c.Hash, c.Link, c.SentTo, c.Tries, micros(c.SentAt), micros(c.ExpiresAt))
}

// DropCodes removes every code of an owner.
func (tx *Tx) DropCodes(ctx context.Context, owner string) error {
	return tx.exec(ctx, "store.drop-codes", `DELETE FROM code WHERE owner = $1`, owner)
}

// DropCode removes the one of an owner and a channel.
func (tx *Tx) DropCode(ctx context.Context, owner, channel string) error {
	return tx.exec(ctx, "store.drop-code", `DELETE FROM code WHERE owner = $1 AND channel = $2`, owner, channel)
}
