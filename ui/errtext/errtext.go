// Package errtext turns an error into a sentence: what happened, what is safe, what to do. The sentences lie in the
// translation files under "error." and the code; no other package words an error.
package errtext

import (
	"errors"
	"maps"
	"strconv"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/ui/words"
)

// noCode stands for an error that carries no code.
const noCode = "sodale.unknown"

// Of returns the sentence for an error, or "" for nil. An error without a code, or with one that no file knows, gets a
// plain sentence that carries the code for a call to the mutual.
func Of(err error) string {
	if err == nil {
		return ""
	}
	code := fault.CodeOf(err)
	if code == "" {
		code = noCode
	}
	return Code(code, Values(err))
}

// Values returns what the outermost coded error of a chain carries for its sentence, in the language of the moment; nil
// without one.
func Values(err error) map[string]string {
	var e *fault.Error
	if !errors.As(err, &e) {
		return nil
	}
	values := maps.Clone(e.Values)
	if size, ok := values["Size"]; ok {
		values["Size"] = words.Decimal(size)
	}
	return values
}

// Code returns the sentence for a code and its values, as a claim.Problem or a submission.Finding carries them. A value
// Count chooses singular or plural; a value Reason is a code of its own and becomes its sentence; a value Lost names
// records and is told in words.
func Code(code fault.Code, values map[string]string) string {
	key, n := variant(code, values)
	if !words.Has(key) {
		return words.T("error.unknown", "Code", string(code))
	}
	pairs := make([]any, 0, 2*len(values))
	for name, value := range values {
		switch {
		case name == "Reason" && value != "":
			value = Code(fault.Code(value), nil)
		case name == "Lost":
			value = lost(value)
		}
		pairs = append(pairs, name, value)
	}
	if n >= 0 {
		return words.N(key, n, pairs...)
	}
	return words.T(key, pairs...)
}

// variant returns the key of a code's sentence, and the number that chooses its form or -1.
func variant(code fault.Code, values map[string]string) (key string, n int) {
	key = "error." + string(code)
	if d := values["Direction"]; d != "" {
		for _, unit := range []struct{ value, suffix string }{{"Days", ".days"}, {"Minutes", ".minutes"}} {
			if n, err := strconv.Atoi(values[unit.value]); err == nil {
				return key + "." + d + unit.suffix, n
			}
		}
	}
	if lost, ok := values["Lost"]; ok && lost == "" {
		return key + ".nothing", -1
	}
	if n, err := strconv.Atoi(values["Count"]); err == nil {
		return key, n
	}
	return key, -1
}
