package faults_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/engine"
	"github.com/sodale/sodale/sync/engine/faults"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/portal"
)

func tlsOf(a *archive.Archive) *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{a.Keys.Certificate}}
}

// endpoint names what a request asks: its method and the shape of its path.
func endpoint(r *http.Request) string {
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	last := ""
	if strings.HasSuffix(r.URL.Path, "/receipt") {
		last = "/receipt"
	}
	return r.Method + " " + parts[1] + last
}

// loser loses the answer of the first request to every endpoint of each claim after it arrived five times at once, and
// then lets it through. It checks that five arrivals of one revision were answered with the same receipt.
type loser struct {
	mu       sync.Mutex
	dice     *rand.Rand
	budget   map[string]int // endpoint → answers still to lose
	lost     map[string]int // endpoint → answers lost in all
	mismatch []string
}

func (l *loser) plan(r *http.Request) faults.Mishap {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := endpoint(r)
	if l.budget[at] == 0 {
		return faults.Pass
	}
	l.budget[at]--
	l.lost[at]++
	return []faults.Mishap{faults.FiveLost, faults.FiveLost, faults.LoseAfter, faults.Five}[l.dice.IntN(4)]
}

func (l *loser) heard(r *http.Request, answers []faults.Answer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if at := endpoint(r); at != "PUT submissions" && at != "GET submissions/receipt" {
		return
	}
	for _, a := range answers {
		if a.Status != answers[0].Status || !bytes.Equal(a.Body, answers[0].Body) {
			l.mismatch = append(l.mismatch, fmt.Sprintf("%s answered %d and %d", r.URL.Path, answers[0].Status, a.Status))
		}
	}
}

// endpoints are those that a delivery and the feed ask.
var endpoints = []string{"GET hello", "POST blobs", "PATCH blobs", "PUT submissions", "GET submissions/receipt", "GET events"}

func (l *loser) refill() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, at := range endpoints {
		l.budget[at] = 1
	}
}

// claimsInOneVault is how many claims one vault and one server see before fresh ones take their place.
const claimsInOneVault = 250

// TestALostAnswerNeverDoublesAClaim is fault test (a): the answer is dropped after the server committed, at every endpoint,
// and replays come five at a time. One run is one claim.
func TestALostAnswerNeverDoublesAClaim(t *testing.T) {
	seed, n := seedOf(t), runs(t, 25)
	began := time.Now()
	total := map[string]int{}
	for done := 0; done < n; done += claimsInOneVault {
		t.Run(fmt.Sprintf("from %d", done), func(t *testing.T) {
			for at, k := range lostAnswers(t, seed+uint64(done), min(claimsInOneVault, n-done)) {
				total[at] += k
			}
		})
	}
	t.Logf("%d runs in %.0f s, answers lost: %v", n, time.Since(began).Seconds(), total)
}

func lostAnswers(t *testing.T, seed uint64, n int) map[string]int {
	m := newMutual(t, t.TempDir(), nil)
	h := newHome(t, m, nil)
	l := &loser{dice: rand.New(rand.NewPCG(seed, 2)), budget: map[string]int{}, lost: map[string]int{}}
	e := h.engine(m.profile, func(c *engine.Config) {
		c.Transport = &faults.Road{Next: engine.NewTransport(m.profile), Plan: l.plan, Heard: l.heard}
	})
	stop := run(e)
	defer stop()
	bytesOf, sizes := random(seed), rand.New(rand.NewPCG(seed, 6))
	for i := range n {
		l.refill()
		c := h.queue(t, bytesOf, fmt.Sprintf("giro %d", i), 16+sizes.IntN(3000))
		if !until(20*time.Second, func() bool { return h.status(t, c.OpID).Status == submission.Delivered }) {
			t.Fatalf("run %d: %+v", i, h.status(t, c.OpID))
		}
		checkOnce(t, m, h, c)
	}
	checkRows(t, m, h)
	for _, text := range l.mismatch {
		t.Error(text)
	}
	return l.lost
}

// checkOnce holds that the mutual has the revision with the receipt that the member has.
func checkOnce(t *testing.T, m *mutual, h *home, c claim.Claim) {
	t.Helper()
	row, ok := m.revision(t, string(c.ID), c.Revision)
	if d := h.status(t, c.OpID); !ok || !bytes.Equal(row.Receipt, d.Receipt) || row.OpID != c.OpID {
		t.Errorf("claim %s: the mutual has it: %v, with op %s of %s", c.ID, ok, row.OpID, c.OpID)
	}
}

// checkRows holds that the mutual has one claim for each claim that was sent, one number each, and no more.
func checkRows(t *testing.T, m *mutual, h *home) {
	t.Helper()
	ctx := context.Background()
	rows, err := m.archive.Store.Claims(ctx)
	if err != nil {
		t.Fatal(err)
	}
	all, err := h.store.Deliveries(ctx)
	if err != nil {
		t.Fatal(err)
	}
	subjects, numbers := map[string]bool{}, map[string]bool{}
	for _, d := range all {
		if d.Status == submission.Delivered {
			subjects[d.Subject] = true
		}
	}
	for _, r := range rows {
		if numbers[r.Protocol] || !subjects[r.Subject] {
			t.Errorf("number %s of claim %s is there twice or for nothing", r.Protocol, r.Subject)
		}
		numbers[r.Protocol] = true
	}
	if len(rows) != len(subjects) {
		t.Errorf("the mutual has %d claims, %d were delivered", len(rows), len(subjects))
	}
}

// TestASignInWhoseAnswerWasLostIsSimplyMadeAgain completes fault test (a): the one endpoint that is not asked by an engine.
func TestASignInWhoseAnswerWasLostIsSimplyMadeAgain(t *testing.T) {
	m := newMutual(t, t.TempDir(), nil)
	lost := false
	road := &faults.Road{Next: engine.NewTransport(m.profile), Plan: func(*http.Request) faults.Mishap {
		if lost {
			return faults.Pass
		}
		lost = true
		return faults.LoseAfter
	}}
	p := portal.New(engine.NewWire(m.profile, road, random(1)), nil, random(2))
	if _, err := p.SignIn(t.Context(), demoMember); engine.CodeOf(err) != engine.CodeCut {
		t.Fatalf("the lost answer gave %v", err)
	}
	if d, err := p.SignIn(t.Context(), demoMember); err != nil || d.Upload == "" {
		t.Fatalf("the second try gave %+v, %v", d, err)
	}
}
