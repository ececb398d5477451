package privacy

import (
	"time"

	"github.com/sodale/sodale/app/submission"
)

// Remnant is a kind of thing that was found on the disk although nothing should be there.
type Remnant string

// The remnants.
const (
	RemnantVault     Remnant = "vault"     // database, key slots, courier
	RemnantFiles     Remnant = "files"     // sealed attachments
	RemnantTemporary Remnant = "temporary" // previews, half-written files
	RemnantSettings  Remnant = "settings"  // what the program remembers of the window and the mutual
	RemnantKeyring   Remnant = "keyring"   // the password in the operating system's keyring
)

// Waiting is a submission that the mutual has not confirmed.
type Waiting struct {
	OpID   string
	Kind   submission.Kind
	Status submission.Status
}

// Leaving is what leaving this computer finds: before, what would be lost; after, what is still there. It is read from the disk,
// never assumed.
type Leaving struct {
	At       time.Time // UTC
	Waiting  []Waiting // submissions that would never arrive
	Drafts   int       // claims and edits that were never sent
	Remnants []Remnant // looked for after the deletion; nil before it
	Erased   bool      // the deletion was done, and Remnants were looked for
}

// NothingWaits reports whether leaving loses nothing that was sent («niente in attesa»).
func (l Leaving) NothingWaits() bool { return len(l.Waiting) == 0 }

// LosesWork reports whether something that was begun is deleted with the rest.
func (l Leaving) LosesWork() bool { return l.Drafts > 0 || !l.NothingWaits() }

// NothingRemains reports whether the disk was looked at after the deletion and nothing was found («niente rimasto qui»).
func (l Leaving) NothingRemains() bool { return l.Erased && len(l.Remnants) == 0 }

// WaitingOf lists the submissions that leaving now would strand.
func WaitingOf(deliveries []submission.Delivery) []Waiting {
	var waiting []Waiting
	for _, d := range deliveries {
		if d.Status != submission.Delivered {
			waiting = append(waiting, Waiting{OpID: d.OpID, Kind: d.Kind, Status: d.Status})
		}
	}
	return waiting
}
