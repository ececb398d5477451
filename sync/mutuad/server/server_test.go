package server_test

import (
	"context"
	"net/http"
	"testing"

	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
)

func TestAClaimSentOverHTTPIsThereOnceWithASignedReceiptAndANumberInTheFeed(t *testing.T) {
	h := newHouse(t)
	d := h.signIn()
	s := h.newSubmission(1)
	h.upload(d.UploadToken, s)
	got := h.put(d.UploadToken, s)
	if got.status != http.StatusOK {
		t.Fatalf("PUT answered %d %s", got.status, got.body)
	}
	r := h.receipt(got.body)
	if r.Subject != s.subject || r.OpID != s.put.OpID || r.Member != string(demo.Elena) || r.Protocol != "26-004471" {
		t.Fatalf("receipt %+v", r)
	}
	e := h.events(d.Token, "", 0)
	if len(e.Events) != 3 || e.Last != 3 || e.Events[2].Subject != s.subject {
		t.Fatalf("feed %+v", e)
	}
	claims, err := h.archive.Store.Claims(context.Background())
	if err != nil || len(claims) != 1 {
		t.Fatalf("claims %v, %v", claims, err)
	}
}

func TestHelloNamesTheMutualAndIsSigned(t *testing.T) {
	h := newHouse(t)
	got := h.call(request{method: http.MethodGet, path: api.PathHello})
	var hello api.Hello
	got.decode(t, &hello)
	if got.status != http.StatusOK || hello.Mutual != "aurora" || hello.Epoch == "" || hello.MaxProtocol != api.Protocol {
		t.Fatalf("%d %+v", got.status, hello)
	}
}
