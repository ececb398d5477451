package engine

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"sync/atomic"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/api"
)

// prover signs what presents a token: whoever only has the token can do nothing with it (RFC 9449, with the mutual's
// challenge instead of a clock). The zero prover signs nothing.
type prover struct {
	key       func() []byte // seed of this device's key; nil or empty = none
	challenge atomic.Pointer[string]
}

// hear keeps the challenge that an answer brought.
func (p *prover) hear(answer *http.Response) {
	if c := answer.Header.Get(api.HeaderChallenge); c != "" {
		p.challenge.Store(&c)
	}
}

// sign adds the proof to a request that presents token or, for a device that is known by its id alone, that id.
func (p *prover) sign(request *http.Request, path, token string) {
	c := p.challenge.Load()
	if p.key == nil || token == "" || c == nil {
		return
	}
	key := p.key()
	if len(key) == 0 {
		return
	}
	request.Header.Set(api.HeaderChallenge, *c)
	request.Header.Set(api.HeaderProof, api.Prove(key, request.Method, path, request.Header.Get(api.HeaderNonce), *c, token))
}

// Prove lets the wire sign what presents a token with the seed that key returns.
func (w *Wire) Prove(key func() []byte) { w.prover.key = key }

// Ask makes one request of a member's access and decodes its answer into into, which may be nil. prove is what the device's
// proof names beside the token: the token itself, or the device's id where there is no token. A signed refusal comes as a
// fault.Error with the mutual's code and, in Values, what it says: Field, Left, Seconds, Ticket, Reason.
func (w *Wire) Ask(ctx context.Context, method, path, token, prove string, body, into any) error {
	q := question{method: method, path: path, token: token, prove: prove, body: body, timeout: callTimeout}
	raw, err := w.exchange(ctx, q)
	if err != nil {
		return refusalOf(err, path)
	}
	if into == nil {
		return nil
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fault.Wrap(CodeAnswer, "engine.ask", path, err)
	}
	return nil
}

// refusalOf turns a signed refusal into an error that a screen can say.
func refusalOf(err error, path string) error {
	var signed *signedError
	if !errors.As(err, &signed) {
		return err
	}
	f := fault.Wrap(fault.Code(signed.Code), "engine.ask", path, err).With("Field", signed.Field).With("Reason", signed.Title)
	if signed.Left > 0 {
		_ = f.With("Left", strconv.Itoa(signed.Left))
	}
	if signed.wait > 0 {
		_ = f.With("Seconds", strconv.Itoa(int(signed.wait.Seconds())))
	}
	if signed.Ticket != "" {
		_ = f.With("Ticket", signed.Ticket)
	}
	return f
}
