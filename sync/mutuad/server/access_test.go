package server_test

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
)

// FAC-04: a user name is a number completed with leading zeros to 12 digits.
func TestAUserNameIsCompletedToTwelveDigits(t *testing.T) {
	h := newHouse(t, "")
	for _, user := range []string{"3423", " 000000003423 "} {
		if got := h.trySignIn(user, demo.Password); got.status != http.StatusOK {
			t.Errorf("%q: %d", user, got.status)
		}
	}
}

func TestOnlyTheRightPasswordOfAKnownMemberMakesADevice(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		for _, c := range []struct{ user, pass string }{{demo.User, "wrong"}, {demo.User, ""}, {"nobody", demo.Password}, {"", ""}} {
			if got := h.trySignIn(c.user, c.pass); got.status != http.StatusUnauthorized || got.problem(t).Code != api.CodeBadSignIn {
				t.Errorf("%v: %d", c, got.status)
			}
		}
		d := h.signIn()
		if d.Member != string(demo.Elena) || d.Token == d.UploadToken || len(d.Token) != 43 {
			t.Fatalf("%+v", d)
		}
	})
}

func TestTooManyWrongPasswordsMakeTheNameWaitThroughARestartWhetherItIsKnownOrNot(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		for _, user := range []string{demo.User, "000000000001"} {
			for range 5 {
				if got := h.trySignIn(user, "wrong"); got.status != http.StatusUnauthorized {
					t.Fatalf("%s: %d", user, got.status)
				}
			}
		}
		h.reopen()
		for _, user := range []string{demo.User, "000000000001"} {
			got := h.trySignIn(user, demo.Password)
			if got.status != http.StatusTooManyRequests || got.header.Get("Retry-After") != "30" {
				t.Fatalf("%s: %d, Retry-After %q", user, got.status, got.header.Get("Retry-After"))
			}
		}
		h.clock.advance(31 * time.Second)
		h.signIn()
		if got := h.trySignIn(demo.User, "wrong"); got.status != http.StatusUnauthorized {
			t.Fatalf("a good sign-in did not clear the count: %d", got.status)
		}
	})
}

func TestGuessesMadeAtTheSameTimeAllCount(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		var mu sync.Mutex
		answered := map[int]int{}
		var done sync.WaitGroup
		for i := range 16 {
			done.Go(func() {
				got := h.trySignIn(demo.User, "guess "+strconv.Itoa(i))
				mu.Lock()
				defer mu.Unlock()
				answered[got.status]++
			})
		}
		done.Wait()
		if answered[http.StatusUnauthorized] != 5 || answered[http.StatusTooManyRequests] != 11 {
			t.Fatalf("%v", answered)
		}
	})
}

func TestTheTokensMayDoWhatTheyAreForAndNothingElse(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		p := h.newSubmission(1)
		for digest, sealed := range p.files {
			for _, c := range []struct {
				name, token string
				want        map[string]int // by what is asked
			}{
				{"none", "", map[string]int{"check": 401, "append": 401, "put": 401, "receipt": 401, "events": 401}},
				{"unknown", "x", map[string]int{"check": 401, "append": 401, "put": 401, "receipt": 401, "events": 401}},
				{"upload", d.UploadToken, map[string]int{"check": 200, "append": 200, "put": 200, "receipt": 200, "events": 403}},
				{"full", d.Token, map[string]int{"check": 200, "append": 200, "put": 200, "receipt": 200, "events": 200}},
			} {
				got := map[string]int{
					"check":   h.call(request{method: http.MethodPost, path: api.PathBlobCheck, token: c.token, json: api.BlobCheck{Digests: []string{digest}}}).status,
					"append":  h.append(c.token, digest, 0, int64(len(sealed)), sealed).status,
					"put":     h.put(c.token, p).status,
					"receipt": h.getReceipt(c.token, p.subject, p.revision).status,
					"events":  h.call(request{method: http.MethodGet, path: api.PathEvents, token: c.token}).status,
				}
				for what, want := range c.want {
					if got[what] != want {
						t.Errorf("token %s, %s: %d, want %d", c.name, what, got[what], want)
					}
				}
			}
		}
	})
}

func TestARevokedDeviceIsNobody(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		h.revoke(d.ID)
		for _, token := range []string{d.Token, d.UploadToken} {
			if got := h.call(request{method: http.MethodPost, path: api.PathBlobCheck, token: token, json: api.BlobCheck{}}); got.status != http.StatusUnauthorized {
				t.Fatalf("%d", got.status)
			}
		}
	})
}

// Nobody learns anything of another member, on any route.
func TestWhatOneMemberSentDoesNotExistForAnother(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d, other := h.signIn(), h.second()
		p := h.newSubmission(1)
		h.upload(d.Token, p)
		if got := h.put(d.Token, p); got.status != http.StatusOK {
			t.Fatalf("%d %s", got.status, got.body)
		}
		got := h.call(request{method: http.MethodPost, path: api.PathBlobCheck, token: other.Token, json: api.BlobCheck{Digests: p.put.Blobs}})
		var m api.BlobMissing
		if got.decode(t, &m); len(m.Missing) != 1 || m.Missing[0].Offset != 0 {
			t.Errorf("check: %+v", m)
		}
		for digest, sealed := range p.files {
			got := h.append(other.Token, digest, 4, int64(len(sealed)), sealed[4:])
			if got.status != http.StatusConflict || got.problem(t).Offset != 0 {
				t.Errorf("append: %d %s", got.status, got.body)
			}
		}
		if got := h.getReceipt(other.Token, p.subject, p.revision); got.status != http.StatusNotFound || got.problem(t).Code != api.CodeNothing {
			t.Errorf("receipt: %d", got.status)
		}
		if got := h.put(other.Token, p); got.status != http.StatusUnprocessableEntity || got.problem(t).Field != "holder" {
			t.Errorf("put: %d %s", got.status, got.body)
		}
		if e := h.events(other.Token, "", 0); len(e.Events) != 0 || e.Last != 0 {
			t.Errorf("events: %+v", e)
		}
	})
}

func TestEveryReadOfHealthDataLeavesAnAuditRow(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		p := h.newSubmission(1)
		h.upload(d.UploadToken, p)
		h.put(d.UploadToken, p)
		h.events(d.Token, "", 0)
		rows, err := h.archive.Store.Audits(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		for _, r := range rows {
			found[r.Action] = r.Actor == d.ID && r.Member == string(demo.Elena)
		}
		for _, action := range []string{"device.added", "claim.checked", "events.read"} {
			if !found[action] {
				t.Errorf("no row %q in %+v", action, rows)
			}
		}
	})
}

// failures are the audit's rows of failed proofs, oldest first: by whom, whose, and what was wrong.
func (h *house) failures() []string {
	h.t.Helper()
	rows, err := h.archive.Store.Audits(context.Background())
	if err != nil {
		h.t.Fatal(err)
	}
	failures := []string{}
	for _, r := range rows {
		if r.Action == "access.failed" {
			failures = append(failures, r.Actor+" "+r.Member+" "+r.Subject)
		}
	}
	return failures
}

// A name that nobody has leaves a row as well, of nobody: otherwise the time would tell.
func TestEveryFailedSignInLeavesAnAuditRowWhetherTheNameIsKnownOrNot(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		f := h.factor(d)
		ticket, code := h.resetFor(demo.User, elenas)
		if got := h.failures(); len(got) != 0 {
			t.Fatalf("nothing failed yet, and there is %q", got)
		}
		elena := string(demo.Elena)
		for _, c := range []struct {
			name string
			try  func() response
			code string
			want string
		}{
			{"wrong password", func() response { return h.trySignIn(demo.User, "sbagliata") }, api.CodeBadSignIn, "anyone " + elena + " password"},
			{"unknown name", func() response { return h.trySignIn("000000099999", "sbagliata") }, api.CodeBadSignIn, "anyone  password"},
			{"wrong code of the phone", func() response { return h.signInWith(wrong(h.totp(f.Secret)), "") }, api.CodeSecondFactorBad, "anyone " + elena + " factor"},
			{"wrong recovery code", func() response { return h.signInWith("", "0000") }, api.CodeSecondFactorBad, "anyone " + elena + " factor"},
			{"wrong factor of a reset", func() response {
				return h.postTo(api.PathResetFinish, api.ResetFinish{Ticket: ticket, Code: code, Password: chosen, Recovery: "0000"})
			}, api.CodeSecondFactorBad, "anyone " + elena + " factor"},
			{"wrong password of a share", func() response {
				return h.postTo(api.PathShareOpen, api.ShareOpen{User: demo.User, Password: "sbagliata"})
			}, api.CodeBadSignIn, "anyone " + elena + " password"},
			{"wrong derived password", func() response {
				return h.postTo(api.PathApply, api.Application{Way: "first-access", User: "000000099997", Password: "00000Z999Z"})
			}, api.CodeBadSignIn, "anyone  password"},
			{"wrong password of a device", func() response {
				return h.asDevice(d, http.MethodPost, api.PathFactorEnd, api.Secret{Password: "sbagliata"})
			}, api.CodeBadSignIn, d.ID + " " + elena + " password"},
		} {
			h.clock.advance(time.Minute)
			before := h.failures()
			h.refused(c.try(), 401, c.code)
			if got := h.failures(); len(got) != len(before)+1 || got[len(got)-1] != c.want {
				t.Errorf("%s: %q after %q, want one more %q", c.name, got, before, c.want)
			}
		}
		before := len(h.failures())
		h.refused(h.signInWith("", ""), 401, api.CodeSecondFactor) // the window asks for it next: no failure
		if got := h.failures(); len(got) != before {
			t.Errorf("a factor that was not typed yet: %q", got[before:])
		}
	})
}
