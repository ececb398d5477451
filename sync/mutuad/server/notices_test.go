package server_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/desk"
	"github.com/sodale/sodale/sync/mutuad/server"
)

const elenaMobile, elenaEMail = "+393330003423", "elena@posta.example"

func (h *house) sendNotices(want int) {
	h.t.Helper()
	if n, err := h.server.SendNotices(context.Background()); err != nil || n != want {
		h.t.Fatalf("%d notices left, want %d: %v", n, want, err)
	}
}

// NTF-02, NTF-03, NTF-04, NTF-06, CLM-41, CLM-43: receipt, block, integration, outcome and payment reach telephone and mailbox, and nobody who
// reads them there learns anything of the member's health.
func TestAMemberHearsOfAClaimBySMSAndMailWithoutHealthData(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		p := h.filed(h.signIn().Token)
		at := &desk.Desk{Archive: h.archive, Actor: "test"}
		says := []desk.Decision{{State: claim.InReview}, {State: claim.Blocked, Reason: "Quota non pagata."}, {State: claim.DocumentsRequested, Reason: "Manca la ricetta."},
			{State: claim.Approved, Granted: 2892}, {State: claim.Paid}}
		words := []string{"ricevuta", "blocco", "serve una tua risposta", "decisione", "pagamento"}
		for _, say := range says {
			h.clock.advance(time.Second)
			if _, err := at.Decide(context.Background(), p.subject, say); err != nil {
				t.Fatal(err)
			}
		}
		h.sendNotices(2 * len(words))
		h.sendNotices(0)
		for _, address := range []string{elenaMobile, elenaEMail} {
			got := h.to(address)
			if len(got) != len(words) {
				t.Fatalf("%s: %+v", address, got)
			}
			for i, word := range words {
				if !strings.Contains(got[i].text, word) || !strings.Contains(got[i].text, "26-004471") || !strings.Contains(got[i].text, "area riservata") {
					t.Errorf("%+v, want %q", got[i], word)
				}
				for _, secret := range []string{"Elena", "Marchetti", "San Carlo", "ricetta", "28,92", "36,15", "Quota", "visita"} {
					if strings.Contains(got[i].subject+got[i].text, secret) {
						t.Errorf("%q says %q", got[i].text, secret)
					}
				}
			}
		}
	})
}

// brokenPost takes no e-mail.
type brokenPost struct{ *postbox }

func (brokenPost) EMail(context.Context, string, string, string) error { return errors.New("no line") }

func TestANoticeThatTheCarrierDoesNotTakeIsTriedAgainAndGivenUpInTheEnd(t *testing.T) { // NTF-04
	everywhere(t, func(t *testing.T, h *house) {
		h.filed(h.signIn().Token)
		h.reopen(func(c *server.Config) { c.Post = brokenPost{h.post} })
		h.sendNotices(1) // the SMS
		h.sendNotices(0)
		for range 11 {
			h.clock.advance(10 * time.Minute)
			h.sendNotices(0)
		}
		h.reopen()
		h.clock.advance(time.Hour)
		h.sendNotices(0) // given up
		if got := h.to(elenaMobile); len(got) != 1 {
			t.Fatalf("%+v", got)
		}
		h.filed(h.signIn().Token)
		h.reopen(func(c *server.Config) { c.Post = brokenPost{h.post} })
		h.sendNotices(1)
		h.reopen()
		h.clock.advance(10 * time.Minute)
		h.sendNotices(1) // the e-mail, with a line again
		if len(h.to(elenaMobile)) != 2 || len(h.to(elenaEMail)) != 1 {
			t.Fatalf("%+v", h.post.letters)
		}
	})
}

func TestAMutualSendsNoticesOnlyThroughTheChannelsThatItProves(t *testing.T) { // NTF-02
	h := newHouse(t, "")
	rules, err := h.archive.Rules(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	rules.Verification.Mobile = ""
	if err := h.archive.SetRules(context.Background(), rules); err != nil {
		t.Fatal(err)
	}
	h.filed(h.signIn().Token)
	h.sendNotices(1)
	if len(h.to(elenaMobile)) != 0 || len(h.to(elenaEMail)) != 1 {
		t.Fatalf("%+v", h.post.letters)
	}
}

var _ archive.Postman = brokenPost{}
