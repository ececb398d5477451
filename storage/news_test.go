package storage_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/storage"
)

// feedEvent is an event with a fresh id.
func feedEvent(t testing.TB, kind, subject string, seq int64, body any) submission.FeedEvent {
	t.Helper()
	b, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return submission.FeedEvent{ID: newID(t), Seq: seq, Kind: kind, Subject: subject, At: start, Body: b}
}

func TestNewsOfAClaimNeverMakesItsCorrectionStaleAndIsNotOverwrittenByIt(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	editing := saved(t, s, aDraft(t, "Ospedale San Rocco"))
	e := feedEvent(t, submission.EventClaimStatus, string(editing.ID), 1, claim.StatusNews{State: claim.InReview, Number: "26-004471"})
	if err := s.Apply(ctx, []submission.FeedEvent{e}, submission.Cursor{Epoch: "e", Seq: 1}); err != nil {
		t.Fatal(err)
	}
	editing.IBAN = "typed meanwhile"
	if _, err := s.SaveDraft(ctx, editing); err != nil {
		t.Fatalf("the correction is refused: %v", err)
	}
	got, err := s.Claim(ctx, editing.ID)
	if err != nil || got.IBAN != "typed meanwhile" || got.Mutual.State != claim.InReview || got.Mutual.Number != "26-004471" {
		t.Fatalf("%+v, %v", got, err)
	}
}

func TestTheUnlockScreenGreetsByTheNameTheMutualSaid(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	renamed := household
	renamed.Holder.GivenName, renamed.Version = "Elena Maria", 4
	e := feedEvent(t, submission.EventHousehold, "", 1, renamed)
	if err := s.Apply(context.Background(), []submission.FeedEvent{e}, submission.Cursor{Epoch: "e", Seq: 1}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	locked, err := storage.Open(dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer locked.Close()
	if got := locked.Greeting(); got != "Elena Maria" {
		t.Fatalf("greeting %q", got)
	}
}

func TestNoticesThatWereNotReadAreUnreadAfterARestart(t *testing.T) { // NTF-01
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	read := submission.FeedEvent{ID: newID(t), Seq: 1, Kind: "assembly", At: start, Text: "Assemblea dei soci"}
	fresh := submission.FeedEvent{ID: newID(t), Seq: 2, Kind: "assembly", At: start.Add(time.Hour), Text: "Chiusura del 7 dicembre"}
	if err := s.Apply(ctx, []submission.FeedEvent{read, fresh}, submission.Cursor{Epoch: "e", Seq: 2}); err != nil {
		t.Fatal(err)
	}
	if err := s.MarkRead(ctx, read.ID); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = openVault(t, dir, code, storage.Options{})
		list, err := s.Notices(ctx)
		if err != nil || len(list) != 2 || list[0].ID != fresh.ID || list[0].Read || !list[1].Read {
			t.Fatalf("%+v, %v", list, err)
		}
	}
}
