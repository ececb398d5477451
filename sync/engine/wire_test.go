package engine

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math/big"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine/faults"
	"github.com/sodale/sodale/sync/seal"
)

func newCertificate(t *testing.T, until time.Time) (tls.Certificate, string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "aurora"},
		NotBefore: time.Now().Add(-3 * 365 * 24 * time.Hour), NotAfter: until}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pin := sha256.Sum256(parsed.RawSubjectPublicKeyInfo)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, hex.EncodeToString(pin[:])
}

// serveTLS runs handler on loopback and returns the profile of its mutual.
func serveTLS(t *testing.T, m *memoryMutual, handler http.Handler, version uint16, until time.Time) api.Profile {
	t.Helper()
	certificate, pin := newCertificate(t, until)
	s := httptest.NewUnstartedServer(handler)
	s.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}, MaxVersion: version}
	s.Config.ErrorLog = nil
	s.StartTLS()
	t.Cleanup(s.Close)
	profile := m.profile()
	profile.BaseURL, profile.Pins = s.URL, []string{pin}
	return profile
}

func TestAPinnedKeyIsTrustedAndNoOther(t *testing.T) {
	m := newMutual()
	longOver := time.Now().Add(-24 * time.Hour)
	profile := serveTLS(t, m, m, 0, longOver)
	if _, err := NewWire(profile, nil, rand.Reader).Hello(t.Context()); err != nil {
		t.Fatalf("the pinned key: %v", err)
	}
	profile.Pins = []string{strings.Repeat("00", 32)}
	_, err := NewWire(profile, nil, rand.Reader).Hello(t.Context())
	if CodeOf(err) != CodeCertificate {
		t.Errorf("another key: %v", err)
	}
}

func TestThePinIsCheckedAgainWhenASessionIsResumed(t *testing.T) {
	m := newMutual()
	profile := serveTLS(t, m, m, 0, time.Now().Add(time.Hour))
	config := pinned(profile.Pins)
	resumed, check := 0, config.VerifyConnection
	config.VerifyConnection = func(s tls.ConnectionState) error {
		if s.DidResume {
			resumed++
		}
		return check(s)
	}
	for range 3 {
		line, err := dial(t.Context(), "tcp", strings.TrimPrefix(profile.BaseURL, "https://"), config)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = line.Write([]byte("GET /v1/hello HTTP/1.1\r\nHost: aurora\r\nConnection: close\r\n\r\n"))
		_, _ = line.Read(make([]byte, 4096))
		line.Close()
	}
	if resumed == 0 {
		t.Error("no session was resumed, or its key was not looked at")
	}
}

func TestTLS12IsRefused(t *testing.T) {
	m := newMutual()
	profile := serveTLS(t, m, m, tls.VersionTLS12, time.Now().Add(time.Hour))
	if _, err := NewWire(profile, nil, rand.Reader).Hello(t.Context()); CodeOf(err) != CodeTLS {
		t.Errorf("TLS 1.2 gave %v", err)
	}
}

func TestPlainHTTPIsNeverSpoken(t *testing.T) {
	asked := false
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer s.Close()
	profile := newMutual().profile()
	profile.BaseURL = s.URL
	if _, err := NewWire(profile, nil, rand.Reader).Hello(t.Context()); CodeOf(err) != CodeTLS || asked {
		t.Errorf("plain HTTP gave %v, asked %v", err, asked)
	}
}

func TestNothingListeningIsToldFromNoNetwork(t *testing.T) {
	profile := newMutual().profile()
	profile.BaseURL = "https://127.0.0.1:1"
	if _, err := NewWire(profile, nil, rand.Reader).Hello(t.Context()); CodeOf(err) != CodeRefused {
		t.Errorf("a closed port gave %v", err)
	}
	profile.BaseURL = "https://mutua.invalid"
	if _, err := NewWire(profile, nil, rand.Reader).Hello(t.Context()); CodeOf(err) != CodeOffline {
		t.Errorf("an unknown name gave %v", err)
	}
}

func TestAnAnswerIsBelievedOnlyWithTheMutualsSignatureOnThisQuestion(t *testing.T) {
	m := newMutual()
	other := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{9}, ed25519.SeedSize))
	hello, err := json.Marshal(api.Hello{Mutual: "aurora", Epoch: "e1", Time: time.Now(), MinProtocol: 1, MaxProtocol: 1})
	if err != nil {
		t.Fatal(err)
	}
	sign := seal.SignAnswer
	cases := map[string]func(nonce string) (status int, body []byte, signature string){
		"no signature": func(string) (int, []byte, string) { return 200, hello, "" },
		"another key": func(n string) (int, []byte, string) {
			return 200, hello, sign(other, "GET", api.PathHello, n, 200, hello)
		},
		"another nonce": func(string) (int, []byte, string) {
			return 200, hello, sign(m.key, "GET", api.PathHello, strings.Repeat("0", 32), 200, hello)
		},
		"another path": func(n string) (int, []byte, string) {
			return 200, hello, sign(m.key, "GET", api.PathEvents, n, 200, hello)
		},
		"another method": func(n string) (int, []byte, string) {
			return 200, hello, sign(m.key, "PUT", api.PathHello, n, 200, hello)
		},
		"another status": func(n string) (int, []byte, string) {
			return 200, hello, sign(m.key, "GET", api.PathHello, n, 404, hello)
		},
		"another body": func(n string) (int, []byte, string) {
			return 200, append([]byte(" "), hello...), sign(m.key, "GET", api.PathHello, n, 200, hello)
		},
		"an unsigned refusal": func(string) (int, []byte, string) {
			return 401, []byte(`{"code":"access.unauthorised","status":401}`), ""
		},
		"too long": func(n string) (int, []byte, string) {
			long := make([]byte, api.MaxBody+1)
			return 200, long, sign(m.key, "GET", api.PathHello, n, 200, long)
		},
	}
	for name, answer := range cases {
		t.Run(name, func(t *testing.T) {
			transport := roundTrip(func(r *http.Request) (*http.Response, error) {
				w := httptest.NewRecorder()
				status, body, signature := answer(r.Header.Get(api.HeaderNonce))
				w.Header().Set(api.HeaderSignature, signature)
				w.WriteHeader(status)
				_, _ = w.Write(body)
				return w.Result(), nil
			})
			_, err := NewWire(m.profile(), transport, rand.Reader).Hello(t.Context())
			if CodeOf(err) != CodePortal {
				t.Errorf("it gave %v", err)
			}
		})
	}
}

func TestRedirectsAreNotFollowedAndTokensStayOutOfAddresses(t *testing.T) {
	var addresses []string
	road := &faults.Road{Next: newMutual(), Plan: func(r *http.Request) faults.Mishap {
		addresses = append(addresses, r.URL.String())
		return faults.Portal302
	}}
	w := NewWire(newMutual().profile(), road, rand.Reader)
	_, err := w.events(t.Context(), "secret-token", submission.Cursor{Epoch: "e1", Seq: 4}, true)
	if CodeOf(err) != CodePortal || len(addresses) != 1 {
		t.Errorf("a redirect gave %v after %v", err, addresses)
	}
	if strings.Contains(addresses[0], "secret") {
		t.Errorf("the token stands in %s", addresses[0])
	}
}

func TestAProxyOfTheEnvironmentIsNotUsed(t *testing.T) {
	if NewTransport(newMutual().profile()).Proxy != nil {
		t.Error("the transport asks for a proxy")
	}
}

func TestAnotherMutualOfTheSameKeyIsNotBelieved(t *testing.T) {
	m := newMutual()
	profile := m.profile()
	profile.ID = "borealis"
	if _, err := NewWire(profile, m, rand.Reader).Hello(t.Context()); CodeOf(err) != CodeOther {
		t.Errorf("another mutual gave %v", err)
	}
}

func TestAReceiptOfAnotherSubmissionIsNoReceipt(t *testing.T) {
	m := newMutual()
	w := NewWire(m.profile(), m, rand.Reader)
	s := submission.Submission{OpID: "op", Kind: submission.KindClaim, Subject: "subject", Revision: 2, Plain: "aa", Blobs: []submission.Blob{{Digest: "d1"}}}
	right := api.Receipt{Format: 1, Mutual: "aurora", OpID: "op", Kind: "claim", Subject: "subject", Revision: 2, Plain: "aa", Blobs: []string{"d1"}}
	cases := map[string]func(*api.Receipt){
		"mutual":   func(r *api.Receipt) { r.Mutual = "borealis" },
		"op":       func(r *api.Receipt) { r.OpID = "other" },
		"kind":     func(r *api.Receipt) { r.Kind = "booking" },
		"subject":  func(r *api.Receipt) { r.Subject = "other" },
		"revision": func(r *api.Receipt) { r.Revision = 1 },
		"plain":    func(r *api.Receipt) { r.Plain = "bb" },
		"blobs":    func(r *api.Receipt) { r.Blobs = nil },
	}
	raw, err := seal.SignReceipt(m.key, right)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.verify(raw, s); err != nil {
		t.Fatalf("the right one: %v", err)
	}
	for name, spoil := range cases {
		wrong := right
		spoil(&wrong)
		if raw, err = seal.SignReceipt(m.key, wrong); err != nil {
			t.Fatal(err)
		}
		if _, _, err := w.verify(raw, s); CodeOf(err) != CodeReceipt {
			t.Errorf("a receipt with another %s gave %v", name, err)
		}
	}
}

func TestEveryErrorHasOneWhoActs(t *testing.T) {
	signed := func(status int, code, field string) error {
		return &signedError{Problem: api.Problem{Status: status, Code: code, Field: field}}
	}
	cases := []struct {
		err  error
		want actor
	}{
		{fault.New(CodePortal, "", ""), theLine},
		{fault.New(CodeCut, "", ""), theLine},
		{signed(429, api.CodeSlowDown, ""), theMutual},
		{signed(503, api.CodeBusy, ""), theMutual},
		{signed(401, api.CodeUnauthorised, ""), theAccess},
		{signed(403, api.CodeForbidden, ""), theAccess},
		{signed(426, api.CodeProtocol, ""), theAccess},
		{signed(408, "request.timeout", ""), nobody},
		{signed(409, api.CodeOffset, ""), nobody},
		{signed(500, api.CodeInternal, ""), nobody},
		{signed(502, "", ""), nobody},
		{signed(400, api.CodeBadRequest, "body"), nobody},
		{signed(404, api.CodeBadRequest, "path"), nobody},
		{signed(400, api.CodeBadRequest, "plain"), theMember},
		{signed(422, api.CodeContent, ""), theMember},
		{signed(422, api.CodeDifferent, ""), theMember},
		{signed(413, api.CodeBlobSize, ""), theMember},
		{fault.New("claim.blob-gone", "", ""), theMember},
		{fault.New("storage.disk-full", "", ""), nobody},
		{errors.New("anything"), nobody},
		{context.Canceled, nobody},
	}
	for _, c := range cases {
		if got := judge(c.err).who; got != c.want {
			t.Errorf("%v is for actor %d, want %d", c.err, got, c.want)
		}
	}
}
