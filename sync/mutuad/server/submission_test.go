package server_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/desk"
	"github.com/sodale/sodale/sync/mutuad/server"
	"github.com/sodale/sodale/sync/mutuad/store"
)

func TestTheSameRevisionFiveAtATimeIsStoredOnceWithOneReceipt(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		for range 4 {
			p := h.newSubmission(1)
			h.upload(token, p)
			var answers [5]response
			var done sync.WaitGroup
			for i := range answers {
				done.Go(func() { answers[i] = h.put(token, p) })
			}
			done.Wait()
			for _, a := range answers {
				if a.status != http.StatusOK || !bytes.Equal(a.body, answers[0].body) {
					t.Fatalf("%d %s beside %s", a.status, a.body, answers[0].body)
				}
			}
			if got := h.getReceipt(token, p.subject, p.revision); !bytes.Equal(got.body, answers[0].body) {
				t.Fatalf("receipt %s", got.body)
			}
		}
		h.wantClaims(4, "26-004474")
	})
}

// wantClaims checks how many claims there are, the newest number, and that the feed has one event for the first, and two for each that
// was joined to it (CLM-24).
func (h *house) wantClaims(n int, newest string) {
	h.t.Helper()
	claims, err := h.archive.Store.Claims(context.Background())
	if err != nil || len(claims) != n || claims[n-1].Protocol != newest {
		h.t.Fatalf("%d claims, want %d up to %s: %+v, %v", len(claims), n, newest, claims, err)
	}
	if last, err := h.archive.Store.LastSeq(context.Background(), string(demo.Elena)); err != nil || last != int64(demo.Told+2*n-1) {
		h.t.Fatalf("feed ends at %d, %v", last, err)
	}
}

func TestTheSameContentGivesTheSameReceiptHoweverItIsSealedAndNamed(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		p := h.newSubmission(1)
		h.upload(token, p)
		first := h.put(token, p)
		p.put.Body = h.seal(p.plain)
		p.put.OpID = h.newID()
		h.reopen()
		again := h.put(token, p)
		if again.status != http.StatusOK || !bytes.Equal(again.body, first.body) {
			t.Fatalf("%d %s", again.status, again.body)
		}
		h.wantClaims(1, "26-004471")
	})
}

func TestOtherContentForTheSameRevisionIsRefused(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		var c claim.Claim
		p := h.newSubmission(1, func(made *claim.Claim) { c = *made })
		h.upload(token, p)
		first := h.put(token, p)
		c.Documents[0].Amount = 9900
		other := h.pack(parcel{files: p.files}, c, demo.Household())
		if got := h.put(token, other); got.status != http.StatusUnprocessableEntity || got.problem(t).Code != api.CodeDifferent {
			t.Fatalf("%d %s", got.status, got.body)
		}
		if got := h.getReceipt(token, p.subject, 1); !bytes.Equal(got.body, first.body) {
			t.Fatalf("%s", got.body)
		}
		h.wantClaims(1, "26-004471")
	})
}

func TestACorrectionKeepsTheNumberAndRegistersTheClaimAgain(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		var c claim.Claim
		p := h.newSubmission(1, func(made *claim.Claim) { c = *made })
		h.upload(d.Token, p)
		h.put(d.Token, p)
		say := desk.Decision{State: claim.DocumentsRequested, Reason: "Manca la prescrizione."}
		if _, err := (&desk.Desk{Archive: h.archive, Actor: "test"}).Decide(context.Background(), "26-004471", say); err != nil {
			t.Fatal(err)
		}
		c.Revision, c.OpID, c.Documents[0].Amount = 2, h.newID(), 4000
		r := h.receipt(h.put(d.Token, h.pack(parcel{files: p.files}, c, demo.Household())).body)
		if r.Revision != 2 || r.Protocol != "26-004471" || r.Seq != demo.Told+3 {
			t.Fatalf("%+v", r)
		}
		got, err := h.archive.Store.FindClaim(context.Background(), "26-004471")
		if err != nil || got.State != claim.Registered || got.Revision != 2 || got.Total != 4000 {
			t.Fatalf("%+v, %v", got, err)
		}
	})
}

func TestAReceiptIsOnlyForWhatIsThere(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		p := h.newSubmission(1)
		h.upload(token, p)
		if got := h.getReceipt(token, p.subject, 1); got.status != http.StatusNotFound || got.problem(t).Code != api.CodeNothing {
			t.Fatalf("before: %d %s", got.status, got.body)
		}
		h.put(token, p)
		if got := h.getReceipt(token, p.subject, 2); got.status != http.StatusNotFound || got.problem(t).Code != api.CodeNothing {
			t.Fatalf("another revision: %d %s", got.status, got.body)
		}
	})
}

func TestASubmissionWaitsForItsFiles(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		p := h.newSubmission(3)
		got := h.put(token, p)
		if got.status != http.StatusConflict || got.problem(t).Code != api.CodeBlobsMissing || len(got.problem(t).Lacks) != 3 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		half := p.files[p.put.Blobs[1]][:100]
		h.append(token, p.put.Blobs[1], 0, int64(len(p.files[p.put.Blobs[1]])), half)
		if got := h.put(token, p); len(got.problem(t).Lacks) != 3 {
			t.Fatalf("half a file counts: %s", got.body)
		}
	})
}

func TestContentThatCannotBeAcceptedIsRefusedWithItsField(t *testing.T) {
	h := newHouse(t, "")
	token := h.signIn().UploadToken
	attachment := func(c *claim.Claim) *claim.Attachment { return &c.Documents[0].Attachments[0] }
	for _, c := range []struct {
		name  string
		bend  func(*claim.Claim)
		field string // prefix
	}{
		{"another holder", func(c *claim.Claim) { c.Holder = demo.Paolo }, "holder"},
		{"no documents", func(c *claim.Claim) { c.Documents = nil }, "documents"},
		{"a stranger", func(c *claim.Claim) { c.Documents[0].Person = member.ID(h.newID()) }, "documents/"},
		{"a document without files", func(c *claim.Claim) { c.Documents[0].Attachments = nil }, "documents/"},
		{"a negative amount", func(c *claim.Claim) { c.Documents[0].Amount = -1 }, "documents/"},
		{"an amount that can't be read", func(c *claim.Claim) { c.Documents[0].AmountText = "x" }, "documents/"},
		{"a wrong plain digest", func(c *claim.Claim) { attachment(c).Plain = strings.Repeat("0", 64) }, "attachments/"},
		{"a wrong size", func(c *claim.Claim) { attachment(c).Size++ }, "attachments/"},
		{"a wrong sealed size", func(c *claim.Claim) { attachment(c).Sealed++ }, "attachments/"},
		{"a digest that is a path", func(c *claim.Claim) { attachment(c).Plain = "../../../../etc/passwd" }, "attachments/"},
		{"a file that is too large", func(c *claim.Claim) { attachment(c).Size = 1 << 40 }, "attachments/"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h.t = t
			p := h.newSubmission(1, c.bend)
			h.upload(token, p)
			got := h.put(token, p)
			if pr := got.problem(t); got.status != http.StatusUnprocessableEntity || pr.Code != api.CodeContent || !strings.HasPrefix(pr.Field, c.field) {
				t.Fatalf("%d %+v", got.status, pr)
			}
		})
	}
	h.t = t
	if claims, err := h.archive.Store.Claims(context.Background()); err != nil || len(claims) != 0 {
		t.Fatalf("%v, %v", claims, err)
	}
}

func TestAnEnvelopeThatDoesNotMatchItsLetterIsRefused(t *testing.T) {
	h := newHouse(t, "")
	token := h.signIn().UploadToken
	strange := h.newID()
	for _, c := range []struct {
		name   string
		bend   func(*parcel)
		status int
		code   string
		field  string
	}{
		{"body that is not sealed", func(p *parcel) { p.put.Body = []byte("in clear") }, 422, api.CodeSealed, "body"},
		{"body cut short", func(p *parcel) { p.put.Body = p.put.Body[:len(p.put.Body)-5] }, 422, api.CodeSealed, "body"},
		{"body with a flipped bit", func(p *parcel) { p.put.Body[len(p.put.Body)-9] ^= 4 }, 422, api.CodeSealed, "body"},
		{"no body", func(p *parcel) { p.put.Body = nil }, 400, api.CodeBadRequest, "body"},
		{"other plain digest", func(p *parcel) { p.put.Plain = strings.Repeat("ab", 32) }, 422, api.CodeContent, "plain"},
		{"plain digest that is none", func(p *parcel) { p.put.Plain = "x" }, 400, api.CodeBadRequest, "plain"},
		{"another subject", func(p *parcel) { p.subject = strange }, 422, api.CodeContent, "id"},
		{"subject that is none", func(p *parcel) { p.subject = "x" }, 400, api.CodeBadRequest, "subject"},
		{"another revision", func(p *parcel) { p.revision = 2 }, 422, api.CodeContent, "revision"},
		{"revision nought", func(p *parcel) { p.revision = 0 }, 400, api.CodeBadRequest, "revision"},
		{"another operation", func(p *parcel) { p.put.OpID = strange }, 422, api.CodeContent, "opId"},
		{"operation that is none", func(p *parcel) { p.put.OpID = "x" }, 400, api.CodeBadRequest, "opId"},
		{"another kind", func(p *parcel) { p.put.Kind = "wish" }, 422, api.CodeContent, "kind"},
		{"files in another order", func(p *parcel) { p.put.Blobs[0], p.put.Blobs[1] = p.put.Blobs[1], p.put.Blobs[0] }, 422, api.CodeContent, "blobs"},
		{"file that is none", func(p *parcel) { p.put.Blobs[0] = "../x" }, 400, api.CodeBadRequest, "blobs"},
		{"letter that is no claim", func(p *parcel) { p.plain = []byte("{}"); p.put.Body = h.seal(p.plain); p.put.Plain = hexOf(p.plain) }, 422, api.CodeContent, "body"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h.t = t
			p := h.newSubmission(2)
			h.upload(token, p)
			c.bend(&p)
			got := h.put(token, p)
			if pr := got.problem(t); got.status != c.status || pr.Code != c.code || pr.Field != c.field {
				t.Fatalf("%d %+v", got.status, pr)
			}
		})
	}
	t.Run("key in the header of another operation", func(t *testing.T) {
		h.t = t
		p := h.newSubmission(1)
		got := h.call(request{method: http.MethodPut, path: revisionPath(api.PathSubmission, p.subject, 1), token: token, json: p.put,
			header: map[string]string{api.HeaderKey: strange}})
		if got.status != http.StatusBadRequest || got.problem(t).Field != api.HeaderKey {
			t.Fatalf("%d %s", got.status, got.body)
		}
	})
}

func TestAFileLostOrRottenOnOurDiskIsAskedForAgain(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(path string) error
		then  func(h *house)
	}{
		"lost":                           {os.Remove, func(*house) {}},
		"changed by somebody":            {flip, func(*house) {}},
		"rotten by itself":               {rot, func(h *house) { h.clock.advance(time.Minute) }},
		"rotten while the server rested": {rot, func(h *house) { h.reopen() }},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, "")
			token := h.signIn().UploadToken
			p := h.newSubmission(2)
			h.upload(token, p)
			digest := p.put.Blobs[1]
			if err := c.spoil(filepath.Join(h.dir, "blobs", string(demo.Elena), digest)); err != nil {
				t.Fatal(err)
			}
			c.then(h)
			got := h.put(token, p)
			if got.status != http.StatusConflict || len(got.problem(t).Lacks) != 1 || got.problem(t).Lacks[0] != digest {
				t.Fatalf("%d %s", got.status, got.body)
			}
			h.upload(token, p)
			if got := h.put(token, p); got.status != http.StatusOK {
				t.Fatalf("after sending again: %d %s", got.status, got.body)
			}
		})
	}
}

func flip(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	data[len(data)/2] ^= 1
	return os.WriteFile(path, data, 0o600)
}

// rot changes a file as a bad disk does: nothing tells of it.
func rot(path string) error {
	was, err := os.Stat(path)
	if err != nil {
		return err
	}
	return errors.Join(flip(path), os.Chtimes(path, was.ModTime(), was.ModTime()))
}

func TestARevisionWhoseAnswerWasLostIsThereAndAnsweredAgain(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		var cut bool
		h.reopen(func(c *server.Config) {
			c.Hooks.AfterCommit = func(endpoint string) {
				if cut && endpoint == "PUT "+api.PathSubmission {
					panic(http.ErrAbortHandler)
				}
			}
		})
		token := h.signIn().UploadToken
		p := h.newSubmission(1)
		h.upload(token, p)
		cut = true
		if got := h.put(token, p); got.status != http.StatusInternalServerError {
			t.Fatalf("%d", got.status)
		}
		cut = false
		got := h.put(token, p)
		if r := h.receipt(got.body); r.OpID != p.put.OpID || !bytes.Equal(got.body, h.getReceipt(token, p.subject, 1).body) {
			t.Fatalf("%+v", r)
		}
		h.wantClaims(1, "26-004471")
	})
}

func TestAnOlderRevisionThatComesLateChangesNothingOfTheClaim(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		var c claim.Claim
		old := h.newSubmission(1, func(made *claim.Claim) { c = *made })
		c.Revision, c.OpID = 2, h.newID()
		c.Documents = append([]claim.ExpenseDocument(nil), c.Documents...)
		c.Documents[0].Amount = 5000
		newer := h.pack(parcel{files: old.files}, c, demo.Household())
		h.upload(token, old)
		for _, p := range []parcel{newer, old} {
			if got := h.put(token, p); got.status != http.StatusOK {
				t.Fatalf("%d %s", got.status, got.body)
			}
		}
		var got store.Claim
		got, err := h.archive.Store.FindClaim(context.Background(), old.subject)
		if err != nil || got.Revision != 2 || got.Total != 5000 {
			t.Fatalf("%+v, %v", got, err)
		}
	})
}
