package server_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/server"
	"github.com/sodale/sodale/sync/seal"
)

// FuzzPut puts any bytes as a submission and any letter inside a good envelope: every answer is signed, and none is a
// fault of ours.
func FuzzPut(f *testing.F) {
	h := newHouse(f, "", func(c *server.Config) { c.Rate = server.Rate{PerSecond: 1e9, Burst: 1e9} })
	token := h.signIn().UploadToken
	p := h.newSubmission(1)
	h.upload(token, p)
	f.Add(p.plain, p.put.Plain, string(h.encode(p.put)))
	f.Add([]byte(`{"format":1,"documents":[{"attachments":[{}]}]}`), "", `{"opId":1}`)
	f.Add([]byte(`null`), "", "[]")
	f.Add([]byte(`{"format":1,"documents":null,"filedAt":"2026-13-45T99:99:99Z"}`), "", "[]")
	nonce := strings.Repeat("0", 32)
	f.Fuzz(func(t *testing.T, letter []byte, plain, raw string) {
		h.t = t
		put := p.put
		put.Body, put.Plain = h.seal(letter), plain
		if plain == "" {
			put.Plain = hexOf(letter)
		}
		path := revisionPath(api.PathSubmission, p.subject, 1)
		for _, body := range [][]byte{h.encode(put), letter, []byte(raw)} {
			r := httptest.NewRequest(http.MethodPut, path, strings.NewReader(string(body)))
			r.Header.Set(api.HeaderNonce, nonce)
			r.Header.Set(api.HeaderKey, p.put.OpID)
			r.Header.Set("Authorization", "Bearer "+token)
			h.prove(r, token)
			w := httptest.NewRecorder()
			h.server.ServeHTTP(w, r)
			if w.Code >= 500 {
				t.Fatalf("%d %s", w.Code, w.Body)
			}
			if err := seal.VerifyAnswer(h.archive.Keys.Public(), r.Method, path, nonce, w.Code, w.Body.Bytes(), w.Header().Get(api.HeaderSignature)); err != nil {
				t.Fatal(err)
			}
		}
	})
}
