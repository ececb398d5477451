// Package archive opens everything that one mutual keeps, as one thing: its database, its folder of sealed files and its
// keys. The server, the desk and the demo work on an archive; several processes may have the same one open.
//
// A data folder holds:
//
//	mutuad.db    the database, unless another one is named
//	blobs/       the members' sealed files
//	keys/        sign.pem, box.age, tls.pem, cert.pem, access.key
//	outgoing/    mail and messages, unless they go out
//	profile.json what a client needs to know, written by `mutuad serve`
package archive

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/id"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/blobs"
	"github.com/sodale/sodale/sync/mutuad/keys"
	"github.com/sodale/sodale/sync/mutuad/secret"
	"github.com/sodale/sodale/sync/mutuad/store"
	"github.com/sodale/sodale/sync/seal"
)

// Options bend what is usual. The zero Options are those of a real mutual on SQLite.
type Options struct {
	DatabaseURL string      // PostgreSQL; "" = SQLite in the data folder
	Clock       clock.Clock // nil = the machine's
	Random      io.Reader   // ids, tokens, salts; nil = the machine's. Keys always come from the machine's
	Hosts       []string    // names and addresses of the server, for a new certificate; nil = this machine alone
}

// Archive is one mutual's memory. All fields are set and stay as they are.
type Archive struct {
	Dir    string
	Store  *store.Store
	Blobs  *blobs.Folder
	Keys   *keys.Ring
	Box    *seal.Box // opens what is sealed to the mutual
	Secret *secret.Box
	Clock  clock.Clock
	Random io.Reader
}

// Mutual is what the mutual is called.
type Mutual struct {
	ID    string `json:"id"` // "aurora"
	Name  string `json:"name"`
	Phone string `json:"phone"`
}

// Open opens the data folder and makes what is missing. A new database gets its first epoch.
func Open(ctx context.Context, dir string, o Options) (*Archive, error) {
	a := &Archive{Dir: dir, Clock: o.Clock, Random: o.Random}
	if a.Clock == nil {
		a.Clock = clock.System{}
	}
	if a.Random == nil {
		a.Random = rand.Reader
	}
	if o.Hosts == nil {
		o.Hosts = []string{"localhost", "127.0.0.1", "::1"}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fault.Wrap(store.CodeOpen, "archive.open", "", err)
	}
	var err error
	if a.Keys, err = keys.Open(filepath.Join(dir, "keys"), a.Clock.Now(), o.Hosts); err != nil {
		return nil, err
	}
	if a.Box, err = seal.NewBox(a.Keys.Secret); err != nil {
		return nil, err
	}
	if a.Secret, err = secret.New(a.Keys.Access); err != nil {
		return nil, err
	}
	if a.Blobs, err = blobs.Open(filepath.Join(dir, "blobs")); err != nil {
		return nil, err
	}
	if o.DatabaseURL != "" {
		a.Store, err = store.OpenPostgres(ctx, o.DatabaseURL)
	} else {
		a.Store, err = store.OpenSQLite(ctx, filepath.Join(dir, "mutuad.db"))
	}
	if err != nil {
		return nil, err
	}
	if err := a.firstEpoch(ctx); err != nil {
		return nil, errors.Join(err, a.Store.Close())
	}
	return a, nil
}

// Close closes the database.
func (a *Archive) Close() error { return a.Store.Close() }

// NewID makes the id of something that exists from now on.
func (a *Archive) NewID() (string, error) { return id.New(a.Clock.Now(), a.Random) }

// Now is the instant as it is stored and sent: UTC, in microseconds.
func (a *Archive) Now() time.Time { return a.Clock.Now().UTC().Truncate(time.Microsecond) }

func (a *Archive) firstEpoch(ctx context.Context) error {
	_, err := a.Store.Setting(ctx, store.SettingEpoch)
	if fault.CodeOf(err) != store.CodeNone {
		return err
	}
	epoch, err := a.NewID()
	if err != nil {
		return err
	}
	return a.Store.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Setting(ctx, store.SettingEpoch); fault.CodeOf(err) != store.CodeNone {
			return err
		}
		return tx.Set(ctx, store.SettingEpoch, epoch)
	})
}

// Epoch names the memory since it was last restored from a backup.
func (a *Archive) Epoch(ctx context.Context) (string, error) {
	return a.Store.Setting(ctx, store.SettingEpoch)
}

// RenewEpoch is to be called after the data folder was restored from a backup: members' programs see the new epoch, read
// their feed from its beginning and offer again what they have receipts for.
func (a *Archive) RenewEpoch(ctx context.Context) (string, error) {
	epoch, err := a.NewID()
	if err != nil {
		return "", err
	}
	return epoch, a.Store.Write(ctx, func(tx *store.Tx) error { return tx.Set(ctx, store.SettingEpoch, epoch) })
}

// Mutual tells what the mutual is called; the zero Mutual before SetMutual.
func (a *Archive) Mutual(ctx context.Context) (Mutual, error) {
	return a.MutualIn(ctx, a.Store.Queries)
}

// MutualIn is Mutual inside a transaction.
func (a *Archive) MutualIn(ctx context.Context, q *store.Queries) (Mutual, error) {
	var m Mutual
	text, err := q.Setting(ctx, store.SettingMutual)
	if fault.CodeOf(err) == store.CodeNone {
		return m, nil
	}
	if err != nil {
		return m, err
	}
	return m, json.Unmarshal([]byte(text), &m)
}

// SetMutual names the mutual.
func (a *Archive) SetMutual(ctx context.Context, m Mutual) error {
	text, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return a.Store.Write(ctx, func(tx *store.Tx) error { return tx.Set(ctx, store.SettingMutual, string(text)) })
}

// Profile is what a client must know to trust this mutual at baseURL.
func (a *Archive) Profile(ctx context.Context, baseURL string) (api.Profile, error) {
	m, err := a.Mutual(ctx)
	if err != nil {
		return api.Profile{}, err
	}
	return api.Profile{ID: m.ID, Name: m.Name, BaseURL: baseURL, Pins: []string{a.Keys.Pin()}, SignKey: a.Keys.Public(),
		Recipient: a.Keys.Recipient, Phone: m.Phone}, nil
}
