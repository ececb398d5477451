package server_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
	asked "github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
)

// relative is a request for somebody of the demo's cast to be added.
func (h *house) relative(role demo.Role, bend ...func(*member.Newcomer)) asked.Filed {
	h.t.Helper()
	for _, a := range demo.Cast() {
		if a.Role != role {
			continue
		}
		who := member.Newcomer{GivenName: a.Person.GivenName, FamilyName: a.Person.FamilyName, Sex: a.Person.Sex, DateOfBirth: a.Person.DateOfBirth,
			BirthPlace: a.Person.BirthPlace, FiscalCode: a.Person.FiscalCode, Role: member.Other, Code: a.Code, Consent: h.archive.Now()}
		for _, b := range bend {
			b(&who)
		}
		return h.ask(submission.KindFamily, func(f *asked.Filed) { f.Family = &who })
	}
	h.t.Fatalf("nobody is %s", role)
	return asked.Filed{}
}

func TestARelativeWithTheSameMobileIsAddedWithDossierCardAndConsent(t *testing.T) { // FAM-01 … FAM-06, PRV-03
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		f := h.relative(demo.RoleSameMobile, func(n *member.Newcomer) {
			n.GivenName, n.FiscalCode, n.Code = " MARTA", "gll mrt 41h62 b157a", strings.ToLower(n.Code)
		})
		h.send(token, f)
		now, _ := news[member.Household](h, submission.EventHousehold)
		marta := now.Family[len(now.Family)-1]
		if len(now.Family) != 3 || marta.FullName() != "Marta Galli" || marta.Role != member.Other || !marta.Dossier || marta.Details.EMail != "" || marta.Details.Mobile != "" {
			t.Fatalf("%+v", now)
		}
		if cards, _ := news[[]card.Card](h, submission.EventCards); len(cards) != 4 || cards[3].Name != "Marta Galli" {
			t.Fatalf("%+v", cards)
		}
		answers, _ := news[[]privacy.Answer](h, submission.EventConsents)
		if last := answers[len(answers)-1]; last.Consent != "dossier" || last.Person != string(marta.ID) || !last.Given || last.Version == "" {
			t.Fatalf("%+v", last)
		}
		if m, err := h.archive.Store.Member(context.Background(), string(demo.Elena)); err != nil || !slices.Contains(m.People, marta.ID) {
			t.Fatalf("%v, %v: no claim could be made for her", m.People, err)
		}
		h.wantRefused(token, h.relative(demo.RoleSameMobile), api.CodeActivation, "family/code") // a code opens once
	})
}

func TestADossierIsOpenedLaterByItsCode(t *testing.T) { // FAM-06
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		h.send(token, h.relative(demo.RoleSameMobile, func(n *member.Newcomer) { n.Code, n.Consent = "", time.Time{} }))
		closed := h.household().Family[2]
		h.send(token, h.relative(demo.RoleSameMobile))
		if opened := h.household().Family; closed.Dossier || !opened[2].Dossier || len(opened) != 3 {
			t.Fatalf("%+v, %+v", closed, opened)
		}
	})
}

func TestARelativeIsRefusedWithTheReason(t *testing.T) { // FAM-02, FAM-05, FAM-06, FAM-07
	h := newHouse(t, "")
	token := h.signIn().UploadToken
	same := func(bend func(*member.Newcomer)) asked.Filed { return h.relative(demo.RoleSameMobile, bend) }
	for _, c := range []struct {
		name        string
		f           asked.Filed
		code, field string
	}{
		{"another mobile", h.relative(demo.RoleOtherMobile), api.CodeMobileDiffers, "family"},
		{"a wrong code", same(func(n *member.Newcomer) { n.Code = "0000-0000-0000-0000" }), api.CodeActivation, "family/code"},
		{"somebody else's code", same(func(n *member.Newcomer) { n.Code = demo.Cast()[4].Code }), api.CodeActivation, "family/code"},
		{"another name", same(func(n *member.Newcomer) { n.GivenName = "Maria" }), api.CodePersonUnknown, "family"},
		{"another day of birth", same(func(n *member.Newcomer) { n.DateOfBirth.Day++ }), api.CodePersonUnknown, "family"},
		{"nobody in the archive", same(func(n *member.Newcomer) { n.FiscalCode = "RSSMRA80A01F205X" }), api.CodePersonUnknown, "family"},
		{"who has a membership", h.relative(demo.RoleRegister), api.CodePersonUnknown, "family"},
		{"no codice fiscale", same(func(n *member.Newcomer) { n.FiscalCode = "GLLMRT41H62B157X" }), api.CodeContent, "family/fiscalCode"},
		{"a second holder", same(func(n *member.Newcomer) { n.Role = member.Holder }), api.CodeContent, "family/role"},
		{"no consent", same(func(n *member.Newcomer) { n.Consent = time.Time{} }), api.CodeContent, "family/consent"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h.t = t
			h.wantRefused(token, c.f, c.code, c.field)
		})
	}
	h.t = t
	h.rules(func(p *mutual.Profile) { p.Relatives.Activation = false })
	h.wantRefused(token, h.relative(demo.RoleSameMobile), api.CodeNotAllowed, "family")
	h.rules(func(p *mutual.Profile) { p.Relatives.Activation, p.Relatives.SameMobileOnly = true, false })
	h.send(token, h.relative(demo.RoleOtherMobile))
}
