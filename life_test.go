package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/iban"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/money"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/engine"
)

// life is one member with two computers at a real mutual, through a seeded row of days: what was typed, what the mutual was
// told, and every password the member knows.
type life struct {
	t     *testing.T
	dice  *rand.Rand
	m     *localMutual
	box   *mailbox
	dir   string // of the computer the member works on
	there string // of the other one
	h     *house // nil = locked and closed
	cable *line

	account string            // the account's password
	vault   string            // this vault's
	drafts  map[claim.ID]int  // what was last typed into each draft, as an amount
	typed   map[string]string // every IBAN the member typed, and how far it came
	told    string            // the IBAN that the mutual last wrote itself
	serial  int
}

// TestNoDraftAndNoEditIsLostWhateverTheOrder plays edits here and at the mutual, contacts, password changes here and there, resets,
// locks and crashes in seeded orders; SODALE_RUNS plays more of them. Every draft stays readable with a password the member
// knows, and every IBAN that either side wrote is somewhere: in the household, in an edit, in a request or in the history
// (LOG-09 … LOG-12, PER-02).
func TestNoDraftAndNoEditIsLostWhateverTheOrder(t *testing.T) {
	runs, seed := 2, uint64(20261122)
	if n, err := strconv.Atoi(os.Getenv("SODALE_RUNS")); err == nil {
		runs = n
	}
	if n, err := strconv.ParseUint(os.Getenv("SODALE_SEED"), 10, 64); err == nil {
		seed = n
	}
	buildMutuad(t)
	for run := range runs {
		t.Run(fmt.Sprint("seed ", seed+uint64(run)), func(t *testing.T) { playLife(t, seed+uint64(run)) })
	}
}

func playLife(t *testing.T, seed uint64) {
	m, err := startMutual(filepath.Join(t.TempDir(), "mutual"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.stop)
	l := &life{t: t, dice: rand.New(rand.NewPCG(seed, 1)), m: m, box: mailboxOf(m), account: m.password, vault: m.password,
		dir: computerOf(t, m, m.password), there: computerOf(t, m, m.password), drafts: map[claim.ID]int{}, typed: map[string]string{}}
	l.unlock()
	l.contact()
	waitFor(t, "the share at the mutual", l.h.store.ShareKept)
	days := []struct {
		name string
		do   func()
	}{{"edit a draft", l.editDraft}, {"edit the IBAN", l.editAccount}, {"send the IBAN", l.sendAccount}, {"the mutual edits", l.mutualEdits},
		{"contact", l.contact}, {"password here", l.passwordHere}, {"password there", l.passwordThere}, {"reset", l.reset}, {"lock", l.lock}, {"crash", l.crash}}
	var story []string
	for range 14 {
		day := days[l.dice.IntN(len(days))]
		story = append(story, day.name)
		day.do()
		if l.h == nil {
			l.unlock()
		}
		l.check()
		if t.Failed() {
			t.Fatalf("after %q", story)
		}
	}
	l.contact()
	l.check()
	l.h.close()
	if t.Failed() {
		t.Fatalf("after %q", story)
	}
}

// open opens the house on its own cable, which is cut.
func (l *life) open() {
	l.t.Helper()
	l.cable = newLine(engine.NewTransport(l.m.profile))
	l.cable.cut()
	h, err := openHouse(l.dir, l.cable)
	if err != nil {
		l.t.Fatal(err)
	}
	l.h = h
	l.t.Cleanup(h.close)
}

// unlock opens the vault with its password, with no network.
func (l *life) unlock() {
	l.t.Helper()
	l.open()
	if err := l.h.Unlock(l.t.Context(), []byte(l.vault)); err != nil {
		l.t.Fatalf("the password that the member knows: %v", err)
	}
}

func (l *life) lock() {
	l.h.close()
	l.h = nil
}

// crash goes on with the disk as it is at this moment: nothing was closed.
func (l *life) crash() {
	l.t.Helper()
	copied := filepath.Join(l.t.TempDir(), "vault")
	l.h.rest()
	if err := os.CopyFS(copied, os.DirFS(l.dir)); err != nil {
		l.t.Fatal(err)
	}
	l.h.close()
	l.dir, l.h = copied, nil
}

func (l *life) editDraft() {
	l.t.Helper()
	ctx := l.t.Context()
	for id := range l.drafts {
		if l.dice.IntN(2) == 0 {
			found, err := l.h.desk.Open(ctx, id)
			if err != nil {
				l.t.Fatal(err)
			}
			l.typeInto(found.Claim)
			return
		}
	}
	c, err := l.h.desk.New(ctx)
	if err != nil {
		l.t.Fatal(err)
	}
	l.typeInto(c)
}

// typeInto types a new amount and saves: from then on it must be there.
func (l *life) typeInto(c claim.Claim) {
	l.t.Helper()
	l.serial++
	c.Documents[0].Amount = money.Cents(1000 + l.serial)
	if _, err := l.h.desk.Save(l.t.Context(), c); err != nil {
		l.t.Fatal(err)
	}
	l.drafts[c.ID] = l.serial
}

func (l *life) holder() member.ID {
	l.t.Helper()
	h, err := l.h.store.Household(l.t.Context())
	if err != nil {
		l.t.Fatal(err)
	}
	return h.Holder.ID
}

func (l *life) sheet() request.Sheet {
	l.t.Helper()
	s, err := l.h.requests.Sheet(l.t.Context(), l.holder())
	if err != nil {
		l.t.Fatal(err)
	}
	return s
}

// account27 is an IBAN that nobody has used before.
func (l *life) account27() string {
	l.serial++
	number, ok := iban.Italian("05428", "01602", fmt.Sprintf("%012d", l.serial))
	if !ok {
		l.t.Fatal("no IBAN of an Italian account")
	}
	return string(number)
}

func (l *life) editAccount() {
	l.t.Helper()
	s := l.sheet()
	typed := l.account27()
	s.Edit.Mine.IBAN = typed
	if _, err := l.h.requests.SaveEdit(l.t.Context(), s.Edit); err != nil {
		l.t.Fatal(err)
	}
	for old, where := range l.typed {
		if where == "edit" {
			delete(l.typed, old) // the member wrote over it, before anybody else saw it
		}
	}
	l.typed[typed] = "edit"
}

// sendAccount sends the edit; where both sides changed it, the member decides by the dice.
func (l *life) sendAccount() {
	l.t.Helper()
	s := l.sheet()
	if len(s.Conflicts) > 0 {
		choices := map[member.Field]bool{}
		for _, c := range s.Conflicts {
			choices[c.Field] = l.dice.IntN(2) == 0
		}
		var err error
		if s, err = l.h.requests.Decide(l.t.Context(), s, choices); err != nil {
			l.t.Fatal(err)
		}
	}
	_, err := l.h.requests.ChangeDetails(l.t.Context(), s.Edit)
	if code := fault.CodeOf(err); err != nil && code != request.CodeNothing {
		l.t.Fatal(err)
	}
	for number := range l.typed {
		l.typed[number] = "sent"
	}
}

func (l *life) mutualEdits() {
	l.t.Helper()
	l.told = l.account27()
	var entry any
	if err := l.m.ask(&entry, "member", "edit", l.m.user, "--iban", l.told); err != nil {
		l.t.Fatal(err)
	}
}

// contact lets everything through until nothing waits, then cuts the line again.
func (l *life) contact() {
	l.t.Helper()
	l.cable.mend()
	l.h.line().Poke()
	waitFor(l.t, "the queue", func() bool {
		list, err := l.h.store.Deliveries(context.Background())
		for _, d := range list {
			if d.Status != submission.Delivered && d.Status != submission.Held {
				return false
			}
		}
		return err == nil && l.h.line().Link().Online
	})
	waitFor(l.t, "the mutual's last word", func() bool { return l.told == "" || l.knows(l.told) })
	l.cable.cut()
}

func (l *life) passwordHere() {
	l.t.Helper()
	l.cable.mend()
	defer l.cable.cut()
	l.serial++
	next := fmt.Sprintf("Di-casa-%04d", l.serial)
	if err := l.h.access().ChangePassword(l.t.Context(), l.account, next, false); err != nil {
		l.t.Fatal(err)
	}
	l.account, l.vault = next, next
}

func (l *life) passwordThere() {
	l.t.Helper()
	h, err := openHouse(l.there, nil)
	if err != nil {
		l.t.Fatal(err)
	}
	defer h.close()
	l.serial++
	next := fmt.Sprintf("Di-la-%04d", l.serial)
	// The other computer is opened with whatever the account has now.
	waitFor(l.t, "the share of the other computer", func() bool {
		err = h.access().TakeOver(l.t.Context(), account.Credentials{User: l.m.user, Password: l.account})
		return err == nil
	})
	if err := h.access().ChangePassword(l.t.Context(), l.account, next, false); err != nil {
		l.t.Fatal(err)
	}
	l.account = next
	if l.dice.IntN(2) == 0 { // the member learns of it here at once
		l.cable.mend()
		defer l.cable.cut()
		if err := l.h.access().Align(l.t.Context(), account.Credentials{User: l.m.user, Password: next}); err != nil {
			l.t.Fatal(err)
		}
		l.vault = next
	}
}

// reset forgets the password and comes back by the code sent by e-mail.
func (l *life) reset() {
	l.t.Helper()
	if l.h != nil {
		l.h.close()
	}
	l.open()
	l.cable.mend()
	defer l.cable.cut()
	desk := l.h.access()
	for _, name := range l.box.names("") {
		l.box.read[name] = true
	}
	r, err := desk.Portal.Reset(l.t.Context(), l.m.user)
	if fault.CodeOf(err) == "server.slow-down" {
		l.h.close()
		l.h = nil
		return // asked too often, which the member is told
	}
	if err != nil {
		l.t.Fatal(err)
	}
	l.serial++
	next := fmt.Sprintf("Ritrovata-%04d", l.serial)
	err = desk.FinishReset(l.t.Context(), account.ResetProof{Ticket: r.Ticket, Code: l.box.code(l.t, ".eml"), Password: next})
	if err != nil {
		l.t.Fatal(err)
	}
	l.account, l.vault = next, next
}

// knows reports whether an IBAN is anywhere that the member can see it.
func (l *life) knows(number string) bool {
	ctx := context.Background()
	h, err := l.h.store.Household(ctx)
	if err != nil {
		l.t.Fatal(err)
	}
	at := func(d member.Details) bool { return d.IBAN == number }
	if at(member.Details{IBAN: h.IBAN}) {
		return true
	}
	edits, err := l.h.store.Edits(ctx)
	if err != nil {
		l.t.Fatal(err)
	}
	for _, e := range edits {
		if at(e.Mine) || at(e.Base) {
			return true
		}
	}
	all, err := l.h.requests.Requests(ctx)
	if err != nil {
		l.t.Fatal(err)
	}
	for _, r := range all {
		if r.Change != nil && (at(r.Change.Mine) || at(r.Change.Base)) {
			return true
		}
	}
	past, err := l.h.store.Past(ctx)
	if err != nil {
		l.t.Fatal(err)
	}
	for _, p := range past {
		if at(p.Value) {
			return true
		}
	}
	return false
}

// check holds the open vault against what was typed.
func (l *life) check() {
	l.t.Helper()
	for id, serial := range l.drafts {
		found, err := l.h.desk.Open(l.t.Context(), id)
		if err != nil {
			l.t.Errorf("draft %s: %v", id, err)
			continue
		}
		if got := found.Claim.Documents[0].Amount; got != money.Cents(1000+serial) {
			l.t.Errorf("draft %s says %d", id, got)
		}
	}
	for number, where := range l.typed {
		if !l.knows(number) {
			l.t.Errorf("%q (%s) is nowhere", number, where)
		}
	}
}
