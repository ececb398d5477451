// Package identity is how a member opens what is theirs on this computer.
package identity

import (
	"context"

	"github.com/sodale/sodale/app/fault"
)

// Codes of opening a vault. Screens translate them.
const (
	CodeWrongPassword fault.Code = "identity.wrong-password"
	CodeWait          fault.Code = "identity.wait" // Values: Seconds
	CodeNoVault       fault.Code = "identity.no-vault"
	CodeInUse         fault.Code = "storage.in-use"  // another Sodale has it open
	CodeNewer         fault.Code = "storage.newer"   // written by a newer version
	CodeDamaged       fault.Code = "storage.damaged" // Values: Lost
	CodeDiskFull      fault.Code = "storage.disk-full"
	CodeWeakSlot      fault.Code = "storage.weak-key" // key parameters below the floor or absurd
	CodeRecord        fault.Code = "storage.record"   // a record does not authenticate; Item names it
	CodeMissing       fault.Code = "storage.missing"  // the manifest counts records that are not there
)

// Gate is the locked door.
type Gate interface {
	// Greeting is the given name shown on the unlock screen, or "".
	Greeting() string
	// Unlock opens the vault with the password's exact bytes. CodeWrongPassword, or CodeWait with the seconds left.
	Unlock(ctx context.Context, password []byte) error
}
