package archive

import (
	"context"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/mutuad/store"
	"github.com/sodale/sodale/sync/seal"
)

// TellNext writes news at the next place of a member's feed.
func (a *Archive) TellNext(ctx context.Context, tx *store.Tx, memberID string, n News) error {
	seq, err := tx.NextSeq(ctx, memberID)
	if err != nil {
		return err
	}
	return a.Tell(ctx, tx, memberID, seq, n)
}

// ChangeHousehold stores what belongs to a membership as a whole with the next version, and returns the news of it. Changes of
// its people are to be stored before.
func (a *Archive) ChangeHousehold(ctx context.Context, tx *store.Tx, memberID string, h member.Household, words string) (News, error) {
	h.Version++
	if err := tx.PutHousehold(ctx, memberID, h); err != nil {
		return News{}, err
	}
	return a.HouseholdNews(ctx, tx.Queries, memberID, words)
}

// HouseholdNews is what the mutual says of a household now (OVW-02).
func (a *Archive) HouseholdNews(ctx context.Context, q *store.Queries, memberID, words string) (News, error) {
	h, err := q.Household(ctx, memberID)
	return News{Kind: submission.EventHousehold, At: a.Now(), Words: words, Body: h}, err
}

// roleNames are the words of a card.
var roleNames = map[member.Role]string{member.Holder: "Titolare", member.Spouse: "Coniuge", member.Child: "Figlio", member.Other: "Familiare"}

// CardsNews are the cards of a household, with codes signed by the mutual (CRD).
func (a *Archive) CardsNews(ctx context.Context, q *store.Queries, memberID string) (News, error) {
	m, err := a.MutualIn(ctx, q)
	if err != nil {
		return News{}, err
	}
	h, err := q.Household(ctx, memberID)
	if err != nil {
		return News{}, err
	}
	cards := []card.Card{}
	for _, p := range h.People() {
		code, err := seal.SignCard(a.Keys.Sign, seal.CardCode{Mutual: m.ID, Number: h.Number, Person: string(p.ID), ValidTo: h.Plan.PaidUpTo})
		if err != nil {
			return News{}, err
		}
		cards = append(cards, card.Card{Number: h.Number, Name: p.FullName(), Role: roleNames[p.Role], FiscalCode: p.FiscalCode, Since: h.Since,
			ValidTo: h.Plan.PaidUpTo, Plan: h.Plan.Name, Mutual: m.Name, Helpline: m.Phone, Code: code})
	}
	return News{Kind: submission.EventCards, At: a.Now(), Body: cards}, nil
}

// ConsentsNews is every answer that a member gave, oldest first (PRV-04).
func (a *Archive) ConsentsNews(ctx context.Context, q *store.Queries, memberID, words string) (News, error) {
	answers, err := q.Consents(ctx, memberID)
	return News{Kind: submission.EventConsents, At: a.Now(), Words: words, Body: answers}, err
}

// AddConsents appends answers to the log of a member. The holder's are those of no person. The member must be
// locked.
func (a *Archive) AddConsents(ctx context.Context, tx *store.Tx, memberID string, answers ...privacy.Answer) error {
	for _, answer := range answers {
		if answer.Person == memberID {
			answer.Person = ""
		}
		if err := tx.AddConsent(ctx, memberID, answer, a.Now()); err != nil {
			return err
		}
	}
	return nil
}

// TellHousehold tells a member what the mutual says of the household and its cards.
func (a *Archive) TellHousehold(ctx context.Context, tx *store.Tx, memberID string) error {
	h, err := a.HouseholdNews(ctx, tx.Queries, memberID, "")
	if err != nil {
		return err
	}
	if err := a.TellNext(ctx, tx, memberID, h); err != nil {
		return err
	}
	cards, err := a.CardsNews(ctx, tx.Queries, memberID)
	if err != nil {
		return err
	}
	return a.TellNext(ctx, tx, memberID, cards)
}

// Welcome tells a member whose access comes to be what the mutual says of the household and its cards, where the feed does not say
// it yet. A membership without people has neither.
func (a *Archive) Welcome(ctx context.Context, tx *store.Tx, memberID string) error {
	h, err := a.HouseholdNews(ctx, tx.Queries, memberID, "")
	if fault.CodeOf(err) == store.CodeNone {
		return nil
	}
	if err != nil {
		return err
	}
	cards, err := a.CardsNews(ctx, tx.Queries, memberID)
	if err != nil {
		return err
	}
	for _, n := range []News{h, cards} {
		told, err := tx.Told(ctx, memberID, n.Kind)
		if err == nil && !told {
			err = a.TellNext(ctx, tx, memberID, n)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// TellConsents tells a member every answer that the mutual has.
func (a *Archive) TellConsents(ctx context.Context, tx *store.Tx, memberID string) error {
	n, err := a.ConsentsNews(ctx, tx.Queries, memberID, "")
	if err != nil {
		return err
	}
	return a.TellNext(ctx, tx, memberID, n)
}
