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
}

// ManifestMagic begins every encoded manifest, so that salvage finds them.
const ManifestMagic = "SodaleM1"

// Bytes of an encoded manifest: magic 8 ‖ domain 1 ‖ epoch 8 ‖ n 1 ‖ n × (bucket 1 ‖ count 8 ‖ sum 32) ‖ HMAC 32.
const (
	manifestHead  = len(ManifestMagic) + 1 + 8 + 1
	manifestEntry = 1 + 8 + 32
)

// Encode returns the bytes of a manifest with their HMAC.
func (m Manifest) Encode(k *Keys, domain byte) []byte {
	b := append([]byte(ManifestMagic), domain)
	b = binary.BigEndian.AppendUint64(b, m.Epoch)
	b = append(b, byte(len(m.Buckets)))
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
	return k.macManifest(b)
}

// DecodeManifest reads the manifest at the beginning of raw, which may go on after it. False when it does not
// authenticate as one of the domain.
func (k *Keys) DecodeManifest(domain byte, raw []byte) (Manifest, bool) {
	if len(raw) < manifestHead || !bytes.HasPrefix(raw, []byte(ManifestMagic)) || raw[len(ManifestMagic)] != domain {
		return Manifest{}, false
	}
	n := int(raw[manifestHead-1])
	end := manifestHead + n*manifestEntry
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
