package disk_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/sodale/sodale/storage/disk"
)

func TestAFailedWriteLeavesTheFileAsItWas(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := disk.WriteFile(path, []byte("before")); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	err := disk.Write(path, func(w io.Writer) error {
		if _, err := w.Write([]byte("half")); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) {
		t.Fatalf("got %v", err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "before" {
		t.Fatalf("%q, %v", data, err)
	}
	if names, err := os.ReadDir(filepath.Dir(path)); err != nil || len(names) != 1 {
		t.Fatalf("%d files, %v", len(names), err)
	}
}

func TestALockIsHeldOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	first, err := disk.Lock(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := disk.Lock(path); !errors.Is(err, disk.ErrInUse) {
		t.Fatalf("got %v", err)
	}
	first.Close()
	second, err := disk.Lock(path)
	if err != nil {
		t.Fatal(err)
	}
	second.Close()
}
