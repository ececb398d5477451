package engine

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/seal"
)

// memoryMutual is a mutual without a disk: it signs like the real one and keeps one row for each revision.
type memoryMutual struct {
	key ed25519.PrivateKey

	mu      sync.Mutex
	epoch   string
	token   string
	blobs   map[string][]byte
	sizes   map[string]int64
	rows    map[string][]byte // path of the revision → receipt
	plains  map[string]string
	puts    map[string]int
	asked   map[string]int // "METHOD pattern" → how often
	poison  map[string]string
	feed    []api.Event
	seq     int64
	arrived chan struct{} // closed and replaced when the feed grows
	deny    func(r *http.Request) (status int, code string, retryAfter int)
	device  ed25519.PublicKey // set: tokens need its proof
	dare    string            // the challenge of the moment
	dared   string            // the one before
	ended   *bool             // set: the device was signed out; the value says whether its key is to be destroyed
}

func newMutual() *memoryMutual {
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	return &memoryMutual{key: key, epoch: "e1", token: "token", blobs: map[string][]byte{}, sizes: map[string]int64{}, rows: map[string][]byte{},
		plains: map[string]string{}, puts: map[string]int{}, asked: map[string]int{}, poison: map[string]string{}, arrived: make(chan struct{})}
}

func (m *memoryMutual) profile() api.Profile {
	return api.Profile{ID: "aurora", Name: "Mutua Aurora", BaseURL: "https://aurora.example", SignKey: m.key.Public().(ed25519.PublicKey)}
}

// RoundTrip serves without a network.
func (m *memoryMutual) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	w := httptest.NewRecorder()
	m.ServeHTTP(w, r)
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	answer := w.Result()
	answer.Request = r
	return answer, nil
}

func (m *memoryMutual) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	status, answer := m.answer(w, r, body)
	raw, ok := answer.([]byte)
	if !ok {
		raw, _ = json.Marshal(answer)
	}
	w.Header().Set(api.HeaderChallenge, m.dareOfTheMoment())
	w.Header().Set(api.HeaderSignature, seal.SignAnswer(m.key, r.Method, r.URL.Path, r.Header.Get(api.HeaderNonce), status, raw))
	w.WriteHeader(status)
	_, _ = w.Write(raw)
}

func (m *memoryMutual) dareOfTheMoment() string { m.mu.Lock(); defer m.mu.Unlock(); return m.dare }

func problem(status int, code string) (int, any) {
	return status, api.Problem{Type: "about:blank", Status: status, Code: code}
}

func (m *memoryMutual) answer(w http.ResponseWriter, r *http.Request, body []byte) (int, any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	m.asked[r.Method+" "+parts[1]]++
	if m.deny != nil {
		if status, code, after := m.deny(r); status != 0 {
			if after > 0 {
				w.Header().Set("Retry-After", strconv.Itoa(after))
			}
			return problem(status, code)
		}
	}
	if r.URL.Path == api.PathHello {
		return 200, api.Hello{Mutual: "aurora", Epoch: m.epoch, Time: time.Now().UTC(), MinProtocol: 1, MaxProtocol: 1}
	}
	if r.Header.Get("Authorization") != "Bearer "+m.token {
		return problem(401, api.CodeUnauthorised)
	}
	if m.ended != nil {
		return 401, api.Problem{Type: "about:blank", Status: 401, Code: api.CodeRevoked, Destroy: *m.ended}
	}
	if code := m.distrust(r); code != "" {
		return problem(401, code)
	}
	switch {
	case r.URL.Path == api.PathBlobCheck:
		return m.check(body)
	case parts[1] == "blobs":
		return m.append(r, parts[2], body)
	case parts[1] == "events":
		return m.events(r)
	case strings.HasSuffix(r.URL.Path, "/receipt"):
		if receipt, ok := m.rows[strings.TrimSuffix(r.URL.Path, "/receipt")]; ok {
			return 200, receipt
		}
		return problem(404, api.CodeNothing)
	}
	return m.put(r, parts[2], parts[4], body)
}

// distrust checks the proof of a request that presents the token.
func (m *memoryMutual) distrust(r *http.Request) (code string) {
	named := r.Header.Get(api.HeaderChallenge)
	proof, err := base64.StdEncoding.DecodeString(r.Header.Get(api.HeaderProof))
	text := api.ProofText(r.Method, r.URL.Path, r.Header.Get(api.HeaderNonce), named, m.token)
	switch {
	case m.device == nil:
		return ""
	case named != m.dare && (named == "" || named != m.dared):
		return api.CodeChallenge
	case err != nil || !ed25519.Verify(m.device, text, proof):
		return api.CodeProof
	}
	return ""
}

func (m *memoryMutual) check(body []byte) (int, any) {
	var ask api.BlobCheck
	if json.Unmarshal(body, &ask) != nil {
		return problem(400, api.CodeBadRequest)
	}
	missing := api.BlobMissing{Missing: []api.BlobState{}}
	for _, d := range ask.Digests {
		if have := int64(len(m.blobs[d])); have == 0 || have < m.sizes[d] {
			missing.Missing = append(missing.Missing, api.BlobState{Digest: d, Offset: have})
		}
	}
	return 200, missing
}

func (m *memoryMutual) append(r *http.Request, digest string, body []byte) (int, any) {
	offset, _ := strconv.ParseInt(r.Header.Get(api.HeaderOffset), 10, 64)
	m.sizes[digest], _ = strconv.ParseInt(r.Header.Get(api.HeaderLength), 10, 64)
	if have := int64(len(m.blobs[digest])); offset != have {
		return 409, api.Problem{Status: 409, Code: api.CodeOffset, Offset: have}
	}
	if len(body) > api.AppendSize {
		return problem(413, api.CodeBlobSize)
	}
	m.blobs[digest] = append(m.blobs[digest], body...)
	if have := m.blobs[digest]; int64(len(have)) == m.sizes[digest] && hexSum(have) != digest {
		delete(m.blobs, digest)
		return problem(422, api.CodeDigest)
	}
	return 200, api.BlobState{Digest: digest, Offset: int64(len(m.blobs[digest]))}
}

func (m *memoryMutual) put(r *http.Request, subject, revision string, body []byte) (int, any) {
	var p api.Put
	if json.Unmarshal(body, &p) != nil {
		return problem(400, api.CodeBadRequest)
	}
	m.puts[p.OpID]++
	if code := m.poison[p.OpID]; code != "" {
		return problem(422, code)
	}
	if receipt, ok := m.rows[r.URL.Path]; ok {
		if m.plains[r.URL.Path] != p.Plain {
			return problem(422, api.CodeDifferent)
		}
		return 200, receipt
	}
	for _, d := range p.Blobs {
		if have, ok := m.blobs[d]; !ok || int64(len(have)) < m.sizes[d] {
			return 409, api.Problem{Status: 409, Code: api.CodeBlobsMissing, Lacks: []string{d}}
		}
	}
	m.seq++
	n, _ := strconv.Atoi(revision)
	receipt, err := seal.SignReceipt(m.key, api.Receipt{Format: 1, Mutual: "aurora", OpID: p.OpID, Kind: p.Kind, Subject: subject, Revision: n, Plain: p.Plain,
		Blobs: p.Blobs, Protocol: fmt.Sprintf("26-%06d", m.seq), Epoch: m.epoch, Seq: m.seq, At: time.Now().UTC().Truncate(time.Microsecond)})
	if err != nil {
		return problem(500, api.CodeInternal)
	}
	m.rows[r.URL.Path], m.plains[r.URL.Path] = receipt, p.Plain
	return 201, receipt
}

func (m *memoryMutual) events(r *http.Request) (int, any) {
	after, _ := strconv.ParseInt(r.URL.Query().Get("after"), 10, 64)
	if r.URL.Query().Get("epoch") == m.epoch && after >= int64(len(m.feed)) && r.URL.Query().Get("wait") != "" {
		arrived := m.arrived
		m.mu.Unlock()
		select {
		case <-arrived:
		case <-r.Context().Done():
		case <-time.After(pollWait):
		}
		m.mu.Lock()
	}
	page := api.Events{Epoch: m.epoch, Events: []api.Event{}, Last: int64(len(m.feed))}
	for _, e := range m.feed {
		if e.Seq > after && r.URL.Query().Get("epoch") == m.epoch {
			page.Events = append(page.Events, e)
		}
	}
	return 200, page
}

// say adds one event to the feed.
func (m *memoryMutual) say(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.feed = append(m.feed, api.Event{ID: id, Seq: int64(len(m.feed) + 1), Kind: "notice", At: time.Now().UTC()})
	close(m.arrived)
	m.arrived = make(chan struct{})
}

// times is how often something was asked: "PUT submissions".
func (m *memoryMutual) times(what string) int { m.mu.Lock(); defer m.mu.Unlock(); return m.asked[what] }

// putsOf is how often a submission was handed over.
func (m *memoryMutual) putsOf(op string) int { m.mu.Lock(); defer m.mu.Unlock(); return m.puts[op] }

func (m *memoryMutual) rowCount() int { m.mu.Lock(); defer m.mu.Unlock(); return len(m.rows) }
