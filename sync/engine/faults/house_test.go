package faults_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/storage"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/server"
	"github.com/sodale/sodale/sync/mutuad/store"
	"github.com/sodale/sodale/sync/portal"
	"github.com/sodale/sodale/sync/seal"
)

// The tests of the whole: a real vault, a real server, TLS over loopback, and what goes wrong between them. Each prints its
// seed; SODALE_SEED=n repeats it, SODALE_RUNS=n makes it longer.

var vaultPassword = []byte("un cavallo corretto")

// quick is a pace for tests that run on the real clock.
var quick = engine.Pace{Floor: time.Millisecond, Ceiling: 20 * time.Millisecond}

// runs is how many runs to do: few unless SODALE_RUNS says more.
func runs(t *testing.T, short int) int {
	n, err := strconv.Atoi(os.Getenv("SODALE_RUNS"))
	if err != nil {
		return short
	}
	return n
}

// seedOf returns the seed of a test and prints it.
func seedOf(t *testing.T) uint64 {
	seed, err := strconv.ParseUint(os.Getenv("SODALE_SEED"), 10, 64)
	if err != nil {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("SODALE_SEED=%d", seed)
	return seed
}

// random is a reader of bytes that follow from a seed.
func random(seed uint64) *rand.ChaCha8 {
	return rand.NewChaCha8(sha256.Sum256([]byte(strconv.FormatUint(seed, 10))))
}

// mutual is a real server over TLS on loopback with the demo member.
type mutual struct {
	archive *archive.Archive
	profile api.Profile
}

// newMutual serves from dir; around may wrap the handler.
func newMutual(t testing.TB, dir string, around func(*archive.Archive, http.Handler) http.Handler) *mutual {
	t.Helper()
	ctx := context.Background()
	a, err := archive.Open(ctx, dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := demo.Seed(ctx, a); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := server.New(server.Config{Archive: a, Rate: server.Rate{PerSecond: 1e6, Burst: 1e6}})
	stop := serve(t, a, s, l, around)
	t.Cleanup(func() {
		stop()
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	profile, err := a.Profile(ctx, "https://"+l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return &mutual{archive: a, profile: profile}
}

// serve runs the server; a handler wrapped around it is served with the same certificate.
func serve(t testing.TB, a *archive.Archive, s *server.Server, l net.Listener, around func(*archive.Archive, http.Handler) http.Handler) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	if around == nil {
		go func() { defer close(ended); _ = s.Serve(ctx, l) }()
		return func() { cancel(); <-ended }
	}
	web := &http.Server{Handler: around(a, s), TLSConfig: tlsOf(a), ReadHeaderTimeout: time.Minute}
	go func() { defer close(ended); _ = web.ServeTLS(l, "", "") }()
	return func() { cancel(); s.Stop(); web.Close(); <-ended }
}

// signIn makes a device of the demo member.
func (m *mutual) signIn(t testing.TB) account.Device {
	t.Helper()
	dice := random(uint64(time.Now().UnixNano()))
	device, err := portal.New(engine.NewWire(m.profile, nil, dice), nil, dice).SignIn(context.Background(), demoMember)
	if err != nil {
		t.Fatal(err)
	}
	return device
}

// demoMember signs in as the member that the demo seeds.
var demoMember = account.Credentials{User: demo.User, Password: demo.Password, Device: "PC di casa"}

// revisions counts the rows of the mutual: one for each revision that it has.
func (m *mutual) revision(t testing.TB, subject string, n int) (store.Revision, bool) {
	t.Helper()
	r, err := m.archive.Store.Revision(context.Background(), string(demo.Elena), subject, n)
	if err != nil {
		return r, false
	}
	return r, true
}

// home is one member's computer: a vault and what works on it.
type home struct {
	dir   string
	code  string // recovery code: opens the vault without the slow hash
	store *storage.Store
	desk  *claim.Desk
}

// setupOf is what a new vault of the demo member holds.
func setupOf(t testing.TB, profile api.Profile, d account.Device) storage.Setup {
	t.Helper()
	secret, _, err := seal.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(profile)
	if err != nil {
		t.Fatal(err)
	}
	return storage.Setup{Household: demo.Household(), Profile: raw, Identity: secret, Greeting: "Elena",
		Tokens: storage.Tokens{Upload: d.Upload, Full: d.Token}, DeviceID: d.ID, DeviceKey: d.Key, User: demo.User, PasswordChanged: d.PasswordChanged}
}

// newHome makes a vault and opens it.
func newHome(t testing.TB, m *mutual, fail func(string)) *home {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "vault")
	code, err := storage.Create(dir, storage.Options{}, vaultPassword, setupOf(t, m.profile, m.signIn(t)))
	if err != nil {
		t.Fatal(err)
	}
	h, err := openHome(dir, code, fail)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.store.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// openHome opens a vault: with the recovery code, or with the password where no code is known.
func openHome(dir, code string, fail func(string)) (*home, error) {
	ctx := context.Background()
	s, err := storage.Open(dir, storage.Options{Fail: fail})
	if err != nil {
		return nil, err
	}
	if code == "" {
		err = s.Unlock(ctx, vaultPassword)
	} else {
		err = s.UnlockWithRecovery(ctx, code)
	}
	if err != nil {
		return nil, err
	}
	profile, err := profileOf(s)
	if err != nil {
		return nil, err
	}
	secret, err := s.Identity(ctx)
	if err != nil {
		return nil, err
	}
	box, err := seal.NewBox(secret, profile.Recipient)
	if err != nil {
		return nil, err
	}
	desk := &claim.Desk{Vault: s, Sealer: box, Clock: clock.System{}, Random: random(uint64(time.Now().UnixNano()))}
	return &home{dir: dir, code: code, store: s, desk: desk}, nil
}

func profileOf(s *storage.Store) (api.Profile, error) {
	var p api.Profile
	raw, err := s.Profile(context.Background())
	if err != nil {
		return p, err
	}
	return p, json.Unmarshal(raw, &p)
}

// engine makes an engine of this computer.
func (h *home) engine(m api.Profile, change func(*engine.Config)) *engine.Engine {
	c := engine.Config{Profile: m, Outbox: h.store, Inbox: h.store, Tokens: h.store, Key: h.store.Key, Clock: clock.System{},
		Random: random(uint64(time.Now().UnixNano())), Changes: h.store.Feed(), Pace: quick}
	if change != nil {
		change(&c)
	}
	return engine.New(c)
}

// run runs an engine until stop is called.
func run(e *engine.Engine) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); _ = e.Run(ctx) }()
	return func() { cancel(); <-ended }
}

// scan is a file that looks like a PDF of that many bytes.
func scan(r io.Reader, size int) ([]byte, error) {
	b := make([]byte, size)
	_, err := io.ReadFull(r, b)
	copy(b, "%PDF-1.7\n")
	return b, err
}

// draft fills in a new claim with one document and files of those sizes, and saves it.
func (h *home) draft(r io.Reader, notes string, sizes ...int) (claim.Claim, error) {
	ctx := context.Background()
	c, err := h.desk.New(ctx)
	if err != nil {
		return c, err
	}
	d := &c.Documents[0]
	d.Type, d.Service, d.Amount, d.Number = claim.ReceiptSlip, claim.Visit, 3615, "2026/004817"
	d.Person, d.Province, d.Provider, d.Notes = demo.Elena, "MI", "Ospedale San Rocco", notes
	d.IssuedOn = civil.Of(time.Now().AddDate(0, 0, -3))
	for i, size := range sizes {
		data, err := scan(r, size)
		if err != nil {
			return c, err
		}
		a, err := h.desk.Attach(ctx, fmt.Sprintf("scan-%d.pdf", i), data)
		if err != nil {
			return c, err
		}
		d.Attachments = append(d.Attachments, a)
	}
	return h.desk.Save(ctx, c)
}

// queue makes a claim and sends it off.
func (h *home) queue(t testing.TB, r io.Reader, notes string, sizes ...int) claim.Claim {
	t.Helper()
	c, err := h.draft(r, notes, sizes...)
	if err != nil {
		t.Fatal(err)
	}
	if c, err = h.desk.Finalise(context.Background(), c.ID); err != nil {
		t.Fatal(err)
	}
	return c
}

// until polls a condition, and gives up after that long.
func until(patience time.Duration, done func() bool) bool {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if done() {
			return true
		}
	}
	return done()
}

// status reads where a submission is.
func (h *home) status(t testing.TB, opID string) submission.Delivery {
	t.Helper()
	d, err := h.store.Delivery(context.Background(), opID)
	if err != nil || d == nil {
		t.Fatalf("delivery %s: %v", opID, err)
	}
	return *d
}

// allAtRest reports whether nothing waits or is on its way.
func (h *home) allAtRest() bool {
	all, err := h.store.Deliveries(context.Background())
	if err != nil {
		return false
	}
	for _, d := range all {
		if d.Status != submission.Delivered && d.Status != submission.Held {
			return false
		}
	}
	return true
}

func sum(b []byte) string {
	s := sha256.Sum256(b)
	return hex.EncodeToString(s[:])
}

// waiting says what is not at rest.
func (h *home) waiting() string {
	all, err := h.store.Deliveries(context.Background())
	if err != nil {
		return err.Error()
	}
	var b strings.Builder
	for _, d := range all {
		if d.Status != submission.Delivered && d.Status != submission.Held {
			fmt.Fprintf(&b, "%s %s %s after %d tries; ", d.OpID, d.Status, d.Reason, d.Attempts)
		}
	}
	return b.String()
}
