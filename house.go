package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"sync"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/storage"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/engine"
	"github.com/sodale/sodale/sync/seal"
	"github.com/sodale/sodale/ui/screen/claims"
)

// house is one member's Sodale, put together: vault, engine, desk and previewer. It begins locked; what is queued leaves
// all the same.
type house struct {
	dir       string
	store     *storage.Store
	profile   api.Profile
	engine    *engine.Engine
	desk      *claim.Desk
	previewer *document.Pool
	sealer    lateSealer
	transport http.RoundTripper

	stop    context.CancelFunc
	resting chan struct{} // closed when the engine has come to rest
	closing sync.Once
}

// lateSealer is the member's key pair, which is known only once the vault is open.
type lateSealer struct {
	mu  sync.RWMutex
	box *seal.Box
}

func (l *lateSealer) set(b *seal.Box) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.box = b
}

func (l *lateSealer) get() (*seal.Box, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.box == nil {
		return nil, fault.New(storage.CodeLocked, "seal", "")
	}
	return l.box, nil
}

// Seal implements claim.Sealer.
func (l *lateSealer) Seal(dst io.Writer) (io.WriteCloser, error) {
	b, err := l.get()
	if err != nil {
		return nil, err
	}
	return b.Seal(dst)
}

// Open implements claim.Sealer.
func (l *lateSealer) Open(src io.Reader) (io.Reader, error) {
	b, err := l.get()
	if err != nil {
		return nil, err
	}
	return b.Open(src)
}

// openHouse takes the vault in dir after a child process found its file sound, and starts to deliver. transport is nil
// outside of tests and the tour. Errors are those of storage.Open.
func openHouse(dir string, transport http.RoundTripper) (*house, error) {
	options := storage.Options{Log: slog.Default()}
	if exe, err := os.Executable(); err == nil {
		options.Distrust = storage.CheckInChild(context.Background(), exe, dir) != nil
	}
	store, err := storage.Open(dir, options)
	if err != nil {
		return nil, err
	}
	h := &house{dir: dir, store: store, previewer: document.Start(workerConfig()), transport: transport, resting: make(chan struct{})}
	if profile, err := store.Profile(context.Background()); err != nil || json.Unmarshal(profile, &h.profile) != nil {
		slog.Warn("profile", "code", identity.CodeDamaged)
	}
	h.desk = &claim.Desk{Vault: store, Sealer: &h.sealer, Previewer: h.previewer, Clock: clock.System{}, Random: rand.Reader}
	h.engine = engine.New(engine.Config{Profile: h.profile, Outbox: store, Tokens: store, Clock: clock.System{}, Random: rand.Reader,
		Transport: transport, Changes: store.Feed(), Log: slog.Default(), FreeBytes: func() (uint64, error) { return freeBytes(dir) }})
	ctx, stop := context.WithCancel(context.Background())
	h.stop = stop
	go func() {
		defer close(h.resting)
		_ = h.engine.Run(ctx) // ends only with ctx
	}()
	return h, nil
}

// Greeting implements identity.Gate.
func (h *house) Greeting() string { return h.store.Greeting() }

// Unlock implements identity.Gate: it opens the vault and lets events in.
func (h *house) Unlock(ctx context.Context, password []byte) error {
	if err := h.store.Unlock(ctx, password); err != nil {
		return err
	}
	return h.settleIn()
}

// settleIn makes the open vault's keys and tokens known to desk and engine.
func (h *house) settleIn() error {
	secret, err := h.store.Identity(context.Background())
	if err != nil {
		return err
	}
	box, err := seal.NewBox(secret, h.profile.Recipient)
	if err != nil {
		return err
	}
	h.sealer.set(box)
	h.engine.SetInbox(h.store)
	return nil
}

// recover opens the vault with the printed recovery code.
func (h *house) recover(ctx context.Context, code string) error {
	if err := h.store.UnlockWithRecovery(ctx, code); err != nil {
		return err
	}
	return h.settleIn()
}

// damage is what opening the vault found damaged and mended, or nil.
func (h *house) damage() error {
	if d := h.store.Damage(); d != nil {
		return d
	}
	return nil
}

// release sends a held submission back to the queue and tries it at once.
func (h *house) release(ctx context.Context, opID string) error {
	if err := h.store.Release(ctx, opID); err != nil {
		return err
	}
	h.engine.Poke()
	return nil
}

// receipt verifies a signed receipt with the mutual's pinned key and returns what it states.
func (h *house) receipt(raw []byte) (claims.Receipt, error) {
	r, err := seal.VerifyReceipt(h.profile.SignKey, raw)
	if err != nil {
		return claims.Receipt{}, err
	}
	return claims.Receipt{Mutual: h.profile.Name, Subject: r.Subject, Revision: r.Revision, Protocol: r.Protocol, At: r.At, Digest: r.Plain, Files: len(r.Blobs)}, nil
}

// member is the vault as the window reads it.
type member struct{ *storage.Store }

// MarkRead marks one notice as read.
func (m member) MarkRead(ctx context.Context, id string) error { return m.Store.MarkRead(ctx, id) }

// close lets the engine come to rest, then closes the vault. It may be called more than once.
func (h *house) close() {
	h.closing.Do(func() {
		h.stop()
		<-h.resting
		if err := h.previewer.Close(); err != nil {
			slog.Warn("previewer", "err", err)
		}
		if err := h.store.Close(); err != nil {
			slog.Warn("vault", "code", fault.CodeOf(err))
		}
	})
}
