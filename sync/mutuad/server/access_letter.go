package server

import (
	"context"
	"strings"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// about is what a letter is about.
type about string

// What letters are about.
const (
	aboutOpening  about = "opening"  // contacts are proved while an account comes to be (CTV)
	aboutReset    about = "reset"    // LOG-10
	aboutContacts about = "contacts" // a contact that was changed is proved (PER-06)
	aboutPassword about = "password" // the password was changed
	aboutFactor   about = "factor"   // the second factor was turned off
	aboutMoved    about = "moved"    // a contact was changed: said to the one before
	aboutOther    about = "other"    // an account was opened with other contacts than the mutual knew
	aboutGone     about = "gone"     // the account was deleted (DEL-03)
)

// letter is a message that leaves once what it speaks of is committed. Nobody but the Postman and the receiver sees code and link.
type letter struct {
	channel store.Channel
	to      string // "" = it goes nowhere
	about   about
	code    string
	link    string // token; "" = no link
	words   string // the whole text, of aboutGone
}

// What posting may cost.
const (
	maxPosting  = 64               // letters on their way at the same time
	postingTime = 30 * time.Second // for one of them
)

// post sends letters behind the answer's back, so that nobody can tell by the time it takes whether one left.
func (s *Server) post(c *call, letters ...letter) {
	for _, l := range letters {
		s.postLater(c, l.about, func(ctx context.Context) error { return s.deliver(ctx, l) })
	}
}

// postLater is post for what is still to be written.
func (s *Server) postLater(c *call, what about, send func(context.Context) error) {
	select {
	case s.posting <- struct{}{}:
	default:
		s.log.Warn("letter dropped", "endpoint", c.endpoint, "about", string(what))
		return
	}
	s.posted.Go(func() {
		defer func() { <-s.posting }()
		ctx, cancel := context.WithTimeout(c.ctx, postingTime)
		defer cancel()
		if err := send(ctx); err != nil {
			s.log.Error("letter not sent", "endpoint", c.endpoint, "about", string(what), "code", string(fault.CodeOf(err)))
		}
	})
}

// Posted waits until every letter has left or was given up.
func (s *Server) Posted() { s.posted.Wait() }

func (s *Server) deliver(ctx context.Context, l letter) error {
	m, err := s.archive.Mutual(ctx)
	if err != nil || l.to == "" {
		return err
	}
	if l.channel == store.ChannelMobile {
		return s.postman.SMS(ctx, l.to, m.Name+": "+l.short())
	}
	return s.postman.EMail(ctx, l.to, m.Name+": "+l.subject(), l.long(m.Name, s.url))
}

func (l letter) subject() string {
	return map[about]string{
		aboutOpening: "conferma del tuo indirizzo e-mail", aboutReset: "codice di sicurezza per la nuova password",
		aboutContacts: "conferma del nuovo indirizzo e-mail", aboutPassword: "la password è stata cambiata",
		aboutFactor: "la verifica in due passaggi è stata disattivata", aboutMoved: "i tuoi recapiti sono stati cambiati",
		aboutOther: "il tuo accesso è stato attivato", aboutGone: "il tuo account è stato eliminato",
	}[l.about]
}

// short is the text of an SMS.
func (l letter) short() string {
	switch l.about {
	case aboutOther:
		return "l'accesso è stato attivato con altri recapiti. Se non sei stato tu, chiamaci subito."
	case aboutMoved:
		return "i tuoi recapiti sono stati cambiati. Se non sei stato tu, chiamaci subito."
	}
	return "il codice è " + l.code + ". Vale 10 minuti. Se ricevi più codici, dovrai inserire l'ultimo ricevuto. Non dirlo a nessuno."
}

// long is the text of an e-mail.
func (l letter) long(mutual, baseURL string) string {
	var b strings.Builder
	say := func(lines ...string) { b.WriteString(strings.Join(lines, "\n") + "\n\n") }
	switch l.about {
	case aboutGone:
		say(l.words)
	case aboutPassword:
		say("la password del tuo accesso è stata cambiata.")
		say("Se non sei stato tu, chiamaci subito.")
	case aboutFactor:
		say("la verifica in due passaggi del tuo accesso è stata disattivata: ora basta la password.")
		say("Se non sei stato tu, chiamaci subito.")
	case aboutMoved:
		say("i recapiti del tuo accesso sono stati cambiati.")
		say("Se non sei stato tu, chiamaci subito.")
	case aboutOther:
		say("il tuo accesso è stato attivato con recapiti diversi da questo.")
		say("Se non sei stato tu, chiamaci subito.")
	default:
		if l.link != "" && baseURL != "" {
			say("per confermare il tuo indirizzo apri questo collegamento, entro 24 ore:", strings.TrimSuffix(baseURL, "/")+api.PathConfirm+"#"+l.link)
			say("Oppure scrivi in Sodale questo codice: " + l.code)
		} else {
			say("il tuo codice è " + l.code)
			say("Vale 10 minuti. Se ricevi più codici, dovrai inserire l'ultimo ricevuto.")
		}
		say("Non l'hai chiesto tu? Non fare nulla, e non dire il codice a nessuno.")
	}
	say(mutual)
	return "Buongiorno,\n\n" + strings.TrimRight(b.String(), "\n") + "\n"
}
