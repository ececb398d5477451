// Package demo fills an empty archive with an invented mutual, or with one of those that the program knows, and with invented
// people, so that everything a member does can be tried: Elena Marchetti with her husband Paolo and her son Luca, and a cast
// that comes to an account in each of the ways. Nobody of those names is meant; codici fiscali and IBAN are made up with
// correct check characters.
package demo

import (
	"context"
	"slices"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/assets"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/password"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// CodeMutual is the code of a mutual that the program does not know; Item is its id.
const CodeMutual fault.Code = "demo.mutual"

// The sign-in of the demo member at Mutua Aurora.
const (
	User     = "000000003423"
	Password = "Aurora-2026!"
)

// Mutual is the demo mutual.
var Mutual = archive.Mutual{ID: "aurora", Name: "Mutua Aurora", Phone: "800 000 342"}

// Ids of the household's people.
const (
	Elena member.ID = "01890a5d-ac96-774b-bcce-b302099a8001"
	Paolo member.ID = "01890a5d-ac96-774b-bcce-b302099a8002"
	Luca  member.ID = "01890a5d-ac96-774b-bcce-b302099a8003"
)

// Household is what Mutua Aurora says of the demo member (OVW-02).
func Household() member.Household {
	return member.Household{
		Number: User,
		Since:  civil.Date{Year: 2009, Month: time.March, Day: 1},
		Holder: member.Person{ID: Elena, Role: member.Holder, GivenName: "Elena", FamilyName: "Marchetti",
			FiscalCode: "MRCLNE67C54F205J", DateOfBirth: civil.Date{Year: 1967, Month: time.March, Day: 14}, Sex: member.Female, BirthPlace: "F205"},
		Family: []member.Person{
			{ID: Paolo, Role: member.Spouse, GivenName: "Paolo", FamilyName: "Marchetti",
				FiscalCode: "MRCPLA65P02A794S", DateOfBirth: civil.Date{Year: 1965, Month: time.September, Day: 2}, Sex: member.Male, BirthPlace: "A794"},
			{ID: Luca, Role: member.Child, GivenName: "Luca", FamilyName: "Marchetti",
				FiscalCode: "MRCLCU09S21F205T", DateOfBirth: civil.Date{Year: 2009, Month: time.November, Day: 21}, Sex: member.Male, BirthPlace: "F205"},
		},
		Home:    member.Address{Street: "Via dei Tigli 14", PostCode: "20100", Town: "Milano", Province: "MI"},
		EMail:   "elena@posta.example",
		Mobile:  "+393330003423",
		IBAN:    "IT56N0542801602000000417435",
		Plan:    planAt(Mutual.ID),
		Version: 1,
	}
}

// lastProtocol is the number that the invented mutual had given when the demo begins: the next claim of this year is
// the one after.
const lastProtocol = 4470

// Rules are those of one of the mutuals that the program knows; CodeMutual for another one.
func Rules(mutualID string) (mutual.Profile, error) {
	data, known := assets.Mutuals()[mutualID]
	if !known {
		return mutual.Profile{}, fault.New(CodeMutual, "demo.rules", mutualID)
	}
	return mutual.Load(mutualID+".yaml", data)
}

// Seed makes the archive Mutua Aurora's, with the demo member and the cast. Where the member is there already, nothing changes.
func Seed(ctx context.Context, a *archive.Archive) error { return SeedMutual(ctx, a, Mutual.ID) }

// SeedMutual is Seed for one of the mutuals that the program knows; CodeMutual for another one.
func SeedMutual(ctx context.Context, a *archive.Archive, mutualID string) error {
	if _, err := a.Store.Member(ctx, string(Elena)); fault.CodeOf(err) != store.CodeNone {
		return err
	}
	rules, err := Rules(mutualID)
	if err != nil {
		return err
	}
	hash, err := password.Hash(a.Random, Password)
	if err != nil {
		return err
	}
	if err := a.SetMutual(ctx, archive.Mutual{ID: rules.ID, Name: rules.Name, Phone: rules.Contacts.Phone}); err != nil {
		return err
	}
	if err := a.SetRules(ctx, rules); err != nil {
		return err
	}
	return a.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetProtocol(ctx, civil.Of(a.Now()).Year, lastProtocol); err != nil {
			return err
		}
		if err := seedMember(ctx, a, tx, rules, hash); err != nil {
			return err
		}
		return seedCast(ctx, a, tx, rules.ID)
	})
}

// Told is how many events the demo member's feed begins with: household, cards, account, consents.
const Told = 4

// seedMember adds the demo member, who has answered what the mutual asks, and tells her so.
func seedMember(ctx context.Context, a *archive.Archive, tx *store.Tx, rules mutual.Profile, hash string) error {
	h := Household()
	h.Plan = planAt(rules.ID)
	if err := a.AddMembership(ctx, tx, h, userOf(rules, h), hash); err != nil {
		return err
	}
	if rules.Entry.User == mutual.UserMobileOrEMail { // LOG-03
		if err := tx.AddAlias(ctx, h.EMail, string(Elena)); err != nil {
			return err
		}
	}
	if err := a.AddConsents(ctx, tx, string(Elena), given(rules, a.Now())...); err != nil {
		return err
	}
	for _, tell := range []func(context.Context, *store.Tx, string) error{a.TellHousehold, a.TellStanding, a.TellConsents} {
		if err := tell(ctx, tx, string(Elena)); err != nil {
			return err
		}
	}
	return nil
}

// userOf is the user name of a holder at a mutual (CFG-02).
func userOf(rules mutual.Profile, h member.Household) string {
	return map[mutual.UserKind]string{mutual.UserEMail: h.EMail, mutual.UserMobileOrEMail: h.Mobile}[rules.Entry.User]
}

// given are the answers of somebody whose account came to be.
func given(rules mutual.Profile, at time.Time) []privacy.Answer {
	var all []privacy.Answer
	for _, c := range rules.Consents {
		same := func(a privacy.Answer) bool { return a.Consent == c.ID }
		if c.Mandatory && c.Moment != mutual.AtDossier && !slices.ContainsFunc(all, same) {
			all = append(all, privacy.Answer{Consent: c.ID, Version: c.Version, Given: true, At: at})
		}
	}
	return all
}
