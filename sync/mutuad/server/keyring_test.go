package server_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"net/http"
	"sync"
	"testing"

	"github.com/sodale/sodale/sync/api"
)

// keyring is what the devices of a test prove themselves with: seeds of keys by token, and the challenge of the last answer.
type keyring struct {
	mu        sync.Mutex
	seeds     map[string][]byte
	challenge string
}

func (k *keyring) keep(seed []byte, tokens ...string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, token := range tokens {
		k.seeds[token] = seed
	}
}

func (k *keyring) of(token string) (seed []byte, challenge string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.seeds[token], k.challenge
}

func (k *keyring) hear(answer *http.Response) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.challenge = answer.Header.Get(api.HeaderChallenge)
}

// newKey makes a device's key: its seed and its public half.
func newKey(t testing.TB) (seed, public []byte) {
	t.Helper()
	seed = make([]byte, ed25519.SeedSize)
	if _, err := rand.Read(seed); err != nil {
		t.Fatal(err)
	}
	return seed, ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
}

// postbox is a postman who keeps what he is given.
type postbox struct {
	mu      sync.Mutex
	letters []posted
}

type posted struct{ to, subject, text string }

func (p *postbox) EMail(_ context.Context, to, subject, text string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.letters = append(p.letters, posted{to, subject, text})
	return nil
}

func (p *postbox) SMS(ctx context.Context, to, text string) error { return p.EMail(ctx, to, "", text) }

// to returns what was sent to one address so far, oldest first.
func (h *house) to(address string) []posted {
	h.server.Posted()
	h.post.mu.Lock()
	defer h.post.mu.Unlock()
	var all []posted
	for _, l := range h.post.letters {
		if l.to == address {
			all = append(all, l)
		}
	}
	return all
}
