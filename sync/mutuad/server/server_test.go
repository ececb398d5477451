package server_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/server"
)

func TestAClaimSentOverHTTPIsThereOnceWithASignedReceiptAndANumberInTheFeed(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		p := h.newSubmission(2)
		h.upload(d.UploadToken, p)
		got := h.put(d.UploadToken, p)
		if got.status != http.StatusOK {
			t.Fatalf("PUT answered %d %s", got.status, got.body)
		}
		r := h.receipt(got.body)
		if r.Subject != p.subject || r.OpID != p.put.OpID || r.Member != string(demo.Elena) || r.Protocol != "26-004471" || len(r.Blobs) != 2 {
			t.Fatalf("receipt %+v", r)
		}
		e := h.events(d.Token, "", 0)
		if len(e.Events) != demo.Told+1 || e.Last != demo.Told+1 || e.Events[demo.Told].Subject != p.subject || e.Events[demo.Told].Seq != r.Seq || e.Epoch != r.Epoch {
			t.Fatalf("feed %+v", e)
		}
		claims, err := h.archive.Store.Claims(context.Background())
		if err != nil || len(claims) != 1 || claims[0].Total != 3615 {
			t.Fatalf("claims %v, %v", claims, err)
		}
	})
}

func TestHelloNamesTheMutualAndTheSupportedProtocols(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		got := h.call(request{method: http.MethodGet, path: api.PathHello})
		var hello api.Hello
		got.decode(t, &hello)
		if got.status != http.StatusOK || hello.Mutual != "aurora" || hello.Epoch == "" || hello.MaxProtocol != api.Protocol || !hello.Time.Equal(epochNow) {
			t.Fatalf("%d %+v", got.status, hello)
		}
	})
}

// Every case goes through house.call, which checks the signature.
func TestEveryRefusalIsSignedAndNamed(t *testing.T) {
	h := newHouse(t, "")
	for _, c := range []struct {
		name   string
		q      request
		status int
		code   string
		field  string
	}{
		{"unknown path", request{method: http.MethodGet, path: "/v1/nothing"}, 404, api.CodeBadRequest, "path"},
		{"path that is not clean", request{method: http.MethodGet, path: "/v1//hello"}, 404, api.CodeBadRequest, "path"},
		{"percent-encoded path", request{method: http.MethodGet, path: "/v1/%7Bhello%7D"}, 404, api.CodeBadRequest, "path"},
		{"wrong method", request{method: http.MethodDelete, path: api.PathHello}, 405, api.CodeBadRequest, "path"},
		{"no nonce", request{method: http.MethodGet, path: api.PathHello, nonce: "-"}, 400, api.CodeBadRequest, api.HeaderNonce},
		{"no nonce and no path", request{method: http.MethodGet, path: "/", nonce: "-"}, 400, api.CodeBadRequest, api.HeaderNonce},
		{"protocol of the future", request{method: http.MethodGet, path: api.PathHello, header: map[string]string{api.HeaderProtocol: "99"}}, 426, api.CodeProtocol, ""},
		{"protocol that is no number", request{method: http.MethodGet, path: api.PathHello, header: map[string]string{api.HeaderProtocol: "x"}}, 400, api.CodeBadRequest, api.HeaderProtocol},
		{"no token", request{method: http.MethodGet, path: api.PathEvents}, 401, api.CodeUnauthorised, ""},
		{"unknown token", request{method: http.MethodGet, path: api.PathEvents, token: "nonsense"}, 401, api.CodeUnauthorised, ""},
		{"body that is no JSON", request{method: http.MethodPost, path: api.PathSignIn, raw: []byte("{")}, 400, api.CodeBadRequest, "body"},
		{"body without end", request{method: http.MethodPost, path: api.PathSignIn, raw: make([]byte, api.MaxBody+1)}, 413, api.CodeBadRequest, "body"},
		{"endless password", request{method: http.MethodPost, path: api.PathSignIn, json: api.SignIn{Password: strings.Repeat("x", 5000)}}, 400, api.CodeBadRequest, "password"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h.t = t
			got := h.call(c.q)
			if p := got.problem(t); got.status != c.status || p.Code != c.code || p.Field != c.field {
				t.Fatalf("%d %+v", got.status, p)
			}
		})
	}
}

// Every answer of the tests' house is looked at; here is one of each kind, on every route.
func TestNoAnswerMayBeKeptOnTheWay(t *testing.T) {
	h := newHouse(t, "")
	d := h.signIn()
	for _, route := range h.server.Routes() {
		for _, token := range []string{"", d.Token, "nonsense"} {
			if route.Path == api.PathEvents && token == d.Token {
				continue // it would wait for news
			}
			h.call(request{method: route.Method, path: strings.NewReplacer("{", "", "}", "").Replace(route.Path), token: token})
		}
	}
	h.call(request{method: http.MethodGet, path: "/v1/nothing"})
	h.browse(http.MethodGet, api.PathConfirm, "")
	h.events(d.Token, "", 0)
}

func TestANonceThatIsNoNonceIsNeverSigned(t *testing.T) {
	h := newHouse(t, "")
	r, err := http.NewRequest(http.MethodGet, h.url+api.PathHello, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set(api.HeaderNonce, strings.Repeat("A", 32)) // upper case
	if got := h.do(r, api.PathHello, ""); got.status != http.StatusBadRequest {
		t.Fatalf("%d %s", got.status, got.body)
	}
}

func TestAPanicIsASignedFaultOfOurs(t *testing.T) {
	h := newHouse(t, "", func(c *server.Config) {
		c.Hooks.AfterCommit = func(string) { panic("power cut") }
	})
	got := h.trySignIn(demo.User, demo.Password)
	if p := got.problem(t); p.Code != api.CodeInternal || got.status != http.StatusInternalServerError {
		t.Fatalf("%d %+v", got.status, p)
	}
}

func TestOneTokenThatAsksTooOftenWaitsAndOthersDoNot(t *testing.T) {
	h := newHouse(t, "", func(c *server.Config) { c.Rate = server.Rate{PerSecond: 0.5, Burst: 3} })
	d, other := h.signIn(), h.second()
	ask := func(token string) response {
		return h.call(request{method: http.MethodPost, path: api.PathBlobCheck, token: token, json: api.BlobCheck{}})
	}
	for range 3 {
		if got := ask(d.Token); got.status != http.StatusOK {
			t.Fatalf("%d %s", got.status, got.body)
		}
	}
	got := ask(d.Token)
	if got.status != http.StatusTooManyRequests || got.problem(t).Code != api.CodeSlowDown || got.header.Get("Retry-After") != "2" {
		t.Fatalf("%d %s, Retry-After %q", got.status, got.body, got.header.Get("Retry-After"))
	}
	if got := ask(other.Token); got.status != http.StatusOK {
		t.Fatalf("the other waits too: %d", got.status)
	}
	h.clock.advance(2_000_000_000)
	if got := ask(d.Token); got.status != http.StatusOK {
		t.Fatalf("after waiting: %d", got.status)
	}
}
