package engine

import (
	"bytes"
	"cmp"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/seal"
)

// How long one exchange may take. An append is given the time that 64 KiB need at 5 kbit/s, and shrinks when it is cut.
const (
	callTimeout   = 30 * time.Second
	appendTimeout = 2 * time.Minute
	pollWait      = 25 * time.Second // how long the mutual may hold a long poll
)

// Wire asks one mutual and believes only signed answers. It is safe for concurrent use.
type Wire struct {
	profile api.Profile
	client  *http.Client
	heard   func()             // called after each answer that verified
	revoked func(destroy bool) // called when an answer says that this device was signed out
	dice    *dice
	prover  prover
}

// NewWire speaks to the profile's mutual through transport (nil: NewTransport of the profile), drawing nonces from random.
func NewWire(profile api.Profile, transport http.RoundTripper, random io.Reader) *Wire {
	if transport == nil {
		transport = NewTransport(profile)
	}
	stay := func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Wire{profile: profile, client: &http.Client{Transport: transport, CheckRedirect: stay}, dice: &dice{random: random}, heard: func() {},
		revoked: func(bool) {}}
}

// question is one request. Body is JSON unless raw is set.
type question struct {
	method, path, query string
	token               string
	prove               string // what the device's proof names; "" = the token
	header              map[string]string
	body                any
	raw                 []byte
	timeout             time.Duration
}

// signedError is an error answer that the mutual signed.
type signedError struct {
	api.Problem
	wait time.Duration // Retry-After; 0 = not said
}

func (e *signedError) Error() string {
	return "mutual answered " + strconv.Itoa(e.Status) + " " + e.Code
}

// exchange asks q and returns the body of a signed answer of the 200s. A signed error answer comes as *signedError;
// everything else that can go wrong is a fault of the line. A proof with a challenge that is too old is made again, once.
func (w *Wire) exchange(ctx context.Context, q question) ([]byte, error) {
	body, err := w.exchangeOnce(ctx, q)
	if signedAs(err, api.CodeChallenge) {
		return w.exchangeOnce(ctx, q)
	}
	return body, err
}

func (w *Wire) exchangeOnce(ctx context.Context, q question) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, q.timeout)
	defer cancel()
	nonce, err := w.nonce()
	if err != nil {
		return nil, err
	}
	request, err := w.request(ctx, q, nonce)
	if err != nil {
		return nil, err
	}
	answer, err := w.client.Do(request)
	if err != nil {
		return nil, fault.Wrap(lineCode(err), "engine.exchange", q.path, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, api.MaxBody+1))
	if err != nil {
		return nil, fault.Wrap(lineCode(err), "engine.exchange", q.path, err)
	}
	if len(body) > api.MaxBody {
		return nil, fault.New(CodePortal, "engine.exchange", q.path).With("Status", strconv.Itoa(answer.StatusCode))
	}
	err = seal.VerifyAnswer(w.profile.SignKey, q.method, q.path, nonce, answer.StatusCode, body, answer.Header.Get(api.HeaderSignature))
	if err != nil {
		return nil, fault.Wrap(CodePortal, "engine.exchange", q.path, err).With("Status", strconv.Itoa(answer.StatusCode))
	}
	w.prover.hear(answer)
	w.heard()
	if answer.StatusCode/100 == 2 {
		return body, nil
	}
	problem := problemOf(answer, body)
	if problem.Code == api.CodeRevoked {
		w.revoked(problem.Destroy)
	}
	return nil, problem
}

// request builds the HTTP request. The token travels in a header, never in the address.
func (w *Wire) request(ctx context.Context, q question, nonce string) (*http.Request, error) {
	payload := q.raw
	if q.body != nil {
		encoded, err := json.Marshal(q.body)
		if err != nil {
			return nil, err
		}
		payload = encoded
	}
	address := strings.TrimSuffix(w.profile.BaseURL, "/") + q.path
	if q.query != "" {
		address += "?" + q.query
	}
	request, err := http.NewRequestWithContext(ctx, q.method, address, bytes.NewReader(payload))
	if err != nil {
		return nil, err
	}
	if request.URL.Scheme != "https" {
		return nil, fault.New(CodeTLS, "engine.request", request.URL.Scheme)
	}
	request.Header.Set(api.HeaderNonce, nonce)
	request.Header.Set(api.HeaderProtocol, strconv.Itoa(api.Protocol))
	if q.token != "" {
		request.Header.Set("Authorization", "Bearer "+q.token)
	}
	if q.body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	for name, value := range q.header {
		request.Header.Set(name, value)
	}
	w.prover.sign(request, q.path, cmp.Or(q.prove, q.token))
	return request, nil
}

func (w *Wire) nonce() (string, error) {
	var b [16]byte
	if _, err := w.dice.Read(b[:]); err != nil {
		return "", err
	}
	return hex.EncodeToString(b[:]), nil
}

// problemOf reads a signed error answer. One without a code that can be read gets the one that asks for patience.
func problemOf(answer *http.Response, body []byte) *signedError {
	e := &signedError{}
	if json.Unmarshal(body, &e.Problem) != nil || e.Code == "" {
		e.Code = string(CodeAnswer)
	}
	e.Status = answer.StatusCode
	if seconds, err := strconv.Atoi(answer.Header.Get("Retry-After")); err == nil && seconds > 0 {
		e.wait = min(time.Duration(seconds)*time.Second, longestWait)
	}
	return e
}

// lineCode names what happened to a request that got no answer.
func lineCode(err error) fault.Code {
	var dns *net.DNSError
	var timeout net.Error
	switch {
	case fault.CodeOf(err) != "":
		return fault.CodeOf(err)
	case errors.As(err, &dns), errors.Is(err, errNetworkGone), errors.Is(err, errHostGone):
		return CodeOffline
	case errors.Is(err, errRefused):
		return CodeRefused
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return CodeTimeout
	}
	return CodeCut
}

// decode reads a signed JSON body of the 200s.
func decode[T any](body []byte, err error) (T, error) {
	var v T
	if err != nil {
		return v, err
	}
	if err := json.Unmarshal(body, &v); err != nil {
		return v, fault.Wrap(CodeAnswer, "engine.decode", "", err)
	}
	return v, nil
}

func publicKey(profile api.Profile) ed25519.PublicKey { return ed25519.PublicKey(profile.SignKey) }
