package storage

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/storage/courier"
	"github.com/sodale/sodale/storage/disk"
	"github.com/sodale/sodale/storage/pages"
	"github.com/sodale/sodale/storage/slots"
)

// Open takes the vault in dir and leaves it locked: the greeting, the outbox and the upload token can be used. It answers
// CodeNoVault, CodeInUse, CodeNewer (nothing was touched), CodeDestroyed after DestroyKey, or CodeDamaged when not even the slots can be read. A damaged
// database is no error here: the outbox answers CodeDamaged until Unlock has mended it.
func Open(dir string, options Options) (*Store, error) {
	s := &Store{dir: dir, options: options.filled(), chambers: map[*domain]*chamber{}}
	data, err := os.ReadFile(s.path(fileSlots))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(identity.CodeNoVault, "storage.open", "")
	}
	if err != nil {
		return nil, fault.Wrap(CodeRead, "storage.open", fileSlots, err)
	}
	if r, destroyed := slots.DecodeRemains(data); destroyed {
		return nil, s.destroyedError(r)
	}
	if s.slots, s.whole, err = slots.Decode(data); err != nil {
		return nil, fault.Wrap(identity.CodeDamaged, "storage.open", fileSlots, err)
	}
	s.schema = s.slots.Schema
	if s.schema > Schema {
		return nil, fault.New(identity.CodeNewer, "storage.open", "")
	}
	if s.lock, err = disk.Lock(s.path(fileLock)); errors.Is(err, disk.ErrInUse) {
		return nil, fault.New(identity.CodeInUse, "storage.open", "")
	} else if err != nil {
		return nil, fault.Wrap(CodeRead, "storage.open", fileLock, err)
	}
	if err := s.start(); err != nil {
		s.lock.Close()
		return nil, err
	}
	return s, nil
}

// start reads what a locked vault needs.
func (s *Store) start() error {
	s.sweepTemporary()
	data, err := os.ReadFile(s.path(fileCourier))
	if err == nil {
		s.courier, err = courier.Decode(data)
	}
	if err == nil && s.courier.Vault != s.slots.Vault {
		err, s.courier = courier.ErrDamaged, courier.File{}
	}
	s.log("courier", err)
	s.damage = s.openDatabase()
	if fault.CodeOf(s.damage) == identity.CodeNewer {
		return s.damage
	}
	if s.damage == nil && s.courier.Secret != nil && s.schema == Schema {
		s.damage = s.openCourier()
	}
	s.log("database", s.damage)
	return nil
}

// openDatabase maps the database if it is sound and not newer than this program.
func (s *Store) openDatabase() error {
	if s.options.Distrust {
		return fault.New(identity.CodeDamaged, "storage.open", fileDatabase)
	}
	data, err := os.ReadFile(s.path(fileDatabase))
	if err != nil {
		return fault.Wrap(identity.CodeDamaged, "storage.open", fileDatabase, err)
	}
	meta := map[string][]byte{}
	if err := pages.Verify(data, func(bucket string, key, value []byte) {
		if bucket == bucketMeta {
			meta[string(key)] = value
		}
	}); err != nil {
		return fault.Wrap(identity.CodeDamaged, "storage.open", fileDatabase, err)
	}
	if schema := meta[keySchema]; len(schema) != 4 || binary.BigEndian.Uint32(schema) > Schema {
		if len(schema) == 4 {
			return fault.New(identity.CodeNewer, "storage.open", "")
		}
		return fault.New(identity.CodeDamaged, "storage.open", bucketMeta+"/"+keySchema)
	}
	if string(meta[keyVault]) != string(s.slots.Vault[:]) {
		return fault.New(identity.CodeDamaged, "storage.open", bucketMeta+"/"+keyVault)
	}
	s.schema = binary.BigEndian.Uint32(meta[keySchema])
	s.db, err = openBolt(s.path(fileDatabase))
	return err
}

// openBolt maps a database that was verified.
func openBolt(path string) (db *bolt.DB, err error) {
	err = guard(func() error {
		db, err = bolt.Open(path, 0o600, &bolt.Options{Timeout: time.Second, FreelistType: bolt.FreelistArrayType,
			PageSize: pages.Size, NoStatistics: true})
		return err
	})
	if disk.Full(err) {
		return nil, fault.Wrap(identity.CodeDiskFull, "storage.open", fileDatabase, err)
	}
	if err != nil {
		return nil, fault.Wrap(identity.CodeDamaged, "storage.open", fileDatabase, err)
	}
	db.AllocSize = 1 << 20
	return db, nil
}

// openCourier loads the outbox with the courier's own key.
func (s *Store) openCourier() error {
	c, err := newChamber(domainCourier, s.courier.Secret, s.slots.Vault, s.schema)
	if err != nil {
		return err
	}
	entries, err := c.load(s.mapped())
	if err != nil {
		return err
	}
	if s.outbox, err = newOutbox(entries); err != nil {
		return err
	}
	s.chambers[domainCourier] = c
	return nil
}

// reload reads everything back from the disk after a commit that failed. s.mu is held.
func (s *Store) reload() {
	for d, c := range s.chambers {
		entries, err := c.load(s.mapped())
		if err == nil && d == domainCourier {
			s.outbox, err = newOutbox(entries)
		} else if err == nil {
			s.personal, err = newPersonal(entries)
		}
		if err != nil {
			s.log("reload", err)
			s.damage, s.outbox, s.personal = err, nil, nil
			return
		}
	}
}

// sweepTemporary deletes what an ended process left half written.
func (s *Store) sweepTemporary() {
	for _, dir := range []string{s.dir, s.path(folderBlobs)} {
		files, err := os.ReadDir(dir)
		s.log("sweep", err)
		for _, f := range files {
			if strings.HasSuffix(f.Name(), disk.TempSuffix) {
				s.log("sweep", os.Remove(dir+string(os.PathSeparator)+f.Name()))
			}
		}
	}
}
