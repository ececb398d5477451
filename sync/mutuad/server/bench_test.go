//go:build bench

package server_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/sync/mutuad/server"
)

// TestBenchClaimsAgainstTheDisk delivers claims with one file of 500 KB each over TLS, sixteen lanes at a time, and
// writes and syncs the same bytes to one fresh file each, one after the other.
func TestBenchClaimsAgainstTheDisk(t *testing.T) {
	const rounds, claims, lanes, size = 5, 64, 16, 500_000
	h := newHouse(t, "")
	h.overTLS()
	h.rules(func(p *mutual.Profile) { p.Claims.MergeOpen = false }) // a thousand open claims of one member would be one bundle (CLM-24)
	token := h.signIn().UploadToken
	var ratios []float64
	var fastest time.Duration
	for round := range rounds {
		parcels := make([]parcel, claims)
		for i := range parcels {
			parcels[i] = h.newLargeSubmission(size)
		}
		measured := elapsed(func() { h.deliver(token, parcels, lanes) })
		baseline := elapsed(func() { writeRaw(t, parcels) })
		ratios = append(ratios, float64(baseline)/float64(measured))
		if round == 0 || measured < fastest {
			fastest = measured
		}
	}
	slices.Sort(ratios)
	median := ratios[rounds/2]
	verdict := "reached"
	if median < 0.5 {
		verdict = "missed"
	}
	fmt.Printf("BENCH\t%s\t%.2f\t%s\t%s\t%s\n", "mutuad: claims of 500 KB over TLS against write+fsync", median, ">= 0.50", verdict,
		fmt.Sprintf("%.0f claims/s, best round", claims/fastest.Seconds()))
}

func elapsed(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}

// overTLS lets the house answer like the real program.
func (h *house) overTLS() {
	h.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		h.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	s := server.New(server.Config{Archive: h.archive})
	go func() { ended <- s.Serve(ctx, l) }()
	h.t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			h.t.Error(err)
		}
	})
	h.url = "https://" + l.Addr().String()
	h.client = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, ForceAttemptHTTP2: true,
		MaxIdleConnsPerHost: 16}}
	h.t.Cleanup(h.client.CloseIdleConnections)
}

func (h *house) newLargeSubmission(size int) parcel {
	plain := make([]byte, size)
	if _, err := rand.Read(plain); err != nil {
		h.t.Fatal(err)
	}
	sealed := h.seal(plain)
	p := h.newSubmission(1, func(c *claim.Claim) {
		a := &c.Documents[0].Attachments[0]
		a.Plain, a.Size, a.Blob, a.Sealed = hexOf(plain), int64(size), hexOf(sealed), int64(len(sealed))
	})
	p.files = map[string][]byte{hexOf(sealed): sealed}
	return p
}

func (h *house) deliver(token string, parcels []parcel, lanes int) {
	work := make(chan parcel)
	var done sync.WaitGroup
	for range lanes {
		done.Go(func() {
			for p := range work {
				h.upload(token, p)
				if got := h.put(token, p); got.status != http.StatusOK {
					h.t.Errorf("PUT answered %d %s", got.status, got.body)
				}
			}
		})
	}
	for _, p := range parcels {
		work <- p
	}
	close(work)
	done.Wait()
}

func writeRaw(t *testing.T, parcels []parcel) {
	t.Helper()
	dir := t.TempDir()
	for i, p := range parcels {
		for _, sealed := range p.files {
			f, err := os.Create(filepath.Join(dir, fmt.Sprint(i)))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := bytes.NewReader(sealed).WriteTo(f); err != nil {
				t.Fatal(err)
			}
			if err := f.Sync(); err != nil {
				t.Fatal(err)
			}
			f.Close()
		}
	}
}
