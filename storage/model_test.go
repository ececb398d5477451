package storage_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/storage"
)

// model is what a vault should hold.
type model struct {
	claims     map[claim.ID]claim.Claim
	frozen     map[string]submission.Submission
	deliveries map[string]submission.Delivery
	read       map[string]bool // notices by event id
	cursor     submission.Cursor
	token      string
}

// machine drives a vault and its model through the same operations.
type machine struct {
	dir, code string
	s         *storage.Store
	m         model
	made      int
}

func (k *machine) id() string {
	k.made++
	return fmt.Sprintf("0190a000-0000-7000-8000-%012x", k.made)
}

// pick draws one of the model's keys, in a stable order.
func pick[K ~string, V any](t *rapid.T, from map[K]V) K {
	if len(from) == 0 {
		t.Skip("none yet")
	}
	return rapid.SampledFrom(slices.Sorted(maps.Keys(from))).Draw(t, "which")
}

func (k *machine) open(t *rapid.T) {
	s, err := storage.Open(k.dir, storage.Options{Clock: &handClock{start}, Strict: true})
	if err == nil {
		err = s.UnlockWithRecovery(context.Background(), k.code)
	}
	if err != nil {
		t.Fatal(err)
	}
	k.s = s
}

func (k *machine) Reopen(t *rapid.T) {
	if err := k.s.Close(); err != nil {
		t.Fatal(err)
	}
	k.open(t)
}

func (k *machine) NewDraft(t *rapid.T) {
	c := claim.Claim{ID: claim.ID(k.id()), Open: true, EditedAt: start, IBAN: rapid.String().Draw(t, "iban")}
	c, err := k.s.SaveDraft(context.Background(), c)
	if err != nil || c.Version != 1 {
		t.Fatal(c.Version, err)
	}
	k.m.claims[c.ID] = c
}

func (k *machine) Edit(t *rapid.T) {
	c := k.m.claims[pick(t, k.m.claims)]
	c.IBAN = rapid.String().Draw(t, "iban")
	if rapid.Bool().Draw(t, "in the bin") {
		c.DeletedAt = start
	}
	next, err := k.s.SaveDraft(context.Background(), c)
	if err != nil || next.Version != c.Version+1 {
		t.Fatal(next.Version, err)
	}
	k.m.claims[c.ID] = next
}

func (k *machine) EditStale(t *rapid.T) {
	c := k.m.claims[pick(t, k.m.claims)]
	c.Version--
	if _, err := k.s.SaveDraft(context.Background(), c); fault.CodeOf(err) != claim.CodeStale {
		t.Fatal(err)
	}
}

func (k *machine) Freeze(t *rapid.T) {
	c := k.m.claims[pick(t, k.m.claims)]
	c.Revision, c.OpID, c.Open = c.Revision+1, k.id(), false
	sub := submission.Submission{OpID: c.OpID, Kind: submission.KindClaim, Subject: string(c.ID), Revision: c.Revision,
		Body: rapid.SliceOfN(rapid.Byte(), 0, 6000).Draw(t, "body"), FrozenAt: start}
	next, err := k.s.Freeze(context.Background(), c, sub)
	if err != nil {
		t.Fatal(err)
	}
	k.m.claims[c.ID], k.m.frozen[sub.OpID] = next, sub
	k.m.deliveries[sub.OpID] = submission.Delivery{OpID: sub.OpID, Kind: sub.Kind, Subject: sub.Subject, Revision: sub.Revision,
		Status: submission.Queued, FrozenAt: start}
}

func (k *machine) Move(t *rapid.T) {
	d := k.m.deliveries[pick(t, k.m.deliveries)]
	step := rapid.SampledFrom([]submission.Step{submission.Start, submission.Interrupted, submission.Ask, submission.Receipt,
		submission.NothingThere, submission.Refuse, submission.Release}).Draw(t, "step")
	attempts := rapid.IntRange(0, 9).Draw(t, "attempts")
	got, err := k.s.Move(context.Background(), d.OpID, step, func(d *submission.Delivery) { d.Attempts = attempts })
	next, allowed := submission.Next(d.Status, step)
	if !allowed {
		if fault.CodeOf(err) != storage.CodeNotAllowed {
			t.Fatal(err)
		}
		return
	}
	d.Status, d.Attempts = next, attempts
	if err != nil || !reflect.DeepEqual(got, d) {
		t.Fatalf("%+v, %v", got, err)
	}
	k.m.deliveries[d.OpID] = d
}

func (k *machine) Apply(t *rapid.T) {
	e := submission.FeedEvent{ID: k.id(), Kind: "assembly", Text: "Assemblea", At: start}
	k.m.cursor = submission.Cursor{Epoch: "e", Seq: k.m.cursor.Seq + 1}
	for range rapid.IntRange(1, 2).Draw(t, "times") {
		if err := k.s.Apply(context.Background(), []submission.FeedEvent{e, e}, k.m.cursor); err != nil {
			t.Fatal(err)
		}
	}
	k.m.read[e.ID] = false
}

func (k *machine) MarkRead(t *rapid.T) {
	id := pick(t, k.m.read)
	if err := k.s.MarkRead(context.Background(), id); err != nil {
		t.Fatal(err)
	}
	k.m.read[id] = true
}

func (k *machine) SignIn(t *rapid.T) {
	k.m.token = rapid.String().Draw(t, "token")
	if err := k.s.SetTokens(context.Background(), storage.Tokens{Full: k.m.token}); err != nil {
		t.Fatal(err)
	}
}

// Check holds the vault against the model.
func (k *machine) Check(t *rapid.T) {
	ctx := context.Background()
	listed := 0
	for id, want := range k.m.claims {
		if got, err := k.s.Claim(ctx, id); err != nil || !reflect.DeepEqual(got, want) {
			t.Fatalf("claim %s: %+v, want %+v, %v", id, got, want, err)
		}
		if want.DeletedAt.IsZero() {
			listed++
		}
	}
	if list, err := k.s.Claims(ctx); err != nil || len(list) != listed {
		t.Fatalf("%d claims listed, want %d, %v", len(list), listed, err)
	}
	list, err := k.s.Deliveries(ctx)
	if err != nil || len(list) != len(k.m.deliveries) {
		t.Fatal(len(list), err)
	}
	for _, d := range list {
		sub, err := k.s.Frozen(ctx, d.OpID)
		if err != nil || !bytes.Equal(sub.Body, k.m.frozen[d.OpID].Body) || !reflect.DeepEqual(d, k.m.deliveries[d.OpID]) {
			t.Fatalf("delivery %+v, %v", d, err)
		}
	}
	notices, err := k.s.Notices(ctx)
	if err != nil || len(notices) != len(k.m.read) {
		t.Fatal(len(notices), err)
	}
	for _, n := range notices {
		if n.Read != k.m.read[n.ID] {
			t.Fatalf("notice %+v", n)
		}
	}
	if c, err := k.s.Cursor(ctx); err != nil || c != k.m.cursor {
		t.Fatal(c, err)
	}
	if got := k.s.Full(); got != k.m.token {
		t.Fatalf("token %q, want %q", got, k.m.token)
	}
}

func TestAVaultBehavesLikeItsModelWhateverIsDone(t *testing.T) {
	files, code := fresh()
	root := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		k := &machine{dir: filepath.Join(root, fmt.Sprint(n)), code: code, m: model{claims: map[claim.ID]claim.Claim{},
			frozen: map[string]submission.Submission{}, deliveries: map[string]submission.Delivery{}, read: map[string]bool{}, token: setup().Tokens.Full}}
		if err := os.CopyFS(k.dir, files); err != nil {
			t.Fatal(err)
		}
		k.open(t)
		defer func() {
			k.s.Close()
			os.RemoveAll(k.dir)
		}()
		t.Repeat(map[string]func(*rapid.T){"": k.Check, "new draft": k.NewDraft, "edit": k.Edit, "edit stale": k.EditStale,
			"freeze": k.Freeze, "move": k.Move, "apply": k.Apply, "mark read": k.MarkRead, "sign in": k.SignIn, "reopen": k.Reopen})
	})
}
