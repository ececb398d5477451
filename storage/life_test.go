package storage_test

import (
	"context"
	"crypto/rand"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/claim/claimtest"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/storage"
	"github.com/sodale/sodale/storage/slots"
)

// life is a member, their vault and their mutual, which hear of each other only when the line is there.
type life struct {
	root, code string
	dir        string
	s          *storage.Store
	clock      *handClock
	mutual     *theMutual
	requests   *request.Desk
	access     *account.Desk

	known  []string // passwords that may be the vault's, as far as the member can tell
	drafts map[claim.ID]claim.Claim
	typed  map[member.Field][]member.Details // the last is the one that was saved, or all since a kill
	made   int
	cut    func(string) // copies the folder at the next point, as if the power had gone there
	copied string
	killed bool // by the last step
}

func (l *life) fresh(what string) string { l.made++; return fmt.Sprintf("%s-%d", what, l.made) }

func (l *life) open(t *rapid.T) {
	s, err := storage.Open(l.dir, storage.Options{Clock: l.clock, Strict: true, Fail: func(point string) {
		if l.cut != nil {
			l.cut(point)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	l.s = s
	l.requests = &request.Desk{Vault: s, Sealer: claimtest.Sealer{}, Clock: l.clock, Random: rand.Reader}
	l.access = &account.Desk{Portal: l.mutual, Vault: s}
}

// lock ends the program and starts it again.
func (l *life) lock(t *rapid.T) {
	if err := l.s.Close(); err != nil {
		t.Fatal(err)
	}
	l.open(t)
}

// maybe runs what changes something. Sometimes the process is killed at one of its points; then the outcome is not known, and
// the member goes on with the locked vault that is there. It reports whether what was done was told to be done.
func (l *life) maybe(t *rapid.T, do func() error) bool {
	points := 0
	dieAt := rapid.IntRange(-12, 6).Draw(t, "killed at point")
	l.killed = false
	l.cut = func(string) {
		if points++; points == dieAt && l.copied == "" {
			l.copied = filepath.Join(l.root, l.fresh("killed"))
			if err := os.CopyFS(l.copied, os.DirFS(l.dir)); err != nil {
				t.Fatal(err)
			}
		}
	}
	err := do()
	l.cut = nil
	if l.copied != "" {
		l.s.Close()
		os.RemoveAll(l.dir)
		l.dir, l.copied = l.copied, ""
		l.open(t)
		l.killed = true
		return false
	}
	if err != nil && fault.CodeOf(err) != "line.down" {
		t.Fatal(err)
	}
	return err == nil
}

// typePasswords unlocks as a member does who does not know which of their passwords it is: none is tried that they never chose.
func (l *life) typePasswords(t *rapid.T) {
	tries := append([]string{l.mutual.password}, l.known...)
	slices.Reverse(tries[1:])
	for _, p := range tries {
		l.clock.now = l.clock.now.Add(time.Hour) // patience
		err := l.s.Unlock(context.Background(), []byte(p))
		if err == nil {
			l.known = []string{p}
			return
		}
		if fault.CodeOf(err) != identity.CodeWrongPassword {
			t.Fatal(err)
		}
	}
	t.Fatalf("none of the passwords %v opens the vault", tries)
}

// check: every draft is readable, and whatever was typed last in a field is on the sheet, on its way, was taken by the mutual, or was
// given up and kept.
func (l *life) check(t *rapid.T) {
	if l.s.Locked() {
		return
	}
	ctx := context.Background()
	if d := l.s.Damage(); d != nil {
		t.Fatal(d)
	}
	for id, want := range l.drafts {
		got, err := l.s.Claim(ctx, id)
		if err != nil || got.Version < want.Version || got.Version == want.Version && got.IBAN != want.IBAN {
			t.Fatalf("draft %+v, want %+v, %v", got, want, err)
		}
	}
	sheet, err := l.requests.Sheet(ctx, "elena")
	if err != nil {
		t.Fatal(err)
	}
	past, err := l.s.Past(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for f, values := range l.typed {
		if !slices.ContainsFunc(values, func(value member.Details) bool {
			same := func(d member.Details) bool { return d.Same(value, f) }
			return same(sheet.Edit.Mine) || same(sheet.Expected) || slices.ContainsFunc(l.mutual.applied, same) ||
				slices.ContainsFunc(past, func(p member.Past) bool { return p.Field == f && p.Whose == member.WhoseMine && same(p.Value) })
		}) {
			t.Fatalf("%s %+v is lost: sheet %+v", f, values, sheet)
		}
	}
}

// opened skips what needs the open vault.
func (l *life) opened(t *rapid.T) {
	if l.s.Locked() {
		t.Skip("locked")
	}
}

func (l *life) Draft(t *rapid.T) {
	l.opened(t)
	c := claim.Claim{ID: claim.ID(l.fresh("claim")), Open: true, IBAN: l.fresh("iban")}
	if len(l.drafts) > 0 && rapid.Bool().Draw(t, "again") {
		c = l.drafts[rapid.SampledFrom(slices.Sorted(maps.Keys(l.drafts))).Draw(t, "which")]
		stored, err := l.s.Claim(context.Background(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		c, c.IBAN = stored, l.fresh("iban")
	}
	l.maybe(t, func() error {
		saved, err := l.s.SaveDraft(context.Background(), c)
		if err == nil && l.copied == "" {
			l.drafts[c.ID] = saved
		}
		return err
	})
}

// fields are three that take whatever is invented and need no proof.
var fields = []member.Field{member.FieldDomicile, member.FieldPhoto, member.FieldIBAN}

func detailsWith(f member.Field, value string) member.Details {
	return member.Details{}.With(f, member.Details{Domicile: &member.Address{Street: value}, Photo: []byte(value), IBAN: value})
}

func (l *life) sheet(t *rapid.T) request.Sheet {
	l.opened(t)
	s, err := l.requests.Sheet(context.Background(), "elena")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (l *life) EditHere(t *rapid.T) {
	f, e := rapid.SampledFrom(fields).Draw(t, "field"), l.sheet(t).Edit
	value := detailsWith(f, l.fresh("value"))
	e.Mine = e.Mine.With(f, value)
	told := l.maybe(t, func() error { _, err := l.requests.SaveEdit(context.Background(), e); return err })
	if told {
		l.typed[f] = nil
	}
	if told || len(l.typed[f]) > 0 {
		l.typed[f] = append(l.typed[f], value)
	}
}

func (l *life) Send(t *rapid.T) {
	e := l.sheet(t).Edit
	l.maybe(t, func() error {
		_, err := l.requests.ChangeDetails(context.Background(), e)
		if code := fault.CodeOf(err); code == request.CodeNothing || code == request.CodeUndecided {
			return nil
		}
		return err
	})
}

func (l *life) Decide(t *rapid.T) {
	s, choices := l.sheet(t), map[member.Field]bool{}
	for _, c := range s.Conflicts {
		choices[c.Field] = rapid.Bool().Draw(t, "mine")
	}
	l.maybe(t, func() error { _, err := l.requests.Decide(context.Background(), s, choices); return err })
}

func (l *life) EditAtTheMutual(t *rapid.T) {
	f := rapid.SampledFrom(fields).Draw(t, "field")
	said, _ := l.mutual.household.Details("elena")
	l.mutual.household = l.mutual.household.With("elena", said.With(f, detailsWith(f, l.fresh("theirs"))))
	l.sayHousehold(t)
}

// Deliver hands the next request to the mutual, which takes it whole or refuses it whole. The vault may be locked.
func (l *life) Deliver(t *rapid.T) {
	ctx := context.Background()
	list, err := l.s.Deliveries(ctx)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(list, func(d submission.Delivery) bool {
		return d.Status == submission.Queued || d.Status == submission.Unconfirmed
	})
	if i < 0 {
		t.Skip("nothing to deliver")
	}
	sub, err := l.s.Frozen(ctx, list[i].OpID)
	if err != nil {
		t.Fatal(err)
	}
	step := l.take(t, sub)
	l.maybe(t, func() error {
		if _, err := l.s.Move(ctx, sub.OpID, submission.Ask, nil); err != nil {
			return err
		}
		_, err := l.s.Move(ctx, sub.OpID, step, nil)
		return err
	})
}

// Sync fetches the news and leaves a share at the mutual.
func (l *life) Sync(t *rapid.T) {
	l.opened(t)
	l.mutual.lost = rapid.Bool().Draw(t, "answer lost")
	l.maybe(t, func() error {
		m := l.mutual
		if err := l.s.Apply(context.Background(), m.events[m.told:], submission.Cursor{Epoch: "e", Seq: int64(len(m.events))}); err != nil {
			return err
		}
		if l.copied == "" {
			m.told = len(m.events)
		}
		return l.access.KeepReset(context.Background())
	})
	l.mutual.lost = false
	if !l.killed && !l.s.Stale() && !slices.Contains(l.known, l.mutual.password) {
		t.Fatalf("not stale, the vault has %v, the account %q", l.known, l.mutual.password)
	}
}

func (l *life) ChangePasswordHere(t *rapid.T) {
	l.opened(t)
	next := l.fresh("password")
	l.mutual.lost = rapid.Bool().Draw(t, "answer lost")
	l.known = append(l.known, next)
	if l.maybe(t, func() error { return l.access.ChangePassword(context.Background(), l.mutual.password, next, false) }) {
		l.known = []string{next}
	}
	l.mutual.lost = false
	l.mutual.say(t, submission.EventAccount, l.mutual.standing)
}

func (l *life) ChangePasswordThere(t *rapid.T) {
	l.mutual.change(l.fresh("password"), "another")
	l.mutual.say(t, submission.EventAccount, l.mutual.standing)
}

// TakeOver opens with the account's password alone, which is another than the vault's.
func (l *life) TakeOver(t *rapid.T) {
	if !l.s.Locked() || l.mutual.share == nil {
		t.Skip("open, or no share")
	}
	l.known = append(l.known, l.mutual.password)
	if l.maybe(t, func() error {
		return l.access.TakeOver(context.Background(), account.Credentials{Password: l.mutual.password})
	}) {
		l.known = []string{l.mutual.password}
	}
}

func (l *life) Align(t *rapid.T) {
	l.opened(t)
	l.known = append(l.known, l.mutual.password)
	if l.maybe(t, func() error {
		return l.access.Align(context.Background(), account.Credentials{Password: l.mutual.password})
	}) {
		l.known = []string{l.mutual.password}
	}
}

// Reset: the member forgot everything. Whatever was cut off before, the share that the mutual has opens the vault.
func (l *life) Reset(t *rapid.T) {
	if !l.s.Locked() || l.mutual.share == nil {
		t.Skip("open, or no share")
	}
	next := l.fresh("password")
	l.known = append(l.known, next)
	if l.maybe(t, func() error { return l.access.FinishReset(context.Background(), account.ResetProof{Password: next}) }) {
		l.known = []string{next}
	}
	l.mutual.say(t, submission.EventAccount, l.mutual.standing)
}

// RecoverOffline opens with the printed code and sets a password of the vault alone.
func (l *life) RecoverOffline(t *rapid.T) {
	if !l.s.Locked() {
		t.Skip("open")
	}
	next := l.fresh("password")
	l.known = append(l.known, next)
	if l.maybe(t, func() error {
		if err := l.s.UnlockWithRecovery(context.Background(), l.code); err != nil {
			return err
		}
		return l.s.SetPasswordHere(context.Background(), []byte(next))
	}) {
		l.known = []string{next}
	}
}

func (l *life) Lock(t *rapid.T) { l.lock(t) }

func (l *life) Unlock(t *rapid.T) {
	if !l.s.Locked() {
		t.Skip("open")
	}
	l.typePasswords(t)
}

// The property: any interleaving of edits here and at the mutual, news, passwords changed here and there, resets, locks and
// kills keeps every draft readable with a password that the member knows, and loses no edit of a field silently.
func TestWhateverHappensEveryDraftStaysReadableWithAKnownPasswordAndNoEditIsLost(t *testing.T) { // SES-03, LOG-11
	standard := slots.Standard
	slots.Standard = slots.Params{Passes: 1, MemoryKiB: 46 << 10, Threads: 4} // the floor: a life has many passwords
	defer func() { slots.Standard = standard }()
	if checks := flag.Lookup("rapid.checks").Value; checks.String() == "30" { // each of these is slow
		defer checks.Set("30")
		if err := checks.Set("10"); err != nil {
			t.Fatal(err)
		}
	}
	files, code := fresh()
	root, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		l := &life{root: filepath.Join(root, fmt.Sprint(n)), code: code, clock: &handClock{start}, known: []string{string(password)},
			drafts: map[claim.ID]claim.Claim{}, typed: map[member.Field][]member.Details{}}
		l.dir = filepath.Join(l.root, "vault")
		l.mutual = &theMutual{clock: l.clock, password: string(password), household: household, answers: map[string]submission.Step{}}
		l.mutual.dead = func() bool { return l.copied != "" }
		if err := os.CopyFS(l.dir, files); err != nil {
			t.Fatal(err)
		}
		l.open(t)
		defer func() { l.s.Close(); os.RemoveAll(l.root) }()
		t.Repeat(map[string]func(*rapid.T){"": l.check, "draft": l.Draft, "edit here": l.EditHere, "send": l.Send, "decide": l.Decide,
			"edit at the mutual": l.EditAtTheMutual, "deliver": l.Deliver, "sync": l.Sync, "change password here": l.ChangePasswordHere,
			"change password there": l.ChangePasswordThere, "take over": l.TakeOver, "align": l.Align, "reset": l.Reset,
			"recover offline": l.RecoverOffline, "lock": l.Lock, "unlock": l.Unlock})
		if l.s.Locked() {
			l.typePasswords(t)
			l.check(t)
		}
	})
}
