// Package pages reads the file format of bbolt (version 2) without mapping it and without trusting it: every number is
// checked before it is followed, so that no damaged file can crash or hang the reader. bbolt itself has no checksums on its
// pages and may fault on a damaged one; Verify says whether it may be let near a file.
package pages

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
)

// Size is the page size of every vault, whatever the machine's own is.
const Size = 4096

// Page flags and sizes of bbolt.
const (
	flagBranch   = 0x01
	flagLeaf     = 0x02
	flagMeta     = 0x04
	flagFreelist = 0x10

	headerSize  = 16
	elementSize = 16
	bucketSize  = 16 // root page 8, sequence 8

	magic        = 0xED0CDAED
	version      = 2
	metaSize     = 64
	checksumAt   = 56
	maxDepth     = 48
	bucketFlag   = 1
	bigFreelist  = 0xFFFF
	firstDataPos = 2
)

// ErrDamaged is the root of every error of Verify.
var ErrDamaged = errors.New("database file damaged")

func damaged(page uint64, what string) error {
	return fmt.Errorf("%w: page %d: %s", ErrDamaged, page, what)
}

// meta is one of the two first pages.
type meta struct {
	root, freelist, pages, txid uint64
}

var order = binary.LittleEndian

// readMeta checks a meta page and reads it.
func readMeta(data []byte, n uint64) (meta, error) {
	p := data[n*Size : (n+1)*Size]
	m := p[headerSize : headerSize+metaSize]
	h := fnv.New64a()
	h.Write(m[:checksumAt])
	switch {
	case order.Uint64(p) != n || order.Uint16(p[8:]) != flagMeta:
		return meta{}, damaged(n, "no meta page")
	case order.Uint32(m) != magic || order.Uint32(m[4:]) != version:
		return meta{}, damaged(n, "no bbolt file")
	case order.Uint64(m[checksumAt:]) != h.Sum64():
		return meta{}, damaged(n, "checksum")
	case order.Uint32(m[8:]) != Size:
		return meta{}, damaged(n, "page size")
	}
	return meta{root: order.Uint64(m[16:]), freelist: order.Uint64(m[32:]), pages: order.Uint64(m[40:]), txid: order.Uint64(m[48:])}, nil
}

// header is the beginning of a page.
type header struct {
	id       uint64
	flags    uint16
	count    int
	overflow uint64
}

func readHeader(p []byte) header {
	return header{id: order.Uint64(p), flags: order.Uint16(p[8:]), count: int(order.Uint16(p[10:])), overflow: uint64(order.Uint32(p[12:]))}
}

// leafElement locates one key and value of a leaf whose bytes are p, header included.
func leafElement(p []byte, i int) (flags uint32, key, value []byte, ok bool) {
	at := headerSize + i*elementSize
	if at+elementSize > len(p) {
		return 0, nil, nil, false
	}
	e := p[at:]
	flags = order.Uint32(e)
	start := uint64(at) + uint64(order.Uint32(e[4:]))
	middle := start + uint64(order.Uint32(e[8:]))
	end := middle + uint64(order.Uint32(e[12:]))
	if end > uint64(len(p)) || start < uint64(at)+elementSize || middle == start {
		return 0, nil, nil, false
	}
	return flags, p[start:middle:middle], p[middle:end:end], true
}

// branchElement locates one key and child of a branch whose bytes are p, header included.
func branchElement(p []byte, i int) (key []byte, child uint64, ok bool) {
	at := headerSize + i*elementSize
	if at+elementSize > len(p) {
		return nil, 0, false
	}
	e := p[at:]
	start := uint64(at) + uint64(order.Uint32(e))
	end := start + uint64(order.Uint32(e[4:]))
	if end > uint64(len(p)) || start < uint64(at)+elementSize || end == start {
		return nil, 0, false
	}
	return p[start:end:end], order.Uint64(e[8:]), true
}
