package storage

import (
	"context"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
)

// age0 turns a vault into one of schema 0, whose claims have no IBAN: the shape before the first.
func age0(t *testing.T, dir, code string) {
	t.Helper()
	s := reopen(t, dir, code, Options{Clock: standing(damageStart)})
	defer s.Close()
	old := map[*domain]*chamber{}
	var entries []entry
	for d, c := range s.chambers {
		of, err := c.load(s.mapped())
		if err != nil {
			t.Fatal(err)
		}
		entries = append(entries, of...)
		old[d] = &chamber{domain: d, keys: c.keys}
	}
	records, err := s.reseal(old, entries, 100)
	if err == nil {
		err = s.rebuild(old, records, 0, 101)
	}
	if err == nil {
		err = s.replace("first")
	}
	if err == nil {
		s.slots.Schema = 0
		err = s.writeSlots(s.slots)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.changed = false
}

// toOne is the migration from schema 0: every claim gets an IBAN.
func toOne(entries []entry) ([]entry, error) {
	for i := range entries {
		if entries[i].bucket == claims {
			entries[i].record.Data = []byte(strings.Replace(string(entries[i].record.Data), `"iban":""`, `"iban":"migrated"`, 1))
		}
	}
	return entries, nil
}

func TestAnOlderVaultIsMigratedAndTheOldFileIsKept(t *testing.T) {
	dir, code, ids, op := cheapVault(t)
	age0(t, dir, code)
	o := Options{Clock: standing(damageStart), migrations: map[uint32]migration{0: toOne}}
	for range 2 { // the second time it is of this schema already
		s := reopen(t, dir, code, o)
		c, err := s.Claim(context.Background(), ids[0])
		if err != nil || c.IBAN != "migrated" || s.Damage() != nil {
			t.Fatalf("%+v, %v, damage %v", c, err, s.Damage())
		}
		if sub, err := s.Frozen(context.Background(), op); err != nil || string(sub.Body) != "sealed" {
			t.Fatalf("%+v, %v", sub, err)
		}
		s.Close()
		o.migrations = nil
	}
	if _, err := os.Stat(filepath.Join(dir, "vault.db.pre-v0")); err != nil {
		t.Fatal(err)
	}
}

func TestAMigrationThatFailsLeavesTheVaultAsItWas(t *testing.T) {
	dir, code, _, _ := cheapVault(t)
	age0(t, dir, code)
	before, err := os.ReadFile(filepath.Join(dir, fileDatabase))
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(dir, Options{}) // no way from schema 0 is known
	if err != nil {
		t.Fatal(err)
	}
	if err := s.UnlockWithRecovery(context.Background(), code); fault.CodeOf(err) != identity.CodeDamaged {
		t.Fatalf("got %v", err)
	}
	s.Close()
	if after, err := os.ReadFile(filepath.Join(dir, fileDatabase)); err != nil || string(after) != string(before) {
		t.Fatalf("the database was touched, %v", err)
	}
}

func TestADatabaseOfANewerVersionIsRefused(t *testing.T) {
	dir, _, _, _ := cheapVault(t)
	db, err := openBolt(filepath.Join(dir, fileDatabase))
	if err != nil {
		t.Fatal(err)
	}
	tx, err := db.Begin(true)
	if err != nil {
		t.Fatal(err)
	}
	if err := tx.Bucket([]byte(bucketMeta)).Put([]byte(keySchema), binary.BigEndian.AppendUint32(nil, Schema+1)); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if _, err := Open(dir, Options{}); fault.CodeOf(err) != identity.CodeNewer {
		t.Fatalf("got %v", err)
	}
}

// The vault in testdata was written by the first version. Its recovery code is public: it holds one invented draft.
func TestAVaultOfTheFirstVersionStillOpens(t *testing.T) {
	files, err := filepath.Glob("testdata/version1/*")
	if err != nil || len(files) < 3 {
		t.Fatalf("%d files of the first version, %v", len(files), err)
	}
	content := map[string][]byte{}
	for _, path := range files {
		if content[filepath.Base(path)], err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	code := strings.TrimSpace(string(content["code"]))
	delete(content, "code")
	dir := filepath.Join(t.TempDir(), "vault")
	writeFolder(t, dir, content)
	s, err := Open(dir, Options{Strict: true, Clock: standing(damageStart)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Greeting() != "Elena" {
		t.Errorf("greeting %q", s.Greeting())
	}
	if err := s.UnlockWithRecovery(context.Background(), code); err != nil {
		t.Fatal(err)
	}
	list, err := s.Claims(context.Background())
	if err != nil || len(list) != 3 {
		t.Fatalf("%+v, %v", list, err)
	}
	if s.Device() != "" || s.User() != "" || s.Key() != nil || s.Stale() || s.ShareKept() || s.HasKeyring() || s.Instance() == "" {
		t.Error("it knows what the first version did not")
	}
	takesUp(t, s, dir)
}

// takesUp does with a vault of the first version what that version could not.
func takesUp(t *testing.T, s *Store, dir string) {
	t.Helper()
	ctx := context.Background()
	e := member.Edit{Change: member.Change{Person: "elena", Mine: member.Details{EMail: "elena@example.org"}}}
	if err := s.Resolve(ctx, e, []member.Past{{Person: "elena", Field: member.FieldEMail}}); err != nil {
		t.Fatal(err)
	}
	f := request.Filed{ID: "s", OpID: "o", Revision: 1, Kind: submission.KindConsent, Consent: &privacy.Answer{Consent: "newsletter"}}
	if err := s.FreezeRequest(ctx, request.Request{Filed: f}, submission.Submission{OpID: "o", Kind: f.Kind, Subject: "s", Revision: 1}); err != nil {
		t.Fatal(err)
	}
	share, err := s.NewShare(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.KeepShare(ctx); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if s, err = Open(dir, Options{Strict: true, Clock: standing(damageStart)}); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.UnlockWithShare(ctx, share); err != nil {
		t.Fatal(err)
	}
	if edits, err := s.Edits(ctx); err != nil || len(edits) != 1 || edits[0].Mine.EMail != "elena@example.org" {
		t.Errorf("%+v, %v", edits, err)
	}
	if list, err := s.Requests(ctx); err != nil || len(list) != 1 || list[0].Delivery.Status != submission.Queued {
		t.Errorf("%+v, %v", list, err)
	}
}
