package store

import (
	"context"
	"fmt"
	"time"

	"github.com/sodale/sodale/app/fault"
)

// State is how far a member's access has come (REG-14).
type State string

// The states. A member without a row is New without a password and Active with one.
const (
	StateNew     State = "new"     // nobody has taken the access up yet
	StateMobile  State = "mobile"  // the mobile number is proved at the next sign-in (CTV-02)
	StateDossier State = "dossier" // the dossier is opened at the next sign-in (REG-18)
	StateActive  State = "active"
)

// Account is what the mutual keeps of a member's access beside user name and password.
type Account struct {
	Member     string
	State      State
	PasswordAt time.Time // when it was last changed after the activation; zero = never
	PasswordBy string    // id of the device that changed it; "" = a reset
}

// Account reads a member's; where nothing is stored, that of a member who is as they were put in.
func (q *Queries) Account(ctx context.Context, memberID string) (Account, error) {
	a := Account{Member: memberID, State: StateNew}
	var state, password string
	var changed int64
	err := failed("store.account", q.q.QueryRowContext(ctx, `SELECT COALESCE(state, ''), COALESCE(password_at, 0), COALESCE(password_by, ''), password
		FROM member LEFT JOIN account ON account.member_id = member.id WHERE member.id = $1`, memberID).
		Scan(&state, &changed, &a.PasswordBy, &password))
	switch {
	case fault.CodeOf(err) == CodeNone:
		return a, nil
	case state != "":
		a.State = State(state)
	case password != "":
		a.State = StateActive
	}
	a.PasswordAt = instant(changed)
	return a, err
}

// PutAccount stores a member's access.
func (tx *Tx) PutAccount(ctx context.Context, a Account) error {
	return tx.exec(ctx, "store.put-account", `INSERT INTO account (member_id, state, password_at, password_by) VALUES ($1, $2, $3, $4)
		ON CONFLICT (member_id) DO UPDATE SET state = excluded.state, password_at = excluded.password_at, password_by = excluded.password_by`,
		a.Member, string(a.State), micros(a.PasswordAt), a.PasswordBy)
}

// SetPassword replaces a member's user name and password hash.
func (tx *Tx) SetPassword(ctx context.Context, memberID, user, hash string) error {
	return tx.exec(ctx, "store.set-password", `UPDATE member SET user_name = $2, password = $3 WHERE id = $1`, memberID, user, hash)
}

// MemberNamed reads the member with a user name or another name that leads to them, or CodeNone. It asks as much of the database
// whoever is there.
func (q *Queries) MemberNamed(ctx context.Context, name string) (Member, error) {
	return scanMember(q.q.QueryRowContext(ctx, `SELECT `+memberColumns+` FROM member WHERE user_name = $1 OR id =
		(SELECT member_id FROM user_alias WHERE name = $1) ORDER BY CASE WHEN user_name = $1 THEN 0 ELSE 1 END LIMIT 1`, name))
}

// AddAlias lets a further name lead to a member, unless it leads to somebody already (LOG-03).
func (tx *Tx) AddAlias(ctx context.Context, name, memberID string) error {
	return tx.exec(ctx, "store.add-alias", `INSERT INTO user_alias (name, member_id) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING`, name, memberID)
}

// LockMember lets others that want to change the same member wait until this transaction ends. CodeNone for an unknown one.
func (tx *Tx) LockMember(ctx context.Context, memberID string) (Member, error) {
	return scanMember(tx.q.QueryRowContext(ctx, `UPDATE member SET feed_seq = feed_seq WHERE id = $1 RETURNING `+memberColumns, memberID))
}

// MemberIDs lists every member.
func (q *Queries) MemberIDs(ctx context.Context) ([]string, error) {
	rows, err := q.q.QueryContext(ctx, `SELECT id FROM member ORDER BY id`)
	if err != nil {
		return nil, failed("store.member-ids", err)
	}
	defer func() { _ = rows.Close() }()
	var all []string
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, failed("store.member-ids", err)
		}
		all = append(all, one)
	}
	return all, failed("store.member-ids", rows.Err())
}

// NextPatient takes the next number of those who come to a membership of their own by a form from the desk (FAM-07): twelve digits
// that begin with 9.
func (tx *Tx) NextPatient(ctx context.Context) (string, error) {
	n, err := tx.count(ctx, "patient")
	return fmt.Sprintf("9%011d", n), err
}
