package server_test

import (
	"net/http"
	"testing"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
)

// comeIn opens an access by first access, with contacts, and signs in.
func (h *house) comeIn(user, derived, email, mobile string) api.Device {
	h.t.Helper()
	rules, err := demo.Rules("aurora")
	if err != nil {
		h.t.Fatal(err)
	}
	e := h.enrol(api.PathApply, api.Application{Way: string(mutual.WayFirstAccess), User: user, Password: derived})
	e = h.enrol(api.PathContacts, api.EnrolContacts{Ticket: e.Ticket, Password: chosen, EMail: email, Mobile: mobile, Consents: all(rules, mutual.AtFirstAccess)})
	e = h.enrol(api.PathVerify, api.EnrolCodes{Ticket: e.Ticket, EMail: h.code(email), Mobile: h.code(mobile)})
	got, d := h.signInAs(api.SignIn{User: e.User, Password: chosen, Device: "casa"})
	if got.status != http.StatusOK {
		h.t.Fatalf("%d %s", got.status, got.body)
	}
	return d
}

// wantAtHome checks that a feed says once what the household and its cards are.
func (h *house) wantAtHome(d api.Device, name string, cards int) {
	h.t.Helper()
	var home member.Household
	var shown []card.Card
	h.newest(d, submission.EventHousehold, &home)
	h.newest(d, submission.EventCards, &shown)
	if home.Holder.FullName() != name || len(shown) != cards || shown[0].Name != name {
		h.t.Fatalf("%+v %+v", home, shown)
	}
}

func TestAFreshAccessIsToldHouseholdAndCards(t *testing.T) { // FAC-07, OVW-02, CRD-01
	everywhere(t, func(t *testing.T, h *house) {
		bruno := actor(t, demo.RoleFirstAccess)
		h.wantAtHome(h.comeIn(bruno.Number, "05517A944K", bruno.EMail, bruno.Mobile), "Bruno Ferri", 1)
	})
}

func TestWhoDeletedTheAccountIsStillAMemberAndMayComeBack(t *testing.T) { // DEL-03, DEL-06
	everywhere(t, func(t *testing.T, h *house) {
		h.send(h.signIn().UploadToken, h.erase(privacy.DeleteAccount))
		d := h.comeIn(demo.User, "03423F205J", "elena@posta.example", "+393330003423")
		h.wantAtHome(d, "Elena Marchetti", 3)
		var home member.Household
		if h.newest(d, submission.EventHousehold, &home); home.IBAN != "" || home.EMail != "elena@posta.example" {
			t.Fatalf("%+v", home)
		}
	})
}
