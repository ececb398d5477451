package storage

import (
	"bytes"
	"encoding/hex"
	"maps"
	"sync"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/storage/pages"
	"github.com/sodale/sodale/storage/record"
)

// content tells every value of a database: of an open one, or of bytes that pages.Verify found sound.
type content func(pages.Visit) error

// entry is one authentic record with where it was found.
type entry struct {
	bucket *bucket
	record record.Record
}

// loader checks one domain against its manifest and rosters while it reads. One goroutine reads, because the values lie in a
// mapped file; all processors open what it has copied.
type loader struct {
	*chamber
	tallies map[byte]record.Tally
	sealed  []byte // the manifest as stored
	broken  []brokenRecord
	entries []entry

	batches []*batch
	free    chan []byte // room for the sealed bytes of a batch
	opening sync.WaitGroup
}

// brokenRecord lies where no record of that kind was sealed.
type brokenRecord struct {
	bucket *bucket
	key    []byte
}

// load reads a domain, verifies that every record authenticates in its place, that none is missing and none is older than
// it should be, and returns them all. The chamber then knows the manifest and the rosters. The error is CodeRecord with
// "<bucket>/<name>", or CodeMissing with "<bucket>" or "<bucket>/<name>"; the chamber is empty after it.
func (c *chamber) load(source content) ([]entry, error) {
	c.empty()
	l := &loader{chamber: c, tallies: map[byte]record.Tally{}}
	l.begin()
	err := source(l.visit)
	l.finish()
	if err == nil {
		err = l.verdict()
	}
	if err != nil {
		c.empty()
		return nil, err
	}
	return l.entries, nil
}

func (l *loader) visit(bucketName string, key, value []byte) {
	if bucketName == bucketMeta && string(key) == l.name {
		l.sealed = bytes.Clone(value)
		return
	}
	if b := l.byName(bucketName); b != nil {
		l.add(b, key, value)
	}
}

// take notes one value that was opened, in the order of the file.
func (l *loader) take(v *openedValue) {
	if v.err != nil {
		l.broken = append(l.broken, brokenRecord{v.bucket, v.key})
		return
	}
	t := l.tallies[v.bucket.id]
	t.Add(v.element)
	l.tallies[v.bucket.id] = t
	if v.bucket == l.roster {
		if v.roster != nil && len(v.key) == rosterKeySize {
			l.rosters[[rosterKeySize]byte(v.key)] = v.roster
		}
		return
	}
	l.entries = append(l.entries, entry{v.bucket, v.record})
}

// verdict names the first thing that is wrong, the most telling kind first.
func (l *loader) verdict() error {
	if len(l.broken) > 0 {
		b := l.broken[0]
		return fault.New(identity.CodeRecord, "storage.load", b.bucket.name+"/"+l.nameOf(b))
	}
	manifest, ok := l.keys.DecodeManifest(l.id, l.sealed)
	if !ok {
		return fault.New(identity.CodeRecord, "storage.load", bucketMeta+"/"+l.name)
	}
	l.manifest = manifest
	l.overwrite()
	for _, b := range l.buckets {
		if l.tallies[b.id] == manifest.Buckets[b.id] {
			continue
		}
		found := l.found(b)
		for key, roster := range l.rosters {
			for name, version := range roster {
				if key[0] == b.id && found[name] != version {
					return fault.New(identity.CodeMissing, "storage.load", b.name+"/"+name)
				}
			}
		}
		return fault.New(identity.CodeMissing, "storage.load", b.name)
	}
	if l.tallies[l.roster.id] != manifest.Buckets[l.roster.id] || !maps.Equal(l.tallies, present(manifest.Buckets)) {
		return fault.New(identity.CodeMissing, "storage.load", l.roster.name)
	}
	return nil
}

// found lists what was found in a bucket: name → version.
func (l *loader) found(b *bucket) map[string]uint64 {
	versions := map[string]uint64{}
	for _, e := range l.entries {
		if e.bucket == b {
			versions[e.record.Name] = e.record.Version
		}
	}
	return versions
}

// overwrite makes the rosters say what the manifest's tail says.
func (l *loader) overwrite() {
	for _, o := range l.manifest.Tail {
		for name, version := range l.rosters[[rosterKeySize]byte{o.Bucket, o.Key[0]}] {
			if key := l.keys.Key(o.Bucket, name); o.Is(o.Bucket, key[:]) {
				l.rosters[[rosterKeySize]byte{o.Bucket, o.Key[0]}][name] = max(version, o.Version)
			}
		}
	}
}

// present leaves out the buckets that a manifest counts as empty.
func present(tallies map[byte]record.Tally) map[byte]record.Tally {
	some := maps.Clone(tallies)
	maps.DeleteFunc(some, func(_ byte, t record.Tally) bool { return t == record.Tally{} })
	return some
}

// nameOf finds the name of a record that can't be opened: the rosters know who should be there.
func (l *loader) nameOf(broken brokenRecord) string {
	if broken.bucket != l.roster && len(broken.key) == record.KeySize {
		key := [record.KeySize]byte(broken.key)
		for name := range l.rosters[shardKey(broken.bucket, key)] {
			if l.keys.Key(broken.bucket.id, name) == key {
				return name
			}
		}
	}
	return hex.EncodeToString(broken.key)
}
