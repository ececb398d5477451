package server_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/demo"
)

func (h *house) signInWith(code, recovery string) response {
	h.t.Helper()
	got, _ := h.signInAs(api.SignIn{User: demo.User, Password: demo.Password, Device: "casa", Factor: code, Recovery: recovery})
	return got
}

// TFA-01 … TFA-09: on with the password and a code, sign-in with either kind of code, off with the password.
func TestTheSecondFactorIsTurnedOnAskedForAndTurnedOff(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		h.refused(h.asDevice(d, http.MethodPost, api.PathFactor, api.Secret{Password: "wrong"}), 401, api.CodeBadSignIn) // TFA-03
		var shown api.Factor
		h.asDevice(d, http.MethodPost, api.PathFactor, api.Secret{Password: demo.Password}).decode(t, &shown)
		if !strings.HasPrefix(shown.URI, "otpauth://totp/Mutua%20Aurora:"+demo.User+"?") || len(shown.Recovery) != 10 {
			t.Fatalf("TFA-04, TFA-05: %+v", shown)
		}
		for _, code := range shown.Recovery {
			if !regexp.MustCompile(`^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$`).MatchString(code) {
				t.Errorf("recovery code %q", code)
			}
		}
		if got := h.signInWith("", ""); got.status != 200 {
			t.Fatal("it counts before it is confirmed")
		}
		h.refused(h.asDevice(d, http.MethodPost, api.PathFactorConfirm, api.FactorCode{Code: wrong(h.totp(shown.Secret))}), 401, api.CodeSecondFactorBad)
		f := h.factor(d)
		if s := h.standing(d); !s.FactorOn || s.RecoveryLeft != 10 {
			t.Fatalf("%+v", s)
		}
		h.refused(h.signInWith("", ""), 401, api.CodeSecondFactor) // TFA-07
		h.refused(h.signInWith(h.totp(f.Secret), ""), 401, api.CodeSecondFactorBad)
		h.clock.advance(30 * time.Second)
		if got := h.signInWith(h.totp(f.Secret), ""); got.status != 200 {
			t.Fatalf("TFA-07: %d %s", got.status, got.body)
		}
		h.refused(h.signInWith("", shown.Recovery[0]), 401, api.CodeSecondFactorBad) // never confirmed
		if got := h.signInWith("", strings.ToLower(strings.ReplaceAll(f.Recovery[0], "-", " "))); got.status != 200 {
			t.Fatalf("TFA-08: %d %s", got.status, got.body)
		}
		h.refused(h.signInWith("", f.Recovery[0]), 401, api.CodeSecondFactorBad) // TFA-09
		if s := h.standing(d); s.RecoveryLeft != 9 {
			t.Fatalf("%+v", s)
		}
		var fresh api.Factor
		h.asDevice(d, http.MethodPost, api.PathFactorCodes, api.Secret{Password: demo.Password}).decode(t, &fresh)
		if got := h.signInWith("", f.Recovery[1]); got.status != 401 || len(fresh.Recovery) != 10 {
			t.Fatalf("%d %+v", got.status, fresh)
		}
		if got := h.asDevice(d, http.MethodPost, api.PathFactorEnd, api.Secret{Password: demo.Password}); got.status != 200 {
			t.Fatalf("TFA-06: %d", got.status)
		}
		if got := h.signInWith("", ""); got.status != 200 || h.standing(d).FactorOn {
			t.Fatalf("TFA-06: %d", got.status)
		}
		if letters := h.to(elenas); len(letters) != 1 || letters[0].subject != "Mutua Aurora: la verifica in due passaggi è stata disattivata" {
			t.Errorf("the member heard %+v", letters)
		}
	})
}

// TFA-02, TFA-09: of two who come at once with the same code, one is let in; afterwards nobody.
func TestACodeOfThePhoneLetsOneInAndNobodyAgain(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		f := h.factor(h.signIn())
		h.clock.advance(time.Minute)
		for what, try := range map[string]func() response{
			"TOTP":     func() response { return h.signInWith(h.totp(f.Secret), "") },
			"recovery": func() response { return h.signInWith("", f.Recovery[3]) },
		} {
			var mu sync.Mutex
			in := 0
			var done sync.WaitGroup
			for range 4 {
				done.Go(func() {
					got := try()
					mu.Lock()
					defer mu.Unlock()
					if got.status == 200 {
						in++
					} else if got.problem(t).Code != api.CodeSecondFactorBad {
						t.Errorf("%s: %d %s", what, got.status, got.body)
					}
				})
			}
			done.Wait()
			if in != 1 {
				t.Errorf("%s: %d of 4 were let in at once", what, in)
			}
			h.refused(try(), 401, api.CodeSecondFactorBad)
			h.clock.advance(25 * time.Hour) // the failures are forgotten
		}
	})
}

func TestTheDatabaseHoldsNoCodeAndNoSecretInClear(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		d := h.signIn()
		f := h.factor(d)
		share := strings.Repeat("s", 32)
		if got := h.asDevice(d, http.MethodPut, api.PathShare, api.Share{Share: []byte(share)}); got.status != 200 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		stored, err := h.archive.Store.Factor(context.Background(), string(demo.Elena))
		if err != nil || stored.Secret == "" || strings.Contains(stored.Secret, f.Secret) {
			t.Fatalf("%+v, %v", stored, err)
		}
		sealed, err := h.archive.Store.Share(context.Background(), d.ID)
		if err != nil || sealed == "" || strings.Contains(sealed, share) {
			t.Fatalf("%q, %v", sealed, err)
		}
		if _, err := h.archive.Secret.Open(sealed, "share/another"); err == nil {
			t.Fatal("the share of one device opens as that of another")
		}
	})
}
