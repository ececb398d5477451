package ocr

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/sodale/sodale/assets"
)

// asked is a context that counts how often its end is asked for, and ends when that is over its limit.
type asked struct {
	context.Context
	times *atomic.Int64
	limit int64
}

func (a asked) Err() error {
	if a.times.Add(1) > a.limit {
		return context.Canceled
	}
	return nil
}

func machineOf(t *testing.T, ctx context.Context, config Config) *machine {
	t.Helper()
	c, err := newCore(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.close() })
	m, err := newMachine(ctx, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(m.end)
	return m
}

func TestALoopPausesEverySoManyTurnsAndStillDoesItsWork(t *testing.T) {
	for _, n := range []uint64{1, turns, 5*turns + 1, 40 * turns} {
		times := new(atomic.Int64)
		m := machineOf(t, asked{t.Context(), times, 1 << 40}, given(countdown()))
		left, err := m.call("x", n)
		if err != nil || left != 0 {
			t.Fatalf("%d turns: %d left, %v", n, left, err)
		}
		if want := int64((n-1)/turns) + 1; times.Load() != want {
			t.Errorf("%d turns: %d pauses, want %d", n, times.Load(), want)
		}
	}
}

func TestALoopWithoutEndStops(t *testing.T) {
	m := machineOf(t, asked{t.Context(), new(atomic.Int64), 20}, given(module("p", fourType, 0x03, 0x40, 0x0c, 0, 0x0b, 0)))
	if _, err := m.call("x", 1); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

func TestTheCollectorDoesNotWaitForALoop(t *testing.T) {
	times := new(atomic.Int64)
	m := machineOf(t, asked{t.Context(), times, 1 << 40}, given(countdown()))
	ctx, cancel := context.WithCancel(t.Context())
	m.ctx = both{asked{ctx, times, 1 << 40}, ctx}
	done := make(chan error, 1)
	go func() {
		_, err := m.call("x", 1<<32-1) // some seconds
		done <- err
	}()
	for times.Load() < 10 {
		runtime.Gosched()
	}
	before := times.Load()
	runtime.GC()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Fatalf("the loop was over before the collector was: %v, %d pauses before", err, before)
	}
}

// both counts, and ends with its second context.
type both struct {
	asked
	end context.Context
}

func (b both) Err() error {
	_ = b.asked.Err()
	return b.end.Err()
}

func TestWhatTheMachineMayNotEndsItAndNothingElse(t *testing.T) {
	for name, module := range map[string][]byte{
		"a path outside the memory":        asking("I", [4]int64{0, -1, 64, 0}),
		"a result outside the memory":      asking("l", [4]int64{1, 64, 0, -4}),
		"buffers outside the memory":       asking("l", [4]int64{1, -8, 1, 64}),
		"more buffers than anybody has":    asking("l", [4]int64{1, 64, 1 << 30, 64}),
		"an import that nobody answers":    asking("Z", [4]int64{}),
		"a function that is not there":     asking("b", [4]int64{1 << 20, 0, 0, 0}),
		"a longjmp that nobody waits for":  module(jump, voidType, 0x10, 1, 0x41, 0),
		"an instruction that can't be run": module("p", fourType, 0x00),
	} {
		m := machineOf(t, t.Context(), given(module))
		answer, err := m.call("x", 1)
		if name == "a path outside the memory" {
			if err != nil || int32(answer) != -errnoNoFile {
				t.Errorf("%s: %d, %v", name, int32(answer), err)
			}
			continue
		}
		if err == nil {
			t.Errorf("%s: answered %d", name, answer)
		}
	}
}

func FuzzStoppable(f *testing.F) {
	f.Add(countdown())
	f.Add(asking("l", [4]int64{1, 64, 1, 64}))
	f.Add(module(jump, voidType, 0x10, 1, 0x41, 0))
	f.Fuzz(func(t *testing.T, module []byte) {
		if changed, err := stoppable(module); err == nil && bytes.Equal(changed, module) {
			t.Error("a module came back without a counter")
		}
	})
}

func TestOnlyAWholeModuleIsMadeStoppable(t *testing.T) {
	whole, err := assets.OCRCore()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stoppable(whole); err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 7, 8, 1000, len(whole) / 2} {
		if _, err := stoppable(whole[:n]); err == nil {
			t.Errorf("%d bytes of it are taken for a module", n)
		}
	}
}
