// Package fault is the one shape of an error that may reach a person: a stable code that screens translate, the
// operation that was under way, the item it happened to, and the cause. It never carries a sentence for people.
package fault

import (
	"errors"
	"strings"
)

// Code names a kind of failure for ever: translations, tests and support calls rely on it. Written as room.reason,
// for example "claim.stale" or "document.too-large".
type Code string

// Error is a failure with a stable code. Item is an id, a field or a bucket, never a person's data.
type Error struct {
	Code  Code
	Op    string
	Item  string
	Cause error
	// Values fill the placeholders of the translated sentence, for example {"Size": "3,4 MB"}. They are shown on
	// screen only and never logged.
	Values map[string]string
}

// New builds an Error with no cause.
func New(code Code, op, item string) *Error { return &Error{Code: code, Op: op, Item: item} }

// Wrap builds an Error around a cause.
func Wrap(code Code, op, item string, cause error) *Error {
	return &Error{Code: code, Op: op, Item: item, Cause: cause}
}

// With returns the error with one value for the translated sentence added.
func (e *Error) With(name, value string) *Error {
	if e.Values == nil {
		e.Values = map[string]string{}
	}
	e.Values[name] = value
	return e
}

// Error writes "op: code (item): cause" for logs.
func (e *Error) Error() string {
	var b strings.Builder
	if e.Op != "" {
		b.WriteString(e.Op + ": ")
	}
	b.WriteString(string(e.Code))
	if e.Item != "" {
		b.WriteString(" (" + e.Item + ")")
	}
	if e.Cause != nil {
		b.WriteString(": " + e.Cause.Error())
	}
	return b.String()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is reports whether target is an Error of the same code, so that errors.Is(err, fault.New(code, "", "")) works.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// CodeOf returns the code of the outermost Error in err's chain, or "" when there is none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return ""
}
