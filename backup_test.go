package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/document/sample"
)

func TestABackupInOneFileBringsDraftsAndFilesBack(t *testing.T) {
	h := offlineHouse(t)
	receipt := sample.Ticket().PDF()
	id := draftWith(t, h, [][]byte{receipt})
	h.close()
	file := filepath.Join(t.TempDir(), "copia.sodale")
	if code := run([]string{"backup", "--data", h.dir, "--out", file}, strings.NewReader(testPassword+"\n"), io.Discard, os.Stderr); code != 0 {
		t.Fatalf("backup: exit %d", code)
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, plain := range []string{"Elena", "Ospedale San Rocco", "2026/004817"} {
		if bytes.Contains(raw, []byte(plain)) {
			t.Errorf("the backup holds %q in the clear", plain)
		}
	}
	dir := filepath.Join(t.TempDir(), "vault")
	if code := run([]string{"restore", "--data", dir, "--from", file}, nil, io.Discard, os.Stderr); code != 0 {
		t.Fatalf("restore: exit %d", code)
	}
	again, err := openHouse(dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer again.close()
	if err := again.Unlock(context.Background(), []byte(testPassword)); err != nil {
		t.Fatal(err)
	}
	s, err := again.desk.Open(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	back, err := again.desk.Bytes(context.Background(), s.Claim.Attachments()[0])
	if err != nil || !bytes.Equal(back, receipt) {
		t.Fatalf("the file came back as %d bytes, %v", len(back), err)
	}
}

func TestARestoreNeverTouchesAVaultThatIsThere(t *testing.T) {
	h := offlineHouse(t)
	var stderr bytes.Buffer
	file := filepath.Join(t.TempDir(), "copia.sodale")
	if err := h.store.Backup(context.Background(), file); err != nil {
		t.Fatal(err)
	}
	if code := run([]string{"restore", "--data", h.dir, "--from", file}, nil, io.Discard, &stderr); code != 1 || !strings.Contains(stderr.String(), "storage.exists") {
		t.Fatalf("exit %d: %s", code, stderr.String())
	}
}
