package faults_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine"
	"github.com/sodale/sodale/sync/engine/faults"
	"github.com/sodale/sodale/sync/mutuad/archive"
	"github.com/sodale/sodale/sync/mutuad/demo"
	"github.com/sodale/sodale/sync/mutuad/store"
	"github.com/sodale/sodale/sync/seal"
)

// TestFilesCutTwoHundredTimesResume is fault test (c): 22 MB in eleven files, the line cut 200 times in four ways.
func TestFilesCutTwoHundredTimesResume(t *testing.T) {
	const cuts, files, size = 200, 11, 2_000_000
	seed := seedOf(t)
	m := newMutual(t, t.TempDir(), nil)
	h := newHome(t, m, nil)
	var left atomic.Int64
	left.Store(cuts)
	var mu sync.Mutex
	dice := rand.New(rand.NewPCG(seed, 5))
	road := &faults.Road{Next: engine.NewTransport(m.profile), Plan: func(r *http.Request) faults.Mishap {
		if r.Method != http.MethodPatch || left.Add(-1) < 0 {
			return faults.Pass
		}
		mu.Lock()
		defer mu.Unlock()
		return []faults.Mishap{faults.CutHalf, faults.CutHalf, faults.LoseAfter, faults.LoseBefore}[dice.IntN(4)]
	}}
	var sizes []int
	for range files {
		sizes = append(sizes, size)
	}
	c := h.queue(t, random(seed), "undici file", sizes...)
	defer run(h.engine(m.profile, func(c *engine.Config) { c.Transport = road }))()
	if !until(time.Minute, func() bool { return h.status(t, c.OpID).Status == submission.Delivered }) || left.Load() > 0 {
		t.Fatalf("with %d cuts left: %+v", left.Load(), h.status(t, c.OpID))
	}
	checkOnce(t, m, h, c)
	var total int64
	for _, b := range h.status(t, c.OpID).Blobs {
		total += b.Size
	}
	if most := total*11/10 + cuts*api.AppendSize; road.Sent() > most {
		t.Errorf("%d bytes sent of %d, at most %d may be", road.Sent(), total, most)
	}
	t.Logf("%d cuts, sent %.3f times the %d bytes", cuts, float64(road.Sent())/float64(total), total)
}

// storm is what happens around a long queue: patience asked for, a token that ends, and a portal that answers in the
// mutual's place. It moves on by how many claims the mutual has.
type storm struct {
	m       *mutual
	queued  int64
	delayed atomic.Int64 // PUTs answered 429
	puts    atomic.Int64
	rows    atomic.Int64
	portal  atomic.Int64 // requests that met the portal
	revoked atomic.Bool
}

const (
	stormPuts    = 16
	portalLength = 60
)

// longQueue is how many claims wait in fault test (d): 500, and fewer in its short form.
func longQueue(t *testing.T) int { return min(500, runs(t, 100)) }

// around answers the first PUTs with 429, and counts what arrives.
func (s *storm) around(a *archive.Archive, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPut {
			next.ServeHTTP(w, r)
			return
		}
		s.puts.Add(1)
		if s.delayed.Add(1) <= stormPuts {
			slowDown(w, r, a)
			return
		}
		kept := httptest.NewRecorder()
		next.ServeHTTP(kept, r)
		if kept.Code == http.StatusOK {
			s.rows.Add(1)
		}
		for name, values := range kept.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(kept.Code)
		_, _ = w.Write(kept.Body.Bytes())
	})
}

// slowDown gives the signed answer of a server that is asked too much.
func slowDown(w http.ResponseWriter, r *http.Request, a *archive.Archive) {
	_, _ = io.Copy(io.Discard, r.Body)
	body, _ := json.Marshal(api.Problem{Type: "about:blank", Status: http.StatusTooManyRequests, Code: api.CodeSlowDown})
	w.Header().Set("Retry-After", "1")
	w.Header().Set(api.HeaderSignature, seal.SignAnswer(a.Keys.Sign, r.Method, r.URL.EscapedPath(), r.Header.Get(api.HeaderNonce), http.StatusTooManyRequests, body))
	w.WriteHeader(http.StatusTooManyRequests)
	_, _ = w.Write(body)
}

func (s *storm) plan(*http.Request) faults.Mishap {
	if s.rows.Load() < s.queued*6/10 || s.portal.Add(1) > portalLength {
		return faults.Pass
	}
	return []faults.Mishap{faults.Portal200, faults.Portal302}[s.portal.Load()%2]
}

// revoke ends the token of the device once enough claims arrived.
func (s *storm) revoke(t *testing.T, token string) {
	ctx := context.Background()
	err := s.m.archive.Store.Write(ctx, func(tx *store.Tx) error {
		device, err := tx.DeviceByToken(ctx, sum([]byte(token)))
		if err != nil {
			return err
		}
		return tx.RevokeDevice(ctx, device.ID, time.Now())
	})
	if err != nil {
		t.Error(err)
	}
	s.revoked.Store(true)
}

// TestALongQueueComesThroughAStorm is fault test (d): 500 queued, one of them poisoned, a storm of 429, a token that ends
// midway and is renewed, a portal that answers 200 and 302 with a page.
func TestALongQueueComesThroughAStorm(t *testing.T) {
	seed, queued := seedOf(t), longQueue(t)
	s := &storm{queued: int64(queued)}
	s.m = newMutual(t, t.TempDir(), s.around)
	h := newHome(t, s.m, nil)
	poisoned := s.fill(t, h, seed, queued)
	road := &faults.Road{Next: engine.NewTransport(s.m.profile), Plan: s.plan}
	e := h.engine(s.m.profile, func(c *engine.Config) { c.Transport = road })
	began := time.Now()
	defer run(e)()
	if !until(time.Minute, func() bool { return s.rows.Load() >= s.queued*3/10 }) {
		t.Fatalf("%d arrived before the token ended", s.rows.Load())
	}
	s.revoke(t, h.store.Upload())
	if !until(time.Minute, func() bool { return accessRefused(t, h) }) {
		t.Fatal("nobody noticed that the token was refused")
	}
	if err := h.store.SetDevice(context.Background(), s.m.signIn(t), demo.User); err != nil {
		t.Fatal(err)
	}
	e.Poke()
	if !until(time.Minute, h.allAtRest) {
		t.Fatalf("not at rest: %s", h.waiting())
	}
	s.check(t, h, poisoned, queued)
	t.Logf("%d PUTs for %d claims, %d requests met the portal, %.1f s", s.puts.Load(), queued, min(s.portal.Load(), portalLength), time.Since(began).Seconds())
}

// fill queues the claims, one of them for somebody who does not belong to the household, and returns its op id.
func (s *storm) fill(t *testing.T, h *home, seed uint64, n int) (poisoned string) {
	r := random(seed)
	bad := int(seed % uint64(n))
	for i := range n {
		if i != bad {
			h.queue(t, r, fmt.Sprintf("pratica %d", i), 200)
			continue
		}
		c, err := h.draft(r, "veleno", 200)
		if err != nil {
			t.Fatal(err)
		}
		c.Documents[0].Person = "01890a5d-ac96-774b-bcce-b302099a9999"
		if c, err = h.desk.Save(context.Background(), c); err == nil {
			c, err = h.desk.Finalise(context.Background(), c.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		poisoned = c.OpID
	}
	return poisoned
}

func accessRefused(t *testing.T, h *home) bool {
	all, err := h.store.Deliveries(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.Reason == api.CodeRevoked {
			return true
		}
	}
	return false
}

func (s *storm) check(t *testing.T, h *home, poisoned string, queued int) {
	all, err := h.store.Deliveries(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	delivered := 0
	for _, d := range all {
		switch {
		case d.Status == submission.Delivered:
			delivered++
		case d.OpID != poisoned || d.Status != submission.Held || d.Reason != api.CodeContent:
			t.Errorf("%s is %s, %s", d.OpID, d.Status, d.Reason)
		}
	}
	if len(all) != queued || delivered != queued-1 {
		t.Errorf("%d of %d are there, %d delivered", len(all), queued, delivered)
	}
	checkRows(t, s.m, h)
	if n := s.puts.Load(); n > int64(queued)+stormPuts+40 {
		t.Errorf("%d PUTs for %d claims: the mutual was not left in peace", n, queued)
	}
	if s.portal.Load() < portalLength {
		t.Errorf("only %d requests met the portal", s.portal.Load())
	}
}
