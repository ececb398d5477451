package storage_test

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/change"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/storage"
)

// sealed returns what PutBlob writes: the bytes sealed to a fresh member and a fresh mutual.
func sealed(t testing.TB, plain []byte) func(io.Writer) error {
	t.Helper()
	var to []age.Recipient
	for range 2 {
		i, err := age.GenerateX25519Identity()
		if err != nil {
			t.Fatal(err)
		}
		to = append(to, i.Recipient())
	}
	return func(dst io.Writer) error {
		w, err := age.Encrypt(dst, to...)
		if err != nil {
			return err
		}
		if _, err := w.Write(plain); err != nil {
			return err
		}
		return w.Close()
	}
}

// attached puts a file and names it in the claim's first document.
func attached(t testing.TB, s *storage.Store, c claim.Claim, plain []byte) claim.Claim {
	t.Helper()
	b, err := s.PutBlob(context.Background(), sealed(t, plain))
	if err != nil {
		t.Fatal(err)
	}
	a := claim.Attachment{ID: newID(t), Name: "ricevuta del dottor Bassi.pdf", Blob: b.Digest, Sealed: b.Size, Size: int64(len(plain))}
	c.Documents[0].Attachments = append(c.Documents[0].Attachments, a)
	return saved(t, s, c)
}

// submit freezes a claim as its next revision.
func submit(t testing.TB, s *storage.Store, c claim.Claim) (claim.Claim, submission.Submission) {
	t.Helper()
	c.Revision, c.OpID, c.Open = c.Revision+1, newID(t), false
	var body bytes.Buffer
	if err := sealed(t, []byte("the claim of Elena Marchetti"))(&body); err != nil {
		t.Fatal(err)
	}
	sub := submission.Submission{OpID: c.OpID, Kind: submission.KindClaim, Subject: string(c.ID), Revision: c.Revision, Body: body.Bytes(), FrozenAt: start}
	for _, a := range c.Attachments() {
		sub.Blobs = append(sub.Blobs, submission.Blob{Digest: a.Blob, Size: a.Sealed})
	}
	c, err := s.Freeze(context.Background(), c, sub)
	if err != nil {
		t.Fatal(err)
	}
	return c, sub
}

func TestAFullSessionLeavesNothingReadableInTheFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	given := setup()
	given.Rules, given.DeviceID, given.DeviceKey, given.User = rules(t), "device-7", []byte("seed of thirty-two bytes, 32 now"), "elena.login@example.org"
	code, err := storage.Create(dir, storage.Options{Clock: &handClock{start}}, password, given)
	if err != nil {
		t.Fatal(err)
	}
	s := openVault(t, dir, code, storage.Options{})
	file := []byte("%PDF-1.4 ricevuta n. 4817 di Elena Marchetti, 36,15 euro")
	c := attached(t, s, aDraft(t, "Poliambulatorio Girasole"), file)
	c, sub := submit(t, s, c)
	ctx := context.Background()
	if _, err := s.Move(ctx, sub.OpID, submission.Ask, nil); err != nil {
		t.Fatal(err)
	}
	news := submission.FeedEvent{ID: newID(t), Kind: submission.EventClaimStatus, Subject: string(c.ID), At: start, Text: "La sua pratica è in esame",
		Body: []byte(`{"state":"in-review","number":"26-004471"}`)}
	if err := s.Apply(ctx, []submission.FeedEvent{news}, submission.Cursor{Epoch: "e", Seq: 1}); err != nil {
		t.Fatal(err)
	}
	if err := s.SetPassword(ctx, []byte("una nuova parola d'ordine"), start); err != nil {
		t.Fatal(err)
	}
	secrets := askTheMutual(t, s)
	if err := s.Backup(ctx, filepath.Join(dir, "backup.sodale")); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	canaries := []string{"Elena", "Marchetti", "MRCLNE80A41F205D", "Poliambulatorio", "Girasole", "ricevuta", "Bassi", "36,15", "in esame",
		"26-004471", "AGE-SECRET-KEY", "up-token", "full-token", "IT60X0542811101000000123456", "elena@example.org", string(file), code,
		string(password), "una nuova parola", "aurora", "Aurora", "device-7", "seed of thirty", "elena.login", "000000003423", "nuova.elena",
		"+393330003423", "IT02L1234512345123456789012", "Via Verdi", "vecchia.elena", "newsletter", "erasure", "Luca", "MRCLCU12A01F205X"}
	canaries = append(canaries, secrets...)
	files := 0
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		files++
		data, err := os.ReadFile(path)
		for _, canary := range canaries {
			if bytes.Contains(data, []byte(canary)) || strings.Contains(path, canary) {
				t.Errorf("%s holds %q", filepath.Base(path), canary)
			}
		}
		return err
	})
	if err != nil || files < 7 {
		t.Fatalf("%d files, %v", files, err)
	}
}

// askTheMutual changes details, gives a consent, adds a relative, asks for a deletion and hears of the account. It returns the
// secrets that were made.
func askTheMutual(t *testing.T, s *storage.Store) []string {
	t.Helper()
	ctx := context.Background()
	e := anEdit("nuova.elena@example.org", start)
	e.Mine.Mobile, e.Mine.IBAN = "+393330003423", "IT02L1234512345123456789012"
	lost := member.Past{Person: "elena", Field: member.FieldEMail, Value: member.Details{EMail: "vecchia.elena@example.org"}, Whose: member.WhoseMutual}
	if err := s.Resolve(ctx, e, []member.Past{lost}); err != nil {
		t.Fatal(err)
	}
	answer, erasure := privacy.Answer{Consent: "newsletter", Version: "1", At: start}, privacy.ClearHistory
	requested(t, s, request.Filed{Kind: submission.KindProfile, Change: &e.Change})
	requested(t, s, request.Filed{Kind: submission.KindConsent, Consent: &answer})
	requested(t, s, request.Filed{Kind: submission.KindErasure, Erasure: &erasure})
	requested(t, s, request.Filed{Kind: submission.KindFamily, Family: &member.Newcomer{GivenName: "Luca", FiscalCode: "MRCLCU12A01F205X"}})
	apply(t, s, submission.EventAccount, start, account.Standing{User: "elena.login@example.org", EMailPending: "nuova.elena@example.org"})
	apply(t, s, submission.EventConsents, start, []privacy.Answer{answer})
	return []string{string(must[[]byte](t)(s.NewShare(ctx))), string(must[[]byte](t)(s.NewKeyring(ctx))), must[string](t)(s.NewRecoveryCode(ctx))}
}

func TestALockedVaultDelivers(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	file := []byte("%PDF-1.4 a file")
	c, sub := submit(t, s, attached(t, s, aDraft(t, "A"), file))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	s, err := storage.Open(dir, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if s.Greeting() != "Elena" || s.Upload() != "up-token" || s.Full() != "" || !s.Locked() {
		t.Fatalf("greeting %q, upload %q, full %q", s.Greeting(), s.Upload(), s.Full())
	}
	list, err := s.Deliveries(ctx)
	if err != nil || len(list) != 1 || list[0].Status != submission.Queued || list[0].Subject != string(c.ID) {
		t.Fatalf("%+v, %v", list, err)
	}
	got, err := s.Frozen(ctx, sub.OpID)
	if err != nil || !bytes.Equal(got.Body, sub.Body) || !reflect.DeepEqual(got.Blobs, sub.Blobs) {
		t.Fatalf("frozen %v", err)
	}
	f, size, err := s.OpenSealed(ctx, sub.Blobs[0].Digest)
	if err != nil || size != sub.Blobs[0].Size {
		t.Fatal(err)
	}
	f.Close()
	for _, step := range []submission.Step{submission.Start, submission.Ask, submission.Receipt} {
		if _, err := s.Move(ctx, sub.OpID, step, func(d *submission.Delivery) { d.Protocol = "26-004471" }); err != nil {
			t.Fatal(err)
		}
	}
	_, err = s.Move(ctx, sub.OpID, submission.Start, nil)
	wantCode(t, err, storage.CodeNotAllowed)
	_, err = s.Claims(ctx)
	wantCode(t, err, storage.CodeLocked)
	_, err = s.SaveDraft(ctx, aDraft(t, "B"))
	wantCode(t, err, storage.CodeLocked)
	if err := s.UnlockWithRecovery(ctx, code); err != nil {
		t.Fatal(err)
	}
	d, err := s.Delivery(ctx, sub.OpID)
	if err != nil || d.Status != submission.Delivered || d.Protocol != "26-004471" || s.Damage() != nil {
		t.Fatalf("%+v, %v, %v", d, err, s.Damage())
	}
	rows, err := s.Audit(ctx)
	if err != nil || len(rows) != 3 || rows[2].What != "delivered" || rows[2].Item != sub.OpID {
		t.Fatalf("audit %+v, %v", rows, err)
	}
}

func TestFreezingAnOpIDAgainChangesNothing(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	c, sub := submit(t, s, saved(t, s, aDraft(t, "A")))
	other := sub
	other.Body = []byte("other bytes")
	again, err := s.Freeze(ctx, c, other)
	if err != nil || again.Version != c.Version {
		t.Fatalf("%+v, %v", again, err)
	}
	if got, err := s.Frozen(ctx, sub.OpID); err != nil || !bytes.Equal(got.Body, sub.Body) {
		t.Fatalf("frozen bytes changed, %v", err)
	}
	stale := c
	stale.Version--
	stale.OpID = newID(t)
	sub.OpID = stale.OpID
	_, err = s.Freeze(ctx, stale, sub)
	wantCode(t, err, claim.CodeStale)
	if list, err := s.Deliveries(ctx); err != nil || len(list) != 1 {
		t.Fatalf("%d deliveries, %v", len(list), err)
	}
}

func TestAStaleDraftIsRefusedAndTheStoredOneStays(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	first := saved(t, s, aDraft(t, "A"))
	second := first
	second.IBAN = "IT00"
	saved(t, s, second)
	first.IBAN = "IT99"
	_, err := s.SaveDraft(context.Background(), first)
	wantCode(t, err, claim.CodeStale)
	if got, err := s.Claim(context.Background(), first.ID); err != nil || got.IBAN != "IT00" || got.Version != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
}

func TestWhatCallersDoToAnAnswerDoesNotChangeTheVault(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	c := saved(t, s, aDraft(t, "A"))
	c.Documents[0].Provider = "not saved"
	list, err := s.Claims(context.Background())
	if err != nil || list[0].Documents[0].Provider != "A" {
		t.Fatalf("%+v, %v", list, err)
	}
	list[0].Documents[0].Provider = "not saved"
	if got, err := s.Claim(context.Background(), c.ID); err != nil || got.Documents[0].Provider != "A" {
		t.Fatalf("%+v, %v", got, err)
	}
}

func TestListenersHearOfAChangeAfterItsCommitAndOnlyWhenContentDiffers(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	var heard []change.Change
	defer s.Feed().Listen(func(c change.Change) { heard = append(heard, c) })()
	ctx := context.Background()
	c := saved(t, s, aDraft(t, "A"))
	c.EditedAt = c.EditedAt.Add(time.Minute)
	c = saved(t, s, c) // nothing to see
	c.Documents[0].Number = "7"
	c = saved(t, s, c)
	id := string(c.ID)
	want := []change.Change{{Topic: change.Claims, ID: id}, {Topic: change.Claims, ID: id}}
	if !slices.Equal(heard, want) {
		t.Fatalf("heard %v", heard)
	}
	heard = nil
	if err := s.SetTokens(ctx, storage.Tokens{Full: "full-2"}); err != nil {
		t.Fatal(err)
	}
	if err := s.SetTokens(ctx, storage.Tokens{Full: "full-2"}); err != nil {
		t.Fatal(err)
	}
	e := submission.FeedEvent{ID: newID(t), Kind: "assembly", At: start, Text: "Assemblea dei soci"}
	for range 2 {
		if err := s.Apply(ctx, []submission.FeedEvent{e}, submission.Cursor{Epoch: "e", Seq: 1}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.MarkRead(ctx, e.ID, e.ID); err != nil {
		t.Fatal(err)
	}
	want = []change.Change{{Topic: change.Delivery}, {Topic: change.Notices, ID: e.ID}, {Topic: change.Notices, ID: e.ID}}
	if !slices.Equal(heard, want) {
		t.Fatalf("heard %v", heard)
	}
}

func TestAnEventOfAnUnknownKindIsKeptAndShownByItsText(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	e := submission.FeedEvent{ID: newID(t), Seq: 1, Kind: "assembly", At: start, Text: "Assemblea dei soci", Body: []byte(`{"room":"A"}`)}
	if err := s.Apply(ctx, []submission.FeedEvent{e}, submission.Cursor{Epoch: "e", Seq: 1}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = openVault(t, dir, code, storage.Options{})
	n, err := s.Notices(ctx)
	if err != nil || len(n) != 1 || n[0].Text != "Assemblea dei soci" || n[0].Read {
		t.Fatalf("%+v, %v", n, err)
	}
	if got, err := s.Event(ctx, e.ID); err != nil || !reflect.DeepEqual(got, e) {
		t.Fatalf("%+v, %v", got, err)
	}
	if c, err := s.Cursor(ctx); err != nil || c.Seq != 1 {
		t.Fatalf("%+v, %v", c, err)
	}
}

func TestOrphanFilesAreSweptAndNamedOnesStay(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	c := attached(t, s, aDraft(t, "A"), []byte("named by a draft"))
	_, sub := submit(t, s, attached(t, s, aDraft(t, "B"), []byte("named by a submission")))
	orphan, err := s.PutBlob(ctx, sealed(t, []byte("named by nothing")))
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = openVault(t, dir, code, storage.Options{})
	_, err = s.OpenBlob(ctx, orphan.Digest)
	wantCode(t, err, claim.CodeBlobGone)
	for _, digest := range []string{c.Attachments()[0].Blob, sub.Blobs[0].Digest} {
		f, err := s.OpenBlob(ctx, digest)
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	_, err = s.OpenBlob(ctx, "../slots")
	wantCode(t, err, claim.CodeBlobGone)
}

func TestADraftLeavesTheBinAfterThirtyDaysAndNothingThatWasSentDoes(t *testing.T) {
	dir, code := newVault(t)
	clock := &handClock{start}
	s := openVault(t, dir, code, storage.Options{Clock: clock})
	ctx := context.Background()
	bin := aDraft(t, "A")
	bin.DeletedAt = start
	bin = saved(t, s, bin)
	if binned, err := s.Binned(ctx); err != nil || len(binned) != 1 || binned[0].ID != bin.ID {
		t.Errorf("the bin has %v, %v", binned, err)
	}
	if outside, err := s.Claims(ctx); err != nil || len(outside) != 0 {
		t.Errorf("outside the bin are %v, %v", outside, err)
	}
	sent, _ := submit(t, s, saved(t, s, aDraft(t, "B")))
	sent.DeletedAt = start
	sent = saved(t, s, sent)
	for _, step := range []struct {
		days int
		code bool
	}{{30, true}, {31, false}} {
		s.Close()
		clock.now = start.AddDate(0, 0, step.days)
		s = openVault(t, dir, code, storage.Options{Clock: clock})
		_, err := s.Claim(ctx, bin.ID)
		if (err == nil) != step.code {
			t.Errorf("after %d days: %v", step.days, err)
		}
		if _, err := s.Claim(ctx, sent.ID); err != nil {
			t.Errorf("after %d days a sent claim is gone: %v", step.days, err)
		}
	}
}

func TestASecondInstanceIsToldThatTheVaultIsInUse(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	_, err := storage.Open(dir, storage.Options{})
	wantCode(t, err, identity.CodeInUse)
	s.Close()
	openVault(t, dir, code, storage.Options{})
}
