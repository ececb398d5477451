package vectors

import (
	"encoding/json"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/sodale/sodale/app/fault"
	"github.com/sodale/sodale/app/plan"
)

// Codes of a file of cases that can't be used. Item is the file's name or the case's id.
const (
	CodeFile   fault.Code = "vectors.file"   // no JSON of the format
	CodeFormat fault.Code = "vectors.format" // another format, or another version of it
)

// Format is the only format that is read.
const Format = "mutual-benefit-vectors/1"

// Result is the answer to one case.
type Result struct {
	ID       string         `json:"id"`
	Expected map[string]any `json:"expected"`
	Got      map[string]any `json:"got"`
	Pass     bool           `json:"pass"`
}

// Tally counts the results of a file.
type Tally struct {
	Passed, Failed    int
	Articles, OfThose int // claims whose article is the expected one, of those that name one
}

// Read reads a file of cases.
func Read(name string, data []byte) (File, error) {
	var f File
	if err := json.Unmarshal(data, &f); err != nil {
		return f, fault.Wrap(CodeFile, "vectors.read", name, err)
	}
	if f.Format != Format {
		return f, fault.New(CodeFormat, "vectors.read", name).With("Format", f.Format)
	}
	return f, nil
}

// Run answers every case, writes one result a line, and returns the count.
func Run(f File, plans plan.Plans, w io.Writer) (Tally, error) {
	var t Tally
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	for i := range f.Vectors {
		r := f.Vectors[i].Check(plans)
		if err := encoder.Encode(r); err != nil {
			return t, err
		}
		if r.Pass {
			t.Passed++
		} else {
			t.Failed++
		}
		if article, ok := r.Expected["article"].(string); ok {
			t.OfThose++
			if got, _ := r.Got["article"].(string); strings.EqualFold(article, got) {
				t.Articles++
			}
		}
	}
	return t, nil
}

// compared are the fields of a claim that must agree; the others are for people.
var compared = []string{"outcome", "eligible", "refund_cents", "provider_cents", "member_share_cents", "reason_code"}

// Check answers a case and compares. An expectation is met if the answer equals it, or one of the accepted alternatives, each of
// which takes the place of the fields that it names.
func (v *Vector) Check(plans plan.Plans) Result {
	r := Result{ID: v.ID, Expected: v.Expected, Got: plainly(v.answer(plans))}
	r.Pass = v.agrees(v.Expected, r.Got)
	for _, other := range v.Alternatives {
		merged := maps.Clone(v.Expected)
		maps.Copy(merged, other)
		r.Pass = r.Pass || v.agrees(merged, r.Got)
	}
	return r
}

func (v *Vector) agrees(expected, got map[string]any) bool {
	for key, want := range expected {
		if v.Kind == "claim" && !slices.Contains(compared, key) {
			continue
		}
		if !reflect.DeepEqual(want, got[key]) {
			return false
		}
	}
	return true
}

// plainly turns an answer into what JSON would give back, so that it compares with what was read.
func plainly(answer map[string]any) map[string]any {
	data, err := json.Marshal(answer)
	plain := map[string]any{}
	if err != nil || json.Unmarshal(data, &plain) != nil {
		return map[string]any{"error": "no answer"} // never: answers are numbers, texts and lists of them
	}
	return plain
}
