// Package storetest lets one suite of tests run on every database that mutuad works with.
package storetest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"net/url"
	"os"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
)

// Variable names the PostgreSQL server for tests, as a URL or as "host=… user=…". Where it is
// empty, the suite runs on SQLite alone and says so.
const Variable = "SODALE_POSTGRES"

// Each runs test once for each database, with the URL for archive.Options: "" is SQLite. On PostgreSQL every test has a
// schema of its own, dropped at its end.
func Each(t *testing.T, test func(t *testing.T, databaseURL string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, "") })
	server := os.Getenv(Variable)
	if server == "" {
		t.Logf("PostgreSQL left out: %s names no server", Variable)
		return
	}
	t.Run("postgres", func(t *testing.T) { test(t, schema(t, server)) })
}

// schema makes an empty schema and returns how to connect so as to work in it.
func schema(t *testing.T, server string) string {
	t.Helper()
	var b [8]byte
	if _, err := rand.Read(b[:]); err != nil {
		t.Fatal(err)
	}
	name := "t" + hex.EncodeToString(b[:])
	run(t, server, "CREATE SCHEMA "+name)
	t.Cleanup(func() { run(t, server, "DROP SCHEMA "+name+" CASCADE") })
	address, err := url.Parse(server)
	if err != nil || address.Scheme == "" { // "host=… user=…"
		return server + " search_path=" + name
	}
	query := address.Query()
	query.Set("search_path", name)
	address.RawQuery = query.Encode()
	return address.String()
}

func run(t *testing.T, server, statement string) {
	t.Helper()
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(context.Background(), statement); err != nil {
		t.Fatal(err)
	}
}
