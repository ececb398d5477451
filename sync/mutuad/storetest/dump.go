package storetest

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	_ "modernc.org/sqlite" // driver "sqlite"
)

// Dump reads every row of every table as text, the table's name first: "person|id|…". Without databaseURL it reads the SQLite
// file at path.
func Dump(t *testing.T, databaseURL, path string) []string {
	t.Helper()
	driver, source, tables := "pgx", databaseURL, `SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()`
	if databaseURL == "" {
		driver, source, tables = "sqlite", "file:"+path+"?mode=ro", `SELECT name FROM sqlite_master WHERE type = 'table'`
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var all []string
	for _, table := range texts(t, db, tables) {
		for _, row := range texts(t, db, `SELECT * FROM `+table) {
			all = append(all, table+"|"+row)
		}
	}
	if len(all) == 0 {
		t.Fatal("the database is empty")
	}
	return all
}

// texts reads the rows of a query, their columns as text.
func texts(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for rows.Next() {
		values, into := make([]any, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		var columns []string
		for _, v := range values {
			if raw, ok := v.([]byte); ok {
				v = string(raw)
			}
			columns = append(columns, fmt.Sprint(v))
		}
		all = append(all, strings.Join(columns, "|"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}
