package store_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/mutuad/store"
)

// A limit lets its burst through and then one in each of its spans, whatever happens to the server or its clock.
func TestALimitLetsItsBurstThroughAndThenOneInEachSpanAcrossRestarts(t *testing.T) {
	everywhere(t, func(t *testing.T, s *store.Store, reopen func() *store.Store) {
		limit := store.Limit{Burst: 3, Every: time.Minute}
		take := func(at time.Time) (wait time.Duration) {
			t.Helper()
			must(t, s.Write(ctx, func(tx *store.Tx) (err error) {
				wait, err = tx.Take(ctx, "a", limit, at)
				return err
			}))
			return wait
		}
		for i := range 3 {
			if wait := take(now); wait != 0 {
				t.Fatalf("%d waits %s", i, wait)
			}
		}
		must(t, s.Close())
		s = reopen()
		for _, c := range []struct{ after, wait time.Duration }{{0, time.Minute}, {20 * time.Second, 40 * time.Second}, {time.Minute, 0}, {time.Minute, time.Minute},
			{time.Hour, 0}, {time.Hour, 0}, {time.Hour, 0}, {time.Hour, time.Minute}, {-24 * time.Hour, 0}, {-24 * time.Hour, 0}, {-24 * time.Hour, 0}, {-24 * time.Hour, time.Minute}} {
			if wait := take(now.Add(c.after)); wait != c.wait {
				t.Errorf("after %s: waits %s, want %s", c.after, wait, c.wait)
			}
		}
		must(t, s.Write(ctx, func(tx *store.Tx) error { return tx.ForgetBuckets(ctx, now.Add(48*time.Hour)) }))
		if wait := take(now); wait != 0 {
			t.Errorf("a forgotten one waits %s", wait)
		}
	})
}

// Of many who come at the same time with the same code of the second factor, one uses it up.
func TestACodeIsUsedUpByOneOfManyAtOnce(t *testing.T) {
	everywhere(t, func(t *testing.T, s *store.Store, _ func() *store.Store) {
		must(t, s.Write(ctx, func(tx *store.Tx) error {
			if err := tx.PutFactor(ctx, store.Factor{Member: elena, Secret: "x", Counter: 10}); err != nil {
				return err
			}
			return tx.ReplaceRecovery(ctx, elena, []string{"r1", "r2"}, false)
		}))
		for name, use := range map[string]func(tx *store.Tx) (bool, error){
			"counter":  func(tx *store.Tx) (bool, error) { return tx.UseCounter(ctx, elena, 11) },
			"recovery": func(tx *store.Tx) (bool, error) { return tx.UseRecovery(ctx, elena, "r1", now) },
		} {
			var used atomic.Int64
			var done sync.WaitGroup
			for range 20 {
				done.Go(func() {
					good := false
					if err := s.Write(ctx, func(tx *store.Tx) (err error) {
						good, err = use(tx)
						return err
					}); err != nil {
						t.Error(err)
					}
					if good {
						used.Add(1)
					}
				})
			}
			if done.Wait(); used.Load() != 1 {
				t.Errorf("%s: used %d times", name, used.Load())
			}
		}
		if left, err := s.RecoveryLeft(ctx, elena); err != nil || left != 1 {
			t.Fatalf("%d left, %v", left, err)
		}
	})
}

// A ticket leads to its enrolment until its time is over, and its codes go with it.
func TestAnEnrolmentIsThereUntilItsTimeIsOver(t *testing.T) {
	everywhere(t, func(t *testing.T, s *store.Store, _ func() *store.Store) {
		e := store.Enrolment{ID: "e1", Ticket: "t1", Kind: "register", Member: elena, Step: "codes", User: "a@x.example", Password: "p", Data: "{}",
			CreatedAt: now, ExpiresAt: now.Add(time.Hour)}
		must(t, s.Write(ctx, func(tx *store.Tx) error {
			if err := tx.PutEnrolment(ctx, e); err != nil {
				return err
			}
			return tx.PutCode(ctx, store.Code{Owner: "e1", Channel: "email", Hash: "h", SentAt: now, ExpiresAt: now.Add(time.Minute)})
		}))
		locked := func(at time.Time) (got store.Enrolment, err error) {
			err = s.Write(ctx, func(tx *store.Tx) error {
				got, err = tx.LockEnrolment(ctx, "t1", at)
				return err
			})
			return got, err
		}
		if got, err := locked(now.Add(59 * time.Minute)); err != nil || got != e {
			t.Fatalf("%+v, %v", got, err)
		}
		if _, err := locked(now.Add(time.Hour)); fault.CodeOf(err) != store.CodeNone {
			t.Fatal(err)
		}
		if got, err := s.EnrolmentByUser(ctx, "a@x.example", now); err != nil || got.ID != "e1" {
			t.Fatalf("%+v, %v", got, err)
		}
		must(t, s.Write(ctx, func(tx *store.Tx) error { return tx.DropEnrolmentsOf(ctx, elena, "register") }))
		if code, err := s.Code(ctx, "e1", "email"); err != nil || code.Hash != "" {
			t.Fatalf("%+v, %v", code, err)
		}
		if _, err := s.EnrolmentByUser(ctx, "a@x.example", now); fault.CodeOf(err) != store.CodeNone {
			t.Fatal(err)
		}
	})
}
