package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/document/sample"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/storage"
)

// mailbox is where the mutual's messages end up while no carrier is set: a member reads codes there.
type mailbox struct {
	dir  string
	read map[string]bool
}

// mailboxOf opens the mailbox of a mutual; what lies in it already counts as read.
func mailboxOf(m *localMutual) *mailbox {
	b := &mailbox{dir: filepath.Join(m.data, "outgoing"), read: map[string]bool{}}
	for _, name := range b.names("") {
		b.read[name] = true
	}
	return b
}

func (b *mailbox) names(ending string) (names []string) {
	entries, err := os.ReadDir(b.dir)
	if err != nil {
		return nil // made with the first message
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ending) && !strings.HasSuffix(e.Name(), ".new") {
			names = append(names, e.Name())
		}
	}
	return names
}

// next waits for a message that was not read yet: ".eml" or ".sms.txt".
func (b *mailbox) next(t testing.TB, ending string) string {
	t.Helper()
	var text string
	waitFor(t, "a message "+ending, func() bool {
		for _, name := range b.names(ending) {
			if b.read[name] {
				continue
			}
			b.read[name] = true
			content, err := os.ReadFile(filepath.Join(b.dir, name))
			if err != nil {
				t.Fatal(err)
			}
			text = string(content)
			return true
		}
		return false
	})
	return text
}

var codeShape = regexp.MustCompile(`codice.{1,12}?\b([0-9]{6,8})\b`)

// code waits for a message with a code in it and returns the code.
func (b *mailbox) code(t testing.TB, ending string) string {
	t.Helper()
	for {
		if found := codeShape.FindStringSubmatch(b.next(t, ending)); found != nil {
			return found[1]
		}
	}
}

// waitFor polls until done, for at most half a minute.
func waitFor(t testing.TB, what string, done func() bool) {
	t.Helper()
	deadline := time.After(30 * time.Second)
	for tick := time.NewTicker(20 * time.Millisecond); ; {
		if done() {
			tick.Stop()
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

// computerOf activates one more computer of the demo member and returns its folder.
func computerOf(t testing.TB, m *localMutual, password string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "vault")
	ctx, cancel := context.WithTimeout(context.Background(), activateTime)
	defer cancel()
	if _, err := activate(ctx, dir, m.profile, m.user, password); err != nil {
		t.Fatal(err)
	}
	return dir
}

// opened opens the vault in dir with a password; it is closed when the test ends.
func opened(t testing.TB, dir, password string) *house {
	t.Helper()
	h := locked(t, dir)
	if err := h.Unlock(t.Context(), []byte(password)); err != nil {
		t.Fatal(err)
	}
	return h
}

func locked(t testing.TB, dir string) *house {
	t.Helper()
	h, err := openHouse(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.close)
	return h
}

func wantCode(t testing.TB, err error, want fault.Code) {
	t.Helper()
	if got := fault.CodeOf(err); got != want {
		t.Errorf("got %q (%v), want %q", got, err, want)
	}
}

// A forgotten password costs nothing: what was queued leaves while the vault is locked, and the code sent by e-mail with this
// computer's disk opens the drafts again (LOG-09 … LOG-12).
func TestAForgottenPasswordNeverStrandsAClaim(t *testing.T) {
	m := startTestMutual(t)
	dir := computerOf(t, m, m.password)
	h := opened(t, dir, m.password)
	waitFor(t, "the share at the mutual", h.store.ShareKept)
	draft := draftWith(t, h, [][]byte{sample.Ticket().PDF()})
	queued := draftWith(t, h, [][]byte{sample.Ticket().PDF()})
	h.rest() // the line is down
	if _, err := h.desk.Finalise(t.Context(), queued); err != nil {
		t.Fatal(err)
	}
	h.close()

	h = locked(t, dir)
	waitFor(t, "the queued claim at the mutual", func() bool {
		var listed []atMutual
		return m.ask(&listed, "claim", "list") == nil && len(listed) == 1
	})
	box, desk := mailboxOf(m), h.access()
	r, err := desk.Portal.Reset(t.Context(), desk.Vault.User())
	if err != nil {
		t.Fatal(err)
	}
	proof := account.ResetProof{Ticket: r.Ticket, Code: "00000000", Password: "Nuova-2027!"}
	wantCode(t, desk.FinishReset(t.Context(), proof), account.CodeCodeWrong)
	if !h.store.Locked() {
		t.Fatal("a wrong code opened the vault")
	}
	proof.Code = box.code(t, ".eml")
	if err := desk.FinishReset(t.Context(), proof); err != nil {
		t.Fatal(err)
	}
	if _, err := h.desk.Open(t.Context(), draft); err != nil {
		t.Errorf("the draft: %v", err)
	}
	h.close()

	h = locked(t, dir)
	wantCode(t, h.Unlock(t.Context(), []byte(m.password)), identity.CodeWrongPassword)
	if err := h.Unlock(t.Context(), []byte("Nuova-2027!")); err != nil || h.store.Stale() {
		t.Errorf("the new password: %v, stale %v", err, h.store.Stale())
	}
}

// The mutual's half and this disk open the vault only together: neither the share without the disk nor the disk without the share.
func TestAShareOpensNoOtherComputersVault(t *testing.T) {
	m := startTestMutual(t)
	one, other := computerOf(t, m, m.password), computerOf(t, m, m.password)
	h := opened(t, one, m.password)
	share, err := h.store.NewShare(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.close()
	wantCode(t, locked(t, other).store.UnlockWithShare(t.Context(), share), identity.CodeWrongPassword)
	wantCode(t, locked(t, one).store.UnlockWithShare(t.Context(), make([]byte, len(share))), identity.CodeWrongPassword)
}

// A password that was changed on another computer is said at the next unlock, which takes both: the old one, which then is given
// up for the new, and with a network the new one alone.
func TestAPasswordChangedElsewhereIsSaidAndBothAreTaken(t *testing.T) {
	m := startTestMutual(t)
	here, alone, there := computerOf(t, m, m.password), computerOf(t, m, m.password), computerOf(t, m, m.password)
	for _, dir := range []string{here, alone} {
		h := opened(t, dir, m.password)
		waitFor(t, "the share at the mutual", h.store.ShareKept)
		h.close()
	}
	const next = "Nuova-2027!"
	h := opened(t, there, m.password)
	if err := h.access().ChangePassword(t.Context(), "sbagliata", next, false); fault.CodeOf(err) != account.CodeWrong {
		t.Errorf("a wrong current password gave %v", err)
	}
	if err := h.access().ChangePassword(t.Context(), m.password, next, false); err != nil {
		t.Fatal(err)
	}
	h.close()

	h = opened(t, here, m.password) // the old one opens
	waitFor(t, "the word of the other computer", h.store.Stale)
	h.close()
	h = locked(t, here)
	if !h.store.Stale() {
		t.Error("the locked vault does not know that it is behind")
	}
	if err := h.Unlock(t.Context(), []byte(m.password)); err != nil {
		t.Fatal(err)
	}
	wantCode(t, h.access().Align(t.Context(), account.Credentials{User: m.user, Password: "sbagliata"}), account.CodeWrong)
	if err := h.access().Align(t.Context(), account.Credentials{User: m.user, Password: next}); err != nil {
		t.Fatal(err)
	}
	h.close()
	if h = opened(t, here, next); h.store.Stale() {
		t.Error("the vault still says that it is behind")
	}

	h = locked(t, alone)
	if err := h.access().TakeOver(t.Context(), account.Credentials{User: m.user, Password: next}); err != nil {
		t.Fatal(err)
	}
	h.close()
	opened(t, alone, next)
}

// A computer that was signed out locks at its next contact and keeps its drafts; where the member asked so, its key is destroyed
// and what was queued is kept (SES-02).
func TestAComputerThatWasSignedOutLocksOrLosesItsKey(t *testing.T) {
	m := startTestMutual(t)
	mine := opened(t, computerOf(t, m, m.password), m.password)
	for _, destroy := range []bool{false, true} {
		dir := computerOf(t, m, m.password)
		h := opened(t, dir, m.password)
		draft := draftWith(t, h, [][]byte{sample.Ticket().PDF()})
		lockedNow := make(chan struct{}, 1)
		h.onSignedOut(func() { lockedNow <- struct{}{} })
		desk := mine.access()
		if err := desk.Portal.EndSession(t.Context(), h.store.Device(), "sbagliata", destroy); fault.CodeOf(err) != account.CodeWrong {
			t.Errorf("a wrong password gave %v", err)
		}
		if err := desk.Portal.EndSession(t.Context(), h.store.Device(), m.password, destroy); err != nil {
			t.Fatal(err)
		}
		h.line().Poke()
		select {
		case <-lockedNow:
		case <-time.After(30 * time.Second):
			t.Fatal("nothing locked")
		}
		h.close()
		if destroy {
			_, err := openHouse(dir, nil)
			wantCode(t, err, storage.CodeDestroyed)
			continue
		}
		h = opened(t, dir, m.password)
		if _, err := h.desk.Open(t.Context(), draft); err != nil {
			t.Errorf("the draft: %v", err)
		}
		if h.store.Full() != "" {
			t.Error("the tokens were kept")
		}
		if err := h.signInAgain(t.Context(), account.Credentials{User: m.user, Password: m.password, Device: "PC"}); err != nil {
			t.Error(err)
		}
	}
}

// The second factor is asked after the password, a code works once, and a recovery code in its place works once (TFA-07 … TFA-09).
func TestTheSecondFactorOnRealMutual(t *testing.T) {
	m := startTestMutual(t)
	h := opened(t, computerOf(t, m, m.password), m.password)
	door := h.access().Portal
	_, err := door.BeginFactor(t.Context(), "sbagliata")
	wantCode(t, err, account.CodeWrong)
	f, err := door.BeginFactor(t.Context(), m.password)
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Recovery) != 10 {
		t.Errorf("%d recovery codes", len(f.Recovery))
	}
	wantCode(t, door.ConfirmFactor(t.Context(), "000000"), account.CodeFactorWrong)
	code, err := totp.GenerateCode(f.Secret, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if err := door.ConfirmFactor(t.Context(), code); err != nil {
		t.Fatal(err)
	}
	signIn := func(factor, recovery string) error {
		_, err := portalOf(m.profile).SignIn(t.Context(), account.Credentials{User: m.user, Password: m.password, Factor: factor, Recovery: recovery, Device: "PC"})
		return err
	}
	wantCode(t, signIn("", ""), account.CodeFactor)
	wantCode(t, signIn(code, ""), account.CodeFactorWrong) // it was used to confirm
	if err := signIn("", f.Recovery[3]); err != nil {
		t.Errorf("a recovery code: %v", err)
	}
	wantCode(t, signIn("", f.Recovery[3]), account.CodeFactorWrong)
	waitFor(t, "the standing with nine codes left", func() bool {
		s, err := h.store.Standing(context.Background())
		return err == nil && s.FactorOn && s.RecoveryLeft == 9
	})
	if err := door.EndFactor(t.Context(), m.password); err != nil {
		t.Fatal(err)
	}
	if err := signIn("", ""); err != nil {
		t.Errorf("without a second factor: %v", err)
	}
}
