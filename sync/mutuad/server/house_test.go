package server_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/id"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/server"
	"github.com/sodale/sodale/sync/seal"
)

// house is a server over loopback with the demo member in it, and a client that believes only signed answers.
type house struct {
	t       *testing.T
	archive *archive.Archive
	server  *server.Server
	url     string
	client  *http.Client
	box     *seal.Box // the member's
	nonce   *atomic.Int64
	options archive.Options
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

func newHouse(t *testing.T, bend ...func(*server.Config)) *house {
	t.Helper()
	o := archive.Options{Clock: &movingClock{now: epochNow}}
	a, err := archive.Open(context.Background(), t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := demo.Seed(context.Background(), a); err != nil {
		t.Fatal(err)
	}
	c := server.Config{Archive: a, Poll: 20 * time.Millisecond}
	for _, b := range bend {
		b(&c)
	}
	s := server.New(c)
	web := httptest.NewServer(s)
	t.Cleanup(web.Close)
	secret, _, err := seal.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	box, err := seal.NewBox(secret, a.Keys.Recipient)
	if err != nil {
		t.Fatal(err)
	}
	return &house{t: t, archive: a, server: s, url: web.URL, client: http.DefaultClient, box: box, nonce: new(atomic.Int64), options: o}
}

// request is one question; zero fields are left out.
type request struct {
	method, path, query, token string
	header                     map[string]string
	json                       any
	raw                        []byte
	nonce                      string // "" = a fresh one, "-" = none
}

// response is one answer whose signature was verified.
type response struct {
	status int
	header http.Header
	body   []byte
}

func (r response) decode(t *testing.T, v any) {
	t.Helper()
	if err := json.Unmarshal(r.body, v); err != nil {
		t.Fatalf("%d %s: %v", r.status, r.body, err)
	}
}

func (r response) problem(t *testing.T) api.Problem {
	t.Helper()
	var p api.Problem
	r.decode(t, &p)
	if p.Status != r.status || r.header.Get("Content-Type") != "application/problem+json" {
		t.Fatalf("%d is no problem: %s", r.status, r.body)
	}
	return p
}

// call asks, and fails the test when the answer is not signed as it should be.
func (h *house) call(q request) response {
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
	for name, value := range q.header {
		r.Header.Set(name, value)
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
	return h.do(r, q.path, nonce)
}

func (h *house) do(r *http.Request, path, nonce string) response {
	h.t.Helper()
	answer, err := h.client.Do(r)
	if err != nil {
		h.t.Error(err)
		return response{}
	}
	defer answer.Body.Close()
	got := response{status: answer.StatusCode, header: answer.Header}
	if got.body, err = io.ReadAll(answer.Body); err != nil {
		h.t.Error(err)
	}
	if err := seal.VerifyAnswer(h.archive.Keys.Public(), r.Method, path, nonce, got.status, got.body, answer.Header.Get(api.HeaderSignature)); err != nil {
		h.t.Errorf("%s %s %d: %v", r.Method, path, got.status, err)
	}
	return got
}

func (h *house) signIn() api.Device {
	h.t.Helper()
	got := h.call(request{method: http.MethodPost, path: api.PathSignIn, json: api.SignIn{User: demo.User, Password: demo.Password, Device: "casa"}})
	var d api.Device
	got.decode(h.t, &d)
	if got.status != http.StatusOK || d.Token == "" || d.UploadToken == "" {
		h.t.Fatalf("sign-in answered %d %s", got.status, got.body)
	}
	return d
}

// parcel is a submission with its sealed files.
type parcel struct {
	subject  string
	revision int
	plain    []byte
	put      api.Put
	files    map[string][]byte // sealed, by digest
}

func (h *house) newID() string {
	h.t.Helper()
	s, err := id.New(h.archive.Clock.Now(), h.archive.Random)
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

func (h *house) seal(plain []byte) []byte {
	h.t.Helper()
	var b bytes.Buffer
	w, err := h.box.Seal(&b)
	if err != nil {
		h.t.Fatal(err)
	}
	if _, err := w.Write(plain); err != nil {
		h.t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		h.t.Fatal(err)
	}
	return b.Bytes()
}

func hexOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// newSubmission makes a claim with one document and that many files; bend changes the claim before it is encoded.
func (h *house) newSubmission(files int, bend ...func(*claim.Claim)) parcel {
	h.t.Helper()
	c := claim.Claim{ID: claim.ID(h.newID()), Holder: demo.Elena, Procedure: claim.Standard, Revision: 1, OpID: h.newID()}
	p := parcel{files: map[string][]byte{}}
	d := claim.ExpenseDocument{ID: h.newID(), Type: claim.ReceiptSlip, Person: demo.Elena, Service: claim.Visit, Amount: 3615, Number: "A-12",
		IssuedOn: civil.Date{Year: 2026, Month: 11, Day: 9}, Province: "MI", Provider: "Poliambulatorio San Carlo"}
	for i := range files {
		plain := bytes.Repeat([]byte{byte(i), 'p', 'd', 'f'}, 2500)
		sealed := h.seal(plain)
		p.files[hexOf(sealed)] = sealed
		d.Attachments = append(d.Attachments, claim.Attachment{ID: h.newID(), Name: "scan.pdf", Kind: document.PDF, Pages: 1, Size: int64(len(plain)),
			Plain: hexOf(plain), Blob: hexOf(sealed), Sealed: int64(len(sealed))})
	}
	c.Documents = []claim.ExpenseDocument{d}
	for _, b := range bend {
		b(&c)
	}
	return h.pack(p, c, demo.Household())
}

// pack encodes and seals a claim.
func (h *house) pack(p parcel, c claim.Claim, household member.Household) parcel {
	h.t.Helper()
	plain, err := claim.Encode(c, household, h.archive.Clock.Now())
	if err != nil {
		h.t.Fatal(err)
	}
	p.subject, p.revision, p.plain = string(c.ID), c.Revision, plain
	p.put = api.Put{OpID: c.OpID, Kind: "claim", Body: h.seal(plain), Plain: hexOf(plain)}
	for _, a := range c.Attachments() {
		p.put.Blobs = append(p.put.Blobs, a.Blob)
	}
	return p
}

func (h *house) append(token, digest string, offset, length int64, data []byte) response {
	h.t.Helper()
	return h.call(request{method: http.MethodPatch, path: strings.Replace(api.PathBlob, "{digest}", digest, 1), token: token, raw: data,
		header: map[string]string{api.HeaderOffset: strconv.FormatInt(offset, 10), api.HeaderLength: strconv.FormatInt(length, 10)}})
}

// upload sends every file of a parcel, each in one append.
func (h *house) upload(token string, p parcel) {
	h.t.Helper()
	for digest, sealed := range p.files {
		got := h.append(token, digest, 0, int64(len(sealed)), sealed)
		var b api.BlobState
		got.decode(h.t, &b)
		if got.status != http.StatusOK || b.Offset != int64(len(sealed)) {
			h.t.Fatalf("append answered %d %s", got.status, got.body)
		}
	}
}

func revisionPath(pattern, subject string, revision int) string {
	return strings.NewReplacer("{subject}", subject, "{revision}", strconv.Itoa(revision)).Replace(pattern)
}

func (h *house) put(token string, p parcel) response {
	h.t.Helper()
	return h.call(request{method: http.MethodPut, path: revisionPath(api.PathSubmission, p.subject, p.revision), token: token, json: p.put,
		header: map[string]string{api.HeaderKey: p.put.OpID}})
}

func (h *house) getReceipt(token, subject string, revision int) response {
	h.t.Helper()
	return h.call(request{method: http.MethodGet, path: revisionPath(api.PathReceipt, subject, revision), token: token})
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
