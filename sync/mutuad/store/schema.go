package store

import (
	"context"
	"strconv"

	"github.com/sodale/sodale/app/fault"
)

// migrations bring the schema from one version to the next; version n is reached after migrations[n-1]. A migration
// that was released is never changed. History: 1 (November 2026) first version; 2 who may come in, and how they prove it; 3 the
// archive of people, households, consents and pending contacts; 4 claims that are joined, what was said of each, and notices on their way;
// 5 complaints and questions.
var migrations = []string{schema1, schema2, schema3, schema4, schema5}

// BYTEA is PostgreSQL's word; SQLite keeps the bytes as they are under it.
const schema1 = `
CREATE TABLE member (
	id TEXT PRIMARY KEY,
	number TEXT NOT NULL UNIQUE,
	user_name TEXT NOT NULL UNIQUE,
	password TEXT NOT NULL,
	people TEXT NOT NULL,
	feed_seq BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE device (
	id TEXT PRIMARY KEY,
	member_id TEXT NOT NULL REFERENCES member(id),
	name TEXT NOT NULL,
	token TEXT NOT NULL UNIQUE,
	upload_token TEXT NOT NULL UNIQUE,
	created_at BIGINT NOT NULL,
	revoked_at BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE attempt (
	user_hash TEXT PRIMARY KEY,
	failures BIGINT NOT NULL,
	last_at BIGINT NOT NULL
);
CREATE INDEX attempt_last ON attempt (last_at);
CREATE TABLE blob (
	member_id TEXT NOT NULL REFERENCES member(id),
	digest TEXT NOT NULL,
	size BIGINT NOT NULL,
	have BIGINT NOT NULL,
	complete BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	PRIMARY KEY (member_id, digest)
);
CREATE TABLE claim (
	member_id TEXT NOT NULL REFERENCES member(id),
	subject TEXT NOT NULL,
	protocol TEXT NOT NULL UNIQUE,
	state TEXT NOT NULL,
	revision BIGINT NOT NULL,
	total_cents BIGINT NOT NULL,
	received_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	PRIMARY KEY (member_id, subject)
);
CREATE INDEX claim_subject ON claim (subject);
CREATE INDEX claim_received ON claim (received_at, protocol);
CREATE TABLE revision (
	member_id TEXT NOT NULL REFERENCES member(id),
	subject TEXT NOT NULL,
	revision BIGINT NOT NULL,
	kind TEXT NOT NULL,
	op_id TEXT NOT NULL,
	plain TEXT NOT NULL,
	body BYTEA NOT NULL,
	receipt BYTEA NOT NULL,
	total_cents BIGINT NOT NULL,
	received_at BIGINT NOT NULL,
	PRIMARY KEY (member_id, subject, revision)
);
CREATE TABLE attachment (
	member_id TEXT NOT NULL,
	subject TEXT NOT NULL,
	revision BIGINT NOT NULL,
	position BIGINT NOT NULL,
	id TEXT NOT NULL,
	digest TEXT NOT NULL,
	plain TEXT NOT NULL,
	size BIGINT NOT NULL,
	PRIMARY KEY (member_id, subject, revision, position)
);
CREATE TABLE event (
	member_id TEXT NOT NULL REFERENCES member(id),
	seq BIGINT NOT NULL,
	id TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL,
	subject TEXT NOT NULL,
	at BIGINT NOT NULL,
	words TEXT NOT NULL,
	body BYTEA NOT NULL,
	PRIMARY KEY (member_id, seq)
);
CREATE TABLE counter (
	name TEXT PRIMARY KEY,
	value BIGINT NOT NULL
);
CREATE TABLE audit (
	id TEXT PRIMARY KEY,
	at BIGINT NOT NULL,
	actor TEXT NOT NULL,
	action TEXT NOT NULL,
	member_id TEXT NOT NULL,
	subject TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at);
`

const schema4 = `
ALTER TABLE claim ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN joined_to TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN reply_by TEXT NOT NULL DEFAULT '';
ALTER TABLE claim ADD COLUMN said BYTEA NOT NULL DEFAULT '';
CREATE INDEX claim_joined ON claim (member_id, joined_to);
CREATE INDEX claim_reply ON claim (state, reply_by);
CREATE TABLE notice (
	id TEXT PRIMARY KEY,
	member_id TEXT NOT NULL REFERENCES member(id),
	channel TEXT NOT NULL,
	protocol TEXT NOT NULL,
	about TEXT NOT NULL,
	tries BIGINT NOT NULL,
	due_at BIGINT NOT NULL
);
CREATE INDEX notice_due ON notice (due_at);
`

const settingTable = `CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)`

// Names of settings.
const (
	SettingSchema = "schema" // version of the schema
	SettingEpoch  = "epoch"  // changes when the database was restored from a backup
	SettingMutual = "mutual" // JSON of what the mutual is called
	SettingRules  = "rules"  // JSON of the mutual's rules
)

// migrate brings the schema up to date, and refuses one that is newer than this program, untouched.
func (s *Store) migrate(ctx context.Context) error {
	return s.Write(ctx, func(tx *Tx) error {
		if _, err := tx.q.ExecContext(ctx, settingTable); err != nil {
			return fault.Wrap(CodeOpen, "store.migrate", "", err)
		}
		version, err := tx.schemaVersion(ctx)
		if err != nil {
			return err
		}
		if version > len(migrations) {
			return fault.New(CodeNewer, "store.migrate", strconv.Itoa(version))
		}
		for ; version < len(migrations); version++ {
			if _, err := tx.q.ExecContext(ctx, migrations[version]); err != nil {
				return fault.Wrap(CodeOpen, "store.migrate", strconv.Itoa(version+1), err)
			}
		}
		return tx.Set(ctx, SettingSchema, strconv.Itoa(version))
	})
}

func (q *Queries) schemaVersion(ctx context.Context) (int, error) {
	text, err := q.Setting(ctx, SettingSchema)
	if fault.CodeOf(err) == CodeNone {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	version, err := strconv.Atoi(text)
	if err != nil {
		return 0, fault.Wrap(CodeOpen, "store.migrate", text, err)
	}
	return version, nil
}
