//go:build unix

package storage

import (
	"bufio"
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/storage/slots"
)

// The crash tests run a session in a child process, which kills itself at one point, and look at what it left behind.
const (
	crashVault = "SODALE_CRASH_VAULT"
	crashCode  = "SODALE_CRASH_CODE"
	crashPoint = "SODALE_CRASH_POINT"
	crashNth   = "SODALE_CRASH_NTH"
	crashSeed  = "SODALE_CRASH_SEED"
	crashLeave = "SODALE_CRASH_LEAVE" // "all" or "key"
)

// killer ends the process the nth time it comes by the point.
func killer(point string, nth int) func(string) {
	return func(at string) {
		if at != point {
			return
		}
		if nth--; nth == 0 {
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {}
		}
	}
}

// crashChild is the session: it prints each thing that it was told is done, as a screen would.
func crashChild() {
	nth, _ := strconv.Atoi(os.Getenv(crashNth))
	seed, _ := strconv.ParseUint(os.Getenv(crashSeed), 10, 64)
	o := Options{Fail: killer(os.Getenv(crashPoint), nth), Clock: standing(time.Now())}
	if err := crashSession(os.Getenv(crashVault), os.Getenv(crashCode), o, seed); err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	os.Exit(0)
}

func crashSession(dir, code string, o Options, seed uint64) error {
	ctx := context.Background()
	r := rand.New(rand.NewPCG(seed, 5))
	leave := os.Getenv(crashLeave)
	if code == "create" {
		made, err := Create(dir, o, []byte("password"), Setup{Greeting: "Elena"})
		if err != nil {
			return err
		}
		fmt.Println("code", made)
		code = made
	}
	s, err := Open(dir, o)
	if err != nil {
		return err
	}
	if err := s.UnlockWithRecovery(ctx, code); err != nil {
		return err
	}
	if leave != "" {
		return leaveNow(s, r, leave)
	}
	for range 3 {
		c := claim.Claim{ID: claim.ID(uuid(r)), Open: true, EditedAt: o.Clock.Now(), Documents: []claim.ExpenseDocument{{ID: uuid(r)}}}
		if c, err = say(s, c); err != nil {
			return err
		}
		b, err := s.PutBlob(ctx, func(w io.Writer) error { _, err := fmt.Fprint(w, "sealed ", c.ID); return err })
		if err != nil {
			return err
		}
		c.Documents[0].Attachments = []claim.Attachment{{ID: uuid(r), Blob: b.Digest, Sealed: b.Size}}
		if c, err = say(s, c); err != nil {
			return err
		}
		if err := crashSend(s, c, b, r); err != nil {
			return err
		}
	}
	if err := s.SetTokens(ctx, Tokens{Upload: uuid(r)}); err != nil {
		return err
	}
	for round := range 3 {
		if err := crashAccount(s, r, int(seed)*10+round); err != nil {
			return err
		}
	}
	secret, err := s.NewKeyring(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("keyring %x\n", secret)
	return s.Close()
}

// crashAccount edits, asks the mutual for a change, hears of the account, and renews what opens the vault.
func crashAccount(s *Store, r *rand.Rand, round int) error {
	ctx, person := context.Background(), member.ID(uuid(r))
	e := member.Edit{Change: member.Change{Person: person, Mine: member.Details{EMail: uuid(r)}}, SavedAt: s.options.Clock.Now()}
	if err := s.Resolve(ctx, e, []member.Past{{Person: person, Field: member.FieldEMail}}); err != nil {
		return err
	}
	fmt.Println("edited", person, e.Mine.EMail)
	f := request.Filed{ID: uuid(r), OpID: uuid(r), Revision: 1, Kind: submission.KindProfile, Change: &e.Change}
	sub := submission.Submission{OpID: f.OpID, Kind: f.Kind, Subject: f.ID, Revision: 1, Body: []byte("sealed")}
	if err := s.FreezeRequest(ctx, request.Request{Filed: f}, sub); err != nil {
		return err
	}
	fmt.Println("requested", f.OpID, person)
	standing, err := json.Marshal(account.Standing{RecoveryLeft: round})
	if err != nil {
		return err
	}
	event := submission.FeedEvent{ID: uuid(r), Kind: submission.EventAccount, At: s.options.Clock.Now(), Body: standing}
	if err := s.Apply(ctx, []submission.FeedEvent{event}, submission.Cursor{Epoch: "e", Seq: 2}); err != nil {
		return err
	}
	fmt.Println("standing", round)
	secret, err := s.NewShare(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("share %x\n", secret)
	return s.KeepShare(ctx)
}

// say saves a draft and prints what is saved now.
func say(s *Store, c claim.Claim) (claim.Claim, error) {
	c.IBAN = fmt.Sprint("IT", c.Version)
	c, err := s.SaveDraft(context.Background(), c)
	if err == nil {
		fmt.Println("saved", c.ID, c.Version)
	}
	return c, err
}

// crashSend freezes a claim, moves it on and applies what the mutual says of it.
func crashSend(s *Store, c claim.Claim, b submission.Blob, r *rand.Rand) error {
	ctx := context.Background()
	c.Revision, c.OpID, c.Open = 1, uuid(r), false
	sub := submission.Submission{OpID: c.OpID, Kind: submission.KindClaim, Subject: string(c.ID), Revision: 1, Body: []byte("sealed"), Blobs: []submission.Blob{b}}
	if _, err := s.Freeze(ctx, c, sub); err != nil {
		return err
	}
	fmt.Println("frozen", c.OpID)
	if _, err := s.Move(ctx, c.OpID, submission.Ask, nil); err != nil {
		return err
	}
	if _, err := s.Move(ctx, c.OpID, submission.Receipt, nil); err != nil {
		return err
	}
	fmt.Println("delivered", c.OpID)
	e := submission.FeedEvent{ID: uuid(r), Kind: submission.EventClaimStatus, Subject: string(c.ID), Body: []byte(`{"state":"in-review"}`)}
	return s.Apply(ctx, []submission.FeedEvent{e}, submission.Cursor{Epoch: "e", Seq: 1})
}

// crashPoints are those that the session comes by.
func crashPoints() []string {
	var points []string
	for _, p := range Points {
		what, _, _ := strings.Cut(p, ".")
		if !slices.Contains([]string{"create", "recover", "mend", "purge"}, what) {
			points = append(points, p)
		}
	}
	return points
}

func TestKillingTheProcessAtAnyPointLosesNothingThatWasSaved(t *testing.T) {
	dir, code, _, _ := cheapVault(t)
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	points, killed := crashPoints(), map[string]int{}
	files := map[string][]byte{}
	for _, name := range []string{fileSlots, fileCourier, fileDatabase} {
		if files[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	n := runs(len(points))
	for i := range n {
		if i%50 == 49 {
			writeFolder(t, dir, files) // a vault that grows for ever slows a long run down
		}
		point, nth := points[i%len(points)], 1+i/len(points)%9
		cmd := exec.Command(exe)
		cmd.Env = append(os.Environ(), crashVault+"="+dir, crashCode+"="+code, crashPoint+"="+point,
			crashNth+"="+strconv.Itoa(nth), crashSeed+"="+strconv.Itoa(i))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		var said []string
		for lines := bufio.NewScanner(out); lines.Scan(); {
			said = append(said, lines.Text())
		}
		if cmd.Wait() != nil {
			killed[point]++
		}
		s := reopen(t, dir, code, Options{})
		checkSurvivor(t, s, fmt.Sprintf("case %d: %s, %d", i, point, nth), said)
		s.Close()
		if t.Failed() {
			return
		}
	}
	for _, point := range points[:min(n, len(points))] {
		if killed[point] == 0 {
			t.Errorf("no session was killed at %s", point)
		}
	}
	t.Logf("%d sessions, killed at %v", n, killed)
}

// checkSurvivor holds what a killed session had been told against what is there.
func checkSurvivor(t *testing.T, s *Store, label string, said []string) {
	t.Helper()
	if s.Damage() != nil {
		t.Errorf("%s: %v", label, s.Damage())
	}
	for _, line := range said {
		words := strings.Fields(line)
		switch words[0] {
		case "error":
			t.Errorf("%s: %s", label, line)
		case "saved":
			version, _ := strconv.ParseUint(words[2], 10, 64)
			if c := s.personal.claims[claim.ID(words[1])]; c.Version < version {
				t.Errorf("%s: %s, but version %d is there", label, line, c.Version)
			}
		case "frozen", "requested", "delivered":
			d, ok := s.outbox.deliveries[words[1]]
			if !ok || words[0] == "delivered" && d.Status != submission.Delivered {
				t.Errorf("%s: %s, but the delivery is %+v", label, line, d)
			}
		}
	}
	checkWhole(t, s, label)
	checkAccount(t, s, label, said)
}

// checkAccount holds what was said of edits, requests, the account and the ways into the vault against what is there.
func checkAccount(t *testing.T, s *Store, label string, said []string) {
	t.Helper()
	last := map[string]string{}
	for _, line := range said {
		words := strings.Fields(line)
		last[words[0]] = words[len(words)-1]
		switch words[0] {
		case "edited":
			person := member.ID(words[1])
			sent := slices.ContainsFunc(s.personal.requests, func(r requestRecord) bool { return r.Filed.Change.Person == person })
			if e, kept := s.personal.edits[person]; kept == sent || kept && e.Mine.EMail != words[2] {
				t.Errorf("%s: %s, kept %v, sent %v", label, line, kept, sent)
			}
		case "requested":
			if !slices.ContainsFunc(s.personal.requests, func(r requestRecord) bool { return r.Filed.OpID == words[1] }) {
				t.Errorf("%s: %s, and it is not there", label, line)
			}
		}
	}
	if want, err := strconv.Atoi(last["standing"]); err == nil && s.personal.standing.Value.RecoveryLeft < want {
		t.Errorf("%s: standing %d, but %d is there", label, want, s.personal.standing.Value.RecoveryLeft)
	}
	for _, way := range []struct {
		said string
		kind slots.Kind
	}{{last["share"], slots.Share}, {last["keyring"], slots.Keyring}} {
		if way.said == "" {
			continue
		}
		secret, err := hex.DecodeString(way.said)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(s.slots.Slots, func(slot slots.Slot) bool {
			if slot.Kind != way.kind {
				return false
			}
			key, err := slot.Open(s.slots.Vault, secret)
			return err == nil && bytes.Equal(key, s.secret)
		}) {
			t.Errorf("%s: what was said to open the vault (%d) does not", label, way.kind)
		}
	}
}

// checkWhole verifies that claims, submissions, deliveries and files fit together.
func checkWhole(t *testing.T, s *Store, label string) {
	t.Helper()
	digests, err := s.blobNames()
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, c := range s.personal.claims {
		if d, ok := s.outbox.deliveries[c.OpID]; (c.Revision > 0) != ok || ok && d.Subject != string(c.ID) {
			t.Errorf("%s: claim %s and its delivery do not fit", label, c.ID)
		}
		for _, a := range c.Attachments() {
			named[a.Blob] = true
			if !slices.Contains(digests, a.Blob) {
				t.Errorf("%s: file %s is missing", label, a.Blob)
			}
		}
	}
	for _, r := range s.personal.requests {
		if d, ok := s.outbox.deliveries[r.Filed.OpID]; !ok || d.Subject != r.Filed.ID {
			t.Errorf("%s: request %s and its delivery do not fit", label, r.Filed.OpID)
		}
	}
	for op := range s.outbox.deliveries {
		if _, err := s.Frozen(context.Background(), op); err != nil {
			t.Errorf("%s: %v", label, err)
		}
	}
	for _, digest := range digests {
		if !named[digest] {
			t.Errorf("%s: file %s is an orphan", label, digest)
		}
	}
	if _, err := s.Audit(context.Background()); err != nil {
		t.Errorf("%s: %v", label, err)
	}
}

func TestACreationThatIsKilledLeavesAVaultOrNone(t *testing.T) {
	for _, point := range []string{"create.before-rename", "create.after-rename"} {
		dir := filepath.Join(t.TempDir(), "vault")
		stopped := fmt.Errorf("stopped")
		func() {
			defer func() {
				if err, _ := recover().(error); !errors.Is(err, stopped) {
					t.Fatal("the point was not passed")
				}
			}()
			_, err := Create(dir, Options{Fail: func(at string) {
				if at == point {
					panic(stopped)
				}
			}}, []byte("password"), Setup{})
			t.Fatal(err)
		}()
		if Exists(dir) != (point == "create.after-rename") {
			t.Errorf("%s: a vault is there: %v", point, Exists(dir))
		}
		if Exists(dir) {
			continue
		}
		if _, err := Create(dir, Options{}, []byte("password"), Setup{}); err != nil {
			t.Fatal(err)
		}
		if left, err := os.ReadDir(filepath.Dir(dir)); err != nil || len(left) != 1 {
			t.Errorf("%d folders are left, %v", len(left), err)
		}
	}
}
