package main

import (
	"context"
	"encoding/base64"
	"errors"
	"os"
	"runtime"

	"github.com/zalando/go-keyring"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/storage"
	"github.com/sodale/sodale/ui/screen/unlock"
)

// codeKeyring is the code of a keyring of the operating system that does not answer.
const codeKeyring fault.Code = "keyring.unavailable"

// ring is the operating system's keyring as far as one vault uses it (*Ricordami su questo computer*). What lies in it opens the
// vault together with this disk; it is never the only key.
type ring struct{ store *storage.Store }

func (h *house) keyring() ring { return ring{h.store} }

// entry names what the vault keeps in the keyring: by the device, which says nothing of a person.
func (r ring) entry() string { return r.store.Device() }

// offered reports whether there may be a keyring to speak to. Nothing is asked of it: that could open a dialog of the desktop's.
func (r ring) offered() bool {
	return r.entry() != "" && (runtime.GOOS != "linux" || os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "")
}

// set begins or ends to remember the open vault.
func (r ring) set(ctx context.Context, on bool) error {
	if !on {
		if err := r.store.DropKeyring(ctx); err != nil {
			return err
		}
		if err := keyring.Delete(appID, r.entry()); err != nil && !errors.Is(err, keyring.ErrNotFound) {
			return fault.Wrap(codeKeyring, "keyring.forget", "", err)
		}
		return nil
	}
	secret, err := r.store.NewKeyring(ctx)
	if err != nil {
		return err
	}
	defer clear(secret)
	if err := keyring.Set(appID, r.entry(), base64.StdEncoding.EncodeToString(secret)); err != nil {
		return fault.Wrap(codeKeyring, "keyring.remember", "", err)
	}
	return nil
}

// open opens the locked vault with what the keyring has. codeKeyring when it has nothing.
func (r ring) open(ctx context.Context) error {
	text, err := keyring.Get(appID, r.entry())
	if err != nil {
		return fault.Wrap(codeKeyring, "keyring.open", "", err)
	}
	secret, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return fault.Wrap(codeKeyring, "keyring.open", "", err)
	}
	defer clear(secret)
	return r.store.UnlockWithKeyring(ctx, secret)
}

// memory is the keyring as the door offers it; nil where there is none. opens is false after *Blocca*, which else would lock nothing.
func (h *house) memory(opens bool) *unlock.Memory {
	r := h.keyring()
	if !r.offered() {
		return nil
	}
	m := &unlock.Memory{On: h.store.HasKeyring(), Keep: func(ctx context.Context) error { return r.set(ctx, true) },
		Forget: func(ctx context.Context) error { return r.set(ctx, false) }}
	if opens {
		m.Open = func(ctx context.Context) error {
			if err := r.open(ctx); err != nil {
				return err
			}
			return h.settleIn()
		}
	}
	return m
}
