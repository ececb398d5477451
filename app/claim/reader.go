package claim

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// reader reads JSON without white space whose keys come in a known order. What it can't read makes it bad, and what it
// returned meanwhile means nothing.
type reader struct {
	rest  []byte
	first bool // no key of the object was read yet
	bad   bool
}

// skip takes one byte off the front if it is the one.
func (r *reader) skip(c byte) bool {
	if len(r.rest) == 0 || r.rest[0] != c {
		return false
	}
	r.rest = r.rest[1:]
	return true
}

func (r *reader) must(c byte) { r.bad = !r.skip(c) || r.bad }

// object reads an object whose fields are read by fields, which asks for each key in order.
func (r *reader) object(fields func()) {
	r.must('{')
	r.first = true
	fields()
	r.must('}')
	r.first = false
}

// key takes the key off the front, with the comma before it unless it is the object's first, and reports whether it was there.
func (r *reader) key(name string) bool {
	at := r.rest
	if !r.first {
		if len(at) == 0 || at[0] != ',' {
			return false
		}
		at = at[1:]
	}
	end := len(name) + 1
	if len(at) < end+2 || at[0] != '"' || string(at[1:end]) != name || at[end] != '"' || at[end+1] != ':' {
		return false
	}
	r.rest, r.first = at[end+2:], false
	return true
}

// list reads an array; nil when it is null.
func list[T any](r *reader, item func() T) []T {
	if bytes.HasPrefix(r.rest, []byte("null")) {
		r.rest = r.rest[4:]
		return nil
	}
	r.must('[')
	all := []T{}
	if r.skip(']') {
		return all
	}
	for !r.bad {
		all = append(all, item())
		if !r.skip(',') {
			break
		}
	}
	r.must(']')
	return all
}

// span reads a text in which nothing is escaped and returns its bytes.
func (r *reader) span() []byte {
	r.must('"')
	end := bytes.IndexByte(r.rest, '"')
	if r.bad || end < 0 {
		r.bad = true
		return nil
	}
	s := r.rest[:end]
	for _, c := range s {
		if c < ' ' || c == '\\' || c >= utf8.RuneSelf {
			r.bad = true
		}
	}
	r.rest = r.rest[end+1:]
	return s
}

// text reads a text.
func (r *reader) text() string {
	r.must('"')
	for i, c := range r.rest {
		switch {
		case r.bad || c < ' ':
			r.bad = true
			return ""
		case c == '"':
			s := r.rest[:i]
			r.rest = r.rest[i+1:]
			r.bad = !utf8.Valid(s)
			return string(s)
		case c == '\\':
			return r.escapedText(i)
		}
	}
	r.bad = true
	return ""
}

// escapedText reads a text of which i bytes were seen and the next is a backslash.
func (r *reader) escapedText(i int) (s string) {
	for i < len(r.rest) && r.rest[i] != '"' {
		if r.rest[i] == '\\' {
			i++
		}
		i++
	}
	if i >= len(r.rest) {
		r.bad = true
		return ""
	}
	literal := append([]byte{'"'}, r.rest[:i+1]...)
	r.rest = r.rest[i+1:]
	r.bad = json.Unmarshal(literal, &s) != nil
	return s
}

// number reads a whole number, written as short as can be.
func (r *reader) number() int64 {
	n := 0
	for n < len(r.rest) && (r.rest[n] == '-' || '0' <= r.rest[n] && r.rest[n] <= '9') {
		n++
	}
	digits := bytes.TrimPrefix(r.rest[:n], []byte("-"))
	v, err := strconv.ParseInt(string(r.rest[:n]), 10, 64)
	r.bad = r.bad || err != nil || digits[0] == '0' && n > 1
	r.rest = r.rest[n:]
	return v
}

// flag reads true or false.
func (r *reader) flag() bool {
	for _, word := range []string{"true", "false"} {
		if bytes.HasPrefix(r.rest, []byte(word)) {
			r.rest = r.rest[len(word):]
			return word == "true"
		}
	}
	r.bad = true
	return false
}
