package storage

import (
	"encoding/json"
	"errors"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/complaint"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/helpline"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/notice"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/submission"
)

// inboxItem is one event as it was kept, with the notice made from it, if any.
type inboxItem struct {
	Event  submission.FeedEvent `json:"event"`
	Notice *notice.Notice       `json:"notice,omitempty"`
}

// personal is what the open vault keeps in memory.
type personal struct {
	claims    map[claim.ID]claim.Claim
	list      []claim.Claim // of Claims, in order; nil when it must be made again
	inbox     map[string]inboxItem
	cursor    submission.Cursor
	household member.Household
	cards     []card.Card
	mutual    json.RawMessage
	identity  string
	tokens    Tokens
	greeting  string

	rules     json.RawMessage // mutual.Profile
	device    device
	alignment alignment
	standing  said[account.Standing]
	consents  said[[]privacy.Answer]
	share     share
	backups   []string // paths, oldest first
	helpUses  []helpline.Use
	letters   complaint.Drafts

	requests []requestRecord // in the order they were frozen
	edits    map[member.ID]member.Edit
	pasts    []pastRecord // oldest first
}

// outbox is what the locked vault keeps in memory too.
type outbox struct {
	deliveries map[string]submission.Delivery
	order      []string // op ids, oldest first
	auditSize  int
	auditHead  string
}

// newPersonal decodes the records of the domain vault.
func newPersonal(entries []entry) (*personal, error) {
	claimsRead, err := decodeAll(entries, claims, claim.Parse)
	if err != nil {
		return nil, err
	}
	p := &personal{claims: make(map[claim.ID]claim.Claim, len(claimsRead)), inbox: map[string]inboxItem{}, edits: map[member.ID]member.Edit{}}
	for _, c := range claimsRead {
		p.claims[c.ID] = c
	}
	for _, e := range entries {
		switch e.bucket {
		case profile:
			err = p.decodeProfile(e.record.Name, e.record.Data)
		case inbox:
			err = p.decodeInbox(e.record.Name, e.record.Data)
		case edits:
			err = p.decodeEdit(e.record.Name, e.record.Data)
		}
		if err != nil {
			return nil, unreadable(e, err)
		}
	}
	if err := p.decodeOrdered(entries); err != nil {
		return nil, err
	}
	return p, nil
}

func unreadable(e entry, err error) error {
	return fault.Wrap(identity.CodeRecord, "storage.decode", e.bucket.name+"/"+e.record.Name, err)
}

func (p *personal) decodeProfile(name string, data []byte) error {
	targets := map[string]any{nameHousehold: &p.household, nameCards: &p.cards, nameMutual: &p.mutual,
		nameIdentity: &p.identity, nameTokens: &p.tokens, nameGreeting: &p.greeting,
		nameRules: &p.rules, nameDevice: &p.device, nameAlignment: &p.alignment, nameStanding: &p.standing, nameConsents: &p.consents,
		nameShare: &p.share, nameBackups: &p.backups, nameHelpUses: &p.helpUses, nameLetters: &p.letters}
	if to, ok := targets[name]; ok {
		return json.Unmarshal(data, to)
	}
	return nil
}

func (p *personal) decodeInbox(name string, data []byte) error {
	if name == nameCursor {
		return json.Unmarshal(data, &p.cursor)
	}
	var item inboxItem
	err := json.Unmarshal(data, &item)
	p.inbox[name] = item
	return err
}

// newOutbox decodes the records of the domain courier, and walks the audit's chain.
func newOutbox(entries []entry) (*outbox, error) {
	o := &outbox{deliveries: map[string]submission.Delivery{}}
	all, err := decodeAll(entries, deliveries, fromJSON[submission.Delivery])
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		o.deliveries[d.OpID] = d
		o.order = append(o.order, d.OpID)
	}
	o.sort()
	rows, err := decodeAll(entries, audit, fromJSON[auditRow])
	if err != nil {
		return nil, err
	}
	slices.SortFunc(rows, func(a, b auditRow) int { return a.Number - b.Number })
	for _, r := range rows {
		o.auditSize, o.auditHead = r.Number, r.Hash
	}
	return o, nil
}

// sort orders the deliveries by the instant they were frozen.
func (o *outbox) sort() {
	slices.SortFunc(o.order, func(a, b string) int {
		if c := o.deliveries[a].FrozenAt.Compare(o.deliveries[b].FrozenAt); c != 0 {
			return c
		}
		return strings.Compare(a, b)
	})
}

func fromJSON[T any](data []byte) (value T, err error) {
	err = json.Unmarshal(data, &value)
	return value, err
}

// decodeAll decodes the records of one bucket on all processors.
func decodeAll[T any](entries []entry, b *bucket, decode func([]byte) (T, error)) ([]T, error) {
	var of []entry
	for _, e := range entries {
		if e.bucket == b {
			of = append(of, e)
		}
	}
	values := make([]T, len(of))
	workers := min(runtime.GOMAXPROCS(0), 1+len(of)/64)
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(of); i += workers {
				var err error
				if values[i], err = decode(of[i].record.Data); err != nil {
					errs[w] = unreadable(of[i], err)
					return
				}
			}
		})
	}
	wg.Wait()
	return values, errors.Join(errs...)
}
