package storage

import (
	"encoding/json"
	"errors"
	"maps"
	"os"
	"runtime/debug"

	bolt "go.etcd.io/bbolt"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/storage/disk"
	"github.com/sodale/sodale/storage/pages"
	"github.com/sodale/sodale/storage/record"
)

// write is one record to put, or to take away when data is nil.
type write struct {
	bucket *bucket
	name   string
	data   []byte
}

// writes collects what one transaction changes.
type writes struct {
	list    []write
	audited *auditRow // the last row among them, if any
	err     error
}

// put adds a value as JSON.
func (w *writes) put(b *bucket, name string, value any) {
	data, err := json.Marshal(value)
	w.err = errors.Join(w.err, err)
	w.list = append(w.list, write{b, name, data})
}

func (w *writes) remove(b *bucket, name string) { w.list = append(w.list, write{b, name, nil}) }

// commit makes the writes in one transaction, called point. s.mu is held. On a full disk the ballast is given up and the commit
// tried once more. After any error what is in memory was read back from the disk: "error" is not "not saved".
func (s *Store) commit(point string, w writes) error {
	if w.err != nil {
		return fault.Wrap(CodeWrite, "storage."+point, "", w.err)
	}
	if s.db == nil {
		return s.closedError(point)
	}
	s.options.Fail(point + ".before-commit")
	err := s.transact(w.list)
	if disk.Full(err) && s.dropBallast() {
		s.reload()
		err = s.transact(w.list)
	}
	if err != nil {
		s.reload()
		return s.writeError(point, err)
	}
	s.changed = true
	if w.audited != nil {
		s.outbox.auditSize, s.outbox.auditHead = w.audited.Number, w.audited.Hash
	}
	s.options.Fail(point + ".after-commit")
	return nil
}

func (s *Store) writeError(op string, err error) error {
	var known *fault.Error
	switch {
	case errors.As(err, &known):
		return err
	case disk.Full(err):
		return fault.Wrap(identity.CodeDiskFull, "storage."+op, "", err)
	}
	return fault.Wrap(CodeWrite, "storage."+op, "", err)
}

// transact seals and stores the writes, and makes the chambers know them once the commit returned.
func (s *Store) transact(list []write) error {
	stages := map[*domain]*stage{}
	for _, w := range list {
		d := domainOf(w.bucket)
		if stages[d] == nil {
			c := s.chambers[d]
			if c == nil {
				return fault.New(CodeLocked, "storage.commit", w.bucket.name)
			}
			stages[d] = newStage(c, s)
		}
	}
	epoch := s.epoch() + 1
	err := guard(func() error {
		return s.db.Update(func(tx *bolt.Tx) error {
			for _, w := range list {
				if err := stages[domainOf(w.bucket)].apply(tx, epoch, w); err != nil {
					return err
				}
			}
			for _, stage := range stages {
				if err := stage.finish(tx, epoch); err != nil {
					return err
				}
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	for _, stage := range stages {
		stage.manifest.Epoch = epoch
		stage.chamber.manifest = stage.manifest
		maps.Copy(stage.chamber.rosters, stage.rosters)
	}
	return nil
}

// epoch is that of the last commit.
func (s *Store) epoch() uint64 {
	var last uint64
	for _, c := range s.chambers {
		last = max(last, c.manifest.Epoch)
	}
	return last
}

// stage is what a transaction will have changed in one chamber.
type stage struct {
	chamber  *chamber
	store    *Store
	manifest record.Manifest
	rosters  map[[rosterKeySize]byte]record.Roster
	rewrite  map[[rosterKeySize]byte]bool // rosters that the tail does not stand in for
}

func newStage(c *chamber, s *Store) *stage {
	return &stage{chamber: c, store: s, rosters: map[[rosterKeySize]byte]record.Roster{}, rewrite: map[[rosterKeySize]byte]bool{},
		manifest: record.Manifest{Epoch: c.manifest.Epoch, Buckets: maps.Clone(c.manifest.Buckets), Tail: c.manifest.Tail}}
}

// staged returns the roster of a shard as it will be, free to change.
func (g *stage) staged(shard [rosterKeySize]byte) record.Roster {
	if g.rosters[shard] == nil {
		g.rosters[shard] = maps.Clone(g.chamber.rosters[shard])
		if g.rosters[shard] == nil {
			g.rosters[shard] = record.Roster{}
		}
	}
	return g.rosters[shard]
}

// fold marks every roster that the tail stood in for, and empties the tail.
func (g *stage) fold() {
	for _, o := range g.manifest.Tail {
		shard := [rosterKeySize]byte{o.Bucket, o.Key[0]}
		g.staged(shard)
		g.rewrite[shard] = true
	}
	g.manifest.Tail = nil
}

// apply puts one record and notes it in its roster.
func (g *stage) apply(tx *bolt.Tx, epoch uint64, w write) error {
	key := g.chamber.keys.Key(w.bucket.id, w.name)
	if err := g.set(tx, w.bucket, key[:], epoch, w.name, w.data); err != nil {
		return err
	}
	shard := shardKey(w.bucket, key)
	roster := g.staged(shard)
	_, overwritten := roster[w.name]
	switch {
	case w.data == nil:
		delete(roster, w.name)
		g.rewrite[shard] = true
		return nil
	case !overwritten:
		g.rewrite[shard] = true
	case !g.manifest.Overwrite(w.bucket.id, key[:], epoch):
		g.fold()
		g.manifest.Overwrite(w.bucket.id, key[:], epoch)
	}
	roster[w.name] = epoch
	return nil
}

// set seals data under a key, or takes it away when it is nil, and keeps the tally.
func (g *stage) set(tx *bolt.Tx, b *bucket, key []byte, epoch uint64, name string, data []byte) error {
	tally := g.manifest.Buckets[b.id]
	into := tx.Bucket([]byte(b.name))
	if into == nil && tally.Count > 0 {
		return fault.New(identity.CodeDamaged, "storage.commit", b.name)
	}
	if into == nil { // of a vault that is older than the bucket
		var err error
		if into, err = tx.CreateBucket([]byte(b.name)); err != nil {
			return err
		}
	}
	if old := into.Get(key); old != nil {
		if _, ok := record.Version(old); !ok {
			return fault.New(identity.CodeDamaged, "storage.commit", b.name)
		}
		tally.Sub(g.chamber.keys.Element(b.id, key, old))
	}
	if data == nil {
		g.manifest.Buckets[b.id] = tally
		return into.Delete(key)
	}
	raw, err := g.chamber.keys.Seal(g.chamber.place(b, key), record.Record{Name: name, Version: epoch, Data: data}, g.store.options.Random)
	if err != nil {
		return err
	}
	tally.Add(g.chamber.keys.Element(b.id, key, raw))
	g.manifest.Buckets[b.id] = tally
	return into.Put(key, raw)
}

// finish writes the rosters that must be, also those that are empty now, and the manifest.
func (g *stage) finish(tx *bolt.Tx, epoch uint64) error {
	for shard := range g.rewrite {
		roster := g.rosters[shard]
		if err := g.set(tx, g.chamber.roster, shard[:], epoch, "", roster.Encode()); err != nil {
			return err
		}
	}
	m := record.Manifest{Epoch: epoch, Buckets: g.manifest.Buckets, Tail: g.manifest.Tail}
	return tx.Bucket([]byte(bucketMeta)).Put([]byte(g.chamber.name), m.Encode(g.chamber.keys, g.chamber.id))
}

// guard runs what touches the mapped file. A page that can't be read becomes CodeDamaged instead of ending the process.
func guard(f func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			cause, ok := p.(error)
			if !ok {
				cause = os.ErrInvalid
			}
			err = fault.Wrap(identity.CodeDamaged, "storage.map", "", cause)
		}
	}()
	return f()
}

// mapped is the content of the open database.
func (s *Store) mapped() content {
	return func(visit pages.Visit) error {
		return guard(func() error {
			return s.db.View(func(tx *bolt.Tx) error {
				return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
					return b.ForEach(func(k, v []byte) error { visit(string(name), k, v); return nil })
				})
			})
		})
	}
}
