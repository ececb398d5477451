package server

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/phone"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/password"
	"github.com/sodale/sodale/sync/mutuad/secret"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// Kinds of enrolment beside the mutual.Ways.
const (
	kindMobile  = "mobile"  // the mobile number is proved at the sign-in after the registration (CTV-02)
	kindDossier = "dossier" // the dossier is opened at the first sign-in (REG-18)
	kindReset   = "reset"
)

// enrolmentLasts is how long a ticket goes on with an activation.
const enrolmentLasts = 24 * time.Hour

// enrolling is what an enrolment keeps beside its columns.
type enrolling struct {
	Person   string           `json:"person"`
	Name     string           `json:"name"`
	Consents []privacy.Answer `json:"consents"`
	Channels []store.Channel  `json:"channels"` // still to be proved
	Desk     bool             `json:"desk"`     // the mobile number is the one given at the desk: it is not shown
}

// apply begins an activation in one of the mutual's ways (CFG-01).
func (s *Server) apply(c *call) (answer, error) {
	var ask api.Application
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	rules, err := s.archive.Rules(c.ctx)
	if err != nil {
		return answer{}, err
	}
	way := mutual.Way(ask.Way)
	if way == mutual.WaySignIn || !rules.Has(way) {
		return answer{}, sayField("way", "Questa mutua non attiva l'accesso così.")
	}
	if way == mutual.WayFirstAccess {
		return s.applyFirst(c, rules, ask)
	}
	return s.applyPerson(c, rules, way, ask)
}

// applyFirst takes the user name and the derived password (FAC-05). Whoever they do not belong to hears the same, after the same
// work, as for a name that nobody has (FAC-11, MSG-03).
func (s *Server) applyFirst(c *call, rules mutual.Profile, ask api.Application) (answer, error) {
	user := userName(rules, ask.User)
	if len(ask.Password) > maxPassword || len(user) > maxPassword {
		return answer{}, malformed("password")
	}
	if err := s.count(c, byAddress(c, "guess", guessesOfAddress), s.byName("first", user, firstTriesOfUser)); err != nil {
		return answer{}, err
	}
	leave, err := s.place(c, s.hashing)
	if err != nil {
		return answer{}, err
	}
	_, err = password.Verify(nobodyHash, ask.Password) // costs what a sign-in costs: there are few derived passwords to guess
	if leave(); err != nil {
		return answer{}, err
	}
	m, p, right, err := s.derivedFits(c, rules, user, ask.Password)
	if err != nil {
		return answer{}, err
	}
	if !right {
		r := refuse(http.StatusUnauthorized, api.CodeBadSignIn, "")
		r.Title = orElse(rules.Messages.FirstWrong, "La password non è corretta")
		return answer{}, s.failed(c, m.ID, failedPassword, r)
	}
	h, err := s.archive.Store.Household(c.ctx, m.ID)
	if err != nil && fault.CodeOf(err) != store.CodeNone {
		return answer{}, err
	}
	e := store.Enrolment{Kind: string(mutual.WayFirstAccess), Member: m.ID, Step: string(account.StepContacts), User: m.User, EMail: h.EMail, Mobile: h.Mobile}
	return s.begin(c, rules, e, enrolling{Person: string(p.ID), Name: p.GivenName})
}

// derivedFits reports whether a derived password is that of the member with a user name, who has no access yet. It asks the
// database the same whoever is there.
func (s *Server) derivedFits(c *call, rules mutual.Profile, user, derived string) (store.Member, store.Person, bool, error) {
	m, err := s.archive.Store.MemberNamed(c.ctx, user)
	if err != nil && fault.CodeOf(err) != store.CodeNone {
		return m, store.Person{}, false, err
	}
	p, personErr := s.archive.Store.Person(c.ctx, m.ID)
	if personErr != nil && fault.CodeOf(personErr) != store.CodeNone {
		return m, p, false, personErr
	}
	a, accountErr := s.archive.Store.Account(c.ctx, m.ID)
	if accountErr != nil {
		return m, p, false, accountErr
	}
	first, firstErr := rules.FirstPassword(m.User, p.FiscalCode)
	same := secret.Same(s.archive.Secret.Hash("first", first), s.archive.Secret.Hash("first", fiscalCode(derived)))
	return m, p, same && err == nil && personErr == nil && firstErr == nil && a.State == store.StateNew, nil
}

func orElse(text, otherwise string) string {
	if text != "" {
		return text
	}
	return otherwise
}

// applyPerson takes a registration against the mutual's archive (REG-03 … REG-14) or one with a paper form (REG-15 … REG-17).
func (s *Server) applyPerson(c *call, rules mutual.Profile, way mutual.Way, ask api.Application) (answer, error) {
	consents, err := consented(rules, mutual.AtRegistration, ask.Consents)
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
	if err := s.count(c, byAddress(c, "start", startsOfAddress), s.byName("start", fiscalCode(ask.FiscalCode), startsOfPerson)); err != nil {
		return answer{}, err
	}
	p, err := s.person(c, rules, ask)
	if err != nil {
		return answer{}, err
	}
	e := store.Enrolment{Kind: string(way), Member: p.Member, EMail: email, Mobile: mobile}
	if e.Member == "" {
		e.Member = string(p.ID)
	}
	data := enrolling{Person: string(p.ID), Name: p.GivenName, Consents: consents}
	if rules.Verification.MobileFromDesk {
		if e.Mobile, data.Desk = p.Mobile, true; e.Mobile == "" {
			return answer{}, notFound(rules)
		}
	}
	if e.User, err = s.userFor(c, rules, e, ask.User); err != nil {
		return answer{}, err
	}
	if e.Password, err = s.hash(c, ask.Password); err != nil {
		return answer{}, err
	}
	data.Channels = channelsOf(rules.Verification, way, e)
	return s.begin(c, rules, e, data)
}

// person finds who registers. Only whoever knows codice fiscale, names and day of birth hears that there is an access already
// (REG-10, MSG-01); everybody else hears that nobody was found (REG-11, MSG-02).
func (s *Server) person(c *call, rules mutual.Profile, ask api.Application) (store.Person, error) {
	p, err := s.archive.Store.PersonByFiscalCode(c.ctx, fiscalCode(ask.FiscalCode))
	if err != nil && fault.CodeOf(err) != store.CodeNone {
		return p, err
	}
	same := err == nil && folded(p.GivenName) == folded(ask.GivenName) && folded(p.FamilyName) == folded(ask.FamilyName) &&
		p.DateOfBirth.String() == ask.DateOfBirth
	apart := p.Member == "" && mutual.Way(ask.Way) == mutual.WayCode // FAM-07: an access of one's own, by the form from the desk
	if !same || p.Member != string(p.ID) && !apart {
		return p, notFound(rules)
	}
	a, err := s.archive.Store.Account(c.ctx, p.Member)
	if err != nil {
		return p, err
	}
	if a.State != store.StateNew {
		return p, registered(rules)
	}
	return p, nil
}

func notFound(rules mutual.Profile) *refusal {
	r := refuse(http.StatusNotFound, api.CodeUnknownPerson, "")
	r.Title = orElse(rules.Messages.NotFound, "Anagrafica non trovata")
	return r
}

func registered(rules mutual.Profile) *refusal {
	r := refuse(http.StatusConflict, api.CodeRegistered, "")
	r.Title = orElse(rules.Messages.AlreadyRegistered, "Anagrafica non registrabile. Utente già registrato.")
	return r
}

// userFor is the user name that an enrolment leads to (CFG-02): the member's number, the e-mail address (REG-05), or the one of
// the two contacts that was chosen (LOG-03).
func (s *Server) userFor(c *call, rules mutual.Profile, e store.Enrolment, chosen string) (string, error) {
	user, field := e.EMail, "email"
	switch rules.Entry.User {
	case mutual.UserEMail:
	case mutual.UserMobileOrEMail:
		if user == "" || userName(rules, chosen) == e.Mobile {
			user, field = e.Mobile, "mobile"
		}
	default:
		m, err := s.archive.Store.Member(c.ctx, e.Member)
		if fault.CodeOf(err) == store.CodeNone {
			return "", nil // the number is given with the membership
		}
		return m.User, err
	}
	if user == "" {
		return "", sayField("email", "Serve l'indirizzo e-mail: è il nome utente.")
	}
	return user, s.free(c, s.archive.Store.Queries, user, e.Member, field)
}

// free refuses a user name that leads to somebody else.
func (s *Server) free(c *call, q *store.Queries, user, memberID, field string) error {
	taken, err := q.MemberNamed(c.ctx, user)
	switch {
	case fault.CodeOf(err) == store.CodeNone:
		return nil
	case err == nil && taken.ID != memberID:
		return sayField(field, "Questo nome utente è già di un'altra persona.")
	}
	return err
}

// channelsOf lists what is proved before the first sign-in (CTV-12).
func channelsOf(v mutual.Verification, way mutual.Way, e store.Enrolment) []store.Channel {
	var channels []store.Channel
	if v.EMail != mutual.ChannelNone && e.EMail != "" {
		channels = append(channels, store.ChannelEMail)
	}
	if v.Mobile == mutual.ChannelCode && e.Mobile != "" && (!v.MobileAtSignIn || way != mutual.WayRegister) {
		channels = append(channels, store.ChannelMobile)
	}
	return channels
}

// hash makes what is kept of a password, when there is a place to hash in.
func (s *Server) hash(c *call, pass string) (string, error) {
	leave, err := s.place(c, s.hashing)
	if err != nil {
		return "", err
	}
	defer leave()
	return password.Hash(s.archive.Random, pass)
}

// begin stores a new enrolment with a fresh ticket and sends its first codes.
func (s *Server) begin(c *call, rules mutual.Profile, e store.Enrolment, data enrolling) (answer, error) {
	ticket, err := s.newTicket(&e)
	if err != nil {
		return answer{}, err
	}
	var letters []letter
	var said api.Enrolment
	fresh, freshData := e, data
	err = s.archive.Store.Write(c.ctx, func(tx *store.Tx) error {
		e, data, letters = fresh, freshData, nil // it may run again
		if err := tx.ForgetEnrolments(c.ctx, s.archive.Now()); err != nil {
			return err
		}
		var err error
		if e.Kind != string(mutual.WayFirstAccess) {
			if letters, err = s.goOn(c, tx, rules, &e, &data); err != nil {
				return err
			}
		}
		if err := putEnrolment(c, tx, e, data); err != nil {
			return err
		}
		said, err = s.enrolmentSaid(c, tx.Queries, rules, e, data, ticket)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	s.post(c, letters...)
	return answerJSON(said)
}

// newTicket gives e its id, where it has none, and a fresh ticket, which makes the one before void.
func (s *Server) newTicket(e *store.Enrolment) (string, error) {
	ticket, err := s.newToken()
	if err != nil {
		return "", err
	}
	e.Ticket = s.archive.Secret.Hash("ticket", ticket)
	if e.ID == "" {
		e.CreatedAt = s.archive.Now()
		e.ExpiresAt = e.CreatedAt.Add(enrolmentLasts)
		e.ID, err = s.archive.NewID()
	}
	return ticket, err
}

func putEnrolment(c *call, tx *store.Tx, e store.Enrolment, data enrolling) error {
	text, err := json.Marshal(data)
	if err != nil {
		return err
	}
	e.Data = string(text)
	return tx.PutEnrolment(c.ctx, e)
}

// enrolmentSaid is what the holder of the ticket may know.
func (s *Server) enrolmentSaid(c *call, q *store.Queries, rules mutual.Profile, e store.Enrolment, data enrolling, ticket string) (api.Enrolment, error) {
	said := api.Enrolment{Ticket: ticket, Step: e.Step, User: e.User, Name: data.Name, EMail: e.EMail, Mobile: e.Mobile, Channels: []string{}}
	if data.Desk {
		said.Mobile = phone.Number(e.Mobile).Masked()
	}
	for _, channel := range data.Channels {
		said.Channels = append(said.Channels, string(channel))
		code, err := q.Code(c.ctx, e.ID, string(channel))
		if err != nil {
			return said, err
		}
		if at := code.SentAt.Add(resendAfter(rules)); code.Hash != "" && at.After(said.ResendAt) {
			said.ResendAt = at
		}
	}
	if e.Step == string(account.StepContacts) {
		said.Channels = []string{}
	}
	return said, nil
}
