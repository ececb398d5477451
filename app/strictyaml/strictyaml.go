// Package strictyaml reads files that people write for the program, mutual profiles and health plans, into typed values, and says at
// which line something is not as expected. It is stricter than YAML: every key of the type is written, but those that may be left
// out (omitempty), none is unknown or written twice, every value is of its kind, texts that look like numbers are in quotes.
// Anchors, aliases and tags are refused.
package strictyaml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/sodale/sodale/app/civil"
	"github.com/sodale/sodale/app/fault"
)

// Kind is one kind of file.
type Kind struct {
	Name    string     // as errors call it: "the profile"
	Op      string     // of its errors: "mutual.load"
	Most    int        // bytes that a file may have
	File    fault.Code // no YAML, an unknown key, a wrong kind of value; Values: Problem
	Missing fault.Code // a key that is needed is not there; Values: Key
	Value   fault.Code // a value out of its range; Values: Key, Expected
}

// Lines tells where the keys of a file stand.
type Lines struct {
	kind  Kind
	file  string
	lines map[string]int // by path of the key: "consents[0].id"
}

// dateType is written as a text, YYYY-MM-DD.
var dateType = reflect.TypeFor[civil.Date]()

// Read reads a file into a pointer to a struct whose fields have yaml tags: structs, pointers to them, lists, texts, whole numbers,
// booleans and dates. file only names the place in errors, whose Item is "file:line".
func Read(kind Kind, file string, data []byte, into any) (Lines, error) {
	l := Lines{kind: kind, file: file, lines: map[string]int{}}
	if len(data) > kind.Most {
		return l, l.fault(1, "at most %d bytes", kind.Most)
	}
	root, err := l.document(data)
	if err != nil {
		return l, err
	}
	if err := l.fits(root, reflect.TypeOf(into).Elem(), ""); err != nil {
		return l, err
	}
	if err := root.Decode(into); err != nil {
		return l, l.fault(root.Line, "%v", err)
	}
	return l, nil
}

// Wrong is the error of a value that is not what was expected, at the line of its key or of what holds it.
func (l Lines) Wrong(key, expected string) error {
	return fault.New(l.kind.Value, l.kind.Op, l.at(l.line(key))).With("Key", key).With("Expected", expected)
}

func (l Lines) at(line int) string { return l.file + ":" + strconv.Itoa(line) }

// line finds where a key stands, or what holds it.
func (l Lines) line(key string) int {
	for key != "" {
		if n, ok := l.lines[key]; ok {
			return n
		}
		key = key[:max(strings.LastIndexAny(key, ".["), 0)]
	}
	return 1
}

func (l Lines) fault(line int, format string, args ...any) *fault.Error {
	return fault.New(l.kind.File, l.kind.Op, l.at(line)).With("Problem", fmt.Sprintf(format, args...))
}

// document returns the mapping that the file is. yaml.v3 may panic on what is no YAML at all.
func (l Lines) document(data []byte) (root *yaml.Node, err error) {
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
func (l Lines) fits(n *yaml.Node, t reflect.Type, path string) error {
	if n.Kind == yaml.AliasNode || n.Anchor != "" || n.Style&yaml.TaggedStyle != 0 {
		return l.fault(n.Line, "%s: no anchors, aliases or tags", path)
	}
	l.lines[path] = n.Line
	switch {
	case t == dateType:
		return l.fitsDate(n, path)
	case t.Kind() == reflect.Pointer:
		return l.fits(n, t.Elem(), path)
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

func (l Lines) fitsDate(n *yaml.Node, path string) error {
	var d civil.Date
	if n.Kind != yaml.ScalarNode || d.UnmarshalText([]byte(n.Value)) != nil || d.IsZero() {
		return l.fault(n.Line, "%s: a date is expected, YYYY-MM-DD", path)
	}
	return nil
}

func (l Lines) fitsScalar(n *yaml.Node, t reflect.Type, path string) error {
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

func (l Lines) fitsStruct(n *yaml.Node, t reflect.Type, path string) error {
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
			return l.fault(key.Line, "unknown key %q in %s; known: %s", key.Value, l.named(path), names(keys))
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
			return fault.New(l.kind.Missing, l.kind.Op, l.at(n.Line)).With("Key", join(path, k.name))
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
		if !t.Field(i).IsExported() {
			continue
		}
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

func (l Lines) named(path string) string {
	if path == "" {
		return l.kind.Name
	}
	return path
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
