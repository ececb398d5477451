package mutual_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/mutual"
	"github.com/sodale/sodale/app/strictyaml"
)

var update = flag.Bool("update", false, "write assets/mutuals/schema.json anew")

// enums are the values that a named type may have.
var enums = map[reflect.Type]any{
	reflect.TypeFor[mutual.Way]():      []string{"register", "first-access", "code", "sign-in"},
	reflect.TypeFor[mutual.UserKind](): []string{"number", "email", "mobile-or-email"},
	reflect.TypeFor[mutual.Channel]():  []string{"", "code", "link"},
	reflect.TypeFor[mutual.Moment]():   []string{"registration", "first-access", "dossier", "later"},
	reflect.TypeFor[document.Kind]():   []string{"pdf", "jpeg", "tiff", "png", "heic"},
}

func TestTheSchemaForEditorsAgreesWithTheTypes(t *testing.T) {
	want, err := strictyaml.Schema(reflect.TypeFor[mutual.Profile](), "The rules of one mutual", enums)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "schema.json")
	if *update {
		if err := os.WriteFile(path, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%s is not that of the types (%v): go test ./app/mutual -update writes it", path, err)
	}
}

func TestEveryFieldHasTheSameNameInFilesAndOnTheWire(t *testing.T) {
	var look func(reflect.Type, string)
	look = func(at reflect.Type, path string) {
		switch {
		case at == reflect.TypeFor[civil.Date]():
		case at.Kind() == reflect.Slice:
			look(at.Elem(), path)
		case at.Kind() == reflect.Struct:
			for i := range at.NumField() {
				f := at.Field(i)
				if f.Tag.Get("yaml") == "" || f.Tag.Get("yaml") != f.Tag.Get("json") {
					t.Errorf("%s.%s: %s", path, f.Name, f.Tag)
				}
				look(f.Type, path+"."+f.Name)
			}
		}
	}
	look(reflect.TypeFor[mutual.Profile](), "Profile")
}
