package desktop

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/sodale/sodale/app/clock"
	"github.com/sodale/sodale/ui/widget"
)

func TestNobodyThereIsWarnedThirtySecondsBeforeAndThenLocked(t *testing.T) { // UX section 8
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		at := func() moment { return nowOf(clock.System{}, began) }
		w := newWatch(10*time.Minute, at())
		found := map[verdict]time.Duration{}
		tick := time.NewTicker(tickEvery)
		defer tick.Stop()
		for verdict := carryOn; verdict != lockNow; {
			<-tick.C
			if verdict = w.tick(at()); found[verdict] == 0 {
				found[verdict] = time.Since(began)
			}
		}
		if found[warn] != 9*time.Minute+30*time.Second || found[lockNow] != 10*time.Minute {
			t.Error(found)
		}
	})
}

func TestWhoeverIsThereIsNeverLockedOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		at := func() moment { return nowOf(clock.System{}, began) }
		w := newWatch(time.Minute, at())
		for range 60 * 60 {
			time.Sleep(tickEvery)
			if time.Since(began)%(25*time.Second) == 0 {
				w.there(at())
			}
			if v := w.tick(at()); v != carryOn {
				t.Fatalf("%v after %v", v, time.Since(began))
			}
		}
	})
}

func TestASleepLocksHoweverTheClocksTellOfIt(t *testing.T) {
	start := time.Date(2026, 11, 16, 9, 41, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		wall, run time.Duration
		want      verdict
	}{
		"a second":                            {time.Second, time.Second, carryOn},
		"a busy machine":                      {15 * time.Second, 15 * time.Second, carryOn},
		"a sleep on Linux":                    {8 * time.Hour, time.Second, lockNow},
		"a short sleep on Linux":              {30 * time.Second, time.Second, lockNow},
		"a sleep where the clock goes on":     {2 * time.Minute, 2 * time.Minute, lockNow},
		"a clock set back":                    {-3 * time.Hour, time.Second, carryOn},
		"a clock that was set a little ahead": {5 * time.Second, time.Second, carryOn},
	} {
		w := newWatch(10*time.Minute, moment{wall: start})
		now := moment{wall: start.Add(c.wall), run: c.run}
		w.there(now) // the pointer moved as the lid was opened
		if got := w.tick(now); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// guarded is a window behind the door whose clocks the test turns: at is how long both have run.
func guarded(t *testing.T, v *fakeVault) (st *stage, at *moment) {
	st = inside(t, v)
	at = &moment{wall: now}
	st.guard.now = func() moment { return *at }
	st.guard.watch = newWatch(10*time.Minute, *at)
	return st, at
}

// nobody lets a time pass with a tick every second, and nobody there.
func (st *stage) nobody(at *moment, until time.Duration) {
	for at.run < until {
		at.run, at.wall = at.run+tickEvery, at.wall.Add(tickEvery)
		st.guard.tick()
	}
}

func TestTheWarningCountsDownAndStayTakesItAway(t *testing.T) {
	st, at := guarded(t, fullVault())
	st.nobody(at, 9*time.Minute+30*time.Second)
	st.mustSee("Ci sei?", "Sodale si blocca tra 30 secondi.", "Resta")
	st.nobody(at, 9*time.Minute+41*time.Second)
	st.mustSee("19 secondi")
	st.press("Resta")
	if st.sees("Ci sei?") || st.locked != 0 {
		t.Fatal("the warning stays")
	}
	st.nobody(at, 19*time.Minute)
	if st.locked != 0 {
		t.Error("it locked although somebody was there")
	}
	st.nobody(at, 19*time.Minute+45*time.Second)
	if st.locked != 1 {
		t.Errorf("locked %d times", st.locked)
	}
}

func TestAKeyAnywhereTakesTheWarningAway(t *testing.T) {
	st, at := guarded(t, fullVault())
	st.nobody(at, 9*time.Minute+35*time.Second)
	st.mustSee("Ci sei?")
	widget.NewButton("altrove", widget.Secondary, func() {}).KeyDown(nil)
	if st.sees("Ci sei?") {
		t.Error("the warning stays")
	}
}

func TestALockSavesTheDraftInTheMaking(t *testing.T) {
	st, at := guarded(t, emptyVault())
	st.NewClaim()
	st.press("Continua")
	st.fill("Numero", "2026/004817")
	at.wall, at.run = at.wall.Add(8*time.Hour), at.run+tickEvery
	st.guard.tick()
	if st.locked != 1 {
		t.Fatalf("locked %d times", st.locked)
	}
	all, err := st.services.Desk.List(t.Context())
	if err != nil || len(all) != 1 || all[0].Claim.Documents[0].Number != "2026/004817" {
		t.Errorf("%v %+v", err, all)
	}
}

func TestTheSystemsWordOfASleepLocks(t *testing.T) {
	asleep := make(chan struct{})
	st := inside(t, fullVault(), func(st *stage) { st.services.Suspended = asleep })
	close(asleep)
	for end := time.Now().Add(10 * time.Second); st.locked == 0; {
		if st.pump(); time.Now().After(end) {
			t.Fatal("it stays open")
		}
	}
}

func TestAClosedDoorIsNotWatched(t *testing.T) {
	st := open(t, fullVault())
	if st.guard != nil {
		t.Error("the locked door is watched")
	}
}

func TestTheMinutesBeforeTheLockAreTheMembersChoice(t *testing.T) {
	st, at := guarded(t, fullVault())
	st.Go(Place{Screen: Appearance})
	if st.stored.Idle != 10 && st.stored.Idle != 0 { // 0 = nothing stored yet
		t.Errorf("%d minutes before anything was chosen", st.stored.Idle)
	}
	if !st.find("Blocca da solo dopo").(widget.Chosen).Choose("1 minuto") || st.stored.Idle != 1 {
		t.Fatalf("stored %+v", st.stored)
	}
	st.nobody(at, 59*time.Second)
	if st.locked != 0 {
		t.Error("it locked before the minute was over")
	}
	st.nobody(at, time.Minute+tickEvery)
	if st.locked != 1 {
		t.Errorf("locked %d times", st.locked)
	}
}
