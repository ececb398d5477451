// Package slots is the file of wrapped vault keys: one slot for the password, one for the printed recovery code, up to two for
// the shares that the mutual keeps, one for the operating system's keyring. It has two generations, so that a torn write never
// loses the key, and is rewritten in place, so that an old password's slot does not stay behind. A file whose keys were destroyed
// says so (Remains).
package slots

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"

	"github.com/sodale/sodale/storage/record"
)

// Bytes of the file: two generations of Half bytes, each
//
//	magic 8 ‖ schema 4 ‖ generation 8 ‖ vault id 16 ‖ n 1 ‖ n × slot ‖ zeros ‖ SHA-256 32 of all before it
//
// and each slot:
//
//	kind 1 ‖ passes 4 ‖ memory KiB 4 ‖ threads 1 ‖ salt 16 ‖ nonce 24 ‖ wrapped key 48
//
// The wrapped key's associated data are "sodale/slot/1", the vault id and the slot's bytes up to the nonce.
const (
	Magic    = "SodaleS1"
	Half     = 4096
	Size     = 2 * Half
	MaxSlots = 8

	headSize = 8 + 4 + 8 + 16 + 1
	slotHead = 1 + 4 + 4 + 1 + 16
	slotSize = slotHead + 24 + record.SecretSize + 16
)

// Kind is what opens a slot. The values are stored.
type Kind byte

// The kinds.
const (
	Password Kind = 1
	Recovery Kind = 2 // 16 bytes, printed
	Share    Kind = 3 // 32 bytes, kept by the mutual
	Keyring  Kind = 4 // 32 bytes, kept by the operating system; never the only slot
)

// MaxShares is how many slots of the kind Share there may be.
const MaxShares = 2

// Errors of reading and opening.
var (
	ErrDamaged = errors.New("no generation of the slot file is whole")
	ErrWeak    = errors.New("key parameters out of bounds")
	ErrWrong   = errors.New("does not open with this secret")
	ErrNoSlot  = errors.New("no slot of this kind")
)

// Slot is one wrapped copy of the vault key.
type Slot struct {
	Kind   Kind
	Params Params // zero but for Password
	Salt   [16]byte
	box    [24 + record.SecretSize + 16]byte
}

// File is one generation.
type File struct {
	Schema     uint32 // of the whole vault; read before anything else is touched
	Generation uint64
	Vault      record.VaultID
	Slots      []Slot
}

// Encode returns the Half bytes of one generation.
func (f File) Encode() []byte {
	b := make([]byte, 0, Half)
	b = append(b, Magic...)
	b = binary.BigEndian.AppendUint32(b, f.Schema)
	b = binary.BigEndian.AppendUint64(b, f.Generation)
	b = append(b, f.Vault[:]...)
	b = append(b, byte(len(f.Slots)))
	for _, s := range f.Slots {
		b = append(s.appendHead(b), s.box[:]...)
	}
	b = b[:Half-sha256.Size]
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// Decode reads the newer whole generation of a slot file, and reports whether both were whole and the same.
func Decode(data []byte) (f File, both bool, err error) {
	var halves []File
	for at := 0; at+Half <= len(data) && at < Size; at += Half {
		if h, ok := decodeHalf(data[at : at+Half]); ok {
			halves = append(halves, h)
		}
	}
	switch {
	case len(halves) == 0:
		return File{}, false, ErrDamaged
	case len(halves) == 2 && halves[1].Generation > halves[0].Generation:
		return halves[1], false, nil
	}
	return halves[0], len(halves) == 2 && bytes.Equal(data[:Half], data[Half:Size]), nil
}

func decodeHalf(b []byte) (File, bool) {
	body := b[:Half-sha256.Size]
	if sum := sha256.Sum256(body); string(sum[:]) != string(b[Half-sha256.Size:]) || string(b[:8]) != Magic {
		return File{}, false
	}
	f := File{Schema: binary.BigEndian.Uint32(b[8:]), Generation: binary.BigEndian.Uint64(b[12:])}
	copy(f.Vault[:], b[20:])
	n := int(b[headSize-1])
	if n > MaxSlots {
		return File{}, false
	}
	for i := range n {
		e := b[headSize+i*slotSize:]
		s := Slot{Kind: Kind(e[0]), Params: Params{Passes: binary.BigEndian.Uint32(e[1:]),
			MemoryKiB: binary.BigEndian.Uint32(e[5:]), Threads: e[9]}}
		copy(s.Salt[:], e[10:])
		copy(s.box[:], e[slotHead:])
		f.Slots = append(f.Slots, s)
	}
	return f, true
}

func (s Slot) appendHead(b []byte) []byte {
	b = append(b, byte(s.Kind))
	b = binary.BigEndian.AppendUint32(b, s.Params.Passes)
	b = binary.BigEndian.AppendUint32(b, s.Params.MemoryKiB)
	b = append(b, s.Params.Threads)
	return append(b, s.Salt[:]...)
}

// Find returns the slot of a kind.
func (f File) Find(kind Kind) (Slot, error) {
	for _, s := range f.Slots {
		if s.Kind == kind {
			return s, nil
		}
	}
	return Slot{}, ErrNoSlot
}

// Shares returns the slots of the kind Share, oldest first.
func (f File) Shares() []Slot {
	var shares []Slot
	for _, s := range f.Slots {
		if s.Kind == Share {
			shares = append(shares, s)
		}
	}
	return shares
}

// With returns the next generation, in which s takes the place of the slots of its kind.
func (f File) With(s Slot) File {
	next := f.Without(s.Kind)
	next.Slots = append(next.Slots, s)
	return next
}

// Adding returns the next generation, in which s is the newest share. The oldest goes when there are more than MaxShares.
func (f File) Adding(s Slot) File {
	shares := append(f.Shares(), s)
	next := f.Without(Share)
	next.Slots = append(next.Slots, shares[max(0, len(shares)-MaxShares):]...)
	return next
}

// Without returns the next generation, in which there is no slot of a kind.
func (f File) Without(kind Kind) File {
	next := f
	next.Generation++
	next.Slots = nil
	for _, old := range f.Slots {
		if old.Kind != kind {
			next.Slots = append(next.Slots, old)
		}
	}
	return next
}
