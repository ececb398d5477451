package server

import (
	"errors"
	"net/http"
	"slices"

	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// askProof sends codes to a member's pending contacts that have none on its way (PER-06). It is called after a change of personal
// data was taken in.
func (s *Server) askProof(c *call, memberID string) error {
	if err := s.count(c, s.byName("change", memberID, changesOfMember)); err != nil {
		return err
	}
	_, err := s.sendContactCodes(c, memberID, false)
	return err
}

// contactCodes sends the codes of pending contacts again.
func (s *Server) contactCodes(c *call) (answer, error) {
	sent, err := s.sendContactCodes(c, c.who.Member, true)
	if err != nil {
		return answer{}, err
	}
	if sent == 0 {
		return answer{}, refuse(http.StatusGone, api.CodeCodeOver, "")
	}
	return answerJSON(struct{}{})
}

func (s *Server) sendContactCodes(c *call, memberID string, again bool) (sent int, err error) {
	rules, err := s.archive.Rules(c.ctx)
	if err != nil {
		return 0, err
	}
	var letters []letter
	err = s.archive.Store.Write(c.ctx, func(tx *store.Tx) error {
		letters = nil
		pending, err := tx.Pending(c.ctx, memberID)
		if err != nil {
			return err
		}
		for _, one := range []issue{{channel: store.ChannelEMail, to: pending.EMail}, {channel: store.ChannelMobile, to: pending.Mobile}} {
			one.owner, one.about = store.ContactsOwner(memberID), aboutContacts
			before, err := tx.Code(c.ctx, one.owner, string(one.channel))
			if err != nil {
				return err
			}
			waits := before.SentTo == one.to && s.archive.Now().Before(before.ExpiresAt)
			if one.to == "" || waits && !again {
				continue
			}
			l, err := s.newCode(c, tx, rules, one)
			if err != nil {
				return err
			}
			letters = append(letters, l)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	s.post(c, letters...)
	return len(letters), nil
}

// contactProof takes the codes of contacts that were changed. Each contact that is proved takes the place of the old one, which hears
// of it; where the e-mail address is the user name, the new one is it from now on.
func (s *Server) contactProof(c *call) (answer, error) {
	var ask api.ContactProof
	if err := readJSON(c, &ask); err != nil {
		return answer{}, err
	}
	rules, err := s.archive.Rules(c.ctx)
	if err != nil {
		return answer{}, err
	}
	if err := s.count(c, s.byName("proof", c.who.Member, startsOfAddress)); err != nil {
		return answer{}, err
	}
	var letters []letter
	err = s.settle(c, func(tx *store.Tx) (*refusal, error) {
		letters = nil
		m, err := tx.LockMember(c.ctx, c.who.Member)
		if err != nil {
			return nil, err
		}
		pending, err := tx.Pending(c.ctx, m.ID)
		if err != nil {
			return nil, err
		}
		proved, refused, err := s.provedContacts(c, tx, pending, ask)
		if err != nil || len(proved) == 0 {
			return refused, err
		}
		warnings, err := s.warnKnown(c, tx, proved)
		if err != nil {
			return nil, err
		}
		if err := s.takeContacts(c, tx, rules, m, pending, proved); err != nil {
			return nil, err
		}
		letters = warnings
		return refused, nil
	})
	var refused *refusal
	if err == nil || errors.As(err, &refused) { // one contact may be proved and the other refused
		s.post(c, letters...)
	}
	if err != nil {
		return answer{}, err
	}
	s.committed(c.endpoint)
	s.feeds.wake(c.who.Member)
	return answerJSON(struct{}{})
}

// provedContacts judges the codes of pending contacts: which are proved, and why the first of the others is not.
func (s *Server) provedContacts(c *call, tx *store.Tx, pending store.Pending, ask api.ContactProof) ([]store.Channel, *refusal, error) {
	var proved []store.Channel
	var refused *refusal
	for _, one := range []struct {
		channel      store.Channel
		waits, typed string
	}{{store.ChannelEMail, pending.EMail, ask.EMail}, {store.ChannelMobile, pending.Mobile, ask.Mobile}} {
		if one.waits == "" || one.typed == "" {
			continue
		}
		r, err := s.judge(c, tx, store.ContactsOwner(c.who.Member), one.channel, one.typed)
		switch {
		case err != nil:
			return nil, nil, err
		case r == nil:
			proved = append(proved, one.channel)
		case refused == nil:
			refused = r
		}
	}
	if len(proved) == 0 && refused == nil {
		refused = refuse(http.StatusGone, api.CodeCodeOver, "")
	}
	return proved, refused, nil
}

// warnKnown writes to the e-mail address that the mutual has until now that contacts were changed; where it has none, to the mobile
// number that another takes the place of.
func (s *Server) warnKnown(c *call, tx *store.Tx, proved []store.Channel) ([]letter, error) {
	h, err := tx.Household(c.ctx, c.who.Member)
	if err != nil {
		return nil, err
	}
	if h.EMail != "" {
		return []letter{{channel: store.ChannelEMail, to: h.EMail, about: aboutMoved}}, nil
	}
	if known, ok := mobileNumber(h.Mobile); ok && slices.Contains(proved, store.ChannelMobile) {
		return []letter{{channel: store.ChannelMobile, to: known, about: aboutMoved}}, nil
	}
	return nil, nil
}

// takeContacts makes contacts that were proved the household's.
func (s *Server) takeContacts(c *call, tx *store.Tx, rules mutual.Profile, m store.Member, pending store.Pending, proved []store.Channel) error {
	for _, channel := range proved {
		if err := tx.DropCode(c.ctx, store.ContactsOwner(m.ID), string(channel)); err != nil {
			return err
		}
		if channel == store.ChannelEMail && rules.Entry.User == mutual.UserEMail {
			if err := s.free(c, tx.Queries, pending.EMail, m.ID, "email"); err != nil {
				return err
			}
			if err := tx.SetPassword(c.ctx, m.ID, pending.EMail, m.Password); err != nil {
				return err
			}
		}
	}
	if err := s.archive.Audit(c.ctx, tx, c.who.Device, "contacts.proved", m.ID, ""); err != nil {
		return err
	}
	return s.archive.ConfirmContacts(c.ctx, tx, m.ID, proved...)
}
