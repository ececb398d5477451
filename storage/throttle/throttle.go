// Package throttle makes guessing a password at the window slow. The count survives a restart and a clock that was set
// back. Who has the files can do without the window: against that only the password's own strength helps.
package throttle

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"os"
	"time"

	"github.com/sodale/sodale/storage/disk"
)

// Free is how many wrong passwords cost nothing.
const Free = 5

// First and Longest bound the wait: it doubles from First with every wrong password after the free ones.
const (
	First   = 15 * time.Second
	Longest = 15 * time.Minute
)

// Bytes of the file: magic 8 ‖ count 4 ‖ instant of the last attempt in Unix milliseconds 8 ‖ SHA-256 32 of all before it.
const (
	magic = "SodaleT1"
	size  = 8 + 4 + 8 + sha256.Size
)

// Throttle counts the attempts in one file. Not safe for concurrent use.
type Throttle struct {
	path  string
	count uint32
	last  time.Time
}

// Load reads the file. A missing one means that there was no attempt; a damaged one that the free attempts are used up.
func Load(path string, now time.Time) (*Throttle, error) {
	t := &Throttle{path: path}
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return t, nil
	}
	if err != nil {
		return nil, err
	}
	var ok bool
	if t.count, t.last, ok = decode(data); !ok {
		t.count, t.last = Free, now
	}
	return t, nil
}

func decode(data []byte) (count uint32, last time.Time, ok bool) {
	if len(data) != size || string(data[:8]) != magic {
		return 0, time.Time{}, false
	}
	if sum := sha256.Sum256(data[:size-sha256.Size]); string(sum[:]) != string(data[size-sha256.Size:]) {
		return 0, time.Time{}, false
	}
	return binary.BigEndian.Uint32(data[8:]), time.UnixMilli(int64(binary.BigEndian.Uint64(data[12:]))).UTC(), true
}

func encode(count uint32, last time.Time) []byte {
	b := binary.BigEndian.AppendUint32([]byte(magic), count)
	b = binary.BigEndian.AppendUint64(b, uint64(last.UnixMilli()))
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// Wait is how long the next attempt must still wait. A clock that was set back makes the whole wait begin again, from
// that moment on.
func (t *Throttle) Wait(now time.Time) (time.Duration, error) {
	if t.count < Free {
		return 0, nil
	}
	wait := Longest
	if n := t.count - Free; n < 6 {
		wait = min(First<<n, Longest)
	}
	if now.Before(t.last) {
		t.last = now
		return wait, t.save()
	}
	return max(0, wait-now.Sub(t.last)), nil
}

// Attempt counts one attempt, durably, before its outcome is known: ending the program early does not help.
func (t *Throttle) Attempt(now time.Time) error {
	if t.count < 1<<31 {
		t.count++
	}
	t.last = now
	return t.save()
}

// Clear forgets the attempts after the right password.
func (t *Throttle) Clear() error {
	t.count, t.last = 0, time.Time{}
	err := os.Remove(t.path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

func (t *Throttle) save() error { return disk.WriteFile(t.path, encode(t.count, t.last)) }
