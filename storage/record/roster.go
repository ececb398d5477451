package record

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"slices"
)

// Roster lists the records that one shard of a bucket should have: name and version. A shard is all records whose key
// begins with the same byte. With it, what is lost has a name, and an old copy that lies about is not taken for the
// present one.
type Roster map[string]uint64

// ErrRoster says that bytes are no roster.
var ErrRoster = errors.New("not a roster")

// packed marks a name that is a lower-case UUID and takes 16 bytes.
const packed = 0xff

// Encode returns the entries in order of name: length 1 ‖ name ‖ version 8. A UUID has length 255 and 16 bytes.
func (r Roster) Encode() []byte {
	names := make([]string, 0, len(r))
	for name := range r {
		names = append(names, name)
	}
	slices.Sort(names)
	b := make([]byte, 0, 25*len(names))
	for _, name := range names {
		if u, ok := packUUID(name); ok {
			b = append(append(b, packed), u[:]...)
		} else {
			b = append(append(b, byte(len(name))), name...)
		}
		b = binary.BigEndian.AppendUint64(b, r[name])
	}
	return b
}

// DecodeRoster reads what Encode wrote.
func DecodeRoster(b []byte) (Roster, error) {
	r := Roster{}
	for len(b) > 0 {
		n := int(b[0])
		if n == packed {
			n = 16
		}
		if len(b) < 1+n+8 {
			return nil, ErrRoster
		}
		name := string(b[1 : 1+n])
		if b[0] == packed {
			name = unpackUUID(b[1:17])
		}
		if _, twice := r[name]; twice {
			return nil, ErrRoster
		}
		r[name] = binary.BigEndian.Uint64(b[1+n:])
		b = b[1+n+8:]
	}
	return r, nil
}

// packUUID returns the 16 bytes of a lower-case UUID.
func packUUID(s string) (u [16]byte, ok bool) {
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return u, false
	}
	if _, err := hex.Decode(u[:], []byte(s[:8]+s[9:13]+s[14:18]+s[19:23]+s[24:])); err != nil {
		return u, false
	}
	return u, unpackUUID(u[:]) == s
}

func unpackUUID(u []byte) string {
	h := hex.EncodeToString(u)
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
