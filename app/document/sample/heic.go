package sample

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"slices"
)

// heic is made from the small photo of the ticket by heif-enc (Debian's libheif-examples): `go generate` makes it again.
//
//go:generate go run make_heic.go
//go:embed ticket.heic
var heic []byte

// HEIC is the small photo of the ticket as a phone stores it, 300 by 400 pixels: of a kind that can't be attached
// (CLM-04) but converted.
func HEIC() []byte { return bytes.Clone(heic) }

// SidewaysHEIC is the same photo held sideways: the file says that it must be turned by a quarter counter-clockwise to stand
// upright, as phones do, and is 400 by 300 pixels then.
func SidewaysHEIC() []byte {
	const turn = "\x00\x00\x00\x09irot\x01"
	data := HEIC()
	grow := func(box string, by uint32) {
		at := bytes.Index(data, []byte(box)) - 4
		binary.BigEndian.PutUint32(data[at:], binary.BigEndian.Uint32(data[at:])+by)
	}
	grow("meta", 10)
	grow("iprp", 10)
	grow("ipco", 9)
	grow("ipma", 1)
	picture := data[bytes.Index(data, []byte("iloc"))+22:] // where its bytes begin, behind a base
	binary.BigEndian.PutUint32(picture, binary.BigEndian.Uint32(picture)+10)
	uses := bytes.Index(data, []byte("ipma"))
	data[uses+14]++ // properties of the picture: the fourth one too, which must be obeyed
	data = slices.Insert(data, uses+18, 0x84)
	return slices.Insert(data, uses-4, []byte(turn)...)
}

// SizedHEIC is the same photo, in a file that claims another size.
func SizedHEIC(w, h uint32) []byte {
	data := HEIC()
	size := data[bytes.Index(data, []byte("ispe"))+8:]
	binary.BigEndian.PutUint32(size, w)
	binary.BigEndian.PutUint32(size[4:], h)
	return data
}
