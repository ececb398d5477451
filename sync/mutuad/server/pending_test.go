package server_test

import (
	"fmt"
	"net/http"
	"regexp"
	"testing"

	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/sync/api"
)

var sentCode = regexp.MustCompile(`\b[0-9]{8}\b`)

// changeEMail sends a change of the holder's address.
func (h *house) changeEMail(token, address string) {
	h.t.Helper()
	h.send(token, h.edit(func(d *member.Details) { d.EMail = address }))
	h.server.Posted()
}

func (h *house) proveEMail(token, code string) response {
	h.t.Helper()
	return h.call(request{method: http.MethodPost, path: api.PathContactProof, token: token, json: api.ContactProof{EMail: code}})
}

func TestACodeProvesOnlyTheContactThatItWasSentTo(t *testing.T) { // CTV-04, CTV-08, PER-06
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		h.changeEMail(d.Token, "mia@posta.example")
		mine := sentCode.FindString(h.to("mia@posta.example")[0].text)
		for i := range 6 { // so many that no code follows from the last change
			h.changeEMail(d.Token, fmt.Sprintf("altrui%d@posta.example", i))
		}
		if letters := h.to("altrui5@posta.example"); len(letters) != 0 {
			t.Fatalf("one member's changes still send mail after six: %+v", letters)
		}
		if got := h.proveEMail(d.Token, mine); got.status != http.StatusGone || h.household().EMail != "elena@posta.example" {
			t.Fatalf("%d: a code to one address proved %s", got.status, h.household().EMail)
		}
		h.changeEMail(d.Token, "mia@posta.example")
		if got := h.proveEMail(d.Token, mine); got.status == http.StatusOK {
			t.Fatal("a code came back to life")
		}
	})
}
