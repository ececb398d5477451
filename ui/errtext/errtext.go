// Package errtext turns an error into a sentence: what happened, what is safe, what to do. The sentences lie in the
// translation files under "error." and the code; no other package words an error.
package errtext

import (
	"errors"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/ui/words"
)

// Of returns the sentence for an error, or "" for nil. An error without a code, or with one that no file knows, gets a
// plain sentence that carries the code for a call to the mutual.
func Of(err error) string {
	if err == nil {
		return ""
	}
	var e *fault.Error
	if !errors.As(err, &e) {
		return words.T("error.unknown", "Code", "sodale.unknown")
	}
	return Code(e.Code, e.Values)
}

// Code returns the sentence for a code and its values, as a claim.Problem or a submission.Finding carries them.
func Code(code fault.Code, values map[string]string) string {
	key := "error." + string(code)
	if !words.Has(key) {
		return words.T("error.unknown", "Code", string(code))
	}
	pairs := make([]any, 0, 2*len(values))
	for name, value := range values {
		pairs = append(pairs, name, value)
	}
	return words.T("error."+string(code), pairs...)
}
