package desk

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/fiscalcode"
	"github.com/sodale/sodale/app/iban"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/phone"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// sheet is what the desk can change: the household, and its holder or another person.
type sheet struct {
	household member.Household
	person    store.Person
}

// fields are what the desk can set, by the name of its flag.
var fields = func() map[string]func(*sheet, string) error {
	all := maps.Clone(personFields)
	maps.Copy(all, planFields)
	return all
}()

// personFields are those of persons and of the household. The desk knows better than a rule what a person is called, so only
// what machines go by is checked.
var personFields = map[string]func(*sheet, string) error{
	"given-name":  func(s *sheet, v string) error { s.person.GivenName = v; return nil },
	"family-name": func(s *sheet, v string) error { s.person.FamilyName = v; return nil },
	"fiscal-code": func(s *sheet, v string) error {
		code, err := fiscalcode.Parse(v)
		s.person.FiscalCode = string(code)
		return err
	},
	"sex":         func(s *sheet, v string) error { s.person.Sex = member.Sex(v); return among(v, "F", "M") },
	"born":        func(s *sheet, v string) error { return s.person.DateOfBirth.UnmarshalText([]byte(v)) },
	"birth-place": func(s *sheet, v string) error { s.person.BirthPlace = v; return nil },
	"desk-mobile": func(s *sheet, v string) error { return mobile(v, &s.person.Mobile) },
	"email":       func(s *sheet, v string) error { s.household.EMail = v; return nil },
	"mobile":      func(s *sheet, v string) error { return mobile(v, &s.household.Mobile) },
	"iban": func(s *sheet, v string) error {
		n, err := iban.Parse(v)
		s.household.IBAN = string(n)
		return err
	},
	"payment": func(s *sheet, v string) error {
		s.household.Payment = member.Payment(v)
		return among(v, "transfer", "cheque")
	},
	"postal": func(s *sheet, v string) error {
		s.household.Postal = member.Postal(v)
		return among(v, "residence", "domicile")
	},
	"street":    func(s *sheet, v string) error { s.household.Home.Street = v; return nil },
	"post-code": func(s *sheet, v string) error { s.household.Home.PostCode = v; return nil },
	"town":      func(s *sheet, v string) error { s.household.Home.Town = v; return nil },
	"province":  func(s *sheet, v string) error { s.household.Home.Province = v; return nil },
}

// Fields lists the names of what can be set, in order.
func Fields() []string {
	var names []string
	for name := range fields {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func among(v string, known ...string) error {
	if slices.Contains(known, v) {
		return nil
	}
	return fault.New(CodeField, "desk.edit", v)
}

func mobile(v string, into *string) error {
	n, err := phone.ParseMobile(v)
	*into = string(n)
	return err
}

// set applies the changes. CodeField names the first that can't be.
func (s *sheet) set(changes map[string]string) error {
	for _, name := range Fields() {
		value, wanted := changes[name]
		if !wanted {
			continue
		}
		if err := fields[name](s, strings.TrimSpace(value)); err != nil {
			return fault.Wrap(CodeField, "desk.edit", name, err)
		}
	}
	return nil
}

// Edit changes fields of a person and of their membership at the mutual, and tells the member of the household and its cards.
// CodeField for what can't be, store.CodeNone when there is nobody of that name.
func (d *Desk) Edit(ctx context.Context, name string, changes map[string]string) (Entry, error) {
	var s sheet
	err := d.Archive.Store.Write(ctx, func(tx *store.Tx) error {
		var err error
		if s.person, err = d.person(ctx, tx.Queries, name); err != nil {
			return err
		}
		if s.person.Member != "" {
			if _, err := tx.LockMember(ctx, s.person.Member); err != nil {
				return err
			}
		}
		if s.person, err = tx.LockPerson(ctx, string(s.person.ID)); err != nil {
			return err
		}
		if s.person.Member == "" {
			return d.editLoose(ctx, tx, &s, changes)
		}
		if s.household, err = tx.Household(ctx, s.person.Member); err != nil {
			return err
		}
		return d.editMember(ctx, tx, &s, changes)
	})
	if err != nil {
		return Entry{}, err
	}
	return d.entry(ctx, s.person)
}

// editLoose changes somebody without a membership.
func (d *Desk) editLoose(ctx context.Context, tx *store.Tx, s *sheet, changes map[string]string) error {
	if err := s.set(changes); err != nil {
		return err
	}
	if err := tx.PutPerson(ctx, s.person); err != nil {
		return err
	}
	return d.Archive.Audit(ctx, tx, d.Actor, "member.edited", "", string(s.person.ID))
}

func (d *Desk) editMember(ctx context.Context, tx *store.Tx, s *sheet, changes map[string]string) error {
	if err := s.set(changes); err != nil {
		return err
	}
	if err := tx.PutPerson(ctx, s.person); err != nil {
		return err
	}
	s.household.Version++
	if err := tx.PutHousehold(ctx, s.person.Member, s.household); err != nil {
		return err
	}
	if err := d.Archive.TellHousehold(ctx, tx, s.person.Member); err != nil {
		return err
	}
	return d.Archive.Audit(ctx, tx, d.Actor, "member.edited", s.person.Member, string(s.person.ID))
}

// Add adds a person to the archive of people: with a number the holder of a new membership, whose access waits to be taken up;
// without one somebody whom a member may add to the family. CodeThere when number or codice fiscale is taken, CodeField for what
// lacks or can't be.
func (d *Desk) Add(ctx context.Context, number string, changes map[string]string) (Entry, error) {
	newID, err := d.Archive.NewID()
	if err != nil {
		return Entry{}, err
	}
	s := sheet{person: store.Person{Person: member.Person{ID: member.ID(newID), Role: member.Other}}}
	s.household.Plan.Active, s.household.Version, s.household.Since = true, 1, d.today()
	if err := s.set(changes); err != nil {
		return Entry{}, err
	}
	for _, needed := range []string{"given-name", "family-name", "fiscal-code", "born"} {
		if changes[needed] == "" {
			return Entry{}, fault.New(CodeField, "desk.add", needed)
		}
	}
	if number != "" && strings.Trim(number, "0123456789") != "" {
		return Entry{}, fault.New(CodeField, "desk.add", "number")
	}
	err = d.Archive.Store.Write(ctx, func(tx *store.Tx) error { return d.add(ctx, tx, &s, number) })
	if err != nil {
		return Entry{}, err
	}
	return d.entry(ctx, s.person)
}

func (d *Desk) add(ctx context.Context, tx *store.Tx, s *sheet, number string) error {
	if _, err := tx.PersonByFiscalCode(ctx, s.person.FiscalCode); fault.CodeOf(err) != store.CodeNone {
		return taken(err, "fiscal-code")
	}
	if number != "" {
		number = padded(number)
		if _, err := tx.MemberByNumber(ctx, number); fault.CodeOf(err) != store.CodeNone {
			return taken(err, "number")
		}
		s.person.Role, s.person.Member = member.Holder, string(s.person.ID)
		s.household.Number, s.household.Holder = number, s.person.Person
		if err := d.Archive.AddMembership(ctx, tx, s.household, "", ""); err != nil {
			return err
		}
		if s.person.Mobile == "" {
			s.person.Mobile = s.household.Mobile
		}
	}
	if err := tx.PutPerson(ctx, s.person); err != nil {
		return err
	}
	return d.Archive.Audit(ctx, tx, d.Actor, "member.added", s.person.Member, string(s.person.ID))
}

// taken is CodeThere, unless the database failed.
func taken(err error, field string) error {
	if err != nil {
		return err
	}
	return fault.New(CodeThere, "desk.add", field)
}
