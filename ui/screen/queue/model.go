package queue

import (
	"slices"
	"time"

	"github.com/sodale/sodale/app/claim"
	"github.com/sodale/sodale/app/fault"
)

// Button is the one thing to do about an item.
type Button string

// The buttons. Their words are "queue.button.<value>".
const (
	NoButton Button = ""
	SendNow  Button = "send"  // Prova adesso
	CheckNow Button = "check" // Controlla adesso
	OpenIt   Button = "open"  // Apri la pratica: what is to be mended is there
)

// Item is one thing that is on its way.
type Item struct {
	Claim    claim.Summary
	Reason   fault.Code // why it is held, or why the last attempt failed; "" while all is well
	Attempts int
	NextTry  time.Time // UTC; zero = now
	Button   Button
}

// Items lists what has not arrived yet: what needs the member first, then what is uncertain, then the rest, oldest
// first.
func Items(summaries []claim.Summary) []Item {
	var items []Item
	for _, s := range summaries {
		if s.Delivery == nil || rank[s.State] == 0 {
			continue
		}
		items = append(items, Item{Claim: s, Reason: s.Delivery.Reason, Attempts: s.Delivery.Attempts,
			NextTry: s.Delivery.NextTry, Button: buttonOf(s)})
	}
	slices.SortStableFunc(items, func(a, b Item) int {
		if d := rank[a.Claim.State] - rank[b.Claim.State]; d != 0 {
			return d
		}
		return a.Claim.Delivery.FrozenAt.Compare(b.Claim.Delivery.FrozenAt)
	})
	return items
}

// rank orders the states that the sheet lists. A state of rank 0 is not in the queue.
var rank = map[claim.State]int{claim.Held: 1, claim.Unconfirmed: 2, claim.Sending: 3, claim.Queued: 4}

func buttonOf(s claim.Summary) Button {
	switch s.State {
	case claim.Held:
		return OpenIt
	case claim.Unconfirmed:
		return CheckNow
	case claim.Queued:
		if s.Delivery.Attempts > 0 {
			return SendNow
		}
	}
	return NoButton
}
