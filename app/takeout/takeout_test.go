package takeout_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/claim/claimtest"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/helpline"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/app/print"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/request/requesttest"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/app/takeout"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// vault is a vault in memory: claims on one side, requests on the other.
type vault struct {
	*claimtest.Vault
	requests *requesttest.Vault
	binned   []claim.Claim
}

func (v vault) Cards(context.Context) ([]card.Card, error) {
	return []card.Card{{Number: "000000003423", Name: "Elena Marchetti", Mutual: "Mutua Aurora"}}, nil
}
func (v vault) Standing(context.Context) (account.Standing, error) {
	return account.Standing{User: "000000003423", FactorOn: true, RecoveryLeft: 9}, nil
}
func (v vault) Binned(context.Context) ([]claim.Claim, error) { return v.binned, nil }
func (v vault) Requests(ctx context.Context) ([]request.Request, error) {
	return v.requests.Requests(ctx)
}
func (v vault) Edits(ctx context.Context) ([]member.Edit, error) { return v.requests.Edits(ctx) }
func (v vault) Past(ctx context.Context) ([]member.Past, error)  { return v.requests.Past(ctx) }
func (v vault) Consents(ctx context.Context) ([]privacy.Answer, error) {
	return v.requests.Consents(ctx)
}
func (v vault) Notices(context.Context) ([]notice.Notice, error) {
	return []notice.Notice{{ID: "n1", Text: "Pratica ricevuta", At: noon}}, nil
}

func (v vault) Said(ctx context.Context, kind string) ([]submission.FeedEvent, error) {
	return v.requests.Said(ctx, kind)
}

func (v vault) LetterDrafts(ctx context.Context) (complaint.Drafts, error) {
	return v.requests.LetterDrafts(ctx)
}

func (v vault) HelpUses(context.Context) ([]helpline.Use, error) {
	return []helpline.Use{{ID: "u1", Plan: "piano-base", Service: "Invio di autoambulanza", Person: "luca", On: civil.Of(noon)}}, nil
}

func household() member.Household {
	return member.Household{Number: "000000003423", Holder: member.Person{ID: "elena", Role: member.Holder, GivenName: "Elena", FamilyName: "Marchetti", FiscalCode: "MRCLNE67C54F205J"},
		Family: []member.Person{{ID: "luca", Role: member.Child, GivenName: "Luca", FamilyName: "Marchetti"}}, EMail: "elena@posta.example", Mobile: "+393330003423",
		IBAN: "IT56N0542801602000000417435", Photo: []byte("\xff\xd8photo"), Home: member.Address{Street: "Via dei Tigli 14", PostCode: "20100", Town: "Milano", Province: "MI"}}
}

// files are what the member attached: the names are hard ones.
var files = []struct{ name, content string }{{"fattura.pdf", "%PDF-1.7 uno"}, {"FATTURA.pdf", "%PDF-1.7 due"}, {"../../etc/passwd", "%PDF-1.7 tre"}, {"con.pdf", "%PDF-1.7 quattro"},
	{strings.Repeat("lungo", 60) + ".pdf", "%PDF-1.7 cinque"}, {"..", "%PDF-1.7 sei"}}

func fill(t testing.TB) (vault, []claim.Attachment) {
	t.Helper()
	clock := claimtest.NewClock(noon)
	v := vault{Vault: claimtest.NewVault(household(), &change.Feed{}), requests: requesttest.NewVault(household())}
	desk := &claim.Desk{Vault: v.Vault, Sealer: claimtest.Sealer{}, Clock: clock, Random: rand.Reader}
	c, err := desk.New(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c.Documents[0].Service, c.Documents[0].Amount, c.Documents[0].Provider = claim.Visit, 4500, "Poliambulatorio Verdi"
	c.Documents[0].IssuedOn = civil.Date{Year: 2026, Month: 11, Day: 9}
	for _, f := range files {
		a, err := desk.Attach(t.Context(), f.name, []byte(f.content))
		if err != nil {
			t.Fatal(err)
		}
		c.Documents[0].Attachments = append(c.Documents[0].Attachments, a)
	}
	if c, err = desk.Save(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	v.binned = []claim.Claim{{ID: "in-the-bin", CreatedAt: noon, DeletedAt: noon}}
	asks := &request.Desk{Vault: v.requests, Sealer: claimtest.Sealer{}, Clock: clock, Random: rand.Reader}
	if _, err := asks.Answer(t.Context(), mutual.Consent{ID: "newsletter", Version: "2026-01"}, "", true); err != nil {
		t.Fatal(err)
	}
	wrote, err := asks.Ask(t.Context(), complaint.Question{Topic: "Orari", Text: "Siete aperti?"}, "")
	if err != nil {
		t.Fatal(err)
	}
	v.requests.Hear(submission.FeedEvent{Kind: submission.EventComplaint, Subject: wrote.ID, At: noon, Body: []byte(`{"state":"answered","number":"R26-000001","answer":"Sì."}`)})
	if err := asks.SaveDrafts(t.Context(), complaint.Drafts{Complaints: []complaint.Draft{{Complaint: complaint.Complaint{About: complaint.OfService, Named: "Sportello"}}}}); err != nil {
		t.Fatal(err)
	}
	s, err := asks.Sheet(t.Context(), "elena")
	if err != nil {
		t.Fatal(err)
	}
	s.Edit.Mine.EMail = "nuova@posta.example"
	if _, err := asks.SaveEdit(t.Context(), s.Edit); err != nil {
		t.Fatal(err)
	}
	if err := v.requests.Resolve(t.Context(), s.Edit, []member.Past{{Person: "elena", Field: member.FieldIBAN, Value: member.Details{IBAN: "IT60X0542811101000000123456"}, Whose: member.WhoseMine, At: noon}}); err != nil {
		t.Fatal(err)
	}
	return v, c.Attachments()
}

func copier(t testing.TB, v vault) *takeout.Copier {
	t.Helper()
	font := func(name string) []byte {
		data, err := os.ReadFile(filepath.Join("../../assets/fonts", name))
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	return &takeout.Copier{Source: v, Sealer: claimtest.Sealer{}, Clock: claimtest.NewClock(noon), Random: rand.Reader, Mutual: takeout.Mutual{ID: "aurora", Name: "Mutua Aurora"}, Program: "Sodale 0.1.0",
		Fonts: print.Fonts{Regular: font("SourceSans3-Regular.ttf"), Semibold: font("SourceSans3-Semibold.ttf"), Mono: font("AtkinsonHyperlegibleMono_400Regular.ttf")}}
}

func read(t testing.TB, parts ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func dataOf(t testing.TB, folder string) takeout.Data {
	t.Helper()
	var d takeout.Data
	decoder := json.NewDecoder(bytes.NewReader(read(t, folder, "dati.json")))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheCopySaysWhatTheVaultHoldsAndTheFilesAreThoseThatWereAdded(t *testing.T) { // PRV-09, GDPR art. 15 and 20
	v, attached := fill(t)
	dir := t.TempDir()
	result, err := copier(t, v).Copy(t.Context(), dir, "dati")
	if err != nil || result.Files != len(files) || len(result.Unreadable) != 0 {
		t.Fatal(result, err)
	}
	d := dataOf(t, result.Path)
	same(t, "household", d.Household, household())
	claims, _ := v.Claims(t.Context())
	same(t, "claims", []claim.Claim{d.Claims[0].Claim, d.Claims[1].Claim}, append(claims, v.binned...))
	edits, _ := v.Edits(t.Context())
	same(t, "edits", d.Edits, edits)
	past, _ := v.Past(t.Context())
	same(t, "past", d.Past, past)
	requests, _ := v.Requests(t.Context())
	same(t, "requests", d.Requests[0].Filed, requests[0].Filed)
	letters, _ := v.LetterDrafts(t.Context())
	same(t, "letters in the making", d.Letters, letters)
	same(t, "a question", d.Requests[1].Filed, requests[1].Filed)
	same(t, "its answer", d.Requests[1].Standing, complaint.StatusNews{State: complaint.Answered, Number: "R26-000001", Answer: "Sì."})
	same(t, "consents", d.Consents[0].Answer, *requests[0].Consent)
	notices, _ := v.Notices(t.Context())
	same(t, "notices", d.Notices, notices)
	uses, _ := v.HelpUses(t.Context())
	same(t, "uses of the telephone centre", d.HelpUses, uses)
	standing, _ := v.Standing(t.Context())
	same(t, "account", d.Account, standing)
	if d.Format != 1 || !d.MadeAt.Equal(noon) || d.Mutual.ID != "aurora" || d.Claims[0].Status != claim.Draft {
		t.Errorf("%+v", d)
	}
	for i, f := range d.Claims[0].Files {
		content := read(t, result.Path, filepath.FromSlash(f.Path))
		sum := sha256.Sum256(content)
		if string(content) != files[i].content || hex.EncodeToString(sum[:]) != f.SHA256 || f.SHA256 != attached[i].Plain || !strings.HasPrefix(f.Path, "documenti/2026-11-22 ") {
			t.Errorf("%s: %s holds %q", files[i].name, f.Path, content)
		}
	}
	if !bytes.HasPrefix(read(t, result.Path, "dati.pdf"), []byte("%PDF-")) || !bytes.Equal(read(t, result.Path, "foto.jpg"), household().Photo) ||
		!strings.Contains(string(read(t, result.Path, "LEGGIMI.txt")), "dati.json") {
		t.Error("a part is missing")
	}
	entries, _ := os.ReadDir(dir)
	if len(entries) != 1 {
		t.Error("something else lies beside the copy:", entries)
	}
}

// same compares by what is written.
func same(t *testing.T, what string, got, want any) {
	t.Helper()
	g, _ := json.Marshal(got)
	w, _ := json.Marshal(want)
	if !bytes.Equal(g, w) {
		t.Errorf("%s:\n%s\n%s", what, g, w)
	}
}

func TestTheKeysOfTheFileAreThoseOfItsFormat(t *testing.T) {
	v, _ := fill(t)
	result, err := copier(t, v).Copy(t.Context(), t.TempDir(), "dati")
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(read(t, result.Path, "dati.json"), &raw); err != nil {
		t.Fatal(err)
	}
	want := []string{"account", "cards", "claims", "consents", "edits", "format", "helpUses", "household", "letters", "madeAt", "mutual", "notices", "past", "program", "requests"}
	var keys []string
	for k, value := range raw {
		keys = append(keys, k)
		if string(value) == "null" {
			t.Errorf("%s is null", k)
		}
	}
	if slices.Sort(keys); !slices.Equal(keys, want) {
		t.Errorf("format 1 has %v, written were %v", want, keys)
	}
}

func TestNothingIsOverwritten(t *testing.T) {
	v, _ := fill(t)
	for name, make := range map[string]func(string) error{
		"a file":   func(p string) error { return os.WriteFile(p, []byte("mio"), 0o600) },
		"a folder": func(p string) error { return os.Mkdir(p, 0o700) },
		"a link":   func(p string) error { return os.Symlink("nowhere", p) },
	} {
		dir := t.TempDir()
		if err := make(filepath.Join(dir, "dati")); err != nil {
			t.Fatal(err)
		}
		if _, err := copier(t, v).Copy(t.Context(), dir, "dati"); fault.CodeOf(err) != takeout.CodeExists {
			t.Errorf("%s: %v", name, err)
		}
		if entries, _ := os.ReadDir(dir); len(entries) != 1 {
			t.Errorf("%s: %v", name, entries)
		}
	}
}

// brimming takes so many bytes and then has no more room.
type brimming struct {
	io.WriteCloser
	left *int
	err  error
}

func (b brimming) Write(p []byte) (int, error) {
	if *b.left -= len(p); *b.left < 0 {
		return 0, b.err
	}
	return b.WriteCloser.Write(p)
}

func TestADiskThatFailsHalfWayLeavesNothingBehind(t *testing.T) {
	v, _ := fill(t)
	whole := 0
	measure := copier(t, v)
	measure.Create = onto(&whole, nil)
	whole = 1 << 30
	if _, err := measure.Copy(t.Context(), t.TempDir(), "dati"); err != nil {
		t.Fatal(err)
	}
	size := 1<<30 - whole
	for cause, want := range map[error]fault.Code{error(syscall.ENOSPC): identity.CodeDiskFull, errors.New("cable"): takeout.CodeWrite} {
		for i := range 24 {
			dir, left := t.TempDir(), size*i/24
			c := copier(t, v)
			c.Create = onto(&left, cause)
			result, err := c.Copy(t.Context(), dir, "dati")
			if entries, _ := os.ReadDir(dir); fault.CodeOf(err) != want || len(entries) != 0 || result.Path != "" {
				t.Fatalf("after %d of %d bytes: %v, left %v", size*i/24, size, err, entries)
			}
		}
	}
}

func onto(left *int, cause error) func(string) (io.WriteCloser, error) {
	return func(path string) (io.WriteCloser, error) {
		f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		return brimming{f, left, cause}, err
	}
}

func TestStoppingLeavesNothingBehind(t *testing.T) {
	v, _ := fill(t)
	ctx, stop := context.WithCancel(t.Context())
	c := copier(t, v)
	var heard []int64
	c.Progress = func(done, total int64) {
		heard = append(heard, done)
		if len(heard) == 3 {
			stop()
		}
	}
	dir := t.TempDir()
	if _, err := c.Copy(ctx, dir, "dati"); fault.CodeOf(err) != takeout.CodeStopped || !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 || len(heard) != 3 || !slices.IsSorted(heard) {
		t.Fatal(entries, heard)
	}
}

func TestAFolderThatCannotBeWrittenToIsSaid(t *testing.T) {
	v, _ := fill(t)
	if _, err := copier(t, v).Copy(t.Context(), filepath.Join(t.TempDir(), "nowhere"), "dati"); fault.CodeOf(err) != takeout.CodeFolder {
		t.Fatal(err)
	}
}

func TestAFileThatIsDamagedIsNamedAndTheRestIsThere(t *testing.T) {
	v, attached := fill(t)
	v.SetBlob(attached[1].Blob, []byte("something else"))
	result, err := copier(t, v).Copy(t.Context(), t.TempDir(), "dati")
	if err != nil || result.Files != len(files)-1 || len(result.Unreadable) != 1 || result.Unreadable[0].Attachment != attached[1].ID {
		t.Fatal(result, err)
	}
	d := dataOf(t, result.Path)
	if d.Claims[0].Files[1].Path != "" || !strings.Contains(string(read(t, result.Path, "LEGGIMI.txt")), attached[1].ID) {
		t.Fatal(d.Claims[0].Files)
	}
	found := 0
	err = filepath.WalkDir(filepath.Join(result.Path, "documenti"), func(_ string, e fs.DirEntry, err error) error {
		if !e.IsDir() {
			found++
		}
		return err
	})
	if err != nil || found != len(files)-1 {
		t.Fatal(found, err)
	}
}

func TestTheReceiptOfADeliveredClaimGoesWithIt(t *testing.T) {
	v, _ := fill(t)
	claims, _ := v.Claims(t.Context())
	c := claims[0]
	c.Open, c.Revision, c.OpID, c.Mutual.Number = false, 1, "op", "26-004471"
	v.Put(c, &submission.Delivery{OpID: "op", Status: submission.Delivered, Protocol: "26-004471", Receipt: []byte("signed")})
	result, err := copier(t, v).Copy(t.Context(), t.TempDir(), "dati")
	if err != nil {
		t.Fatal(err)
	}
	got := dataOf(t, result.Path).Claims[0]
	if got.Status != claim.Delivered || string(got.Delivery.Receipt) != "signed" || !strings.HasPrefix(got.Files[0].Path, "documenti/2026-11-22 26-004471/") {
		t.Fatalf("%+v", got)
	}
}
