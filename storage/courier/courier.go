// Package courier is the file that lets a locked vault deliver and be unlocked: the secret of the outbox, the token that can only
// upload with the key that proves it, and what the unlock screen shows. No password protects it. Its content is sealed with the key that lies in the same
// file, which keeps it out of searches through the disk and nothing more.
package courier

import (
	"crypto/cipher"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"io"

	"golang.org/x/crypto/chacha20poly1305"

	"github.com/sodale/sodale/storage/record"
)

// Bytes of the file: magic 8 ‖ vault id 16 ‖ secret 32 ‖ nonce 24 ‖ sealed JSON of Content ‖ tag 16. Associated data: the
// first 24 bytes.
const (
	Magic    = "SodaleC1"
	headSize = 8 + 16
	boxAt    = headSize + record.SecretSize
)

// ErrDamaged says that bytes are no courier file.
var ErrDamaged = errors.New("courier file damaged")

// File is what a locked vault knows.
type File struct {
	Vault   record.VaultID
	Secret  []byte // of the courier domain, record.SecretSize bytes
	Content Content
}

// Content is the sealed part.
type Content struct {
	Greeting    string `json:"greeting"`    // given name, or ""
	UploadToken string `json:"uploadToken"` // may only check, upload, submit and fetch receipts
	Instance    string `json:"device"`      // UUID of this copy of the vault, new after every restore
	// Profile is how the mutual is reached and known, as the sync room reads it: a locked vault delivers to it.
	Profile   json.RawMessage `json:"profile"`
	Rules     json.RawMessage `json:"rules,omitempty"`     // of the mutual: mutual.Profile
	DeviceID  string          `json:"deviceId,omitempty"`  // under which the mutual knows this computer
	DeviceKey []byte          `json:"deviceKey,omitempty"` // Ed25519 seed that proves the tokens
	User      string          `json:"user,omitempty"`      // to sign in with
	Stale     bool            `json:"stale,omitempty"`     // the account's password is another than the vault's
	ShareKept bool            `json:"shareKept,omitempty"` // the mutual has the newest share
}

// Encode returns the bytes of the file.
func (f File) Encode(random io.Reader) ([]byte, error) {
	plain, err := json.Marshal(f.Content)
	if err != nil {
		return nil, err
	}
	b := append([]byte(Magic), f.Vault[:]...)
	b = append(b, f.Secret...)
	nonce := make([]byte, chacha20poly1305.NonceSizeX)
	if _, err := io.ReadFull(random, nonce); err != nil {
		return nil, err
	}
	aead, err := box(f.Secret)
	if err != nil {
		return nil, err
	}
	b = append(b, nonce...)
	return aead.Seal(b, nonce, plain, b[:headSize]), nil
}

// Decode reads what Encode wrote, or answers ErrDamaged.
func Decode(b []byte) (File, error) {
	if len(b) < boxAt+chacha20poly1305.NonceSizeX+chacha20poly1305.Overhead || string(b[:8]) != Magic {
		return File{}, ErrDamaged
	}
	var f File
	copy(f.Vault[:], b[8:])
	f.Secret = append([]byte(nil), b[headSize:boxAt]...)
	aead, err := box(f.Secret)
	if err != nil {
		return File{}, err
	}
	at := boxAt + chacha20poly1305.NonceSizeX
	plain, err := aead.Open(nil, b[boxAt:at], b[at:], b[:headSize])
	if err != nil || json.Unmarshal(plain, &f.Content) != nil {
		return File{}, ErrDamaged
	}
	return f, nil
}

func box(secret []byte) (cipher.AEAD, error) {
	key := sha256.Sum256(append([]byte("sodale/courier-file/1"), secret...))
	return chacha20poly1305.NewX(key[:])
}
