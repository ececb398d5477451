// Package queue shows what waits to be sent: the sync chip that is always in view, and the sheet behind it with every
// waiting thing, its reason, and "Perché non parte?" (UX section 3).
package queue

import (
	"time"

	"github.com/sodale/sodale/app/submission"
)

// Look is how the chip is drawn.
type Look string

// The looks.
const (
	Fresh       Look = "fresh"       // Aggiornato alle 10:32
	Offline     Look = "offline"     // Offline · 2 in attesa: ink, not red, since offline is normal
	Waiting     Look = "waiting"     // 2 in attesa: the line is there and the turn will come
	Sending     Look = "sending"     // Invio 1 di 3, with a ring
	Unconfirmed Look = "unconfirmed" // Da verificare: 1
	Stuck       Look = "stuck"       // Perché non parte?
	Held        Look = "held"        // Serve il tuo intervento
)

// Chip is what the chip says. N and Of fill the words of its look; At is when the mutual last answered, UTC.
type Chip struct {
	Look Look
	N    int
	Of   int
	At   time.Time
}

// After that many failed contacts in a row, or after that long without one that succeeded, the chip asks "Perché non
// parte?" while something waits.
const (
	stuckFailures = 3
	stuckAfter    = 24 * time.Hour
)

// ChipOf tells what the chip says now. cause is the first point of the last diagnosis that failed, "" when none did or
// none was made. A machine that simply has no network for less than a day is not stuck: that is normal, and said so.
func ChipOf(l submission.Link, cause submission.Cause, now time.Time) Chip {
	pending := l.Waiting + l.Sending + l.Unconfirmed
	switch {
	case l.Held > 0:
		return Chip{Look: Held, N: l.Held}
	case pending > 0 && stuck(l, cause, now):
		return Chip{Look: Stuck, N: pending}
	case l.Sending > 0 && l.Online:
		of := max(l.SendingOf, l.Sending)
		return Chip{Look: Sending, N: max(1, of-l.Waiting-l.Sending+1), Of: of}
	case l.Unconfirmed > 0:
		return Chip{Look: Unconfirmed, N: l.Unconfirmed}
	case !l.Online:
		return Chip{Look: Offline, N: l.Waiting + l.Sending, At: l.LastContact}
	case l.Waiting > 0:
		return Chip{Look: Waiting, N: l.Waiting}
	}
	return Chip{Look: Fresh, At: l.LastContact}
}

func stuck(l submission.Link, cause submission.Cause, now time.Time) bool {
	if !l.FailingFrom.IsZero() && now.Sub(l.FailingFrom) >= stuckAfter {
		return true
	}
	return l.Failures >= stuckFailures && (l.Online || cause != "" && cause != submission.CauseNetwork)
}

// FirstFailure returns the first point of a diagnosis that failed, and false when all is well.
func FirstFailure(findings []submission.Finding) (submission.Finding, bool) {
	for _, f := range findings {
		if !f.OK() {
			return f, true
		}
	}
	return submission.Finding{}, false
}

// WorthAsking reports whether a diagnosis would tell something that the chip does not know: contacts fail while
// something waits.
func WorthAsking(l submission.Link) bool {
	return l.Failures >= stuckFailures && l.Waiting+l.Sending+l.Unconfirmed > 0
}
