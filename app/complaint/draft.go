package complaint

import (
	"slices"

	"github.com/sodale/sodale/app/claim"
)

// Drafts are letters in the making, saved as they are typed: a complaint about each claim, one about anything else, and a question.
type Drafts struct {
	Complaints []Draft   `json:"complaints,omitempty"`
	Question   *Question `json:"question,omitempty"`
}

// Draft is a complaint in the making. Nothing of it needs to be right.
type Draft struct {
	Complaint
	Day string `json:"day,omitempty"` // On as typed
}

// Empty reports whether nothing was typed: what it is about alone is no draft.
func (d Draft) Empty() bool { return d.Why == "" && d.Asked == "" && d.Named == "" && d.Day == "" }

// Count is how many letters are in the making.
func (d Drafts) Count() int {
	n := len(d.Complaints)
	if d.Question != nil {
		n++
	}
	return n
}

// About returns what was begun about a claim, "" for what is about none.
func (d Drafts) About(id claim.ID) Draft {
	for _, c := range d.Complaints {
		if c.Claim == id {
			return c
		}
	}
	return Draft{}
}

// With returns the drafts with one about its claim in the place of the one before; an empty one is left out.
func (d Drafts) With(c Draft) Drafts {
	d = d.Without(c.Claim)
	if !c.Empty() {
		d.Complaints = append(d.Complaints, c)
	}
	return d
}

// Without returns the drafts but the one about a claim.
func (d Drafts) Without(id claim.ID) Drafts {
	d.Complaints = slices.DeleteFunc(slices.Clone(d.Complaints), func(c Draft) bool { return c.Claim == id })
	return d
}

// Asking returns the drafts with that question; an empty one is left out.
func (d Drafts) Asking(q Question) Drafts {
	d.Question = nil
	if q != (Question{}) {
		d.Question = &q
	}
	return d
}

// Clone shares nothing with d.
func (d Drafts) Clone() Drafts {
	d.Complaints = slices.Clone(d.Complaints)
	if d.Question != nil {
		q := *d.Question
		d.Question = &q
	}
	return d
}
