package engine

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/parcel"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/seal"
)

// carriedReceipt is the mutual's receipt for a letter; bend changes what it states.
func carriedReceipt(t *testing.T, key ed25519.PrivateKey, s submission.Submission, bend func(*api.Receipt)) []byte {
	t.Helper()
	r := api.Receipt{Format: 1, Mutual: "aurora", OpID: s.OpID, Kind: string(s.Kind), Subject: s.Subject, Revision: s.Revision, Plain: s.Plain,
		Blobs: digestsOf(s.Blobs), Protocol: "26-000007", Epoch: "e1", At: time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)}
	bend(&r)
	raw, err := seal.SignReceipt(key, r)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestAReceiptThatCameOnAStickDeliversAsOneOverTheLine(t *testing.T) {
	ctx, m, o := context.Background(), newMutual(), newOutbox()
	place := t.TempDir()
	op := o.queue(1, 1, []byte("a sealed scan"))
	folder, err := parcel.Create(place)
	if err != nil {
		t.Fatal(err)
	}
	defer folder.Close()
	if _, err := Carry(ctx, folder, m.profile(), o, "", nil); fault.CodeOf(err) != CodeNoToken {
		t.Fatalf("without a device: %v", err)
	}
	if done, err := Carry(ctx, folder, m.profile(), o, "device", make([]byte, ed25519.SeedSize)); err != nil || done.Letters != 1 {
		t.Fatal(done, err)
	}
	if o.get(op).Status != submission.Queued {
		t.Fatal("the outbox was changed by carrying")
	}
	letters, _ := folder.Letters()
	s, _ := o.Frozen(ctx, letters[0].OpID)
	if err := folder.Answer(parcel.Answer{OpID: op, Receipt: carriedReceipt(t, m.key, s, func(*api.Receipt) {})}); err != nil {
		t.Fatal(err)
	}
	list, _ := folder.Answers()
	if got, err := Receive(ctx, m.profile(), o, list); err != nil || got != (Brought{Delivered: 1}) {
		t.Fatalf("%+v, %v", got, err)
	}
	if d := o.get(op); d.Status != submission.Delivered || d.Protocol != "26-000007" || d.BlobsDone != 1 || d.Epoch != "e1" || len(d.Receipt) == 0 {
		t.Fatalf("%+v", d)
	}
	if got, err := Receive(ctx, m.profile(), o, list); err != nil || got != (Brought{Before: 1}) {
		t.Fatalf("a second time: %+v, %v", got, err)
	}
}

func TestAnAnswerOnAStickThatIsNotTheMutualsForThisRevisionChangesNothing(t *testing.T) {
	ctx, m := context.Background(), newMutual()
	_, stranger, _ := ed25519.GenerateKey(nil)
	for name, c := range map[string]struct {
		key  ed25519.PrivateKey
		bend func(*api.Receipt)
	}{
		"another key":      {stranger, func(*api.Receipt) {}},
		"another mutual":   {m.key, func(r *api.Receipt) { r.Mutual = "other" }},
		"another subject":  {m.key, func(r *api.Receipt) { r.Subject = "x" }},
		"another revision": {m.key, func(r *api.Receipt) { r.Revision++ }},
		"another content":  {m.key, func(r *api.Receipt) { r.Plain = hexSum(nil) }},
		"other files":      {m.key, func(r *api.Receipt) { r.Blobs = nil }},
		"another kind":     {m.key, func(r *api.Receipt) { r.Kind = "profile" }},
	} {
		o := newOutbox()
		op := o.queue(1, 1, []byte("a sealed scan"))
		s, _ := o.Frozen(ctx, op)
		got, err := Receive(ctx, m.profile(), o, []parcel.Answer{{OpID: op, Receipt: carriedReceipt(t, c.key, s, c.bend)}})
		if err != nil || got != (Brought{Unproved: 1}) || o.get(op).Status != submission.Queued {
			t.Errorf("%s: %+v, %v, now %s", name, got, err, o.get(op).Status)
		}
	}
}

func TestARefusalOnAStickHoldsWhatOnlyTheMemberCanMend(t *testing.T) {
	ctx, m := context.Background(), newMutual()
	for name, c := range map[string]struct {
		status int
		code   string
		nonce  string // "" = the op id
		want   submission.Status
		done   Brought
	}{
		"of the claim":    {422, api.CodeSealed, "", submission.Held, Brought{Refused: 1}},
		"of the device":   {401, api.CodeRevoked, "", submission.Queued, Brought{Before: 1}},
		"of another time": {422, api.CodeSealed, "another", submission.Queued, Brought{Unproved: 1}},
	} {
		o := newOutbox()
		op := o.queue(1, 1)
		s, _ := o.Frozen(ctx, op)
		body, _ := json.Marshal(api.Problem{Code: c.code})
		nonce := op
		if c.nonce != "" {
			nonce = c.nonce
		}
		signature := seal.SignAnswer(m.key, http.MethodPut, revisionPath(api.PathSubmission, s), nonce, c.status, body)
		answer := parcel.Answer{OpID: op, Refusal: &parcel.Refusal{Status: c.status, Body: body, Signature: signature}}
		got, err := Receive(ctx, m.profile(), o, []parcel.Answer{answer, {OpID: "of somebody else", Receipt: []byte("{}")}})
		c.done.Others = 1
		if err != nil || got != c.done || o.get(op).Status != c.want {
			t.Errorf("%s: %+v, %v, now %s", name, got, err, o.get(op).Status)
		}
		if c.want == submission.Held && o.get(op).Reason != api.CodeSealed {
			t.Errorf("%s: reason %q", name, o.get(op).Reason)
		}
	}
}
