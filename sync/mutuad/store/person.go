package store

import (
	"context"
	"encoding/json"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
)

// schema3 holds the mutual's archive of people, what it says of each household, the answers to consents, and new contacts that
// wait for their proof.
const schema3 = `
CREATE TABLE person (
	id TEXT PRIMARY KEY,
	member_id TEXT NOT NULL,
	place BIGINT NOT NULL,
	role TEXT NOT NULL,
	fiscal_code TEXT NOT NULL UNIQUE,
	given_name TEXT NOT NULL,
	family_name TEXT NOT NULL,
	born TEXT NOT NULL,
	sex TEXT NOT NULL,
	birth_place TEXT NOT NULL,
	details TEXT NOT NULL,
	dossier BIGINT NOT NULL,
	mobile TEXT NOT NULL,
	code TEXT NOT NULL
);
CREATE INDEX person_member ON person (member_id, place);
CREATE TABLE household (
	member_id TEXT PRIMARY KEY REFERENCES member(id),
	version BIGINT NOT NULL,
	disabled BIGINT NOT NULL DEFAULT 0,
	body TEXT NOT NULL
);
CREATE TABLE consent (
	member_id TEXT NOT NULL REFERENCES member(id),
	place BIGINT NOT NULL,
	consent TEXT NOT NULL,
	version TEXT NOT NULL,
	person TEXT NOT NULL,
	given BIGINT NOT NULL,
	answered_at BIGINT NOT NULL,
	received_at BIGINT NOT NULL,
	PRIMARY KEY (member_id, place)
);
CREATE TABLE pending (
	member_id TEXT NOT NULL REFERENCES member(id),
	channel TEXT NOT NULL,
	value TEXT NOT NULL,
	PRIMARY KEY (member_id, channel)
);
`

// Person is one entry of the mutual's archive of people (REG-11): whom a membership covers, and who may come to be covered by
// one (FAM-02).
type Person struct {
	member.Person
	Member string // id of the holder whose membership covers the person; "" = no membership yet
	Place  int    // in the household, the holder's is 0
	Mobile string // given at the desk, "+39" and digits (CTV-11, FAM-05); "" = none
	Code   string // keyed hash of the activation code that was printed last (REG-15); "" = none, or it was used
}

const personColumns = `id, member_id, place, role, fiscal_code, given_name, family_name, born, sex, birth_place, details, dossier, mobile, code`

func scanPerson(row interface{ Scan(...any) error }) (Person, error) {
	var p Person
	var born, details string
	var dossier int64
	if err := row.Scan(&p.ID, &p.Member, &p.Place, &p.Role, &p.FiscalCode, &p.GivenName, &p.FamilyName, &born, &p.Sex, &p.BirthPlace,
		&details, &dossier, &p.Mobile, &p.Code); err != nil {
		return p, failed("store.person", err)
	}
	p.Dossier = dossier == 1
	if err := p.DateOfBirth.UnmarshalText([]byte(born)); err != nil {
		return p, fault.Wrap(CodeFailed, "store.person", string(p.ID), err)
	}
	if err := json.Unmarshal([]byte(details), &p.Details); err != nil {
		return p, fault.Wrap(CodeFailed, "store.person", string(p.ID), err)
	}
	return p, nil
}

// Person reads one by id, or CodeNone.
func (q *Queries) Person(ctx context.Context, id string) (Person, error) {
	return scanPerson(q.q.QueryRowContext(ctx, `SELECT `+personColumns+` FROM person WHERE id = $1`, id))
}

// PersonByFiscalCode reads one by codice fiscale in capitals, or CodeNone.
func (q *Queries) PersonByFiscalCode(ctx context.Context, code string) (Person, error) {
	return scanPerson(q.q.QueryRowContext(ctx, `SELECT `+personColumns+` FROM person WHERE fiscal_code = $1`, code))
}

// LockPerson reads one by id, or CodeNone, and lets others that want to change the same person wait until this transaction ends.
// Whoever locks a member as well locks the member first.
func (tx *Tx) LockPerson(ctx context.Context, id string) (Person, error) {
	return scanPerson(tx.q.QueryRowContext(ctx, `UPDATE person SET place = place WHERE id = $1 RETURNING `+personColumns, id))
}

// People lists whom a membership covers, the holder first.
func (q *Queries) People(ctx context.Context, memberID string) ([]Person, error) {
	return q.persons(ctx, `SELECT `+personColumns+` FROM person WHERE member_id = $1 ORDER BY place, id`, memberID)
}

// Archive lists everybody, memberships together and each holder first; who has none comes first of all.
func (q *Queries) Archive(ctx context.Context) ([]Person, error) {
	return q.persons(ctx, `SELECT `+personColumns+` FROM person ORDER BY member_id, place, id`)
}

func (q *Queries) persons(ctx context.Context, query string, args ...any) ([]Person, error) {
	rows, err := q.q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, failed("store.people", err)
	}
	defer func() { _ = rows.Close() }()
	all := []Person{}
	for rows.Next() {
		p, err := scanPerson(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, failed("store.people", rows.Err())
}

// PutPerson adds a person, or changes the one with that id.
func (tx *Tx) PutPerson(ctx context.Context, p Person) error {
	details, err := json.Marshal(p.Details)
	if err != nil {
		return err
	}
	dossier := 0
	if p.Dossier {
		dossier = 1
	}
	return tx.exec(ctx, "store.put-person", `INSERT INTO person (`+personColumns+`)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
		ON CONFLICT (id) DO UPDATE SET member_id = excluded.member_id, place = excluded.place, role = excluded.role,
		fiscal_code = excluded.fiscal_code, given_name = excluded.given_name, family_name = excluded.family_name, born = excluded.born,
		sex = excluded.sex, birth_place = excluded.birth_place, details = excluded.details, dossier = excluded.dossier,
		mobile = excluded.mobile, code = excluded.code`,
		string(p.ID), p.Member, p.Place, string(p.Role), p.FiscalCode, p.GivenName, p.FamilyName, p.DateOfBirth.String(), string(p.Sex),
		p.BirthPlace, string(details), dossier, p.Mobile, p.Code)
}
