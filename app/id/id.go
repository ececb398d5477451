// Package id makes the identifiers of everything that Sodale names: UUIDv7 (RFC 9562, section 5.7), ordered by time.
package id

import (
	"encoding/binary"
	"encoding/hex"
	"io"
	"time"

	"github.com/google/uuid"
)

// New returns a fresh UUIDv7 of the instant now, with its random bits read from random. It fails only when random does.
func New(now time.Time, random io.Reader) (string, error) {
	var b [16]byte
	if _, err := io.ReadFull(random, b[6:]); err != nil {
		return "", err
	}
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(now.UnixMilli()))
	copy(b[:6], ms[2:])
	b[6] = b[6]&0x0f | 0x70
	b[8] = b[8]&0x3f | 0x80
	h := hex.EncodeToString(b[:])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:], nil
}

// Valid reports whether s is a UUID in its usual 36-character form.
func Valid(s string) bool { return len(s) == 36 && uuid.Validate(s) == nil }
