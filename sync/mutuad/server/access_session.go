package server

import (
	"net/http"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/password"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// changeAccess changes something of the access of whoever asks, writes it down and tells all their devices how it stands now.
func (s *Server) changeAccess(c *call, action string, f func(tx *store.Tx) error) (answer, error) {
	err := s.archive.Store.Write(c.ctx, func(tx *store.Tx) error {
		if _, err := tx.LockMember(c.ctx, c.who.Member); err != nil {
			return err
		}
		if err := f(tx); err != nil {
			return err
		}
		if err := s.archive.Audit(c.ctx, tx, c.who.Device, action, c.who.Member, ""); err != nil {
			return err
		}
		return s.archive.TellStanding(c.ctx, tx, c.who.Member)
	})
	if err != nil {
		return answer{}, err
	}
	s.committed(c.endpoint)
	s.feeds.wake(c.who.Member)
	return answerJSON(struct{}{})
}

// askPassword reads a Secret and checks that it is the password of whoever asks.
func (s *Server) askPassword(c *call) (store.Member, error) {
	var ask api.Secret
	if err := readJSON(c, &ask); err != nil {
		return store.Member{}, err
	}
	return s.isPassword(c, ask.Password)
}

// isPassword refuses what is not the password of whoever asks. A stolen token with its key is no place to guess it at.
func (s *Server) isPassword(c *call, pass string) (store.Member, error) {
	if len(pass) > maxPassword {
		return store.Member{}, malformed("password")
	}
	if err := s.count(c, s.byName("secret", c.who.Member, secretsOfMember)); err != nil {
		return store.Member{}, err
	}
	m, err := s.archive.Store.Member(c.ctx, c.who.Member)
	if err != nil {
		return m, err
	}
	hash := m.Password
	if hash == "" {
		hash = nobodyHash
	}
	leave, err := s.place(c, s.hashing)
	if err != nil {
		return m, err
	}
	defer leave()
	right, err := password.Verify(hash, pass)
	if err == nil && (!right || m.Password == "") {
		err = s.failed(c, m.ID, failedPassword, refuse(http.StatusUnauthorized, api.CodeBadSignIn, ""))
	}
	return m, err
}

// changePassword changes the password (SES-03). The other devices hear of it by their feed; with EndOthers they are signed out.
func (s *Server) changePassword(c *call) (answer, error) {
	var ask api.PasswordChange
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	rules, err := s.archive.Rules(c.ctx)
	if err != nil {
		return answer{}, err
	}
	if err := checkPassword(rules.Password, ask.Next); err != nil {
		return answer{}, err
	}
	if _, err := s.isPassword(c, ask.Current); err != nil {
		return answer{}, err
	}
	hash, err := s.hash(c, ask.Next)
	if err != nil {
		return answer{}, err
	}
	var said api.Share
	err = s.archive.Store.Write(c.ctx, func(tx *store.Tx) error {
		m, err := tx.LockMember(c.ctx, c.who.Member)
		if err != nil {
			return err
		}
		if ask.EndOthers {
			if err := tx.RevokeOthers(c.ctx, m.ID, c.who.Device, s.archive.Now()); err != nil {
				return err
			}
		}
		if err := tx.DropEnrolmentsOf(c.ctx, m.ID, kindReset); err != nil {
			return err
		}
		if err := s.archive.Audit(c.ctx, tx, c.who.Device, "password.changed", m.ID, ""); err != nil {
			return err
		}
		said.PasswordChanged, err = s.setPassword(c, tx, m, c.who.Device, hash)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	s.committed(c.endpoint)
	s.feeds.wake(c.who.Member)
	s.postToMember(c, c.who.Member, letter{channel: store.ChannelEMail, about: aboutPassword})
	return answerJSON(said)
}

// sessions lists the computers that are signed in (SES-02).
func (s *Server) sessions(c *call) (answer, error) {
	devices, err := s.archive.Store.Devices(c.ctx, c.who.Member)
	if err != nil {
		return answer{}, err
	}
	said := api.Sessions{Sessions: []api.Session{}}
	for _, d := range devices {
		said.Sessions = append(said.Sessions, api.Session{ID: d.ID, Name: d.Name, Since: d.CreatedAt, LastSeen: d.LastSeen, Here: d.ID == c.who.Device})
	}
	return answerJSON(said)
}

// endSession signs a computer out. It hears so at its next contact, and then destroys the key of its vault where that was asked.
func (s *Server) endSession(c *call) (answer, error) {
	var ask api.SessionEnd
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	if _, err := s.isPassword(c, ask.Password); err != nil {
		return answer{}, err
	}
	err := s.archive.Store.Write(c.ctx, func(tx *store.Tx) error {
		d, err := tx.Device(c.ctx, ask.ID)
		if fault.CodeOf(err) == store.CodeNone || err == nil && d.Member != c.who.Member {
			return refuse(http.StatusNotFound, api.CodeNothing, "id")
		}
		if err != nil {
			return err
		}
		if err := tx.RevokeDevice(c.ctx, d.ID, s.archive.Now()); err != nil {
			return err
		}
		if ask.Destroy {
			if err := tx.DestroyAtDevice(c.ctx, d.ID); err != nil {
				return err
			}
		}
		return s.archive.Audit(c.ctx, tx, c.who.Device, "device.ended", c.who.Member, d.ID)
	})
	if err != nil {
		return answer{}, err
	}
	s.committed(c.endpoint)
	s.feeds.wake(c.who.Member)
	return answerJSON(struct{}{})
}
