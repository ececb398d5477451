package desk

import (
	"context"
	"strings"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/fiscalcode"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// Codes of the desk about people.
const (
	CodeField fault.Code = "desk.field" // a field that can't be so; Item names it
	CodeThere fault.Code = "desk.there" // the archive has that number or codice fiscale already
)

// Entry is one person in the list of the archive of people.
type Entry struct {
	ID         member.ID   `json:"id"`
	Number     string      `json:"number"` // matricola of the membership; "" = none
	Name       string      `json:"name"`
	FiscalCode string      `json:"fiscalCode"`
	Role       member.Role `json:"role"`
	Mobile     string      `json:"mobile"` // given at the desk
	Code       bool        `json:"code"`   // an activation code was printed and not used
	Access     store.State `json:"access"` // of the membership, with its holder; "" = of nobody's own
}

// People lists everybody in the archive of people (REG-11), memberships together.
func (d *Desk) People(ctx context.Context) ([]Entry, error) {
	people, err := d.Archive.Store.Archive(ctx)
	if err != nil {
		return nil, err
	}
	entries := make([]Entry, 0, len(people))
	for _, p := range people {
		e, err := d.entry(ctx, p)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, d.audit(ctx, "people.listed", "", "")
}

func (d *Desk) entry(ctx context.Context, p store.Person) (Entry, error) {
	e := Entry{ID: p.ID, Name: p.FullName(), FiscalCode: p.FiscalCode, Role: p.Role, Mobile: p.Mobile, Code: p.Code != ""}
	if p.Member == "" {
		return e, nil
	}
	m, err := d.Archive.Store.Member(ctx, p.Member)
	if err != nil {
		return e, err
	}
	e.Number = m.Number
	if p.Role != member.Holder {
		return e, nil
	}
	access, err := d.Archive.Store.Account(ctx, p.Member)
	e.Access = access.State
	return e, err
}

// Membership is everything that the mutual holds of one membership beside its claims.
type Membership struct {
	Household member.Household `json:"household"`
	People    []Entry          `json:"people"`
	Account   account.Standing `json:"account"`
	Consents  []privacy.Answer `json:"consents"` // oldest first
}

// Membership opens the membership of a number, a codice fiscale or a person's id, after the audit row was written. store.CodeNone
// when there is none.
func (d *Desk) Membership(ctx context.Context, name string) (Membership, error) {
	var m Membership
	memberID, err := d.find(ctx, d.Archive.Store.Queries, name)
	if err != nil {
		return m, err
	}
	if err := d.audit(ctx, "member.opened", memberID, ""); err != nil {
		return m, err
	}
	if m.Household, err = d.Archive.Store.Household(ctx, memberID); err != nil {
		return m, err
	}
	people, err := d.Archive.Store.People(ctx, memberID)
	if err != nil {
		return m, err
	}
	for _, p := range people {
		e, err := d.entry(ctx, p)
		if err != nil {
			return m, err
		}
		m.People = append(m.People, e)
	}
	if m.Account, err = d.Archive.Standing(ctx, d.Archive.Store.Queries, memberID); err != nil {
		return m, err
	}
	m.Consents, err = d.Archive.Store.Consents(ctx, memberID)
	return m, err
}

// find returns the id of a membership.
func (d *Desk) find(ctx context.Context, q *store.Queries, name string) (string, error) {
	p, err := d.person(ctx, q, name)
	if err == nil && p.Member == "" {
		err = fault.New(store.CodeNone, "desk.member", string(p.ID))
	}
	return p.Member, err
}

// person finds somebody by codice fiscale, id, or, a holder, by the number of the membership.
func (d *Desk) person(ctx context.Context, q *store.Queries, name string) (store.Person, error) {
	name = strings.TrimSpace(name)
	if p, err := q.PersonByFiscalCode(ctx, fiscalcode.Normalise(name)); fault.CodeOf(err) != store.CodeNone {
		return p, err
	}
	if p, err := q.Person(ctx, name); fault.CodeOf(err) != store.CodeNone {
		return p, err
	}
	m, err := q.MemberByNumber(ctx, padded(name))
	if err != nil {
		return store.Person{}, err
	}
	return q.Person(ctx, m.ID)
}

// padded completes a number with leading zeros (FAC-04).
func padded(number string) string {
	if len(number) >= numberDigits {
		return number
	}
	return strings.Repeat("0", numberDigits-len(number)) + number
}

const numberDigits = 12

// NewCode prints a fresh activation code for a person; the one before stops working (REG-15, FAM-06).
func (d *Desk) NewCode(ctx context.Context, name string) (Entry, string, error) {
	code, err := d.Archive.NewActivationCode()
	if err != nil {
		return Entry{}, "", err
	}
	var p store.Person
	err = d.Archive.Store.Write(ctx, func(tx *store.Tx) error {
		if p, err = d.person(ctx, tx.Queries, name); err != nil {
			return err
		}
		if p, err = tx.LockPerson(ctx, string(p.ID)); err != nil {
			return err
		}
		p.Code = d.Archive.HashActivation(p.FiscalCode, code)
		if err := tx.PutPerson(ctx, p); err != nil {
			return err
		}
		return d.Archive.Audit(ctx, tx, d.Actor, "member.code", p.Member, string(p.ID))
	})
	if err != nil {
		return Entry{}, "", err
	}
	e, err := d.entry(ctx, p)
	return e, code, err
}
