// Package secret is what the mutual's own key is good for: hashes of codes and tickets that say nothing to whoever only has
// the database, small things sealed in it, and the challenges that devices prove themselves over.
package secret

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"io"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"github.com/sodale/sodale/app/fault"
)

// CodeSecret is the code of something sealed that this key does not open.
const CodeSecret fault.Code = "secret.unreadable"

// KeySize is how long the mutual's key is, in bytes.
const KeySize = 32

// challengeLasts is how long one challenge is the newest; the one before it is taken as well.
const challengeLasts = 10 * time.Minute

// Box works with one key. It is safe for concurrent use.
type Box struct {
	seal      cipher.AEAD
	hash      []byte
	challenge []byte
}

// New returns what works with key, KeySize bytes. Each use has a key of its own, derived from it.
func New(key []byte) (*Box, error) {
	if len(key) != KeySize {
		return nil, fault.New(CodeSecret, "secret.new", "key")
	}
	var derived [3][]byte
	for i, use := range []string{"sodale mutuad seal", "sodale mutuad hash", "sodale mutuad challenge"} {
		var err error
		if derived[i], err = hkdf.Key(sha256.New, key, nil, use, KeySize); err != nil {
			return nil, fault.Wrap(CodeSecret, "secret.new", use, err)
		}
	}
	seal, err := chacha20poly1305.NewX(derived[0])
	if err != nil {
		return nil, fault.Wrap(CodeSecret, "secret.new", "seal", err)
	}
	return &Box{seal: seal, hash: derived[1], challenge: derived[2]}, nil
}

// Hash returns the keyed hash of some words as hex. The words are told apart by their lengths.
func (b *Box) Hash(words ...string) string {
	mac := hmac.New(sha256.New, b.hash)
	for _, w := range words {
		_ = binary.Write(mac, binary.BigEndian, uint64(len(w))) // a hash takes everything
		_, _ = io.WriteString(mac, w)
	}
	return hex.EncodeToString(mac.Sum(nil))
}

// Same compares two hashes in a time that does not say where they differ.
func Same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// Seal seals plain for one purpose, for example "factor" and a member's id. What it returns is text.
func (b *Box) Seal(random io.Reader, plain []byte, purpose string) (string, error) {
	nonce := make([]byte, chacha20poly1305.NonceSizeX)
	if _, err := io.ReadFull(random, nonce); err != nil {
		return "", err
	}
	return base64.RawStdEncoding.EncodeToString(b.seal.Seal(nonce, nonce, plain, []byte(purpose))), nil
}

// Open opens what Seal made for the same purpose, or CodeSecret.
func (b *Box) Open(sealed, purpose string) ([]byte, error) {
	raw, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil || len(raw) < chacha20poly1305.NonceSizeX {
		return nil, fault.New(CodeSecret, "secret.open", purpose)
	}
	plain, err := b.seal.Open(nil, raw[:chacha20poly1305.NonceSizeX], raw[chacha20poly1305.NonceSizeX:], []byte(purpose))
	if err != nil {
		return nil, fault.Wrap(CodeSecret, "secret.open", purpose, err)
	}
	return plain, nil
}

// Challenge returns what a proof made now must name. Every server with the same key gives the same one; none is stored.
func (b *Box) Challenge(now time.Time) string { return b.challengeOf(period(now)) }

// Fresh reports whether a challenge is the one of now or the one before.
func (b *Box) Fresh(challenge string, now time.Time) bool {
	current, before := Same(challenge, b.challengeOf(period(now))), Same(challenge, b.challengeOf(period(now)-1))
	return current || before
}

func period(now time.Time) int64 { return now.Unix() / int64(challengeLasts/time.Second) }

func (b *Box) challengeOf(period int64) string {
	mac := hmac.New(sha256.New, b.challenge)
	_ = binary.Write(mac, binary.BigEndian, period) // a hash takes everything
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:18])
}
