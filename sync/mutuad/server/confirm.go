package server

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"net/http"
	"net/url"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// confirmScript puts what follows the # of the address, which no server and no log ever sees, into the form, and takes it out of the
// address bar. Nothing is sent before the person presses the button: programs that look into mail open links, but press nothing.
const confirmScript = `var token = location.hash.slice(1); history.replaceState(null, "", location.pathname);
if (token) { document.getElementById("token").value = token; document.getElementById("form").hidden = false; }
else { document.getElementById("none").hidden = false; }`

// confirmPage is what a browser shows for the link in an e-mail (CTV-01).
var confirmPage = template.Must(template.New("confirm").Parse(`<!DOCTYPE html>
<html lang="it"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">
<title>{{.Mutual}}</title></head><body>
<h1>{{.Mutual}}</h1>
{{if .Said}}<p>{{.Said}}</p>{{else}}
<form id="form" method="post" action="/v1/confirm" hidden>
<p>Confermi che questo indirizzo e-mail è tuo?</p>
<input type="hidden" name="token" id="token"><button>Conferma</button>
</form>
<p id="none" hidden>Apri il collegamento che hai ricevuto per e-mail.</p>
<noscript><p>Questa pagina ha bisogno di JavaScript. Puoi anche scrivere in Sodale il codice che trovi nella stessa e-mail.</p></noscript>
<script>` + confirmScript + `</script>{{end}}
</body></html>
`))

// confirmPolicy lets the page run its own script and send its own form, and nothing else.
var confirmPolicy = func() string {
	sum := sha256.Sum256([]byte(confirmScript))
	return "default-src 'none'; script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
}()

const maxForm = 4 << 10 // bytes

// confirm shows the page.
func (s *Server) confirm(c *call) (answer, error) { return s.pageSaying(c, "") }

// confirmAddress takes the token of the page's form: the e-mail address is proved. Pressing twice is no fault.
func (s *Server) confirmAddress(c *call) (answer, error) {
	body := new(bytes.Buffer)
	if _, err := body.ReadFrom(http.MaxBytesReader(nil, c.request.Body, maxForm)); err != nil {
		return answer{}, refuse(http.StatusRequestEntityTooLarge, api.CodeBadRequest, "body")
	}
	form, err := url.ParseQuery(body.String())
	if err != nil || form.Get("token") == "" {
		return answer{}, malformed("token")
	}
	if err := s.count(c, byAddress(c, "guess", guessesOfAddress)); err != nil {
		return answer{}, err
	}
	rules, err := s.archive.Rules(c.ctx)
	if err != nil {
		return answer{}, err
	}
	said := ""
	var letters []letter
	err = s.archive.Store.Write(c.ctx, func(tx *store.Tx) error {
		var err error
		said, letters, err = s.confirmLink(c, tx, rules, form.Get("token"))
		return err
	})
	if err != nil {
		return answer{}, err
	}
	s.post(c, letters...)
	return s.pageSaying(c, said)
}

// What the page says at the end. The first is MSG-05.
const (
	saidNextMobile = "L'indirizzo e-mail è confermato. Al prossimo accesso conferma il cellulare con il codice che ricevi per SMS. La registrazione verrà così ultimata."
	saidConfirmed  = "L'indirizzo e-mail è confermato. Torna in Sodale per continuare."
	saidOver       = "Il collegamento non è più valido. Chiedine un altro in Sodale."
)

// confirmLink proves the e-mail address whose link has this token.
func (s *Server) confirmLink(c *call, tx *store.Tx, rules mutual.Profile, token string) (string, []letter, error) {
	code, err := tx.CodeByLink(c.ctx, s.archive.Secret.Hash("link", token))
	if fault.CodeOf(err) == store.CodeNone || err == nil && !s.archive.Now().Before(code.ExpiresAt) {
		return saidOver, nil, nil
	}
	if err != nil {
		return "", nil, err
	}
	e, data, err := s.enrolmentByID(c, tx, code.Owner)
	if fault.CodeOf(err) == store.CodeNone {
		return saidOver, nil, nil
	}
	if err != nil {
		return "", nil, err
	}
	said := saidConfirmed
	if e.Kind == string(mutual.WayRegister) && rules.Verification.MobileAtSignIn {
		said = orElse(rules.Messages.Completed, saidNextMobile)
	}
	if e.Step != string(account.StepLink) {
		return said, nil, nil
	}
	data.proved(store.ChannelEMail)
	letters, err := s.goOn(c, tx, rules, &e, &data)
	if err != nil {
		return "", nil, err
	}
	return said, letters, putEnrolment(c, tx, e, data)
}

// pageSaying is the page, with what it says or, for "", with its form.
func (s *Server) pageSaying(c *call, said string) (answer, error) {
	m, err := s.archive.Mutual(c.ctx)
	if err != nil {
		return answer{}, err
	}
	var b bytes.Buffer
	err = confirmPage.Execute(&b, struct{ Mutual, Said string }{m.Name, said})
	return answer{status: http.StatusOK, body: b.Bytes(), kind: "text/html; charset=utf-8",
		header: map[string]string{"Referrer-Policy": "no-referrer", "Content-Security-Policy": confirmPolicy}}, err
}
