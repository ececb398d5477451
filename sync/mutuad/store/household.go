package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/privacy"
)

// Household puts together what the mutual says of one membership; CodeNone for one without people.
func (q *Queries) Household(ctx context.Context, memberID string) (member.Household, error) {
	var h member.Household
	var body string
	var version int64
	err := q.q.QueryRowContext(ctx, `SELECT version, body FROM household WHERE member_id = $1`, memberID).Scan(&version, &body)
	if err != nil {
		return h, failed("store.household", err)
	}
	if err := json.Unmarshal([]byte(body), &h); err != nil {
		return h, fault.Wrap(CodeFailed, "store.household", memberID, err)
	}
	h.Version = version
	people, err := q.People(ctx, memberID)
	if err != nil {
		return h, err
	}
	for _, p := range people {
		if p.Role == member.Holder {
			h.Holder = p.Person
		} else {
			h.Family = append(h.Family, p.Person)
		}
	}
	return h, nil
}

// PutHousehold stores what belongs to the membership as a whole. Its people are those of PutPerson.
func (tx *Tx) PutHousehold(ctx context.Context, memberID string, h member.Household) error {
	h.Holder, h.Family = member.Person{}, nil
	body, err := json.Marshal(h)
	if err != nil {
		return err
	}
	return tx.exec(ctx, "store.put-household", `INSERT INTO household (member_id, version, body) VALUES ($1, $2, $3)
		ON CONFLICT (member_id) DO UPDATE SET version = excluded.version, body = excluded.body`, memberID, h.Version, string(body))
}

// Disabled reports whether the online service of a membership is off (DEL-01, PRV-09).
func (q *Queries) Disabled(ctx context.Context, memberID string) (bool, error) {
	var disabled int64
	err := failed("store.disabled", q.q.QueryRowContext(ctx, `SELECT disabled FROM household WHERE member_id = $1`, memberID).Scan(&disabled))
	if fault.CodeOf(err) == CodeNone {
		return false, nil
	}
	return disabled == 1, err
}

// Disable switches the online service of a membership off, Enable on.
func (tx *Tx) Disable(ctx context.Context, memberID string) error {
	return tx.exec(ctx, "store.disable", `UPDATE household SET disabled = 1 WHERE member_id = $1`, memberID)
}

// Enable ends Disable.
func (tx *Tx) Enable(ctx context.Context, memberID string) error {
	return tx.exec(ctx, "store.enable", `UPDATE household SET disabled = 0 WHERE member_id = $1`, memberID)
}

// AddConsent appends an answer to a member's log; none is ever changed (PRV-04). The member must be locked (NextSeq, LockMember).
func (tx *Tx) AddConsent(ctx context.Context, memberID string, a privacy.Answer, received time.Time) error {
	given := 0
	if a.Given {
		given = 1
	}
	return tx.exec(ctx, "store.add-consent", `INSERT INTO consent (member_id, place, consent, version, person, given, answered_at, received_at)
		VALUES ($1, (SELECT COALESCE(MAX(place), 0) + 1 FROM consent WHERE member_id = $1), $2, $3, $4, $5, $6, $7)`, memberID, a.Consent, a.Version, a.Person, given, micros(a.At), micros(received))
}

// Consents lists a member's answers in the order they came.
func (q *Queries) Consents(ctx context.Context, memberID string) ([]privacy.Answer, error) {
	rows, err := q.q.QueryContext(ctx, `SELECT consent, version, person, given, answered_at FROM consent
		WHERE member_id = $1 ORDER BY place`, memberID)
	if err != nil {
		return nil, failed("store.consents", err)
	}
	defer func() { _ = rows.Close() }()
	all := []privacy.Answer{}
	for rows.Next() {
		var a privacy.Answer
		var given, at int64
		if err := rows.Scan(&a.Consent, &a.Version, &a.Person, &given, &at); err != nil {
			return nil, failed("store.consents", err)
		}
		a.Given, a.At = given == 1, instant(at)
		all = append(all, a)
	}
	return all, failed("store.consents", rows.Err())
}

// Channel is a way to reach a member.
type Channel string

// The channels, as the protocol names them.
const (
	ChannelEMail  Channel = "email"
	ChannelMobile Channel = "mobile"
)

// Pending are new contacts that count only once they are proved (PER-06). "" = none.
type Pending struct {
	EMail  string
	Mobile string
}

// ContactsOwner is what the codes of a member's pending contacts belong to.
func ContactsOwner(memberID string) string { return "contacts/" + memberID }

// Pending reads what waits for its proof.
func (q *Queries) Pending(ctx context.Context, memberID string) (Pending, error) {
	var p Pending
	rows, err := q.q.QueryContext(ctx, `SELECT channel, value FROM pending WHERE member_id = $1`, memberID)
	if err != nil {
		return p, failed("store.pending", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var channel Channel
		var value string
		if err := rows.Scan(&channel, &value); err != nil {
			return p, failed("store.pending", err)
		}
		if channel == ChannelEMail {
			p.EMail = value
		} else {
			p.Mobile = value
		}
	}
	return p, failed("store.pending", rows.Err())
}

// SetPending lets a new contact wait, in place of one that waited before: a code that was sent to that one proves nothing any more.
// "" lets none wait.
func (tx *Tx) SetPending(ctx context.Context, memberID string, channel Channel, value string) error {
	err := tx.exec(ctx, "store.set-pending", `DELETE FROM code WHERE owner = $1 AND channel = $2 AND sent_to <> $3`, ContactsOwner(memberID), string(channel), value)
	if err != nil {
		return err
	}
	if value == "" {
		return tx.exec(ctx, "store.set-pending", `DELETE FROM pending WHERE member_id = $1 AND channel = $2`, memberID, string(channel))
	}
	return tx.exec(ctx, "store.set-pending", `INSERT INTO pending (member_id, channel, value) VALUES ($1, $2, $3)
		ON CONFLICT (member_id, channel) DO UPDATE SET value = excluded.value`, memberID, string(channel), value)
}
