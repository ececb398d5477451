package storage

import (
	"maps"
	"slices"

	"github.com/sodale/sodale/storage/pages"
	"github.com/sodale/sodale/storage/record"
)

// A damaged database is read page by page, trusting only what authenticates. The same record is found in several versions, since
// bbolt never overwrites: which one is the present one is told by the rosters, and that nothing is wrong after all by the
// manifest. Rosters lie on pages of their own, so that one damaged page hurts a record or its roster, not both.

// copyOf is one authentic version of a record.
type copyOf struct {
	name    string
	version uint64
	raw     []byte
	data    []byte // of rosters only
}

// finds is everything authentic of one domain in some files.
type finds struct {
	*chamber
	copies    map[*bucket]map[string][]copyOf // by key
	manifests []record.Manifest               // of the first file
	newest    uint64                          // highest version or epoch in the first file
	committed uint64                          // epoch that the newest meta page of the first file leads to; 0 = unknown
}

// find scans the files, the damaged one first, then older generations.
func (c *chamber) find(files [][]byte) *finds {
	f := &finds{chamber: c, copies: map[*bucket]map[string][]copyOf{}}
	for _, b := range c.all() {
		f.copies[b] = map[string][]copyOf{}
	}
	for i, data := range files {
		first := i == 0
		pages.Scan(data, []int{record.KeySize, rosterKeySize}, record.MinSize, record.MaxData+record.MinSize, func(key, raw []byte) bool {
			return f.consider(key, raw, first)
		})
		if first {
			pages.Find(data, []byte(record.ManifestMagic), f.manifest)
			if root, ok := pages.Root(data); ok {
				pages.Find(root, []byte(record.ManifestMagic), func(from []byte) {
					if m, ok := c.keys.DecodeManifest(c.id, from); ok {
						f.committed = max(f.committed, m.Epoch)
					}
				})
			}
		}
	}
	return f
}

func (f *finds) manifest(from []byte) {
	if m, ok := f.keys.DecodeManifest(f.id, from); ok {
		f.manifests = append(f.manifests, m)
		f.newest = max(f.newest, m.Epoch)
	}
}

// consider keeps a candidate that authenticates.
func (f *finds) consider(key, raw []byte, first bool) bool {
	if _, ok := record.Version(raw); !ok {
		return false
	}
	b := f.byID(record.Bucket(raw))
	if b == nil || (b == f.roster) != (len(key) == rosterKeySize) {
		return false
	}
	r, err := f.keys.Open(f.place(b, key), raw)
	if err != nil {
		return false
	}
	if first {
		f.newest = max(f.newest, r.Version)
	}
	known := f.copies[b][string(key)]
	if !slices.ContainsFunc(known, func(c copyOf) bool { return c.version == r.Version }) {
		c := copyOf{name: r.Name, version: r.Version, raw: raw}
		if b == f.roster {
			c.data = r.Data
		}
		f.copies[b][string(key)] = append(known, c)
	}
	return true
}

// at returns the newest copy that is not newer than limit.
func (f *finds) at(b *bucket, key string, limit uint64) (copyOf, bool) {
	var best copyOf
	found := false
	for _, c := range f.copies[b][key] {
		if c.version <= limit && (!found || c.version > best.version) {
			best, found = c, true
		}
	}
	return best, found
}

// exactly returns the copy of one version.
func (f *finds) exactly(b *bucket, key string, version uint64) (copyOf, bool) {
	for _, c := range f.copies[b][key] {
		if c.version == version {
			return c, true
		}
	}
	return copyOf{}, false
}

// picture is what a domain looked like at one epoch, as far as it can be told.
type picture struct {
	records    map[*bucket]map[string]copyOf // by key
	lost       []string                      // "<bucket>/<name>" that rosters expect and that are nowhere
	consistent bool                          // every record is there as its roster says, and no other
	tallies    map[byte]record.Tally
}

// picture puts together the domain as of an epoch, of which m is the manifest if it is there.
func (f *finds) picture(limit uint64, m record.Manifest) picture {
	p := picture{records: map[*bucket]map[string]copyOf{}, consistent: true, tallies: map[byte]record.Tally{}}
	for _, b := range f.buckets {
		p.records[b] = map[string]copyOf{}
	}
	versions := map[string]uint64{} // of the rosters used
	for key := range f.copies[f.roster] {
		c, ok := f.at(f.roster, key, limit)
		roster, err := record.DecodeRoster(c.data)
		b := f.byID(key[0])
		if !ok || err != nil || b == nil {
			continue
		}
		versions[key] = c.version
		p.count(f, f.roster, key, c)
		f.expected(&p, b, roster, limit, m)
	}
	f.unexpected(&p, versions, limit)
	slices.Sort(p.lost)
	return p
}

// expected takes the records that a roster names.
func (f *finds) expected(p *picture, b *bucket, roster record.Roster, limit uint64, m record.Manifest) {
	for name, version := range roster {
		hash := f.keys.Key(b.id, name)
		key := string(hash[:])
		version = m.Latest(b.id, hash[:], version)
		c, ok := f.exactly(b, key, version)
		if !ok {
			p.consistent = false
			if c, ok = f.at(b, key, limit); !ok || c.version < version {
				p.lost = append(p.lost, b.name+"/"+name)
				continue
			}
		}
		p.take(f, b, key, c)
	}
}

// unexpected takes the records that are newer than what is left of their roster.
func (f *finds) unexpected(p *picture, versions map[string]uint64, limit uint64) {
	for _, b := range f.buckets {
		for key := range f.copies[b] {
			c, ok := f.at(b, key, limit)
			if _, taken := p.records[b][key]; taken || !ok {
				continue
			}
			if roster, there := versions[string([]byte{b.id, key[0]})]; !there || roster < c.version {
				p.consistent = false
				p.take(f, b, key, c)
			}
		}
	}
}

func (p *picture) take(f *finds, b *bucket, key string, c copyOf) {
	p.records[b][key] = c
	p.count(f, b, key, c)
}

func (p *picture) count(f *finds, b *bucket, key string, c copyOf) {
	t := p.tallies[b.id]
	t.Add(f.keys.Element(b.id, []byte(key), c.raw))
	p.tallies[b.id] = t
}

// proven reports whether a manifest counts exactly the records of a picture.
func (p picture) proven(m record.Manifest) bool {
	return m.Epoch > 0 && maps.Equal(p.tallies, present(m.Buckets))
}

// choose returns the picture to go on with. In order of trust:
//
//  1. the newest state, when its manifest is there and proves it;
//  2. the state that the meta pages lead to, when it is proven and a later commit is there in part: power was cut;
//  3. the newest state with its losses named: one by one where the rosters are all there, else the bucket too, since what
//     nobody counts may lack something.

func (f *finds) choose() picture {
	var last record.Manifest
	for _, m := range f.manifests {
		if m.Epoch == f.newest {
			last = m
		}
	}
	newest := f.picture(^uint64(0), last)
	if newest.proven(last) {
		return newest
	}
	for _, m := range f.manifests {
		if !newest.consistent && f.committed != 0 && m.Epoch == f.committed {
			if p := f.picture(m.Epoch, m); p.proven(m) {
				return p
			}
		}
	}
	for _, b := range f.buckets {
		counted := last.Epoch > 0 && newest.tallies[b.id] == last.Buckets[b.id]
		listed := last.Epoch > 0 && newest.tallies[f.roster.id] == last.Buckets[f.roster.id]
		if !counted && !listed {
			newest.lost = append(newest.lost, b.name)
		}
	}
	return newest
}
