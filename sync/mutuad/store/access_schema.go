package store

// schema2 (November 2026): who may come in, and how they prove it. Hashes are those of package secret unless they say otherwise.
const schema2 = `
ALTER TABLE device ADD COLUMN public_key TEXT NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN last_seen BIGINT NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN destroy BIGINT NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN share TEXT NOT NULL DEFAULT '';
CREATE INDEX device_member ON device (member_id);
CREATE TABLE account (
	member_id TEXT PRIMARY KEY REFERENCES member(id),
	state TEXT NOT NULL,
	password_at BIGINT NOT NULL,
	password_by TEXT NOT NULL
);
CREATE TABLE user_alias (
	name TEXT PRIMARY KEY,
	member_id TEXT NOT NULL REFERENCES member(id)
);
CREATE TABLE enrolment (
	id TEXT PRIMARY KEY,
	ticket TEXT NOT NULL UNIQUE,
	kind TEXT NOT NULL,
	member_id TEXT NOT NULL,
	step TEXT NOT NULL,
	user_name TEXT NOT NULL,
	password TEXT NOT NULL,
	email TEXT NOT NULL,
	mobile TEXT NOT NULL,
	data TEXT NOT NULL,
	failures BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL
);
CREATE INDEX enrolment_user ON enrolment (user_name);
CREATE INDEX enrolment_member ON enrolment (member_id);
CREATE INDEX enrolment_expires ON enrolment (expires_at);
CREATE TABLE code (
	owner TEXT NOT NULL,
	channel TEXT NOT NULL,
	hash TEXT NOT NULL,
	link TEXT NOT NULL,
	sent_to TEXT NOT NULL,
	tries BIGINT NOT NULL,
	sent_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	PRIMARY KEY (owner, channel)
);
CREATE INDEX code_link ON code (link);
CREATE INDEX code_expires ON code (expires_at);
CREATE TABLE factor (
	member_id TEXT PRIMARY KEY REFERENCES member(id),
	secret TEXT NOT NULL,
	pending TEXT NOT NULL,
	counter BIGINT NOT NULL
);
CREATE TABLE recovery (
	hash TEXT PRIMARY KEY,
	member_id TEXT NOT NULL REFERENCES member(id),
	pending BIGINT NOT NULL,
	used_at BIGINT NOT NULL
);
CREATE INDEX recovery_member ON recovery (member_id);
CREATE TABLE bucket (
	name TEXT PRIMARY KEY,
	empty_at BIGINT NOT NULL
);
CREATE INDEX bucket_empty ON bucket (empty_at);
`
