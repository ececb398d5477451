package store_test

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/member"
	"github.com/sodale/sodale/sync/api"
	"github.com/sodale/sodale/sync/mutuad/store"
	"github.com/sodale/sodale/sync/mutuad/storetest"
)

var (
	ctx = context.Background()
	now = time.Date(2026, 11, 22, 9, 30, 0, 123456000, time.UTC)
)

const elena = "01890a5d-ac96-774b-bcce-b302099a8001"

// everywhere runs a test on each database, with one member in it.
func everywhere(t *testing.T, test func(t *testing.T, s *store.Store, reopen func() *store.Store)) {
	storetest.Each(t, func(t *testing.T, databaseURL string) {
		path := filepath.Join(t.TempDir(), "mutuad.db")
		reopen := func() *store.Store {
			s, err := open(path, databaseURL)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			return s
		}
		s := reopen()
		must(t, s.Write(ctx, func(tx *store.Tx) error {
			return tx.PutMember(ctx, store.Member{ID: elena, Number: "000000003423", User: "000000003423", Password: "x", People: []member.ID{elena}})
		}))
		test(t, s, reopen)
	})
}

func open(path, databaseURL string) (*store.Store, error) {
	if databaseURL != "" {
		return store.OpenPostgres(ctx, databaseURL)
	}
	return store.OpenSQLite(ctx, path)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestAnOffsetAdvancesOnlyFromTheStateThatWasRead(t *testing.T) {
	everywhere(t, func(t *testing.T, s *store.Store, _ func() *store.Store) {
		was := store.Blob{Digest: "aa"}
		half := store.Blob{Digest: "aa", Size: 10, Have: 5}
		advance := func(from, to store.Blob) error {
			return s.Write(ctx, func(tx *store.Tx) error { return tx.Advance(ctx, elena, from, to, now) })
		}
		must(t, advance(was, half))
		if err := advance(was, store.Blob{Digest: "aa", Size: 10, Have: 3}); fault.CodeOf(err) != store.CodeStale {
			t.Fatalf("a writer that read the older state got %v", err)
		}
		must(t, advance(half, store.Blob{Digest: "aa", Size: 10, Have: 10, Complete: true}))
		b, err := s.Blob(ctx, elena, "aa")
		if err != nil || b.Have != 10 || !b.Complete {
			t.Fatalf("%+v, %v", b, err)
		}
	})
}

func TestAFeedHasNoGapThoughTransactionsFailAndCollide(t *testing.T) {
	everywhere(t, func(t *testing.T, s *store.Store, _ func() *store.Store) {
		var done sync.WaitGroup
		for i := range 40 {
			done.Go(func() {
				err := s.Write(ctx, func(tx *store.Tx) error {
					seq, err := tx.NextSeq(ctx, elena)
					if err != nil {
						return err
					}
					if i%4 == 0 {
						return errors.New("thought better of it")
					}
					return tx.AddEvent(ctx, elena, api.Event{ID: strconv.Itoa(i), Seq: seq, Kind: "notice", At: now, Body: []byte("{}")})
				})
				if (err != nil) != (i%4 == 0) {
					t.Error(i, err)
				}
			})
		}
		done.Wait()
		events, err := s.Events(ctx, elena, 0, 100)
		must(t, err)
		if len(events) != 30 {
			t.Fatalf("%d events", len(events))
		}
		for i, e := range events {
			if e.Seq != int64(i+1) {
				t.Fatalf("event %d has place %d", i, e.Seq)
			}
		}
		if last, err := s.LastSeq(ctx, elena); err != nil || last != 30 {
			t.Fatalf("last %d, %v", last, err)
		}
	})
}

func TestAWriteThatFailsOrPanicsTakesNothingOfTheOthersWithIt(t *testing.T) {
	everywhere(t, func(t *testing.T, s *store.Store, _ func() *store.Store) {
		var done sync.WaitGroup
		for i := range 30 {
			done.Go(func() {
				err := s.Write(ctx, func(tx *store.Tx) error {
					if err := tx.Set(ctx, "n"+strconv.Itoa(i), "there"); err != nil {
						return err
					}
					switch i % 3 {
					case 1:
						panic("a fault of ours")
					case 2:
						return errors.New("no")
					}
					return nil
				})
				if (err == nil) != (i%3 == 0) {
					t.Error(i, err)
				}
			})
		}
		done.Wait()
		for i := range 30 {
			_, err := s.Setting(ctx, "n"+strconv.Itoa(i))
			if (err == nil) != (i%3 == 0) {
				t.Errorf("write %d: %v", i, err)
			}
		}
	})
}

func TestProtocolNumbersCountUpWithinAYearAndBeginAgainInTheNext(t *testing.T) {
	everywhere(t, func(t *testing.T, s *store.Store, _ func() *store.Store) {
		must(t, s.Write(ctx, func(tx *store.Tx) error { return tx.SetProtocol(ctx, 2026, 4470) }))
		var got []string
		for _, year := range []int{2026, 2026, 2027} {
			must(t, s.Write(ctx, func(tx *store.Tx) error {
				n, err := tx.NextProtocol(ctx, year)
				got = append(got, n)
				return err
			}))
		}
		if got[0] != "26-004471" || got[1] != "26-004472" || got[2] != "27-000001" {
			t.Fatal(got)
		}
	})
}

func TestWhatWasCommittedIsThereAfterOpeningAgain(t *testing.T) {
	everywhere(t, func(t *testing.T, s *store.Store, reopen func() *store.Store) {
		d := store.Device{ID: "d1", Member: elena, Name: "casa", Token: "t", UploadToken: "u", Key: []byte{1, 2, 3}, CreatedAt: now}
		must(t, s.Write(ctx, func(tx *store.Tx) error { return tx.AddDevice(ctx, d) }))
		must(t, s.Close())
		s = reopen()
		for _, token := range []string{"t", "u"} {
			got, err := s.DeviceByToken(ctx, token)
			if d.LastSeen = d.CreatedAt; err != nil || !reflect.DeepEqual(got, d) {
				t.Fatalf("%+v, %v", got, err)
			}
		}
		must(t, s.Write(ctx, func(tx *store.Tx) error { return tx.RevokeDevice(ctx, "d1", now) }))
		if got, err := s.DeviceByToken(ctx, "t"); err != nil || !got.RevokedAt.Equal(now) {
			t.Fatalf("a revoked token: %+v, %v", got, err)
		}
	})
}

func TestADatabaseOfANewerProgramIsRefusedUntouched(t *testing.T) {
	storetest.Each(t, func(t *testing.T, databaseURL string) {
		path := filepath.Join(t.TempDir(), "mutuad.db")
		s, err := open(path, databaseURL)
		must(t, err)
		must(t, s.Write(ctx, func(tx *store.Tx) error { return tx.Set(ctx, store.SettingSchema, "99") }))
		must(t, s.Close())
		if _, err := open(path, databaseURL); fault.CodeOf(err) != store.CodeNewer {
			t.Fatalf("opened with %v", err)
		}
	})
}

func TestAttemptsAreForgottenAfterADay(t *testing.T) {
	everywhere(t, func(t *testing.T, s *store.Store, _ func() *store.Store) {
		count := func() (a store.Attempt) {
			t.Helper()
			must(t, s.Write(ctx, func(tx *store.Tx) (err error) {
				a, err = tx.LockAttempt(ctx, "h", now.Add(time.Minute))
				return err
			}))
			return a
		}
		must(t, s.Write(ctx, func(tx *store.Tx) error { return tx.PutAttempt(ctx, "h", store.Attempt{Failures: 3, LastAt: now}) }))
		if a := count(); a.Failures != 3 || !a.LastAt.Equal(now) {
			t.Fatalf("%+v", a)
		}
		must(t, s.Write(ctx, func(tx *store.Tx) error { return tx.ForgetAttempts(ctx, now.Add(time.Second)) }))
		if a := count(); a.Failures != 0 {
			t.Fatalf("%+v", a)
		}
	})
}
