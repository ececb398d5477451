package server

import (
	"net/http"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// finish opens the access, or ends the step that the sign-in asked for.
func (s *Server) finish(c *call, tx *store.Tx, rules mutual.Profile, e *store.Enrolment, data *enrolling) ([]letter, error) {
	if e.Kind == kindMobile {
		e.Step = string(account.StepDone)
		if err := s.archive.ConfirmContacts(c.ctx, tx, e.Member, store.ChannelMobile); err != nil {
			return nil, err
		}
		return nil, s.reach(c, tx, e.Member, store.StateActive)
	}
	m, p, err := s.membership(c, tx, *e, *data)
	if err != nil {
		return nil, err
	}
	a, err := tx.Account(c.ctx, m.ID)
	if err != nil {
		return nil, err
	}
	if a.State != store.StateNew {
		return nil, registered(rules)
	}
	if e.User == "" {
		e.User = m.User
	}
	letters, err := s.warnOthers(c, tx, *e)
	if err != nil {
		return nil, err
	}
	if err := s.openAccess(c, tx, rules, *e, *data, m, p); err != nil {
		return nil, err
	}
	e.Step, e.Password = string(account.StepSignIn), ""
	return letters, nil
}

// openAccess gives a membership its access: user name, password, proved contacts and consents.
func (s *Server) openAccess(c *call, tx *store.Tx, rules mutual.Profile, e store.Enrolment, data enrolling, m store.Member, p store.Person) error {
	if err := s.free(c, tx.Queries, e.User, m.ID, "user"); err != nil { // somebody else may have been faster
		return err
	}
	if err := tx.SetPassword(c.ctx, m.ID, e.User, e.Password); err != nil {
		return err
	}
	if rules.Entry.User == mutual.UserMobileOrEMail {
		for _, name := range []string{e.EMail, e.Mobile} {
			if name != "" && name != e.User {
				if err := tx.AddAlias(c.ctx, name, m.ID); err != nil {
					return err
				}
			}
		}
	}
	state, mobile := store.StateActive, e.Mobile
	switch {
	case e.Kind == string(mutual.WayRegister) && rules.Verification.MobileAtSignIn && mobile != "":
		state = store.StateMobile
		h, err := tx.Household(c.ctx, m.ID)
		if err != nil && fault.CodeOf(err) != store.CodeNone {
			return err
		}
		if err := tx.SetPending(c.ctx, m.ID, store.ChannelMobile, mobile); err != nil {
			return err
		}
		mobile = h.Mobile
	case e.Kind == string(mutual.WayCode) && !p.Dossier:
		state = store.StateDossier
	}
	if err := s.archive.SetContacts(c.ctx, tx, m.ID, e.EMail, mobile); err != nil {
		return err
	}
	if err := s.archive.Welcome(c.ctx, tx, m.ID); err != nil {
		return err
	}
	if err := s.archive.AddConsents(c.ctx, tx, m.ID, data.Consents...); err != nil {
		return err
	}
	if err := s.archive.Audit(c.ctx, tx, e.Kind, "account.opened", m.ID, ""); err != nil {
		return err
	}
	if err := s.archive.TellConsents(c.ctx, tx, m.ID); err != nil {
		return err
	}
	return s.reach(c, tx, m.ID, state)
}

// reach stores how far the access of a member has come and tells them.
func (s *Server) reach(c *call, tx *store.Tx, memberID string, state store.State) error {
	a, err := tx.Account(c.ctx, memberID)
	if err != nil {
		return err
	}
	a.State = state
	if err := tx.PutAccount(c.ctx, a); err != nil {
		return err
	}
	return s.archive.TellStanding(c.ctx, tx, memberID)
}

// membership locks the one that an access is opened for. A person of the archive without one gets one of their own (FAM-07).
func (s *Server) membership(c *call, tx *store.Tx, e store.Enrolment, data enrolling) (store.Member, store.Person, error) {
	p, err := tx.LockPerson(c.ctx, data.Person)
	if err != nil && fault.CodeOf(err) != store.CodeNone {
		return store.Member{}, p, err
	}
	m, memberErr := tx.LockMember(c.ctx, e.Member)
	if fault.CodeOf(memberErr) != store.CodeNone {
		return m, p, memberErr
	}
	if err != nil || p.Member != "" {
		return m, p, refuse(http.StatusGone, api.CodeTicketOver, "")
	}
	number, err := tx.NextPatient(c.ctx)
	if err != nil {
		return m, p, err
	}
	m = store.Member{ID: string(p.ID), Number: number, People: []member.ID{p.ID}}
	m.User = m.Number
	p.Member, p.Place, p.Role = m.ID, 0, member.Holder
	h := member.Household{Number: m.Number, Since: civil.Of(s.archive.Now())}
	for _, write := range []func() error{
		func() error { return tx.PutMember(c.ctx, m) },
		func() error { return tx.PutPerson(c.ctx, p) },
		func() error { return tx.PutHousehold(c.ctx, m.ID, h) },
		func() error { return s.archive.TellHousehold(c.ctx, tx, m.ID) },
	} {
		if err := write(); err != nil {
			return m, p, err
		}
	}
	return m, p, nil
}

// warnOthers writes to the contacts that the mutual knew and that are not those of the one who opens the access.
func (s *Server) warnOthers(c *call, tx *store.Tx, e store.Enrolment) ([]letter, error) {
	h, err := tx.Household(c.ctx, e.Member)
	if fault.CodeOf(err) == store.CodeNone {
		return nil, nil
	}
	var letters []letter
	if known, ok := emailAddress(h.EMail); ok && known != e.EMail {
		letters = append(letters, letter{channel: store.ChannelEMail, to: known, about: aboutOther})
	}
	if known, ok := mobileNumber(h.Mobile); ok && known != e.Mobile {
		letters = append(letters, letter{channel: store.ChannelMobile, to: known, about: aboutOther})
	}
	return letters, err
}

// unfinished refuses a sign-in whose password is right while a step of the activation is left (CTV-02, REG-14, REG-18), with a fresh
// ticket that goes on with it. The ticket before works no more.
func (s *Server) unfinished(c *call, rules mutual.Profile, of store.Enrolment) error {
	var letters []letter
	refused := refuse(http.StatusUnauthorized, api.CodeUnfinished, "")
	err := s.archive.Store.Write(c.ctx, func(tx *store.Tx) error {
		e, data, err := s.underWay(c, tx, of)
		if err != nil {
			return err
		}
		if refused.Ticket, err = s.newTicket(&e); err != nil {
			return err
		}
		if e.Kind == kindDossier {
			e.Step = string(account.StepDossier)
		} else if letters, err = s.goOn(c, tx, rules, &e, &data); err != nil {
			return err
		}
		return putEnrolment(c, tx, e, data)
	})
	if err != nil {
		return err
	}
	s.post(c, letters...)
	return refused
}

// underWay locks the enrolment that a sign-in goes on with, or makes the one of its kind.
func (s *Server) underWay(c *call, tx *store.Tx, of store.Enrolment) (store.Enrolment, enrolling, error) {
	if of.ID != "" {
		return s.enrolmentByID(c, tx, of.ID)
	}
	m, err := tx.LockMember(c.ctx, of.Member)
	if err != nil {
		return of, enrolling{}, err
	}
	before, err := tx.EnrolmentOf(c.ctx, m.ID, of.Kind, s.archive.Now())
	if err == nil && before.Step != string(account.StepDone) {
		return s.enrolmentByID(c, tx, before.ID)
	}
	if err != nil && fault.CodeOf(err) != store.CodeNone {
		return of, enrolling{}, err
	}
	p, err := tx.Person(c.ctx, m.ID)
	if err != nil && fault.CodeOf(err) != store.CodeNone {
		return of, enrolling{}, err
	}
	data := enrolling{Person: m.ID, Name: p.GivenName}
	if of.Kind == kindMobile {
		pending, err := tx.Pending(c.ctx, m.ID)
		if err != nil {
			return of, data, err
		}
		of.Mobile, data.Channels = pending.Mobile, []store.Channel{store.ChannelMobile}
	}
	return of, data, nil
}
