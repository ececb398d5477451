package claim

import "github.com/sodale/sodale/app/submission"

// State is where a claim stands, here or at the mutual (CLM-48). A value that this program does not know is kept and
// shown in the mutual's words. The written-out values are stored and sent.
type State string

// The states, with the Italian name and who moves them.
const (
	Draft       State = "draft"       // Bozza: member
	Ready       State = "ready"       // Pronta: member
	Queued      State = "queued"      // In coda: engine
	Sending     State = "sending"     // In invio: engine
	Unconfirmed State = "unconfirmed" // Da verificare: engine
	Delivered   State = "delivered"   // Consegnata, at the mutual Trasmessa: engine
	Held        State = "held"        // Serve il tuo intervento: member

	Registered         State = "registered"          // Protocollata: mutual
	InReview           State = "in-review"           // In esame: mutual
	DocumentsRequested State = "documents-requested" // Da integrare: mutual
	Blocked            State = "blocked"             // Blocco amministrativo: mutual
	Approved           State = "approved"            // Approvata: mutual
	Rejected           State = "rejected"            // Respinta: mutual
	Merged             State = "merged"              // Accorpata: mutual
	Paid               State = "paid"                // Liquidata: mutual
	Withdrawn          State = "withdrawn"           // Ritirata: member, confirmed by the mutual
)

// here are the states that a submission's status gives a claim.
var here = map[submission.Status]State{
	submission.Queued:      Queued,
	submission.Sending:     Sending,
	submission.Unconfirmed: Unconfirmed,
	submission.Delivered:   Delivered,
	submission.Held:        Held,
}

// StateOf is the one place where a claim's state comes from: its draft, the way of its last submission, and what the
// mutual said, in that order of age. delivery is nil when nothing was ever frozen. blocked says that Check found a
// blocking problem.
func StateOf(c Claim, delivery *submission.Delivery, blocked bool) State {
	switch {
	case c.Revision == 0 && blocked:
		return Draft
	case c.Revision == 0:
		return Ready
	case delivery != nil && delivery.Status != submission.Delivered && !refusedWithdrawal(c, delivery):
		return here[delivery.Status]
	case c.Mutual.State != "":
		return c.Mutual.State
	}
	return Delivered
}

// refusedWithdrawal reports whether the last revision was a withdrawal that the mutual refused: the claim then goes on as the
// mutual says. The queue still shows the refusal.
func refusedWithdrawal(c Claim, d *submission.Delivery) bool {
	return c.Withdrawing && d.Status == submission.Held
}

// mutualMoves is the table of what the mutual's word may do: from, to. Left out on purpose: anything out of Paid and
// Withdrawn, and a way back to this computer. A merged claim is paid with the one it was joined to, or leaves it.
var mutualMoves = map[State][]State{
	Delivered:          {Registered, InReview, DocumentsRequested, Blocked, Approved, Rejected, Merged, Paid, Withdrawn},
	Registered:         {InReview, DocumentsRequested, Blocked, Approved, Rejected, Merged, Paid, Withdrawn},
	InReview:           {DocumentsRequested, Blocked, Approved, Rejected, Merged, Paid, Withdrawn},
	DocumentsRequested: {InReview, Blocked, Approved, Rejected, Merged, Withdrawn, Registered},
	Blocked:            {InReview, DocumentsRequested, Approved, Rejected, Merged, Withdrawn},
	Approved:           {Paid, InReview, Rejected, Blocked, Merged},
	Rejected:           {InReview, Approved, Registered},
	Merged:             {Registered, Withdrawn, Paid},
	Paid:               {},
	Withdrawn:          {},
}

// Known reports whether the program has a name for the state.
func (s State) Known() bool {
	switch s {
	case Draft, Ready, Queued, Sending, Unconfirmed, Held:
		return true
	}
	_, ok := mutualMoves[s]
	return ok
}

// allowed reports whether the mutual may move a claim from one state to another. An unknown state on either side is
// allowed: the mutual knows its own ways.
func allowed(from, to State) bool {
	if from == "" {
		from = Delivered
	}
	if !from.Known() || !to.Known() {
		return true
	}
	for _, s := range mutualMoves[from] {
		if s == to {
			return true
		}
	}
	return false
}
