package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	"modernc.org/sqlite"               // driver "sqlite"

	"github.com/sodale/sodale/app/fault"
)

// Store is one open database. It is safe for concurrent use; its embedded Queries read what is committed.
type Store struct {
	*Queries
	db    *sql.DB
	batch *batcher // nil where the database lets many write at once
}

// Queries are the questions that can be asked inside and outside a transaction.
type Queries struct{ q querier }

// Tx is one transaction: the questions, and the changes.
type Tx struct{ *Queries }

type querier interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

const readers = 4 // connections that read SQLite beside the writer

// OpenSQLite opens or makes the database file, for its owner's eyes only, and brings its schema up to date. Other
// processes may have it open too.
func OpenSQLite(ctx context.Context, path string) (*Store, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fault.Wrap(CodeOpen, "store.open", "", err)
	}
	if err := file.Close(); err != nil {
		return nil, fault.Wrap(CodeOpen, "store.open", "", err)
	}
	pragmas := url.Values{"_pragma": {"busy_timeout(20000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "secure_delete(1)"}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+pragmas.Encode())
	if err != nil {
		return nil, fault.Wrap(CodeOpen, "store.open", "", err)
	}
	db.SetMaxOpenConns(1 + readers)
	db.SetMaxIdleConns(readers)
	writer, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(fault.Wrap(CodeOpen, "store.open", "", err), db.Close())
	}
	return open(ctx, &Store{Queries: &Queries{&prepared{on: db}}, db: db, batch: newBatcher(writer)})
}

// OpenPostgres connects to a PostgreSQL-compatible server and brings its schema up to date.
func OpenPostgres(ctx context.Context, databaseURL string) (*Store, error) {
	db, err := sql.Open("pgx", databaseURL)
	if err != nil {
		return nil, fault.Wrap(CodeOpen, "store.open", "", err)
	}
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	return open(ctx, &Store{Queries: &Queries{db}, db: db})
}

func open(ctx context.Context, s *Store) (*Store, error) {
	if err := s.migrate(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close closes the database. No write may be under way or follow.
func (s *Store) Close() error {
	if s.batch == nil {
		return s.db.Close()
	}
	return errors.Join(s.batch.close(), s.db.Close())
}

// retries is how often a transaction that collided with another is tried again.
const retries = 10

// Write runs f in one transaction and returns after the commit; after an error nothing of it is there. f runs again
// when the transaction collided with another, so it must not change anything but its transaction and its own results.
// On SQLite, writes that wait at the same time share a commit.
// A caller that goes away does not cut a transaction in two: it ends all the same.
func (s *Store) Write(ctx context.Context, f func(*Tx) error) error {
	ctx = context.WithoutCancel(ctx)
	try := s.try
	if s.batch != nil {
		try = s.batch.write
	}
	for attempt := 0; ; attempt++ {
		err := try(ctx, f)
		if err == nil || attempt == retries || !collided(err) {
			return err
		}
		time.Sleep(time.Duration(attempt+1) * 5 * time.Millisecond)
	}
}

// try runs f in a transaction of its own.
func (s *Store) try(ctx context.Context, f func(*Tx) error) error {
	t, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return failed("store.begin", err)
	}
	defer func() { _ = t.Rollback() }() // after the commit it does nothing
	if err := run(&Tx{&Queries{steady{t}}}, f); err != nil {
		return err
	}
	if err := t.Commit(); err != nil {
		return failed("store.commit", err)
	}
	return nil
}

// collided reports whether the database asks to run the transaction again.
func collided(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == "40001" || pg.Code == "40P01" // serialisation failure, deadlock
	}
	var lite *sqlite.Error
	return errors.As(err, &lite) && lite.Code()&0xff == 5 // SQLITE_BUSY
}

// failed gives an error of the driver its code. A row that is not there is CodeNone.
func failed(op string, err error) error {
	if err == nil {
		return nil
	}
	if errors.Is(err, sql.ErrNoRows) {
		return fault.Wrap(CodeNone, op, "", err)
	}
	return fault.Wrap(CodeFailed, op, "", err)
}

// micros is how an instant is stored: microseconds since 1970, UTC; the zero Time is 0.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

func instant(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// Setting reads one setting, or CodeNone.
func (q *Queries) Setting(ctx context.Context, name string) (string, error) {
	var value string
	err := q.q.QueryRowContext(ctx, `SELECT value FROM setting WHERE name = $1`, name).Scan(&value)
	return value, failed("store.setting", err)
}

// Set writes one setting.
func (tx *Tx) Set(ctx context.Context, name, value string) error {
	return tx.exec(ctx, "store.set", `INSERT INTO setting (name, value) VALUES ($1, $2)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
}

func (tx *Tx) exec(ctx context.Context, op, query string, args ...any) error {
	_, err := tx.q.ExecContext(ctx, strings.TrimSpace(query), args...)
	return failed(op, err)
}
