package claims

import "github.com/sodale/sodale/app/claim"

// Filter is one pill above the list.
type Filter string

// The pills, in their order.
const (
	All    Filter = "all"    // Tutte
	ToDo   Filter = "todo"   // Da fare: the member is the one to move
	Going  Filter = "going"  // In corso: the engine or the mutual moves
	Closed Filter = "closed" // Chiuse: nobody moves any more
)

// Filters lists the pills as they stand on the screen.
var Filters = []Filter{All, ToDo, Going, Closed}

// filterOf says under which pill, beside All, a claim in that state belongs. An open correction is the member's move
// whatever the mutual says of the revision before. A state that the program does not know is the mutual's move.
func filterOf(s claim.Summary) Filter {
	if s.Claim.Open {
		return ToDo
	}
	switch s.State {
	case claim.Draft, claim.Ready, claim.Held, claim.DocumentsRequested, claim.Blocked:
		return ToDo
	case claim.Rejected, claim.Merged, claim.Paid, claim.Withdrawn:
		return Closed
	}
	return Going
}

// holds reports whether a row that belongs under own is shown under the pill f.
func (f Filter) holds(own Filter) bool { return f == All || f == own }
