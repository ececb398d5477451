package slots

import (
	"crypto/hkdf"
	"crypto/sha256"
	"io"

	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"

	"github.com/sodale/sodale/storage/record"
)

// Params are the costs of Argon2id (RFC 9106).
type Params struct {
	Passes    uint32
	MemoryKiB uint32
	Threads   uint8
}

// Standard is what new slots get: the second recommended choice of RFC 9106.
var Standard = Params{Passes: 3, MemoryKiB: 64 << 10, Threads: 4}

// Check answers ErrWeak for costs below 46 MiB and one pass (OWASP ASVS 5.0, appendix C) or above 512 MiB, 16 passes or
// 16 threads. It is asked before anything is derived.
func (p Params) Check() error {
	if p.MemoryKiB < 46<<10 || p.MemoryKiB > 512<<10 || p.Passes < 1 || p.Passes > 16 || p.Threads < 1 || p.Threads > 16 {
		return ErrWeak
	}
	return nil
}

// WrapPassword makes a password slot around the vault key.
func WrapPassword(vault record.VaultID, password, key []byte, random io.Reader) (Slot, error) {
	return wrap(vault, Slot{Kind: Password, Params: Standard}, password, key, random)
}

// WrapRecovery makes a recovery slot around the vault key. code is the 16 bytes that are printed.
func WrapRecovery(vault record.VaultID, code, key []byte, random io.Reader) (Slot, error) {
	return wrap(vault, Slot{Kind: Recovery}, code, key, random)
}

// SecretSize is the length of a share and of what the keyring keeps, in bytes.
const SecretSize = 32

// WrapShare makes a slot around the vault key for a share of SecretSize random bytes.
func WrapShare(vault record.VaultID, share, key []byte, random io.Reader) (Slot, error) {
	return wrap(vault, Slot{Kind: Share}, share, key, random)
}

// WrapKeyring makes a slot around the vault key for SecretSize random bytes that the operating system keeps.
func WrapKeyring(vault record.VaultID, secret, key []byte, random io.Reader) (Slot, error) {
	return wrap(vault, Slot{Kind: Keyring}, secret, key, random)
}

func wrap(vault record.VaultID, s Slot, secret, key []byte, random io.Reader) (Slot, error) {
	if _, err := io.ReadFull(random, s.Salt[:]); err != nil {
		return s, err
	}
	nonce := s.box[:chacha20poly1305.NonceSizeX]
	if _, err := io.ReadFull(random, nonce); err != nil {
		return s, err
	}
	kek, err := s.derive(vault, secret)
	if err != nil {
		return s, err
	}
	defer clear(kek)
	aead, err := chacha20poly1305.NewX(kek)
	if err != nil {
		return s, err
	}
	aead.Seal(s.box[:len(nonce)], nonce, key, s.associated(vault))
	return s, nil
}

// Open returns the vault key, ErrWrong, or ErrWeak before deriving anything.
func (s Slot) Open(vault record.VaultID, secret []byte) ([]byte, error) {
	kek, err := s.derive(vault, secret)
	if err != nil {
		return nil, err
	}
	defer clear(kek)
	aead, err := chacha20poly1305.NewX(kek)
	if err != nil {
		return nil, err
	}
	n := chacha20poly1305.NonceSizeX
	key, err := aead.Open(nil, s.box[:n], s.box[n:], s.associated(vault))
	if err != nil {
		return nil, ErrWrong
	}
	return key, nil
}

// derive returns the key-encryption key. Only a password needs a slow hash: the other secrets have at least 128 random bits.
func (s Slot) derive(vault record.VaultID, secret []byte) ([]byte, error) {
	switch s.Kind {
	case Recovery:
		return hkdf.Key(sha256.New, secret, s.Salt[:], "sodale/recovery/1", record.SecretSize)
	case Share:
		return hkdf.Key(sha256.New, secret, s.Salt[:], "sodale/share/1"+string(vault[:]), record.SecretSize)
	case Keyring:
		return hkdf.Key(sha256.New, secret, s.Salt[:], "sodale/keyring/1"+string(vault[:]), record.SecretSize)
	}
	if err := s.Params.Check(); err != nil {
		return nil, err
	}
	slow := argon2.IDKey(secret, s.Salt[:], s.Params.Passes, s.Params.MemoryKiB, s.Params.Threads, record.SecretSize)
	defer clear(slow)
	return hkdf.Key(sha256.New, slow, nil, "sodale/kek/1", record.SecretSize)
}

func (s Slot) associated(vault record.VaultID) []byte {
	return s.appendHead(append([]byte("sodale/slot/1"), vault[:]...))
}
