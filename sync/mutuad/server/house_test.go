package server_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/crypto/argon2"

	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/server"
	"github.com/sodale/sodale/sync/mutuad/store"
	"github.com/sodale/sodale/sync/mutuad/storetest"
	"github.com/sodale/sodale/sync/seal"
)

// house is a server over loopback with the demo member in it, and a client that believes only signed answers.
type house struct {
	t           testing.TB
	dir         string
	clock       *movingClock
	databaseURL string
	archive     *archive.Archive
	server      *server.Server
	web         *httptest.Server
	url         string
	client      *http.Client
	box         *seal.Box // the member's
	nonce       *atomic.Int64
	keys        *keyring
	post        *postbox
}

var epochNow = time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)

// movingClock is moved by hand.
type movingClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *movingClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *movingClock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// everywhere runs a test on a house on each database.
func everywhere(t *testing.T, test func(t *testing.T, h *house), bend ...func(*server.Config)) {
	t.Helper()
	storetest.Each(t, func(t *testing.T, databaseURL string) { test(t, newHouse(t, databaseURL, bend...)) })
}

func newHouse(t testing.TB, databaseURL string, bend ...func(*server.Config)) *house {
	t.Helper()
	return newHouseAt(t, databaseURL, demo.Mutual.ID, bend...)
}

// newHouseAt is newHouse of one of the mutuals that the program knows.
func newHouseAt(t testing.TB, databaseURL, mutualID string, bend ...func(*server.Config)) *house {
	t.Helper()
	h := &house{t: t, dir: t.TempDir(), clock: &movingClock{now: epochNow}, databaseURL: databaseURL, client: http.DefaultClient, nonce: new(atomic.Int64),
		keys: &keyring{seeds: map[string][]byte{}}, post: &postbox{}}
	h.open(bend...)
	t.Cleanup(h.close)
	if err := demo.SeedMutual(context.Background(), h.archive, mutualID); err != nil {
		t.Fatal(err)
	}
	h.setPassword(string(demo.Elena), demo.Password)
	secret, _, err := seal.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	if h.box, err = seal.NewBox(secret, h.archive.Keys.Recipient); err != nil {
		t.Fatal(err)
	}
	return h
}

// open opens the archive and lets a server answer.
func (h *house) open(bend ...func(*server.Config)) {
	h.t.Helper()
	var err error
	h.archive, err = archive.Open(context.Background(), h.dir, archive.Options{Clock: h.clock, DatabaseURL: h.databaseURL})
	if err != nil {
		h.t.Fatal(err)
	}
	c := server.Config{Archive: h.archive, Poll: 20 * time.Millisecond, Post: h.post, URL: "https://mutua.example"}
	for _, b := range bend {
		b(&c)
	}
	h.server = server.New(c)
	h.web = httptest.NewServer(h.server)
	h.url = h.web.URL
}

func (h *house) close() {
	h.web.Close()
	h.server.Posted()
	if err := h.archive.Close(); err != nil {
		h.t.Error(err)
	}
}

// reopen ends the server and begins again with what is on the disk.
func (h *house) reopen(bend ...func(*server.Config)) {
	h.t.Helper()
	h.close()
	h.open(bend...)
}

// setPassword gives a member a password with a hash that costs next to nothing.
func (h *house) setPassword(memberID, pass string) {
	h.t.Helper()
	salt := []byte("eight by")
	encode := base64.RawStdEncoding.EncodeToString
	h.setHash(memberID, "$argon2id$v=19$m=8,t=1,p=1$"+encode(salt)+"$"+encode(argon2.IDKey([]byte(pass), salt, 1, 8, 1, 32)))
}

func (h *house) setHash(memberID, hash string) {
	h.t.Helper()
	err := h.archive.Store.Write(context.Background(), func(tx *store.Tx) error {
		m, err := tx.Member(context.Background(), memberID)
		if err != nil {
			return err
		}
		m.Password = hash
		return tx.PutMember(context.Background(), m)
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

// second adds another member and returns one of their devices.
func (h *house) second() api.Device {
	h.t.Helper()
	other := store.Member{ID: h.newID(), Number: "000000009999", User: "000000009999"}
	other.People = []member.ID{member.ID(other.ID)}
	err := h.archive.Store.Write(context.Background(), func(tx *store.Tx) error { return tx.PutMember(context.Background(), other) })
	if err != nil {
		h.t.Fatal(err)
	}
	h.setPassword(other.ID, "altra")
	got, d := h.signInAs(api.SignIn{User: "9999", Password: "altra", Device: "ufficio"})
	if d.Member != other.ID {
		h.t.Fatalf("%d %s", got.status, got.body)
	}
	return d
}

// request is one question; zero fields are left out.
type request struct {
	method, path, query, token string
	header                     map[string]string
	json                       any
	raw                        []byte
	nonce                      string // "" = a fresh one, "-" = none
	device                     string // proved by its id, where there is no token
	bare                       bool   // without the proof that would belong to token or device
}

// response is one answer whose signature was verified.
type response struct {
	status int
	header http.Header
	body   []byte
}

func (r response) decode(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal(r.body, v); err != nil {
		t.Fatalf("%d %s: %v", r.status, r.body, err)
	}
}

func (r response) problem(t testing.TB) api.Problem {
	t.Helper()
	var p api.Problem
	r.decode(t, &p)
	if p.Status != r.status || r.header.Get("Content-Type") != "application/problem+json" {
		t.Fatalf("%d is no problem: %s", r.status, r.body)
	}
	return p
}

// call asks, and fails the test when the answer is not signed as it should be. What presents a token that is known is proved; a
// challenge that is too old is taken up from the answer, as a client does.
func (h *house) call(q request) response {
	h.t.Helper()
	got := h.once(q)
	if seed, _ := h.keys.of(q.token + q.device); seed != nil && !q.bare && got.status == http.StatusUnauthorized && got.problem(h.t).Code == api.CodeChallenge {
		got = h.once(q)
	}
	return got
}

func (h *house) once(q request) response {
	h.t.Helper()
	body := q.raw
	if q.json != nil {
		var err error
		if body, err = json.Marshal(q.json); err != nil {
			h.t.Error(err)
		}
	}
	address := h.url + q.path
	if q.query != "" {
		address += "?" + q.query
	}
	r, err := http.NewRequest(q.method, address, bytes.NewReader(body))
	if err != nil {
		h.t.Error(err)
		return response{}
	}
	nonce := q.nonce
	if nonce == "" {
		nonce = hexOf([]byte(strconv.FormatInt(h.nonce.Add(1), 10)))[:32]
	}
	if nonce == "-" {
		nonce = ""
	} else {
		r.Header.Set(api.HeaderNonce, nonce)
	}
	if q.token != "" {
		r.Header.Set("Authorization", "Bearer "+q.token)
	}
	if !q.bare {
		h.prove(r, q.token+q.device)
	}
	for name, value := range q.header {
		r.Header.Set(name, value)
	}
	return h.do(r, q.path, nonce)
}

// prove signs a request that presents a token, or a device's id, that the test has the key of.
func (h *house) prove(r *http.Request, token string) {
	if seed, challenge := h.keys.of(token); seed != nil {
		r.Header.Set(api.HeaderChallenge, challenge)
		r.Header.Set(api.HeaderProof, api.Prove(seed, r.Method, r.URL.EscapedPath(), r.Header.Get(api.HeaderNonce), challenge, token))
	}
}

func (h *house) do(r *http.Request, asked, nonce string) response {
	h.t.Helper()
	answer, err := h.client.Do(r)
	if err != nil {
		h.t.Error(err)
		return response{}
	}
	defer answer.Body.Close()
	h.keys.hear(answer)
	got := response{status: answer.StatusCode, header: answer.Header}
	if got.body, err = io.ReadAll(answer.Body); err != nil {
		h.t.Error(err)
	}
	if err := seal.VerifyAnswer(h.archive.Keys.Public(), r.Method, asked, nonce, got.status, got.body, answer.Header.Get(api.HeaderSignature)); err != nil {
		h.t.Errorf("%s %s %d: %v", r.Method, asked, got.status, err)
	}
	h.expected(r, got.status)
	h.uncached(r, answer.Header)
	return got
}

// uncached fails the test when anybody on the way may keep an answer.
func (h *house) uncached(r *http.Request, header http.Header) {
	h.t.Helper()
	if got := header.Get("Cache-Control"); got != "no-store" {
		h.t.Errorf("%s %s: Cache-Control %q", r.Method, r.URL.Path, got)
	}
}

// expected fails the test when a route answers with a status that it does not announce.
func (h *house) expected(r *http.Request, status int) {
	h.t.Helper()
	if path.Clean(r.URL.Path) != r.URL.Path {
		return
	}
	for _, route := range h.server.Routes() {
		mux := http.NewServeMux()
		mux.HandleFunc(route.Method+" "+route.Path, func(http.ResponseWriter, *http.Request) {})
		if _, pattern := mux.Handler(r); r.Method == route.Method && pattern != "" && !slices.Contains(route.Statuses, status) {
			h.t.Errorf("%s answered %d, which it does not announce", pattern, status)
		}
	}
}

func (h *house) signIn() api.Device {
	h.t.Helper()
	got, d := h.signInAs(api.SignIn{User: demo.User, Password: demo.Password, Device: "casa"})
	if got.status != http.StatusOK || d.Token == "" || d.UploadToken == "" {
		h.t.Fatalf("sign-in answered %d %s", got.status, got.body)
	}
	return d
}

func (h *house) trySignIn(user, pass string) response {
	h.t.Helper()
	got, _ := h.signInAs(api.SignIn{User: user, Password: pass, Device: "casa"})
	return got
}

// signInAs signs in with a fresh key, which proves everything that the device asks from then on.
func (h *house) signInAs(ask api.SignIn) (response, api.Device) {
	h.t.Helper()
	seed, public := newKey(h.t)
	ask.Key = public
	got := h.call(request{method: http.MethodPost, path: api.PathSignIn, json: ask})
	var d api.Device
	if got.status == http.StatusOK {
		got.decode(h.t, &d)
		h.keys.keep(seed, d.Token, d.UploadToken, d.ID)
	}
	return got, d
}

func (h *house) receipt(raw []byte) api.Receipt {
	h.t.Helper()
	r, err := seal.VerifyReceipt(h.archive.Keys.Public(), raw)
	if err != nil {
		h.t.Fatalf("%v: %s", err, raw)
	}
	return r
}

func (h *house) events(token, epoch string, after int64) api.Events {
	h.t.Helper()
	got := h.call(request{method: http.MethodGet, path: api.PathEvents, token: token, query: "epoch=" + epoch + "&after=" + strconv.FormatInt(after, 10)})
	var e api.Events
	got.decode(h.t, &e)
	return e
}

func (h *house) revoke(deviceID string) {
	h.t.Helper()
	err := h.archive.Store.Write(context.Background(), func(tx *store.Tx) error {
		return tx.RevokeDevice(context.Background(), deviceID, h.archive.Now())
	})
	if err != nil {
		h.t.Fatal(err)
	}
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func (h *house) encode(v any) []byte {
	h.t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		h.t.Fatal(err)
	}
	return data
}
