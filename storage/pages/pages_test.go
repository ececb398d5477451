package pages_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"

	"github.com/sodale/sodale/storage/pages"
)

// sound makes a file of bbolt's with small and large values, deletions, an inline bucket and free pages.
func sound(t testing.TB, n int) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "db")
	db, err := bolt.Open(path, 0o600, &bolt.Options{PageSize: pages.Size})
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(4, 4))
	for round := range 6 {
		if err := db.Update(func(tx *bolt.Tx) error {
			small, err := tx.CreateBucketIfNotExists([]byte("small"))
			if err != nil {
				return err
			}
			large, err := tx.CreateBucketIfNotExists([]byte("large"))
			if err != nil {
				return err
			}
			for i := range n {
				if err := large.Put(key(i), bytes.Repeat([]byte{byte(i)}, 40+r.IntN(9000))); err != nil {
					return err
				}
				if i%5 == round {
					if err := large.Delete(key(i)); err != nil {
						return err
					}
				}
			}
			return small.Put([]byte("one"), []byte("value"))
		}); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func key(i int) []byte { return fmt.Appendf(nil, "key%013d", i) }

func TestASoundFileIsReadAsBboltReadsIt(t *testing.T) {
	data := sound(t, 200)
	got := map[string]string{}
	if err := pages.Verify(data, func(bucket string, key, value []byte) { got[bucket+string(key)] = string(value) }); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	n := 0
	if err := db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				n++
				if got[string(name)+string(k)] != string(v) {
					t.Errorf("%s/%s differs", name, k)
				}
				return nil
			})
		})
	}); err != nil {
		t.Fatal(err)
	}
	if n != len(got) || n < 150 {
		t.Fatalf("%d values, want %d", len(got), n)
	}
}

// What Verify lets pass must be safe for bbolt: its own check then finds nothing either, and nothing faults.
func TestWhatIsStructurallyHurtIsRefused(t *testing.T) {
	whole := sound(t, 60)
	passed := 0
	for i := range 3000 {
		r := rand.New(rand.NewPCG(uint64(i), 6))
		data := bytes.Clone(whole)
		page := r.IntN(len(data)/pages.Size) * pages.Size
		data[page+r.IntN(64)] ^= 1 << r.IntN(8) // headers and the first elements
		if pages.Verify(data, nil) != nil {
			continue
		}
		passed++
		if passed > 60 {
			continue
		}
		path := filepath.Join(t.TempDir(), "db")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, PreLoadFreelist: true})
		if err != nil {
			t.Fatalf("case %d: %v", i, err)
		}
		if err := db.View(func(tx *bolt.Tx) error {
			for e := range tx.Check() {
				return e
			}
			return nil
		}); err != nil {
			t.Errorf("case %d passed, but %v", i, err)
		}
		db.Close()
	}
	if passed == 3000 {
		t.Error("nothing was refused")
	}
}

func TestAFileThatIsNoneIsRefused(t *testing.T) {
	whole := sound(t, 20)
	swapped := append(append(bytes.Clone(whole[pages.Size:2*pages.Size]), whole[:pages.Size]...), whole[2*pages.Size:]...)
	older := bytes.Clone(whole)
	binary.LittleEndian.PutUint64(older[16+48:], 0)
	for name, data := range map[string][]byte{"empty": nil, "short": whole[:3*pages.Size], "zeros": make([]byte, 8*pages.Size),
		"meta pages swapped": swapped, "truncated": whole[:len(whole)/2], "meta page altered": older} {
		if err := pages.Verify(data, nil); !errors.Is(err, pages.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAScanFindsEveryRecordWithoutHeadersOrTree(t *testing.T) {
	data := sound(t, 200)
	want := map[string]string{}
	if err := pages.Verify(data, func(bucket string, key, value []byte) {
		if bucket == "large" {
			want[string(key)] = string(value)
		}
	}); err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(data); at += pages.Size {
		if binary.LittleEndian.Uint16(data[at+8:]) == 2 {
			clear(data[at : at+12]) // id, flags, count
		}
	}
	clear(data[:2*pages.Size])
	found := map[string]bool{}
	pages.Scan(data, []int{16}, 40, 10000, func(key, value []byte) bool {
		if want[string(key)] == string(value) {
			found[string(key)] = true
			return true
		}
		return false
	})
	if len(found) != len(want) {
		t.Fatalf("%d of %d found", len(found), len(want))
	}
}

func FuzzVerify(f *testing.F) {
	f.Add(sound(f, 4))
	f.Fuzz(func(t *testing.T, data []byte) {
		n := 0
		_ = pages.Verify(data, func(_ string, key, value []byte) { n += len(key) + len(value) })
		if n > 2*len(data) {
			t.Fatalf("%d bytes of values in %d", n, len(data))
		}
	})
}

func FuzzScan(f *testing.F) {
	f.Add(sound(f, 4))
	f.Fuzz(func(t *testing.T, data []byte) {
		pages.Scan(data, []int{16, 2}, 300, 1<<20, func(key, value []byte) bool { return len(key)+len(value) > 0 && value[0] == 1 })
		pages.Root(data)
		pages.Find(data, []byte("SodaleM1"), func(from []byte) { _ = from[0] })
	})
}
