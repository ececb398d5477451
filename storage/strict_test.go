package storage

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	bolt "go.etcd.io/bbolt"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/submission"
)

// TestMain lets the test binary be the child that checks a database.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == CheckVerb {
		os.Exit(RunCheck(os.Args[2:]))
	}
	if os.Getenv(crashVault) != "" {
		crashChild()
	}
	if err := flag.Set("rapid.checks", "30"); err != nil { // unless the command line says otherwise
		panic(err)
	}
	os.Exit(m.Run())
}

// cheapVault copies a vault with three drafts and one submission: deriving a key takes its time.
func cheapVault(t testing.TB) (dir, code string, ids []claim.ID, op string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "vault")
	cheap.once.Do(func() {
		at := filepath.Join(t.TempDir(), "cheap")
		cheap.code, cheap.ids, cheap.op = makeCheapVault(t, at)
		cheap.files = map[string][]byte{}
		for _, name := range []string{fileSlots, fileCourier, fileDatabase, filePrevious} {
			data, err := os.ReadFile(filepath.Join(at, name))
			if err != nil {
				t.Fatal(err)
			}
			cheap.files[name] = data
		}
	})
	writeFolder(t, dir, cheap.files)
	return dir, cheap.code, cheap.ids, cheap.op
}

// cheap is what cheapVault copies.
var cheap struct {
	once  sync.Once
	files map[string][]byte
	code  string
	ids   []claim.ID
	op    string
}

func makeCheapVault(t testing.TB, dir string) (code string, ids []claim.ID, op string) {
	t.Helper()
	code, err := Create(dir, Options{Clock: standing(damageStart)}, []byte("password"), Setup{Greeting: "Elena"})
	if err != nil {
		t.Fatal(err)
	}
	s := reopen(t, dir, code, Options{Clock: standing(damageStart)})
	defer s.Close()
	r := rand.New(rand.NewPCG(3, 3))
	var c claim.Claim
	for range 3 {
		if c, err = s.SaveDraft(context.Background(), claim.Claim{ID: claim.ID(uuid(r)), Open: true, EditedAt: damageStart}); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, c.ID)
	}
	c.Revision, c.OpID, c.Open = 1, uuid(r), false
	if _, err = s.Freeze(context.Background(), c, submission.Submission{OpID: c.OpID, Subject: string(c.ID), Revision: 1, Body: []byte("sealed")}); err != nil {
		t.Fatal(err)
	}
	return code, ids, c.OpID
}

// meddle changes the database behind the vault's back, with its structure kept sound.
func meddle(t testing.TB, dir string, change func(tx *bolt.Tx) error) {
	t.Helper()
	db, err := openBolt(filepath.Join(dir, fileDatabase))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(change), db.Close()); err != nil {
		t.Fatal(err)
	}
}

// keyOf returns where a record lies.
func keyOf(t testing.TB, dir, code string, b *bucket, name string) []byte {
	t.Helper()
	s := reopen(t, dir, code, Options{Clock: standing(damageStart)})
	defer s.Close()
	key := s.chambers[domainOf(b)].keys.Key(b.id, name)
	return key[:]
}

func TestARecordThatWasMovedOrChangedIsRefusedAndNamed(t *testing.T) {
	dir, code, ids, op := cheapVault(t)
	a, b := keyOf(t, dir, code, claims, string(ids[0])), keyOf(t, dir, code, claims, string(ids[1]))
	d := keyOf(t, dir, code, deliveries, op)
	files := map[string][]byte{}
	for _, name := range []string{fileSlots, fileCourier, fileDatabase} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = data
	}
	for name, c := range map[string]struct {
		change func(tx *bolt.Tx) error
		code   fault.Code
		item   string
	}{
		"moved to another key": {func(tx *bolt.Tx) error {
			claimsOf := tx.Bucket([]byte(claims.name))
			return claimsOf.Put(b, bytes.Clone(claimsOf.Get(a)))
		}, identity.CodeRecord, "claims/" + string(ids[1])},
		"moved to another bucket": {func(tx *bolt.Tx) error {
			return tx.Bucket([]byte(inbox.name)).Put(a, bytes.Clone(tx.Bucket([]byte(claims.name)).Get(a)))
		}, identity.CodeRecord, "inbox/"},
		"a bit flipped": {func(tx *bolt.Tx) error {
			raw := bytes.Clone(tx.Bucket([]byte(claims.name)).Get(a))
			raw[60] ^= 4
			return tx.Bucket([]byte(claims.name)).Put(a, raw)
		}, identity.CodeRecord, "claims/" + string(ids[0])},
		"a bit flipped in a delivery": {func(tx *bolt.Tx) error {
			raw := bytes.Clone(tx.Bucket([]byte(deliveries.name)).Get(d))
			raw[3] ^= 4
			return tx.Bucket([]byte(deliveries.name)).Put(d, raw)
		}, identity.CodeRecord, "deliveries/" + op},
		"gone": {func(tx *bolt.Tx) error { return tx.Bucket([]byte(claims.name)).Delete(a) }, identity.CodeMissing, "claims/" + string(ids[0])},
	} {
		writeFolder(t, dir, files)
		meddle(t, dir, c.change)
		s, err := Open(dir, Options{Strict: true})
		if err != nil {
			t.Fatal(err)
		}
		err = s.UnlockWithRecovery(context.Background(), code)
		var f *fault.Error
		if !errors.As(err, &f) || f.Code != c.code || !strings.HasPrefix(f.Item, c.item) {
			t.Errorf("%s: %v, want %s of %s", name, err, c.code, c.item)
		}
		if _, err := s.Claims(context.Background()); err == nil {
			t.Errorf("%s: the vault is open all the same", name)
		}
		if list, err := s.Deliveries(context.Background()); err == nil && len(list) == 1 {
			if _, err := s.Move(context.Background(), op, submission.Start, nil); err != nil {
				t.Errorf("%s: the outbox does not go on: %v", name, err)
			}
		}
		s.Close()
	}
}

func TestAnOldRecordPutBackIsMissedByTheManifest(t *testing.T) {
	dir, code, ids, _ := cheapVault(t)
	key := keyOf(t, dir, code, claims, string(ids[0]))
	var old []byte
	meddle(t, dir, func(tx *bolt.Tx) error {
		old = bytes.Clone(tx.Bucket([]byte(claims.name)).Get(key))
		return nil
	})
	s := reopen(t, dir, code, Options{Clock: standing(damageStart)})
	c, err := s.Claim(context.Background(), ids[0])
	if err == nil {
		c.IBAN = "IT60"
		_, err = s.SaveDraft(context.Background(), c)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	meddle(t, dir, func(tx *bolt.Tx) error { return tx.Bucket([]byte(claims.name)).Put(key, old) })
	s, err = Open(dir, Options{Strict: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.UnlockWithRecovery(context.Background(), code)
	var f *fault.Error
	if !errors.As(err, &f) || f.Code != identity.CodeMissing || f.Item != "claims/"+string(ids[0]) {
		t.Fatalf("got %v", err)
	}
}

func TestTheDamagedFileIsKeptAsideAndTheLossIsTold(t *testing.T) {
	dir, code, ids, _ := cheapVault(t)
	key := keyOf(t, dir, code, claims, string(ids[0]))
	os.Remove(filepath.Join(dir, filePrevious))
	meddle(t, dir, func(tx *bolt.Tx) error {
		raw := bytes.Clone(tx.Bucket([]byte(claims.name)).Get(key))
		raw[60] ^= 4
		return tx.Bucket([]byte(claims.name)).Put(key, raw)
	})
	damaged, err := os.ReadFile(filepath.Join(dir, fileDatabase))
	if err != nil {
		t.Fatal(err)
	}
	s := reopen(t, dir, code, Options{Clock: standing(damageStart)})
	defer s.Close()
	d := s.Damage()
	if d == nil || d.Code != identity.CodeDamaged {
		t.Fatalf("damage %v", d)
	}
	aside, err := filepath.Glob(filepath.Join(dir, fileDatabase+suffixAside+"*"))
	if err != nil || len(aside) != 1 {
		t.Fatalf("aside %v, %v", aside, err)
	}
	if kept, err := os.ReadFile(aside[0]); err != nil || !bytes.Equal(kept, damaged) {
		t.Fatalf("the file aside is another, %v", err)
	}
	list, err := s.Claims(context.Background())
	if err != nil || len(list)+strings.Count(d.Values["Lost"], "claims/") != 3 {
		t.Fatalf("%d claims, lost %q, %v", len(list), d.Values["Lost"], err)
	}
}

func TestTheCheckInAChildTellsSoundFromDamaged(t *testing.T) {
	dir, code, _, _ := cheapVault(t)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	if err := CheckInChild(ctx, exe, dir); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, fileDatabase)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := 2 * 4096; at < 12*4096; at += 4096 {
		clear(data[at : at+512])
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := CheckInChild(ctx, exe, dir); fault.CodeOf(err) != identity.CodeDamaged {
		t.Fatalf("got %v", err)
	}
	s, err := Open(dir, Options{Distrust: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Deliveries(ctx); fault.CodeOf(err) != identity.CodeDamaged {
		t.Fatalf("the outbox of a damaged vault answers %v", err)
	}
	if err := s.UnlockWithRecovery(ctx, code); err != nil || s.Damage() == nil {
		t.Fatalf("%v, damage %v", err, s.Damage())
	}
	if err := exec.Command(exe, CheckVerb, filepath.Join(dir, "nowhere")).Run(); err == nil {
		t.Fatal("a folder that is not there is sound")
	}
}
