package storage

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/app/submission"
)

// recover builds a sound database from what is intact in the damaged one and in the previous generation, keeps the damaged
// one aside and goes on with the new one. s.repaired then tells what is lost. CodeDamaged when nothing is intact: then
// nothing was touched.
func (s *Store) recover(cause error) error {
	records, lost, epoch := s.salvage(s.readGenerations())
	if len(records) == 0 {
		return fault.Wrap(identity.CodeDamaged, "storage.recover", fileDatabase, cause)
	}
	err := s.rebuild(s.chambers, records, s.schema, epoch+1)
	if err == nil {
		err = s.replace(s.asideName())
	}
	if err != nil {
		return s.writeError("recover", err)
	}
	s.damage = nil
	s.repaired = fault.Wrap(identity.CodeDamaged, "storage.recover", fileDatabase, cause).With("Lost", strings.Join(lost, ", "))
	s.options.Log.Warn("storage: recovered", "lost", len(lost), "kept", len(records))
	if err := s.loadAll(); err != nil || s.schema != Schema {
		return err
	}
	return s.mend(lost)
}

// readGenerations reads the damaged file and the previous one. One that can't be read is empty.
func (s *Store) readGenerations() [][]byte {
	var files [][]byte
	for _, name := range []string{fileDatabase, filePrevious} {
		data, err := os.ReadFile(s.path(name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			s.log("recover", err)
		}
		files = append(files, data)
	}
	return files
}

// salvage chooses from the files what to go on with. When nothing of the first is intact, all that came after the previous
// generation is lost, which the database's own name says.
func (s *Store) salvage(files [][]byte) (records []sealedRecord, lost []string, epoch uint64) {
	first := false
	for _, d := range allDomains {
		f := s.chambers[d].find(files)
		p := f.choose()
		for b, of := range p.records {
			for key, c := range of {
				records = append(records, sealedRecord{b, c.name, []byte(key), c.raw})
				epoch = max(epoch, c.version)
			}
		}
		lost = append(lost, p.lost...)
		epoch = max(epoch, f.newest)
		first = first || f.newest > 0
	}
	if !first {
		lost = append(lost, fileDatabase)
	}
	slices.Sort(lost)
	return records, lost, epoch
}

// asideName is a name that no file has yet.
func (s *Store) asideName() string {
	stamp := fileDatabase + suffixAside + s.options.Clock.Now().UTC().Format("-20060102T150405")
	name := stamp
	for n := 2; ; n++ {
		if _, err := os.Lstat(s.path(name)); errors.Is(err, fs.ErrNotExist) {
			return name
		}
		name = stamp + "-" + strconv.Itoa(n)
	}
}

func oldName(schema uint32) string { return fileDatabase + suffixOldVault + strconv.Itoa(int(schema)) }

// mend makes what is left fit together after a loss: a submission whose way is not known any more must be asked about, one
// whose bytes are gone needs the member, and what the mutual said is fetched again.
func (s *Store) mend(lost []string) error {
	var w writes
	if err := s.audit(&w, "recovered", ""); err != nil {
		return err
	}
	var back []submission.Delivery
	for _, op := range s.lostDeliveries() {
		d, err := s.rebuiltDelivery(op)
		if err != nil {
			return err
		}
		back = append(back, d)
	}
	for _, c := range s.personal.claims {
		if _, known := s.outbox.deliveries[c.OpID]; c.OpID != "" && !known && !s.expects(frozen, c.OpID) {
			back = append(back, submission.Delivery{OpID: c.OpID, Kind: submission.KindClaim, Subject: string(c.ID), Revision: c.Revision,
				Status: submission.Held, Reason: identity.CodeRecord, FrozenAt: c.EditedAt})
		}
	}
	for op, d := range s.outbox.deliveries {
		if d.Status != submission.Delivered && !s.expects(frozen, op) {
			d.Status, d.Reason = submission.Held, identity.CodeRecord
			back = append(back, d)
		}
	}
	for _, d := range back {
		w.put(deliveries, d.OpID, d)
	}
	again := fetchAgain(lost)
	if again {
		w.put(inbox, nameCursor, submission.Cursor{})
	}
	if err := s.commit("mend", w); err != nil {
		return err
	}
	for _, d := range back {
		s.outbox.keep(d)
	}
	if again {
		s.personal.cursor = submission.Cursor{}
	}
	return nil
}

// expects reports whether a record of the courier's domain is there.
func (s *Store) expects(b *bucket, name string) bool {
	c := s.chambers[domainCourier]
	_, ok := c.rosters[shardKey(b, c.keys.Key(b.id, name))][name]
	return ok
}

// lostDeliveries lists the op ids that have frozen bytes and no delivery.
func (s *Store) lostDeliveries() []string {
	var ops []string
	for shard, roster := range s.chambers[domainCourier].rosters {
		if shard[0] != frozen.id {
			continue
		}
		for op := range roster {
			if _, known := s.outbox.deliveries[op]; !known {
				ops = append(ops, op)
			}
		}
	}
	return ops
}

// rebuiltDelivery makes the delivery of frozen bytes whose way is not known: the mutual is asked first.
func (s *Store) rebuiltDelivery(op string) (submission.Delivery, error) {
	r, err := s.read(s.chambers[domainCourier], frozen, op)
	if err != nil {
		return submission.Delivery{}, err
	}
	var sub submission.Submission
	if err := json.Unmarshal(r.Data, &sub); err != nil {
		return submission.Delivery{}, fault.Wrap(identity.CodeRecord, "storage.mend", frozen.name+"/"+op, err)
	}
	return submission.Delivery{OpID: op, Kind: sub.Kind, Subject: sub.Subject, Revision: sub.Revision, Status: submission.Unconfirmed,
		Blobs: sub.Blobs, Plain: sub.Plain, FrozenAt: sub.FrozenAt}, nil
}

// fetchAgain reports whether something is lost that the mutual can say once more.
func fetchAgain(lost []string) bool {
	return slices.ContainsFunc(lost, func(item string) bool {
		bucket, _, _ := strings.Cut(item, "/")
		return bucket == claims.name || bucket == inbox.name || bucket == profile.name || bucket == fileDatabase
	})
}
