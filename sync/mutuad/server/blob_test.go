package server_test

import (
	"bytes"
	"crypto/sha256"
	"io"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/server"
)

// bytesOf makes size bytes that look random and are the same each time.
func bytesOf(seed uint64, size int) []byte {
	data := make([]byte, size)
	source := rand.NewChaCha8(sha256.Sum256([]byte(strconv.FormatUint(seed, 10))))
	if _, err := source.Read(data); err != nil {
		panic(err) // it never fails
	}
	return data
}

// offset is where the server says an upload goes on; -1 = the file is complete.
func (h *house) offset(token, digest string) int64 {
	h.t.Helper()
	got := h.call(request{method: http.MethodPost, path: api.PathBlobCheck, token: token, json: api.BlobCheck{Digests: []string{digest}}})
	var m api.BlobMissing
	if got.decode(h.t, &m); len(m.Missing) == 0 {
		return -1
	}
	return m.Missing[0].Offset
}

func TestAnUploadGoesOnWhereItWasCutAndIsCompleteAtItsEnd(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		data := bytesOf(1, 2_500_000)
		digest, length := hexOf(data), int64(len(data))
		for at := int64(0); at < length; {
			if got := h.offset(token, digest); got != at {
				t.Fatalf("goes on at %d, not %d", got, at)
			}
			end := min(length, at+api.AppendSize)
			got := h.append(token, digest, at, length, data[at:end])
			var b api.BlobState
			if got.decode(t, &b); got.status != http.StatusOK || b.Offset != end {
				t.Fatalf("%d %s", got.status, got.body)
			}
			at = end
			h.reopen()
		}
		if h.offset(token, digest) != -1 {
			t.Fatal("not complete")
		}
		if got := h.append(token, digest, 0, length, data[:1000]); got.status != http.StatusOK {
			t.Fatalf("a late repeat: %d %s", got.status, got.body)
		}
	})
}

func TestTheOffsetNeverFallsWhateverIsRepeatedReorderedOrSentAtOnce(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		data := bytesOf(2, 300_000)
		digest, length := hexOf(data), int64(len(data))
		var highest atomic.Int64
		var done sync.WaitGroup
		for lane := range 6 {
			done.Go(func() {
				dice := rand.New(rand.NewPCG(7, uint64(lane)))
				for range 60 {
					at := dice.Int64N(length)
					if dice.IntN(2) == 0 {
						at = max(0, h.offset(token, digest))
					}
					end := min(length, at+1+dice.Int64N(20_000))
					before := highest.Load()
					got := h.append(token, digest, at, length, data[at:end])
					var now int64
					switch got.status {
					case http.StatusOK:
						var b api.BlobState
						got.decode(t, &b)
						now = b.Offset
					case http.StatusConflict:
						now = got.problem(t).Offset
					default:
						t.Errorf("%d %s", got.status, got.body)
					}
					if now < before {
						t.Errorf("fell from %d to %d", before, now)
					}
					for old := highest.Load(); now > old && !highest.CompareAndSwap(old, now); old = highest.Load() {
					}
				}
			})
		}
		done.Wait()
		for at := h.offset(token, digest); at >= 0; at = h.offset(token, digest) {
			h.append(token, digest, at, length, data[at:min(length, at+api.AppendSize)])
		}
		h.wantBlob(digest, data)
	})
}

// wantBlob checks the bytes on the disk.
func (h *house) wantBlob(digest string, want []byte) {
	h.t.Helper()
	f, err := h.archive.Blobs.Open("01890a5d-ac96-774b-bcce-b302099a8001", digest)
	if err != nil {
		h.t.Fatal(err)
	}
	defer f.Close()
	got, err := io.ReadAll(io.LimitReader(f, int64(len(want))))
	if err != nil || !bytes.Equal(got, want) {
		h.t.Fatalf("the stored file differs, %v", err)
	}
}

// The power goes after the bytes are synced and before they are counted: what is on the disk is more than what counts.
func TestBytesThatWereSyncedButNotCountedAreWrittenAgain(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		data := bytesOf(3, 200_000)
		digest, length := hexOf(data), int64(len(data))
		cut := false
		crash := func(c *server.Config) {
			c.Hooks.AfterSync = func(string) {
				if cut {
					panic("power cut")
				}
			}
		}
		h.reopen(crash)
		h.append(token, digest, 0, length, data[:50_000])
		cut = true
		wrong := append(bytes.Clone(data[50_000:100_000]), "garbage of a torn write"...)
		if got := h.append(token, digest, 50_000, length, wrong); got.status != http.StatusInternalServerError {
			t.Fatalf("%d", got.status)
		}
		cut = false
		h.reopen(crash)
		if got := h.offset(token, digest); got != 50_000 {
			t.Fatalf("goes on at %d", got)
		}
		if got := h.append(token, digest, 50_000, length, data[50_000:]); got.status != http.StatusOK {
			t.Fatalf("%d %s", got.status, got.body)
		}
		h.wantBlob(digest, data)
	})
}

func TestBytesThatDoNotHaveTheirDigestAreForgottenAndMayBeSentAgain(t *testing.T) {
	everywhere(t, func(t *testing.T, h *house) {
		token := h.signIn().UploadToken
		data := bytesOf(4, 30_000)
		digest, length := hexOf(data), int64(len(data))
		wrong := bytes.Clone(data)
		wrong[20_000] ^= 1
		for _, pieces := range [][]int64{{0, length}, {0, 10_000, length}} {
			var got response
			for i := 1; i < len(pieces); i++ {
				got = h.append(token, digest, pieces[i-1], length, wrong[pieces[i-1]:pieces[i]])
			}
			if got.status != http.StatusUnprocessableEntity || got.problem(t).Code != api.CodeDigest {
				t.Fatalf("%d %s", got.status, got.body)
			}
			if at := h.offset(token, digest); at != 0 {
				t.Fatalf("goes on at %d", at)
			}
		}
		if got := h.append(token, digest, 0, length, data); got.status != http.StatusOK || h.offset(token, digest) != -1 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		h.wantBlob(digest, data)
	})
}

func TestAFileThatChangesItsLengthStartsAgain(t *testing.T) {
	h := newHouse(t, "")
	token := h.signIn().UploadToken
	data := bytesOf(5, 1000)
	h.append(token, hexOf(data), 0, 5000, data[:500])
	if got := h.append(token, hexOf(data), 500, 1000, data[500:]); got.status != http.StatusUnprocessableEntity || h.offset(token, hexOf(data)) != 0 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := h.append(token, hexOf(data), 0, 1000, data); got.status != http.StatusOK {
		t.Fatalf("%d %s", got.status, got.body)
	}
}

func TestAnAppendThatIsNoneIsRefused(t *testing.T) {
	h := newHouse(t, "")
	token := h.signIn().UploadToken
	digest := strings.Repeat("ab", 32)
	big := make([]byte, api.AppendSize+1)
	for _, c := range []struct {
		name           string
		digest         string
		offset, length int64
		data           []byte
		status         int
		code           string
	}{
		{"digest in capitals", strings.ToUpper(digest), 0, 5, big[:5], 400, api.CodeBadRequest},
		{"digest that is a path", "..%2f..%2fx", 0, 5, big[:5], 400, api.CodeBadRequest},
		{"negative offset", digest, -1, 5, big[:5], 400, api.CodeBadRequest},
		{"no length", digest, 0, 0, big[:5], 400, api.CodeBadRequest},
		{"beyond the length", digest, 0, 4, big[:5], 400, api.CodeBadRequest},
		{"no bytes", digest, 0, 5, nil, 400, api.CodeBadRequest},
		{"more than one append", digest, 0, 5 << 20, big, 413, api.CodeBlobSize},
		{"file too large", digest, 0, api.MaxBlob + 1, big[:5], 413, api.CodeBlobSize},
		{"gap", digest, 3, 8, big[:5], 409, api.CodeOffset},
	} {
		t.Run(c.name, func(t *testing.T) {
			h.t = t
			got := h.append(token, c.digest, c.offset, c.length, c.data)
			if p := got.problem(t); got.status != c.status || p.Code != c.code {
				t.Fatalf("%d %+v", got.status, p)
			}
		})
	}
}

// A line that drops in the middle of an append keeps what came.
func TestWhatCameOfAnAppendThatWasCutIsKept(t *testing.T) {
	synced := make(chan string, 1)
	h := newHouse(t, "", func(c *server.Config) { c.Hooks.AfterCommit = func(endpoint string) { synced <- endpoint } })
	d := h.signIn()
	<-synced
	data := bytesOf(6, 100_000)
	reader, writer := io.Pipe()
	r, err := http.NewRequest(http.MethodPatch, h.url+strings.Replace(api.PathBlob, "{digest}", hexOf(data), 1), reader)
	if err != nil {
		t.Fatal(err)
	}
	r.ContentLength = int64(len(data))
	r.Header.Set("Authorization", "Bearer "+d.UploadToken)
	r.Header.Set(api.HeaderNonce, strings.Repeat("0", 32))
	h.prove(r, d.UploadToken)
	r.Header.Set(api.HeaderOffset, "0")
	r.Header.Set(api.HeaderLength, strconv.Itoa(len(data)))
	go func() {
		writer.Write(data[:60_000])
		writer.CloseWithError(io.ErrClosedPipe)
	}()
	if answer, err := http.DefaultClient.Do(r); err == nil {
		answer.Body.Close()
		t.Fatalf("answered %d", answer.StatusCode)
	}
	<-synced
	if got := h.offset(d.UploadToken, hexOf(data)); got < 1 || got > 60_000 {
		t.Fatalf("goes on at %d", got)
	}
}

func TestTooManyDigestsOrWrongOnesAreNoQuestion(t *testing.T) {
	h := newHouse(t, "")
	token := h.signIn().UploadToken
	for _, digests := range [][]string{{"x"}, {strings.Repeat("AB", 32)}, slicesRepeat(strings.Repeat("ab", 32), 1001)} {
		if got := h.call(request{method: http.MethodPost, path: api.PathBlobCheck, token: token, json: api.BlobCheck{Digests: digests}}); got.status != http.StatusBadRequest {
			t.Errorf("%d digests: %d", len(digests), got.status)
		}
	}
}

func slicesRepeat(s string, n int) []string { return strings.Fields(strings.Repeat(s+" ", n)) }
