package print

import (
	"io"
	"slices"
	"strings"
	"time"

	"github.com/sodale/sodale/app/mutual"
)

// ActivationHelp writes how to come to an account with a mutual, for a person who wants it on paper (FAC-15, SUP).
func ActivationHelp(w io.Writer, fonts Fonts, m mutual.Profile, madeAt time.Time) error {
	return drawn(func() error { return activationHelp(w, fonts, m, madeAt) })
}

func activationHelp(w io.Writer, fonts Fonts, m mutual.Profile, madeAt time.Time) error {
	p := newPaper(fonts, "Come attivare "+m.Area, madeAt)
	p.paragraph(m.Name)
	if m.Has(mutual.WayRegister) {
		p.heading("Prima iscrizione")
		p.steps("In Sodale scegli «Prima iscrizione».", "Scrivi i tuoi dati anagrafici, la residenza, l'e-mail, il cellulare e una password a tua scelta.",
			"Leggi e accetta i testi che ti sono mostrati, poi scegli «Iscriviti».", verifySentence(m.Verification))
	}
	if m.Has(mutual.WayFirstAccess) {
		p.heading("Primo accesso")
		p.steps("In Sodale scegli «Primo accesso» e scrivi "+userSentence(m)+".", m.Messages.FirstAccess,
			"Scegli una nuova password e controlla l'e-mail e il cellulare.", verifySentence(m.Verification))
	}
	if m.Has(mutual.WayCode) {
		p.heading("Con il codice di attivazione")
		p.steps("In Sodale scegli «Ho un codice di attivazione».", "Dai il consenso, compila «Il mio profilo» e scegli una password.", verifySentence(m.Verification),
			"Al primo accesso scrivi il codice fiscale e il codice di attivazione stampato sul modulo.")
	}
	p.heading("La password")
	p.paragraph(m.Password.Text)
	p.contacts(m.Contacts)
	return p.finish(w)
}

func userSentence(m mutual.Profile) string {
	labels := m.Entry.Labels
	if labels.Collective == "" {
		return "il tuo " + labels.Single
	}
	return "la matricola o il codice utente, come risulta dalla tessera o dalla comunicazione iniziale"
}

func verifySentence(v mutual.Verification) string {
	switch {
	case v.EMail == mutual.ChannelLink:
		return "Apri il collegamento che ricevi per e-mail (controlla anche la posta indesiderata). All'accesso successivo scrivi il codice ricevuto per SMS."
	case v.EMail == mutual.ChannelCode && v.Mobile == mutual.ChannelCode:
		return "Scrivi i codici che ricevi per e-mail e per SMS. Se ne ricevi più di uno, vale l'ultimo."
	case v.Mobile == mutual.ChannelCode:
		return "Scrivi il codice che ricevi per SMS. Se ne ricevi più di uno, vale l'ultimo."
	}
	return "Scrivi il codice che ricevi per e-mail. Se ne ricevi più di uno, vale l'ultimo."
}

func (p *paper) contacts(c mutual.Contacts) {
	lines := []Line{{"Telefono", c.Phone}, {"Numero verde", c.TollFree}, {"E-mail", c.EMail}, {"Aiuto", c.Support}, {"Sito", c.Site}, {"Indirizzo", c.Address}, {"Orario", c.Hours}}
	for _, o := range c.Other {
		lines = append(lines, Line{o.Name, o.Line})
	}
	lines = slices.DeleteFunc(lines, func(l Line) bool { return l.Value == "" })
	p.heading("Se serve aiuto")
	if len(lines) == 0 {
		p.paragraph("Rivolgiti alla struttura che ti ha dato il modulo.")
		return
	}
	for _, l := range lines {
		p.line(l.Name, l.Value)
	}
}

// HelpRequest is what a call for help tells (FAC-13, SUP-08). The password has no field here.
type HelpRequest struct {
	Mutual      string
	User        string
	Claim       string // number of the claim that it is about; "" = none
	Mobile      string
	Description string // as the member typed it
	Code        string // of the error that was shown; "" = none
	Version     string // of the program
	Picture     string // file name of the picture of the screen that goes with it; "" = none
}

// hidden stands where a secret stood.
const hidden = "•••"

// Support writes the subject and the text of a call for help. Whatever of secrets (passwords and codes that were typed in this
// session) stands in it is left out: a password is never sent (AMB-60).
func Support(r HelpRequest, secrets ...string) (subject, body string) {
	body = r.text()
	for _, secret := range secrets {
		if secret != "" {
			body = strings.ReplaceAll(body, secret, hidden)
		}
	}
	return "Richiesta di aiuto per l'area riservata di " + r.Mutual, body
}

// Question writes the subject and the text of a question about a claim (CLM-20).
func Question(r HelpRequest) (subject, body string) {
	if r.Claim == "" {
		return "Domanda su una pratica", r.text()
	}
	return "Domanda sulla pratica " + r.Claim, r.text()
}

// text is a line for everything that is told.
func (r HelpRequest) text() string {
	var b strings.Builder
	for _, l := range []Line{{"Codice utente", r.User}, {"Numero della pratica", r.Claim}, {"Cellulare", r.Mobile}, {"Descrizione", r.Description}, {"Codice dell'errore", r.Code},
		{"Immagine allegata", r.Picture}, {"Programma", "Sodale " + r.Version}} {
		if l.Value != "" {
			b.WriteString(l.Name + ": " + l.Value + "\n")
		}
	}
	return b.String()
}
