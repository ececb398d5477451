// Package demo fills an empty archive with an invented mutual and an invented household, so that the whole way of a
// claim can be tried: Mutua Aurora, and Elena Marchetti with her husband Paolo and her son Luca. Nobody of that name is
// meant; codici fiscali and IBAN are made up with correct check characters.
package demo

import (
	"context"
	"time"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/password"
	"github.com/sodale/sodale/sync/mutuad/store"
	"github.com/sodale/sodale/sync/seal"
)

// The sign-in of the demo member.
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

// Household is what the mutual says of the demo member (OVW-02).
func Household() member.Household {
	return member.Household{
		Number: User,
		Since:  civil.Date{Year: 2009, Month: time.March, Day: 1},
		Holder: member.Person{ID: Elena, Role: member.Holder, GivenName: "Elena", FamilyName: "Marchetti",
			FiscalCode: "MRCLNE67C54F205J", DateOfBirth: civil.Date{Year: 1967, Month: time.March, Day: 14}},
		Family: []member.Person{
			{ID: Paolo, Role: member.Spouse, GivenName: "Paolo", FamilyName: "Marchetti",
				FiscalCode: "MRCPLA65P02A794S", DateOfBirth: civil.Date{Year: 1965, Month: time.September, Day: 2}},
			{ID: Luca, Role: member.Child, GivenName: "Luca", FamilyName: "Marchetti",
				FiscalCode: "MRCLCU09S21F205T", DateOfBirth: civil.Date{Year: 2009, Month: time.November, Day: 21}},
		},
		Home:    member.Address{Street: "Via dei Tigli 14", PostCode: "20100", Town: "Milano", Province: "MI"},
		EMail:   "elena@posta.example",
		Mobile:  "+39 333 000 3423",
		IBAN:    "IT56N0542801602000000417435",
		Plan:    member.Plan{Name: "Piano Base", Active: true, PaidUpTo: civil.Date{Year: 2026, Month: time.December, Day: 31}},
		Version: 1,
	}
}

// roleNames are the words of a card.
var roleNames = map[member.Role]string{member.Holder: "Titolare", member.Spouse: "Coniuge", member.Child: "Figlio"}

// Cards are the household's cards, with codes signed by the mutual.
func Cards(a *archive.Archive, h member.Household) ([]card.Card, error) {
	var cards []card.Card
	for _, p := range h.People() {
		code, err := seal.SignCard(a.Keys.Sign, seal.CardCode{Mutual: Mutual.ID, Number: h.Number, Person: string(p.ID), ValidTo: h.Plan.PaidUpTo})
		if err != nil {
			return nil, err
		}
		cards = append(cards, card.Card{Number: h.Number, Name: p.FullName(), Role: roleNames[p.Role], FiscalCode: p.FiscalCode, Since: h.Since,
			ValidTo: h.Plan.PaidUpTo, Plan: h.Plan.Name, Mutual: Mutual.Name, Helpline: Mutual.Phone, Code: code})
	}
	return cards, nil
}

// lastProtocol is the number that the invented mutual had given when the demo begins: the next claim of this year is
// the one after.
const lastProtocol = 4470

// Seed names the mutual and adds the demo member with the events "household" and "cards". Where the member is there
// already, nothing changes.
func Seed(ctx context.Context, a *archive.Archive) error {
	if _, err := a.Store.Member(ctx, string(Elena)); fault.CodeOf(err) != store.CodeNone {
		return err
	}
	if err := a.SetMutual(ctx, Mutual); err != nil {
		return err
	}
	hash, err := password.Hash(a.Random, Password)
	if err != nil {
		return err
	}
	h := Household()
	m := store.Member{ID: string(Elena), Number: h.Number, User: User, Password: hash}
	for _, p := range h.People() {
		m.People = append(m.People, p.ID)
	}
	cards, err := Cards(a, h)
	if err != nil {
		return err
	}
	return a.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.SetProtocol(ctx, civil.Of(a.Now()).Year, lastProtocol); err != nil {
			return err
		}
		if err := tx.PutMember(ctx, m); err != nil {
			return err
		}
		if err := tell(ctx, a, tx, archive.News{Kind: submission.EventHousehold, At: a.Now(), Body: h}); err != nil {
			return err
		}
		return tell(ctx, a, tx, archive.News{Kind: submission.EventCards, At: a.Now(), Body: cards})
	})
}

func tell(ctx context.Context, a *archive.Archive, tx *store.Tx, n archive.News) error {
	seq, err := tx.NextSeq(ctx, string(Elena))
	if err != nil {
		return err
	}
	return a.Tell(ctx, tx, string(Elena), seq, n)
}
