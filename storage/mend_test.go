package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	bolt "go.etcd.io/bbolt"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
)

// spoiled alters records behind the vault's back, where no previous generation can help, and opens it again.
func spoiled(t *testing.T, dir, code string, where map[*bucket][]string) *Store {
	t.Helper()
	keys := map[*bucket][][]byte{}
	for b, names := range where {
		for _, name := range names {
			keys[b] = append(keys[b], keyOf(t, dir, code, b, name))
		}
	}
	if err := os.Remove(filepath.Join(dir, filePrevious)); err != nil {
		t.Fatal(err)
	}
	meddle(t, dir, func(tx *bolt.Tx) error {
		for b, of := range keys {
			for _, key := range of {
				raw := bytes.Clone(tx.Bucket([]byte(b.name)).Get(key))
				raw[60] ^= 4
				if err := tx.Bucket([]byte(b.name)).Put(key, raw); err != nil {
					return err
				}
			}
		}
		return nil
	})
	// Pages that no commit uses any more still hold older versions: without them the loss is a loss.
	path := filepath.Join(dir, fileDatabase)
	compactDatabase(t, path)
	s := reopen(t, dir, code, Options{Clock: standing(damageStart)})
	t.Cleanup(func() { s.Close() })
	if s.Damage() == nil {
		t.Fatal("nothing was damaged")
	}
	return s
}

// compactDatabase writes a database anew without its free pages.
func compactDatabase(t *testing.T, path string) {
	t.Helper()
	from, err := openBolt(path)
	if err != nil {
		t.Fatal(err)
	}
	to, err := openBolt(path + "-compact")
	if err != nil {
		t.Fatal(err)
	}
	if err := bolt.Compact(to, from, 0); err != nil {
		t.Fatal(err)
	}
	from.Close()
	to.Close()
	if err := os.Rename(path+"-compact", path); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsLostOfTheMutualsWordIsReadAgainFromItsEventsAndWhatTheLockedVaultKnowsIsTakenBack(t *testing.T) {
	dir, code, _, _ := cheapVault(t)
	s := reopen(t, dir, code, Options{Clock: standing(damageStart)})
	ctx := context.Background()
	if err := s.SetDevice(ctx, account.Device{ID: "device-7", Token: "full", Upload: "up", Key: []byte("seed")}, "3423"); err != nil {
		t.Fatal(err)
	}
	home, said, given := member.Household{Number: "000000003423", EMail: "elena@example.org", Version: 4}, account.Standing{User: "3423", RecoveryLeft: 7},
		[]privacy.Answer{{Consent: "newsletter", Given: true, At: damageStart}}
	var events []submission.FeedEvent
	for i, e := range []struct {
		kind string
		body any
	}{{submission.EventHousehold, home}, {submission.EventAccount, account.Standing{RecoveryLeft: 9}}, {submission.EventAccount, said}, {submission.EventConsents, given}} {
		data, err := json.Marshal(e.body)
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, submission.FeedEvent{ID: e.kind + string(rune('0'+i)), Seq: int64(i), Kind: e.kind, At: damageStart, Body: data})
	}
	if err := s.Apply(ctx, events, submission.Cursor{Epoch: "e", Seq: 4}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = spoiled(t, dir, code, map[*bucket][]string{profile: {nameHousehold, nameStanding, nameConsents, nameTokens, nameDevice, nameGreeting}})
	for range 2 {
		if got, err := s.Household(ctx); err != nil || !reflect.DeepEqual(got, home) {
			t.Errorf("%+v, %v", got, err)
		}
		if got, err := s.Standing(ctx); err != nil || got != said {
			t.Errorf("%+v, %v", got, err)
		}
		if got, err := s.Consents(ctx); err != nil || !reflect.DeepEqual(got, given) {
			t.Errorf("%+v, %v", got, err)
		}
		if s.Upload() != "up" || s.Full() != "" || s.Device() != "device-7" || string(s.Key()) != "seed" || s.Greeting() != "Elena" {
			t.Errorf("%q %q %q %q %q", s.Upload(), s.Full(), s.Device(), s.Key(), s.Greeting())
		}
		s.Close()
		s = reopen(t, dir, code, Options{Clock: standing(damageStart), Strict: true})
		t.Cleanup(func() { s.Close() })
	}
}

func TestARequestWhoseWayWasLostIsAskedAboutAndOneWhoseBytesAreGoneNeedsTheMember(t *testing.T) {
	dir, code, _, _ := cheapVault(t)
	s := reopen(t, dir, code, Options{Clock: standing(damageStart)})
	ctx := context.Background()
	asked, gone := "0190a000-0000-7000-8000-000000000001", "0190a000-0000-7000-8000-000000000002"
	for _, op := range []string{asked, gone} {
		f := request.Filed{ID: "s" + op, OpID: op, Revision: 1, Kind: submission.KindConsent, Consent: &privacy.Answer{Consent: "newsletter"}}
		if err := s.FreezeRequest(ctx, request.Request{Filed: f}, submission.Submission{OpID: op, Kind: f.Kind, Subject: f.ID, Revision: 1, Body: []byte("sealed")}); err != nil {
			t.Fatal(err)
		}
	}
	s.Close()
	s = spoiled(t, dir, code, map[*bucket][]string{deliveries: {asked, gone}, frozen: {gone}})
	list, err := s.Requests(ctx)
	if err != nil || len(list) != 2 || list[0].Delivery.Status != submission.Unconfirmed || list[0].Delivery.Kind != submission.KindConsent ||
		list[1].Delivery.Status != submission.Held || list[1].Delivery.Reason != identity.CodeRecord || list[1].Delivery.Subject != "s"+gone {
		t.Fatalf("%+v, %v", list, err)
	}
}
