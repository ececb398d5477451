package courier_test

import (
	"bytes"
	"crypto/rand"
	"reflect"
	"testing"

	"github.com/sodale/sodale/storage/courier"
	"github.com/sodale/sodale/storage/record"
)

func sample(t testing.TB) (courier.File, []byte) {
	t.Helper()
	f := courier.File{Vault: record.VaultID{1}, Secret: bytes.Repeat([]byte{5}, record.SecretSize),
		Content: courier.Content{Greeting: "Elena", UploadToken: "token", Instance: "instance", Profile: []byte(`{"id":"aurora"}`),
			Rules: []byte(`{"id":"aurora","version":2}`), DeviceID: "device", DeviceKey: bytes.Repeat([]byte{8}, 32), User: "000000003423", Stale: true, ShareKept: true}}
	b, err := f.Encode(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return f, b
}

func TestACourierFileReadsBackAndShowsNothing(t *testing.T) {
	f, b := sample(t)
	got, err := courier.Decode(b)
	if err != nil || !reflect.DeepEqual(got, f) {
		t.Fatalf("%+v, %v", got, err)
	}
	for _, plain := range []string{"Elena", "token", "aurora"} {
		if bytes.Contains(b, []byte(plain)) {
			t.Errorf("holds %q", plain)
		}
	}
}

func TestAnAlteredCourierFileIsRefused(t *testing.T) {
	_, b := sample(t)
	for i := range b {
		c := bytes.Clone(b)
		c[i] ^= 1
		if _, err := courier.Decode(c); err == nil {
			t.Fatalf("byte %d can be changed", i)
		}
		if _, err := courier.Decode(b[:i]); err == nil {
			t.Fatalf("%d bytes are enough", i)
		}
	}
}

func FuzzDecode(f *testing.F) {
	_, b := sample(f)
	f.Add(b)
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := courier.Decode(data)
		if err == nil && len(file.Secret) != record.SecretSize {
			t.Fatalf("secret of %d bytes", len(file.Secret))
		}
	})
}
