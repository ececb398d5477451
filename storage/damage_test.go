package storage

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/identity"
	"github.com/sodale/sodale/storage/pages"
)

// damageStart is the instant at which the damaged vaults stand still.
var damageStart = time.Date(2026, 11, 16, 9, 41, 0, 0, time.UTC)

type standing time.Time

func (c standing) Now() time.Time { return time.Time(c) }

// runs is how many seeded cases the short form makes, or what SODALE_RUNS says.
func runs(short int) int {
	if n, err := strconv.Atoi(os.Getenv("SODALE_RUNS")); err == nil && n > 0 {
		return n
	}
	return short
}

// damages are the ways in which a database is hurt, by name.
var damages = map[string]func(r *rand.Rand, p *specimen, db []byte) []byte{
	"bit flip": func(r *rand.Rand, _ *specimen, db []byte) []byte {
		db[r.IntN(len(db))] ^= 1 << r.IntN(8)
		return db
	},
	"bit flip near a page header": func(r *rand.Rand, _ *specimen, db []byte) []byte {
		db[r.IntN(len(db)/pages.Size)*pages.Size+r.IntN(80)] ^= 1 << r.IntN(8)
		return db
	},
	"eight bit flips": func(r *rand.Rand, _ *specimen, db []byte) []byte {
		for range 8 {
			db[r.IntN(len(db))] ^= 1 << r.IntN(8)
		}
		return db
	},
	"zeroed sectors": func(r *rand.Rand, _ *specimen, db []byte) []byte {
		for range 1 + r.IntN(4) {
			clear(db[r.IntN(len(db)/512)*512:][:512])
		}
		return db
	},
	"zeroed meta pages and sectors": func(r *rand.Rand, _ *specimen, db []byte) []byte {
		clear(db[:2*pages.Size])
		for range r.IntN(4) {
			clear(db[r.IntN(len(db)/512)*512:][:512])
		}
		return db
	},
	"swapped pages": func(r *rand.Rand, _ *specimen, db []byte) []byte {
		a, b := r.IntN(len(db)/pages.Size)*pages.Size, r.IntN(len(db)/pages.Size)*pages.Size
		page := bytes.Clone(db[a : a+pages.Size])
		copy(db[a:], db[b:b+pages.Size])
		copy(db[b:], page)
		return db
	},
	"truncated": func(r *rand.Rand, _ *specimen, db []byte) []byte {
		return db[:r.IntN(len(db))]
	},
	"a page put back from an older copy": func(r *rand.Rand, p *specimen, db []byte) []byte {
		at := r.IntN(len(p.older)/pages.Size) * pages.Size
		copy(db[at:], p.older[at:at+pages.Size])
		return db
	},
	"a record put back from an older version": putBack,
}

// putBack writes the older copy's version of a record over the present one, as one who has both files would.
func putBack(r *rand.Rand, p *specimen, db []byte) []byte {
	old := map[string][]byte{}
	if err := pages.Verify(p.older, func(b string, k, v []byte) { old[b+string(k)] = v }); err != nil {
		panic(err)
	}
	var places [][2][]byte
	if err := pages.Verify(db, func(b string, k, v []byte) {
		if o := old[b+string(k)]; len(o) == len(v) && !bytes.Equal(o, v) && b != bucketMeta {
			places = append(places, [2][]byte{v, o})
		}
	}); err != nil {
		panic(err)
	}
	place := places[r.IntN(len(places))]
	copy(place[0], place[1])
	return db
}

// TestADamagedVaultShowsNoWrongValueAndNamesWhatIsLost is the short form; SODALE_RUNS makes it long.
func TestADamagedVaultShowsNoWrongValueAndNamesWhatIsLost(t *testing.T) {
	p := newSpecimen(t)
	names := make([]string, 0, len(damages))
	for name := range damages {
		names = append(names, name)
	}
	slices.Sort(names)
	dir := filepath.Join(t.TempDir(), "vault")
	var total tally
	by := map[string]*tally{}
	for i := range runs(90) {
		name := names[i%len(names)]
		r := rand.New(rand.NewPCG(uint64(i), 2))
		db := damages[name](r, p, bytes.Clone(p.files[fileDatabase]))
		if by[name] == nil {
			by[name] = &tally{}
		}
		before := total
		p.examine(t, fmt.Sprintf("case %d: %s", i, name), dir, db, i%2 == 0, &total)
		by[name].add(total, before)
		if t.Failed() {
			return
		}
	}
	for _, name := range names {
		t.Logf("%-42s %s", name, by[name])
	}
	t.Logf("%-42s %s", "all", &total)
	if total.saved*100 < total.intact*99 {
		t.Errorf("only %d of %d intact records were salvaged", total.saved, total.intact)
	}
}

// tally counts over many cases.
type tally struct{ cases, intact, saved, lost, refused int }

func (a *tally) add(after, before tally) {
	a.cases += after.cases - before.cases
	a.intact += after.intact - before.intact
	a.saved += after.saved - before.saved
	a.lost += after.lost - before.lost
	a.refused += after.refused - before.refused
}

func (a *tally) String() string {
	return fmt.Sprintf("%d cases, %d of %d intact records salvaged, %d named as lost, %d vaults without any intact record",
		a.cases, a.saved, a.intact, a.lost, a.refused)
}

// examine opens a vault with a damaged database and compares all it shows with what was there.
func (p *specimen) examine(t *testing.T, label, dir string, db []byte, withPrevious bool, total *tally) {
	t.Helper()
	total.cases++
	files := map[string][]byte{fileSlots: p.files[fileSlots], fileCourier: p.files[fileCourier], fileDatabase: db}
	if withPrevious {
		files[filePrevious] = p.previous
	}
	writeFolder(t, dir, files)
	s, err := Open(dir, Options{Clock: standing(damageStart)})
	if err != nil {
		t.Errorf("%s: %v", label, err)
		return
	}
	defer s.Close()
	if err := s.UnlockWithRecovery(context.Background(), p.code); err != nil {
		total.refused++
		if fault.CodeOf(err) != identity.CodeDamaged || p.anyIntact(db) || withPrevious {
			t.Errorf("%s: %v", label, err)
		}
		return
	}
	values, _ := s.everything(t)
	lost := map[string]bool{}
	if d := s.Damage(); d != nil {
		for _, item := range strings.Split(d.Values["Lost"], ", ") {
			if item != "" {
				lost[item] = true
			}
		}
		total.lost += len(lost)
	}
	p.compare(t, label, db, values, lost, total)
}

// compare holds what a vault shows against what was in it.
func (p *specimen) compare(t *testing.T, label string, db []byte, values map[string]any, lost map[string]bool, total *tally) {
	t.Helper()
	named := func(item string) bool {
		bucket, _, _ := strings.Cut(item, "/")
		return lost[item] || lost[bucket] || lost[fileDatabase]
	}
	cursorReset := fetchAgain(mapKeys(lost))
	wrong := 0
	complain := func(format string, args ...any) {
		if wrong++; wrong < 4 {
			t.Errorf(format, args...)
		}
	}
	for item, want := range p.values {
		got, shown := values[item]
		same := shown && reflect.DeepEqual(got, want) || item == inbox.name+"/"+nameCursor && cursorReset
		if bytes.Contains(db, p.raw[item]) && p.raw[item] != nil {
			total.intact++
			if same {
				total.saved++
			}
		}
		if !same && !named(item) && !p.follows(item, lost) {
			complain("%s: %s is %s, want %s; not named in %.200v", label, item, brief(got), brief(want), mapKeys(lost))
		}
	}
	for item, got := range values {
		if _, known := p.values[item]; !known && !named(item) && !p.follows(item, lost) {
			complain("%s: %s is shown, which was not there: %s", label, item, brief(got))
		}
	}
}

// follows reports whether a delivery is different because its frozen bytes or its claim were lost.
func (p *specimen) follows(item string, lost map[string]bool) bool {
	bucket, op, _ := strings.Cut(item, "/")
	return bucket == deliveries.name && (lost[frozen.name+"/"+op] || lost[frozen.name]) ||
		bucket == frozen.name && lost[deliveries.name+"/"+op]
}

func (p *specimen) anyIntact(db []byte) bool {
	for item, raw := range p.raw {
		if p.values[item] != nil && bytes.Contains(db, raw) {
			return true
		}
	}
	return false
}

func mapKeys(m map[string]bool) []string {
	var keys []string
	for k, ok := range m {
		if ok {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}

func brief(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(data[:min(len(data), 200)])
}

// writeFolder makes dir hold exactly these files, and an empty folder of blobs.
func writeFolder(t testing.TB, dir string, files map[string][]byte) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, folderBlobs), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
