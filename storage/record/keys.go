// Package record is how one value of the vault lies on disk: sealed with XChaCha20-Poly1305, bound to its place, padded,
// counted by a manifest and expected by a roster. It knows no file and no bbolt.
package record

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"

	"golang.org/x/crypto/chacha20poly1305"
)

// SecretSize is the length of the secret that keys are derived from, in bytes.
const SecretSize = 32

// KeySize is the length of a record's key in the database, in bytes.
const KeySize = 16

// VaultID names one vault for ever.
type VaultID [16]byte

// Keys seal, name and count the records of one domain. Safe for concurrent use.
type Keys struct {
	vault    VaultID
	aead     cipher.AEAD
	name     []byte
	manifest []byte
}

// Derive makes the keys of a domain ("vault", "courier") from its secret of SecretSize bytes by HKDF-SHA-256.
func Derive(secret []byte, vault VaultID, domain string) (*Keys, error) {
	k := &Keys{vault: vault}
	var seal []byte
	for _, part := range []struct {
		to    *[]byte
		label string
	}{{&seal, "record"}, {&k.name, "name"}, {&k.manifest, "manifest"}} {
		key, err := hkdf.Key(sha256.New, secret, vault[:], "sodale/"+domain+"/"+part.label+"/1", SecretSize)
		if err != nil {
			return nil, err
		}
		*part.to = key
	}
	var err error
	k.aead, err = chacha20poly1305.NewX(seal)
	clear(seal)
	return k, err
}

// Key returns the keyed hash under which a name is filed in a bucket.
func (k *Keys) Key(bucket byte, name string) [KeySize]byte {
	h := hmac.New(sha256.New, k.name)
	h.Write([]byte{bucket})
	h.Write([]byte(name))
	var key [KeySize]byte
	copy(key[:], h.Sum(nil))
	return key
}
