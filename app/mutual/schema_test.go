package mutual_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/document"
	"github.com/sodale/sodale/app/mutual"
)

var update = flag.Bool("update", false, "write assets/mutuals/schema.json anew")

// enums are the values that a named type may have.
var enums = map[reflect.Type][]string{
	reflect.TypeFor[mutual.Way]():      {"register", "first-access", "code", "sign-in"},
	reflect.TypeFor[mutual.UserKind](): {"number", "email", "mobile-or-email"},
	reflect.TypeFor[mutual.Channel]():  {"", "code", "link"},
	reflect.TypeFor[mutual.Moment]():   {"registration", "first-access", "dossier", "later"},
	reflect.TypeFor[document.Kind]():   {"pdf", "jpeg", "tiff", "png", "heic"},
}

type schema map[string]any

func schemaOf(t reflect.Type) schema {
	switch {
	case t == reflect.TypeFor[civil.Date]():
		return schema{"type": "string", "format": "date"}
	case enums[t] != nil:
		return schema{"type": "string", "enum": enums[t]}
	}
	switch t.Kind() {
	case reflect.String:
		return schema{"type": "string"}
	case reflect.Bool:
		return schema{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return schema{"type": "integer", "minimum": 0}
	case reflect.Slice:
		return schema{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Struct:
		properties, required := schema{}, []string{}
		for i := range t.NumField() {
			name, options, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
			properties[name] = schemaOf(t.Field(i).Type)
			if !strings.Contains(options, "omitempty") {
				required = append(required, name)
			}
		}
		return schema{"type": "object", "additionalProperties": false, "properties": properties, "required": required}
	}
	panic("no schema for " + t.String())
}

func TestTheSchemaForEditorsAgreesWithTheTypes(t *testing.T) {
	s := schemaOf(reflect.TypeFor[mutual.Profile]())
	s["$schema"], s["title"] = "https://json-schema.org/draft/2020-12/schema", "The rules of one mutual"
	want, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
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
