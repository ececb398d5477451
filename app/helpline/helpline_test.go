package helpline_test

import (
	"context"
	"crypto/rand"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/sodale/sodale/app/claim/claimtest"
	"github.com/sodale/sodale/app/helpline"
)

// memory is a vault of uses.
type memory struct {
	mu   sync.Mutex
	uses []helpline.Use
	fail error
}

func (m *memory) HelpUses(context.Context) ([]helpline.Use, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.uses, nil
}

func (m *memory) SetHelpUses(_ context.Context, uses []helpline.Use) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail == nil {
		m.uses = uses
	}
	return m.fail
}

func TestUsesAreCountedByServicePersonAndYear(t *testing.T) { // H24-23
	clock := claimtest.NewClock(time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC)) // 1 January 2027 in Rome
	v := &memory{}
	d := &helpline.Desk{Vault: v, Clock: clock, Random: rand.Reader}
	note := func(service, person string) helpline.Use {
		u, err := d.Note(t.Context(), "piano-base", service, "elena")
		if person == "luca" {
			err = d.Undo(t.Context(), u.ID)
			u, _ = d.Note(t.Context(), "piano-base", service, "luca")
		}
		if err != nil {
			t.Fatal(err)
		}
		return u
	}
	first := note("Invio di un medico", "elena")
	note("Invio di un medico", "elena")
	note("Invio di autoambulanza", "elena")
	note("Invio di un medico", "luca")
	count := func(year int) int {
		uses, err := d.Uses(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(helpline.Of(uses, "piano-base", "Invio di un medico", "elena", year))
	}
	if count(2027) != 2 || count(2026) != 0 {
		t.Errorf("2027: %d, 2026: %d", count(2027), count(2026))
	}
	for range 2 {
		if err := d.Undo(t.Context(), first.ID); err != nil || count(2027) != 1 {
			t.Errorf("after taking it back: %d, %v", count(2027), err)
		}
	}
}

func TestAUseThatCouldNotBeKeptIsNotCounted(t *testing.T) {
	full := errors.New("full")
	v := &memory{fail: full}
	d := &helpline.Desk{Vault: v, Clock: claimtest.NewClock(time.Now()), Random: rand.Reader}
	if _, err := d.Note(t.Context(), "p", "s", "elena"); !errors.Is(err, full) || len(v.uses) != 0 {
		t.Errorf("%v, %v", err, v.uses)
	}
}

func TestTwoAtOnceAreBothCounted(t *testing.T) {
	v := &memory{}
	d := &helpline.Desk{Vault: v, Clock: claimtest.NewClock(time.Now()), Random: rand.Reader}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { _, _ = d.Note(context.Background(), "p", "s", "elena") })
	}
	all.Wait()
	if len(v.uses) != 20 {
		t.Errorf("%d", len(v.uses))
	}
}
