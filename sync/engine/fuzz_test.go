package engine

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/seal"
)

// FuzzSignedAnswers holds that no answer, even one that the mutual signed, makes the wire panic, and that none but a true
// receipt passes for one.
func FuzzSignedAnswers(f *testing.F) {
	f.Add(200, []byte(`{"mutual":"aurora","epoch":"e"}`), "")
	f.Add(200, []byte(`{"missing":[{"digest":"d1","offset":5}]}`), "")
	f.Add(200, []byte(`{"statement":"e30=","signature":"AAAA"}`), "")
	f.Add(429, []byte(`{"status":429,"code":"server.slow-down"}`), "999999999999")
	f.Add(409, []byte(`{"status":409,"code":"blob.offset","offset":-1}`), "-3")
	f.Add(422, []byte(`not json`), "soon")
	f.Fuzz(func(t *testing.T, status int, body []byte, after string) {
		if status < 200 || status > 599 {
			return
		}
		m := newMutual()
		transport := roundTrip(func(r *http.Request) (*http.Response, error) {
			w := httptest.NewRecorder()
			w.Header().Set("Retry-After", after)
			w.Header().Set(api.HeaderSignature, seal.SignAnswer(m.key, r.Method, r.URL.Path, r.Header.Get(api.HeaderNonce), status, body))
			w.WriteHeader(status)
			_, _ = w.Write(body)
			return w.Result(), nil
		})
		askEverything(t, NewWire(m.profile(), transport, seeded(1)))
	})
}

func askEverything(t *testing.T, w *Wire) {
	ctx := t.Context()
	s := submission.Submission{OpID: "op", Kind: submission.KindClaim, Subject: "subject", Revision: 1, Plain: "aa", Blobs: []submission.Blob{{Digest: "d1", Size: 9}}}
	_, err := w.Hello(ctx)
	errs := []error{err}
	_, err = w.check(ctx, "token", []string{"d1"})
	errs = append(errs, err)
	_, err = w.extend(ctx, "token", s.Blobs[0], 0, []byte("123456789"))
	errs = append(errs, err)
	_, err = w.events(ctx, "token", submission.Cursor{}, false)
	errs = append(errs, err)
	for i, err := range errs {
		if v := judge(err); err != nil && (v.wait < 0 || v.wait > longestWait) {
			t.Errorf("question %s asks for a wait of %v", strconv.Itoa(i), v.wait)
		}
	}
	if _, _, err := w.put(ctx, "token", s); err == nil {
		t.Error("a receipt that the mutual never signed was taken")
	}
	if _, _, err := w.receipt(ctx, "token", s); err == nil {
		t.Error("a receipt that the mutual never signed was taken")
	}
}
