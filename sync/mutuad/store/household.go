package store

import (
	"context"
	"encoding/json"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
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
