package server

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"math"
	"net/http"
	"regexp"
	"runtime/debug"
	"strconv"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/store"
	"github.com/sodale/sodale/sync/seal"
)

// minProtocol is the oldest version that is accepted: this one and the two before.
const minProtocol = max(1, api.Protocol-2)

// call is one request whose sender is known.
type call struct {
	ctx      context.Context // goes on when the client goes away; request.Context() does not
	request  *http.Request
	who      store.Bearer // zero on routes for anyone
	endpoint string       // "PUT /v1/…": method and pattern
}

// answer is what goes back: bytes that are ready to be signed.
type answer struct {
	status int
	body   []byte
	kind   string // content type
	code   string // of a problem; "" when all is well
	after  time.Duration
	header map[string]string // further ones
}

// answerJSON answers 200.
func answerJSON(v any) (answer, error) {
	body, err := json.Marshal(v)
	return answer{status: http.StatusOK, body: body, kind: "application/json"}, err
}

// refusal is a problem on its way to the client.
type refusal struct {
	api.Problem
	after time.Duration // Retry-After; 0 = not said
}

func (r *refusal) Error() string { return strconv.Itoa(r.Status) + " " + r.Code }

func refuse(status int, code, field string) *refusal {
	return &refusal{Problem: api.Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: code, Field: field}}
}

func malformed(field string) *refusal {
	return refuse(http.StatusBadRequest, api.CodeBadRequest, field)
}

// outcome takes what a route, or the mux itself, has to say.
type outcome struct {
	header   http.Header
	status   int
	done     bool // a route answered
	answer   answer
	endpoint string
	device   string
}

// Header is where the mux writes its own headers; they are thrown away but for Allow.
func (o *outcome) Header() http.Header { return o.header }

// Write takes the mux's own text and throws it away.
func (o *outcome) Write(p []byte) (int, error) { return len(p), nil }

// WriteHeader takes the mux's own status.
func (o *outcome) WriteHeader(status int) { o.status = status }

// run lets a route answer.
func (o *outcome) run(s *Server, r Route, request *http.Request) {
	c := &call{ctx: context.WithoutCancel(request.Context()), request: request, endpoint: r.Method + " " + r.Path}
	o.done, o.endpoint = true, c.endpoint
	err := s.admit(c, r.rights)
	o.device = c.who.Device
	if err == nil {
		o.answer, err = r.handle(c)
	} else {
		o.answer, err = s.recalled(c, err)
	}
	if err != nil {
		o.answer = s.problem(c, err)
	}
}

// problem turns an error into its answer. What is no refusal is ours, and only the log says what it was.
func (s *Server) problem(c *call, err error) answer {
	var r *refusal
	if !errors.As(err, &r) {
		s.log.Error("request failed", "endpoint", c.endpoint, "device", c.who.Device, "code", string(fault.CodeOf(err)), "error", err.Error())
		r = refuse(http.StatusInternalServerError, api.CodeInternal, "")
	}
	return r.answer()
}

func (r *refusal) answer() answer {
	body, err := json.Marshal(r.Problem)
	if err != nil {
		body = nil // a Problem is plain text and numbers: it can always be written
	}
	return answer{status: r.Status, body: body, kind: "application/problem+json", code: r.Code, after: r.after}
}

var noncePattern = regexp.MustCompile(`^[0-9a-f]{32}$`)

// ServeHTTP answers one request and signs the answer.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	o := &outcome{header: http.Header{}}
	nonce := r.Header.Get(api.HeaderNonce)
	if !noncePattern.MatchString(nonce) {
		nonce = ""
	}
	s.route(o, r, nonce)
	s.send(w, r, o, nonce)
	s.log.LogAttrs(r.Context(), slog.LevelInfo, "request", slog.String("endpoint", o.endpoint), slog.Int("status", o.answer.status),
		slog.String("code", o.answer.code), slog.String("device", o.device), slog.Duration("took", time.Since(start)))
}

// route finds and runs what the request asks for. A panic is answered like any other fault of ours.
func (s *Server) route(o *outcome, r *http.Request, nonce string) {
	defer func() {
		if p := recover(); p != nil {
			s.log.Error("panic", "endpoint", o.endpoint, "stack", string(debug.Stack()))
			o.answer = refuse(http.StatusInternalServerError, api.CodeInternal, "").answer()
		}
	}()
	if refused := s.precheck(r, nonce); refused != nil {
		o.answer = refused.answer()
		return
	}
	if s.mux.ServeHTTP(o, r); !o.done {
		status := http.StatusNotFound
		if o.status == http.StatusMethodNotAllowed {
			status = o.status
		}
		o.answer = refuse(status, api.CodeBadRequest, "path").answer()
	}
}

// precheck refuses what no route may see.
func (s *Server) precheck(r *http.Request, nonce string) *refusal {
	if nonce == "" && r.URL.Path != api.PathConfirm { // a browser has none
		return malformed(api.HeaderNonce)
	}
	if r.Method == http.MethodHead { // its answer has no body that the signature could cover
		return refuse(http.StatusMethodNotAllowed, api.CodeBadRequest, "method")
	}
	if text := r.Header.Get(api.HeaderProtocol); text != "" {
		version, err := strconv.Atoi(text)
		if err != nil {
			return malformed(api.HeaderProtocol)
		}
		if version < minProtocol || version > api.Protocol {
			return refuse(http.StatusUpgradeRequired, api.CodeProtocol, "")
		}
	}
	return nil
}

// send writes the answer with its signature.
func (s *Server) send(w http.ResponseWriter, r *http.Request, o *outcome, nonce string) {
	h := w.Header()
	for name, value := range o.answer.header {
		h.Set(name, value)
	}
	h.Set("Content-Type", o.answer.kind)
	h.Set("Content-Length", strconv.Itoa(len(o.answer.body)))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set(api.HeaderProtocol, strconv.Itoa(api.Protocol))
	h.Set(api.HeaderChallenge, s.archive.Secret.Challenge(s.archive.Now()))
	h.Set(api.HeaderSignature, seal.SignAnswer(s.archive.Keys.Sign, r.Method, r.URL.EscapedPath(), nonce, o.answer.status, o.answer.body))
	if allow := o.header.Get("Allow"); allow != "" {
		h.Set("Allow", allow)
	}
	if o.answer.status == http.StatusUnauthorized {
		h.Set("WWW-Authenticate", "Bearer")
	}
	if o.answer.after > 0 {
		h.Set("Retry-After", strconv.Itoa(int(math.Ceil(o.answer.after.Seconds()))))
	}
	w.WriteHeader(o.answer.status)
	if _, err := w.Write(o.answer.body); err != nil {
		s.log.Debug("answer not sent", "endpoint", o.endpoint)
	}
}

// readJSON reads a body of at most api.MaxBody bytes into v. Fields that this version does not know are left out.
func readJSON(c *call, v any) error {
	data, err := io.ReadAll(io.LimitReader(c.request.Body, api.MaxBody+1))
	if err != nil {
		return malformed("body")
	}
	if len(data) > api.MaxBody {
		return refuse(http.StatusRequestEntityTooLarge, api.CodeBadRequest, "body")
	}
	if err := json.Unmarshal(data, v); err != nil {
		return malformed("body")
	}
	return nil
}
