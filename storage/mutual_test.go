package storage_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/claim/claimtest"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/request"
	"github.com/sodale/sodale/app/submission"
)

// theMutual is the other side of an account, as far as a vault meets it.
type theMutual struct {
	account.Portal // what is not written here is not asked
	clock          *handClock
	password       string
	standing       account.Standing
	share          []byte
	household      member.Household
	applied        []member.Details // what it took, ever
	events         []submission.FeedEvent
	answers        map[string]submission.Step // to every operation id
	told           int                        // how many events were fetched
	lost           bool                       // the next answer is lost on its way
	dead           func() bool                // whoever asks was killed before: nothing arrives
}

var errLine = fault.New("line.down", "test", "")

// answer loses the answer if that is what is to happen.
func (m *theMutual) answer() error {
	if m.lost {
		m.lost = false
		return errLine
	}
	return nil
}

func (m *theMutual) say(t *rapid.T, kind string, body any) {
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	e := submission.FeedEvent{ID: fmt.Sprintf("event-%d", len(m.events)), Seq: int64(len(m.events) + 1), Kind: kind, At: m.clock.now, Body: data}
	m.events = append(m.events, e)
}

func (m *theMutual) change(next, by string) account.Access {
	m.clock.now = m.clock.now.Add(time.Minute)
	m.password, m.standing.PasswordChanged, m.standing.ChangedBy = next, m.clock.now, by
	return account.Access{PasswordChanged: m.clock.now, Share: m.share}
}

func (m *theMutual) ChangePassword(_ context.Context, current, next string, _ bool) (account.Access, error) {
	if m.dead() {
		return account.Access{}, errLine
	}
	if current != m.password {
		return account.Access{}, fault.New(account.CodeWrong, "test", "")
	}
	a := m.change(next, "this")
	a.Share = nil
	return a, m.answer()
}

func (m *theMutual) OpenShare(_ context.Context, c account.Credentials) (account.Access, error) {
	if m.dead() {
		return account.Access{}, errLine
	}
	if c.Password != m.password {
		return account.Access{}, fault.New(account.CodeWrong, "test", "")
	}
	return account.Access{Share: m.share, PasswordChanged: m.standing.PasswordChanged}, m.answer()
}

func (m *theMutual) FinishReset(_ context.Context, p account.ResetProof) (account.Access, error) {
	if m.dead() {
		return account.Access{}, errLine
	}
	return m.change(p.Password, ""), m.answer()
}

func (m *theMutual) PutShare(_ context.Context, share []byte) error {
	if m.dead() {
		return errLine
	}
	m.share = slices.Clone(share)
	return m.answer()
}

// decoded opens a request as the mutual does.
func decoded(t *rapid.T, sub submission.Submission) request.Filed {
	r, err := claimtest.Sealer{}.Open(bytes.NewReader(sub.Body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	f, err := request.Decode(plain)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// take is what the mutual does with a request; one that it has already gets the same answer again.
func (l *life) take(t *rapid.T, sub submission.Submission) submission.Step {
	said, _ := l.mutual.household.Details("elena")
	change := decoded(t, sub).Change
	if answered, ok := l.mutual.answers[sub.OpID]; ok {
		return answered
	}
	next := said
	for _, f := range change.Fields() {
		if !said.Same(change.Base, f) && !said.Same(change.Mine, f) {
			l.mutual.answers[sub.OpID] = submission.Refuse
			return submission.Refuse
		}
		next = next.With(f, change.Mine)
	}
	l.mutual.household = l.mutual.household.With("elena", next)
	l.mutual.applied = append(l.mutual.applied, next)
	l.sayHousehold(t)
	l.mutual.answers[sub.OpID] = submission.Receipt
	return submission.Receipt
}

func (l *life) sayHousehold(t *rapid.T) {
	l.mutual.household.Version++
	l.mutual.say(t, submission.EventHousehold, l.mutual.household)
}
