package member

import "time"

// The values of Past.Whose.
const (
	WhoseMine   = "mine"
	WhoseMutual = "mutual"
)

// Merge brings together what the member changed and what the mutual changed since base, field by field. merged holds the
// mutual's value where only the mutual changed it and the member's everywhere else: in a conflict too, so that what was typed
// stays on the screen until the member decided. kept are the member's changes that go on as they are; a field that both changed
// to the same value is neither kept nor a conflict. Both lists are in the order of Fields.
func Merge(base, mine, theirs Details) (merged Details, kept []Field, conflicts []Conflict) {
	merged = theirs
	for _, f := range Fields {
		if base.Same(mine, f) || mine.Same(theirs, f) {
			continue
		}
		merged = merged.With(f, mine)
		if base.Same(theirs, f) {
			kept = append(kept, f)
			continue
		}
		conflicts = append(conflicts, Conflict{Field: f, Base: base.Only(f), Mine: mine.Only(f), Theirs: theirs.Only(f)})
	}
	return merged, kept, conflicts
}

// Rebase carries an edit over to what the mutual says now. Changes that nobody touched survive; what only the mutual changed is
// taken over; what both changed alike is no change any more. A conflict stays in the edit as it is, with its old base, until
// Decide: so Rebase can be called again at any time and says the same.
func (e Edit) Rebase(theirs Details) (Edit, []Conflict) {
	merged, _, conflicts := Merge(e.Base, e.Mine, theirs)
	e.Base, e.Mine = theirs, merged
	for _, c := range conflicts {
		e.Base = e.Base.With(c.Field, c.Base)
	}
	return e, conflicts
}

// Decide settles one conflict of an edit, for the member's value or for the mutual's, and returns the value that was given up,
// to be kept (Past).
func (e Edit) Decide(c Conflict, mine bool, at time.Time) (Edit, Past) {
	lost := Past{Person: e.Person, Field: c.Field, Value: c.Theirs, Whose: WhoseMutual, At: at.UTC()}
	e.Base = e.Base.With(c.Field, c.Theirs)
	if !mine {
		lost.Value, lost.Whose = c.Mine, WhoseMine
		e.Mine = e.Mine.With(c.Field, c.Theirs)
	}
	return e, lost
}
