package storage_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/sodale/sodale/storage"
)

func TestABackupOpensElsewhereWithEverythingAndANewDevice(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	ctx := context.Background()
	c, sub := submit(t, s, attached(t, s, aDraft(t, "A"), []byte("a file")))
	path := filepath.Join(t.TempDir(), "backup.sodale")
	if err := s.Backup(ctx, path); err != nil {
		t.Fatal(err)
	}
	elsewhere := filepath.Join(t.TempDir(), "restored")
	if err := storage.Restore(path, elsewhere, storage.Options{}); err != nil {
		t.Fatal(err)
	}
	back := openVault(t, elsewhere, code, storage.Options{})
	if got, err := back.Claim(ctx, c.ID); err != nil || !reflect.DeepEqual(got, c) {
		t.Fatalf("%+v, %v", got, err)
	}
	if f, err := back.OpenBlob(ctx, sub.Blobs[0].Digest); err != nil {
		t.Fatal(err)
	} else {
		f.Close()
	}
	if back.Instance() == s.Instance() || back.Instance() == "" || back.Damage() != nil || back.Upload() != "up-token" {
		t.Fatalf("device %q was %q, damage %v", back.Instance(), s.Instance(), back.Damage())
	}
	wantCode(t, storage.Restore(path, elsewhere, storage.Options{}), storage.CodeExists)
}

func TestADamagedBackupIsRefusedAndLeavesNoVault(t *testing.T) {
	dir, code := newVault(t)
	s := openVault(t, dir, code, storage.Options{})
	attached(t, s, aDraft(t, "A"), []byte("a file"))
	path := filepath.Join(t.TempDir(), "backup.sodale")
	if err := s.Backup(context.Background(), path); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	target := filepath.Join(t.TempDir(), "restored")
	for i := range 40 {
		data := bytes.Clone(whole)
		if i%2 == 0 {
			data[(i*7919*31)%len(data)] ^= 1 << (i % 8)
		} else {
			data = data[:len(data)*i/40]
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		wantCode(t, storage.Restore(path, target, storage.Options{}), storage.CodeBackup)
		if storage.Exists(target) {
			t.Fatal("a vault is there")
		}
	}
}
