package storage

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/sodale/sodale/app/card"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/storage/disk"
	"github.com/sodale/sodale/storage/record"
	"github.com/sodale/sodale/storage/slots"
)

// newSuffix stands in the name of a vault's folder until it is complete.
const newSuffix = ".new-"

// Create makes a vault in dir, which must not exist or be empty, and returns its recovery code as it is printed. The folder
// has a temporary name until everything in it is durable: after a power cut there is a whole vault or none. CodeExists,
// CodeDiskFull or CodeWrite; after an error there is no vault.
func Create(dir string, options Options, password []byte, setup Setup) (recoveryCode string, err error) {
	o := options.filled()
	if err := giveWay(dir, o.Clock.Now().UTC().Format("20060102T150405")); err != nil {
		return "", fault.Wrap(CodeWrite, "storage.create", "", err)
	}
	if names, err := os.ReadDir(dir); err == nil && len(names) > 0 {
		return "", fault.New(CodeExists, "storage.create", "")
	}
	mark := make([]byte, 8)
	if _, err := io.ReadFull(o.Random, mark); err != nil {
		return "", err
	}
	removeUnfinished(dir)
	s := &Store{dir: dir + newSuffix + hex.EncodeToString(mark), options: o, chambers: map[*domain]*chamber{}}
	code, err := s.build(password, setup)
	if err == nil {
		o.Fail("create.before-rename")
		err = moveFolder(s.dir, dir)
	}
	if err != nil {
		s.log("create", os.RemoveAll(s.dir))
		return "", s.writeError("create", err)
	}
	o.Fail("create.after-rename")
	return code, nil
}

// removeUnfinished deletes what an earlier Create that was cut off left beside dir.
func removeUnfinished(dir string) {
	left, err := filepath.Glob(filepath.Join(filepath.Dir(dir), "*"+newSuffix+"*"))
	if err != nil {
		return
	}
	for _, path := range left {
		if strings.HasPrefix(path, filepath.Clean(dir)+newSuffix) {
			os.RemoveAll(path)
		}
	}
}

// moveFolder gives a finished folder its name, durably.
func moveFolder(from, to string) error {
	if err := disk.SyncDir(from); err != nil {
		return err
	}
	if err := os.Remove(to); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return disk.SyncDir(filepath.Dir(to))
}

// build makes all files of a new vault in s.dir.
func (s *Store) build(password []byte, setup Setup) (string, error) {
	if err := os.MkdirAll(s.path(folderBlobs), 0o700); err != nil {
		return "", err
	}
	s.secret = make([]byte, record.SecretSize)
	defer clear(s.secret)
	first, err := newContent(setup)
	if err != nil {
		return "", err
	}
	s.schema = Schema
	code, err := s.newSlots(password)
	if err != nil {
		return "", err
	}
	if _, err := s.openChambers(); err != nil {
		return "", err
	}
	if s.db, err = newDatabase(s.path(fileDatabase), s.slots.Vault, Schema); err != nil {
		return "", err
	}
	s.personal, s.outbox = first, &outbox{}
	err = s.fill()
	if closeErr := s.db.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return "", err
	}
	return code, s.writeCourier()
}

// newSlots draws the vault's id and key and wraps the key twice. s.secret then holds it.
func (s *Store) newSlots(password []byte) (recoveryCode string, err error) {
	random := s.options.Random
	var code [slots.CodeSize]byte
	file := slots.File{Schema: Schema}
	for _, b := range [][]byte{s.secret, code[:], file.Vault[:]} {
		if _, err := io.ReadFull(random, b); err != nil {
			return "", err
		}
	}
	byPassword, err := slots.WrapPassword(file.Vault, password, s.secret, random)
	if err != nil {
		return "", err
	}
	byCode, err := slots.WrapRecovery(file.Vault, code[:], s.secret, random)
	if err != nil {
		return "", err
	}
	s.slots = file.With(byPassword).With(byCode)
	return slots.FormatCode(code), s.writeSlots(s.slots)
}

// newContent is what a vault holds from its first moment.
func newContent(setup Setup) (*personal, error) {
	p := &personal{greeting: setup.Greeting, tokens: setup.Tokens, household: setup.Household, cards: setup.Cards, identity: setup.Identity,
		device:    device{ID: setup.DeviceID, Key: setup.DeviceKey, User: setup.User},
		alignment: alignment{PasswordChanged: setup.PasswordChanged.UTC()}}
	if p.cards == nil {
		p.cards = []card.Card{}
	}
	var err error
	if setup.Rules.ID != "" {
		if p.rules, err = json.Marshal(setup.Rules); err != nil {
			return nil, err
		}
	}
	p.mutual, err = compact(setup.Profile)
	return p, err
}

// fill makes the first commit.
func (s *Store) fill() error {
	p := s.personal
	var w writes
	w.put(profile, nameHousehold, p.household)
	w.put(profile, nameCards, p.cards)
	w.put(profile, nameMutual, p.mutual)
	w.put(profile, nameIdentity, p.identity)
	w.put(profile, nameTokens, p.tokens)
	w.put(profile, nameGreeting, p.greeting)
	w.put(profile, nameDevice, p.device)
	w.put(profile, nameAlignment, p.alignment)
	if p.rules != nil {
		w.put(profile, nameRules, p.rules)
	}
	if err := s.audit(&w, "created", ""); err != nil {
		return err
	}
	if w.err != nil {
		return w.err
	}
	return s.transact(w.list)
}

// Exists reports whether there is a vault in dir, also one whose keys were destroyed and in which something waits.
func Exists(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, fileSlots))
	r, destroyed := remainsOf(dir)
	return err == nil && (!destroyed || !r.All)
}
