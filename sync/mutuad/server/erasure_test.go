package server_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
	asked "github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/desk"
	"github.com/sodale/sodale/sync/mutuad/storetest"
)

func (h *house) answer(consent, version, person string, given bool) asked.Filed {
	return h.ask(submission.KindConsent, func(f *asked.Filed) {
		f.Consent = &privacy.Answer{Consent: consent, Version: version, Person: person, Given: given, At: h.archive.Now()}
	})
}

func (h *house) erase(what privacy.Erasure) asked.Filed {
	return h.ask(submission.KindErasure, func(f *asked.Filed) { f.Erasure = &what })
}

const textOfDemo = "2026-01" // version of the demo mutual's texts

func TestEveryAnswerToAConsentIsKeptInTheOrderItCame(t *testing.T) { // PRV-04, PRV-12
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		h.send(token, h.answer("newsletter", textOfDemo, "", true))
		r := h.send(token, h.answer("newsletter", textOfDemo, string(demo.Elena), false))
		answers, e := news[[]privacy.Answer](h, submission.EventConsents)
		last := answers[len(answers)-2:]
		if !last[0].Given || last[1].Given || last[1].Person != "" || last[1].Version != textOfDemo || !last[1].At.Equal(epochNow) || e.Seq != r.Seq {
			t.Fatalf("%+v", answers)
		}
		if !strings.Contains(e.Text, "newsletter") { // PRV-11: what the withdrawal means
			t.Fatalf("%q", e.Text)
		}
		if standing, _ := news[account.Standing](h, submission.EventAccount); standing.Disabled {
			t.Fatal("the service does not need the newsletter")
		}
		h.wantRefused(token, h.answer("wish", textOfDemo, "", true), api.CodeContent, "consent")
		h.wantRefused(token, h.answer("newsletter", "1999-01", "", true), api.CodeContent, "consent")
		h.wantRefused(token, h.answer("newsletter", textOfDemo, h.newID(), true), api.CodePersonUnknown, "consent/person")
	})
}

func TestWithoutAConsentThatItNeedsTheServiceIsOffUntilItIsGivenAgain(t *testing.T) { // PRV-01, PRV-09, DEL-05
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		h.send(token, h.answer("privacy", textOfDemo, "", false))
		if standing, _ := news[account.Standing](h, submission.EventAccount); !standing.Disabled {
			t.Fatalf("%+v", standing)
		}
		if _, e := news[[]privacy.Answer](h, submission.EventConsents); !strings.Contains(e.Text, "Senza questo consenso") {
			t.Fatalf("%q", e.Text)
		}
		h.wantRefused(token, h.edit(func(d *member.Details) { d.IBAN = otherIBAN }), api.CodeNotAllowed, "disabled")
		p := h.newSubmission(1)
		h.upload(token, p)
		if got := h.put(token, p); got.status != http.StatusUnprocessableEntity || got.problem(t).Code != api.CodeNotAllowed {
			t.Fatalf("%d %s", got.status, got.body)
		}
		h.send(token, h.answer("newsletter", textOfDemo, "", true))
		if standing, _ := news[account.Standing](h, submission.EventAccount); !standing.Disabled {
			t.Fatal("a consent that the service does not need switched it on")
		}
		h.send(token, h.answer("privacy", textOfDemo, "", true))
		if standing, _ := news[account.Standing](h, submission.EventAccount); standing.Disabled {
			t.Fatalf("%+v", standing)
		}
		if got := h.put(token, p); got.status != http.StatusOK {
			t.Fatalf("%d %s", got.status, got.body)
		}
	})
}

func TestADossierFollowsItsOwnConsent(t *testing.T) { // PRV-03
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		h.send(token, h.relative(demo.RoleSameMobile))
		marta := string(h.household().Family[2].ID)
		h.send(token, h.answer("dossier", textOfDemo, marta, false))
		closed, _ := news[member.Household](h, submission.EventHousehold)
		h.send(token, h.answer("dossier", textOfDemo, marta, true))
		open, _ := news[member.Household](h, submission.EventHousehold)
		if closed.Family[2].Dossier || !open.Family[2].Dossier {
			t.Fatalf("%+v, %+v", closed.Family[2], open.Family[2])
		}
		h.send(token, h.answer("dossier", textOfDemo, "", true)) // Elena's own was never opened by its code
		if h.household().Holder.Dossier {
			t.Fatal("a consent alone opened a dossier")
		}
	})
}

func TestTheServiceIsDisabledAndStaysSoUntilConsentIsGivenAgain(t *testing.T) { // DEL-01, DEL-04, DEL-06
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		r := h.send(token, h.erase(privacy.DisableService))
		standing, e := news[account.Standing](h, submission.EventAccount)
		if !standing.Disabled || e.Seq != r.Seq || !strings.Contains(e.Text, "Non è un recesso") {
			t.Fatalf("%+v %q", standing, e.Text)
		}
		if h.household().Version != 1 || len(h.household().Family) != 2 {
			t.Fatal("disabling took something away")
		}
		h.send(token, h.answer("privacy", textOfDemo, "", true))
		if standing, _ := news[account.Standing](h, submission.EventAccount); standing.Disabled {
			t.Fatalf("%+v", standing)
		}
	})
}

// decide moves a claim of the demo member.
func (h *house) decide(subject string, states ...claim.State) {
	h.t.Helper()
	for _, s := range states {
		say := desk.Decision{State: s}
		if s == claim.Approved {
			say.Granted = 1000
		}
		if _, err := (&desk.Desk{Archive: h.archive, Actor: "test"}).Decide(context.Background(), subject, say); err != nil {
			h.t.Fatal(err)
		}
	}
}

// filed files a claim with one file.
func (h *house) filed(token string) parcel {
	h.t.Helper()
	p := h.newSubmission(1)
	h.upload(token, p)
	if got := h.put(token, p); got.status != http.StatusOK {
		h.t.Fatalf("%d %s", got.status, got.body)
	}
	return p
}

func TestTheHistoryIsClearedWithoutAGapAndWhatIsOpenStays(t *testing.T) { // DEL-02, DEL-05, PRV-08
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		paid := h.filed(d.Token)
		h.decide(paid.subject, claim.Approved, claim.Paid)
		open := h.filed(d.Token)
		h.atMutual(func(m *member.Household) { m.Plan.Name = "Piano Oro" })
		h.send(d.Token, h.erase(privacy.ClearHistory))
		events, err := h.archive.Store.Events(context.Background(), string(demo.Elena), 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for i, e := range events {
			if e.Seq != int64(i+1) {
				t.Fatalf("place %d at %d", e.Seq, i+1)
			}
			if e.Subject == paid.subject {
				t.Fatalf("%+v is left", e)
			}
			if e.Kind == submission.EventErased && (e.Subject != "" || e.Text != "" || len(e.Body) != 0) {
				t.Fatalf("%+v is not empty", e)
			}
			if e.Kind != submission.EventErased {
				kinds = append(kinds, e.Kind)
			}
		}
		if want := []string{"cards", "consents", "claim.status", "household", "account"}; !slices.Equal(slices.Sorted(slices.Values(kinds)), slices.Sorted(slices.Values(append(want, "account")))) {
			t.Fatalf("%v", kinds)
		}
		if _, e := news[account.Standing](h, submission.EventAccount); !strings.Contains(e.Text, "10 anni") {
			t.Fatalf("%q", e.Text)
		}
		for _, p := range []parcel{paid, open} { // the book stays
			if got := h.getReceipt(d.Token, p.subject, 1); got.status != http.StatusOK {
				t.Fatalf("%d %s", got.status, got.body)
			}
		}
	})
}

// traces are what can be recognised of Elena beside the membership: how to reach her, where her money goes, her picture and how
// she came in.
func traces(t *testing.T) []string {
	return []string{"elena@posta.example", "nuova@posta.example", "3331112222", "IT56N", "IT60X", "Via Po 3", "argon2id",
		base64.StdEncoding.EncodeToString(photo(t))[:24]}
}

func TestOfADeletedAccountNothingIsLeftBesideTheMembershipAndTheClaims(t *testing.T) { // DEL-03, DEL-05, DEL-06, PRV-08
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		other := h.signIn()
		h.wantAllOf(t)
		p := h.filed(d.Token)
		h.decide(p.subject, claim.Approved, claim.Paid)
		loose := h.newSubmission(1)
		h.upload(d.Token, loose)
		h.send(d.Token, h.edit(func(m *member.Details) {
			m.IBAN, m.EMail, m.Mobile, m.Photo = otherIBAN, "nuova@posta.example", "+393331112222", photo(t)
			m.Domicile = &member.Address{Street: "Via Po 3", PostCode: "10124", Town: "Torino", Province: "TO"}
		}))
		erasure := h.packRequest(h.erase(privacy.DeleteAccount))
		got := h.put(d.UploadToken, erasure)
		if got.status != http.StatusOK {
			t.Fatalf("%d %s", got.status, got.body)
		}
		letters := h.to("elena@posta.example")
		if last := letters[len(letters)-1].text; !strings.Contains(last, "10 anni") || !strings.Contains(last, "Non è un recesso") {
			t.Fatalf("%q", last)
		}
		h.wantNothingOf(t, p, loose)
		for _, again := range []response{h.put(d.UploadToken, erasure), h.getReceipt(d.UploadToken, erasure.subject, 1)} { // the answer was lost
			if !bytes.Equal(again.body, got.body) {
				t.Fatalf("%d %s", again.status, again.body)
			}
		}
		if again := h.getReceipt(d.UploadToken, p.subject, 1); again.status != http.StatusUnauthorized || again.problem(t).Code != api.CodeRevoked {
			t.Fatalf("%d %s", again.status, again.body)
		}
		for _, token := range []string{d.Token, d.UploadToken, other.Token, other.UploadToken} {
			if got := h.call(request{method: http.MethodPost, path: api.PathBlobCheck, token: token, json: api.BlobCheck{}}); got.status != http.StatusUnauthorized {
				t.Fatalf("a device still comes in: %d", got.status)
			}
		}
		if got := h.trySignIn(demo.User, demo.Password); got.status != http.StatusUnauthorized {
			t.Fatalf("%d", got.status)
		}
		if rows, err := (&desk.Desk{Archive: h.archive, Actor: "test"}).List(context.Background()); err != nil || len(rows) != 1 || rows[0].State != claim.Paid {
			t.Fatalf("%+v, %v", rows, err)
		}
		if now := h.household(); now.Holder.FullName() != "Elena Marchetti" || now.Number != demo.User || len(now.Family) != 2 {
			t.Fatalf("%+v: deleting an account is no withdrawal", now)
		}
	})
}

// wantAllOf checks that the traces are there while the account is: what finds nothing proves nothing.
func (h *house) wantAllOf(t *testing.T) {
	t.Helper()
	held := strings.Join(storetest.Dump(t, h.databaseURL, filepath.Join(h.dir, "mutuad.db")), "\n")
	for _, trace := range []string{"elena@posta.example", "IT56N", "argon2id"} {
		if !strings.Contains(held, trace) {
			t.Fatalf("%s was never there", trace)
		}
	}
}

// wantNothingOf looks through every row of the database, and through SQLite's files, for what must not be there any more.
func (h *house) wantNothingOf(t *testing.T, kept, loose parcel) {
	t.Helper()
	held := storetest.Dump(t, h.databaseURL, filepath.Join(h.dir, "mutuad.db"))
	if h.databaseURL == "" {
		for _, name := range []string{"mutuad.db", "mutuad.db-wal"} {
			data, err := os.ReadFile(filepath.Join(h.dir, name))
			if err != nil {
				t.Fatal(err)
			}
			held = append(held, string(data))
		}
	}
	for _, text := range held {
		if strings.HasPrefix(text, "device|") && strings.Contains(text, "casa") {
			t.Errorf("what she called her computer is left in %q", text)
		}
	}
	for _, trace := range traces(t) {
		for _, text := range held {
			if at := strings.Index(text, trace); at >= 0 {
				t.Errorf("%s is left in %q", trace, text[max(0, at-80):at+len(trace)])
			}
		}
	}
	for digest, there := range map[string]bool{kept.put.Blobs[0]: true, loose.put.Blobs[0]: false} {
		if _, err := os.Stat(filepath.Join(h.dir, "blobs", string(demo.Elena), digest)); (err == nil) != there {
			t.Errorf("file %s: %v", digest, err)
		}
	}
}

func TestTheLastWordAboutADeletedAccountSaysWhatTheLawKeeps(t *testing.T) { // DEL-05, PRV-08
	h := newHouse(t, "")
	h.rules(func(p *mutual.Profile) { p.Terms.RetainYears = 0 })
	h.send(h.signIn().UploadToken, h.erase(privacy.DeleteAccount))
	_, e := news[account.Standing](h, submission.EventAccount)
	for _, words := range []string{"Per legge", "per il tempo previsto dalla legge", "Non è un recesso"} {
		if !strings.Contains(e.Text, words) {
			t.Errorf("%q lacks %q", e.Text, words)
		}
	}
}
