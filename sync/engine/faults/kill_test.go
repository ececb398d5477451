//go:build unix

package faults_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/sodale/sodale/app/submission"
	"github.com/sodale/sodale/storage"
	"github.com/sodale/sodale/sync/engine"
)

// livesInOneVault is how many lives one vault and one server see before fresh ones take their place.
const livesInOneVault = 40

// points are the places to die at: all but those of mending a damaged vault, which no life here passes.
func points() []string {
	var all []string
	for _, p := range append(append([]string(nil), storage.Points...), engine.Points...) {
		if !strings.HasPrefix(p, "recover.") && !strings.HasPrefix(p, "mend.") && !strings.HasPrefix(p, "create.") {
			all = append(all, p)
		}
	}
	return all
}

// TestAProgramKilledAnywhereLosesAndDoublesNothing is fault test (b): kill -9 of a real process at every named point. One run is
// one life. After each, the next life tells what it found, and that is held against what was acknowledged before.
func TestAProgramKilledAnywhereLosesAndDoublesNothing(t *testing.T) {
	seed, n := seedOf(t), runs(t, 40)
	began := time.Now()
	deaths, lives, killed := map[string]int{}, 0, 0
	for lives < n && !t.Failed() {
		t.Run(fmt.Sprintf("from %d", lives), func(t *testing.T) {
			s := newSaga(t, seed+uint64(lives), lives)
			for range min(livesInOneVault, n-lives) {
				lives++
				if point, died := s.next(); died {
					deaths[point]++
					killed++
				}
			}
			s.end()
		})
	}
	t.Logf("%d lives, %d killed at %d of %d points, in %.0f s", lives, killed, len(deaths), len(points())+2, time.Since(began).Seconds())
	for _, p := range append(points(), "create.before-rename", "create.after-rename") {
		if deaths[p] == 0 && n >= 2000 {
			t.Errorf("nobody died at %s", p)
		}
	}
	if n >= 2000 {
		t.Logf("deaths: %v", deaths)
	}
}

// saga is many lives on one vault, and what they acknowledged.
type saga struct {
	t      *testing.T
	m      *mutual
	orders orders
	dice   *rand.Rand
	first  int // number of the first life: picks where the vault is made

	saved, typed map[string]string // claim → last text acknowledged, last text tried
	froze        map[string]bool   // op ids acknowledged
	receipts     map[string]string // op id → receipt once seen
	delivered    map[string]bool   // claims
	plan         []string          // points to die at next
}

func newSaga(t *testing.T, seed uint64, first int) *saga {
	m := newMutual(t, t.TempDir(), nil)
	s := &saga{t: t, m: m, dice: rand.New(rand.NewPCG(seed, 4)), first: first, saved: map[string]string{}, typed: map[string]string{},
		froze: map[string]bool{}, receipts: map[string]string{}, delivered: map[string]bool{}}
	s.orders = orders{Dir: filepath.Join(t.TempDir(), "vault"), Profile: m.profile, Setup: setupOf(t, m.profile, m.signIn(t)), Seed: seed}
	switch first / livesInOneVault % 3 {
	case 1:
		s.plan = []string{"create.before-rename"}
	case 2:
		s.plan = []string{"create.after-rename"}
	}
	return s
}

// next lives one life and tells where it ended.
func (s *saga) next() (point string, died bool) {
	s.orders.Seed++
	s.orders.Point, s.orders.Nth = s.where()
	died = s.live(s.orders)
	return s.orders.Point, died
}

// where picks the next point. Those that need a delivery whose answer was lost get a life before them that loses one.
func (s *saga) where() (string, int64) {
	if len(s.plan) > 0 {
		point := s.plan[0]
		s.plan = s.plan[1:]
		return point, 1
	}
	all := points()
	point := all[s.dice.IntN(len(all))]
	switch {
	case strings.HasPrefix(point, "settle."):
		s.plan = []string{point}
		return "put.after", 1
	case point == "nothing.committed":
		s.plan = []string{point}
		return "put.before", 1
	}
	return point, 1 + int64(s.dice.IntN(2)*s.dice.IntN(2))
}

// end lets the last life deliver everything, and holds what is there against what the mutual has.
func (s *saga) end() {
	s.orders.Point, s.orders.Rest = "", true
	if s.live(s.orders) {
		s.t.Fatal("the last life died")
	}
	for op := range s.froze {
		if s.receipts[op] == "" {
			s.t.Errorf("submission %s was acknowledged and never came to rest", op)
		}
	}
	rows, err := s.m.archive.Store.Claims(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	for _, r := range rows {
		if !s.delivered[r.Subject] {
			s.t.Errorf("the mutual has claim %s, which was not delivered", r.Subject)
		}
	}
	if len(rows) != len(s.delivered) {
		s.t.Errorf("the mutual has %d claims, %d were delivered", len(rows), len(s.delivered))
	}
}

// live runs one process and reports whether it was killed.
func (s *saga) live(o orders) (died bool) {
	text, err := json.Marshal(o)
	if err != nil {
		s.t.Fatal(err)
	}
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childVariable+"="+string(text))
	var said, wept bytes.Buffer
	child.Stdout, child.Stderr = &said, &wept
	if err := child.Start(); err != nil {
		s.t.Fatal(err)
	}
	patience := time.AfterFunc(2*time.Minute, func() { _ = child.Process.Kill() })
	began := time.Now()
	err = child.Wait()
	patience.Stop()
	var exit *exec.ExitError
	if died = errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL; err != nil && !died {
		s.t.Fatalf("life %+v: %v\n%s", o.Point, err, wept.String())
	}
	if time.Since(began) > 2*time.Minute {
		s.t.Fatalf("a life at %s hung", o.Point)
	}
	s.listen(&said)
	return died
}

// listen reads what a life said: first what it found, then what it did.
func (s *saga) listen(said *bytes.Buffer) {
	var found *inventory
	for lines := bufio.NewScanner(said); lines.Scan(); {
		words := strings.Fields(lines.Text())
		switch words[0] {
		case "code":
			s.orders.Code = strings.ReplaceAll(words[1], "_", " ")
		case "typing":
			s.typed[words[1]] = words[2]
		case "saved":
			s.saved[words[1]], s.typed[words[1]] = words[2], words[2]
		case "froze":
			s.froze[words[1]] = true
		case "begin":
			found = newInventory()
		case "end":
			s.compare(found)
		default:
			found.note(words)
		}
	}
}

// inventory is what a life found.
type inventory struct {
	texts        map[string]string
	deliveries   map[string][]string // op → subject, revision, status, receipt
	files, named map[string]bool
	rubbish      []string
}

func newInventory() *inventory {
	return &inventory{texts: map[string]string{}, deliveries: map[string][]string{}, files: map[string]bool{}, named: map[string]bool{}}
}

func (i *inventory) note(words []string) {
	if i == nil {
		return
	}
	switch words[0] {
	case "text":
		i.texts[words[1]] = strings.Join(words[2:], " ")
	case "delivery":
		i.deliveries[words[1]] = words[2:]
	case "names":
		i.named[words[1]] = true
	case "file":
		i.files[words[1]] = true
	case "rubbish":
		i.rubbish = append(i.rubbish, words[1])
	}
}

// compare holds what was found against what was acknowledged: no text older than the last one saved, no submission
// gone, no receipt changed, no file without a name and no name without its file.
func (s *saga) compare(found *inventory) {
	for id, text := range s.saved {
		if got := found.texts[id]; got != text && got != s.typed[id] {
			s.t.Errorf("claim %s has the text %q, acknowledged was %q", id, got, text)
		}
	}
	for op := range s.froze {
		if found.deliveries[op] == nil {
			s.t.Errorf("submission %s is gone", op)
		}
	}
	for digest := range found.named {
		if !found.files[digest] {
			s.t.Errorf("file %s is missing", digest)
		}
	}
	for digest := range found.files {
		if !found.named[digest] {
			s.t.Errorf("file %s belongs to nothing", digest)
		}
	}
	if len(found.rubbish) > 0 {
		s.t.Errorf("left among the files: %v", found.rubbish)
	}
	s.compareDeliveries(found)
}

func (s *saga) compareDeliveries(found *inventory) {
	revisions := map[string]string{}
	for op, d := range found.deliveries {
		subject, revision, status, receipt := d[0], d[1], submission.Status(d[2]), d[3]
		s.froze[op] = true // also one whose acknowledgement died with its life
		if other := revisions[subject+revision]; other != "" {
			s.t.Errorf("%s and %s are both revision %s of %s", op, other, revision, subject)
		}
		revisions[subject+revision] = op
		switch {
		case s.receipts[op] != "" && s.receipts[op] != receipt:
			s.t.Errorf("the receipt of %s changed", op)
		case status == submission.Held:
			s.receipts[op] = receipt
		case status == submission.Delivered:
			s.receipts[op], s.delivered[subject] = receipt, true
			n := 0
			fmt.Sscan(revision, &n)
			if row, ok := s.m.revision(s.t, subject, n); !ok || "r"+sum(row.Receipt) != receipt || row.OpID != op {
				s.t.Errorf("submission %s is delivered, the mutual has it: %v, as %s", op, ok, row.OpID)
			}
		}
	}
}
