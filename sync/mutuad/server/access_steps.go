package server

import (
	"encoding/json"
	"net/http"
	"slices"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// step runs f on the enrolment of a ticket, in a transaction that nobody else can change it in, stores what f made of it and says
// how far it has come. What f refuses with is said after the rest was kept.
func (s *Server) step(c *call, ticket string, f func(tx *store.Tx, rules mutual.Profile, e *store.Enrolment, data *enrolling) ([]letter, *refusal, error)) (answer, error) {
	rules, err := s.archive.Rules(c.ctx)
	if err != nil {
		return answer{}, err
	}
	var letters []letter
	var said api.Enrolment
	err = s.settle(c, func(tx *store.Tx) (*refusal, error) {
		e, data, err := s.enrolment(c, tx, ticket)
		if err != nil {
			return nil, err
		}
		var refused *refusal
		if letters, refused, err = f(tx, rules, &e, &data); err != nil {
			return nil, err
		}
		if e.Failures >= maxTries {
			return refuse(http.StatusGone, api.CodeTicketOver, ""), tx.DropEnrolment(c.ctx, e.ID)
		}
		if err := putEnrolment(c, tx, e, data); err != nil {
			return nil, err
		}
		said, err = s.enrolmentSaid(c, tx.Queries, rules, e, data, ticket)
		return refused, err
	})
	if err != nil {
		return answer{}, err
	}
	s.post(c, letters...)
	return answerJSON(said)
}

// enrolment locks the one of a ticket.
func (s *Server) enrolment(c *call, tx *store.Tx, ticket string) (store.Enrolment, enrolling, error) {
	var data enrolling
	e, err := tx.LockEnrolment(c.ctx, s.archive.Secret.Hash("ticket", ticket), s.archive.Now())
	if fault.CodeOf(err) == store.CodeNone || err == nil && e.Kind == kindReset {
		return e, data, refuse(http.StatusGone, api.CodeTicketOver, "")
	}
	if err != nil {
		return e, data, err
	}
	return e, data, json.Unmarshal([]byte(e.Data), &data)
}

// enrolmentByID locks the one of an id.
func (s *Server) enrolmentByID(c *call, tx *store.Tx, id string) (store.Enrolment, enrolling, error) {
	var data enrolling
	e, err := tx.LockEnrolmentByID(c.ctx, id, s.archive.Now())
	if err != nil {
		return e, data, err
	}
	return e, data, json.Unmarshal([]byte(e.Data), &data)
}

// state says how far an activation has come (REG-14).
func (s *Server) state(c *call) (answer, error) {
	var ask api.Ticketed
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	return s.step(c, ask.Ticket, func(*store.Tx, mutual.Profile, *store.Enrolment, *enrolling) ([]letter, *refusal, error) {
		return nil, nil, nil
	})
}

// contacts takes the page of the first access: new password, contacts, consents (FAC-06 … FAC-10, FAC-14). It may come again while
// the codes are waited for, with other contacts (CTV-06).
func (s *Server) contacts(c *call) (answer, error) {
	var ask api.EnrolContacts
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	rules, err := s.archive.Rules(c.ctx)
	if err != nil {
		return answer{}, err
	}
	consents, err := consented(rules, mutual.AtFirstAccess, ask.Consents)
	if err != nil {
		return answer{}, err
	}
	email, mobile, err := reachable(rules.Verification, ask.EMail, ask.Mobile)
	if err != nil {
		return answer{}, err
	}
	if err := checkPassword(rules.Password, ask.Password); err != nil {
		return answer{}, err
	}
	if err := s.count(c, byAddress(c, "guess", guessesOfAddress)); err != nil {
		return answer{}, err
	}
	hash, err := s.hash(c, ask.Password)
	if err != nil {
		return answer{}, err
	}
	return s.step(c, ask.Ticket, func(tx *store.Tx, rules mutual.Profile, e *store.Enrolment, data *enrolling) ([]letter, *refusal, error) {
		if e.Step != string(account.StepContacts) && e.Step != string(account.StepCodes) || e.Kind != string(mutual.WayFirstAccess) {
			return nil, nil, malformed("step")
		}
		e.Password, e.EMail, e.Mobile, data.Consents = hash, email, mobile, consents
		data.Channels = channelsOf(rules.Verification, mutual.WayFirstAccess, *e)
		letters, err := s.goOn(c, tx, rules, e, data)
		return letters, nil, err
	})
}

// goOn sets the step that an enrolment waits for and sends the codes that it needs and that are not on their way. With nothing
// left to prove the access is opened.
func (s *Server) goOn(c *call, tx *store.Tx, rules mutual.Profile, e *store.Enrolment, data *enrolling) ([]letter, error) {
	if len(data.Channels) == 0 {
		return s.finish(c, tx, rules, e, data)
	}
	var letters []letter
	e.Step = string(account.StepCodes)
	if rules.Verification.EMail == mutual.ChannelLink && data.Channels[0] == store.ChannelEMail {
		e.Step = string(account.StepLink)
	}
	for _, channel := range data.Channels {
		if e.Step == string(account.StepLink) && channel != store.ChannelEMail {
			continue // after the e-mail
		}
		i := issue{owner: e.ID, channel: channel, to: contactOf(*e, channel), about: aboutOpening, link: e.Step == string(account.StepLink)}
		sent, err := tx.Code(c.ctx, e.ID, string(channel))
		if err != nil {
			return nil, err
		}
		if sent.SentTo == i.to && s.archive.Now().Before(sent.ExpiresAt) {
			continue
		}
		l, err := s.newCode(c, tx, rules, i)
		if err != nil {
			return nil, err
		}
		letters = append(letters, l)
	}
	return letters, nil
}

func contactOf(e store.Enrolment, channel store.Channel) string {
	if channel == store.ChannelMobile {
		return e.Mobile
	}
	return e.EMail
}

// resend sends what is waited for once more (CTV-08).
func (s *Server) resend(c *call) (answer, error) {
	var ask api.Ticketed
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	return s.step(c, ask.Ticket, func(tx *store.Tx, rules mutual.Profile, e *store.Enrolment, data *enrolling) ([]letter, *refusal, error) {
		var letters []letter
		if e.Step != string(account.StepCodes) && e.Step != string(account.StepLink) {
			return nil, nil, malformed("step")
		}
		for _, channel := range data.Channels {
			link := e.Step == string(account.StepLink)
			if link && channel != store.ChannelEMail {
				continue
			}
			l, err := s.newCode(c, tx, rules, issue{owner: e.ID, channel: channel, to: contactOf(*e, channel), about: aboutOpening, link: link})
			if err != nil {
				return nil, nil, err
			}
			letters = append(letters, l)
		}
		return letters, nil, nil
	})
}

// verify takes the codes that were typed (CTV-07). A right one stays right while the other one is tried again.
func (s *Server) verify(c *call) (answer, error) {
	var ask api.EnrolCodes
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	if err := s.count(c, byAddress(c, "guess", guessesOfAddress)); err != nil {
		return answer{}, err
	}
	return s.step(c, ask.Ticket, func(tx *store.Tx, rules mutual.Profile, e *store.Enrolment, data *enrolling) ([]letter, *refusal, error) {
		if e.Step != string(account.StepCodes) && e.Step != string(account.StepLink) {
			return nil, nil, malformed("step")
		}
		var refused *refusal
		for _, channel := range slices.Clone(data.Channels) {
			typed := ask.EMail
			if channel == store.ChannelMobile {
				typed = ask.Mobile
			}
			if typed == "" || e.Step == string(account.StepLink) && channel != store.ChannelEMail {
				continue // not typed yet
			}
			r, err := s.judge(c, tx, e.ID, channel, typed)
			switch {
			case err != nil:
				return nil, nil, err
			case r == nil:
				data.proved(channel)
			case refused == nil:
				e.Failures++
				refused = r
			}
		}
		if refused != nil {
			return nil, refused, nil
		}
		letters, err := s.goOn(c, tx, rules, e, data)
		return letters, nil, err
	})
}

// proved takes a channel from those that are still to be proved.
func (d *enrolling) proved(channel store.Channel) {
	d.Channels = slices.DeleteFunc(d.Channels, func(c store.Channel) bool { return c == channel })
}

// dossier opens the dossier of whoever signs in for the first time with a form from the desk: notice, codice fiscale and activation
// code (REG-18). A wrong codice fiscale is answered like a wrong code.
func (s *Server) dossier(c *call) (answer, error) {
	var ask api.EnrolDossier
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	rules, err := s.archive.Rules(c.ctx)
	if err != nil {
		return answer{}, err
	}
	consents, err := consented(rules, mutual.AtDossier, ask.Consents)
	if err != nil {
		return answer{}, err
	}
	if err := s.count(c, byAddress(c, "guess", guessesOfAddress), s.byName("activation", fiscalCode(ask.FiscalCode), activationCodes)); err != nil {
		return answer{}, err
	}
	return s.step(c, ask.Ticket, func(tx *store.Tx, _ mutual.Profile, e *store.Enrolment, data *enrolling) ([]letter, *refusal, error) {
		if e.Step != string(account.StepDossier) {
			return nil, nil, malformed("step")
		}
		p, err := tx.Person(c.ctx, data.Person)
		if err != nil {
			return nil, nil, err
		}
		if p.FiscalCode != fiscalCode(ask.FiscalCode) || !s.archive.Activates(p, ask.Code) {
			e.Failures++
			r := refuse(http.StatusUnprocessableEntity, api.CodeBadCode, "activation")
			r.Left = int(maxTries - e.Failures)
			return nil, r, nil
		}
		e.Step = string(account.StepDone)
		return nil, nil, s.openDossier(c, tx, p, consents)
	})
}

// openDossier uses the activation code up and opens the dossier of a holder.
func (s *Server) openDossier(c *call, tx *store.Tx, p store.Person, consents []privacy.Answer) error {
	p.Code, p.Dossier = "", true
	if err := tx.PutPerson(c.ctx, p); err != nil {
		return err
	}
	h, err := tx.Household(c.ctx, p.Member)
	if err != nil {
		return err
	}
	n, err := s.archive.ChangeHousehold(c.ctx, tx, p.Member, h, "")
	if err != nil {
		return err
	}
	if err := s.archive.TellNext(c.ctx, tx, p.Member, n); err != nil {
		return err
	}
	if err := s.archive.AddConsents(c.ctx, tx, p.Member, consents...); err != nil {
		return err
	}
	if err := s.archive.TellConsents(c.ctx, tx, p.Member); err != nil {
		return err
	}
	if err := s.archive.Audit(c.ctx, tx, kindDossier, "dossier.opened", p.Member, ""); err != nil {
		return err
	}
	return s.reach(c, tx, p.Member, store.StateActive)
}
