package storage

import (
	"encoding/binary"
	"errors"
	"maps"
	"os"

	bolt "go.etcd.io/bbolt"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/storage/disk"
	"github.com/sodale/sodale/storage/pages"
	"github.com/sodale/sodale/storage/record"
)

// fileRebuilt is the database that takes the place of a damaged or an old one. Unfinished ones are swept.
const fileRebuilt = fileDatabase + disk.TempSuffix

// sealedRecord is one record as it is put into a rebuilt database.
type sealedRecord struct {
	bucket *bucket
	name   string
	key    []byte
	raw    []byte
}

// rebuild writes a database of these records beside the present one, with rosters and manifests of its own, and verifies it.
// chambers then know it. epoch is above that of every record.
func (s *Store) rebuild(chambers map[*domain]*chamber, records []sealedRecord, schema uint32, epoch uint64) error {
	path := s.path(fileRebuilt)
	if err := removeIfThere(path); err != nil {
		return err
	}
	db, err := newDatabase(path, s.slots.Vault, schema)
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, c := range chambers {
			c.empty()
			if err := s.refill(tx, c, records, epoch); err != nil {
				return err
			}
		}
		return nil
	})
	if err = errors.Join(err, db.Close()); err != nil {
		return err
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for _, c := range chambers {
		if _, err := c.load(func(v pages.Visit) error { return pages.Verify(data, v) }); err != nil {
			return err
		}
	}
	return nil
}

// refill puts the records of one domain, then rosters and manifest.
func (s *Store) refill(tx *bolt.Tx, c *chamber, records []sealedRecord, epoch uint64) error {
	g := newStage(c, s)
	for _, r := range records {
		if domainOf(r.bucket) != c.domain {
			continue
		}
		if err := tx.Bucket([]byte(r.bucket.name)).Put(r.key, r.raw); err != nil {
			return err
		}
		t := g.manifest.Buckets[r.bucket.id]
		t.Add(c.keys.Element(r.bucket.id, r.key, r.raw))
		g.manifest.Buckets[r.bucket.id] = t
		shard := shardKey(r.bucket, [record.KeySize]byte(r.key))
		version, _ := record.Version(r.raw)
		g.staged(shard)[r.name] = version
		g.rewrite[shard] = true
	}
	return g.finish(tx, epoch)
}

// replace puts the rebuilt database in the place of the present one, which stays under the name aside. After a crash there
// is one of them under the database's name.
func (s *Store) replace(aside string) error {
	if s.db != nil {
		if err := s.db.Close(); err != nil {
			return err
		}
		s.db = nil
	}
	s.options.Fail("recover.before-aside")
	if err := keepAside(s.path(fileDatabase), s.path(aside)); err != nil {
		return err
	}
	s.options.Fail("recover.before-rename")
	if err := os.Rename(s.path(fileRebuilt), s.path(fileDatabase)); err != nil {
		return err
	}
	s.options.Fail("recover.after-rename")
	if err := disk.SyncDir(s.dir); err != nil {
		return err
	}
	var err error
	s.db, err = openBolt(s.path(fileDatabase))
	return err
}

// keepAside gives a file a second name, or copies it where the file system can't. A missing file and an aside that is
// there already are fine.
func keepAside(path, aside string) error {
	err := os.Link(path, aside)
	if err == nil || errors.Is(err, os.ErrNotExist) || errors.Is(err, os.ErrExist) {
		return nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return disk.WriteFile(aside, data)
}

// newDatabase makes a database with all buckets and no record.
func newDatabase(path string, vault record.VaultID, schema uint32) (*bolt.DB, error) {
	db, err := openBolt(path)
	if err != nil {
		return nil, err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		for _, d := range allDomains {
			for _, b := range d.all() {
				if _, err := tx.CreateBucket([]byte(b.name)); err != nil {
					return err
				}
			}
		}
		meta, err := tx.CreateBucket([]byte(bucketMeta))
		if err != nil {
			return err
		}
		if err := meta.Put([]byte(keySchema), binary.BigEndian.AppendUint32(nil, schema)); err != nil {
			return err
		}
		return meta.Put([]byte(keyVault), vault[:])
	})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// migration turns the records of one schema into those of the next.
type migration func([]entry) ([]entry, error)

// migrations has one step for every schema before Schema, by the schema it starts from. Frozen submissions keep their bytes.
var migrations = map[uint32]migration{}

// migrate brings an older vault to Schema: the old file is kept as "vault.db.pre-v<n>", a new one is written beside it,
// verified and renamed. Before the rename nothing has changed.
func (s *Store) migrate() error {
	var entries []entry
	for _, d := range allDomains {
		of, err := s.chambers[d].load(s.mapped())
		if err != nil {
			return err
		}
		entries = append(entries, of...)
	}
	old, epoch := s.schema, s.epoch()+1
	for v := old; v < Schema; v++ {
		step := s.options.migrations[v]
		if step == nil {
			return fault.New(identity.CodeDamaged, "storage.migrate", bucketMeta+"/"+keySchema)
		}
		var err error
		if entries, err = step(entries); err != nil {
			return fault.Wrap(identity.CodeDamaged, "storage.migrate", bucketMeta+"/"+keySchema, err)
		}
	}
	next := maps.Clone(s.chambers)
	for d, c := range next {
		next[d] = &chamber{domain: d, keys: c.keys, schema: Schema}
	}
	records, err := s.reseal(next, entries, epoch)
	if err == nil {
		err = s.rebuild(next, records, Schema, epoch)
	}
	if err == nil {
		err = s.replace(oldName(old))
	}
	if err != nil {
		return s.writeError("migrate", err)
	}
	s.chambers, s.schema = next, Schema
	return nil
}

// reseal seals entries for the chambers' schema.
func (s *Store) reseal(chambers map[*domain]*chamber, entries []entry, epoch uint64) ([]sealedRecord, error) {
	records := make([]sealedRecord, 0, len(entries))
	for _, e := range entries {
		c := chambers[domainOf(e.bucket)]
		key := c.keys.Key(e.bucket.id, e.record.Name)
		raw, err := c.keys.Seal(c.place(e.bucket, key[:]), record.Record{Name: e.record.Name, Version: epoch, Data: e.record.Data}, s.options.Random)
		if err != nil {
			return nil, err
		}
		records = append(records, sealedRecord{e.bucket, e.record.Name, key[:], raw})
	}
	return records, nil
}
