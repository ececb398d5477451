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
	"github.com/sodale/sodale/app/document/ocr"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/request"
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
	desk      *claim.Desk
	requests  *request.Desk
	previewer *latePreviewer
	eyes      *ocr.Engine // read the words of pictures
	sealer    lateSealer
	transport http.RoundTripper
	begun     chan struct{} // closed when the house may work beside the window
	begin     func()        // closes it and warms the previewer, once

	mu      sync.Mutex
	profile api.Profile
	engine  *engine.Engine
	stop    context.CancelFunc
	resting chan struct{} // closed when the engine has come to rest
	lock    func()        // ends the program and starts it afresh, locked; nil = nobody waits for it

	ending  sync.Mutex // held while a word of being signed out is acted upon
	ended   bool       // the vault's key was destroyed
	closing sync.Once
	gone    chan struct{} // closed when the house is
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

// openHouse is prepareHouse, and the house begins at once.
func openHouse(dir string, transport http.RoundTripper) (*house, error) {
	h, err := prepareHouse(dir, transport)
	if err == nil {
		h.begin()
	}
	return h, err
}

// prepareHouse takes the vault in dir after a child process found its file sound. Delivery waits for begin. transport is nil
// outside of tests and the tour. Errors are those of storage.Open.
func prepareHouse(dir string, transport http.RoundTripper) (*house, error) {
	options := storage.Options{Log: slog.Default()}
	if exe, err := os.Executable(); err == nil {
		options.Distrust = storage.CheckInChild(context.Background(), exe, dir) != nil
	}
	store, err := storage.Open(dir, options)
	if err != nil {
		return nil, err
	}
	h := &house{dir: dir, store: store, previewer: &latePreviewer{config: workerConfig()}, eyes: newEyes(dir), transport: transport, begun: make(chan struct{}), gone: make(chan struct{})}
	h.begin = sync.OnceFunc(func() {
		close(h.begun)
		h.previewer.warm()
	})
	h.desk = &claim.Desk{Vault: store, Sealer: &h.sealer, Previewer: h.previewer, Mutual: h.rules, Clock: clock.System{}, Random: rand.Reader}
	h.requests = &request.Desk{Vault: store, Sealer: &h.sealer, Clock: clock.System{}, Random: rand.Reader}
	h.deliver()
	return h, nil
}

// deliver starts the engine, once the house has begun, towards the mutual that the vault names. A vault that was restored from a backup names it only
// once it is open; until then the engine finds nobody.
func (h *house) deliver() {
	h.mu.Lock()
	defer h.mu.Unlock()
	profile, err := h.store.Profile(context.Background())
	if err == nil {
		err = json.Unmarshal(profile, &h.profile)
	}
	if err != nil {
		slog.Warn("profile", "code", fault.CodeOf(err))
	}
	e := engine.New(engine.Config{Profile: h.profile, Outbox: h.store, Tokens: h.store, Key: h.store.Key, Revoked: func(destroy bool) { go h.signedOut(destroy) }, Clock: clock.System{}, Random: rand.Reader,
		Transport: h.transport, Changes: h.store.Feed(), Log: slog.Default(), FreeBytes: func() (uint64, error) { return freeBytes(h.dir) }})
	ctx, stop := context.WithCancel(context.Background())
	resting := make(chan struct{})
	go func() {
		defer close(resting)
		select {
		case <-h.begun:
			_ = e.Run(ctx) // ends only with ctx
		case <-ctx.Done():
		}
	}()
	h.engine, h.stop, h.resting = e, stop, resting
}

// rest ends the engine and returns when it has come to rest.
func (h *house) rest() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.stop()
	<-h.resting
}

// line is the engine of the moment.
func (h *house) line() *engine.Engine {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.engine
}

// mutual is what the vault knows of the mutual.
func (h *house) mutual() api.Profile {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.profile
}

// Greeting implements the gate of the window.
func (h *house) Greeting() string { return h.store.Greeting() }

// Unlock implements the gate of the window: it opens the vault and lets events in.
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
	if h.mutual().ID == "" {
		h.rest()
		h.deliver()
	}
	box, err := seal.NewBox(secret, h.mutual().Recipient)
	if err != nil {
		return err
	}
	h.sealer.set(box)
	h.line().SetInbox(h.store)
	go h.keepReset()
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
	h.line().Poke()
	return nil
}

// receipt verifies a signed receipt with the mutual's pinned key and returns what it states.
func (h *house) receipt(raw []byte) (claims.Receipt, error) {
	r, err := seal.VerifyReceipt(h.mutual().SignKey, raw)
	if err != nil {
		return claims.Receipt{}, err
	}
	return claims.Receipt{Mutual: h.mutual().Name, Subject: r.Subject, Revision: r.Revision, Protocol: r.Protocol, At: r.At, Digest: r.Plain, Files: len(r.Blobs)}, nil
}

// profile is the vault as the window reads it.
type profile struct{ *storage.Store }

// MarkRead marks one notice as read.
func (p profile) MarkRead(ctx context.Context, id string) error { return p.Store.MarkRead(ctx, id) }

// close lets the engine come to rest, then closes the vault. It may be called more than once.
func (h *house) close() {
	h.closing.Do(func() {
		close(h.gone)
		h.rest()
		if err := h.eyes.Close(); err != nil {
			slog.Warn("reader", "code", fault.CodeOf(err))
		}
		if err := h.previewer.Close(); err != nil {
			slog.Warn("previewer", "err", err)
		}
		if err := h.store.Close(); err != nil {
			slog.Warn("vault", "code", fault.CodeOf(err))
		}
	})
}
