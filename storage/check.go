package storage

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/storage/pages"
)

// CheckVerb is the hidden verb under which the program runs RunCheck in a child process.
const CheckVerb = "__vaultcheck"

// CheckTime is how long a check may take.
const CheckTime = 20 * time.Second

// Exit codes of the child.
const (
	exitSound   = 0
	exitDamaged = 1
	exitUsage   = 2
	exitAbsent  = 3
)

// CheckFile checks the structure of a database file: first without trusting it, then by bbolt itself, which maps it. It needs
// no key. CodeDamaged, or CodeRead when the file can't be read. bbolt may end the process on a damaged page that the
// first pass let through, hence CheckInChild.
func CheckFile(path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return fault.Wrap(CodeRead, "storage.check", fileDatabase, err)
	}
	if err := pages.Verify(data, nil); err != nil {
		return fault.Wrap(identity.CodeDamaged, "storage.check", fileDatabase, err)
	}
	debug.SetPanicOnFault(true)
	return guard(func() error { return checkMapped(path) })
}

// checkMapped lets bbolt check the file.
func checkMapped(path string) (err error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: time.Second, PreLoadFreelist: true, NoStatistics: true})
	if err != nil {
		return fault.Wrap(CodeRead, "storage.check", fileDatabase, err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.View(func(tx *bolt.Tx) error {
		var found error
		for e := range tx.Check() {
			if found == nil {
				found = fault.Wrap(identity.CodeDamaged, "storage.check", fileDatabase, e)
			}
		}
		return found
	})
}

// RunCheck is what the child does: args are those after CheckVerb, the vault's folder. The result is the exit code.
func RunCheck(args []string) int {
	if len(args) != 1 {
		return exitUsage
	}
	switch err := CheckFile(filepath.Join(args[0], fileDatabase)); fault.CodeOf(err) {
	case "":
		return exitSound
	case CodeRead:
		return exitAbsent
	}
	return exitDamaged
}

// CheckInChild runs RunCheck in a process of its own, so that a file that ends or hangs bbolt ends or hangs only that
// one. nil when the database is sound, or can't be read at all, which Open will say better; CodeDamaged otherwise: then
// Open is called with Options.Distrust. exe is this program. The folder must not be open elsewhere.
func CheckInChild(ctx context.Context, exe, dir string) error {
	ctx, cancel := context.WithTimeout(ctx, CheckTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, exe, CheckVerb, dir)
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == exitAbsent {
		return nil
	}
	if err != nil {
		return fault.Wrap(identity.CodeDamaged, "storage.check", fileDatabase, err)
	}
	return nil
}
