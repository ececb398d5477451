package parcel_test

import (
	"bytes"
	"encoding/json"
	"path"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/parcel"
	"github.com/sodale/sodale/app/submission"
)

// FuzzFolder reads any bytes as each file of a folder that is parsed: nothing crashes, no name leads out, and what is read as a
// letter signs to the same statement again.
func FuzzFolder(f *testing.F) {
	l := parcel.Letter{Format: 1, Mutual: "aurora", Device: "d", OpID: opID(1), Kind: "claim", Subject: opID(2), Revision: 1, Plain: hexOf(nil),
		Body: submission.Blob{Digest: hexOf(nil), Size: 1}, Blobs: []submission.Blob{{Digest: hexOf(nil), Size: 9}}, FrozenAt: noon}
	e, err := l.Sign(seed)
	if err != nil {
		f.Fatal(err)
	}
	answer, _ := json.Marshal(parcel.Answer{OpID: opID(0), Receipt: []byte(`{}`)})
	f.Add(e.Statement)
	f.Add(bytes.Replace(e.Statement, []byte(`"format"`), []byte(`"Format"`), 1))
	f.Add(answer)
	f.Add([]byte(`{"format":1,"files":[{"name":"files/` + hexOf(nil) + `","size":0,"sha256":"` + hexOf(nil) + `"}]}`))
	f.Add([]byte(`{"format":1,"files":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if got, err := (parcel.Envelope{Statement: data}).Letter(); err == nil {
			if again, err := got.Sign(seed); err != nil || !bytes.Equal(again.Statement, data) {
				t.Fatalf("%s\nsigns as\n%s, %v", data, again.Statement, err)
			}
		}
		if a, err := parcel.ParseAnswer(data); err == nil && (len(a.Receipt) == 0) == (a.Refusal == nil) {
			t.Fatalf("%+v", a)
		}
		names, err := parcel.ParseIndex(data)
		for name := range names {
			if err == nil && (path.Clean(name) != name || strings.Count(name, "/") != 1 || strings.HasPrefix(name, ".")) {
				t.Fatalf("%q", name)
			}
		}
	})
}
