package storage

import (
	"context"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/submission"
)

// frozenClaims freezes n claims and returns their op ids.
func frozenClaims(t *testing.T, s *Store, n int) []string {
	t.Helper()
	r := rand.New(rand.NewPCG(8, 8))
	var ops []string
	for range n {
		c, err := s.SaveDraft(context.Background(), claim.Claim{ID: claim.ID(uuid(r)), Open: true, EditedAt: damageStart,
			Documents: []claim.ExpenseDocument{{ID: uuid(r)}}})
		if err != nil {
			t.Fatal(err)
		}
		c.Revision, c.OpID, c.Open = 1, uuid(r), false
		sub := submission.Submission{OpID: c.OpID, Kind: submission.KindClaim, Subject: string(c.ID), Revision: 1, Body: []byte("sealed"), FrozenAt: damageStart}
		if _, err := s.Freeze(context.Background(), c, sub); err != nil {
			t.Fatal(err)
		}
		ops = append(ops, c.OpID)
	}
	return ops
}

// together makes all moves wait for the vault at once and returns the commits that they took and what each answered.
func (s *Store) together(t *testing.T, moves []*move) (commits int, errs []error) {
	t.Helper()
	s.options.Fail = func(point string) {
		if point == "move.after-commit" {
			commits++
		}
	}
	errs = make([]error, len(moves))
	s.mu.Lock()
	var all sync.WaitGroup
	for i, m := range moves {
		all.Go(func() { _, errs[i] = s.Move(context.Background(), m.opID, m.step, m.edit) })
		for end := time.Now().Add(10 * time.Second); s.moves.size() != i+1; time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Fatal("a move does not wait with the others")
			}
		}
	}
	s.mu.Unlock()
	all.Wait()
	return commits, errs
}

func (q *moves) size() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.waiting)
}

func TestMovesThatWaitTogetherShareOneCommitAndOneThatIsRefusedTakesNothingOfTheOthers(t *testing.T) {
	dir, code, _, _ := cheapVault(t)
	s := reopen(t, dir, code, Options{})
	ops := frozenClaims(t, s, 8)
	var asks, receipts []*move
	for _, op := range ops {
		asks = append(asks, &move{opID: op, step: submission.Ask})
		receipts = append(receipts, &move{opID: op, step: submission.Receipt, edit: func(d *submission.Delivery) { d.Protocol = "26-" + op }})
	}
	if commits, errs := s.together(t, asks); commits != 1 || errs[0] != nil {
		t.Fatalf("%d commits, %v", commits, errs)
	}
	refused := []*move{{opID: ops[0], step: submission.Start}, {opID: "unknown", step: submission.Ask}}
	commits, errs := s.together(t, append(refused, receipts[1:]...))
	if commits != 1 || fault.CodeOf(errs[0]) != CodeNotAllowed || fault.CodeOf(errs[1]) != CodeNoDelivery {
		t.Fatalf("%d commits, %v", commits, errs)
	}
	for _, err := range errs[2:] {
		if err != nil {
			t.Error(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = reopen(t, dir, code, Options{})
	defer s.Close()
	for i, op := range ops {
		want := submission.Delivered
		if i == 0 {
			want = submission.Unconfirmed
		}
		if d, err := s.Delivery(context.Background(), op); err != nil || d.Status != want || i > 0 && d.Protocol != "26-"+op {
			t.Errorf("%+v, %v", d, err)
		}
	}
	rows, err := s.Audit(context.Background()) // walks the chain
	var delivered []string
	for _, r := range rows {
		if r.What == "delivered" {
			delivered = append(delivered, r.Item)
		}
	}
	if err != nil || strings.Join(delivered[len(delivered)-7:], " ") != strings.Join(ops[1:], " ") {
		t.Errorf("audit tells of %v, %v", delivered, err)
	}
}

func TestMovesOfOneSubmissionThatWaitTogetherGoOneAfterAnother(t *testing.T) {
	dir, code, _, _ := cheapVault(t)
	s := reopen(t, dir, code, Options{})
	defer s.Close()
	op := frozenClaims(t, s, 1)[0]
	commits, errs := s.together(t, []*move{{opID: op, step: submission.Ask}, {opID: op, step: submission.Receipt}, {opID: op, step: submission.Refuse}})
	if commits != 2 || errs[0] != nil || errs[1] != nil || fault.CodeOf(errs[2]) != CodeNotAllowed {
		t.Fatalf("%d commits, %v", commits, errs)
	}
	if d, err := s.Delivery(context.Background(), op); err != nil || d.Status != submission.Delivered {
		t.Errorf("%+v, %v", d, err)
	}
}
