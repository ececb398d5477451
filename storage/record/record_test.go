package record_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/sodale/sodale/storage/record"
)

func keys(t testing.TB, vault byte, domain string) *record.Keys {
	t.Helper()
	k, err := record.Derive(bytes.Repeat([]byte{3}, record.SecretSize), record.VaultID{vault}, domain)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestARecordOpensInItsPlaceOnly(t *testing.T) {
	k := keys(t, 1, "vault")
	at := record.Place{Bucket: 2, Key: []byte("0123456789abcdef"), Schema: 1}
	want := record.Record{Name: "a name", Version: 42, Data: []byte("some data")}
	raw, err := k.Seal(at, want, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := k.Open(at, raw); err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("%+v, %v", got, err)
	}
	if (len(raw)-record.MinSize)%record.Padding != 0 || bytes.Contains(raw, []byte("data")) {
		t.Errorf("%d bytes", len(raw))
	}
	for name, c := range map[string]struct {
		k  *record.Keys
		at record.Place
	}{
		"another key":    {k, record.Place{Bucket: 2, Key: []byte("0123456789abcdeF"), Schema: 1}},
		"another bucket": {k, record.Place{Bucket: 3, Key: at.Key, Schema: 1}},
		"another schema": {k, record.Place{Bucket: 2, Key: at.Key, Schema: 2}},
		"another vault":  {keys(t, 2, "vault"), at},
		"another domain": {keys(t, 1, "courier"), at},
	} {
		if _, err := c.k.Open(c.at, raw); !errors.Is(err, record.ErrAuthentication) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i := range raw {
		altered := bytes.Clone(raw)
		altered[i] ^= 0x10
		if _, err := k.Open(at, altered); !errors.Is(err, record.ErrAuthentication) {
			t.Fatalf("byte %d can be changed", i)
		}
	}
}

func TestAManifestReadsBackAndSumsAreFreeOfOrder(t *testing.T) {
	k := keys(t, 1, "vault")
	rapid.Check(t, func(t *rapid.T) {
		var there, back record.Tally
		n := rapid.IntRange(0, 20).Draw(t, "n")
		elements := make([]record.Sum, n)
		for i := range elements {
			for w := range elements[i] {
				elements[i][w] = rapid.Uint64().Draw(t, "word")
			}
			there.Add(elements[i])
		}
		for i := n - 1; i >= 0; i-- {
			back.Add(elements[i])
		}
		if there != back {
			t.Fatal("order matters")
		}
		m := record.Manifest{Epoch: rapid.Uint64().Draw(t, "epoch"), Buckets: map[byte]record.Tally{1: there, 9: {}}}
		for i := range rapid.IntRange(0, record.MaxTail+3).Draw(t, "overwritten") {
			if m.Overwrite(1, []byte{byte(i), 2, 3, 4, 5, 6, 7, 8, 9}, uint64(i+1)) != (i < record.MaxTail) {
				t.Fatal("the tail has no bound")
			}
		}
		raw := m.Encode(k, 'v')
		got, ok := k.DecodeManifest('v', append(raw, 1, 2, 3))
		if !ok || !reflect.DeepEqual(got, m) {
			t.Fatalf("%+v", got)
		}
		at := rapid.IntRange(0, len(raw)-1).Draw(t, "at")
		raw[at] ^= 1
		if _, ok := k.DecodeManifest('v', raw); ok {
			t.Fatalf("byte %d can be changed", at)
		}
		for _, e := range elements {
			there.Sub(e)
		}
		if there != (record.Tally{}) {
			t.Fatalf("%+v is left", there)
		}
	})
}

func TestARosterReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := record.Roster(rapid.MapOf(rapid.OneOf(rapid.StringMatching(`[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`),
			rapid.StringMatching(`[a-z0-9]{1,20}`)), rapid.Uint64()).Draw(t, "roster"))
		got, err := record.DecodeRoster(r.Encode())
		if err != nil || !reflect.DeepEqual(got, r) {
			t.Fatalf("%v, want %v, %v", got, r, err)
		}
	})
}

func FuzzOpen(f *testing.F) {
	k := keys(f, 1, "vault")
	at := record.Place{Bucket: 2, Key: []byte("0123456789abcdef"), Schema: 1}
	raw, err := k.Seal(at, record.Record{Name: "n", Version: 1, Data: []byte("d")}, rand.Reader)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Fuzz(func(t *testing.T, data []byte) {
		if r, err := k.Open(at, data); err == nil && (!bytes.Equal(data, raw) || r.Name != "n") {
			t.Fatalf("forged: %+v", r)
		}
	})
}

func FuzzDecodeManifest(f *testing.F) {
	k := keys(f, 1, "vault")
	good := record.Manifest{Epoch: 3, Buckets: map[byte]record.Tally{1: {Count: 2}}}.Encode(k, 'v')
	f.Add(good)
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, ok := k.DecodeManifest('v', data); ok && !bytes.HasPrefix(data, good) {
			t.Fatal("forged")
		}
	})
}

func FuzzDecodeRoster(f *testing.F) {
	f.Add(record.Roster{"household": 4, "0190a000-0000-7000-8000-000000000001": 5}.Encode())
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := record.DecodeRoster(data)
		if err != nil {
			return
		}
		if again, err := record.DecodeRoster(r.Encode()); err != nil || !reflect.DeepEqual(again, r) {
			t.Fatalf("%v, %v", again, err)
		}
	})
}
