package storage_test

import (
	"context"
	"slices"
	"testing"

	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/helpline"
	"github.com/sodale/sodale/storage"
)

func TestUsesOfTheTelephoneCentreAreThereAfterARestart(t *testing.T) { // H24-23
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	said := 0
	defer s.Feed().Listen(func(change.Change) { said++ })()
	uses := []helpline.Use{{ID: newID(t), Plan: "piano-base", Service: "Invio di autoambulanza", Person: "elena", On: civil.Of(start)}}
	for range 2 {
		if err := s.SetHelpUses(ctx, uses); err != nil {
			t.Fatal(err)
		}
	}
	if said != 1 {
		t.Errorf("told %d times", said)
	}
	got, err := s.HelpUses(ctx)
	if err != nil {
		t.Fatal(err)
	}
	got[0].Service = "altro" // what callers do to an answer does not change the vault
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = openVault(t, dir, code, storage.Options{})
	if got, err = s.HelpUses(ctx); err != nil || !slices.Equal(got, uses) {
		t.Errorf("%+v, %v", got, err)
	}
}
