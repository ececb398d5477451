package slots

import (
	"crypto/sha256"
	"encoding/binary"

	"github.com/sodale/sodale/storage/record"
)

// Bytes of one half of a slot file whose keys were destroyed: magic 8 ‖ vault id 16 ‖ all 1 ‖ waiting 4 ‖ zeros ‖ SHA-256 32 of all
// before it. One such half is enough: whatever the other says was being overwritten.
const remainsMagic = "SodaleX1"

// Remains is what stands in the place of the keys once they were destroyed.
type Remains struct {
	Vault   record.VaultID
	All     bool   // everything else is to go too; false = what waits for the mutual is kept
	Waiting uint32 // submissions that were not delivered
}

// Encode returns the Half bytes that are written over both generations.
func (r Remains) Encode() []byte {
	b := make([]byte, 0, Half)
	b = append(b, remainsMagic...)
	b = append(b, r.Vault[:]...)
	if r.All {
		b = append(b, 1)
	} else {
		b = append(b, 0)
	}
	b = binary.BigEndian.AppendUint32(b, r.Waiting)
	b = b[:Half-sha256.Size]
	sum := sha256.Sum256(b)
	return append(b, sum[:]...)
}

// DecodeRemains reports whether the keys of a slot file were destroyed, and what was left of the vault.
func DecodeRemains(data []byte) (Remains, bool) {
	for at := 0; at+Half <= len(data) && at < Size; at += Half {
		half := data[at : at+Half]
		sum := sha256.Sum256(half[:Half-sha256.Size])
		if string(half[:8]) != remainsMagic || string(sum[:]) != string(half[Half-sha256.Size:]) {
			continue
		}
		r := Remains{All: half[24] == 1, Waiting: binary.BigEndian.Uint32(half[25:])}
		copy(r.Vault[:], half[8:])
		return r, true
	}
	return Remains{}, false
}
