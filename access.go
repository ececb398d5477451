package main

import (
	"context"
	"crypto/rand"
	"log/slog"
	"time"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/storage"
	"github.com/sodale/sodale/sync/engine"
	"github.com/sodale/sodale/sync/portal"
	"github.com/sodale/sodale/ui/screen/unlock"
)

// access is what the member does with their account, at the mutual that the vault names at this moment.
func (h *house) access() *account.Desk {
	return &account.Desk{Portal: h.door(), Vault: keyhole{h}}
}

// door asks that mutual as this computer.
func (h *house) door() account.Portal {
	return portal.New(engine.NewWire(h.mutual(), h.transport, rand.Reader), h.store, rand.Reader)
}

// keyhole is the vault as the account's desk opens it: whichever key turned, the house settles in afterwards.
type keyhole struct{ *house }

// Unlock implements account.Vault.
func (k keyhole) Unlock(ctx context.Context, password []byte) error {
	return k.house.Unlock(ctx, password)
}

// UnlockWithRecovery implements account.Vault.
func (k keyhole) UnlockWithRecovery(ctx context.Context, code string) error {
	return k.recover(ctx, code)
}

// UnlockWithShare implements account.Vault.
func (k keyhole) UnlockWithShare(ctx context.Context, share []byte) error {
	if err := k.store.UnlockWithShare(ctx, share); err != nil {
		return err
	}
	return k.settleIn()
}

// SetPassword implements account.Vault.
func (k keyhole) SetPassword(ctx context.Context, next []byte, changed time.Time) error {
	return k.store.SetPassword(ctx, next, changed)
}

// NewShare implements account.Vault.
func (k keyhole) NewShare(ctx context.Context) ([]byte, error) { return k.store.NewShare(ctx) }

// KeepShare implements account.Vault.
func (k keyhole) KeepShare(ctx context.Context) error { return k.store.KeepShare(ctx) }

// ShareKept implements account.Vault.
func (k keyhole) ShareKept() bool { return k.store.ShareKept() }

// NewRecoveryCode implements account.Vault.
func (k keyhole) NewRecoveryCode(ctx context.Context) (string, error) {
	return k.store.NewRecoveryCode(ctx)
}

// Standing implements account.Vault.
func (k keyhole) Standing(ctx context.Context) (account.Standing, error) {
	return k.store.Standing(ctx)
}

// Stale implements account.Vault.
func (k keyhole) Stale() bool { return k.store.Stale() }

// User implements account.Vault.
func (k keyhole) User() string { return k.store.User() }

// Device implements account.Vault.
func (k keyhole) Device() string { return k.store.Device() }

// shareEvery is how often the house offers the mutual its share until it has it.
const shareEvery = 30 * time.Second

// keepReset sees to it, for as long as the house stands, that a reset by code can open this vault.
func (h *house) keepReset() {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-h.gone:
			return
		case <-timer.C:
		}
		ctx, cancel := context.WithTimeout(context.Background(), shareEvery)
		err := h.access().KeepReset(ctx)
		cancel()
		if err == nil || fault.CodeOf(err) == engine.CodeNoToken {
			return
		}
		slog.Info("share not kept", "code", fault.CodeOf(err))
		timer.Reset(shareEvery)
	}
}

// signedOut is called when the mutual signed that this computer was signed out elsewhere. Where the member asked so, the vault's
// key is destroyed, and what waits stays sealed to the mutual. Else the tokens are forgotten: the vault still opens with its
// password, and nothing typed in it is lost. Either way the program locks.
func (h *house) signedOut(destroy bool) {
	h.ending.Lock() // several requests hear it at once
	defer h.ending.Unlock()
	ctx := context.Background()
	var err error
	switch {
	case h.ended:
		return
	case destroy:
		h.ended = true
		err = h.store.DestroyKey(ctx)
	case h.store.Locked(), h.store.Full() == "":
		return // there is nothing to forget, or it was forgotten already
	default:
		err = h.store.SetTokens(ctx, storage.Tokens{})
	}
	if err != nil {
		slog.Error("signed out", "code", fault.CodeOf(err))
	}
	h.mu.Lock()
	lock := h.lock
	h.mu.Unlock()
	if lock != nil {
		lock()
	}
}

// revoked is what became of this computer at the mutual, as far as the vault knows.
func (h *house) revoked() unlock.Revocation {
	if h.store.Device() != "" && h.store.Upload() == "" {
		return unlock.SignedOut
	}
	return unlock.NotRevoked
}

// onSignedOut says what locks the program.
func (h *house) onSignedOut(lock func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.lock = lock
}

// signInAgain makes an open vault's computer a device of the member once more.
func (h *house) signInAgain(ctx context.Context, c account.Credentials) error {
	c.Device = computerName()
	d, err := h.door().SignIn(ctx, c)
	if err != nil {
		return err
	}
	if err := h.store.SetDevice(ctx, d, c.User); err != nil {
		return err
	}
	h.line().Poke()
	go h.keepReset()
	return nil
}
