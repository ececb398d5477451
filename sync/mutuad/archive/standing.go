package archive

import (
	"context"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// StandingNews is how a member's account stands: user name, second factor, password, contacts that wait for their proof, and
// whether the service is off.
func (a *Archive) StandingNews(ctx context.Context, q *store.Queries, memberID, words string) (News, error) {
	s, err := a.Standing(ctx, q, memberID)
	return News{Kind: submission.EventAccount, At: a.Now(), Words: words, Body: s}, err
}

// TellStanding tells a member how the account stands. It is to be called wherever that changed.
func (a *Archive) TellStanding(ctx context.Context, tx *store.Tx, memberID string) error {
	n, err := a.StandingNews(ctx, tx.Queries, memberID, "")
	if err != nil {
		return err
	}
	return a.TellNext(ctx, tx, memberID, n)
}

// Standing reads how a member's account stands.
func (a *Archive) Standing(ctx context.Context, q *store.Queries, memberID string) (account.Standing, error) {
	var s account.Standing
	m, err := q.Member(ctx, memberID)
	if err != nil {
		return s, err
	}
	access, err := q.Account(ctx, memberID)
	if err != nil {
		return s, err
	}
	factor, err := q.Factor(ctx, memberID)
	if err != nil {
		return s, err
	}
	pending, err := q.Pending(ctx, memberID)
	if err != nil {
		return s, err
	}
	s = account.Standing{User: m.User, FactorOn: factor.Secret != "", PasswordChanged: access.PasswordAt, ChangedBy: access.PasswordBy,
		EMailPending: pending.EMail, MobilePending: pending.Mobile}
	if s.Disabled, err = q.Disabled(ctx, memberID); err != nil {
		return s, err
	}
	s.RecoveryLeft, err = q.RecoveryLeft(ctx, memberID)
	return s, err
}

// ConfirmContacts takes over those pending contacts that were proved, and tells the member of the household that has them and
// of the account that waits for them no more (PER-06). A channel where none is pending changes nothing.
func (a *Archive) ConfirmContacts(ctx context.Context, tx *store.Tx, memberID string, channels ...store.Channel) error {
	pending, err := tx.Pending(ctx, memberID)
	if err != nil {
		return err
	}
	h, err := tx.Household(ctx, memberID)
	if err != nil {
		return err
	}
	email, mobile := h.EMail, h.Mobile
	for _, c := range channels {
		switch {
		case c == store.ChannelEMail && pending.EMail != "":
			email = pending.EMail
		case c == store.ChannelMobile && pending.Mobile != "":
			mobile = pending.Mobile
		}
		if err := tx.SetPending(ctx, memberID, c, ""); err != nil {
			return err
		}
	}
	if err := a.SetContacts(ctx, tx, memberID, email, mobile); err != nil {
		return err
	}
	return a.TellStanding(ctx, tx, memberID)
}

// SetContacts stores contacts that were proved, and tells the member of the household that has them (FAC-06, CTV-03). Where they
// are the household's already, or the membership has no people, nothing happens.
func (a *Archive) SetContacts(ctx context.Context, tx *store.Tx, memberID, email, mobile string) error {
	h, err := tx.Household(ctx, memberID)
	if fault.CodeOf(err) == store.CodeNone {
		return nil
	}
	if err != nil || h.EMail == email && h.Mobile == mobile {
		return err
	}
	h.EMail, h.Mobile = email, mobile
	n, err := a.ChangeHousehold(ctx, tx, memberID, h, "")
	if err != nil {
		return err
	}
	return a.TellNext(ctx, tx, memberID, n)
}
