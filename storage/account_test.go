package storage_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/privacy"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/storage"
)

// rules are those of the demo mutual.
func rules(t testing.TB) mutual.Profile {
	t.Helper()
	data, err := os.ReadFile("../assets/mutuals/aurora.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, err := mutual.Load("aurora.yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// locked opens a vault and leaves it locked.
func locked(t testing.TB, dir string, o storage.Options) *storage.Store {
	t.Helper()
	if o.Clock == nil {
		o.Clock = &handClock{start}
	}
	s, err := storage.Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// apply hands one event of the mutual to the vault.
func apply(t testing.TB, s *storage.Store, kind string, at time.Time, body any) {
	t.Helper()
	e := feedEvent(t, kind, "", 1, body)
	e.At = at
	if err := s.Apply(context.Background(), []submission.FeedEvent{e}, submission.Cursor{Epoch: "e", Seq: at.Unix()}); err != nil {
		t.Fatal(err)
	}
}

func must[T any](t testing.TB) func(T, error) T {
	return func(value T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func TestTheLockedVaultKnowsWhatTheUnlockScreenAndTheCourierNeed(t *testing.T) { // SES-03, LOG-01
	dir := filepath.Join(t.TempDir(), "vault")
	given := setup()
	given.Rules, given.DeviceID, given.DeviceKey, given.User = rules(t), "device-7", bytes.Repeat([]byte{9}, 32), "000000003423"
	if _, err := storage.Create(dir, storage.Options{}, password, given); err != nil {
		t.Fatal(err)
	}
	s := locked(t, dir, storage.Options{})
	if s.Device() != "device-7" || !bytes.Equal(s.Key(), given.DeviceKey) || s.User() != "000000003423" || s.Stale() || s.ShareKept() || s.Instance() == "" {
		t.Fatalf("%q %x %q, stale %v, kept %v", s.Device(), s.Key(), s.User(), s.Stale(), s.ShareKept())
	}
	if got := must[mutual.Profile](t)(s.Rules(context.Background())); !reflect.DeepEqual(got, given.Rules) {
		t.Fatalf("%+v", got)
	}
}

func TestANewSignInOnThisComputerReachesTheLockedVaultAndNeedsANewShare(t *testing.T) { // LOG-01
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	next := account.Device{ID: "device-8", Token: "full-8", Upload: "up-8", Key: bytes.Repeat([]byte{8}, 32)}
	must[[]byte](t)(s.NewShare(ctx))
	if err := s.KeepShare(ctx); err != nil || !s.ShareKept() {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.SetDevice(ctx, next, "3423"); err != nil {
			t.Fatal(err)
		}
	}
	if s.ShareKept() {
		t.Error("the mutual keeps shares by device, and this one is new")
	}
	s.Close()
	s = locked(t, dir, storage.Options{})
	if s.Device() != "device-8" || !bytes.Equal(s.Key(), next.Key) || s.Upload() != "up-8" || s.Full() != "" || s.User() != "3423" {
		t.Fatalf("%q %x %q %q %q", s.Device(), s.Key(), s.Upload(), s.Full(), s.User())
	}
}

func TestAPasswordChangedElsewhereMakesTheVaultStaleUntilItIsTakenOver(t *testing.T) { // SES-03
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	changed := start.Add(time.Hour)
	apply(t, s, submission.EventAccount, start, account.Standing{User: "000000003423"})
	if s.Stale() {
		t.Fatal("stale before anything changed")
	}
	apply(t, s, submission.EventAccount, changed, account.Standing{User: "000000003423", PasswordChanged: changed, ChangedBy: "another", FactorOn: true})
	if st := must[account.Standing](t)(s.Standing(ctx)); !s.Stale() || !st.FactorOn {
		t.Fatalf("stale %v, %+v", s.Stale(), st)
	}
	s.Close()
	if s = locked(t, dir, storage.Options{}); !s.Stale() || s.User() != "000000003423" {
		t.Fatal("the locked vault does not say that it is stale")
	}
	if err := s.UnlockWithRecovery(ctx, code); err != nil {
		t.Fatal(err)
	}
	if err := s.SetPassword(ctx, []byte("la nuova"), changed.Add(300*time.Microsecond)); err != nil || s.Stale() {
		t.Fatalf("stale after it was taken over: %v", err)
	}
	s.Close()
	if s = locked(t, dir, storage.Options{}); s.Stale() {
		t.Fatal("the locked vault still says that it is stale")
	}
	wantCode(t, s.Unlock(ctx, password), identity.CodeWrongPassword)
	if err := s.Unlock(ctx, []byte("la nuova")); err != nil {
		t.Fatal(err)
	}
}

func TestAnOlderWordOfTheMutualDoesNotReplaceANewerOne(t *testing.T) { // PRV-04
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	given := privacy.Answer{Consent: "newsletter", Version: "1", Given: true, At: start}
	withdrawn := given
	withdrawn.Given, withdrawn.At = false, start.Add(time.Hour)
	apply(t, s, submission.EventConsents, start.Add(time.Hour), []privacy.Answer{given, withdrawn})
	apply(t, s, submission.EventAccount, start.Add(time.Hour), account.Standing{RecoveryLeft: 3})
	apply(t, s, submission.EventConsents, start, []privacy.Answer{given})
	apply(t, s, submission.EventAccount, start, account.Standing{RecoveryLeft: 10})
	s.Close()
	s = openVault(t, dir, code, storage.Options{})
	if got := must[[]privacy.Answer](t)(s.Consents(ctx)); len(got) != 2 || got[1].Given {
		t.Fatalf("%+v", got)
	}
	if got := must[account.Standing](t)(s.Standing(ctx)); got.RecoveryLeft != 3 {
		t.Fatalf("%+v", got)
	}
}

func TestOnlyNewerRulesOfTheSameMutualThatCanBeUsedAreTaken(t *testing.T) { // CFG-01, NTF-08
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	_, err := s.Rules(ctx)
	wantCode(t, err, storage.CodeNoRules)
	first := rules(t)
	first.Version = 5
	if err := s.SetRules(ctx, first); err != nil {
		t.Fatal(err)
	}
	changed := func(edit func(*mutual.Profile)) mutual.Profile {
		p := first
		edit(&p)
		return p
	}
	for name, p := range map[string]mutual.Profile{
		"older":           changed(func(p *mutual.Profile) { p.Version, p.Area = 4, "x" }),
		"as old":          changed(func(p *mutual.Profile) { p.Area = "x" }),
		"another mutual":  changed(func(p *mutual.Profile) { p.Version, p.ID = 6, "other" }),
		"can not be used": changed(func(p *mutual.Profile) { p.Version, p.Password.Least = 6, 1 }),
	} {
		apply(t, s, submission.EventRules, start, p)
		if got := must[mutual.Profile](t)(s.Rules(ctx)); !reflect.DeepEqual(got, first) {
			t.Errorf("%s: taken", name)
		}
	}
	newer := changed(func(p *mutual.Profile) { p.Version, p.Area = 6, "Area soci" })
	apply(t, s, submission.EventRules, start, newer)
	s.Close()
	s = locked(t, dir, storage.Options{})
	if got := must[mutual.Profile](t)(s.Rules(ctx)); !reflect.DeepEqual(got, newer) {
		t.Fatalf("%+v", got)
	}
}

func TestAShareOpensTheVaultUntilTheMutualHasANewerOne(t *testing.T) { // LOG-09, LOG-11
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	wantCode(t, s.KeepShare(ctx), storage.CodeNoShare)
	opens := func(share []byte, want bool, why string) {
		t.Helper()
		s.Close()
		s = locked(t, dir, storage.Options{})
		err := s.UnlockWithShare(ctx, share)
		if (err == nil) != want {
			t.Fatalf("%s: %v", why, err)
		}
		if !want {
			wantCode(t, err, identity.CodeWrongPassword)
			if err := s.UnlockWithRecovery(ctx, code); err != nil {
				t.Fatal(err)
			}
		}
	}
	first := must[[]byte](t)(s.NewShare(ctx))
	if again := must[[]byte](t)(s.NewShare(ctx)); !bytes.Equal(again, first) || s.ShareKept() {
		t.Fatal("a share that the mutual may not have is not offered again")
	}
	if err := s.KeepShare(ctx); err != nil || s.KeepShare(ctx) != nil || !s.ShareKept() {
		t.Fatal(err)
	}
	second := must[[]byte](t)(s.NewShare(ctx))
	if bytes.Equal(first, second) || s.ShareKept() {
		t.Fatal("the second is the first")
	}
	opens(first, true, "before the mutual has the second")
	if s.ShareKept() {
		t.Error("a share that was used stays in use")
	}
	third := must[[]byte](t)(s.NewShare(ctx))
	opens(second, false, "the mutual handed out the first, so the second never arrived")
	if err := s.KeepShare(ctx); err != nil {
		t.Fatal(err)
	}
	opens(first, false, "after the mutual has the third")
	opens(third, true, "the one that the mutual has")
}

func TestAShareThatWasSentButWhoseAnswerWasLostOpensTheVault(t *testing.T) { // LOG-11
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	first := must[[]byte](t)(s.NewShare(ctx))
	if err := s.KeepShare(ctx); err != nil {
		t.Fatal(err)
	}
	sent := must[[]byte](t)(s.NewShare(ctx))
	s.Close()
	s = locked(t, dir, storage.Options{})
	if err := s.UnlockWithShare(ctx, sent); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = locked(t, dir, storage.Options{})
	wantCode(t, s.UnlockWithShare(ctx, first), identity.CodeWrongPassword)
}

func TestARestoredCopyGivesTheMutualAShareOfItsOwnAndProvesTheSameDevice(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	given := setup()
	given.DeviceID, given.DeviceKey = "device-7", bytes.Repeat([]byte{9}, 32)
	code, err := storage.Create(dir, storage.Options{}, password, given)
	if err != nil {
		t.Fatal(err)
	}
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	must[[]byte](t)(s.NewShare(ctx))
	if err := s.KeepShare(ctx); err != nil {
		t.Fatal(err)
	}
	path, elsewhere := filepath.Join(t.TempDir(), "backup.sodale"), filepath.Join(t.TempDir(), "restored")
	if err := s.Backup(ctx, path); err != nil {
		t.Fatal(err)
	}
	if err := storage.Restore(path, elsewhere, storage.Options{}); err != nil {
		t.Fatal(err)
	}
	back := openVault(t, elsewhere, code, storage.Options{})
	if back.Device() != "device-7" || !bytes.Equal(back.Key(), given.DeviceKey) || back.ShareKept() || !s.ShareKept() {
		t.Fatalf("%q %x, kept %v", back.Device(), back.Key(), back.ShareKept())
	}
}

func TestTheKeyringOpensTheVaultUntilItIsForgotten(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	reopen := func() {
		t.Helper()
		s.Close()
		s = locked(t, dir, storage.Options{})
	}
	old := must[[]byte](t)(s.NewKeyring(ctx))
	secret := must[[]byte](t)(s.NewKeyring(ctx))
	reopen()
	if !s.HasKeyring() {
		t.Fatal("the locked vault does not know of the keyring")
	}
	wantCode(t, s.UnlockWithKeyring(ctx, old), identity.CodeWrongPassword)
	if err := s.UnlockWithKeyring(ctx, secret); err != nil || s.Locked() {
		t.Fatal(err)
	}
	reopen()
	for range 2 { // while locked, and again
		if err := s.DropKeyring(ctx); err != nil {
			t.Fatal(err)
		}
	}
	wantCode(t, s.UnlockWithKeyring(ctx, secret), identity.CodeWrongPassword)
	reopen()
	if s.HasKeyring() {
		t.Fatal("the keyring is not forgotten")
	}
	if err := s.Unlock(ctx, password); err != nil {
		t.Fatal(err)
	}
}

func TestANewRecoveryCodeOpensAndTheOldOneNoLonger(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	next := must[string](t)(s.NewRecoveryCode(ctx))
	s.Close()
	s = locked(t, dir, storage.Options{})
	_, err := s.NewRecoveryCode(ctx)
	wantCode(t, err, storage.CodeLocked)
	wantCode(t, s.UnlockWithRecovery(ctx, code), identity.CodeWrongPassword)
	if err := s.UnlockWithRecovery(ctx, next); err != nil {
		t.Fatal(err)
	}
}

// With no network the printed code opens, and the vault gets a password of its own; the account's is asked for once the line is up.
func TestAPasswordSetWithoutTheMutualIsSaidToBeAnother(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	if err := s.SetPasswordHere(ctx, []byte("solo qui")); err != nil || !s.Stale() {
		t.Fatal(err)
	}
	s.Close()
	s = locked(t, dir, storage.Options{})
	if err := s.Unlock(ctx, []byte("solo qui")); err != nil || !s.Stale() {
		t.Fatal(err)
	}
	if err := s.SetPassword(ctx, []byte("solo qui"), time.Time{}); err != nil || s.Stale() { // the mutual confirmed it
		t.Fatal(err)
	}
}

func TestASecretThatDoesNotFitCountsAsAWrongPasswordAndOneThatFitsNeedsNoWait(t *testing.T) { // LOG-04
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	share, secret := must[[]byte](t)(s.NewShare(ctx)), must[[]byte](t)(s.NewKeyring(ctx))
	s.Close()
	s = locked(t, dir, storage.Options{})
	for range 3 {
		wantCode(t, s.UnlockWithShare(ctx, secret), identity.CodeWrongPassword)
		wantCode(t, s.UnlockWithKeyring(ctx, share), identity.CodeWrongPassword)
	}
	wantCode(t, s.Unlock(ctx, password), identity.CodeWait)
	if err := s.UnlockWithShare(ctx, share); err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = locked(t, dir, storage.Options{})
	if err := s.Unlock(ctx, password); err != nil {
		t.Fatal(err)
	}
}
