package storage

import (
	"crypto/rand"
	"encoding/json"
	"io"
	"log/slog"
	"sync"
	"time"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/app/mutual"
)

// Codes of this package beside those of package identity.
const (
	CodeLocked fault.Code = "storage.locked" // this needs the open vault
	CodeExists fault.Code = "storage.exists" // there is a vault already, or something else of that name
	CodeWrite  fault.Code = "storage.write"  // the disk refused, and not because it is full
	CodeRead   fault.Code = "storage.read"   // the disk could not be read
	CodeBackup fault.Code = "storage.backup" // a backup that is not whole
	CodeCode   fault.Code = "storage.code"   // a text that is no recovery code

	CodeDestroyed fault.Code = "storage.destroyed" // the keys were destroyed (DestroyKey); Values: Waiting
	CodePending   fault.Code = "storage.pending"   // something waits for the mutual; Values: Waiting
	CodeNoRules   fault.Code = "storage.no-rules"  // the mutual's rules are not stored
)

// Options are what a vault needs from outside. The zero value is right for production.
type Options struct {
	Clock  clock.Clock  // nil = the machine's
	Random io.Reader    // nil = the operating system's
	Log    *slog.Logger // ids and codes only; nil = silent
	// Fail is called at each of Points, so that tests can end the process there. nil in production.
	Fail func(point string)
	// Strict makes Unlock answer CodeRecord, CodeMissing or CodeDamaged for a damaged vault and leave it untouched,
	// instead of salvaging what is intact.
	Strict bool
	// Distrust says that the check in a child process failed: the database is not mapped, Unlock salvages it.
	Distrust bool

	migrations map[uint32]migration // nil = those of the program
}

func (o Options) filled() Options {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	o.Random = &sharedReader{from: o.Random}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Fail == nil {
		o.Fail = func(string) {}
	}
	if o.migrations == nil {
		o.migrations = migrations
	}
	return o
}

// sharedReader lets several goroutines read from one source.
type sharedReader struct {
	mu   sync.Mutex
	from io.Reader
}

func (r *sharedReader) Read(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.from.Read(p)
}

// Setup is what a new vault holds from its first moment.
type Setup struct {
	Household member.Household
	Cards     []card.Card
	Profile   json.RawMessage // how the mutual is reached, as the sync room reads it
	Rules     mutual.Profile  // of the mutual; one without an ID is none
	Identity  string          // secret half of the member's key pair
	Tokens    Tokens
	DeviceID  string // under which the mutual knows this computer
	DeviceKey []byte // Ed25519 seed, 32 bytes, that proves the tokens
	User      string // to sign in with
	// PasswordChanged is account.Standing.PasswordChanged of the moment in which the password was the account's; UTC.
	PasswordChanged time.Time
	Greeting        string // given name for the unlock screen
}

// Tokens are what the device presents to the mutual.
type Tokens struct {
	Upload string `json:"upload"` // may only check, upload, submit and fetch receipts; also kept for the locked vault
	Full   string `json:"full"`
}

// Points are the names at which Options.Fail is called, in the order in which a session meets them.
var Points = []string{
	"create.before-rename", "create.after-rename",
	"blob.before-write", "blob.after-write", "blob.after-sync", "blob.after-rename",
	"draft.before-commit", "draft.after-commit",
	"freeze.before-commit", "freeze.after-commit",
	"move.before-commit", "move.after-commit",
	"apply.before-commit", "apply.after-commit",
	"profile.before-commit", "profile.after-commit",
	"purge.before-commit", "purge.after-commit",
	"mend.before-commit", "mend.after-commit",
	"generation.before-rename", "generation.after-rename",
	"slots.between-halves",
	"recover.before-aside", "recover.before-rename", "recover.after-rename",
}
