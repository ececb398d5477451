package record

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"math/bits"
	"slices"
)

// Sum is a number modulo 2^256, least significant word first.
type Sum [4]uint64

// Add returns s + t.
func (s Sum) Add(t Sum) Sum {
	var carry uint64
	for i := range s {
		s[i], carry = bits.Add64(s[i], t[i], carry)
	}
	return s
}

// Sub returns s - t.
func (s Sum) Sub(t Sum) Sum {
	var borrow uint64
	for i := range s {
		s[i], borrow = bits.Sub64(s[i], t[i], borrow)
	}
	return s
}

// Tally is what a manifest says of one bucket: how many sealed values it has and the sum of their elements.
type Tally struct {
	Count uint64
	Sum   Sum
}

// Add counts one sealed value in; Sub counts it out.
func (t *Tally) Add(element Sum) { t.Count, t.Sum = t.Count+1, t.Sum.Add(element) }

// Sub counts one sealed value out.
func (t *Tally) Sub(element Sum) { t.Count, t.Sum = t.Count-1, t.Sum.Sub(element) }

// Element returns what a sealed value adds to its bucket's sum: HMAC over bucket, key, version and tag. raw must have
// passed Version.
func (k *Keys) Element(bucket byte, key, raw []byte) Sum {
	h := hmac.New(sha256.New, k.manifest)
	h.Write([]byte{'e', bucket, byte(len(key))})
	h.Write(key)
	h.Write(raw[2:headerSize])
	h.Write(raw[len(raw)-TagSize:])
	var buf [sha256.Size]byte
	digest := h.Sum(buf[:0])
	var s Sum
	for i := range s {
		s[i] = binary.LittleEndian.Uint64(digest[8*i:])
	}
	return s
}

// Manifest counts the records of one domain. It is rewritten by every commit that touches the domain, so that a record
// that is gone or put back from an older copy shows.
type Manifest struct {
	Epoch   uint64 // grows with every commit of the vault
	Buckets map[byte]Tally
	// Tail has the versions of records that were overwritten since their rosters were, at most MaxTail of them: a draft
	// that is saved again and again does not rewrite its roster each time.
	Tail []Overwritten
}

// MaxTail bounds a manifest's tail, so that all manifests of a vault fit into its first page.
const MaxTail = 12

// Overwritten is one record of a tail.
type Overwritten struct {
	Bucket  byte
	Key     [8]byte // the first bytes of the record's key
	Version uint64
}

// Is reports whether the entry is of the record with that key.
func (o Overwritten) Is(bucket byte, key []byte) bool {
	return o.Bucket == bucket && bytes.Equal(o.Key[:], key[:len(o.Key)])
}

// Latest returns the version that a record should have, of which its roster says version.
func (m Manifest) Latest(bucket byte, key []byte, version uint64) uint64 {
	for _, o := range m.Tail {
		if o.Is(bucket, key) {
			return max(version, o.Version)
		}
	}
	return version
}

// Overwrite notes the new version of a record in the tail. False when the tail is full. It does not change the slice that the
// tail had before.
func (m *Manifest) Overwrite(bucket byte, key []byte, version uint64) bool {
	tail := slices.Clone(m.Tail)
	i := slices.IndexFunc(tail, func(o Overwritten) bool { return o.Is(bucket, key) })
	if i < 0 {
		if len(tail) >= MaxTail {
			return false
		}
		tail, i = append(tail, Overwritten{Bucket: bucket, Key: [8]byte(key[:8])}), len(tail)
	}
	tail[i].Version = version
	m.Tail = tail
	return true
}

// ManifestMagic begins every encoded manifest, so that salvage finds them.
const ManifestMagic = "SodaleM1"

// Bytes of an encoded manifest: magic 8 ‖ domain 1 ‖ epoch 8 ‖ n 1 ‖ m 1 ‖ n × (bucket 1 ‖ count 8 ‖ sum 32) ‖
// m × (bucket 1 ‖ key 8 ‖ version 8) ‖ HMAC 32.
const (
	manifestHead  = len(ManifestMagic) + 1 + 8 + 1 + 1
	manifestEntry = 1 + 8 + 32
	tailEntry     = 1 + 8 + 8
)

// Encode returns the bytes of a manifest with their HMAC.
func (m Manifest) Encode(k *Keys, domain byte) []byte {
	b := append([]byte(ManifestMagic), domain)
	b = binary.BigEndian.AppendUint64(b, m.Epoch)
	b = append(b, byte(len(m.Buckets)), byte(len(m.Tail)))
	ids := make([]byte, 0, len(m.Buckets))
	for id := range m.Buckets {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		t := m.Buckets[id]
		b = append(b, id)
		b = binary.BigEndian.AppendUint64(b, t.Count)
		for _, w := range t.Sum {
			b = binary.BigEndian.AppendUint64(b, w)
		}
	}
	for _, o := range m.Tail {
		b = append(append(b, o.Bucket), o.Key[:]...)
		b = binary.BigEndian.AppendUint64(b, o.Version)
	}
	return k.macManifest(b)
}

// DecodeManifest reads the manifest at the beginning of raw, which may go on after it. False when it does not
// authenticate as one of the domain.
func (k *Keys) DecodeManifest(domain byte, raw []byte) (Manifest, bool) {
	if len(raw) < manifestHead || !bytes.HasPrefix(raw, []byte(ManifestMagic)) || raw[len(ManifestMagic)] != domain {
		return Manifest{}, false
	}
	n, tail := int(raw[manifestHead-2]), int(raw[manifestHead-1])
	end := manifestHead + n*manifestEntry + tail*tailEntry
	if len(raw) < end+sha256.Size {
		return Manifest{}, false
	}
	if want := k.macManifest(bytes.Clone(raw[:end])); !hmac.Equal(want, raw[:end+sha256.Size]) {
		return Manifest{}, false
	}
	m := Manifest{Epoch: binary.BigEndian.Uint64(raw[len(ManifestMagic)+1:]), Buckets: map[byte]Tally{}}
	for i := range n {
		e := raw[manifestHead+i*manifestEntry:]
		t := Tally{Count: binary.BigEndian.Uint64(e[1:])}
		for w := range t.Sum {
			t.Sum[w] = binary.BigEndian.Uint64(e[9+8*w:])
		}
		m.Buckets[e[0]] = t
	}
	for i := range tail {
		e := raw[manifestHead+n*manifestEntry+i*tailEntry:]
		m.Tail = append(m.Tail, Overwritten{Bucket: e[0], Key: [8]byte(e[1:9]), Version: binary.BigEndian.Uint64(e[9:])})
	}
	return m, true
}

// macManifest appends the HMAC of b to it.
func (k *Keys) macManifest(b []byte) []byte {
	h := hmac.New(sha256.New, k.manifest)
	h.Write([]byte("m"))
	h.Write(k.vault[:])
	h.Write(b)
	return h.Sum(b)
}
