package parcel_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/parcel"
	"github.com/sodale/sodale/app/submission"
)

var (
	seed   = bytes.Repeat([]byte{7}, ed25519.SeedSize)
	public = ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
	sender = parcel.Sender{Mutual: "aurora", Device: "0190f6a0-0000-7000-8000-00000000d001", Key: seed}
	noon   = time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
)

func hexOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// outbox is one in memory.
type outbox struct {
	deliveries []submission.Delivery
	frozen     map[string]submission.Submission
	files      map[string][]byte
}

func (o *outbox) Deliveries(context.Context) ([]submission.Delivery, error) { return o.deliveries, nil }
func (o *outbox) Frozen(_ context.Context, opID string) (submission.Submission, error) {
	return o.frozen[opID], nil
}
func (o *outbox) OpenSealed(_ context.Context, digest string) (io.ReadSeekCloser, int64, error) {
	data, ok := o.files[digest]
	if !ok {
		return nil, 0, fault.New("claim.blob-gone", "test", digest)
	}
	return nopSeekCloser{bytes.NewReader(data)}, int64(len(data)), nil
}

type nopSeekCloser struct{ io.ReadSeeker }

func (nopSeekCloser) Close() error { return nil }

func opID(n int) string { return fmt.Sprintf("0190f6a0-0000-7000-8000-%012x", n) }

// filled is an outbox of n submissions with two files each, the first of which they share.
func filled(n int) *outbox {
	o := &outbox{frozen: map[string]submission.Submission{}, files: map[string][]byte{}}
	for i := range n {
		s := submission.Submission{OpID: opID(i), Kind: submission.KindClaim, Subject: opID(1000 + i), Revision: 1, Body: fmt.Appendf(nil, "sealed body %d", i),
			Plain: hexOf([]byte{byte(i)}), FrozenAt: noon.Add(time.Duration(i) * time.Minute)}
		for _, data := range [][]byte{[]byte("a shared sealed file"), bytes.Repeat([]byte{byte(i + 1)}, 5000)} {
			o.files[hexOf(data)] = data
			s.Blobs = append(s.Blobs, submission.Blob{Digest: hexOf(data), Size: int64(len(data))})
		}
		o.frozen[s.OpID] = s
		o.deliveries = append(o.deliveries, submission.Delivery{OpID: s.OpID, Status: submission.Queued})
	}
	return o
}

func create(t testing.TB, place string) *parcel.Folder {
	t.Helper()
	f, err := parcel.Create(place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func open(t testing.TB, place string) *parcel.Folder {
	t.Helper()
	f, err := parcel.Open(place)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	return f
}

func post(t testing.TB, place string, o *outbox) parcel.Posted {
	t.Helper()
	done, err := create(t, place).Post(context.Background(), o, sender)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// checkWhole reads everything of a folder and holds it against the outbox.
func checkWhole(t testing.TB, f *parcel.Folder, o *outbox) {
	t.Helper()
	list, unread := f.Letters()
	if len(list) != len(o.frozen) || len(unread) != 0 {
		t.Fatalf("%d letters, unread %v", len(list), unread)
	}
	for i, l := range list {
		s := o.frozen[l.OpID]
		body, err := f.Bytes(l.Body)
		if err != nil || !bytes.Equal(body, s.Body) || l.OpID != opID(i) || l.Plain != s.Plain || !slices.Equal(l.Blobs, s.Blobs) || !l.FrozenAt.Equal(s.FrozenAt) || l.Mutual != "aurora" {
			t.Fatalf("letter %+v, body %q, %v", l.Letter, body, err)
		}
		for _, b := range l.Blobs {
			if data, err := f.Bytes(b); err != nil || !bytes.Equal(data, o.files[b.Digest]) {
				t.Fatalf("file %s: %v", b.Digest, err)
			}
		}
		if err := l.Verify(public); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatWaitsIsCarriedWholeAndInOrder(t *testing.T) {
	place, o := t.TempDir(), filled(5)
	o.deliveries[1].Status = submission.Unconfirmed // its answer was lost: it may go again
	if done := post(t, place, o); done.Letters != 5 || done.Files != 10 || done.Bytes == 0 {
		t.Fatalf("%+v", done)
	}
	checkWhole(t, open(t, place), o)
	checkWhole(t, open(t, filepath.Join(place, parcel.Name)), o) // chosen itself
}

func TestWhatWasDeliveredOrIsHeldStaysAtHome(t *testing.T) {
	place, o := t.TempDir(), filled(3)
	o.deliveries[0].Status, o.deliveries[1].Status = submission.Delivered, submission.Held
	post(t, place, o)
	if list, _ := open(t, place).Letters(); len(list) != 1 || list[0].OpID != opID(2) {
		t.Fatalf("%+v", list)
	}
}

// contents are all files of a folder with the instant they were written.
func contents(t testing.TB, place string) map[string]string {
	t.Helper()
	found := map[string]string{}
	dir := filepath.Join(place, parcel.Name)
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		name, _ := filepath.Rel(dir, path)
		found[filepath.ToSlash(name)] = fmt.Sprint(info.ModTime().UnixNano(), info.Size())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestWritingAgainWritesOnlyWhatIsMissing(t *testing.T) {
	place, o := t.TempDir(), filled(3)
	post(t, place, o)
	before := contents(t, place)
	if len(before) != 2+3+4+3 { // index and read-me, letters, files of which one is shared, bodies
		t.Fatalf("%d files: %v", len(before), before)
	}
	post(t, place, o)
	for name, was := range contents(t, place) {
		if strings.Contains(name, "/") && before[name] != was {
			t.Errorf("%s was written again", name)
		}
	}
}

// TestAStickPulledOutAtAnyMomentIsMendedByWritingAgain cuts the writing after each file and half way through each: a reader sees
// finished letters only, and the next writing completes them.
func TestAStickPulledOutAtAnyMomentIsMendedByWritingAgain(t *testing.T) {
	o := filled(3)
	whole := t.TempDir()
	post(t, whole, o)
	for name := range contents(t, whole) {
		for _, half := range []bool{false, true} {
			place := t.TempDir()
			post(t, place, o)
			path := filepath.Join(place, parcel.Name, filepath.FromSlash(name))
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if half {
				if err := os.WriteFile(path, data[:len(data)/2], 0o600); err != nil {
					t.Fatal(err)
				}
				_ = os.WriteFile(path+".part", data[:len(data)/3], 0o600)
			}
			readWithout(t, place, o)
			post(t, place, o)
			checkWhole(t, open(t, place), o)
		}
	}
}

// readWithout checks that nothing that is read differs from what was posted.
func readWithout(t *testing.T, place string, o *outbox) {
	t.Helper()
	f, err := parcel.Open(place)
	if err != nil {
		if code := fault.CodeOf(err); code != parcel.CodeNone && code != parcel.CodeDamaged {
			t.Fatal(err)
		}
		return
	}
	defer f.Close()
	list, _ := f.Letters()
	for _, l := range list {
		for _, b := range append(l.Blobs, l.Body) {
			want := o.files[b.Digest]
			if b == l.Body {
				want = o.frozen[l.OpID].Body
			}
			data, err := f.Bytes(b)
			if code := fault.CodeOf(err); err == nil && !bytes.Equal(data, want) || err != nil && code != parcel.CodeDamaged && code != parcel.CodeIncomplete {
				t.Fatalf("%q, %v", data, err)
			}
		}
	}
}

func TestAnyAlteredByteIsNoticed(t *testing.T) {
	place, o := t.TempDir(), filled(2)
	post(t, place, o)
	for name := range contents(t, place) {
		path := filepath.Join(place, parcel.Name, filepath.FromSlash(name))
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, at := range []int{0, len(data) / 2, len(data) - 2} {
			bad := bytes.Clone(data)
			bad[at] ^= 4
			if err := os.WriteFile(path, bad, 0o600); err != nil {
				t.Fatal(err)
			}
			readWithout(t, place, o)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	checkWhole(t, open(t, place), o)
}

func TestOnlyTheDeviceItselfSigns(t *testing.T) {
	l := parcel.Letter{Format: 1, Mutual: "aurora", Device: "d", OpID: opID(1), Kind: "claim", Subject: opID(2), Revision: 1, Plain: hexOf(nil),
		Body: submission.Blob{Digest: hexOf(nil), Size: 1}, Blobs: []submission.Blob{}, FrozenAt: noon}
	e, err := l.Sign(seed)
	if err != nil || e.Verify(public) != nil {
		t.Fatal(err)
	}
	other := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{8}, 32)).Public().(ed25519.PublicKey)
	altered := parcel.Envelope{Statement: bytes.Replace(e.Statement, []byte("aurora"), []byte("aurorb"), 1), Signature: e.Signature}
	for name, err := range map[string]error{"another device": e.Verify(other), "no key": e.Verify(nil), "altered": altered.Verify(public)} {
		if fault.CodeOf(err) != parcel.CodeSignature {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := l.Sign(nil); fault.CodeOf(err) != parcel.CodeSignature {
		t.Errorf("signed without a key: %v", err)
	}
}

func TestALetterOfALaterFormatIsNotGuessedAt(t *testing.T) {
	if _, err := (parcel.Envelope{Statement: []byte(`{"format":2,"what":"ever"}`)}).Letter(); fault.CodeOf(err) != parcel.CodeFormat {
		t.Fatal(err)
	}
	place := t.TempDir()
	post(t, place, filled(1))
	index := filepath.Join(place, parcel.Name, "index.json")
	if err := os.WriteFile(index, []byte(`{"format":2}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, try := range map[string]func(string) (*parcel.Folder, error){"open": parcel.Open, "create": parcel.Create} {
		if _, err := try(place); fault.CodeOf(err) != parcel.CodeFormat {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNamesLinksAndSizesFromOutsideAreRefused(t *testing.T) {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	digest := hexOf([]byte("secret"))
	for name, index := range map[string]string{
		"a way out":  `{"format":1,"files":[{"name":"../secret","size":6,"sha256":"` + digest + `"}]}`,
		"too large":  `{"format":1,"files":[{"name":"files/` + digest + `","size":99999999999,"sha256":"` + digest + `"}]}`,
		"no digest":  `{"format":1,"files":[{"name":"files/` + digest + `","size":6,"sha256":"x"}]}`,
		"no folder":  `{"format":1,"files":[{"name":"` + digest + `","size":6,"sha256":"` + digest + `"}]}`,
		"below zero": `{"format":1,"files":[{"name":"files/` + digest + `","size":-1,"sha256":"` + digest + `"}]}`,
	} {
		place := t.TempDir()
		post(t, place, filled(1))
		if err := os.WriteFile(filepath.Join(place, parcel.Name, "index.json"), []byte(index), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := parcel.Open(place); fault.CodeOf(err) != parcel.CodeDamaged {
			t.Errorf("%s: %v", name, err)
		}
	}
	place := t.TempDir()
	post(t, place, filled(1))
	if err := os.Symlink(secret, filepath.Join(place, parcel.Name, "files", digest)); err != nil {
		t.Skip("no links here")
	}
	index := `{"format":1,"files":[{"name":"files/` + digest + `","size":6,"sha256":"` + digest + `"}]}`
	if err := os.WriteFile(filepath.Join(place, parcel.Name, "index.json"), []byte(index), 0o600); err != nil {
		t.Fatal(err)
	}
	if data, err := open(t, place).Bytes(submission.Blob{Digest: digest, Size: 6}); err == nil {
		t.Fatalf("followed a link to %q", data)
	}
}

func TestAnswersComeBackAndAReceiptStays(t *testing.T) {
	place := t.TempDir()
	post(t, place, filled(2))
	f := open(t, place)
	refusal := &parcel.Refusal{Status: 422, Body: []byte(`{"code":"x"}`), Signature: "s"}
	for _, a := range []parcel.Answer{{OpID: opID(0), Refusal: refusal}, {OpID: opID(0), Receipt: []byte(`{"statement":"AA=="}`)}, {OpID: opID(0), Refusal: refusal}, {OpID: opID(1), Refusal: refusal}} {
		if err := f.Answer(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Finish(); err != nil {
		t.Fatal(err)
	}
	list, unread := open(t, place).Answers()
	if len(list) != 2 || len(unread) != 0 || string(list[0].Receipt) != `{"statement":"AA=="}` || list[0].Refusal != nil || list[1].Refusal.Status != 422 {
		t.Fatalf("%+v, %v", list, unread)
	}
	for name, a := range map[string]parcel.Answer{"empty": {OpID: opID(1)}, "both": {OpID: opID(1), Receipt: []byte("r"), Refusal: refusal}, "a way out": {OpID: "../x", Receipt: []byte("r")}} {
		if err := f.Answer(a); fault.CodeOf(err) != parcel.CodeDamaged {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAFolderIsCopiedOnWithoutAnyKeyInBothDirections(t *testing.T) {
	first, second, o := t.TempDir(), t.TempDir(), filled(3)
	post(t, first, o)
	for range 2 {
		n, unread, err := parcel.Copy(context.Background(), open(t, first), create(t, second))
		if n != 3 || len(unread) != 0 || err != nil {
			t.Fatal(n, unread, err)
		}
	}
	there := open(t, second)
	checkWhole(t, there, o)
	if err := there.Answer(parcel.Answer{OpID: opID(1), Receipt: []byte(`{}`)}); err != nil || there.Finish() != nil {
		t.Fatal(err)
	}
	if n, _, err := parcel.Copy(context.Background(), there, create(t, first)); n != 4 || err != nil {
		t.Fatal(n, err)
	}
	if list, _ := open(t, first).Answers(); len(list) != 1 {
		t.Fatalf("%+v", list)
	}
}

func TestAFileThatTheVaultLostStopsAtItsLetter(t *testing.T) {
	place, o := t.TempDir(), filled(2)
	delete(o.files, o.frozen[opID(1)].Blobs[1].Digest)
	if _, err := create(t, place).Post(context.Background(), o, sender); fault.CodeOf(err) != "claim.blob-gone" {
		t.Fatal(err)
	}
	if list, _ := open(t, place).Letters(); len(list) != 1 {
		t.Fatalf("%d letters", len(list))
	}
}

func TestWhereNothingIsNothingIsFound(t *testing.T) {
	if _, err := parcel.Open(t.TempDir()); fault.CodeOf(err) != parcel.CodeNone {
		t.Error(err)
	}
	if _, err := parcel.Create(filepath.Join(t.TempDir(), "gone")); fault.CodeOf(err) != parcel.CodeFolder {
		t.Error(err)
	}
}
