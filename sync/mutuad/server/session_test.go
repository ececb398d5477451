package server_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	asked "github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
)

// SES-02: the computers that are signed in, and how one of them is signed out from another.
func TestAComputerThatWasSignedOutHearsSoOnEveryRouteAndWhetherToDestroyItsKey(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		here := h.signIn()
		h.clock.advance(time.Hour)
		there, other := h.signIn(), h.second()
		var said api.Sessions
		h.asDevice(here, http.MethodGet, api.PathSessions, nil).decode(t, &said)
		if len(said.Sessions) != 2 || said.Sessions[0].ID != there.ID || !said.Sessions[1].Here || said.Sessions[0].Here ||
			!said.Sessions[1].LastSeen.Equal(h.clock.Now()) || !said.Sessions[1].Since.Equal(epochNow) {
			t.Fatalf("%+v", said)
		}
		end := api.SessionEnd{ID: there.ID, Password: demo.Password, Destroy: true}
		bent := end
		bent.Password = "wrong"
		h.refused(h.asDevice(here, http.MethodPost, api.PathSessionEnd, bent), 401, api.CodeBadSignIn)
		bent = end
		bent.ID = other.ID
		h.refused(h.asDevice(here, http.MethodPost, api.PathSessionEnd, bent), 404, api.CodeNothing)
		if got := h.asDevice(here, http.MethodPost, api.PathSessionEnd, end); got.status != 200 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		for _, q := range tokenRoutes(h) {
			for _, token := range []string{there.Token, there.UploadToken} {
				q.token = token
				if p := h.refused(h.call(q), 401, api.CodeRevoked); !p.Destroy {
					t.Errorf("%s does not say to destroy the key", q.path)
				}
				bare := q
				bare.bare = true
				h.refused(h.call(bare), 401, api.CodeChallenge) // a thief of the token is told nothing
			}
		}
		h.asDevice(here, http.MethodGet, api.PathSessions, nil).decode(t, &said)
		if len(said.Sessions) != 1 {
			t.Fatalf("%+v", said)
		}
	})
}

// SES-03, LOG-07: current password, a new one that follows the rule; the others hear of it, or are signed out.
func TestAChangedPasswordIsToldToTheOtherComputersOrEndsThem(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		here, there := h.signIn(), h.signIn()
		change := func(current, next string, end bool) response {
			return h.asDevice(here, http.MethodPost, api.PathPassword, api.PasswordChange{Current: current, Next: next, EndOthers: end})
		}
		h.refused(change("wrong", chosen, false), 401, api.CodeBadSignIn)
		h.refused(change(demo.Password, "corta", false), 422, api.CodePasswordRule)
		var said api.Share
		change(demo.Password, chosen, false).decode(t, &said)
		if s := h.standing(there); !said.PasswordChanged.Equal(epochNow) || !s.PasswordChanged.Equal(epochNow) || s.ChangedBy != here.ID {
			t.Fatalf("%+v, %+v", said, s)
		}
		if got := h.trySignIn(demo.User, demo.Password); got.status != 401 {
			t.Fatalf("the old password: %d", got.status)
		}
		if got, d := h.signInAs(api.SignIn{User: demo.User, Password: chosen}); got.status != 200 || !d.PasswordChanged.Equal(epochNow) {
			t.Fatalf("%d %+v", got.status, d)
		}
		if got := change(chosen, "Ancora-2026", true); got.status != 200 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		if p := h.refused(h.asDevice(there, http.MethodGet, api.PathSessions, nil), 401, api.CodeRevoked); p.Destroy {
			t.Error("nobody asked to destroy a key")
		}
		if got := h.asDevice(here, http.MethodGet, api.PathSessions, nil); got.status != 200 {
			t.Fatalf("%d", got.status)
		}
	})
}

// A client that does not look is no way round: what everybody guesses is refused wherever a password is chosen.
func TestAPasswordThatEverybodyGuessesIsRefusedByTheServerToo(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		ticket, code := h.resetFor(demo.User, elenas)
		rules, err := demo.Rules("aurora")
		if err != nil {
			t.Fatal(err)
		}
		for _, common := range []string{"Password-1", "Juventus1897", "MutuaAurora-26"} {
			for what, got := range map[string]response{
				"change": h.asDevice(d, http.MethodPost, api.PathPassword, api.PasswordChange{Current: demo.Password, Next: common}),
				"reset":  h.postTo(api.PathResetFinish, api.ResetFinish{Ticket: ticket, Code: code, Password: common}),
			} {
				if p := h.refused(got, 422, api.CodePasswordRule); p.Field != "password" || p.Title == rules.Password.Text || !strings.Contains(p.Title, "fra le prime") {
					t.Errorf("%s to %s: %+v", what, common, p)
				}
			}
		}
		if got := h.trySignIn(demo.User, demo.Password); got.status != 200 {
			t.Fatalf("the password was changed: %d", got.status)
		}
		if got := h.postTo(api.PathResetFinish, api.ResetFinish{Ticket: ticket, Code: code, Password: chosen}); got.status != 200 {
			t.Fatalf("the ticket was used up: %d %s", got.status, got.body)
		}
	})
}

// resetFor asks for a reset and reads the code out of the member's mail.
func (h *house) resetFor(user, address string) (ticket, code string) {
	h.t.Helper()
	var r api.Reset
	got := h.postTo(api.PathReset, api.ResetAsk{User: user})
	if got.decode(h.t, &r); got.status != 200 {
		h.t.Fatalf("%d %s", got.status, got.body)
	}
	return r.Ticket, h.code(address)
}

const elenas = "elena@posta.example"

// LOG-06, LOG-09 … LOG-13: a code by e-mail leads to a new password; tokens go on working, and this computer gets its share.
func TestAResetSetsThePasswordAndHandsThisComputerItsShare(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d, other := h.signIn(), h.second()
		share := []byte("0123456789abcdef0123456789abcdef")
		if got := h.asDevice(d, http.MethodPut, api.PathShare, api.Share{Share: share}); got.status != 200 {
			t.Fatalf("%d", got.status)
		}
		ticket, code := h.resetFor("3423", elenas)
		finish := api.ResetFinish{Ticket: ticket, Code: code, Password: chosen, Device: d.ID}
		ask := func(f api.ResetFinish, device string, bare bool) response {
			return h.call(request{method: http.MethodPost, path: api.PathResetFinish, json: f, device: device, bare: bare})
		}
		bent := finish
		bent.Password = "corta"
		h.refused(ask(bent, d.ID, false), 422, api.CodePasswordRule)
		bent = finish
		bent.Code = wrong(code)
		h.refused(ask(bent, d.ID, false), 422, api.CodeBadCode)
		h.refused(ask(finish, d.ID, true), 401, api.CodeChallenge) // without the device's proof
		bent = finish
		bent.Device = other.ID
		h.refused(ask(bent, other.ID, false), 401, api.CodeProof) // another member's device
		var said api.Share
		got := ask(finish, d.ID, false)
		if got.decode(t, &said); got.status != 200 || string(said.Share) != string(share) {
			t.Fatalf("%d %s", got.status, got.body)
		}
		h.refused(ask(finish, d.ID, false), 410, api.CodeTicketOver)
		if s := h.standing(d); s.ChangedBy != "" || !s.PasswordChanged.Equal(said.PasswordChanged) {
			t.Fatalf("%+v", s)
		}
		if got := h.trySignIn(demo.User, chosen); got.status != 200 {
			t.Fatalf("LOG-12: %d", got.status)
		}
		if letters := h.to(elenas); letters[len(letters)-1].subject != "Mutua Aurora: la password è stata cambiata" {
			t.Errorf("%v", letters)
		}
	})
}

// A code by e-mail never stands for the second factor.
func TestAResetNeedsTheSecondFactorWhereItIsOn(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		f := h.factor(h.signIn())
		ticket, code := h.resetFor(demo.User, elenas)
		finish := api.ResetFinish{Ticket: ticket, Code: code, Password: chosen}
		h.refused(h.postTo(api.PathResetFinish, finish), 401, api.CodeSecondFactor)
		finish.Recovery = misspelt(f.Recovery[0])
		h.refused(h.postTo(api.PathResetFinish, finish), 401, api.CodeSecondFactorBad)
		finish.Recovery = f.Recovery[1]
		if got := h.postTo(api.PathResetFinish, finish); got.status != 200 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		h.refused(h.signInWithPassword(chosen, f.Recovery[1]), 401, api.CodeSecondFactorBad) // it was used up
	})
}

// misspelt is a code with another last character.
func misspelt(code string) string {
	last := "Y"
	if strings.HasSuffix(code, last) {
		last = "Z"
	}
	return code[:len(code)-1] + last
}

func (h *house) signInWithPassword(pass, recovery string) response {
	got, _ := h.signInAs(api.SignIn{User: demo.User, Password: pass, Recovery: recovery})
	return got
}

// A share opens only for its own device, with the account's password and second factor.
func TestAShareIsHandedOnlyToItsDeviceAndOnlyAgainstPasswordAndSecondFactor(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		here, there, other := h.signIn(), h.signIn(), h.second()
		for i, d := range []api.Device{here, there} {
			share := make([]byte, 32)
			share[0] = byte(i + 1)
			h.asDevice(d, http.MethodPut, api.PathShare, api.Share{Share: share})
			if got := h.asDevice(d, http.MethodPut, api.PathShare, api.Share{Share: share[:31]}); got.status != 400 {
				t.Errorf("31 bytes: %d", got.status)
			}
		}
		f := h.factor(here)
		right := api.ShareOpen{User: demo.User, Password: demo.Password, Recovery: f.Recovery[0], Device: here.ID}
		open := func(bend func(*api.ShareOpen), prover string, bare bool) response {
			ask := right
			bend(&ask)
			h.clock.advance(time.Hour) // since wrong ones make wait
			return h.call(request{method: http.MethodPost, path: api.PathShareOpen, json: ask, device: prover, bare: bare})
		}
		as := func(device string) func(*api.ShareOpen) { return func(a *api.ShareOpen) { a.Device = device } }
		h.refused(open(func(a *api.ShareOpen) { a.Password = "wrong" }, here.ID, false), 401, api.CodeBadSignIn)
		h.refused(open(func(a *api.ShareOpen) { a.Recovery = "" }, here.ID, false), 401, api.CodeSecondFactor)
		h.refused(open(func(a *api.ShareOpen) { a.Recovery = "0000" }, here.ID, false), 401, api.CodeSecondFactorBad)
		h.refused(open(as(here.ID), here.ID, true), 401, api.CodeChallenge)
		h.refused(open(as(here.ID), there.ID, false), 401, api.CodeProof)
		h.refused(open(as(other.ID), other.ID, false), 401, api.CodeProof)
		h.refused(open(as("01890a5d-ac96-774b-bcce-b302099a8fff"), here.ID, false), 401, api.CodeProof)
		h.refused(open(as(""), "", false), 401, api.CodeProof)
		var said api.Share
		got := open(as(here.ID), here.ID, false)
		if got.decode(t, &said); got.status != 200 || len(said.Share) != 32 || said.Share[0] != 1 {
			t.Fatalf("%d %s", got.status, got.body)
		}
	})
}

// CTV-04, PER-06: a changed contact counts only once its code was typed; until then the old one does.
func TestAChangedContactIsProvedByACodeAndThenTakesThePlaceOfTheOldOne(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		household := demo.Household()
		h.send(d.UploadToken, h.ask(submission.KindProfile, func(f *asked.Filed) {
			base, _ := household.Details(demo.Elena)
			mine := base
			mine.EMail, mine.Mobile = "nuova@posta.example", "+393330009988"
			f.Change = &member.Change{Person: demo.Elena, Base: base, Mine: mine}
		}))
		if s := h.standing(d); s.EMailPending != "nuova@posta.example" || s.MobilePending != "+393330009988" {
			t.Fatalf("%+v", s)
		}
		email := h.code("nuova@posta.example")
		h.refused(h.asDevice(d, http.MethodPost, api.PathContactCodes, struct{}{}), 429, api.CodeTooSoon)
		h.refused(h.asDevice(d, http.MethodPost, api.PathContactProof, api.ContactProof{EMail: wrong(email)}), 422, api.CodeBadCode)
		if got := h.asDevice(d, http.MethodPost, api.PathContactProof, api.ContactProof{EMail: email}); got.status != 200 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		h.clock.advance(time.Minute)
		if got := h.asDevice(d, http.MethodPost, api.PathContactCodes, struct{}{}); got.status != 200 || len(h.to("+393330009988")) != 2 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		if got := h.asDevice(d, http.MethodPost, api.PathContactProof, api.ContactProof{Mobile: h.code("+393330009988")}); got.status != 200 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		h.wantContacts(d, "nuova@posta.example", "+393330009988")
		const subject = "Mutua Aurora: i tuoi recapiti sono stati cambiati"
		if old := h.to(elenas); len(old) != 1 || old[0].subject != subject {
			t.Errorf("the address before heard %+v", old)
		}
		if known := h.to("nuova@posta.example"); known[len(known)-1].subject != subject {
			t.Errorf("of the new number the known address heard %+v", known)
		}
	})
}

// A contact that was proved counts, and is told, also when the other one's code was wrong.
func TestAnAddressThatWasReplacedHearsOfItAlsoWhenTheOtherCodeWasWrong(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		household := demo.Household()
		h.send(d.UploadToken, h.ask(submission.KindProfile, func(f *asked.Filed) {
			base, _ := household.Details(demo.Elena)
			mine := base
			mine.EMail, mine.Mobile = "nuova@posta.example", "+393330009988"
			f.Change = &member.Change{Person: demo.Elena, Base: base, Mine: mine}
		}))
		proof := api.ContactProof{EMail: wrong(h.code("nuova@posta.example")), Mobile: wrong(h.code("+393330009988"))}
		h.refused(h.asDevice(d, http.MethodPost, api.PathContactProof, proof), 422, api.CodeBadCode)
		if old := h.to(elenas); len(old) != 0 {
			t.Fatalf("nothing was changed, and it heard %+v", old)
		}
		proof.EMail = h.code("nuova@posta.example")
		h.refused(h.asDevice(d, http.MethodPost, api.PathContactProof, proof), 422, api.CodeBadCode)
		if old := h.to(elenas); len(old) != 1 || old[0].subject != "Mutua Aurora: i tuoi recapiti sono stati cambiati" {
			t.Fatalf("%+v", old)
		}
	})
}

func (h *house) wantContacts(d api.Device, email, mobile string) {
	h.t.Helper()
	var now member.Household
	h.newest(d, submission.EventHousehold, &now)
	if s := h.standing(d); now.EMail != email || now.Mobile != mobile || s.EMailPending != "" || s.MobilePending != "" {
		h.t.Fatalf("%s %s %+v", now.EMail, now.Mobile, s)
	}
}

func TestTheRulesAreServedAsTheyStand(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		want, err := demo.Rules("aurora")
		if err != nil {
			t.Fatal(err)
		}
		var got mutual.Profile
		h.call(request{method: http.MethodGet, path: api.PathRules}).decode(t, &got)
		if got.ID != want.ID || got.Version != want.Version || len(got.Consents) != len(want.Consents) || got.Password != want.Password {
			t.Fatalf("%+v", got)
		}
	})
}
