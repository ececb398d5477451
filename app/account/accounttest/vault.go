package accounttest

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/sodale/sodale/app/account"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
)

// VaultFake is this computer's side: a vault that one password, one printed code and one share open. It is the locked door's
// gate too. It is safe for concurrent use.
type VaultFake struct {
	account.Vault // what nobody asks at the door

	Name     string // given name
	Owner    string // user name
	Password string
	Printed  string
	Share    []byte
	Apart    bool // the account has another password

	mu      sync.Mutex
	Open    bool
	Tried   []string
	Aligned time.Time // of the last SetPassword
}

// Greeting implements identity.Gate.
func (v *VaultFake) Greeting() string { return v.Name }

// Unlock implements identity.Gate and account.Vault.
func (v *VaultFake) Unlock(_ context.Context, password []byte) error {
	return v.try(string(password), string(password) == v.Password)
}

// UnlockWithRecovery implements account.Vault.
func (v *VaultFake) UnlockWithRecovery(_ context.Context, code string) error {
	return v.try(code, code == v.Printed)
}

// UnlockWithShare implements account.Vault.
func (v *VaultFake) UnlockWithShare(_ context.Context, share []byte) error {
	return v.try("share", slices.Equal(share, v.Share))
}

func (v *VaultFake) try(what string, right bool) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.Tried = append(v.Tried, what)
	v.Open = v.Open || right
	if !right {
		return fault.New(identity.CodeWrongPassword, "accounttest.unlock", "")
	}
	return nil
}

// SetPassword implements account.Vault.
func (v *VaultFake) SetPassword(_ context.Context, next []byte, changed time.Time) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.Password, v.Aligned, v.Apart = string(next), changed, false
	return nil
}

// SetPasswordHere makes a password that of this computer alone.
func (v *VaultFake) SetPasswordHere(_ context.Context, next []byte) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.Password, v.Apart = string(next), true
	return nil
}

// Stale implements account.Vault.
func (v *VaultFake) Stale() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.Apart
}

// User implements account.Vault.
func (v *VaultFake) User() string { return v.Owner }
