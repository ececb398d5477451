package storage_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/claim/claimtest"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/storage"
)

// unsteady is a vault whose next commit may fail, or be done while its answer is lost.
type unsteady struct {
	*storage.Store
	fail, lose bool
}

var errDisk = errors.New("input/output error")

func (u *unsteady) commit(do func() (claim.Claim, error), c claim.Claim) (claim.Claim, error) {
	fail, lose := u.fail, u.lose
	u.fail, u.lose = false, false
	if fail {
		return c, errDisk
	}
	done, err := do()
	if lose && err == nil {
		return c, errDisk
	}
	return done, err
}

func (u *unsteady) SaveDraft(ctx context.Context, c claim.Claim) (claim.Claim, error) {
	return u.commit(func() (claim.Claim, error) { return u.Store.SaveDraft(ctx, c) }, c)
}

func (u *unsteady) Freeze(ctx context.Context, c claim.Claim, s submission.Submission) (claim.Claim, error) {
	return u.commit(func() (claim.Claim, error) { return u.Store.Freeze(ctx, c, s) }, c)
}

// claimMachine is a member, an engine, a mutual and a power plug, each of which does anything at any moment.
type claimMachine struct {
	dir, code string
	crashes   int
	vault     *unsteady
	desk      *claim.Desk
	clock     *handClock
	random    *rand.ChaCha8

	ids     []claim.ID             // every claim that was ever begun
	bodies  map[string][]byte      // op id → frozen bytes as first seen
	typed   map[claim.ID]string    // the number in the first document, as last acknowledged
	said    []submission.FeedEvent // by the mutual, for repeating
	proofs  map[string][]byte      // op id → the receipt that was verified
	strange map[claim.State]bool   // states of a mutual to come
}

func (k *claimMachine) must(t *rapid.T, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

func (k *claimMachine) open(t *rapid.T) {
	s, err := storage.Open(k.dir, storage.Options{Clock: k.clock, Strict: true})
	k.must(t, err)
	k.must(t, s.UnlockWithRecovery(context.Background(), k.code))
	k.vault = &unsteady{Store: s}
	rules := mutual.Profile{ID: "aurora", Claims: mutual.Claims{Withdraw: true}}
	k.desk = &claim.Desk{Vault: k.vault, Sealer: claimtest.Sealer{}, Mutual: func() mutual.Profile { return rules }, Clock: k.clock, Random: k.random}
}

// Crash is the plug: what was committed is on the disk, and nothing else. The old process never closes anything.
func (k *claimMachine) Crash(t *rapid.T) {
	k.crashes++
	next := fmt.Sprintf("%s-%d", k.dir, k.crashes)
	k.must(t, os.CopyFS(next, os.DirFS(k.dir)))
	_ = k.vault.Close()
	k.must(t, os.RemoveAll(k.dir))
	k.dir = next
	k.open(t)
}

// Disk makes the next commit fail, or lose its answer.
func (k *claimMachine) Disk(t *rapid.T) {
	k.vault.fail = rapid.Bool().Draw(t, "fails")
	k.vault.lose = !k.vault.fail
}

func (k *claimMachine) any(t *rapid.T) claim.Claim {
	if len(k.ids) == 0 {
		t.Skip("none yet")
	}
	c, err := k.vault.Claim(context.Background(), rapid.SampledFrom(k.ids).Draw(t, "which"))
	k.must(t, err)
	return c
}

// know notes a claim that a commit was acknowledged for.
func (k *claimMachine) know(c claim.Claim) {
	if !slices.Contains(k.ids, c.ID) {
		k.ids = append(k.ids, c.ID)
	}
	k.typed[c.ID] = c.Documents[0].Number
}

// settle takes an answer: after an error that the disk gave, what is stored is read anew, as the form does.
func (k *claimMachine) settle(t *rapid.T, c claim.Claim, err error, also ...fault.Code) {
	switch {
	case err == nil:
		k.know(c)
	case errors.Is(err, errDisk):
		if stored, err := k.vault.Claim(context.Background(), c.ID); err == nil {
			k.know(stored)
		}
	case slices.Contains(also, fault.CodeOf(err)):
	default:
		t.Fatal(err)
	}
}

func (k *claimMachine) New(t *rapid.T) {
	c, err := k.desk.New(context.Background())
	k.settle(t, c, err)
}

func (k *claimMachine) Again(t *rapid.T) {
	c, err := k.desk.Again(context.Background(), k.any(t).ID)
	k.settle(t, c, err)
}

func (k *claimMachine) Edit(t *rapid.T) {
	c := k.any(t)
	d := &c.Documents[0]
	if rapid.Bool().Draw(t, "complete") {
		*d = completeDocument(*d)
	}
	d.Number = rapid.StringMatching(`[A-Z0-9]{1,4}`).Draw(t, "number")
	if len(d.Attachments) > 0 && rapid.Bool().Draw(t, "remove a file") {
		d.Attachments = d.Attachments[1:]
	}
	saved, err := k.desk.Save(context.Background(), c)
	k.settle(t, saved, err, claim.CodeNotOpen)
}

func (k *claimMachine) Attach(t *rapid.T) {
	c := k.any(t)
	if !c.Open {
		t.Skip("not open")
	}
	data := append([]byte("%PDF-1.4 "), rapid.SliceOfN(rapid.Byte(), 1, 40).Draw(t, "content")...)
	a, err := k.desk.Attach(context.Background(), "ricevuta.pdf", data)
	k.must(t, err)
	d := completeDocument(c.Documents[0])
	d.Attachments = append(d.Attachments, a)
	c.Documents[0] = d
	saved, err := k.desk.Save(context.Background(), c)
	k.settle(t, saved, err)
}

// completeDocument is a document that lacks nothing but a file.
func completeDocument(d claim.ExpenseDocument) claim.ExpenseDocument {
	d.Service, d.Amount, d.Province, d.Provider = claim.Visit, 3615, "MI", "Ospedale San Rocco"
	d.IssuedOn.Year, d.IssuedOn.Month, d.IssuedOn.Day = start.Year(), start.Month(), 1
	if d.Number == "" {
		d.Number = "1"
	}
	return d
}

func (k *claimMachine) Send(t *rapid.T) {
	lost := k.vault.lose
	c, err := k.desk.Finalise(context.Background(), k.any(t).ID)
	if lost && errors.Is(err, errDisk) {
		t.Fatal("a claim that is queued was told to have failed")
	}
	k.settle(t, c, err, claim.CodeNotOpen, claim.CodeInvalid, claim.CodeBound)
}

// Correct opens a claim that was sent, and may take a file out that the mutual is still to get.
func (k *claimMachine) Correct(t *rapid.T) {
	c := k.any(t)
	if c.Revision == 0 {
		t.Skip("never sent")
	}
	opened, err := k.desk.Correct(context.Background(), c)
	k.settle(t, opened, err, claim.CodeBound)
	if d := &opened.Documents[0]; err == nil && len(d.Attachments) > 0 && rapid.Bool().Draw(t, "remove a file") {
		d.Attachments = d.Attachments[1:]
		saved, err := k.desk.Save(context.Background(), opened)
		k.settle(t, saved, err)
	}
}

func (k *claimMachine) Withdraw(t *rapid.T) {
	c, err := k.desk.Withdraw(context.Background(), k.any(t).ID)
	k.settle(t, c, err, claim.CodeBound)
}

func (k *claimMachine) Discard(t *rapid.T) {
	c, err := k.desk.Discard(context.Background(), k.any(t))
	k.settle(t, c, err, claim.CodeNotOpen)
}

func (k *claimMachine) Restore(t *rapid.T) {
	bin, err := k.desk.Bin(context.Background())
	k.must(t, err)
	if len(bin) == 0 {
		t.Skip("nothing in the bin")
	}
	c, err := k.desk.Restore(context.Background(), rapid.SampledFrom(bin).Draw(t, "which"))
	k.settle(t, c, err)
}

// Deliver is one step of the engine, also such as no engine takes.
func (k *claimMachine) Deliver(t *rapid.T) {
	all, err := k.vault.Deliveries(context.Background())
	k.must(t, err)
	if len(all) == 0 {
		t.Skip("nothing was sent")
	}
	d := rapid.SampledFrom(all).Draw(t, "which")
	step := rapid.SampledFrom([]submission.Step{submission.Start, submission.Interrupted, submission.Ask, submission.Ask, submission.Receipt, submission.Receipt,
		submission.NothingThere, submission.Refuse, submission.Release}).Draw(t, "step")
	receipt := fmt.Appendf(nil, "signed for %s", d.OpID)
	_, err = k.vault.Move(context.Background(), d.OpID, step, func(d *submission.Delivery) {
		if step == submission.Receipt {
			d.Receipt = receipt
		}
	})
	if err == nil && step == submission.Receipt {
		k.proofs[d.OpID] = receipt
	} else if err != nil && fault.CodeOf(err) != storage.CodeNotAllowed {
		t.Fatal(err)
	}
}

// Say is the mutual: any state of any claim, also of one that it never got, in any order, and things it said before.
func (k *claimMachine) Say(t *rapid.T) {
	states := slices.Sorted(maps.Keys(mutualTable))
	state := rapid.SampledFrom(append(states, "waiting-for-the-council")).Draw(t, "state")
	k.strange["waiting-for-the-council"] = true
	body, err := json.Marshal(claim.StatusNews{State: state, Number: "26-000001", Into: "26-000002",
		Outcomes: []claim.Outcome{{Document: "d", State: claim.Approved, Granted: 1000, Own: 2615}}})
	k.must(t, err)
	k.clock.now = k.clock.now.Add(time.Minute)
	e := submission.FeedEvent{ID: fmt.Sprintf("0190b000-0000-7000-8000-%012x", len(k.said)), Kind: submission.EventClaimStatus, Subject: string(k.any(t).ID), At: k.clock.now, Body: body}
	k.said = append(k.said, e)
	batch := []submission.FeedEvent{e}
	if rapid.Bool().Draw(t, "again") {
		batch = append(batch, rapid.SampledFrom(k.said).Draw(t, "what"), e)
	}
	k.must(t, k.vault.Apply(context.Background(), batch, submission.Cursor{Epoch: "e", Seq: int64(len(k.said))}))
}

// mutualTable is what CLM-48 lets the mutual do, written apart from the code.
var mutualTable = map[claim.State][]claim.State{
	claim.Delivered:          {claim.Registered, claim.InReview, claim.DocumentsRequested, claim.Blocked, claim.Approved, claim.Rejected, claim.Merged, claim.Paid, claim.Withdrawn},
	claim.Registered:         {claim.InReview, claim.DocumentsRequested, claim.Blocked, claim.Approved, claim.Rejected, claim.Merged, claim.Paid, claim.Withdrawn},
	claim.InReview:           {claim.DocumentsRequested, claim.Blocked, claim.Approved, claim.Rejected, claim.Merged, claim.Paid, claim.Withdrawn},
	claim.DocumentsRequested: {claim.Registered, claim.InReview, claim.Blocked, claim.Approved, claim.Rejected, claim.Merged, claim.Withdrawn},
	claim.Blocked:            {claim.InReview, claim.DocumentsRequested, claim.Approved, claim.Rejected, claim.Merged, claim.Withdrawn},
	claim.Approved:           {claim.InReview, claim.Blocked, claim.Rejected, claim.Merged, claim.Paid},
	claim.Rejected:           {claim.Registered, claim.InReview, claim.Approved},
	claim.Merged:             {claim.Paid},
	claim.Paid:               {},
	claim.Withdrawn:          {},
}

// Check is what holds whatever was done.
func (k *claimMachine) Check(t *rapid.T) {
	ctx := context.Background()
	deliveries, err := k.vault.Deliveries(ctx)
	k.must(t, err)
	for _, d := range deliveries {
		k.checkFrozen(t, d)
	}
	for _, id := range k.ids {
		s, err := k.desk.Open(ctx, id)
		k.must(t, err)
		k.checkClaim(t, s, deliveries)
	}
	for digest, size := range k.named(t, deliveries) {
		k.checkFile(t, digest, size)
	}
}

// checkFrozen sees that what was frozen never changes and that only a verified receipt delivers.
func (k *claimMachine) checkFrozen(t *rapid.T, d submission.Delivery) {
	sub, err := k.vault.Frozen(context.Background(), d.OpID)
	k.must(t, err)
	if first, ok := k.bodies[d.OpID]; ok && !bytes.Equal(first, sub.Body) {
		t.Fatalf("%s changed after it was frozen", d.OpID)
	}
	k.bodies[d.OpID] = sub.Body
	if delivered := d.Status == submission.Delivered; delivered != (k.proofs[d.OpID] != nil) || delivered && !bytes.Equal(d.Receipt, k.proofs[d.OpID]) {
		t.Fatalf("%s is %s with receipt %q", d.OpID, d.Status, d.Receipt)
	}
}

// checkClaim sees that the state is one of the table, came there along it, and says Consegnata only with a receipt.
func (k *claimMachine) checkClaim(t *rapid.T, s claim.Summary, deliveries []submission.Delivery) {
	c := s.Claim
	if c.Documents[0].Number != k.typed[c.ID] {
		t.Fatalf("typed %q, stored %q", k.typed[c.ID], c.Documents[0].Number)
	}
	if !s.State.Known() && !k.strange[s.State] {
		t.Fatalf("state %q", s.State)
	}
	revisions, proved := 0, false
	for _, d := range deliveries {
		if d.Subject == string(c.ID) {
			revisions++
			proved = proved || k.proofs[d.OpID] != nil
		}
	}
	if revisions != c.Revision || (c.Revision == 0) != (s.State == claim.Draft || s.State == claim.Ready) {
		t.Fatalf("%s: revision %d, %d frozen", s.State, c.Revision, revisions)
	}
	if c.Revision > 0 && !slices.Contains([]claim.State{claim.Queued, claim.Sending, claim.Unconfirmed, claim.Held}, s.State) && !proved {
		t.Fatalf("%s shown without a receipt", s.State)
	}
	from := claim.Delivered
	for _, p := range c.Mutual.Steps {
		if to := p.State; to != from && !slices.Contains(mutualTable[from], to) && !k.strange[from] && !k.strange[to] {
			t.Fatalf("the mutual's %s followed on %s", to, from)
		}
		from = p.State
	}
	if len(c.Mutual.Steps) > 0 && c.Mutual.State != from {
		t.Fatalf("stands at %s after %s", c.Mutual.State, from)
	}
}

// named are the files that anything stored names now: drafts, the bin, every revision.
func (k *claimMachine) named(t *rapid.T, deliveries []submission.Delivery) map[string]int64 {
	files := map[string]int64{}
	for _, id := range k.ids {
		c, err := k.vault.Claim(context.Background(), id)
		k.must(t, err)
		for _, a := range c.Attachments() {
			files[a.Blob] = a.Sealed
		}
	}
	for _, d := range deliveries {
		for _, b := range d.Blobs {
			files[b.Digest] = b.Size
		}
	}
	return files
}

func (k *claimMachine) checkFile(t *rapid.T, digest string, size int64) {
	f, err := k.vault.OpenBlob(context.Background(), digest)
	if err != nil {
		t.Fatalf("a file is lost: %v", err)
	}
	defer f.Close()
	if n, err := io.Copy(io.Discard, f); err != nil || n != size {
		t.Fatalf("file %s has %d bytes, not %d: %v", digest, n, size, err)
	}
}

// No sequence of member actions, steps of the engine, words of the mutual, failing disks and crashes reaches a state outside the
// table (CLM-48), loses a file or what was typed (CLM-22), or shows Consegnata without a verified receipt.
func TestAClaimSurvivesWhateverMemberMutualAndComputerDo(t *testing.T) {
	files, code := fresh()
	root := t.TempDir()
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		k := &claimMachine{dir: filepath.Join(root, fmt.Sprint(n)), code: code, clock: &handClock{start}, random: rand.NewChaCha8([32]byte{byte(n)}),
			bodies: map[string][]byte{}, typed: map[claim.ID]string{}, proofs: map[string][]byte{}, strange: map[claim.State]bool{}}
		k.must(t, os.CopyFS(k.dir, files))
		k.open(t)
		defer func() {
			_ = k.vault.Close()
			_ = os.RemoveAll(k.dir)
		}()
		t.Repeat(map[string]func(*rapid.T){"": k.Check, "new": k.New, "again": k.Again, "edit": k.Edit, "attach": k.Attach, "attach and go": k.Attach,
			"send": k.Send, "send it": k.Send, "correct": k.Correct, "correct it": k.Correct, "withdraw": k.Withdraw, "discard": k.Discard, "restore": k.Restore, "deliver": k.Deliver, "deliver more": k.Deliver,
			"say": k.Say, "crash": k.Crash, "disk": k.Disk})
	})
}
