package record

import (
	"encoding/binary"
	"errors"
	"io"

	"golang.org/x/crypto/chacha20poly1305"
)

// Bytes of a sealed record:
//
//	format 1 ‖ bucket 1 ‖ version 8 ‖ nonce 24 ‖ ciphertext ‖ tag 16
//
// The plain text is: name length 2 ‖ name ‖ data length 4 ‖ data ‖ zeros up to a multiple of Padding.
const (
	Format     = 1
	Padding    = 256
	headerSize = 2 + 8
	nonceSize  = chacha20poly1305.NonceSizeX
	TagSize    = chacha20poly1305.Overhead
	// MinSize is the length of the shortest sealed record.
	MinSize = headerSize + nonceSize + Padding + TagSize
	// MaxData is the longest value: 16 MiB.
	MaxData = 16 << 20
)

// ErrAuthentication says that bytes are not what was sealed for this place.
var ErrAuthentication = errors.New("record does not authenticate")

// ErrTooLong says that a name or a value can't be filed.
var ErrTooLong = errors.New("record too long")

// Record is one opened value.
type Record struct {
	Name    string
	Version uint64 // epoch of the commit that wrote it
	Data    []byte
}

// Place is where a record lies. A record sealed for one place opens in no other.
type Place struct {
	Bucket byte
	Key    []byte
	Schema uint32
}

// Seal returns the sealed bytes of a record.
func (k *Keys) Seal(at Place, r Record, random io.Reader) ([]byte, error) {
	if len(r.Name) > 255 || len(r.Data) > MaxData {
		return nil, ErrTooLong
	}
	need := 2 + len(r.Name) + 4 + len(r.Data)
	padded := (need + Padding - 1) / Padding * Padding
	out := make([]byte, headerSize+nonceSize+padded, headerSize+nonceSize+padded+TagSize)
	out[0], out[1] = Format, at.Bucket
	binary.BigEndian.PutUint64(out[2:], r.Version)
	nonce := out[headerSize : headerSize+nonceSize]
	if _, err := io.ReadFull(random, nonce); err != nil {
		return nil, err
	}
	plain := out[headerSize+nonceSize:]
	binary.BigEndian.PutUint16(plain, uint16(len(r.Name)))
	n := 2 + copy(plain[2:], r.Name)
	binary.BigEndian.PutUint32(plain[n:], uint32(len(r.Data)))
	copy(plain[n+4:], r.Data)
	return k.aead.Seal(out[:headerSize+nonceSize], nonce, plain, k.associated(at, r.Version)), nil
}

// Open returns the record that was sealed for the place, or ErrAuthentication. It does not change raw.
func (k *Keys) Open(at Place, raw []byte) (Record, error) {
	version, ok := Version(raw)
	if !ok || raw[1] != at.Bucket {
		return Record{}, ErrAuthentication
	}
	plain, err := k.aead.Open(nil, raw[headerSize:headerSize+nonceSize], raw[headerSize+nonceSize:], k.associated(at, version))
	if err != nil {
		return Record{}, ErrAuthentication
	}
	name, rest, ok := cut(plain, 2)
	if !ok {
		return Record{}, ErrAuthentication
	}
	data, _, ok := cut(rest, 4)
	if !ok {
		return Record{}, ErrAuthentication
	}
	return Record{Name: string(name), Version: version, Data: data}, nil
}

// cut takes one value with its big-endian length of size bytes off the front of b.
func cut(b []byte, size int) (value, rest []byte, ok bool) {
	if len(b) < size {
		return nil, nil, false
	}
	n := 0
	for _, x := range b[:size] {
		n = n<<8 | int(x)
	}
	if n > len(b)-size {
		return nil, nil, false
	}
	return b[size : size+n : size+n], b[size+n:], true
}

// Version reads the version of a sealed record without opening it, and reports whether raw can be one at all.
func Version(raw []byte) (uint64, bool) {
	if len(raw) < MinSize || raw[0] != Format {
		return 0, false
	}
	return binary.BigEndian.Uint64(raw[2:]), true
}

// Bucket reads the bucket that a sealed record says it belongs to. raw must have passed Version.
func Bucket(raw []byte) byte { return raw[1] }

func (k *Keys) associated(at Place, version uint64) []byte {
	b := make([]byte, 0, 64)
	b = append(b, "sodale/record"...)
	b = append(b, Format)
	b = append(b, k.vault[:]...)
	b = append(b, at.Bucket, byte(len(at.Key)))
	b = append(b, at.Key...)
	b = binary.BigEndian.AppendUint64(b, version)
	return binary.BigEndian.AppendUint32(b, at.Schema)
}
