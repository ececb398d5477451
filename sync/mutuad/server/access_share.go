package server

import (
	"net/http"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// shareSize is how long the mutual's half of what opens a device's vault is, in bytes.
const shareSize = 32

// putShare keeps the device's share in the place of the one before, sealed: whoever only has the database has no share.
func (s *Server) putShare(c *call) (answer, error) {
	var ask api.Share
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	if len(ask.Share) != shareSize {
		return answer{}, malformed("share")
	}
	sealed, err := s.archive.Secret.Seal(s.archive.Random, ask.Share, "share/"+c.who.Device)
	if err != nil {
		return answer{}, err
	}
	err = s.archive.Store.Write(c.ctx, func(tx *store.Tx) error { return tx.PutShare(c.ctx, c.who.Device, sealed) })
	if err != nil {
		return answer{}, err
	}
	s.committed(c.endpoint)
	return answerJSON(struct{}{})
}

// openShare hands a device its share, against the right password and second factor of its member and its own proof. Nobody else
// gets it, and nobody gets that of another device.
func (s *Server) openShare(c *call) (answer, error) {
	var ask api.ShareOpen
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	if len(ask.Password) > maxPassword {
		return answer{}, malformed("password")
	}
	d, err := s.provenDevice(c, ask.Device)
	if err != nil {
		return answer{}, err
	}
	m, err := s.authenticate(c, ask.User, ask.Password)
	if err != nil {
		return answer{}, err
	}
	var said api.Share
	err = s.settle(c, func(tx *store.Tx) (*refusal, error) {
		if d.Member != m.ID {
			return refuse(http.StatusUnauthorized, api.CodeProof, ""), nil
		}
		if refused, err := s.useFactor(c, tx, m.ID, ask.Factor, ask.Recovery); refused != nil || err != nil {
			return refused, err
		}
		if err := s.forgive(c, tx, m); err != nil {
			return nil, err
		}
		if err := s.archive.Audit(c.ctx, tx, d.ID, "share.opened", m.ID, ""); err != nil {
			return nil, err
		}
		a, err := tx.Account(c.ctx, m.ID)
		if err != nil {
			return nil, err
		}
		said.PasswordChanged = a.PasswordAt
		said.Share, err = s.shareOf(c, tx.Queries, d)
		return nil, err
	})
	if err != nil {
		return answer{}, err
	}
	return answerJSON(said)
}

// provenDevice finds the device that says it is deviceID, and believes it only with its proof over that id. "" is no device.
func (s *Server) provenDevice(c *call, deviceID string) (store.Device, error) {
	if deviceID == "" {
		return store.Device{}, nil
	}
	d, err := s.archive.Store.Device(c.ctx, deviceID)
	if err != nil && fault.CodeOf(err) != store.CodeNone {
		return d, err
	}
	if err == nil && len(d.Key) > 0 {
		err = s.prove(c, d.Key, deviceID)
	} else {
		err = refuse(http.StatusUnauthorized, api.CodeProof, "")
	}
	if err == nil && !d.RevokedAt.IsZero() {
		r := refuse(http.StatusUnauthorized, api.CodeRevoked, "")
		r.Destroy = d.Destroy
		return d, r
	}
	return d, err
}

// shareOf opens what a device left; nil when it left nothing, or there is no device.
func (s *Server) shareOf(c *call, q *store.Queries, d store.Device) ([]byte, error) {
	if d.ID == "" {
		return nil, nil
	}
	sealed, err := q.Share(c.ctx, d.ID)
	if err != nil || sealed == "" {
		return nil, err
	}
	return s.archive.Secret.Open(sealed, "share/"+d.ID)
}
