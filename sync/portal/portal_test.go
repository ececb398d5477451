package portal_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine"
	"github.com/sodale/sodale/sync/portal"
	"github.com/sodale/sodale/sync/seal"
)

// signer is a mutual that signs one prepared answer to everything, and keeps the last request.
type signer struct {
	key    ed25519.PrivateKey
	status int
	answer any
	asked  *http.Request
	body   []byte
}

func (s *signer) RoundTrip(r *http.Request) (*http.Response, error) {
	s.asked = r
	s.body, _ = io.ReadAll(r.Body)
	raw, err := json.Marshal(s.answer)
	if err != nil {
		return nil, err
	}
	rec := httptest.NewRecorder()
	rec.Header().Set(api.HeaderChallenge, "dare")
	rec.Header().Set(api.HeaderSignature, seal.SignAnswer(s.key, r.Method, r.URL.Path, r.Header.Get(api.HeaderNonce), s.status, raw))
	rec.WriteHeader(s.status)
	_, _ = rec.Write(raw)
	return rec.Result(), nil
}

// computer is one that was activated.
type computer struct{ seed []byte }

func (computer) Full() string   { return "token" }
func (c computer) Key() []byte  { return c.seed }
func (computer) Device() string { return "device" }

func connect(t *testing.T, who portal.Identity) (*portal.Portal, *signer) {
	t.Helper()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s := &signer{key: private, status: http.StatusOK, answer: struct{}{}}
	wire := engine.NewWire(api.Profile{ID: "aurora", BaseURL: "https://aurora.example", SignKey: public}, s, rand.Reader)
	return portal.New(wire, who, rand.Reader), s
}

// The key of a new device is made here: the mutual sees its public half alone (LOG-02).
func TestSigningInMakesAKeyThatTheMutualNeverSees(t *testing.T) {
	p, s := connect(t, nil)
	s.answer = api.Device{ID: "d", Token: "t", UploadToken: "u", Member: "m"}
	d, err := p.SignIn(t.Context(), account.Credentials{User: "000000003423", Password: "Aurora-2026!", Device: "PC", Factor: "123456"})
	if err != nil {
		t.Fatal(err)
	}
	var sent api.SignIn
	if err := json.Unmarshal(s.body, &sent); err != nil {
		t.Fatal(err)
	}
	if public := ed25519.NewKeyFromSeed(d.Key).Public().(ed25519.PublicKey); !public.Equal(ed25519.PublicKey(sent.Key)) {
		t.Error("the key that was sent is not the device's")
	}
	if bytes.Contains(s.body, []byte(base64.StdEncoding.EncodeToString(d.Key))) {
		t.Error("the seed was sent")
	}
	if sent.Factor != "123456" || d.Token != "t" || d.Upload != "u" || d.Member != "m" {
		t.Errorf("%+v, %+v", sent, d)
	}
	s.answer = api.Device{ID: "d", UploadToken: "u"}
	if _, err := p.SignIn(t.Context(), account.Credentials{}); fault.CodeOf(err) != engine.CodeAnswer {
		t.Errorf("a device without a token gave %v", err)
	}
}

func TestWhatAMemberAsksCarriesTokenAndProof(t *testing.T) {
	seed := bytes.Repeat([]byte{4}, ed25519.SeedSize)
	p, s := connect(t, computer{seed})
	if _, err := p.Sessions(t.Context()); err != nil { // the first answer brings the challenge
		t.Fatal(err)
	}
	proved := func(names string) bool {
		signature, err := base64.StdEncoding.DecodeString(s.asked.Header.Get(api.HeaderProof))
		text := api.ProofText(s.asked.Method, s.asked.URL.Path, s.asked.Header.Get(api.HeaderNonce), "dare", names)
		return err == nil && ed25519.Verify(ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey), text, signature)
	}
	if err := p.ConfirmFactor(t.Context(), "123456"); err != nil {
		t.Fatal(err)
	}
	if s.asked.Header.Get("Authorization") != "Bearer token" || !proved("token") {
		t.Error("the token was not proved")
	}
	if _, err := p.OpenShare(t.Context(), account.Credentials{User: "u", Password: "p"}); err != nil {
		t.Fatal(err)
	}
	if s.asked.Header.Get("Authorization") != "" || !proved("device") {
		t.Error("a share is asked for without a token, with the proof of the device")
	}
}

func TestNothingIsAskedAsAMemberBeforeAnActivation(t *testing.T) {
	p, s := connect(t, nil)
	if _, err := p.Sessions(t.Context()); fault.CodeOf(err) != engine.CodeNoToken || s.asked != nil {
		t.Errorf("%v", err)
	}
}

func TestAnAnswerIsCheckedBeforeItIsBelieved(t *testing.T) {
	p, s := connect(t, nil)
	s.answer = api.Enrolment{Ticket: "t", Step: "pay-first"}
	if _, err := p.State(t.Context(), "t"); fault.CodeOf(err) != engine.CodeAnswer {
		t.Errorf("an unknown step gave %v", err)
	}
	s.answer = mutual.Profile{ID: "aurora"}
	if _, err := p.Rules(t.Context()); fault.CodeOf(err) != mutual.CodeValue {
		t.Errorf("rules that are none gave %v", err)
	}
	s.status, s.answer = http.StatusUnprocessableEntity, api.Problem{Status: 422, Code: api.CodeBadCode, Field: "email", Left: 2}
	_, err := p.Verify(t.Context(), "t", account.Codes{EMail: "00000000"})
	if fault.CodeOf(err) != account.CodeCodeWrong {
		t.Errorf("a wrong code gave %v", err)
	}
	_, private, _ := ed25519.GenerateKey(rand.Reader)
	s.key = private
	if _, err := p.State(t.Context(), "t"); fault.CodeOf(err) != engine.CodePortal {
		t.Errorf("an answer that another key signed gave %v", err)
	}
}
