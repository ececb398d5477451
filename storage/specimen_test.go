package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
)

// specimen is a vault with some life behind it: what it holds, its files, and an older copy of its database.
type specimen struct {
	code     string
	files    map[string][]byte
	older    []byte
	previous []byte
	raw      map[string][]byte // "<bucket>/<name>" → sealed bytes
	values   map[string]any    // "<bucket>/<name>" → what the methods answer
}

func uuid(r *rand.Rand) string {
	return fmt.Sprintf("%08x-%04x-7%03x-8%03x-%012x", r.Uint32(), r.Uint32()&0xffff, r.Uint32()&0xfff, r.Uint32()&0xfff, r.Uint64()&0xffffffffffff)
}

// newSpecimen makes drafts, edits them, discards some, freezes, delivers and applies events.
func newSpecimen(t testing.TB) *specimen {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 7))
	dir := filepath.Join(t.TempDir(), "vault")
	o := Options{Clock: standing(damageStart)}
	code, err := Create(dir, o, []byte("password"), Setup{Household: member.Household{Number: "000000003423", Version: 1}, Identity: "AGE-SECRET-KEY-1X"})
	if err != nil {
		t.Fatal(err)
	}
	s := reopen(t, dir, code, o)
	live(t, s, r, 60)
	older, err := os.ReadFile(s.path(fileDatabase))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.keepGeneration(); err != nil {
		t.Fatal(err)
	}
	live(t, s, r, 40)
	p := &specimen{code: code, older: older, files: map[string][]byte{}}
	p.values, p.raw = s.everything(t)
	s.changed = false // keeps the older generation
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{fileSlots, fileDatabase, fileCourier, filePrevious} {
		if p.files[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	p.previous = p.files[filePrevious]
	delete(p.files, filePrevious)
	return p
}

func reopen(t testing.TB, dir, code string, o Options) *Store {
	t.Helper()
	s, err := Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.UnlockWithRecovery(context.Background(), code); err != nil {
		t.Fatal(err)
	}
	return s
}

// live is one stretch of a member's life with a vault.
func live(t testing.TB, s *Store, r *rand.Rand, n int) {
	t.Helper()
	ctx := context.Background()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	for i := range n {
		c := claim.Claim{ID: claim.ID(uuid(r)), Open: true, EditedAt: damageStart, IBAN: "IT60X0542811101000000123456",
			Documents: []claim.ExpenseDocument{{ID: uuid(r), Amount: money.Cents(r.IntN(9000)), Provider: "Ospedale San Rocco",
				Notes: strings.Repeat("nota ", r.IntN(500))}}}
		c, err := s.SaveDraft(ctx, c)
		must(err)
		for range r.IntN(3) {
			c.Documents[0].Amount++
			c, err = s.SaveDraft(ctx, c)
			must(err)
		}
		switch i % 4 {
		case 0:
			c.Revision, c.OpID, c.Open = 1, uuid(r), false
			sub := submission.Submission{OpID: c.OpID, Kind: submission.KindClaim, Subject: string(c.ID), Revision: 1,
				Body: []byte(strings.Repeat(c.OpID, 1+r.IntN(200))), FrozenAt: damageStart}
			_, err = s.Freeze(ctx, c, sub)
			must(err)
			if i%8 == 0 {
				_, err = s.Move(ctx, c.OpID, submission.Ask, nil)
				must(err)
				_, err = s.Move(ctx, c.OpID, submission.Receipt, func(d *submission.Delivery) { d.Receipt = []byte("receipt") })
				must(err)
				must(s.Apply(ctx, []submission.FeedEvent{{ID: uuid(r), Kind: submission.EventClaimStatus, Subject: string(c.ID), At: damageStart,
					Text: "In esame", Body: []byte(`{"state":"in-review"}`)}}, submission.Cursor{Epoch: "e", Seq: int64(i)}))
			}
		case 1:
			c.DeletedAt = damageStart.AddDate(0, 0, -31)
			_, err = s.SaveDraft(ctx, c)
			must(err)
		}
	}
	s.mu.Lock()
	must(s.purge())
	s.mu.Unlock()
	for i := range n / 12 {
		liveWithTheMutual(t, s, r, int64(n+i))
	}
}

// liveWithTheMutual edits details, asks for a change, and hears of the account, the consents and the household.
func liveWithTheMutual(t testing.TB, s *Store, r *rand.Rand, seq int64) {
	t.Helper()
	ctx := context.Background()
	for i := range 3 {
		e := member.Edit{Change: member.Change{Person: member.ID(uuid(r)), Mine: member.Details{EMail: uuid(r), Photo: make([]byte, r.IntN(3000))}}}
		err := s.Resolve(ctx, e, []member.Past{{Person: e.Person, Field: member.FieldEMail, Value: member.Details{EMail: uuid(r)}}})
		if err == nil && i > 0 {
			f := request.Filed{ID: uuid(r), OpID: uuid(r), Revision: 1, Kind: submission.KindProfile, Change: &e.Change}
			err = s.FreezeRequest(ctx, request.Request{Filed: f}, submission.Submission{OpID: f.OpID, Kind: f.Kind, Subject: f.ID, Revision: 1, Body: []byte(f.OpID), FrozenAt: damageStart})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	at := damageStart.Add(time.Duration(seq) * time.Second)
	var events []submission.FeedEvent
	for kind, body := range map[string]any{submission.EventAccount: account.Standing{User: uuid(r)}, submission.EventConsents: []privacy.Answer{{Consent: uuid(r)}},
		submission.EventHousehold: member.Household{Number: "000000003423", EMail: uuid(r), Version: 1 + seq}} {
		data, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, submission.FeedEvent{ID: uuid(r), Seq: seq, Kind: kind, At: at, Body: data})
	}
	if err := s.Apply(ctx, events, submission.Cursor{Epoch: "e", Seq: seq}); err != nil {
		t.Fatal(err)
	}
}

// everything reads all values through the methods, and all sealed bytes.
func (s *Store) everything(t testing.TB) (values map[string]any, raw map[string][]byte) {
	t.Helper()
	ctx := context.Background()
	values, raw = map[string]any{}, map[string][]byte{}
	for id := range s.personal.claims {
		c, err := s.Claim(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		values[claims.name+"/"+string(id)] = c
	}
	for op := range s.outbox.deliveries {
		d, err := s.Delivery(ctx, op)
		if err != nil {
			t.Fatal(err)
		}
		values[deliveries.name+"/"+op] = *d
		if sub, err := s.Frozen(ctx, op); err == nil {
			values[frozen.name+"/"+op] = sub
		}
	}
	for id, item := range s.personal.inbox {
		values[inbox.name+"/"+id] = item
	}
	values[inbox.name+"/"+nameCursor] = s.personal.cursor
	values[profile.name+"/"+nameHousehold] = s.personal.household
	values[profile.name+"/"+nameIdentity] = s.personal.identity
	values[profile.name+"/"+nameStanding] = s.personal.standing
	values[profile.name+"/"+nameConsents] = s.personal.consents
	values[profile.name+"/"+nameDevice] = s.personal.device
	values[profile.name+"/"+nameTokens] = s.personal.tokens.Upload
	for _, q := range s.personal.requests {
		values[requests.name+"/"+q.Filed.OpID] = q
	}
	for person, e := range s.personal.edits {
		values[edits.name+"/"+string(person)] = e
	}
	for _, past := range s.personal.pasts {
		values[pasts.name+"/"+pastName(past.Order)] = past
	}
	for _, c := range s.chambers {
		for shard, roster := range c.rosters {
			b := c.byID(shard[0])
			for name := range roster {
				key := c.keys.Key(b.id, name)
				if err := s.db.View(func(tx *bolt.Tx) error {
					raw[b.name+"/"+name] = bytes.Clone(tx.Bucket([]byte(b.name)).Get(key[:]))
					return nil
				}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	return values, raw
}
