package storage

import (
	"bytes"
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"time"

	bolt "go.etcd.io/bbolt"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/storage/disk"
	"github.com/sodale/sodale/storage/record"
	"github.com/sodale/sodale/storage/slots"
	"github.com/sodale/sodale/storage/throttle"
)

// Unlock opens the vault with the password's exact bytes. CodeWait (Values: Seconds) or CodeWrongPassword leave it locked,
// CodeWeakSlot refuses key parameters out of bounds before anything is derived. A damaged database is mended from what is
// intact, and Damage then tells what is lost; CodeDamaged when nothing is. With Options.Strict the damage is answered
// instead and nothing is touched.
func (s *Store) Unlock(ctx context.Context, password []byte) error {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	key, err := s.openSlot(ctx, password)
	if err != nil {
		return err
	}
	return s.enter(ctx, key)
}

// openSlot returns the vault key, after the throttle allowed the attempt and counted it.
func (s *Store) openSlot(ctx context.Context, password []byte) ([]byte, error) {
	if err := s.usable("unlock"); err != nil {
		return nil, err
	}
	slot, err := s.slots.Find(slots.Password)
	if err == nil {
		err = slot.Params.Check()
	}
	if err != nil {
		return nil, fault.Wrap(identity.CodeWeakSlot, "storage.unlock", "", err)
	}
	now := s.options.Clock.Now()
	t, err := s.loadThrottle(now)
	if err != nil {
		return nil, fault.Wrap(CodeRead, "storage.unlock", fileThrottle, err)
	}
	wait, err := t.Wait(now)
	s.log("throttle", err)
	if wait > 0 {
		seconds := int(math.Ceil(wait.Seconds()))
		return nil, fault.New(identity.CodeWait, "storage.unlock", "").With("Seconds", strconv.Itoa(seconds))
	}
	if err := t.Attempt(now); err != nil && !disk.Full(err) {
		return nil, fault.Wrap(CodeWrite, "storage.unlock", fileThrottle, err)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	key, err := slot.Open(s.slots.Vault, password)
	if errors.Is(err, slots.ErrWrong) {
		return nil, fault.New(identity.CodeWrongPassword, "storage.unlock", "")
	}
	if err != nil {
		return nil, fault.Wrap(CodeRead, "storage.unlock", fileSlots, err)
	}
	s.log("throttle", t.Clear())
	return key, nil
}

func (s *Store) loadThrottle(now time.Time) (*throttle.Throttle, error) {
	return throttle.Load(s.path(fileThrottle), now)
}

// UnlockWithRecovery opens the vault with the printed code. CodeCode when the text is no code, CodeWrongPassword when it
// is that of another vault. It is not throttled: 128 bits can't be guessed.
func (s *Store) UnlockWithRecovery(ctx context.Context, code string) error {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	if err := s.usable("recovery"); err != nil {
		return err
	}
	bits, err := slots.ParseCode(code)
	if err != nil {
		return fault.Wrap(CodeCode, "storage.recovery", "", err)
	}
	slot, err := s.slots.Find(slots.Recovery)
	if err != nil {
		return fault.Wrap(identity.CodeWeakSlot, "storage.recovery", "", err)
	}
	key, err := slot.Open(s.slots.Vault, bits[:])
	if err != nil {
		return fault.Wrap(identity.CodeWrongPassword, "storage.recovery", "", err)
	}
	s.forgetAttempts()
	return s.enter(ctx, key)
}

// enterWith opens the vault with a secret that can't be guessed. One that opens none of the slots counts as a wrong password; the
// wait after wrong passwords does not hold it back.
func (s *Store) enterWith(ctx context.Context, op string, from []slots.Slot, secret []byte) (slots.Slot, error) {
	if err := s.usable(op); err != nil {
		return slots.Slot{}, err
	}
	for _, slot := range slices.Backward(from) {
		key, err := slot.Open(s.slots.Vault, secret)
		if err == nil {
			s.forgetAttempts()
			return slot, s.enter(ctx, key)
		}
	}
	now := s.options.Clock.Now()
	t, err := s.loadThrottle(now)
	if err == nil {
		err = t.Attempt(now)
	}
	s.log("throttle", err)
	return slots.Slot{}, fault.New(identity.CodeWrongPassword, "storage."+op, "")
}

// forgetAttempts clears the throttle once somebody proved that the vault is theirs.
func (s *Store) forgetAttempts() {
	t, err := s.loadThrottle(s.options.Clock.Now())
	if err == nil {
		err = t.Clear()
	}
	s.log("throttle", err)
}

// enter opens the vault with its key: migrate if old, verify and load, mend if damaged, then tidy.
func (s *Store) enter(ctx context.Context, key []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.closed {
		return s.closedError("unlock")
	}
	if s.personal != nil {
		clear(key)
		return nil
	}
	clear(s.secret)
	s.secret = key
	chambers, db := maps.Clone(s.chambers), s.db
	verified, err := s.openChambers()
	if err == nil {
		err = s.enterDatabase(verified)
	}
	if err != nil {
		s.shut(chambers, db)
		return err
	}
	s.tidy()
	return nil
}

// enterDatabase loads both domains, by way of recovery and migration where they are needed. verified is the courier's chamber if
// Open loaded it already, or nil.
func (s *Store) enterDatabase(verified *chamber) error {
	err := s.damage
	switch {
	case err == nil && verified != nil:
		err = s.loadOwn(verified)
	case err == nil:
		err = s.loadAll()
	}
	if err != nil && s.options.Strict {
		return err
	}
	if err != nil {
		if err := s.recover(err); err != nil {
			return err
		}
	}
	if s.schema == Schema {
		return nil
	}
	if err := s.migrate(); err != nil {
		return err
	}
	return s.loadAll()
}

// openChambers derives the keys of both domains from the vault key. verified is the courier's chamber that Open loaded, nil unless
// it did so with the very key: the courier file tells it, and is not protected.
func (s *Store) openChambers() (verified *chamber, err error) {
	secret, err := courierSecret(s.secret, s.slots.Vault)
	if err != nil {
		return nil, err
	}
	if s.outbox != nil && s.schema == Schema && bytes.Equal(secret, s.courier.Secret) {
		verified = s.chambers[domainCourier]
	}
	s.courier.Vault, s.courier.Secret = s.slots.Vault, secret
	for d, key := range map[*domain][]byte{domainVault: s.secret, domainCourier: secret} {
		c, err := newChamber(d, key, s.slots.Vault, s.schema)
		if err != nil {
			return nil, err
		}
		s.chambers[d] = c
	}
	return verified, nil
}

// courierSecret derives the courier's secret, so that a lost courier file is made again.
func courierSecret(key []byte, vault record.VaultID) ([]byte, error) {
	return hkdf.Key(sha256.New, key, vault[:], "sodale/courier/1", record.SecretSize)
}

// loadAll verifies both domains, and reads them if they are of this program's schema.
func (s *Store) loadAll() error {
	sent, err := s.chambers[domainCourier].load(s.mapped())
	if err != nil {
		return err
	}
	own, err := s.chambers[domainVault].load(s.mapped())
	if err != nil || s.schema != Schema {
		return err
	}
	if s.outbox, err = newOutbox(sent); err != nil {
		return err
	}
	s.personal, err = newPersonal(own)
	return err
}

// loadOwn verifies and reads the member's domain, and goes on with the courier's as it is.
func (s *Store) loadOwn(verified *chamber) error {
	own, err := s.chambers[domainVault].load(s.mapped())
	if err != nil {
		return err
	}
	if s.personal, err = newPersonal(own); err == nil {
		s.chambers[domainCourier] = verified
	}
	return err
}

// shut forgets what a failed Unlock had opened. The outbox goes on as before, unless its database was replaced meanwhile.
func (s *Store) shut(chambers map[*domain]*chamber, db *bolt.DB) {
	s.personal, s.chambers = nil, chambers
	clear(s.secret)
	s.secret = nil
	if s.db != db {
		s.outbox = nil
		if s.damage == nil {
			s.damage = fault.New(identity.CodeDamaged, "storage.unlock", fileDatabase)
		}
	}
}

// tidy is what every Unlock does besides: mend the small files, sweep, purge, keep a generation. What fails here is tried
// again the next time.
func (s *Store) tidy() {
	if !s.whole || s.slots.Schema != s.schema {
		s.slots.Schema = s.schema
		s.slots.Generation++
		s.log("slots", s.writeSlots(s.slots))
	}
	s.log("courier", s.mendCourier())
	s.log("purge", s.purge())
	s.log("blobs", s.sweepBlobs())
	s.log("ballast", s.layBallast())
	s.log("room", s.layRoom())
	s.log("generation", s.keepGenerationDaily())
}

// writeSlots puts a generation over the older half of the slot file, syncs, then over the other half: a torn write leaves
// one half whole, and no old slot stays behind.
func (s *Store) writeSlots(file slots.File) error {
	f, err := os.OpenFile(s.path(fileSlots), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	half := file.Encode()
	first, second := int64(0), int64(slots.Half)
	if s.olderHalfIsSecond(f) {
		first, second = second, first
	}
	_, err = f.WriteAt(half, first)
	if err == nil {
		err = f.Sync()
	}
	s.options.Fail("slots.between-halves")
	if err == nil {
		_, err = f.WriteAt(half, second)
	}
	if err == nil {
		err = f.Sync()
	}
	s.whole = err == nil
	if closeErr := f.Close(); err == nil {
		err = closeErr
	}
	return err
}

// olderHalfIsSecond tells which half may be overwritten first: the one that is not the newer whole one.
func (s *Store) olderHalfIsSecond(f *os.File) bool {
	var halves [2]uint64
	for i := range halves {
		b := make([]byte, slots.Half)
		if _, err := f.ReadAt(b, int64(i*slots.Half)); err != nil {
			continue
		}
		if file, _, err := slots.Decode(b); err == nil {
			halves[i] = file.Generation
		}
	}
	return halves[0] > halves[1]
}
