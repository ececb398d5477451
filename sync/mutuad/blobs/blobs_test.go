package blobs_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/sync/mutuad/blobs"
)

const elena = "01890a5d-ac96-774b-bcce-b302099a8001"

func newFolder(t *testing.T) (*blobs.Folder, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "blobs")
	f, err := blobs.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return f, dir
}

func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func TestAFileGrowsByAppendsAndTornBytesAreOverwritten(t *testing.T) {
	f, dir := newFolder(t)
	data := bytes.Repeat([]byte("sealed "), 1000)
	digest := digestOf(data)
	for _, step := range []struct {
		offset int64
		data   []byte
	}{{0, data[:3000]}, {3000, []byte("torn bytes of a crash, longer than what follows, to be overwritten")}, {3000, data[3000:3010]}, {3010, data[3010:]}} {
		if _, err := f.Append(elena, digest, step.offset, step.data); err != nil {
			t.Fatal(err)
		}
		if f, _ = blobs.Open(dir); f == nil {
			t.Fatal("can't be opened again")
		}
	}
	file, err := f.Open(elena, digest)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if got, err := io.ReadAll(file); err != nil || !bytes.Equal(got, data) {
		t.Fatalf("%d bytes, %v", len(got), err)
	}
	for size, want := range map[int64]bool{int64(len(data)): true, int64(len(data)) - 1: false, int64(len(data)) + 1: false} {
		if got, err := f.Verify(elena, digest, size); got != want || err != nil {
			t.Errorf("%d bytes: %v, %v", size, got, err)
		}
	}
}

func TestNoNameLeavesTheFolder(t *testing.T) {
	f, dir := newFolder(t)
	good := strings.Repeat("ab", 32)
	for _, bad := range []struct{ member, digest string }{{"..", good}, {"../" + elena, good}, {"", good}, {elena, "../../" + good[:58]}, {elena, strings.ToUpper(good)},
		{elena, good[:63]}, {elena, good + "0"}, {elena, ""}, {elena + "/x", good}} {
		if _, err := f.Append(bad.member, bad.digest, 0, []byte("x")); fault.CodeOf(err) != blobs.CodeName {
			t.Errorf("%q %q: %v", bad.member, bad.digest, err)
		}
		if _, err := f.Open(bad.member, bad.digest); fault.CodeOf(err) != blobs.CodeName {
			t.Errorf("%q %q: %v", bad.member, bad.digest, err)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 0 {
		t.Fatalf("%v, %v", entries, err)
	}
}

func TestAFileThatIsNotThereIsGone(t *testing.T) {
	f, _ := newFolder(t)
	if _, err := f.Open(elena, strings.Repeat("ab", 32)); fault.CodeOf(err) != blobs.CodeGone {
		t.Fatal(err)
	}
}

func TestManyFilesThatArriveAtOnceAreAllThere(t *testing.T) {
	f, _ := newFolder(t)
	var done sync.WaitGroup
	for i := range 50 {
		done.Go(func() {
			data := []byte{byte(i)}
			if _, err := f.Append(elena, digestOf(data), 0, data); err != nil {
				t.Error(err)
			}
			if ok, err := f.Verify(elena, digestOf(data), 1); !ok || err != nil {
				t.Error(ok, err)
			}
		})
	}
	done.Wait()
}
