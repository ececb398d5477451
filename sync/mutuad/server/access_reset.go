package server

import (
	"context"
	"net/http"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// resetLasts is how long a ticket goes on with a reset.
const resetLasts = 30 * time.Minute

// reset begins the way back to a forgotten password: a code goes to the e-mail address that the mutual has (LOG-09, LOG-10). For a
// user name that nobody has, everything happens as for one that somebody has, but for the letter.
func (s *Server) reset(c *call) (answer, error) {
	var ask api.ResetAsk
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	if len(ask.User) > maxPassword {
		return answer{}, malformed("user")
	}
	rules, err := s.archive.Rules(c.ctx)
	if err != nil {
		return answer{}, err
	}
	user := userName(rules, ask.User)
	if err := s.count(c, byAddress(c, "start", startsOfAddress), s.byName("reset", user, startsOfPerson)); err != nil {
		return answer{}, err
	}
	m, err := s.archive.Store.MemberNamed(c.ctx, user)
	if err != nil && fault.CodeOf(err) != store.CodeNone {
		return answer{}, err
	}
	e := store.Enrolment{Kind: kindReset, Member: "nobody/" + s.archive.Secret.Hash("nobody", user), Step: kindReset}
	if err == nil && m.Password != "" {
		e.Member = m.ID
	}
	ticket, err := s.newTicket(&e)
	if err != nil {
		return answer{}, err
	}
	e.ExpiresAt = e.CreatedAt.Add(resetLasts)
	var l letter
	err = s.archive.Store.Write(c.ctx, func(tx *store.Tx) error {
		if err := tx.ForgetEnrolments(c.ctx, e.CreatedAt); err != nil {
			return err
		}
		if err := tx.DropEnrolmentsOf(c.ctx, e.Member, kindReset); err != nil {
			return err
		}
		if err := tx.PutEnrolment(c.ctx, e); err != nil {
			return err
		}
		var err error
		l, err = s.newCode(c, tx, rules, issue{owner: e.ID, channel: store.ChannelEMail, about: aboutReset})
		return err
	})
	if err != nil {
		return answer{}, err
	}
	s.postToMember(c, e.Member, l)
	return answerJSON(api.Reset{Ticket: ticket, ResendAt: e.CreatedAt.Add(resendAfter(rules))})
}

// postToMember sends a letter to the address that the mutual has of a member; it is looked up behind the answer's back.
func (s *Server) postToMember(c *call, memberID string, l letter) {
	s.postLater(c, l.about, func(ctx context.Context) error {
		h, err := s.archive.Store.Household(ctx, memberID)
		if err != nil && fault.CodeOf(err) != store.CodeNone {
			return err
		}
		l.to = h.EMail
		return s.deliver(ctx, l)
	})
}

// resendReset sends a new code; the one before works no more.
func (s *Server) resendReset(c *call) (answer, error) {
	var ask api.Ticketed
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	rules, err := s.archive.Rules(c.ctx)
	if err != nil {
		return answer{}, err
	}
	var e store.Enrolment
	var l letter
	err = s.archive.Store.Write(c.ctx, func(tx *store.Tx) error {
		var err error
		if e, err = s.resetOf(c, tx, ask.Ticket); err == nil {
			l, err = s.newCode(c, tx, rules, issue{owner: e.ID, channel: store.ChannelEMail, about: aboutReset})
		}
		return err
	})
	if err != nil {
		return answer{}, err
	}
	s.postToMember(c, e.Member, l)
	return answerJSON(api.Reset{Ticket: ask.Ticket, ResendAt: s.archive.Now().Add(resendAfter(rules))})
}

// resetOf locks the reset of a ticket.
func (s *Server) resetOf(c *call, tx *store.Tx, ticket string) (store.Enrolment, error) {
	e, err := tx.LockEnrolment(c.ctx, s.archive.Secret.Hash("ticket", ticket), s.archive.Now())
	if fault.CodeOf(err) == store.CodeNone || err == nil && e.Kind != kindReset {
		return e, refuse(http.StatusGone, api.CodeTicketOver, "")
	}
	return e, err
}

// finishReset sets the new password (LOG-11, LOG-12). A code by e-mail never stands for the second factor. Tokens go on working: what
// waits on a locked computer is still delivered.
func (s *Server) finishReset(c *call) (answer, error) {
	var ask api.ResetFinish
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	rules, err := s.archive.Rules(c.ctx)
	if err != nil {
		return answer{}, err
	}
	if err := checkPassword(rules.Password, ask.Password); err != nil {
		return answer{}, err
	}
	if err := s.count(c, byAddress(c, "guess", guessesOfAddress)); err != nil {
		return answer{}, err
	}
	d, err := s.provenDevice(c, ask.Device)
	if err != nil {
		return answer{}, err
	}
	hash, err := s.hash(c, ask.Password)
	if err != nil {
		return answer{}, err
	}
	var said api.Share
	var memberID string
	err = s.settle(c, func(tx *store.Tx) (*refusal, error) {
		e, err := s.resetOf(c, tx, ask.Ticket)
		if err != nil {
			return nil, err
		}
		refused, err := s.provesReset(c, tx, e, d, ask)
		if err != nil {
			return nil, err
		}
		if refused == nil {
			memberID = e.Member
			said, err = s.applyReset(c, tx, e.Member, d, hash)
			return nil, err
		}
		if refused.Code != api.CodeSecondFactor {
			e.Failures++
		}
		if e.Failures >= maxTries {
			return refuse(http.StatusGone, api.CodeTicketOver, ""), tx.DropEnrolment(c.ctx, e.ID)
		}
		return refused, tx.PutEnrolment(c.ctx, e)
	})
	if err != nil {
		return answer{}, err
	}
	s.committed(c.endpoint)
	s.feeds.wake(memberID)
	s.postToMember(c, memberID, letter{channel: store.ChannelEMail, about: aboutPassword})
	return answerJSON(said)
}

// provesReset checks the code, whose device asks, and the second factor, in this order.
func (s *Server) provesReset(c *call, tx *store.Tx, e store.Enrolment, d store.Device, ask api.ResetFinish) (*refusal, error) {
	if refused, err := s.judge(c, tx, e.ID, store.ChannelEMail, ask.Code); refused != nil || err != nil {
		return refused, err
	}
	if d.ID != "" && d.Member != e.Member {
		return refuse(http.StatusUnauthorized, api.CodeProof, ""), nil
	}
	return s.useFactor(c, tx, e.Member, ask.Factor, ask.Recovery)
}

// applyReset sets the password of a member whose reset was proved.
func (s *Server) applyReset(c *call, tx *store.Tx, memberID string, d store.Device, hash string) (api.Share, error) {
	m, err := tx.LockMember(c.ctx, memberID)
	if err != nil {
		return api.Share{}, err
	}
	if err := tx.DropEnrolmentsOf(c.ctx, memberID, kindReset); err != nil {
		return api.Share{}, err
	}
	if err := s.forgive(c, tx, m); err != nil {
		return api.Share{}, err
	}
	if err := s.archive.Audit(c.ctx, tx, orElse(d.ID, kindReset), "password.reset", memberID, ""); err != nil {
		return api.Share{}, err
	}
	changed, err := s.setPassword(c, tx, m, "", hash)
	if err != nil {
		return api.Share{}, err
	}
	share, err := s.shareOf(c, tx.Queries, d)
	return api.Share{Share: share, PasswordChanged: changed}, err
}

// setPassword stores a password hash, who changed it and when, and tells the member's devices.
func (s *Server) setPassword(c *call, tx *store.Tx, m store.Member, device, hash string) (time.Time, error) {
	if err := tx.SetPassword(c.ctx, m.ID, m.User, hash); err != nil {
		return time.Time{}, err
	}
	a, err := tx.Account(c.ctx, m.ID)
	if err != nil {
		return time.Time{}, err
	}
	a.PasswordAt, a.PasswordBy = s.archive.Now(), device
	if err := tx.PutAccount(c.ctx, a); err != nil {
		return time.Time{}, err
	}
	return a.PasswordAt, s.archive.TellStanding(c.ctx, tx, m.ID)
}
