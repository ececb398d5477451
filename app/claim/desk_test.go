package claim_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/claim/claimtest"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/submission"
)

var now = time.Date(2026, 11, 16, 9, 41, 0, 0, time.UTC)

var receiptPDF = []byte("%PDF-1.4 a receipt of ten euro")

var household = member.Household{Number: "000000003423", IBAN: "IT60X0542811101000000123456",
	Holder: member.Person{ID: "elena", Role: member.Holder, GivenName: "Elena", FamilyName: "Marchetti"}}

func newVault() *claimtest.Vault { return claimtest.NewVault(household, nil) }

// stored is a claim as the vault has it.
func stored(t *testing.T, v *claimtest.Vault, id claim.ID) claim.Claim {
	t.Helper()
	c, err := v.Claim(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func newDesk(v *claimtest.Vault) *claim.Desk {
	return &claim.Desk{Vault: v, Sealer: claimtest.Sealer{}, Clock: claimtest.NewClock(now), Random: rand.NewChaCha8([32]byte{7})}
}

// complete fills the one document of a new draft and attaches a file, so that it may be sent.
func complete(t *testing.T, d *claim.Desk, c claim.Claim) claim.Claim {
	t.Helper()
	a, err := d.Attach(context.Background(), "ricevuta.pdf", receiptPDF)
	if err != nil {
		t.Fatal(err)
	}
	doc := &c.Documents[0]
	doc.Service, doc.Amount, doc.Number = claim.Visit, 3615, "2026/004817"
	doc.IssuedOn, doc.Province, doc.Provider = civil.Date{Year: 2026, Month: 11, Day: 9}, "MI", "Ospedale San Rocco"
	doc.Attachments = []claim.Attachment{a}
	c, err = d.Save(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func draft(t *testing.T, d *claim.Desk) claim.Claim {
	t.Helper()
	c, err := d.New(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAnAttachmentIsStoredSealedAndReadsBackAsItWas(t *testing.T) {
	v := newVault()
	d := newDesk(v)
	a, err := d.Attach(context.Background(), "ricevuta.pdf", receiptPDF)
	if err != nil {
		t.Fatal(err)
	}
	if a.Kind != document.PDF || a.Size != int64(len(receiptPDF)) || bytes.Contains(v.Blobs()[a.Blob], []byte("receipt")) {
		t.Fatalf("attachment %+v, stored %q", a, v.Blobs()[a.Blob])
	}
	back, err := d.Bytes(context.Background(), a)
	if err != nil || !bytes.Equal(back, receiptPDF) {
		t.Fatalf("read back %q, %v", back, err)
	}
	v.SetBlob(a.Blob, []byte("something else"))
	if _, err := d.Bytes(context.Background(), a); fault.CodeOf(err) != claim.CodeBlobWrong {
		t.Fatalf("altered file gave %v", err)
	}
}

func TestARefusedFileLeavesNothingBehind(t *testing.T) { // CLM-04, CLM-05, CLM-14
	v := newVault()
	d := newDesk(v)
	for name, c := range map[string]struct {
		data []byte
		code fault.Code
	}{
		"empty":     {nil, document.CodeEmpty},
		"text":      {[]byte("hello"), document.CodeKind},
		"too large": {append([]byte("%PDF-1.4"), make([]byte, document.MaxSize)...), document.CodeTooLarge},
	} {
		if _, err := d.Attach(context.Background(), name, c.data); fault.CodeOf(err) != c.code {
			t.Errorf("%s: got %v, want %s", name, err, c.code)
		}
	}
	if len(v.Blobs()) != 0 {
		t.Errorf("%d files were stored", len(v.Blobs()))
	}
}

func TestFinaliseFreezesWhatWasChecked(t *testing.T) {
	v := newVault()
	d := newDesk(v)
	c := complete(t, d, draft(t, d))
	sent, err := d.Finalise(context.Background(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if sent.Open || sent.Revision != 1 || len(v.Submissions()) != 1 {
		t.Fatalf("claim %+v, %d submissions", sent, len(v.Submissions()))
	}
	s := v.Submissions()[0]
	var plain bytes.Buffer
	if r, err := (claimtest.Sealer{}).Open(bytes.NewReader(s.Body)); err != nil {
		t.Fatal(err)
	} else if _, err := plain.ReadFrom(r); err != nil {
		t.Fatal(err)
	}
	filed, err := claim.Decode(plain.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(plain.Bytes())
	if filed.OpID != s.OpID || filed.IBAN != household.IBAN || filed.Documents[0].Amount != 3615 || s.Plain != hex.EncodeToString(sum[:]) {
		t.Fatalf("filed %+v", filed)
	}
	if want := (submission.Blob{Digest: c.Documents[0].Attachments[0].Blob, Size: c.Documents[0].Attachments[0].Sealed}); len(s.Blobs) != 1 || s.Blobs[0] != want {
		t.Fatalf("blobs %+v, want %+v", s.Blobs, want)
	}
}

func TestFinaliseTwiceQueuesOnce(t *testing.T) {
	v := newVault()
	d := newDesk(v)
	c := complete(t, d, draft(t, d))
	var wg sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		wg.Go(func() { _, errs[i] = d.Finalise(context.Background(), c.ID) })
	}
	wg.Wait()
	refused := 0
	for _, err := range errs {
		if fault.CodeOf(err) == claim.CodeNotOpen {
			refused++
		} else if err != nil {
			t.Error(err)
		}
	}
	if refused != 7 || len(v.Submissions()) != 1 {
		t.Fatalf("%d refused, %d submissions", refused, len(v.Submissions()))
	}
}

func TestAnIncompleteClaimIsNotFrozen(t *testing.T) { // CLM-03
	v := newVault()
	d := newDesk(v)
	c := draft(t, d)
	if _, err := d.Finalise(context.Background(), c.ID); fault.CodeOf(err) != claim.CodeInvalid {
		t.Fatalf("got %v", err)
	}
	if len(v.Submissions()) != 0 || !stored(t, v, c.ID).Open {
		t.Fatal("the draft was changed")
	}
}

func TestACommitThatFailedIsSettledByReadingBack(t *testing.T) {
	for _, written := range []bool{true, false} {
		v := newVault()
		d := newDesk(v)
		c := complete(t, d, draft(t, d))
		fail := v.FailSaves
		if written {
			fail = v.LoseAnswers
		}
		fail(errors.New("input/output error"))
		got, err := d.Finalise(context.Background(), c.ID)
		if (err == nil) != written || got.Open && written {
			t.Errorf("written %v: %+v, %v", written, got, err)
		}
	}
}

func TestAStaleDraftIsRefusedAndTheStoredOneStands(t *testing.T) {
	v := newVault()
	d := newDesk(v)
	c := draft(t, d)
	first, second := c, c
	first.IBAN, second.IBAN = "first", "second"
	if _, err := d.Save(context.Background(), first); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Save(context.Background(), second); fault.CodeOf(err) != claim.CodeStale {
		t.Fatalf("got %v", err)
	}
	if stored(t, v, c.ID).IBAN != "first" {
		t.Fatal("the stored draft was overwritten")
	}
}

func TestACorrectionIsTheNextRevision(t *testing.T) {
	v := newVault()
	d := newDesk(v)
	c := complete(t, d, draft(t, d))
	sent, err := d.Finalise(context.Background(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Save(context.Background(), sent); fault.CodeOf(err) != claim.CodeNotOpen {
		t.Fatalf("a frozen claim was saved: %v", err)
	}
	again, err := d.Correct(context.Background(), sent)
	if err != nil {
		t.Fatal(err)
	}
	again.Documents[0].Amount = 4000
	if again, err = d.Save(context.Background(), again); err != nil {
		t.Fatal(err)
	}
	if again, err = d.Finalise(context.Background(), again.ID); err != nil {
		t.Fatal(err)
	}
	if again.Revision != 2 || len(v.Submissions()) != 2 || v.Submissions()[0].OpID == v.Submissions()[1].OpID {
		t.Fatalf("revision %d, %d submissions", again.Revision, len(v.Submissions()))
	}
}

func TestADiscardedDraftComesBack(t *testing.T) {
	v := newVault()
	d := newDesk(v)
	c, err := d.Discard(context.Background(), draft(t, d))
	if err != nil {
		t.Fatal(err)
	}
	if rows, _ := d.List(context.Background()); len(rows) != 0 {
		t.Fatal("a discarded draft is listed")
	}
	if _, err := d.Restore(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	rows, err := d.List(context.Background())
	if err != nil || len(rows) != 1 || rows[0].State != claim.Draft {
		t.Fatalf("rows %+v, %v", rows, err)
	}
}

func TestACorrectionBeginsAtTheDocumentThatTheMutualAskedFor(t *testing.T) { // CLM-41
	v := newVault()
	d := newDesk(v)
	c := complete(t, d, draft(t, d))
	c, err := d.Finalise(context.Background(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	asked := c.Documents[0].ID
	c.Mutual.Outcomes = []claim.Outcome{{Document: "gone", State: claim.DocumentsRequested}, {Document: asked, State: claim.DocumentsRequested}}
	v.Put(c, nil)
	c, err = d.Correct(context.Background(), stored(t, v, c.ID))
	if err != nil || !c.Open || c.Step != 2 || c.Field != "documents/"+asked+"/files" {
		t.Fatalf("step %d, field %q, %v", c.Step, c.Field, err)
	}
}
