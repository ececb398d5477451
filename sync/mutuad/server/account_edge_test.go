package server_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/server"
	"github.com/sodale/sodale/sync/seal"
)

// press sends the form of the page behind the link of one letter.
func (h *house) press(l posted) response {
	h.t.Helper()
	found := linkPattern.FindStringSubmatch(l.text)
	if found == nil {
		h.t.Fatalf("no link in %q", l.text)
	}
	return h.call(request{method: http.MethodPost, path: api.PathConfirm, raw: []byte("token=" + found[2]), nonce: "-"})
}

// REG-05: an e-mail address is the user name of one person, though two ask for it at the same time.
func TestTwoWhoRegisterWithOneAddressDoNotBothGetIt(t *testing.T) {
	at(t, "coopsal", func(t *testing.T, h *house, rules mutual.Profile) {
		first, second := form(actor(t, demo.RoleRegister), rules, mutual.WayRegister), form(actor(t, demo.RoleFirstAccess), rules, mutual.WayRegister)
		h.enrol(api.PathApply, first)
		e := h.enrol(api.PathApply, second)
		letters := h.to(first.EMail)
		if got := h.press(letters[0]); got.status != 200 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		h.refused(h.press(letters[1]), 422, api.CodeField)
		if e = h.enrol(api.PathState, api.Ticketed{Ticket: e.Ticket}); e.Step != "email-link" {
			t.Fatalf("%+v", e)
		}
		h.refused(h.postTo(api.PathApply, second), 422, api.CodeField)
	})
}

// CTV-01: the code in the mail does what the link does, and a link that is too old says so.
func TestTheCodeBesideALinkWorksAndAnOldLinkDoesNot(t *testing.T) {
	at(t, "coopsal", func(t *testing.T, h *house, rules mutual.Profile) {
		ask := form(actor(t, demo.RoleRegister), rules, mutual.WayRegister)
		e := h.enrol(api.PathApply, ask)
		h.clock.advance(23 * time.Hour)
		h.enrol(api.PathResend, api.Ticketed{Ticket: e.Ticket})
		letters := h.to(ask.EMail)
		if got := h.press(letters[0]); !strings.Contains(string(got.body), "non è più valido") {
			t.Fatalf("CTV-08: %s", got.body)
		}
		if e = h.enrol(api.PathVerify, api.EnrolCodes{Ticket: e.Ticket, EMail: h.code(ask.EMail)}); e.Step != "sign-in" {
			t.Fatalf("%+v", e)
		}
		h.clock.advance(25 * time.Hour)
		if got := h.press(letters[1]); !strings.Contains(string(got.body), "non è più valido") {
			t.Fatalf("%s", got.body)
		}
		h.refused(h.postTo(api.PathState, api.Ticketed{Ticket: e.Ticket}), 410, api.CodeTicketOver)
	})
}

// A field that is still empty is no wrong code.
func TestACodeThatWasNotTypedYetIsNotCounted(t *testing.T) {
	at(t, "cesarepozzo", func(t *testing.T, h *house, rules mutual.Profile) {
		e := h.untilCodes(rules)
		for range 20 {
			if got := h.enrol(api.PathVerify, api.EnrolCodes{Ticket: e.Ticket}); got.Step != "codes" {
				t.Fatalf("%+v", got)
			}
		}
		for left := 4; left >= 0; left-- {
			if p := h.refused(h.postTo(api.PathVerify, api.EnrolCodes{Ticket: e.Ticket, EMail: "x"}), 422, api.CodeBadCode); p.Left != left {
				t.Fatalf("%+v", p)
			}
		}
		h.refused(h.postTo(api.PathVerify, api.EnrolCodes{Ticket: e.Ticket, EMail: h.code("bruno2@posta.example")}), 410, api.CodeCodeOver)
	})
}

// FuzzAccess sends anything to any route of a member's access: the answer is signed, and never a fault of ours.
func FuzzAccess(f *testing.F) {
	h := newHouse(f, "")
	d := h.signIn()
	rules, err := demo.Rules("aurora")
	if err != nil {
		f.Fatal(err)
	}
	for route, seed := range []any{form(actor(f, demo.RoleRegister), rules, mutual.WayRegister), api.EnrolContacts{Ticket: "x", Password: chosen, EMail: "a@x.example"},
		api.ResetFinish{Ticket: "x", Code: "1", Password: chosen, Device: d.ID}, api.SessionEnd{ID: d.ID}, api.SignIn{User: demo.User, Key: make([]byte, 32)}, nil, "token=x"} {
		text, err := json.Marshal(seed)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(uint(route), text)
	}
	var routes []server.Route
	for _, r := range h.server.Routes() {
		if r.Method != http.MethodGet && !strings.Contains(r.Path, "{") {
			routes = append(routes, r)
		}
	}
	nonce := strings.Repeat("0", 32)
	f.Fuzz(func(t *testing.T, which uint, body []byte) {
		h.t = t
		h.clock.advance(30 * time.Hour)
		route := routes[which%uint(len(routes))]
		r := httptest.NewRequest(route.Method, route.Path, strings.NewReader(string(body)))
		r.Header.Set(api.HeaderNonce, nonce)
		r.Header.Set("Authorization", "Bearer "+d.Token)
		h.keys.challenge = h.archive.Secret.Challenge(h.clock.Now())
		h.prove(r, d.Token)
		w := httptest.NewRecorder()
		h.server.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Fatalf("%s: %d %s", route.Path, w.Code, w.Body)
		}
		if err := seal.VerifyAnswer(h.archive.Keys.Public(), r.Method, route.Path, nonce, w.Code, w.Body.Bytes(), w.Header().Get(api.HeaderSignature)); err != nil {
			t.Fatal(route.Path, err)
		}
	})
}
