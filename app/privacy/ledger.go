package privacy

import (
	"slices"
	"time"

	"github.com/sodale/sodale/app/mutual"
)

// Entry is one answer of a Ledger.
type Entry struct {
	Answer
	Confirmed bool // the mutual has it
}

// Ledger is every answer that a household gave, oldest first: consent, text version, person, instant and answer (PRV-04). The
// latest of one consent and one person is the one that counts.
type Ledger struct {
	holder  string
	entries []Entry
}

// NewLedger brings together the answers that the mutual has and those that were sent. One that was sent and has arrived counts
// once. The lists may be in any order. holder is the member id of who registered: answers by it and by "" are the same person's.
func NewLedger(holder string, confirmed, sent []Answer) Ledger {
	l := Ledger{holder: holder}
	add := func(a Answer, confirmed bool) {
		a.Person = l.person(a.Person)
		a.At = a.At.UTC().Truncate(time.Microsecond)
		if !slices.ContainsFunc(l.entries, func(e Entry) bool { return e.Answer == a }) {
			l.entries = append(l.entries, Entry{Answer: a, Confirmed: confirmed})
		}
	}
	for _, a := range confirmed {
		add(a, true)
	}
	for _, a := range sent {
		add(a, false)
	}
	slices.SortStableFunc(l.entries, func(a, b Entry) int { return a.At.Compare(b.At) })
	return l
}

// All lists every answer, oldest first.
func (l Ledger) All() []Entry { return slices.Clone(l.entries) }

// person writes the holder as "".
func (l Ledger) person(id string) string {
	if id == l.holder {
		return ""
	}
	return id
}

// History lists one person's answers to one consent, oldest first. Person "" is who registered.
func (l Ledger) History(consent, person string) []Entry {
	person = l.person(person)
	var own []Entry
	for _, e := range l.entries {
		if e.Consent == consent && e.Person == person {
			own = append(own, e)
		}
	}
	return own
}

// Current returns the answer that counts, and false when none was given.
func (l Ledger) Current(consent, person string) (Entry, bool) {
	own := l.History(consent, person)
	if len(own) == 0 {
		return Entry{}, false
	}
	return own[len(own)-1], true
}

// Given reports whether a consent stands. An answer to an older version of the text does not count for version; "" takes any.
func (l Ledger) Given(consent, version, person string) bool {
	e, ok := l.Current(consent, person)
	return ok && e.Given && (version == "" || e.Version == version)
}

// Holds reports whether a consent stands for a person: the latest answer is yes and to this version of the text, or none was
// given and the mutual lets the consent stand until it is withdrawn (AMB-78).
func (l Ledger) Holds(c mutual.Consent, person string) bool {
	if _, answered := l.Current(c.ID, person); !answered {
		return c.Standing
	}
	return l.Given(c.ID, c.Version, person)
}
