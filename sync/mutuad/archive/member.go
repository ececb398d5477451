package archive

import (
	"context"

	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// AddMembership adds a household to the archive of people. Its access waits for somebody who takes it up, unless there is a
// password: hash is its PHC string, "" for none. user is the user name, "" for the number. The holder's mobile counts as given at
// the desk. Nobody is told.
func (a *Archive) AddMembership(ctx context.Context, tx *store.Tx, h member.Household, user, hash string) error {
	m := store.Member{ID: string(h.Holder.ID), Number: h.Number, User: user, Password: hash}
	if m.User == "" {
		m.User = h.Number
	}
	for _, p := range h.People() {
		m.People = append(m.People, p.ID)
	}
	if err := tx.PutMember(ctx, m); err != nil {
		return err
	}
	for i, p := range h.People() {
		entry := store.Person{Person: p, Member: m.ID, Place: i}
		if i == 0 {
			entry.Mobile = h.Mobile
		}
		if err := tx.PutPerson(ctx, entry); err != nil {
			return err
		}
	}
	return tx.PutHousehold(ctx, m.ID, h)
}
