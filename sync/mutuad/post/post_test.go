package post_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/mutuad/post"
)

var ctx = context.Background()

type fixed time.Time

func (f fixed) Now() time.Time { return time.Time(f) }

var now = fixed(time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC))

// counted numbers what is made.
func counted() func() (string, error) {
	n := 0
	return func() (string, error) { n++; return strconv.Itoa(n), nil }
}

const text = "Buongiorno,\n\nil tuo codice è 12345678.\n"

func TestAFolderKeepsEachMessageAsAFileOfItsOwnersAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "outgoing")
	f := post.NewFolder(dir, now, counted())
	if err := f.EMail(ctx, "elena@posta.example", "Mutua Aurora: così", text); err != nil {
		t.Fatal(err)
	}
	if err := f.SMS(ctx, "+393330003423", "il codice è 123456"); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, "1.eml"))
	if err != nil {
		t.Fatal(err)
	}
	wantMail(t, raw, "elena@posta.example")
	sms, err := os.ReadFile(filepath.Join(dir, "2.sms.txt"))
	if err != nil || string(sms) != "+393330003423\n\nil codice è 123456\n" {
		t.Fatalf("%q, %v", sms, err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 2 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, file := range files {
		if info, err := file.Info(); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", file.Name(), info.Mode(), err)
		}
	}
	for _, to := range []string{"", "nobody", "a@x.example\r\nBcc: b@x.example"} {
		if err := f.EMail(ctx, to, "s", "t"); fault.CodeOf(err) != post.CodeAddress {
			t.Errorf("%q: %v", to, err)
		}
	}
}

// wantMail fails the test unless raw is the e-mail of text.
func wantMail(t *testing.T, raw []byte, to string) {
	t.Helper()
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(m.Header.Get("To"), to) || m.Header.Get("Date") == "" || m.Header.Get("Message-Id") == "" {
		t.Errorf("%v", m.Header)
	}
	body, err := io.ReadAll(m.Body)
	if err != nil || !strings.Contains(string(body), "12345678") {
		t.Errorf("%q, %v", body, err)
	}
}

// office is a mail server on a real port: it takes what comes from its one user.
type office struct {
	mu   sync.Mutex
	got  [][]byte
	to   []string
	from string
}

func (o *office) NewSession(*smtp.Conn) (smtp.Session, error) { return &visit{office: o}, nil }

type visit struct {
	office *office
	known  bool
}

func (v *visit) AuthMechanisms() []string { return []string{sasl.Plain} }

func (v *visit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if v.known = user == "mutua" && password == "segreto"; !v.known {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

func (v *visit) Mail(from string, _ *smtp.MailOptions) error {
	if !v.known {
		return smtp.ErrAuthRequired
	}
	v.office.from = from
	return nil
}

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	v.office.to = append(v.office.to, to)
	return nil
}

func (v *visit) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	v.office.got = append(v.office.got, raw)
	return err
}

func (v *visit) Reset()        {}
func (v *visit) Logout() error { return nil }

// openOffice lets an office answer and returns its address and whom to believe.
func openOffice(t *testing.T, secure bool) (o *office, address string, trust *tls.Config) {
	t.Helper()
	web := httptest.NewTLSServer(nil) // lends its certificate, which is for 127.0.0.1
	t.Cleanup(web.Close)
	o = &office{}
	s := smtp.NewServer(o)
	s.Domain = "posta.example"
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if secure {
		s.TLSConfig = &tls.Config{Certificates: web.TLS.Certificates}
	}
	go func() { _ = s.Serve(listener) }()
	t.Cleanup(func() { _ = s.Close() })
	return o, listener.Addr().String(), web.Client().Transport.(*http.Transport).TLSClientConfig
}

func TestAMailServerGetsTheMailOverTLSFromItsUser(t *testing.T) {
	o, address, trust := openOffice(t, true)
	s, err := post.NewSMTP(post.MailServer{URL: "smtp://" + address, From: "Mutua Aurora <avvisi@mutua.example>", User: "mutua", Password: "segreto", TLS: trust})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.EMail(ctx, "elena@posta.example", "Mutua Aurora: così", text); err != nil {
		t.Fatal(err)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.got) != 1 || o.from != "avvisi@mutua.example" || o.to[0] != "elena@posta.example" {
		t.Fatalf("from %s to %v: %d", o.from, o.to, len(o.got))
	}
	wantMail(t, o.got[0], "elena@posta.example")
}

func TestNoMailLeavesWithoutTLSOrToAServerThatIsNotBelieved(t *testing.T) {
	plain, plainAddress, trust := openOffice(t, false)
	secure, secureAddress, _ := openOffice(t, true)
	for name, server := range map[string]post.MailServer{
		"no TLS":              {URL: "smtp://" + plainAddress, User: "mutua", Password: "segreto", TLS: trust},
		"unknown certificate": {URL: "smtp://" + secureAddress, User: "mutua", Password: "segreto"},
		"wrong password":      {URL: "smtp://" + secureAddress, User: "mutua", Password: "sbagliato", TLS: trust},
		"nobody there":        {URL: "smtp://127.0.0.1:1", TLS: trust},
	} {
		server.From = "avvisi@mutua.example"
		s, err := post.NewSMTP(server)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.EMail(ctx, "elena@posta.example", "s", text); fault.CodeOf(err) != post.CodeCarrier {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(plain.got)+len(secure.got) != 0 {
		t.Error("a mail was taken")
	}
	for _, server := range []post.MailServer{{URL: "http://x.example", From: "a@x.example"}, {URL: "smtp://u:p@x.example", From: "a@x.example"}, {URL: "smtp://x.example", From: "nobody"}, {}} {
		if _, err := post.NewSMTP(server); fault.CodeOf(err) != post.CodeAddress {
			t.Errorf("%+v: %v", server, err)
		}
	}
}

func TestAProviderGetsTheSMSOverTLSWithItsSecret(t *testing.T) {
	status := http.StatusAccepted
	var got map[string]string
	var header http.Header
	provider := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header = r.Header
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		if status == http.StatusFound {
			w.Header().Set("Location", "https://elsewhere.example")
		}
		w.WriteHeader(status)
	}))
	provider.Config.ErrorLog = log.New(io.Discard, "", 0)
	provider.StartTLS()
	defer provider.Close()
	w, err := post.NewWebhook(provider.URL+"/sms", "segreto", provider.Client().Transport, counted())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.SMS(ctx, "+393330003423", "il codice è 123456"); err != nil {
		t.Fatal(err)
	}
	if got["to"] != "+393330003423" || got["text"] != "il codice è 123456" || header.Get("Authorization") != "Bearer segreto" || header.Get("Idempotency-Key") != "1" {
		t.Fatalf("%v %v", got, header)
	}
	for _, status = range []int{http.StatusFound, http.StatusForbidden, http.StatusInternalServerError} {
		if err := w.SMS(ctx, "+393330003423", "x"); fault.CodeOf(err) != post.CodeCarrier {
			t.Errorf("%d: %v", status, err)
		}
	}
	believesNothing, err := post.NewWebhook(provider.URL, "segreto", nil, counted())
	if err != nil {
		t.Fatal(err)
	}
	if err := believesNothing.SMS(ctx, "+39", "x"); fault.CodeOf(err) != post.CodeCarrier {
		t.Errorf("an unknown certificate: %v", err)
	}
	for _, address := range []string{"http://provider.example", "provider", "https://u:p@provider.example", ""} {
		if _, err := post.NewWebhook(address, "", nil, counted()); fault.CodeOf(err) != post.CodeAddress {
			t.Errorf("%q: %v", address, err)
		}
	}
}
