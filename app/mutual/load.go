package mutual

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
)

// MaxFile is how many bytes a profile may have.
const MaxFile = 256 << 10

// dateType is written as a text, YYYY-MM-DD.
var dateType = reflect.TypeFor[civil.Date]()

// Load reads the profile of one mutual from YAML, strictly: every key of the types is written, but those that may be left out
// (omitempty), none is unknown or written twice, every value is of its kind and in its range, texts that look like numbers are
// in quotes. Anchors, aliases and tags are refused. file only names the place in errors: CodeFile, CodeMissing or CodeValue
// with Item "file:line".
func Load(file string, data []byte) (Profile, error) {
	l := loader{file: file, lines: map[string]int{}}
	if len(data) > MaxFile {
		return Profile{}, l.fault(1, "at most %d bytes", MaxFile)
	}
	root, err := l.document(data)
	if err != nil {
		return Profile{}, err
	}
	if err := l.fits(root, reflect.TypeFor[Profile](), ""); err != nil {
		return Profile{}, err
	}
	var p Profile
	if err := root.Decode(&p); err != nil {
		return Profile{}, l.fault(root.Line, "%v", err)
	}
	if key, expected := p.wrong(); key != "" {
		return Profile{}, fault.New(CodeValue, "mutual.load", l.at(l.line(key))).With("Key", key).With("Expected", expected)
	}
	return p, nil
}

// LoadAll reads profiles by their name without ".yaml", which is their ID, and returns them in the order of their names.
func LoadAll(files map[string][]byte) ([]Profile, error) {
	var all []Profile
	for _, name := range slices.Sorted(maps.Keys(files)) {
		p, err := Load(name+".yaml", files[name])
		if err != nil {
			return nil, err
		}
		if p.ID != name {
			return nil, fault.New(CodeValue, "mutual.load", name+".yaml:1").With("Key", "id").With("Expected", name)
		}
		all = append(all, p)
	}
	slices.SortStableFunc(all, func(a, b Profile) int { return strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)) })
	return all, nil
}

// Check holds the values of a profile that came over the wire against the same ranges. CodeValue with Key and Expected.
func Check(p Profile) error {
	if key, expected := p.wrong(); key != "" {
		return fault.New(CodeValue, "mutual.check", p.ID).With("Key", key).With("Expected", expected)
	}
	return nil
}

type loader struct {
	file  string
	lines map[string]int // by path of the key: "consents[0].id"
}

func (l *loader) at(line int) string { return l.file + ":" + strconv.Itoa(line) }

// line finds where a key stands, or what holds it.
func (l *loader) line(key string) int {
	for key != "" {
		if n, ok := l.lines[key]; ok {
			return n
		}
		key = key[:max(strings.LastIndexAny(key, ".["), 0)]
	}
	return 1
}

func (l *loader) fault(line int, format string, args ...any) *fault.Error {
	return fault.New(CodeFile, "mutual.load", l.at(line)).With("Problem", fmt.Sprintf(format, args...))
}

// document returns the mapping that the file is. yaml.v3 may panic on what is no YAML at all.
func (l *loader) document(data []byte) (root *yaml.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			root, err = nil, l.fault(1, "not YAML: %v", p)
		}
	}()
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var doc, next yaml.Node
	if err := decoder.Decode(&doc); err != nil {
		return nil, l.fault(1, "not YAML: %v", err)
	}
	if err := decoder.Decode(&next); !errors.Is(err, io.EOF) {
		return nil, l.fault(max(next.Line, 1), "one document is expected")
	}
	if doc.Kind != yaml.DocumentNode || len(doc.Content) != 1 {
		return nil, l.fault(1, "a mapping is expected")
	}
	return doc.Content[0], nil
}

// fits holds a node against the type that it is to become.
func (l *loader) fits(n *yaml.Node, t reflect.Type, path string) error {
	if n.Kind == yaml.AliasNode || n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 {
		return l.fault(n.Line, "%s: no anchors, aliases or tags", path)
	}
	l.lines[path] = n.Line
	switch {
	case t == dateType:
		return l.fitsDate(n, path)
	case t.Kind() == reflect.Struct:
		return l.fitsStruct(n, t, path)
	case t.Kind() == reflect.Slice:
		if n.Kind != yaml.SequenceNode {
			return l.fault(n.Line, "%s: a list is expected", path)
		}
		for i, item := range n.Content {
			if err := l.fits(item, t.Elem(), fmt.Sprintf("%s[%d]", path, i)); err != nil {
				return err
			}
		}
		return nil
	}
	return l.fitsScalar(n, t, path)
}

func (l *loader) fitsDate(n *yaml.Node, path string) error {
	var d civil.Date
	if n.Kind != yaml.ScalarNode || d.UnmarshalText([]byte(n.Value)) != nil || d.IsZero() {
		return l.fault(n.Line, "%s: a date is expected, YYYY-MM-DD", path)
	}
	return nil
}

func (l *loader) fitsScalar(n *yaml.Node, t reflect.Type, path string) error {
	ok, expected := false, ""
	switch t.Kind() {
	case reflect.String:
		ok, expected = n.Tag == "!!str", "a text is expected, in quotes if it looks like something else"
	case reflect.Bool:
		ok, expected = n.Tag == "!!bool" && (n.Value == "true" || n.Value == "false"), "true or false is expected"
	case reflect.Int, reflect.Int64:
		_, err := strconv.ParseInt(n.Value, 10, 64)
		ok, expected = n.Tag == "!!int" && err == nil, "a whole number is expected"
	}
	if n.Kind != yaml.ScalarNode || !ok {
		return l.fault(n.Line, "%s: %s", path, expected)
	}
	return nil
}

func (l *loader) fitsStruct(n *yaml.Node, t reflect.Type, path string) error {
	if n.Kind != yaml.MappingNode {
		return l.fault(n.Line, "%s: a mapping is expected", path)
	}
	keys := keysOf(t)
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		k := slices.IndexFunc(keys, func(k keyRule) bool { return k.name == key.Value })
		switch {
		case key.Kind != yaml.ScalarNode || k < 0:
			return l.fault(key.Line, "unknown key %q in %s; known: %s", key.Value, named(path), names(keys))
		case seen[key.Value]:
			return l.fault(key.Line, "%s is written twice", join(path, key.Value))
		}
		seen[key.Value] = true
		if err := l.fits(n.Content[i+1], keys[k].of, join(path, key.Value)); err != nil {
			return err
		}
		l.lines[join(path, key.Value)] = key.Line
	}
	for _, k := range keys {
		if k.needed && !seen[k.name] {
			return fault.New(CodeMissing, "mutual.load", l.at(n.Line)).With("Key", join(path, k.name))
		}
	}
	return nil
}

// keyRule is one key that a mapping may have.
type keyRule struct {
	name   string
	of     reflect.Type
	needed bool
}

func keysOf(t reflect.Type) []keyRule {
	keys := make([]keyRule, 0, t.NumField())
	for i := range t.NumField() {
		name, options, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		keys = append(keys, keyRule{name, t.Field(i).Type, !strings.Contains(options, "omitempty")})
	}
	return keys
}

func names(keys []keyRule) string {
	var list []string
	for _, k := range keys {
		list = append(list, k.name)
	}
	return strings.Join(list, ", ")
}

func named(path string) string {
	if path == "" {
		return "the profile"
	}
	return path
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
