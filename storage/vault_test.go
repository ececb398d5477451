package storage_test

import (
	"context"
	"crypto/rand"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/id"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/storage"
)

// password and household are those of every test vault.
var (
	password  = []byte("un cavallo corretto")
	household = member.Household{Number: "000000003423", EMail: "elena@example.org", IBAN: "IT60X0542811101000000123456", Version: 3,
		Holder: member.Person{ID: "elena", Role: member.Holder, GivenName: "Elena", FamilyName: "Marchetti",
			FiscalCode: "MRCLNE80A41F205D", DateOfBirth: civil.Date{Year: 1980, Month: 1, Day: 1}},
		Family: []member.Person{{ID: "paolo", Role: member.Spouse, GivenName: "Paolo", FamilyName: "Marchetti"}}}
	cards = []card.Card{{Number: "000000003423", Name: "Elena Marchetti", Code: "SODALE1.code"}}
	start = time.Date(2026, 11, 16, 9, 41, 0, 0, time.UTC)
)

func setup() storage.Setup {
	return storage.Setup{Household: household, Cards: cards, Profile: []byte(`{"id": "aurora"}`), Identity: "AGE-SECRET-KEY-1TEST",
		Tokens: storage.Tokens{Upload: "up-token", Full: "full-token"}, Greeting: "Elena"}
}

// handClock is moved by hand.
type handClock struct{ now time.Time }

func (c *handClock) Now() time.Time { return c.now }

// fresh makes one vault, which newVault copies: deriving a key takes its time.
var fresh = sync.OnceValues(func() (fs.FS, string) {
	dir, err := os.MkdirTemp("", "vault")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	code, err := storage.Create(dir, storage.Options{Clock: &handClock{start}}, password, setup())
	if err != nil {
		panic(err)
	}
	files := fstest.MapFS{}
	if err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		name := strings.TrimPrefix(path, dir+string(os.PathSeparator))
		if err != nil || path == dir {
			return err
		}
		f := &fstest.MapFile{Mode: 0o600}
		if d.IsDir() {
			f.Mode = fs.ModeDir | 0o700
		} else if f.Data, err = os.ReadFile(path); err != nil {
			return err
		}
		files[filepath.ToSlash(name)] = f
		return nil
	}); err != nil {
		panic(err)
	}
	return files, code
})

// newVault makes a vault and returns its folder and its recovery code.
func newVault(t testing.TB) (dir, code string) {
	t.Helper()
	files, code := fresh()
	dir = filepath.Join(t.TempDir(), "vault")
	if err := os.CopyFS(dir, files); err != nil {
		t.Fatal(err)
	}
	return dir, code
}

// openVault opens a vault, unlocks it by its recovery code, which needs no slow hash, and closes it when the test ends.
func openVault(t testing.TB, dir, code string, o storage.Options) *storage.Store {
	t.Helper()
	if o.Clock == nil {
		o.Clock = &handClock{start}
	}
	s, err := storage.Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.UnlockWithRecovery(context.Background(), code); err != nil {
		t.Fatal(err)
	}
	return s
}

func newID(t testing.TB) string {
	t.Helper()
	s, err := id.New(start, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// aDraft is a draft with one document, not stored yet.
func aDraft(t testing.TB, provider string) claim.Claim {
	return claim.Claim{ID: claim.ID(newID(t)), Holder: "elena", Procedure: claim.Standard, Open: true, CreatedAt: start, EditedAt: start,
		Documents: []claim.ExpenseDocument{{ID: newID(t), Type: claim.Invoice, Person: "elena", Service: claim.Visit, Amount: 3615,
			Number: "2026/004817", Province: "MI", Provider: provider, Attachments: []claim.Attachment{}}}}
}

func saved(t testing.TB, s *storage.Store, c claim.Claim) claim.Claim {
	t.Helper()
	c, err := s.SaveDraft(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func wantCode(t testing.TB, err error, code fault.Code) {
	t.Helper()
	if fault.CodeOf(err) != code {
		t.Fatalf("got %v, want %s", err, code)
	}
}

func TestASavedDraftIsThereAfterTheVaultWasClosedAndOpenedAgain(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	c := saved(t, s, aDraft(t, "Ospedale San Rocco"))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openVault(t, dir, code, storage.Options{})
	back, err := s.Claim(context.Background(), c.ID)
	if err != nil || back.Documents[0].Provider != "Ospedale San Rocco" || back.Version != 1 {
		t.Fatalf("read %+v, %v", back, err)
	}
	if s.Damage() != nil {
		t.Fatal(s.Damage())
	}
}
