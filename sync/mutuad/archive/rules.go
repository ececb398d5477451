package archive

import (
	"context"
	"encoding/json"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// Rules are the mutual's rules as they stand; Usual before SetRules.
func (a *Archive) Rules(ctx context.Context) (mutual.Profile, error) {
	return a.RulesIn(ctx, a.Store.Queries)
}

// RulesIn is Rules inside a transaction.
func (a *Archive) RulesIn(ctx context.Context, q *store.Queries) (mutual.Profile, error) {
	var p mutual.Profile
	text, err := q.Setting(ctx, store.SettingRules)
	if fault.CodeOf(err) == store.CodeNone {
		m, err := a.MutualIn(ctx, q)
		return Usual(m), err
	}
	if err != nil {
		return p, err
	}
	return p, json.Unmarshal([]byte(text), &p)
}

// SetRules stores the mutual's rules and tells every member whose program may know older ones (event "rules").
func (a *Archive) SetRules(ctx context.Context, p mutual.Profile) error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	changed := false
	err = a.Store.Write(ctx, func(tx *store.Tx) error {
		was, err := tx.Setting(ctx, store.SettingRules)
		if changed = was != string(text); err != nil && fault.CodeOf(err) != store.CodeNone {
			return err
		}
		return tx.Set(ctx, store.SettingRules, string(text))
	})
	if err != nil || !changed {
		return err
	}
	members, err := a.Store.MemberIDs(ctx)
	for _, memberID := range members {
		if err == nil {
			err = a.Store.Write(ctx, func(tx *store.Tx) error { return a.tellRules(ctx, tx, memberID, p) })
		}
	}
	return err
}

func (a *Archive) tellRules(ctx context.Context, tx *store.Tx, memberID string, p mutual.Profile) error {
	seq, err := tx.NextSeq(ctx, memberID)
	if err != nil {
		return err
	}
	return a.Tell(ctx, tx, memberID, seq, News{Kind: submission.EventRules, At: a.Now(), Body: p})
}

// Usual are the rules of a mutual that says nothing of its own: twelve digits, first access with codes by e-mail and message, the
// password rule of LOG-07, and a second factor for whoever wants one.
func Usual(m Mutual) mutual.Profile {
	p := mutual.Profile{ID: m.ID, Name: m.Name, Version: 1,
		Password: mutual.PasswordRule{Least: 8, Digit: true, Upper: true, Lower: true,
			Text: "La password deve essere composta da almeno 8 caratteri e contenere almeno un numero, un carattere maiuscolo e uno minuscolo."},
		Verification: mutual.Verification{EMail: mutual.ChannelCode, EMailMandatory: true, Mobile: mutual.ChannelCode, ResendSeconds: 60}}
	p.Entry.Ways, p.Entry.User, p.Entry.FactorOffered = []mutual.Way{mutual.WayFirstAccess, mutual.WaySignIn}, mutual.UserNumber, true
	p.Contacts.Phone = m.Phone
	return p
}
