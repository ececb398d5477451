package server_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
)

// newest reads the newest event of a kind of a device's member into v.
func (h *house) newest(d api.Device, kind string, v any) {
	h.t.Helper()
	found := false
	for _, e := range h.events(d.Token, "", 0).Events {
		if e.Kind == kind {
			found = true
			clear := json.Unmarshal([]byte("null"), v)
			if err := json.Unmarshal(e.Body, v); err != nil || clear != nil {
				h.t.Fatal(err, clear)
			}
		}
	}
	if !found {
		h.t.Fatalf("no event %s", kind)
	}
}

func (h *house) standing(d api.Device) account.Standing {
	h.t.Helper()
	var s account.Standing
	h.newest(d, submission.EventAccount, &s)
	return s
}

// wantTold fails the test unless the feed of a fresh account tells its contacts and its consents (PRV-04).
func (h *house) wantTold(d api.Device, holder member.ID, email, mobile string, consents int) member.Household {
	h.t.Helper()
	var household member.Household
	h.newest(d, submission.EventHousehold, &household)
	if household.Holder.ID != holder || household.EMail != email || household.Mobile != mobile {
		h.t.Errorf("household %+v", household)
	}
	var answers []privacy.Answer
	h.newest(d, submission.EventConsents, &answers)
	if len(answers) != consents {
		h.t.Errorf("consents %+v", answers)
	}
	for _, a := range answers {
		if !a.Given || a.Version == "" || a.At.IsZero() {
			h.t.Errorf("consent %+v", a)
		}
	}
	if s := h.standing(d); s.EMailPending != "" || s.MobilePending != "" || !s.PasswordChanged.IsZero() {
		h.t.Errorf("standing %+v", s)
	}
	return household
}

var linkPattern = regexp.MustCompile(`https://mutua\.example(/v1/confirm)#(\S+)`)

// openLink does what a browser does with the link of the last e-mail, and returns what it shows in the end.
func (h *house) openLink(address string) string {
	h.t.Helper()
	letters := h.to(address)
	found := linkPattern.FindStringSubmatch(letters[len(letters)-1].text)
	if found == nil {
		h.t.Fatalf("no link in %q", letters[len(letters)-1].text)
	}
	page, header := h.browse(http.MethodGet, found[1], "")
	if !strings.Contains(page, `<form id="form" method="post" action="/v1/confirm"`) || header.Get("Referrer-Policy") != "no-referrer" ||
		!strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'") {
		h.t.Errorf("%v %s", header, page)
	}
	first, _ := h.browse(http.MethodPost, found[1], url.Values{"token": {found[2]}}.Encode())
	again, _ := h.browse(http.MethodPost, found[1], url.Values{"token": {found[2]}}.Encode())
	if first != again {
		h.t.Errorf("pressing twice shows %s", again)
	}
	return first
}

// browse asks without nonce and signature, as browsers do.
func (h *house) browse(method, path, form string) (string, http.Header) {
	h.t.Helper()
	r, err := http.NewRequest(method, h.url+path, strings.NewReader(form))
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := h.client.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK || !strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
		h.t.Fatalf("%d %s %v", answer.StatusCode, page, err)
	}
	h.uncached(r, answer.Header)
	return string(page), answer.Header
}
