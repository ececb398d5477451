package demo

import (
	"context"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// Role says what somebody of the cast is there for.
type Role string

// The roles. The first three of the cast are called as their way is (mutual.Way).
const (
	RoleMember      Role = "member"       // has an account
	RoleFirstAccess Role = "first-access" // never came in: user name and derived password (FAC)
	RoleRegister    Role = "register"     // in the archive, without an account (REG-03)
	RoleCode        Role = "code"         // has an activation code on paper (REG-15)
	RoleSameMobile  Role = "same-mobile"  // gave the desk Elena's number: she may add them (FAM-05)
	RoleOtherMobile Role = "other-mobile" // gave the desk another one: they need an access of their own (FAM-07)
)

// Actor is one invented person of the cast beside Elena's household.
type Actor struct {
	Role   Role
	Person member.Person
	Number string // of the membership; "" = none
	EMail  string
	Mobile string // given at the desk
	Code   string // on the collection form; "" = none
}

// Cast lists them in the order of Role's constants.
func Cast() []Actor {
	return []Actor{
		{RoleFirstAccess, person("01890a5d-ac96-774b-bcce-b302099a8005", member.Holder, "Bruno", "Ferri", member.Male, civil.Date{Year: 1971, Month: time.May, Day: 8},
			"A944", "FRRBRN71E08A944K"), "000000005517", "bruno@posta.example", "+393330005517", ""},
		{RoleRegister, person("01890a5d-ac96-774b-bcce-b302099a8006", member.Holder, "Chiara", "Conti", member.Female, civil.Date{Year: 1988, Month: time.October, Day: 30},
			"L219", "CNTCHR88R70L219T"), "000000006608", "", "+393330006608", ""},
		{RoleCode, person("01890a5d-ac96-774b-bcce-b302099a8007", member.Holder, "Davide", "Riva", member.Male, civil.Date{Year: 1979, Month: time.January, Day: 17},
			"E897", "RVIDVD79A17E897C"), "000000007719", "", "+393330007719", "DV7A-2K9M-4QXT-8BNW"},
		{RoleSameMobile, person("01890a5d-ac96-774b-bcce-b302099a8008", member.Other, "Marta", "Galli", member.Female, civil.Date{Year: 1941, Month: time.June, Day: 22},
			"B157", "GLLMRT41H62B157A"), "", "", "+393330003423", "MR4T-7H2P-9WXC-3DKE"},
		{RoleOtherMobile, person("01890a5d-ac96-774b-bcce-b302099a8009", member.Other, "Pietro", "Marchetti", member.Male, civil.Date{Year: 1938, Month: time.December, Day: 3},
			"A794", "MRCPTR38T03A794B"), "", "", "+393330009911", "PT3R-5V8N-6JZB-2FGY"},
	}
}

func person(id member.ID, role member.Role, given, family string, sex member.Sex, born civil.Date, birthPlace, fiscalCode string) member.Person {
	return member.Person{ID: id, Role: role, GivenName: given, FamilyName: family, FiscalCode: fiscalCode, DateOfBirth: born, Sex: sex, BirthPlace: birthPlace}
}

// seedCast adds the cast to the archive of people. None of them has an account.
func seedCast(ctx context.Context, a *archive.Archive, tx *store.Tx, mutualID string) error {
	for _, actor := range Cast() {
		if err := seedActor(ctx, a, tx, mutualID, actor); err != nil {
			return err
		}
	}
	return nil
}

func seedActor(ctx context.Context, a *archive.Archive, tx *store.Tx, mutualID string, actor Actor) error {
	if actor.Number != "" {
		err := a.AddMembership(ctx, tx, member.Household{Number: actor.Number, Since: civil.Date{Year: 2019, Month: time.January, Day: 1}, Holder: actor.Person,
			Home:  member.Address{Street: "Via dei Tigli 20", PostCode: "20100", Town: "Milano", Province: "MI"},
			EMail: actor.EMail, Mobile: actor.Mobile, Plan: planOf(mutualID, actor.Person.ID), Version: 1}, "", "")
		if err != nil || actor.Code == "" {
			return err
		}
	}
	p := store.Person{Person: actor.Person, Mobile: actor.Mobile}
	if actor.Number != "" {
		p.Member = string(actor.Person.ID)
	}
	if actor.Code != "" {
		p.Code = a.HashActivation(actor.Person.FiscalCode, actor.Code)
	}
	return tx.PutPerson(ctx, p)
}
