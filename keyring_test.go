package main

import (
	"errors"
	"testing"

	"github.com/zalando/go-keyring"

	"github.com/sodale/sodale/app/identity"
)

// What the keyring has opens this vault with no password, until the member has it forgotten; after *Blocca* it is not asked. The
// keyring here is the library's own in memory: a virtual machine has none.
func TestTheKeyringOpensTheVaultUntilItIsForgotten(t *testing.T) {
	keyring.MockInit()
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "none is asked")
	m := startTestMutual(t)
	dir := computerOf(t, m, m.password)
	h := opened(t, dir, m.password)
	if on := h.memory(true); on == nil || on.On {
		t.Fatalf("it is on before anybody asked: %+v", on)
	}
	if err := h.memory(true).Keep(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.close()

	h = locked(t, dir)
	if after := h.memory(false); !after.On || after.Open != nil {
		t.Errorf("after the lock: %+v", after)
	}
	if err := h.memory(true).Open(t.Context()); err != nil || h.store.Locked() {
		t.Fatalf("the vault stays shut: %v", err)
	}
	secret, err := keyring.Get(appID, h.store.Device())
	if err != nil {
		t.Fatal(err)
	}
	if err := h.memory(true).Forget(t.Context()); err != nil || h.store.HasKeyring() {
		t.Fatalf("not forgotten: %v", err)
	}
	if _, err := keyring.Get(appID, h.store.Device()); !errors.Is(err, keyring.ErrNotFound) {
		t.Errorf("the keyring still has it: %v", err)
	}
	h.close()

	h = locked(t, dir)
	if err := keyring.Set(appID, h.store.Device(), secret); err != nil { // somebody kept a copy
		t.Fatal(err)
	}
	if err := h.keyring().open(t.Context()); err == nil || !h.store.Locked() {
		t.Error("a forgotten secret opened the vault")
	} else {
		wantCode(t, err, identity.CodeWrongPassword)
	}
}
