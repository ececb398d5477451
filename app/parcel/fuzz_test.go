package parcel_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/sodale/sodale/app/parcel"
)

// FuzzFolder reads a folder of which one file has any bytes, under an index that vouches for them: nothing crashes, and what is
// read as a letter signs to the same statement again.
func FuzzFolder(f *testing.F) {
	o := filled(1)
	place := f.TempDir()
	folder := create(f, place)
	if _, err := folder.Post(context.Background(), o, sender); err != nil {
		f.Fatal(err)
	}
	list, _ := folder.Letters()
	good, _ := json.Marshal(list[0].Envelope)
	answer, _ := json.Marshal(parcel.Answer{OpID: opID(0), Receipt: []byte(`{}`)})
	index, err := os.ReadFile(filepath.Join(place, parcel.Name, "index.json"))
	if err != nil {
		f.Fatal(err)
	}
	for kind, seed := range [][]byte{index, good, answer} {
		f.Add(kind, seed)
		f.Add(kind, seed[:len(seed)/2])
	}
	f.Add(0, []byte(`{"format":1,"files":null}`))
	names := []string{"index.json", "letters/" + opID(0) + ".json", "answers/" + opID(0) + ".json"}
	f.Fuzz(func(t *testing.T, kind int, data []byte) {
		if kind < 0 || kind >= len(names) {
			return
		}
		place := t.TempDir()
		dir := filepath.Join(place, parcel.Name)
		for _, d := range []string{"letters", "files", "answers"} {
			if err := os.MkdirAll(filepath.Join(dir, d), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		if kind > 0 {
			vouch, _ := json.Marshal(map[string]any{"format": 1, "files": []map[string]any{{"name": names[kind], "size": len(data), "sha256": hexOf(data)}}})
			if err := os.WriteFile(filepath.Join(dir, "index.json"), vouch, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(names[kind])), data, 0o600); err != nil {
			t.Fatal(err)
		}
		folder, err := parcel.Open(place)
		if err != nil {
			return
		}
		defer folder.Close()
		letters, _ := folder.Letters()
		for _, l := range letters {
			again, err := l.Letter.Sign(seed)
			if err != nil || !reflect.DeepEqual(again.Statement, l.Statement) {
				t.Fatalf("%s\nsigns as\n%s, %v", l.Statement, again.Statement, err)
			}
		}
		answers, _ := folder.Answers()
		for _, a := range answers {
			if (len(a.Receipt) == 0) == (a.Refusal == nil) {
				t.Fatalf("%+v", a)
			}
		}
	})
}
