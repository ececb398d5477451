// Package password keeps members' passwords as Argon2id hashes (RFC 9106) in PHC strings.
package password

import (
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"

	"github.com/sodale/sodale/app/fault"
)

// CodeHash is the code of a stored hash that can't be read.
const CodeHash fault.Code = "password.hash"

// Cost of one hash: about 50 ms on one core. Stored hashes with other costs within the limits of parse still verify.
const (
	passes  = 2
	memory  = 19 * 1024 // KiB
	threads = 1
	keySize = 32
	salt    = 16
)

var encoding = base64.RawStdEncoding

// Hash returns the PHC string of a password, with its salt read from random.
func Hash(random io.Reader, password string) (string, error) {
	s := make([]byte, salt)
	if _, err := io.ReadFull(random, s); err != nil {
		return "", err
	}
	key := argon2.IDKey([]byte(password), s, passes, memory, threads, keySize)
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, memory, passes, threads, encoding.EncodeToString(s), encoding.EncodeToString(key)), nil
}

// Verify reports whether password is the one that phc was made of, in a time that does not depend on where they differ.
func Verify(phc, password string) (bool, error) {
	p, err := parse(phc)
	if err != nil {
		return false, err
	}
	key := argon2.IDKey([]byte(password), p.salt, p.passes, p.memory, p.threads, uint32(len(p.key)))
	return subtle.ConstantTimeCompare(key, p.key) == 1, nil
}

type parameters struct {
	passes, memory uint32
	threads        uint8
	salt, key      []byte
}

// parse reads a PHC string and refuses costs that are absurd.
func parse(phc string) (parameters, error) {
	var p parameters
	var version int
	parts := strings.Split(phc, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" {
		return p, fault.New(CodeHash, "password.parse", "form")
	}
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return p, fault.New(CodeHash, "password.parse", "version")
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &p.memory, &p.passes, &p.threads); err != nil ||
		p.memory < 8 || p.memory > 1<<20 || p.passes < 1 || p.passes > 16 || p.threads < 1 || p.threads > 16 {
		return p, fault.New(CodeHash, "password.parse", "cost")
	}
	var err error
	if p.salt, err = encoding.DecodeString(parts[4]); err != nil || len(p.salt) < 8 {
		return p, fault.New(CodeHash, "password.parse", "salt")
	}
	if p.key, err = encoding.DecodeString(parts[5]); err != nil || len(p.key) < 16 || len(p.key) > 64 {
		return p, fault.New(CodeHash, "password.parse", "key")
	}
	return p, nil
}
