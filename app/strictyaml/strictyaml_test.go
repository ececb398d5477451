package strictyaml_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/strictyaml"
)

type box struct {
	Name   string     `yaml:"name"`
	Count  int        `yaml:"count,omitempty"`
	Day    civil.Date `yaml:"day,omitempty"`
	Inside *lid       `yaml:"inside,omitempty"`
	Lids   []lid      `yaml:"lids,omitempty"`

	seen bool
}

type lid struct {
	Open bool `yaml:"open"`
}

var kind = strictyaml.Kind{Name: "the box", Op: "box.load", Most: 200, File: "box.file", Missing: "box.missing", Value: "box.value"}

func TestAFileBecomesItsValue(t *testing.T) {
	var b box
	lines, err := strictyaml.Read(kind, "box.yaml", []byte("name: \"12\"\ncount: 3\nday: 2026-02-28\ninside: { open: true }\nlids:\n  - open: false\n"), &b)
	if err != nil || b.Name != "12" || b.Count != 3 || b.Day.String() != "2026-02-28" || b.Inside == nil || !b.Inside.Open || len(b.Lids) != 1 || b.seen {
		t.Fatalf("%+v %v", b, err)
	}
	for key, line := range map[string]string{"count": "box.yaml:2", "lids[0].open": "box.yaml:6", "lids[0].colour": "box.yaml:6", "elsewhere": "box.yaml:1"} {
		var f *fault.Error
		if !errors.As(lines.Wrong(key, "another"), &f) || f.Code != kind.Value || f.Item != line || f.Values["Expected"] != "another" {
			t.Errorf("%s: %+v", key, f)
		}
	}
}

func TestWhatIsNotAsExpectedIsSaidAtItsLine(t *testing.T) {
	for text, want := range map[string]string{
		"count: 3\n":                               "box.missing box.yaml:1 name",
		"name: a\nlids:\n  - {}\n":                 "box.missing box.yaml:3 lids[0].open",
		"name: a\nheight: 3\n":                     `box.file box.yaml:2 unknown key "height" in the box`,
		"name: a\ninside: { lid: 1 }\n":            `box.file box.yaml:2 unknown key "lid" in inside`,
		"name: a\nname: b\n":                       "box.file box.yaml:2 name is written twice",
		"name: 12\n":                               "box.file box.yaml:1 name: a text is expected",
		"name: a\ncount: x\n":                      "box.file box.yaml:2 count: a whole number",
		"name: a\nday: 2026-02-30\n":               "box.file box.yaml:2 day: a date",
		"name: a\nlids: 3\n":                       "box.file box.yaml:2 lids: a list",
		"name: a\ninside: &x { open: true }\n":     "box.file box.yaml:2 inside: no anchors",
		"name: a\ninside: { open: yes }\n":         "box.file box.yaml:2 inside.open: true or false",
		"name: a\n---\nname: b\n":                  "box.file",
		"- a\n":                                    "box.file box.yaml:1 : a mapping",
		"name: {":                                  "box.file box.yaml:1 not YAML",
		"name: " + strings.Repeat("a", 200) + "\n": "box.file box.yaml:1 at most 200 bytes",
	} {
		var f *fault.Error
		if _, err := strictyaml.Read(kind, "box.yaml", []byte(text), &box{}); !errors.As(err, &f) {
			t.Errorf("%q is read", text)
		} else if said := string(f.Code) + " " + f.Item + " " + f.Values["Problem"] + f.Values["Key"]; !strings.HasPrefix(said, want) {
			t.Errorf("%q: %s, want %s", text, said, want)
		}
	}
}
