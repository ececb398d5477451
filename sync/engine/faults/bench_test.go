//go:build bench && unix

package faults_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine"
)

const (
	benchFile   = 500_000
	benchRounds = 5
	roundTrip   = 40 * time.Millisecond
)

// benchClaims is how many claims a benchmark delivers in all; SODALE_BENCH_CLAIMS makes it fewer.
func benchClaims() int {
	if n, err := strconv.Atoi(os.Getenv("SODALE_BENCH_CLAIMS")); err == nil {
		return n
	}
	return 1000
}

func report(name string, ratio, floor float64, note string) {
	reached := "missed"
	if ratio >= floor {
		reached = "reached"
	}
	fmt.Printf("BENCH\t%s\t%.2f\t>= %.2f\t%s\t%s\n", name, ratio, floor, reached, note)
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// TestBenchDelivery delivers claims with one file of 500 KB each over TLS on loopback, beside the disk's own write+fsync of the
// same bytes, one after another, and beside one curl process a claim that makes the same upload and the same PUT. Rounds take turns.
func TestBenchDelivery(t *testing.T) {
	m := newMutual(t, t.TempDir(), nil)
	standApart(t, m)
	ours, theirs := newHome(t, m, nil), newHome(t, m, nil)
	r, folder := random(1), t.TempDir()
	n := max(1, benchClaims()/benchRounds)
	var engineRate, diskRate, curlRate, cost []float64
	for round := range benchRounds {
		for range n {
			ours.queue(t, r, "misura", benchFile)
		}
		diskRate = append(diskRate, perSecond(n, func() { writeFiles(t, folder, round, n) }))
		began := cpu()
		engineRate = append(engineRate, perSecond(n, func() { deliverAll(t, ours, m.profile, 0) }))
		cost = append(cost, ms(cpu()-began)/float64(n))
		few := max(1, n/10)
		var claims []claim.Claim
		for range few {
			claims = append(claims, theirs.queue(t, r, "misura", benchFile))
		}
		curlRate = append(curlRate, perSecond(few, func() { curlAll(t, theirs, m.profile, claims) }))
	}
	e, d, c := median(engineRate), median(diskRate), median(curlRate)
	note := fmt.Sprintf("%.0f claims/s; %d claims in %d rounds", e, n*benchRounds, benchRounds)
	processor := fmt.Sprintf("; %.1f ms of processor a claim, both sides; %s", median(cost), floor(t, n))
	report("delivery of 500 KB claims / disk write+fsync", e/d, 0.5, note+fmt.Sprintf("; disk %.0f/s", d)+processor)
	report("delivery of 500 KB claims / one curl a claim", e/c, 7, note+fmt.Sprintf("; curl %.0f/s", c))
}

// TestBenchLongLine delivers over a line of 40 ms a round trip, four lanes beside one.
func TestBenchLongLine(t *testing.T) {
	m := newMutual(t, t.TempDir(), nil)
	standApart(t, m)
	h := newHome(t, m, nil)
	far := m.profile
	far.BaseURL = "https://" + distant(t, strings.TrimPrefix(m.profile.BaseURL, "https://"))
	const n = 64
	r := random(2)
	var four, one []float64
	for range 3 {
		for lanes, rates := range map[int]*[]float64{1: &one, 4: &four} {
			for range n {
				h.queue(t, r, "misura", benchFile)
			}
			*rates = append(*rates, perSecond(n, func() { deliverAll(t, h, far, lanes) }))
		}
	}
	report("delivery at 40 ms round trip, four lanes / one", median(four)/median(one), 3.3,
		fmt.Sprintf("%.0f and %.0f claims/s; 3 rounds of %d", median(four), median(one), n))
}

func perSecond(n int, work func()) float64 {
	began := time.Now()
	work()
	return float64(n) / time.Since(began).Seconds()
}

// deliverAll runs an engine until everything is delivered.
func deliverAll(t *testing.T, h *home, profile api.Profile, lanes int) {
	e := h.engine(profile, func(c *engine.Config) { c.Lanes, c.Inbox = lanes, nil })
	defer run(e)()
	for end := time.Now().Add(10 * time.Minute); !h.allAtRest(); { // asked seldom: it copies the whole outbox
		time.Sleep(5 * time.Millisecond)
		for l := e.Link(); l.Waiting+l.Sending+l.Unconfirmed > 0; l = e.Link() {
			if time.Sleep(5 * time.Millisecond); time.Now().After(end) {
				t.Fatal(h.waiting())
			}
		}
	}
}

// standApart lets the mutual join no claims: a thousand open ones of one member would be one bundle of a thousand, which each new claim
// is read into (CLM-24). No member has that many, and it is the delivery that is measured.
func standApart(t *testing.T, m *mutual) {
	rules, err := m.archive.Rules(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	rules.Claims.MergeOpen = false
	rules.Version++
	if err := m.archive.SetRules(context.Background(), rules); err != nil {
		t.Fatal(err)
	}
}

// writeFiles writes what n claims are, each as one fresh file with one fsync.
func writeFiles(t *testing.T, folder string, round, n int) {
	data := make([]byte, benchFile+1024)
	if _, err := io.ReadFull(random(uint64(round)), data); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		if err := writeSynced(filepath.Join(folder, fmt.Sprintf("%d-%d", round, i)), data); err != nil {
			t.Fatal(err)
		}
	}
}

// curlAll delivers each claim by one curl: the upload and the PUT on one connection.
func curlAll(t *testing.T, h *home, profile api.Profile, claims []claim.Claim) {
	token, challenge := h.store.Upload(), challengeOf(t, profile)
	nonce := strings.Repeat("ab", 16)
	for _, c := range claims {
		s, err := h.store.Frozen(context.Background(), c.OpID)
		if err != nil {
			t.Fatal(err)
		}
		blob := s.Blobs[0]
		put, err := json.Marshal(api.Put{OpID: s.OpID, Kind: string(s.Kind), Body: s.Body, Plain: s.Plain, Blobs: []string{blob.Digest}})
		if err != nil {
			t.Fatal(err)
		}
		body := filepath.Join(t.TempDir(), "put.json")
		if err := os.WriteFile(body, put, 0o600); err != nil {
			t.Fatal(err)
		}
		common := []string{"-sS", "-k", "--fail", "--http1.1", "-o", os.DevNull, "-H", "Authorization: Bearer " + token,
			"-H", api.HeaderNonce + ": " + nonce, "-H", "Expect:", "-H", api.HeaderChallenge + ": " + challenge}
		proof := func(method, path string) string {
			return api.HeaderProof + ": " + api.Prove(h.store.Key(), method, path, nonce, challenge, token)
		}
		upload, send := "/v1/blobs/"+blob.Digest, fmt.Sprintf("/v1/submissions/%s/revisions/%d", s.Subject, s.Revision)
		args := append(slices.Clone(common), "-X", http.MethodPatch, "-H", api.HeaderOffset+": 0", "-H", api.HeaderLength+": "+strconv.FormatInt(blob.Size, 10),
			"-H", "Content-Type: application/octet-stream", "--data-binary", "@"+filepath.Join(h.dir, "blobs", blob.Digest), "-H", proof(http.MethodPatch, upload), profile.BaseURL+upload, "--next")
		args = append(append(args, common...), "-X", http.MethodPut, "-H", api.HeaderKey+": "+s.OpID, "-H", "Content-Type: application/json", "--data-binary", "@"+body,
			"-H", proof(http.MethodPut, send), profile.BaseURL+send)
		if out, err := exec.Command("curl", args...).CombinedOutput(); err != nil {
			t.Fatalf("curl: %v\n%s", err, out)
		}
	}
}

// challengeOf is what a device's proof is made over: every answer of the mutual brings one, a refusal too.
func challengeOf(t *testing.T, profile api.Profile) string {
	client := &http.Client{Transport: engine.NewTransport(profile)}
	answer, err := client.Get(profile.BaseURL + "/v1/events")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.Header.Get(api.HeaderChallenge)
}

// distant listens on loopback and carries every byte to address half a round trip later, and as late back.
func distant(t *testing.T, address string) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			far, err := net.Dial("tcp", address)
			if err != nil {
				near.Close()
				return
			}
			go late(near, far)
			go late(far, near)
		}
	}()
	return l.Addr().String()
}

// late copies what it reads, each piece half a round trip after it came. The bandwidth is not limited.
func late(from, to net.Conn) {
	type piece struct {
		data []byte
		due  time.Time
	}
	pieces := make(chan piece, 4096)
	go func() {
		defer close(pieces)
		for {
			b := make([]byte, 64<<10)
			n, err := from.Read(b)
			if n > 0 {
				pieces <- piece{b[:n], time.Now().Add(roundTrip / 2)}
			}
			if err != nil {
				return
			}
		}
	}()
	for p := range pieces {
		time.Sleep(time.Until(p.due))
		if _, err := to.Write(p.data); err != nil {
			break
		}
	}
	to.Close()
}
