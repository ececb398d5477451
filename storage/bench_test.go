//go:build bench

package storage

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io"
	mathrand "math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	bolt "go.etcd.io/bbolt"
	_ "modernc.org/sqlite"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/storage/disk"
)

// report prints one figure as `make bench` gathers it. best is the limit to stay below.
func report(name string, ratio, limit float64, note string) {
	verdict := "missed"
	if ratio <= limit {
		verdict = "reached"
	}
	fmt.Printf("BENCH\t%s\t%.2f\t<= %.2f\t%s\t%s\n", name, ratio, limit, verdict, note)
}

// interleave runs every function once a round and returns their medians.
func interleave(t *testing.T, rounds int, runs ...func(i int) error) []time.Duration {
	t.Helper()
	times := make([][]time.Duration, len(runs))
	for i := range rounds {
		for r, run := range runs {
			began := time.Now()
			if err := run(i); err != nil {
				t.Fatal(err)
			}
			times[r] = append(times[r], time.Since(began))
		}
	}
	medians := make([]time.Duration, len(runs))
	for r := range times {
		slices.Sort(times[r])
		medians[r] = times[r][len(times[r])/2]
	}
	return medians
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

// benchVault is an open vault with n claims of about 1 KiB.
func benchVault(t *testing.T, dir string, n int) (*Store, string, []claim.Claim) {
	t.Helper()
	code, err := Create(dir, Options{}, []byte("password"), Setup{Greeting: "Elena"})
	if err != nil {
		t.Fatal(err)
	}
	s := reopen(t, dir, code, Options{})
	r := mathrand.New(mathrand.NewPCG(1, 1))
	list := make([]claim.Claim, 0, n)
	for len(list) < n {
		var w writes
		for range min(500, n-len(list)) {
			c := claim.Claim{ID: claim.ID(uuid(r)), Open: true, EditedAt: time.Now(), Version: 1, Documents: []claim.ExpenseDocument{
				{ID: uuid(r), Amount: 3615, Provider: "Ospedale San Rocco", Notes: strings.Repeat("nota ", 60), Number: "2026/004817"}}}
			w.put(claims, string(c.ID), c)
			s.personal.keep(c)
			list = append(list, c)
		}
		if err := s.commit("draft", w); err != nil {
			t.Fatal(err)
		}
	}
	return s, code, list
}

func TestBenchDraft(t *testing.T) {
	for _, n := range []int{100, 10000} {
		dir := t.TempDir()
		s, _, list := benchVault(t, filepath.Join(dir, "vault"), n)
		raw, err := os.OpenFile(filepath.Join(dir, "raw"), os.O_CREATE|os.O_RDWR, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := raw.Write(make([]byte, 4<<20)); err != nil {
			t.Fatal(err)
		}
		if err := raw.Sync(); err != nil {
			t.Fatal(err)
		}
		page := make([]byte, 4096)
		rand.Read(page)
		db := benchSQLite(t, dir, n)
		bare, err := openBolt(filepath.Join(dir, "bare.db"))
		if err != nil {
			t.Fatal(err)
		}
		defer bare.Close()
		if err := bare.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("b")); return err }); err != nil {
			t.Fatal(err)
		}
		ctx := context.Background()
		c := list[n/2]
		m := interleave(t, 400, func(i int) error {
			c.Documents[0].Notes = fmt.Sprintf("%d", i) + c.Documents[0].Notes[:290]
			c, err = s.SaveDraft(ctx, c)
			return err
		}, func(i int) error {
			if _, err := raw.WriteAt(page, int64(i%1000)*4096); err != nil {
				return err
			}
			return fdatasync(raw)
		}, func(i int) error {
			page[i%2048]++ // an update with the same bytes would write nothing
			_, err := db.Exec("UPDATE draft SET body = ? WHERE id = ?", page[:2048], n/2)
			return err
		}, func(i int) error {
			return bare.Update(func(tx *bolt.Tx) error { return tx.Bucket([]byte("b")).Put(page[:16], page[:2048]) })
		})
		note := fmt.Sprintf("%d claims: draft %v, raw %v, SQLite %v, bare bbolt %v", n, m[0], m[1], m[2], m[3])
		report(fmt.Sprintf("draft/raw-4k/%d", n), ratio(m[0], m[1]), 3, note)
		report(fmt.Sprintf("draft/sqlite-wal-full/%d", n), ratio(m[0], m[2]), 1.5, note)
		s.Close()
	}
}

func benchSQLite(t *testing.T, dir string, n int) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "baseline.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	body := make([]byte, 2048)
	if _, err := tx.Exec("CREATE TABLE draft (id INTEGER PRIMARY KEY, body BLOB)"); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		rand.Read(body)
		if _, err := tx.Exec("INSERT INTO draft VALUES (?, ?)", i, body); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	return db
}

func TestBenchAttachment(t *testing.T) {
	dir := t.TempDir()
	s, _, _ := benchVault(t, filepath.Join(dir, "vault"), 10)
	defer s.Close()
	member, _ := age.GenerateX25519Identity()
	mutual, _ := age.GenerateX25519Identity()
	data := make([]byte, 2<<20)
	rand.Read(data)
	ctx := context.Background()
	m := interleave(t, 60, func(i int) error {
		_, err := s.PutBlob(ctx, func(w io.Writer) error {
			sealed, err := age.Encrypt(w, member.Recipient(), mutual.Recipient())
			if err != nil {
				return err
			}
			if _, err := sealed.Write(data); err != nil {
				return err
			}
			return sealed.Close()
		})
		return err
	}, func(i int) error {
		f, err := os.Create(filepath.Join(dir, fmt.Sprintf("raw-%d", i)))
		if err != nil {
			return err
		}
		if _, err := f.Write(data); err != nil {
			return err
		}
		if err := f.Sync(); err != nil {
			return err
		}
		return f.Close()
	}, func(i int) error {
		sum := sha256.Sum256(data)
		path := filepath.Join(dir, hex.EncodeToString(sum[:])+fmt.Sprint(i))
		return disk.WriteFile(path, data)
	})
	report("attachment/fresh-file", ratio(m[0], m[1]), 1.3, fmt.Sprintf("sealed %v, raw file + fsync %v, raw file + fsync + rename + folder %v", m[0], m[1], m[2]))
}

func TestBenchUnlockAndList(t *testing.T) {
	dir := t.TempDir()
	small, codeSmall, _ := benchVault(t, filepath.Join(dir, "small"), 0)
	large, codeLarge, _ := benchVault(t, filepath.Join(dir, "large"), 10000)
	small.Close()
	large.Close()
	ctx := context.Background()
	var list time.Duration
	open := func(name, code string) func(int) error {
		return func(int) error {
			s, err := Open(filepath.Join(dir, name), Options{})
			if err != nil {
				return err
			}
			defer s.Close()
			if err := s.Unlock(ctx, []byte("password")); err != nil {
				return err
			}
			began := time.Now()
			_, err = s.Claims(ctx)
			list = time.Since(began)
			return err
		}
	}
	_, _ = codeSmall, codeLarge
	m := interleave(t, 9, open("small", codeSmall), open("large", codeLarge))
	report("unlock/10000-claims/empty", ratio(m[1], m[0]), 1.5, fmt.Sprintf("for information: empty %v, 10,000 claims %v, of it the first list %v", m[0], m[1], list))
	s := reopen(t, filepath.Join(dir, "large"), codeLarge, Options{})
	defer s.Close()
	c := interleave(t, 31, func(int) error { _, err := s.Claims(ctx); return err })
	report("list/10000-claims-ms", float64(c[0].Microseconds())/1000, 100, "milliseconds, from memory, for information")
}
