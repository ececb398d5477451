package engine

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine/faults"
)

// TestDiagnoseNamesTheCause walks the points of *Perché non parte?*: what is broken, and what the finding of its point says.
func TestDiagnoseNamesTheCause(t *testing.T) {
	always := func(m faults.Mishap) func(*world, *Config) {
		return func(_ *world, c *Config) {
			c.Transport = &faults.Road{Next: c.Transport, Plan: func(*http.Request) faults.Mishap { return m }}
		}
	}
	lineError := func(code fault.Code) func(*world, *Config) {
		return func(_ *world, c *Config) {
			c.Transport = roundTrip(func(*http.Request) (*http.Response, error) { return nil, fault.New(code, "test", "") })
		}
	}
	refuse := func(path string, status int, code string) func(*world, *Config) {
		return func(w *world, _ *Config) {
			w.mutual.deny = func(r *http.Request) (int, string, int) {
				if r.URL.Path == path {
					return status, code, 0
				}
				return 0, "", 0
			}
		}
	}
	bend := func(d time.Duration) func(*world, *Config) { return func(w *world, _ *Config) { w.clock.bend(d) } }
	cases := map[string]struct {
		breakIt func(*world, *Config)
		cause   submission.Cause
		code    fault.Code
		values  map[string]string
	}{
		"no network":         {lineError(CodeOffline), submission.CauseNetwork, CodeOffline, nil},
		"no answer in time":  {lineError(CodeTimeout), submission.CauseNetwork, CodeTimeout, nil},
		"a cut line":         {always(faults.LoseBefore), submission.CauseNetwork, CodeCut, nil},
		"portal 200":         {always(faults.Portal200), submission.CauseMutual, CodePortal, map[string]string{"Status": "200"}},
		"portal 302":         {always(faults.Portal302), submission.CauseMutual, CodePortal, map[string]string{"Status": "302"}},
		"wrong certificate":  {lineError(CodeCertificate), submission.CauseMutual, CodeCertificate, nil},
		"closed port":        {lineError(CodeRefused), submission.CauseMutual, CodeRefused, nil},
		"server error":       {refuse(api.PathHello, 500, api.CodeInternal), submission.CauseMutual, CodeServer, map[string]string{"Status": "500"}},
		"server busy":        {refuse(api.PathHello, 503, api.CodeBusy), submission.CauseMutual, api.CodeBusy, map[string]string{"Status": "503"}},
		"old program":        {refuse(api.PathHello, 426, api.CodeProtocol), submission.CauseMutual, api.CodeProtocol, map[string]string{"Status": "426"}},
		"clock 9 minutes":    {bend(9 * time.Minute), submission.CauseClock, "", nil},
		"clock ahead":        {bend(12 * time.Minute), submission.CauseClock, CodeClockSkew, map[string]string{"Minutes": "12", "Direction": "ahead"}},
		"clock years behind": {bend(-1095 * 24 * time.Hour), submission.CauseClock, CodeClockSkew, map[string]string{"Days": "1095", "Direction": "behind"}},
		"token refused": {func(w *world, _ *Config) { w.tokens.renew("old") }, submission.CauseAccess, api.CodeUnauthorised,
			nil},
		"no token": {func(w *world, _ *Config) { w.tokens.renew("") }, submission.CauseAccess, CodeNoToken, nil},
		"file gone": {func(w *world, _ *Config) {
			w.outbox.queue(1, 1, []byte("scan"))
			w.outbox.files = map[string][]byte{}
		}, submission.CauseFile, CodeFileGone, map[string]string{"Count": "1"}},
		"quarantined": {func(w *world, _ *Config) {
			w.outbox.set(w.outbox.queue(1, 1), func(d *submission.Delivery) { d.Status, d.Reason = submission.Held, api.CodeContent })
		}, submission.CauseFile, CodeHeldBack, map[string]string{"Count": "1", "Reason": api.CodeContent}},
		"disk full": {func(_ *world, c *Config) { c.FreeBytes = func() (uint64, error) { return 20 << 20, nil } },
			submission.CauseSpace, CodeSpaceLow, map[string]string{"MiB": "20"}},
		"disk unreadable": {func(_ *world, c *Config) { c.FreeBytes = func() (uint64, error) { return 0, errors.New("no") } },
			submission.CauseSpace, CodeSpaceBlind, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(nil)
				cfg := w.engine.cfg
				c.breakIt(w, &cfg)
				w.engine = New(cfg)
				findings := w.engine.Diagnose(t.Context())
				checkFindings(t, findings, c.cause, c.code, c.values)
			})
		})
	}
}

// checkFindings holds that the six points come in order, that the one in question says what it should, and that nothing
// else is called broken.
func checkFindings(t *testing.T, findings []submission.Finding, cause submission.Cause, code fault.Code, values map[string]string) {
	t.Helper()
	order := []submission.Cause{submission.CauseNetwork, submission.CauseMutual, submission.CauseClock, submission.CauseAccess,
		submission.CauseFile, submission.CauseSpace}
	if len(findings) != len(order) {
		t.Fatalf("%d findings", len(findings))
	}
	for i, f := range findings {
		if f.Cause != order[i] {
			t.Errorf("point %d is %q, want %q", i, f.Cause, order[i])
		}
		if f.Cause != cause {
			if f.Code != "" && f.Code != CodeUnchecked {
				t.Errorf("%s is called broken too: %s", f.Cause, f.Code)
			}
			continue
		}
		if f.Code != code || f.OK() != (code == "") {
			t.Errorf("%s says %q, want %q", f.Cause, f.Code, code)
		}
		for name, want := range values {
			if f.Values[name] != want {
				t.Errorf("%s is %q, want %q", name, f.Values[name], want)
			}
		}
	}
}

func TestDiagnoseChangesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(nil)
		op := w.outbox.queue(1, 1, []byte("scan"))
		before := w.outbox.get(op)
		for _, f := range w.engine.Diagnose(context.Background()) {
			if !f.OK() {
				t.Errorf("%s: %s", f.Cause, f.Code)
			}
		}
		if after := w.outbox.get(op); after.Status != before.Status || after.Attempts != 0 {
			t.Errorf("it became %+v", after)
		}
	})
}
