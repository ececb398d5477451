package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
)

// tokenRoutes is one request for each route that takes a token.
func tokenRoutes(h *house) []request {
	var all []request
	for _, r := range h.server.Routes() {
		for _, status := range r.Statuses {
			if status == http.StatusForbidden {
				path := strings.NewReplacer("{digest}", strings.Repeat("ab", 32), "{subject}", string(demo.Elena), "{revision}", "1").Replace(r.Path)
				all = append(all, request{method: r.Method, path: path, json: struct{}{}})
			}
		}
	}
	return all
}

// A token that somebody else got hold of is worth nothing on any route: it needs a signature by its device's key.
func TestATokenIsRefusedOnEveryRouteWithoutItsDevicesProof(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d, thief := h.signIn(), h.second()
		stolen, _ := h.keys.of(thief.Token)
		routes := tokenRoutes(h)
		if len(routes) < 15 {
			t.Fatalf("only %d routes", len(routes))
		}
		for _, q := range routes {
			for _, token := range []string{d.Token, d.UploadToken} {
				q.token, q.bare = token, true
				h.refused(h.call(q), 401, api.CodeChallenge) // no proof at all
				challenge := h.archive.Secret.Challenge(h.clock.Now())
				q.nonce = strings.Repeat("5", 32)
				for name, proof := range map[string]string{
					"none":              "",
					"of another device": api.Prove(stolen, q.method, q.path, q.nonce, challenge, token),
					"over another path": h.proofOf(token, q.method, "/v1/other", q.nonce, challenge),
					"over another time": h.proofOf(token, q.method, q.path, strings.Repeat("6", 32), challenge),
					"over its twin":     api.Prove(h.seed(token), q.method, q.path, q.nonce, challenge, d.ID),
				} {
					q.header = map[string]string{api.HeaderChallenge: challenge, api.HeaderProof: proof}
					if p := h.call(q).problem(t); p.Status != 401 || p.Code != api.CodeProof {
						t.Errorf("%s %s with a proof %s: %+v", q.method, q.path, name, p)
					}
				}
				q.header, q.nonce = nil, ""
			}
		}
	})
}

func (h *house) seed(token string) []byte {
	seed, _ := h.keys.of(token)
	return seed
}

func (h *house) proofOf(token, method, path, nonce, challenge string) string {
	return api.Prove(h.seed(token), method, path, nonce, challenge, token)
}

func TestAProofOverAnOldChallengeIsAskedForAgainAndEveryAnswerBringsAFreshOne(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		q := request{method: http.MethodGet, path: api.PathSessions, token: d.Token}
		for _, c := range []struct {
			after time.Duration
			fresh bool
		}{{0, true}, {9 * time.Minute, true}, {21 * time.Minute, false}} {
			h.clock.advance(c.after)
			got := h.once(q)
			if c.fresh && got.status != 200 || !c.fresh && got.problem(t).Code != api.CodeChallenge {
				t.Fatalf("after %s: %d %s", c.after, got.status, got.body)
			}
			if got.header.Get(api.HeaderChallenge) != h.archive.Secret.Challenge(h.clock.Now()) {
				t.Fatal("no fresh challenge")
			}
			if got = h.once(q); got.status != 200 {
				t.Fatalf("with the fresh one: %d %s", got.status, got.body)
			}
		}
		h.reopen()
		if got := h.once(q); got.status != 200 {
			t.Fatalf("a restart made the challenge void: %d", got.status)
		}
	})
}

func TestASignInNeedsAKeyForTheDevice(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		for _, key := range [][]byte{nil, {}, make([]byte, 31)} {
			got := h.postTo(api.PathSignIn, api.SignIn{User: demo.User, Password: demo.Password, Device: "casa", Key: key})
			if p := h.refused(got, 400, api.CodeBadRequest); p.Field != "key" {
				t.Errorf("%d bytes: %+v", len(key), p)
			}
		}
	})
}

// factor turns the second factor of the demo member on.
func (h *house) factor(d api.Device) api.Factor {
	h.t.Helper()
	var f api.Factor
	got := h.asDevice(d, http.MethodPost, api.PathFactor, api.Secret{Password: demo.Password})
	if got.decode(h.t, &f); got.status != 200 {
		h.t.Fatalf("%d %s", got.status, got.body)
	}
	if got := h.asDevice(d, http.MethodPost, api.PathFactorConfirm, api.FactorCode{Code: h.totp(f.Secret)}); got.status != 200 {
		h.t.Fatalf("%d %s", got.status, got.body)
	}
	return f
}

func (h *house) asDevice(d api.Device, method, path string, body any) response {
	h.t.Helper()
	return h.call(request{method: method, path: path, token: d.Token, json: body})
}

func (h *house) totp(secret string) string {
	h.t.Helper()
	code, err := totp.GenerateCode(secret, h.clock.Now())
	if err != nil {
		h.t.Fatal(err)
	}
	return code
}
